"""The command line: one module a family of commands, each a thin door to actions and queries."""
