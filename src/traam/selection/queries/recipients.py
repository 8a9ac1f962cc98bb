"""Whom a decision is told to: its authors and inspectors, the digital delegates and the rector of
today's academy; and which of them no mail reaches, by function."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from traam.access.roles import Role
from traam.applications.models import Application
from traam.kit.labels import Labelled
from traam.people.models import MandateScope, ScopeKind, User
from traam.reference.models import Academy

ACADEMIC = (Role.DIGITAL_DELEGATE, Role.RECTOR)
UNREACHED = ".invalid"  # RFC 2606: an address that no mail can reach


class Function(Labelled):
    """As whom someone is told, in the order of the letter."""

    AUTHOR = "author", "auteur ou autrice"
    INSPECTOR = "inspector", "inspection"
    DELEGATE = "delegate", "DAN"
    RECTOR = "rector", "rectorat"


_FUNCTION_OF = {Role.DIGITAL_DELEGATE: Function.DELEGATE, Role.RECTOR: Function.RECTOR}


class Reach(Labelled):
    """Whether a mail will reach an account."""

    VERIFIED = "verified", "adresse vérifiée"
    UNVERIFIED = "unverified", "adresse jamais vérifiée : la personne n’est pas encore entrée"
    NONE = "none", "adresse qui ne reçoit pas de courrier : le message l’attend à l’écran"


@dataclass(frozen=True, slots=True)
class Recipient:
    """An account that is told, as whom, and whether its address is known to be good."""

    person: int
    function: Function
    name: str
    reach: Reach


@dataclass(frozen=True, slots=True)
class Silent:
    """A function that nobody, or no good address, answers for: « DAN, Lille »."""

    function: Function
    academy: str
    why: str


Recipients = Mapping[int, list[Recipient]]  # by application


def recipients(applications: Iterable[Application], *, today: date) -> dict[int, list[Recipient]]:
    """By application, everyone who is told, each person once. A fixed number of queries; needs
    `authors`, `inspectors` and `academy` at hand."""
    shown = list(applications)
    heirs = heirs_of([one.academy for one in shown])
    codes = {one.academy.code for one in shown} | {heirs[one.academy_id].code for one in shown}
    holders = _holders(codes, today)
    wanted = {one.pk: _wanted(one, heirs[one.academy_id], holders) for one in shown}
    people = User.objects.filter(is_active=True).in_bulk(
        sorted({person for each in wanted.values() for person in each})
    )
    return {
        key: [
            Recipient(person, function, str(people[person]), reach_of(people[person]))
            for person, function in each.items()
            if person in people
        ]
        for key, each in wanted.items()
    }


def reach_of(person: User) -> Reach:
    """An address has proved itself once its person has signed in."""
    if person.email.endswith(UNREACHED):
        return Reach.NONE
    return Reach.VERIFIED if person.last_login else Reach.UNVERIFIED


def heirs_of(academies: Iterable[Academy]) -> dict[int, Academy]:
    """By academy, that which answers for it today: itself, or the last it was merged into."""
    rows = {one.pk: one for one in academies}
    if any(one.successor_id for one in rows.values()):
        rows |= {one.pk: one for one in Academy.objects.order_by("pk")}
    found = {}
    for key in [one.pk for one in rows.values()]:
        heir, seen = rows[key], {key}
        while heir.successor_id in rows and heir.successor_id not in seen:
            heir = rows[heir.successor_id]
            seen.add(heir.pk)
        found[key] = heir
    return found


def _holders(codes: set[str], today: date) -> dict[tuple[str, Function], list[int]]:
    """By academy (its code) and function, the people who hold it today."""
    rows = (
        MandateScope.objects.in_force(today)
        .filter(
            kind=ScopeKind.ACADEMY,
            code__in=sorted(codes),
            mandate__role__in=list(ACADEMIC),
            mandate__person__is_active=True,
        )
        .order_by("mandate__person", "pk")
    )
    found: dict[tuple[str, Function], list[int]] = defaultdict(list)
    for code, role, person in rows.values_list("code", "mandate__role", "mandate__person"):
        found[code, _FUNCTION_OF[Role(role)]].append(person)
    return found


def _wanted(
    application: Application, heir: Academy, holders: Mapping[tuple[str, Function], list[int]]
) -> dict[int, Function]:
    """Each person once, under the function that comes first."""
    made: dict[int, Function] = {}
    for author in sorted(one.person_id for one in application.authors.all()):
        made.setdefault(author, Function.AUTHOR)
    for inspector in sorted(one.person_id for one in application.inspectors.all()):
        made.setdefault(inspector, Function.INSPECTOR)
    for function in (Function.DELEGATE, Function.RECTOR):
        for code in dict.fromkeys((application.academy.code, heir.code)):
            for person in holders.get((code, function), ()):
                made.setdefault(person, function)
    return made


def silent(application: Application, told: Iterable[Recipient], *, heir: Academy) -> list[Silent]:
    """The functions that no mail reaches for this application, named by function."""
    known: dict[Function, list[Recipient]] = defaultdict(list)
    for one in told:
        known[one.function].append(one)
    found = []
    for function in Function:
        if not known[function]:
            if function in (Function.DELEGATE, Function.RECTOR):
                found.append(Silent(function, heir.name, "aucun compte n’a ce mandat"))
        elif not any(one.reach is Reach.VERIFIED for one in known[function]):
            best = min(known[function], key=lambda one: list(Reach).index(one.reach))
            found.append(Silent(function, heir.name, best.reach.label))
    return found
