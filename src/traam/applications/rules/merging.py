"""Two writers at once, field by field: nothing typed is lost, nobody's text is replaced unseen."""

from traam.applications.rules.answers import Value
from traam.kit.labels import Labelled


class Reception(Labelled):
    """What becomes of a text that a browser sends."""

    SAME = "same", "rien de neuf"
    WRITE = "write", "écrit"
    PAST = "past", "gardé, déjà remplacé par la suite de la même frappe"
    RIVAL = "rival", "gardé à côté, à départager"


def decide(
    *,
    present_version: int,
    base_version: int,
    present: Value,
    given: Value,
    base: Value = None,
    own: int = 0,
) -> Reception:
    """`base_version`: the one that the browser had when the text was typed (0: none), `base` what
    it said: whoever sends it back unchanged has typed nothing. `own`: `order` of this text and of
    the present one, when the same tab wrote both."""
    if given == present:
        return Reception.SAME
    if own < 0:
        return Reception.PAST
    if base_version == present_version or own > 0:
        return Reception.WRITE
    if 0 < base_version < present_version and given == base:
        return Reception.SAME
    return Reception.RIVAL


def tab_of(key: str) -> str:
    """The tab of a browser that gave this key: « a1b2-17 » is the 17th save of « a1b2 ».

    A page of ours gives each thread a name of its own, as if it were a tab: the texts of one field
    that were each typed over the one before, until another's took the place."""
    return key.rpartition("-")[0]


def order(key: str, other: str) -> int:
    """1 or -1: the first key comes after or before the other in the same tab; 0: they are not of
    one tab, or do not say."""
    tab, _, place = key.rpartition("-")
    other_tab, _, other_place = other.rpartition("-")
    if not tab or tab != other_tab or not (place.isdecimal() and other_place.isdecimal()):
        return 0
    return (int(place) > int(other_place)) - (int(place) < int(other_place))
