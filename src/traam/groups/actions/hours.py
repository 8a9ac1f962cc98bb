"""Hours: notified to an academy by tranches, given to its teams, spent by members, attested.

Nothing is overspent: who gives holds the campaign's tranches, who spends holds the team.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from traam.access.acting import allowed, person_of
from traam.access.actor import Actor
from traam.access.place import Place
from traam.campaigns.models import Campaign
from traam.groups import steps
from traam.groups.models import Allotment, Member, Spent, Team, Tranche
from traam.groups.queries import hours as queries
from traam.groups.rules.hours import allotment_faults, shares, spending_faults, tranche_faults
from traam.journal import acting
from traam.journal.rules import Scalar
from traam.kit.clock import day_of
from traam.kit.reasons import may_reason, need_reason
from traam.kit.refusals import Refusal
from traam.reference.models import Academy

LABEL_MAX = 100  # characters
WHAT_MAX = 200  # characters
GRANT = "hours.grant"
NO_LINE = "Cochez au moins une déclaration à attester."
NO_ACADEMY = (
    "Cette équipe n’est pas d’une académie : aucune tranche ne la concerne, et des heures ne lui "
    "sont pas attribuées ici."
)


def _place(academy: Academy) -> Place:
    return Place(academies=frozenset({academy.code}), academy_names=(academy.name,))


def _hold(campaign: Campaign) -> None:
    """Keep the campaign's hours from other gifts: two teams cannot be given the last hour."""
    Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)


@transaction.atomic
def note_tranche(
    *,
    campaign: Campaign,
    academy: Academy,
    label: str,
    hours: Decimal,
    notified_on: date,
    now: datetime,
    actor: Actor | None,
) -> Tranche:
    """Hours that the ministry notified to an academy. The same label again corrects its hours.

    Raises `NotAllowed`, or `Refusal` where teams were given more already.
    """
    behalf = allowed(actor, GRANT, _place(academy))
    words = " ".join(label.split())
    if not words or len(words) > LABEL_MAX:
        raise Refusal(f"L’intitulé de la tranche est attendu, en {LABEL_MAX} caractères au plus.")
    _hold(campaign)
    found = Tranche.objects.filter(campaign=campaign, academy=academy, label=words).first()
    before = found.hours if found else Decimal(0)
    pool = queries.pool_of(campaign, queries.root_of(academy))
    if faults := tranche_faults(hours, pool=pool, before=before):
        raise Refusal(*faults)
    if found is not None and (found.hours, found.notified_on) == (hours, notified_on):
        return found
    tranche, _ = Tranche.objects.update_or_create(
        campaign=campaign,
        academy=academy,
        label=words,
        defaults={"hours": hours, "notified_on": notified_on, "noted_by_id": person_of(actor)},
    )
    acting.note(
        "hours.note_tranche",
        f"tranche:{tranche.pk}",
        actor=actor,
        now=now,
        behalf=behalf,
        before={"hours": str(before)},
        after={"academy": academy.code, "campaign": campaign.year, "hours": str(hours)},
    )
    return tranche


