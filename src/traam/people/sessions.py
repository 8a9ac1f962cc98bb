"""Sessions as Django keeps them in the database; what every page of a signed-in person asks for is
compiled once."""

import re

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from traam.kit.clock import now
from traam.kit.compiled import Compiled

_WRITTEN = re.compile("[a-z0-9]{8,40}")
_KEPT = Compiled(lambda key: Session.objects.filter(session_key=key), str)


class SessionStore(db.SessionStore):
    def _validate_session_key(self, key: str | None) -> bool:
        """Only what Django may have given is looked for: no database is asked of stray bytes."""
        return bool(key and _WRITTEN.fullmatch(key))

    def _get_session_from_db(self) -> Session | None:
        try:
            kept = _KEPT.get(self.session_key or "")
        except Session.DoesNotExist:
            kept = None
        if kept is None or kept.expire_date <= now():
            self._session_key = None
            return None
        return kept
