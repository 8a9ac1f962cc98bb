"""Published notices, for the tests of public pages."""

from typing import Any

from tests.catalogue.factories import RecordFactory
from traam.catalogue import actions, search
from traam.catalogue.models import Notice
from traam.kit.clock import now


def published(origin: str = "essai:1", **words: Any) -> Notice:
    """A notice published by the real action, found by the search at once."""
    notice = actions.publish(record=RecordFactory(**words), origin=origin, now=now(), actor=None)
    search.engine().follow()
    return notice


def withdrawn(notice: Notice, reason: str = "Droits contestés") -> Notice:
    gone = actions.withdraw(ark=notice.ark, reason=reason, now=now(), actor=None)
    search.engine().follow()
    return gone
