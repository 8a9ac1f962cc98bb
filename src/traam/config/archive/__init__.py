"""Everything a system keeps, in one file and back again; and the verification of what is there.

What the file holds and how it is laid out: `layout.py`. What `backup` leaves out: the search index
and the static files (made again), what was already mailed. It holds personal data, password hashes
and the demonstration's signing key: keep it as you keep the database.
"""

from traam.config.archive.restoration import restore
from traam.config.archive.saving import backup
from traam.config.archive.verification import verify

__all__ = ["backup", "restore", "verify"]
