"""Who is called to judge a campaign's applications, and what ties them to each: facts in bulk."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from traam.applications.models import (
    Application,
    ApplicationAcademy,
    Author,
    Examiner,
    NamedInspector,
)
from traam.applications.queries.people import JUDGING_ROLES
from traam.applications.rules.conflicts import (
    AcademyFacts,
    ApplicationFacts,
    Conflict,
    ReviewerFacts,
    TeamFacts,
    found,
    read_kinds,
)
from traam.applications.rules.life import ConflictKind
from traam.campaigns.models import Campaign
from traam.people.models import Delegation, MandateScope, ScopeKind
from traam.reference.models import Academy

Pair = tuple[int, int]  # the keys of an application and of a person
ASSOCIATED = Prefetch("associated", ApplicationAcademy.objects.select_related("academy"))


def deposited(campaign: Campaign) -> QuerySet[Application]:
    """The applications that are judged, with what is looked at of each."""
    found = Application.objects.filter(campaign=campaign, state="deposited")
    return found.select_related("theme", "academy").prefetch_related(ASSOCIATED).order_by("pk")


def called(campaign: Campaign, *, today: date) -> dict[str, set[int]]:
    """By theme (its code), the people who judge it today: experts, inspectors general, and those
    who exercise such a mandate for them."""
    codes = list(campaign.themes.order_by("pk").values_list("code", flat=True))
    scopes = MandateScope.objects.in_force(today).filter(
        mandate__role__in=list(JUDGING_ROLES),
        kind=ScopeKind.THEME,
        code__in=codes,
    )
    rows = list(scopes.order_by("pk").values_list("code", "mandate", "mandate__person"))
    standing_in = defaultdict(set)
    given = Delegation.objects.filter(
        mandate__in={mandate for _, mandate, _ in rows},
        starts_on__lte=today,
        ends_on__gt=today,
        holder__is_active=True,
    )
    for mandate, person in given.order_by("pk").values_list("mandate", "delegate"):
        standing_in[mandate].add(person)
    people: dict[str, set[int]] = {code: set() for code in codes}
    for code, mandate, person in rows:
        people[code] |= {person, *standing_in[mandate]}
    return people


class Ties:
    """What ties people to applications, from facts read once."""

    def __init__(
        self,
        people: Iterable[int],
        applications: Iterable[Application],
        rows: Iterable[Examiner],
        *,
        today: date,
    ) -> None:
        self.today = today
        keys = sorted(set(people))
        self.academies = _academies()
        self.homes = self._homes(keys)
        self.teams: dict[int, list[TeamFacts]] = defaultdict(list)
        self.named: dict[int, set[int]] = defaultdict(set)  # by application, its own people
        self._read_teams(keys, [one.pk for one in applications])
        self.declared: Mapping[int, set[int]] = _declared(rows)

    def between(self, person: int, application: Application) -> tuple[Conflict, ...]:
        """Every conflict that the facts show."""
        reviewer = ReviewerFacts(
            person=person,
            academies=tuple(self.homes.get(person, ())),
            teams=tuple(self.teams.get(person, ())),
            declared=frozenset(self.declared.get(person, ())),
        )
        return found(reviewer, self._application(application), on=self.today)

    def _application(self, one: Application) -> ApplicationFacts:
        codes = [one.academy.code, *(each.academy.code for each in one.associated.all())]
        return ApplicationFacts(
            application=one.pk,
            academies=tuple(self.academies[code] for code in dict.fromkeys(codes)),
            people=frozenset(self.named.get(one.pk, ())),
        )

    def _homes(self, keys: list[int]) -> dict[int, list[AcademyFacts]]:
        """The academies of every mandate that each ever held, with those that succeeded them."""
        scopes = MandateScope.objects.filter(mandate__person__in=keys, kind=ScopeKind.ACADEMY)
        rows = scopes.order_by("pk").values_list("mandate__person", "code")
        homes: dict[int, dict[str, AcademyFacts]] = defaultdict(dict)
        for person, code in rows:
            for known in self._lineage(code):
                homes[person][known] = self.academies[known]
        return {person: list(found.values()) for person, found in homes.items()}

    def _lineage(self, code: str) -> list[str]:
        """The academy and, one after the other, those it was merged into."""
        made: list[str] = []
        while code in self.academies and code not in made:
            made.append(code)
            code = self.academies.successors.get(code, "")
        return made

    def _read_teams(self, people: list[int], applications: list[int]) -> None:
        """The applications that each wrote, or was named in, as teams of their academies; and who
        wrote these applications, or is named in them."""
        wanted = Q(person__in=people) | Q(application__in=applications)
        for model in (Author, NamedInspector):
            rows = model._default_manager.filter(wanted).select_related(
                "application__campaign", "application__academy"
            )
            for row in rows.order_by("pk"):
                self.named[row.application_id].add(row.person_id)
                self.teams[row.person_id].append(_team(row.application))


def _team(one: Application) -> TeamFacts:
    name = f"{one.academy.name}, {one.campaign.label}"
    last = one.campaign.years.ends_on
    return TeamFacts(one.code, name, frozenset({one.academy.code}), last)


class _Academies(dict[str, AcademyFacts]):
    """The academies by code, with the successor of each that was merged."""

    successors: Mapping[str, str]


def _academies() -> _Academies:
    rows = list(Academy.objects.select_related("region", "successor").order_by("pk"))
    made = _Academies(
        {
            one.code: AcademyFacts(
                one.code,
                one.name,
                one.region.code if one.region else "",
                one.region.name if one.region else "",
            )
            for one in rows
        }
    )
    made.successors = {one.code: one.successor.code for one in rows if one.successor}
    return made


def _declared(rows: Iterable[Examiner]) -> dict[int, set[int]]:
    made: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        if ConflictKind.DECLARED in read_kinds(row.kinds):
            made[row.person_id].add(row.application_id)
    return made


def rows_of(campaign: Campaign) -> dict[Pair, Examiner]:
    """The examiners' rows of a campaign."""
    found = Examiner.objects.filter(application__campaign=campaign).order_by("pk")
    return {(one.application_id, one.person_id): one for one in found}


def conflicts_of(rows: Collection[Examiner], *, today: date) -> dict[Pair, tuple[Conflict, ...]]:
    """The conflicts that the facts show today between these people and these applications (fetched
    with their academy), with their sentences, for those who assign. Never for a reviewer."""
    applications = [row.application for row in rows]
    prefetch_related_objects(applications, ASSOCIATED)
    ties = Ties({row.person_id for row in rows}, applications, rows, today=today)
    return {
        (row.application_id, row.person_id): ties.between(row.person_id, row.application)
        for row in rows
    }