@transaction.atomic
def allot(
    *, team: Team, hours: Decimal, reason: str, now: datetime, actor: Actor | None
) -> Allotment:
    """Hours given to a team, out of what its academy was notified; less than 0 takes some back,
    with a reason. Raises `NotAllowed` or `Refusal`."""
    held = steps.held_team(team)
    behalf = allowed(actor, GRANT, held.place())
    if held.academy is None:
        raise Refusal(NO_ACADEMY)
    words = need_reason(reason) if hours < 0 else may_reason(reason)
    campaign = held.group.campaign
    _hold(campaign)
    pool = queries.pool_of(campaign, queries.root_of(held.academy))
    faults = allotment_faults(hours, pool=pool, team=queries.account_of(held))
    if faults:
        raise Refusal(*faults)
    made = Allotment.objects.create(
        team=held, hours=hours, reason=words, given_at=now, given_by_id=person_of(actor)
    )
    after = {"hours": str(hours)}
    steps.note("hours.allot", held, actor=actor, now=now, behalf=behalf, after=after)
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What hours were spent on: the day, and the words."""

    on: date
    what: str


@transaction.atomic
def declare(
    *, member: Member, hours: Decimal, work: Work, now: datetime, actor: Actor | None
) -> Spent:
    """Hours that a member spent, by the référent. Raises `NotAllowed` or `Refusal`."""
    held, team = steps.held_member(member)
    behalf = allowed(actor, "hours.record", team.place())
    return _spend(team, {held.pk: hours}, work, now=now, actor=actor, behalf=behalf)[0]


@transaction.atomic
def split(
    *, team: Team, hours: Decimal, work: Work, now: datetime, actor: Actor | None
) -> list[Spent]:
    """The same work of all the référents and teachers of a team: the total is split among them, to
    the quarter. Raises `NotAllowed` or `Refusal`."""
    held = steps.held_team(team)
    behalf = allowed(actor, "hours.record", held.place())
    rows = Member.objects.filter(team=held, role__in=("referent", "teacher")).on(day_of(now))
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    if not keys:
        raise Refusal("L’équipe n’a pas encore de membre : complétez-la d’abord.")
    parts = {key: part for key, part in zip(keys, shares(hours, len(keys)), strict=True) if part}
    if sum(parts.values()) != hours:
        parts = {keys[0]: hours}  # not a number of quarters: refused with its reason
    return _spend(held, parts, work, now=now, actor=actor, behalf=behalf)


def _spend(
    team: Team,
    parts: Mapping[int, Decimal],
    work: Work,
    *,
    now: datetime,
    actor: Actor | None,
    behalf: int | None,
) -> list[Spent]:
    steps.need_living(team)
    words = " ".join(work.what.split())
    if not words or len(words) > WHAT_MAX:
        raise Refusal(f"Dites pour quoi sont ces heures, en {WHAT_MAX} caractères au plus.")
    total = sum(parts.values(), Decimal(0))
    span = (steps.first_day(team.group), steps.day_after(team.group))
    account = queries.account_of(team)
    faults = spending_faults(total, team=account, on=work.on, span=span, today=day_of(now))
    if faults:
        raise Refusal(*faults)
    made = [
        Spent.objects.create(
            team=team,
            member_id=key,
            hours=part,
            on=work.on,
            what=words,
            declared_at=now,
            declared_by_id=person_of(actor),
        )
        for key, part in parts.items()
    ]
    after: Mapping[str, Scalar] = {"hours": str(total), "lines": len(made)}
    steps.note("hours.declare", team, actor=actor, now=now, behalf=behalf, after=after)
    return made


@transaction.atomic
def cancel(*, spent: Spent, reason: str, now: datetime, actor: Actor | None) -> Spent:
    """A declaration that counts no more: by the référent before it is attested, by the inspector
    after. Twice is once. Raises `NotAllowed` or `Refusal`."""
    team = steps.held_team(spent.team)
    held = Spent.objects.select_for_update(of=("self",)).get(pk=spent.pk)
    right = "hours.record" if held.attested_at is None else "hours.agree"
    if actor is not None and not actor.allows(right, team.place()):
        right = "hours.agree"
    behalf = allowed(actor, right, team.place())
    if held.cancelled_at is not None:
        return held
    held.cancelled_at, held.reason = now, need_reason(reason)
    held.save(update_fields=["cancelled_at", "reason"])
    before: Mapping[str, Scalar] = {"line": held.pk, "hours": str(held.hours)}
    steps.note("hours.cancel", team, actor=actor, now=now, behalf=behalf, before=before)
    return held


@transaction.atomic
def attest(*, team: Team, lines: list[int], now: datetime, actor: Actor | None) -> int:
    """The inspector attests these declared lines; how many were not yet. Twice is once.

    Raises `NotAllowed`, or `Refusal` when none is a line of this team.
    """
    held = steps.held_team(team)
    behalf = allowed(actor, "hours.agree", held.place())
    if not Spent.objects.filter(team=held, pk__in=lines).exists():
        raise Refusal(NO_LINE)
    rows = Spent.objects.filter(team=held, pk__in=lines, attested_at=None, cancelled_at=None)
    count = rows.update(attested_at=now, attested_by=person_of(actor), reason="")
    if count:
        after = {"lines": count}
        steps.note("hours.attest", held, actor=actor, now=now, behalf=behalf, after=after)
    return count


@transaction.atomic
def take_back_attestation(
    *, team: Team, lines: list[int], reason: str, now: datetime, actor: Actor | None
) -> int:
    """These lines are declared again, and not attested; how many were. Twice is once."""
    held = steps.held_team(team)
    behalf = allowed(actor, "hours.agree", held.place())
    words = need_reason(reason)
    rows = Spent.objects.filter(team=held, pk__in=lines, cancelled_at=None)
    attested = rows.filter(attested_at__isnull=False)
    count = attested.update(attested_at=None, attested_by=None, reason=words)
    if count:
        before = {"lines": count}
        verb = "hours.take_back_attestation"
        steps.note(verb, held, actor=actor, now=now, behalf=behalf, before=before)
    return count
