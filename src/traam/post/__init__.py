"""Outgoing messages: outbox, delivery, what was sent on screen."""
