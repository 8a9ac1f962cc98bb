"""What an account, a mandate and a delegation may be, and how a name is looked for: pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from traam.access.roles import Role
from traam.kit.text import short_day

NATIONAL_ROLES = frozenset({Role.PILOT, Role.EXPERT, Role.GENERAL_INSPECTOR, Role.DGESCO})
ACADEMIC_ROLES = frozenset(Role) - NATIONAL_ROLES
NEEDS_AN_ACADEMY = frozenset(
    {Role.RECTOR, Role.DIGITAL_DELEGATE, Role.INSPECTOR, Role.CORRESPONDENT}
)
NEEDS_A_DISCIPLINE = frozenset({Role.CORRESPONDENT})
NAME_MAX = 200  # characters
ADDRESS_MAX = 254  # characters (RFC 5321)
REASON_MAX = 300  # characters
VIEW_NAME_MAX = 40  # characters
VIEWS_MAX = 20  # of one list, for one person
WHOLE_LIST = "Toute la liste"  # the link beside the kept views
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class Period:
    """From its first day to the eve of `ends_on`; open if None."""

    starts_on: date
    ends_on: date | None = None

    def within(self, other: "Period") -> bool:
        """Does the other period cover this one wholly?"""
        if self.starts_on < other.starts_on:
            return False
        return other.ends_on is None or (self.ends_on is not None and self.ends_on <= other.ends_on)

    def covers(self, day: date) -> bool:
        """Does this day count?"""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)

    def common(self, other: "Period") -> "Period":
        """The days that both have; its end may come before its start: then none."""
        ends = [each.ends_on for each in (self, other) if each.ends_on is not None]
        return Period(max(self.starts_on, other.starts_on), min(ends, default=None))

    def is_empty(self) -> bool:
        return self.ends_on is not None and self.ends_on <= self.starts_on


def period_faults(period: Period, *, of: str) -> list[str]:
    """« Le dernier jour … vient avant le premier », or nothing: the last day as people say it,
    included."""
    if not period.is_empty() or period.ends_on is None:
        return []
    return [
        f"Le dernier jour {of} (reçu : {short_day(_last(period.ends_on))}) vient avant le premier "
        f"({short_day(period.starts_on)})."
    ]


def invitation_faults(*, email: str, name: str) -> list[str]:
    """What forbids to open such an account, in French; empty when it may be opened."""
    faults = []
    if not _ADDRESS.fullmatch(email) or len(email) > ADDRESS_MAX:
        faults.append(
            f"L’adresse (reçu : « {email[:ADDRESS_MAX]} ») doit être complète, comme "
            f"prenom.nom@ac-lille.fr, et tenir en {ADDRESS_MAX} caractères."
        )
    if not name:
        faults.append("Le nom affiché manque : donnez celui de la personne ou de la fonction.")
    if len(name) > NAME_MAX:
        faults.append(f"Le nom affiché ({len(name)} caractères) doit tenir en {NAME_MAX}.")
    return faults


def mandate_faults(
    *,
    role: Role,
    academies: frozenset[str],
    disciplines: frozenset[str],
    period: Period,
    teams: frozenset[str] = frozenset(),
) -> list[str]:
    """What forbids such a mandate, in French; empty when it may be given. One limited to teams
    needs no academy: a team may have none."""
    faults = period_faults(period, of="du mandat")
    if role in NEEDS_AN_ACADEMY and not academies and not teams:
        faults.append(f"Le mandat « {role.label} » demande au moins une académie.")
    if role in NEEDS_A_DISCIPLINE and not disciplines:
        faults.append(f"Le mandat « {role.label} » demande au moins une discipline.")
    return faults


def end_faults(period: Period, *, on: date, today: date) -> list[str]:
    """What forbids to end a mandate of this period on that day; empty when it may be ended."""
    if period.ends_on is None or on < period.ends_on:
        return past_faults(period, on=on, today=today, of="du mandat")
    if on == period.ends_on:
        return []
    return [
        f"Ce mandat finit déjà avant cette date (reçu : {short_day(on)}) : il ne compte plus à "
        f"partir du {short_day(period.ends_on)}."
    ]


def past_faults(period: Period, *, on: date, today: date, of: str) -> list[str]:
    """What has counted for a day at least ends today at the soonest: acts were done under it."""
    if on >= today or period.starts_on >= today:
        return []
    return [
        f"Le premier jour sans effet {of} (reçu : {short_day(on)}) est déjà passé : donnez "
        f"aujourd’hui ({short_day(today)}) ou un jour à venir."
    ]


def pilot_faults(*, lost: Iterable[Period], others: Iterable[Period], on: date) -> list[str]:
    """What forbids to take these pilots' mandates away from a day on, the others staying.

    For each of them, someone else must pilot on the first day that it would have counted.
    """
    staying = list(others)
    days = [max(on, each.starts_on) for each in lost if each.covers(max(on, each.starts_on))]
    empty = [day for day in days if not any(other.covers(day) for other in staying)]
    if not empty:
        return []
    return [
        f"Plus personne ne piloterait à partir du {short_day(min(empty))} : donnez d’abord le "
        f"mandat « {Role.PILOT.label} » à quelqu’un d’autre."
    ]


def reason_faults(reason: str) -> list[str]:
    """What a reason to close or reopen an account lacks, in French."""
    if not reason.strip():
        return ["La raison manque : dites pourquoi, en une phrase."]
    if len(reason.strip()) > REASON_MAX:
        return [f"La raison ({len(reason.strip())} caractères) doit tenir en {REASON_MAX}."]
    return []


def delegation_faults(*, mandate: Period, delegation: Period, to_oneself: bool) -> list[str]:
    """What forbids such a delegation, in French; empty when it may be given."""
    faults = period_faults(delegation, of="de la suppléance")
    if to_oneself:
        faults.append("Un mandat ne se délègue pas à soi-même : choisissez une autre personne.")
    if not delegation.within(mandate):
        faults.append(f"La suppléance doit tenir dans le mandat ({said(mandate)}).")
    return faults


def said(period: Period) -> str:
    """« du 1er septembre 2025 au 31 août 2026 »: the last day is said included, as people do."""
    if period.ends_on is None:
        return f"depuis le {short_day(period.starts_on)}, sans fin fixée"
    return f"du {short_day(period.starts_on)} au {short_day(_last(period.ends_on))}"


def _last(ends_on: date) -> date:
    """The last day that counts before this end."""
    return date.fromordinal(ends_on.toordinal() - 1)


def standing(period: Period, today: date) -> str:
    """« en cours », « à venir » or « terminé »."""
    if period.ends_on is not None and period.ends_on <= today:
        return "terminé"
    return "en cours" if period.starts_on <= today else "à venir"


def accented_forms() -> dict[str, str]:
    """For each plain letter, itself and its accented forms, in both cases: « eEéèêëÉÈÊË… »."""
    found: dict[str, str] = {}
    for code in range(0xC0, 0x180):
        letter = unicodedata.normalize("NFD", chr(code))[0].lower()
        if letter.isascii() and letter.isalpha():
            found[letter] = found.get(letter, letter + letter.upper()) + chr(code)
    return found


_FORMS = accented_forms()


def search_patterns(words: str) -> list[str]:
    """One regular expression for each word (of Python's and of PostgreSQL's kind): accents, case
    and hyphens do not count. All must be found."""
    plain = unicodedata.normalize("NFD", words)
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return ["".join(map(_any_form, word)) for word in re.split(r"[\s-]+", plain) if word]


def _any_form(char: str) -> str:
    if char in "'’":
        return "['’]"
    if not char.isalnum():
        return f"\\{char}" if char.isascii() else char
    return f"[{_FORMS.get(char.lower(), char.lower() + char.upper())}]"


def view_name_faults(name: str) -> list[str]:
    """Why this cannot be the name of a view of a list, spaces already trimmed; or nothing."""
    if not name:
        return ["Donnez un nom à la vue : quelques mots, qui disent ce qu’elle montre."]
    if not name.isprintable():
        return ["Le nom de la vue contient un caractère invisible : écrivez-le au clavier."]
    if len(name) > VIEW_NAME_MAX:
        return [f"Le nom de la vue ({len(name)} caractères) doit tenir en {VIEW_NAME_MAX}."]
    if name.casefold() == WHOLE_LIST.casefold():
        return [f"« {WHOLE_LIST} » mène déjà à la liste sans filtre : choisissez un autre nom."]
    return []
