"""What is ready to be launched, and what an application brings to its team."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from traam.access.roles import Role
from traam.applications.models import Application, Deposit
from traam.campaigns.models import Campaign, Theme
from traam.groups.models import Member, NationalGroup, Team
from traam.groups.rules.carrying import Known, members, name_at
from traam.groups.rules.life import TeamState
from traam.kit.together import Asking
from traam.selection.models import Participation
from traam.selection.rules.life import ParticipationState

P = ParticipationState


def retained(campaign: Campaign) -> QuerySet[Participation]:
    """The academies that may be launched, by theme; with all that their team is made from."""
    rows = Participation.objects.filter(theme__campaign=campaign, state=P.RETAINED)
    return rows.select_related(
        "theme", "academy", "decision__case__application__continues"
    ).order_by("-theme__transversal", "theme__discipline_text", "theme", "academy__name", "pk")


def unfollowed() -> list[Team]:
    """The teams whose academy has withdrawn by its own act, and that have not followed."""
    rows = Team.objects.living().filter(participation__state=P.WITHDRAWN)
    return list(rows.select_related("participation").order_by("pk"))


def answers_of(applications: Iterable[int]) -> dict[int, Mapping[str, Any]]:
    """By application, the answers of its last deposit; one query."""
    rows = Deposit.objects.filter(application__in=set(applications)).order_by("number", "pk")
    found: dict[int, Mapping[str, Any]] = {}
    for application, content in rows.values_list("application", "content"):
        answers = content.get("answers")
        found[application] = answers if isinstance(answers, Mapping) else {}
    return found


def authors_of(application: Application) -> list[Known]:
    """Its authors whose account is open, in the order in which they came."""
    rows = application.authors.filter(person__is_active=True).select_related("person")
    return [Known(one.person_id, one.person.name, one.deposits) for one in rows.order_by("pk")]


def team_before(application: Application, group: NationalGroup) -> Team | None:
    """The team of the year before, when the project or the theme goes on."""
    if application.continues_id is not None:
        before = Team.objects.filter(
            participation__decision__case__application=application.continues_id
        ).first()
        if before is not None:
            return before
    if group.continues_id is None:
        return None
    rows = Team.objects.filter(group=group.continues_id, academy=application.academy_id)
    return rows.order_by("pk").first()


def past_members(team: Team | None) -> list[Known]:
    """Everyone with an open account who was in this team."""
    if team is None:
        return []
    rows = Member.objects.filter(team=team, person__is_active=True).select_related("person")
    return [Known(one.person.pk, one.person.name) for one in rows.order_by("pk") if one.person]


def continued(theme: Theme) -> NationalGroup | None:
    """The group of the theme that this one carries over."""
    if theme.continues_id is None:
        return None
    return NationalGroup.objects.filter(theme=theme.continues_id).first()


def adoptable(group: NationalGroup, participation: Participation) -> Team | None:
    """A team of this academy that moved in before its participation was known."""
    rows = Team.objects.living().filter(
        group=group, academy=participation.academy, participation=None
    )
    return rows.first()


@dataclass(frozen=True, slots=True)
class Ready:
    """A participation before its launch: how many its team will count, who will lead it."""

    participation: Participation
    referents: Sequence[str]
    inspectors: int
    with_account: int
    named: int  # in the application, without an account yet

    @property
    def title(self) -> str:
        return self.participation.decision.case.application.title

    @property
    def members(self) -> int:
        return self.with_account + self.named


@dataclass(frozen=True, slots=True)
class ReadyTheme:
    """A theme with its retained academies, and the group that waits for them, if it is formed."""

    theme: Theme
    parts: Sequence[Ready]


def launchable() -> Asking[list[tuple[Campaign, int]]]:
    """The campaigns that have academies to launch, and how many."""
    counts: dict[int, int] = {}
    rows = Participation.objects.filter(
        state=P.RETAINED, theme__campaign__state__in=("announced", "at_work")
    )
    for campaign in (yield rows.order_by("pk").values_list("theme__campaign", flat=True)):
        counts[campaign] = counts.get(campaign, 0) + 1
    found = yield Campaign.objects.filter(pk__in=counts).order_by("pk")
    return [(one, counts[one.pk]) for one in found]


def teams_of(campaign: Campaign) -> QuerySet[Team]:
    """The teams of a campaign at work or over, by theme then academy."""
    rows = Team.objects.filter(group__campaign=campaign).exclude(state=TeamState.WITHDRAWN)
    return rows.select_related("group__theme", "academy").order_by("group", "academy__name", "pk")


def ready_themes(campaign: Campaign) -> list[ReadyTheme]:
    """What a launch would make, theme by theme; a dry run: nothing is written."""
    parts = list(retained(campaign).prefetch_related(*_PEOPLE))
    answers = answers_of(one.decision.case.application_id for one in parts)
    found: dict[int, list[Ready]] = {}
    themes = {one.theme_id: one.theme for one in parts}
    for one in parts:
        told = answers.get(one.decision.case.application_id, {})
        found.setdefault(one.theme_id, []).append(_ready(one, told))
    return [ReadyTheme(themes[key], ready) for key, ready in found.items()]


_PEOPLE = (
    "decision__case__application__authors__person",
    "decision__case__application__inspectors__person",
)


def _ready(part: Participation, answers: Mapping[str, Any]) -> Ready:
    application = part.decision.case.application
    authors = [
        Known(one.person_id, one.person.name, one.deposits)
        for one in sorted(application.authors.all(), key=lambda one: one.pk)
        if one.person.is_active
    ]
    made = members(answers, authors=authors)
    names = {one.person: one.name for one in authors}
    inspectors = sum(one.person.is_active for one in application.inspectors.all())
    return Ready(
        participation=part,
        referents=[
            names.get(one.person or 0) or name_at(answers, one.source)
            for one in made
            if one.role is Role.REFERENT
        ],
        inspectors=inspectors,
        with_account=sum(one.person is not None for one in made) + inspectors,
        named=sum(one.person is None for one in made),
    )
