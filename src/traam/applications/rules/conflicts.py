"""What ties a reviewer to an application, found from facts, and what it forbids.

The kinds and the standings are those of an examiner (`applications.rules.life`). A person may *pin*
a conflict, found or not, or *dismiss* those found, with a reason. A dismissal covers the kinds that
were found then: another kind, found later, bars again. What a reviewer declares always bars.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from traam.applications.rules.life import MAY_READ, ConflictKind, Standing

YEARS = 2  # how long a team counts after its last day


@dataclass(frozen=True, slots=True)
class AcademyFacts:
    """An academy and its région académique; `region` is empty where there is none."""

    code: str
    name: str
    region: str = ""
    region_name: str = ""


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """A team someone belonged to, up to `last_on` included (None: still); academies by code."""

    code: str
    name: str
    academies: frozenset[str]
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReviewerFacts:
    """What is known of a reviewer. `declared`: applications' keys; the academies' are codes."""

    person: int
    academies: tuple[AcademyFacts, ...] = ()
    teams: tuple[TeamFacts, ...] = ()
    declared: frozenset[int] = frozenset()
    declared_academies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ApplicationFacts:
    """What is known of an application: its academy first, then the associated ones; its people."""

    application: int
    academies: tuple[AcademyFacts, ...]
    people: frozenset[int] = frozenset()  # authors, référents, team, inspectors


@dataclass(frozen=True, slots=True)
class Conflict:
    """A tie. The sentence names the academy: for those who assign, never for the reviewer."""

    kind: ConflictKind
    sentence: str


def found(
    reviewer: ReviewerFacts, application: ApplicationFacts, *, on: date
) -> tuple[Conflict, ...]:
    """Every conflict that the facts show on that day: academies, régions, teams, declared."""
    return (
        *_same_academies(reviewer, application),
        *_same_regions(reviewer, application),
        *_teams(reviewer, application, on=on),
        *_declared(reviewer, application),
    )


def _same_academies(reviewer: ReviewerFacts, application: ApplicationFacts) -> Iterator[Conflict]:
    own = {academy.code for academy in reviewer.academies}
    for place, academy in enumerate(application.academies):
        if academy.code in own:
            part = ", académie associée à la candidature" if place else ""
            sentence = f"Même académie : {academy.name}{part}."
            yield Conflict(ConflictKind.ACADEMY, sentence)


def _same_regions(reviewer: ReviewerFacts, application: ApplicationFacts) -> Iterator[Conflict]:
    """One for each région that two different academies share."""
    seen: set[str] = set()
    for other in application.academies:
        for own in reviewer.academies:
            is_new = other.region != "" and other.region not in seen
            if is_new and own.region == other.region and own.code != other.code:
                seen.add(other.region)
                sentence = (
                    f"Même région académique : {other.region_name} ({own.name} et {other.name})."
                )
                yield Conflict(ConflictKind.REGION, sentence)


def _teams(
    reviewer: ReviewerFacts, application: ApplicationFacts, *, on: date
) -> Iterator[Conflict]:
    """Named in the application, or in a team of one of its academies in the last two years."""
    if reviewer.person in application.people:
        yield Conflict(ConflictKind.TEAM, "La personne figure dans cette candidature.")
    codes = {academy.code for academy in application.academies}
    for team in reviewer.teams:
        is_recent = team.last_on is None or team.last_on >= years_before(on)
        if is_recent and not codes.isdisjoint(team.academies):
            sentence = f"Membre d’une équipe dans les deux dernières années : {team.name}."
            yield Conflict(ConflictKind.TEAM, sentence)


def years_before(on: date, years: int = YEARS) -> date:
    """The same day some years earlier; 28 February for a 29th that does not exist."""
    is_leap_day = (on.month, on.day) == (2, 29)
    return on.replace(year=on.year - years, day=28 if is_leap_day else on.day)


def _declared(reviewer: ReviewerFacts, application: ApplicationFacts) -> Iterator[Conflict]:
    if application.application in reviewer.declared:
        sentence = "Lien déclaré par la personne avec cette candidature."
        yield Conflict(ConflictKind.DECLARED, sentence)
    for academy in application.academies:
        if academy.code in reviewer.declared_academies:
            sentence = f"Lien déclaré par la personne avec l’académie : {academy.name}."
            yield Conflict(ConflictKind.DECLARED, sentence)


def standing(
    conflicts: Iterable[Conflict], *, before: Standing | None, covered: Collection[ConflictKind]
) -> Standing:
    """What a check makes of an examiner's standing; `before` is None at the first check.

    `covered`: the kinds found when it was settled. A pin stays; a dismissal stays while nothing of
    another kind, and nothing declared, is found.
    """
    kinds = {conflict.kind for conflict in conflicts}
    if before is Standing.PINNED:
        return before
    if not kinds:
        return Standing.CLEAR
    is_covered = kinds <= set(covered) - {ConflictKind.DECLARED}
    return before if before is Standing.DISMISSED and is_covered else Standing.FOUND


def is_barred(standing: Standing, kinds: Collection[ConflictKind]) -> bool:
    """May this person neither read nor review? A conflict dismissed with a reason bars no more,
    unless it was declared."""
    return standing not in MAY_READ or ConflictKind.DECLARED in kinds


def pin_faults(reason: str) -> list[str]:
    """What forbids to pin a conflict, found or not, in French."""
    return [] if reason.strip() else ["Le motif manque : dites quel lien est maintenu."]


def dismissal_faults(kinds: Collection[ConflictKind], reason: str) -> list[str]:
    """What forbids to dismiss the conflicts of these kinds, in French."""
    faults = []
    if not kinds:
        faults.append("Aucun conflit n’a été trouvé : il n’y a rien à écarter.")
    if not reason.strip():
        faults.append("Le motif manque : dites pourquoi le conflit est écarté.")
    if ConflictKind.DECLARED in kinds:
        faults.append("Un conflit déclaré ne s’écarte pas : seule la personne revient dessus.")
    return faults


def stored(kinds: Iterable[ConflictKind]) -> str:
    """The kinds as an examiner keeps them: once each, in their order, separated by spaces."""
    given = set(kinds)
    return " ".join(kind for kind in ConflictKind if kind in given)


def read_kinds(text: str) -> frozenset[ConflictKind]:
    """What `stored` wrote. Raises ValueError on another word."""
    return frozenset(ConflictKind(word) for word in text.split())
