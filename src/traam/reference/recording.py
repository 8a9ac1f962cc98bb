"""Where the acts on the vocabularies are noted.

The journal is a stranger here: the settings name the function that notes.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class Recorder(Protocol):
    """The signature of the journal's `record`."""

    def __call__(
        self,
        *,
        actor: int | None,
        verb: str,
        subject: str,
        now: datetime,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> object: ...


def nothing(
    *,
    actor: int | None,
    verb: str,
    subject: str,
    now: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Notes nothing."""


def recorder() -> Recorder:
    """The function that notes the acts of the screens: the one that `settings.RECORDER` names."""
    found: Recorder = import_string(settings.RECORDER)
    return found
