"""A campaign moves in in mid-year: its teams are loaded from a file, then invited in waves.

Nobody is entered as signed in, and nobody receives anything by the load alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from traam.access.acting import allowed
from traam.access.actor import Actor
from traam.campaigns import actions as campaigns
from traam.campaigns.models import Campaign
from traam.campaigns.rules.life import CampaignState
from traam.groups import forming, joining, steps
from traam.groups.models import Member, Team
from traam.groups.queries.loading import COLUMNS, Found, Reader, to_invite
from traam.journal import acting
from traam.kit.clock import day_of
from traam.kit.refusals import Refusal
from traam.kit.rows import Outcome, RawRow, Report, RowResult, read_rows
from traam.kit.together import answer
from traam.people.waves import enrol, send_invitations

LOAD = "team.load"
WAVE_MAX = 500  # people in one wave
_KEPT = ("discipline", "level", "school", "school_type")


def load_teams(
    *, content: bytes, name: str, now: datetime, actor: Actor | None, dry_run: bool
) -> Report:
    """Take the rows of a file of teams, or (`dry_run`) only say what would become of each.

    One outcome for each row; all that is acceptable is taken together. Again: unchanged, but the
    refused. Raises `Refusal` on a file that cannot be read.
    """
    behalf = allowed(actor, LOAD)
    rows = read_rows(content=content, name=name, columns=COLUMNS)
    with transaction.atomic():
        report = Report(tuple(_results(rows, now=now, actor=actor)))
        after = {outcome.value: count for outcome, count in report.counts().items()}
        acting.note("team.load", "archive:teams", actor=actor, now=now, behalf=behalf, after=after)
        if dry_run:  # said by doing it, then undone: the two never differ
            transaction.set_rollback(True)
    return report


def _results(rows: list[RawRow], *, now: datetime, actor: Actor | None) -> Iterator[RowResult]:
    reader = Reader(now=now)
    for row in rows:
        found, remarks = reader.read(row)
        if found is None:
            yield RowResult(row.number, Outcome.REFUSED, remarks.reasons)
            continue
        try:
            with transaction.atomic():
                taken = _take(found, now=now, actor=actor)
        except Refusal as refusal:
            yield RowResult(row.number, Outcome.REFUSED, tuple(refusal.reasons))
            continue
        if not taken.is_new:
            yield RowResult(row.number, Outcome.UNCHANGED)
            continue
        mended = [*remarks.mended, *taken.mended]
        outcome = Outcome.MENDED if mended else Outcome.TAKEN
        yield RowResult(row.number, outcome, tuple(dict.fromkeys([*mended, *taken.told])))


@dataclass(frozen=True, slots=True)
class _Taken:
    is_new: bool
    told: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()


def _take(found: Found, *, now: datetime, actor: Actor | None) -> _Taken:
    """The member of this row: new, brought up to date, or as they were."""
    team = _team(found, now=now, actor=actor)
    welcomed = enrol(
        email=found.mail,
        name=found.name,
        role=found.role,
        limits=joining.limits_of(team),
        starts_on=day_of(team.formed_at),
        now=now,
        actor=None,
    )
    mended: tuple[str, ...] = ()
    if welcomed.person.name != found.name and not welcomed.is_new_account:
        mended = ("Champ « name » : cette adresse a déjà un compte, qui garde le nom qu’il porte.",)
    member = joining.current(team, welcomed.person.pk, found.role, day_of(now))
    if member is not None:
        return _updated(member, found)
    made = joining.write(
        team,
        found.role,
        person=welcomed.person,
        mandate=welcomed.mandate,
        on=day_of(team.formed_at),
        about=found.about,
    )
    made.is_newcomer = welcomed.person.pk in joining.newcomers([welcomed.person.pk], team)
    made.save(update_fields=["is_newcomer"])
    after = {"role": made.role, "team": team.code}
    steps.note("member.join", made, actor=actor, now=now, after=after)
    return _Taken(is_new=True, mended=mended)


def _updated(member: Member, found: Found) -> _Taken:
    """What the file says and the member lacked or had otherwise; what it leaves empty is kept."""
    given = {name: getattr(found.about, name) for name in _KEPT}
    changed = [name for name, value in given.items() if value and getattr(member, name) != value]
    for name in changed:
        setattr(member, name, given[name])
    if changed:
        member.save(update_fields=changed)
    told = ("Cette personne était déjà dans l’équipe : sa ligne est mise à jour.",)
    return _Taken(is_new=bool(changed), told=told if changed else ())


def _team(found: Found, *, now: datetime, actor: Actor | None) -> Team:
    """The living team of the academy in the theme, formed if need be; its campaign is at work."""
    campaign = found.theme.campaign
    if campaign.is_archive:
        found.theme.campaign = campaigns.move_in(campaign=campaign, now=now, actor=actor)
    elif campaign.state == CampaignState.ANNOUNCED:
        found.theme.campaign = campaigns.launch(campaign=campaign, now=now, actor=actor)
    group, is_new = forming.group_of(found.theme, now=now)
    if is_new:
        steps.note("group.form", group, actor=actor, now=now)
    rows = Team.objects.living().filter(group=group, academy=found.academy)
    if team := rows.select_related("group__campaign").first():
        return team
    made = forming.new_team(
        group, academy=found.academy, participant="", project="", summary="", now=now
    )
    steps.note("team.form", made, actor=actor, now=now)
    return made


@transaction.atomic
def invite_wave(*, campaign: Campaign, size: int, now: datetime, actor: Actor | None) -> int:
    """Invite the next people of a campaign's teams, référents first; how many were written to.

    Raises `NotAllowed` or `Refusal`. Whoever was invited once is not again.
    """
    behalf = allowed(actor, LOAD)
    if not 1 <= size <= WAVE_MAX:
        raise Refusal(f"Une vague (reçu : {size}) compte de 1 à {WAVE_MAX} personnes.")
    held = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    count = send_invitations(people=answer(to_invite(held, now)).people[:size], now=now)
    if count:
        acting.note(
            "team.invite_wave",
            f"campaign:{held.year}",
            actor=actor,
            now=now,
            behalf=behalf,
            after={"people": count},
        )
    return count
