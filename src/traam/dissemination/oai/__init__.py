"""OAI-PMH 2.0: a strict, stateless repository over the current notices, tombstones included."""
