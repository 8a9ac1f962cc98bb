"""Stored files: digest, real type, size, licence, whether they may still be shown."""
