"""What a call waits for before it opens, and who must act: said in French, decided here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from traam.campaigns.rules.calendar import Calendar
from traam.campaigns.rules.signing import Side, TextState
from traam.kit.text import instant

PILOT = "le pilotage national"


@dataclass(frozen=True, slots=True)
class TextFacts:
    """A theme or the cahier des charges (`code` empty), as the opening looks at it.

    `experts`, `inspectors`: how the people of the theme are named; `signed`: the sides that have.
    """

    code: str
    title: str
    state: TextState
    signed: frozenset[Side] = frozenset()
    experts: tuple[str, ...] = ()
    inspectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Blocker:
    """Why the call does not open: what is missing, who must act; `code`: of the theme, if one."""

    sentence: str
    who: str
    code: str = ""
    door: str = "calendar"  # calendar, rules, brief, theme or themes


def blockers(
    *,
    calendar: Calendar,
    brief: TextFacts,
    themes: Sequence[TextFacts],
    rule_faults: Sequence[str],
    now: datetime,
) -> list[Blocker]:
    """All that the call waits for, its own hour left aside; empty when it may open."""
    living = [one for one in themes if one.state != TextState.WITHDRAWN]
    found = [
        *_calendar(calendar, now),
        *(Blocker(sentence, PILOT, door="rules") for sentence in rule_faults),
        *_text(brief, "Le cahier des charges", "brief"),
    ]
    if not living:
        found.append(Blocker("Aucun thème n’est proposé.", PILOT, door="themes"))
    for one in living:
        found += _text(one, f"Le thème « {one.title} »", "theme")
    return found


def _calendar(calendar: Calendar, now: datetime) -> list[Blocker]:
    found = [
        Blocker(f"La date « {each.label} » n’est pas fixée.", PILOT) for each in calendar.missing()
    ]
    found += [Blocker(sentence, PILOT) for sentence in calendar.faults()]
    if calendar.is_over_at(now) and calendar.closes_at:
        at = instant(calendar.closes_at)
        found.append(Blocker(f"La clôture est déjà passée ({at}) : fixez-en une autre.", PILOT))
    return found


def _text(text: TextFacts, name: str, door: str) -> list[Blocker]:
    if text.state == TextState.SIGNED_TWICE:
        return []
    if text.state in (TextState.DRAFT, TextState.WITHDRAWN, TextState.ARCHIVED):
        writers = ", ".join(text.experts) or PILOT
        return [Blocker(f"{name} n’est pas encore soumis.", writers, text.code, door)]
    return [
        Blocker(f"{name} attend la signature de {side.label}.", who, text.code, door)
        for side, who in _signatories(text)
    ]


def _signatories(text: TextFacts) -> list[tuple[Side, str]]:
    nobody = f"{PILOT} : nommez d’abord quelqu’un de l’inspection générale"
    inspectors = ", ".join(text.inspectors) or nobody
    wanted = ((Side.DNE, PILOT), (Side.IG, inspectors))
    return [(side, who) for side, who in wanted if side not in text.signed]
