"""Hours: what an academy was notified and gave, what a team has and spends, who did how much."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, DecimalField, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from traam.access.actor import Actor
from traam.campaigns.models import Campaign
from traam.groups.models import Allotment, Member, Spent, Team, Tranche
from traam.groups.rules.hours import NOTHING, Account, Pool
from traam.kit.counting import of_all, values_of
from traam.kit.together import Asking
from traam.reference.models import Academy

_HOURS = DecimalField(max_digits=8, decimal_places=2)


def total(condition: Q | None = None) -> Coalesce:
    """The sum of the hours, 0 where there is none."""
    return Coalesce(Sum("hours", filter=condition), Value(Decimal(0)), output_field=_HOURS)


def root_of(academy: Academy) -> Academy:
    """The academy that answers for it today: itself, or the one it merged into."""
    return academy.successor or academy


def _same(path: str, root: Academy) -> Q:
    """What belongs to this academy or to one that merged into it."""
    return Q(**{path: root}) | Q(**{f"{path}__successor": root})


def tranches_of(campaign: Campaign, root: Academy) -> QuerySet[Tranche]:
    rows = Tranche.objects.filter(_same("academy", root), campaign=campaign)
    return rows.order_by("notified_on", "pk")


def teams_of(campaign: Campaign, root: Academy) -> QuerySet[Team]:
    """The teams that share the hours of an academy."""
    return Team.objects.filter(_same("academy", root), group__campaign=campaign)


def pool_of(campaign: Campaign, root: Academy) -> Pool:
    """What an academy was notified in a campaign, and gave of it; two queries."""
    notified = tranches_of(campaign, root).order_by().aggregate(sum=total())["sum"]
    given = Allotment.objects.filter(team__in=teams_of(campaign, root)).aggregate(sum=total())
    return Pool(notified, given["sum"])


def accounts_of(teams: Iterable[int]) -> dict[int, Account]:
    """By team, what it was given and has spent; two queries."""
    keys = set(teams)
    given = dict(
        Allotment.objects.filter(team__in=keys)
        .values("team")
        .annotate(sum=total())
        .values_list("team", "sum")
    )
    rows = Spent.objects.filter(team__in=keys, cancelled_at=None).values("team")
    spent = rows.annotate(all=total(), attested=total(Q(attested_at__isnull=False)))
    done = {one["team"]: (one["all"], one["attested"]) for one in spent}
    return {
        key: Account(given.get(key, NOTHING), *done.get(key, (NOTHING, NOTHING))) for key in keys
    }


def account_of(team: Team) -> Account:
    """What a team was given and has spent; one query."""
    spent = Spent.objects.filter(team=team, cancelled_at=None)
    found = values_of(
        given=_sum_of(Allotment.objects.filter(team=team)),
        spent=_sum_of(spent),
        attested=_sum_of(spent.filter(attested_at__isnull=False)),
    )
    return Account(**{name: hours or NOTHING for name, hours in found.items()})


def _sum_of(rows: QuerySet[Allotment] | QuerySet[Spent]) -> Subquery:
    return of_all(rows, "SUM(%s)", "hours", _HOURS)


def lines_of(team: Team) -> QuerySet[Spent]:
    """What was declared, the latest first, cancelled lines included."""
    rows = Spent.objects.filter(team=team).select_related("member__person", "attested_by")
    return rows.order_by("-on", "-pk")


def by_member(team: Team) -> dict[int, tuple[Decimal, Decimal]]:
    """By member, the hours declared and those attested."""
    rows = Spent.objects.filter(team=team, cancelled_at=None).values("member")
    found = rows.annotate(all=total(), attested=total(Q(attested_at__isnull=False)))
    return {one["member"]: (one["all"], one["attested"]) for one in found}


def account_from(
    given: Iterable[Allotment], done: Mapping[int, tuple[Decimal, Decimal]]
) -> Account:
    """The account of a team, from what it was given and what each of its members did."""
    return Account(
        given=sum((one.hours for one in given), NOTHING),
        spent=sum((spent for spent, _ in done.values()), NOTHING),
        attested=sum((attested for _, attested in done.values()), NOTHING),
    )


def given_to(team: Team) -> QuerySet[Allotment]:
    return Allotment.objects.filter(team=team).order_by("given_at", "pk")


def attested_of(member: Member) -> Decimal:
    """The attested hours of a person in the team, whatever the roles they had there."""
    rows = Spent.objects.filter(
        team=member.team_id, cancelled_at=None, attested_at__isnull=False
    ).filter(Q(member=member) | Q(member__person=member.person_id, member__person__isnull=False))
    hours: Decimal = rows.aggregate(sum=total())["sum"]
    return hours


def to_attest(actor: Actor) -> Asking[list[tuple[Team, int, Decimal]]]:
    """The teams whose hours await this person's attestation: how many lines, how many hours."""
    teams = Team.objects.over_which(actor, "hours.agree")
    rows = Spent.objects.filter(team__in=teams, attested_at=None, cancelled_at=None)
    counted = rows.order_by("team").values_list("team").annotate(lines=Count("pk"), sum=total())
    found = {key: (lines, hours) for key, lines, hours in (yield counted)}
    teams = Team.objects.filter(pk__in=found).select_related("academy", "group__theme")
    return [(one, *found[one.pk]) for one in (yield teams.order_by("pk"))]


@dataclass(frozen=True)
class AcademyHours:
    """An academy in a campaign: its tranches, its teams with their accounts."""

    campaign: Campaign
    academy: Academy
    pool: Pool
    tranches: list[Tranche]
    teams: list[Team]
    accounts: dict[int, Account] = field(default_factory=dict)


def academies_for(actor: Actor) -> list[Academy]:
    """The academies whose hours this person gives."""
    codes = {
        code for mandate in actor.in_force if actor.may("hours.grant") for code in mandate.academies
    }
    rows = Academy.objects.filter(code__in=codes).select_related("successor")
    roots = {root_of(one).pk: root_of(one) for one in rows}
    return sorted(roots.values(), key=lambda one: (one.name, one.pk))


def campaigns_with_teams(root: Academy) -> list[Campaign]:
    """The campaigns in which an academy has a team, the latest first."""
    keys = Team.objects.filter(_same("academy", root)).values("group__campaign")
    return list(Campaign.objects.filter(pk__in=keys).latest_first())


def academy_hours(campaign: Campaign, root: Academy) -> AcademyHours:
    """All that the delegate's page shows of one academy and campaign."""
    teams = list(
        teams_of(campaign, root)
        .select_related("academy__successor", "group__theme")
        .order_by("group__theme__discipline_text", "code", "pk")
    )
    return AcademyHours(
        campaign=campaign,
        academy=root,
        pool=pool_of(campaign, root),
        tranches=list(tranches_of(campaign, root)),
        teams=teams,
        accounts=accounts_of(one.pk for one in teams),
    )
