"""The members of a team: invited, named, described, gone. Each has a mandate over the team."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from traam.access.acting import allowed
from traam.access.actor import Actor
from traam.access.place import Place
from traam.access.roles import Role
from traam.groups import joining, steps, telling
from traam.groups.joining import About
from traam.groups.models import Member, Team
from traam.kit.clock import day_of
from traam.kit.reasons import need_reason
from traam.kit.refusals import Refusal
from traam.people import actions as people
from traam.people.actions import Welcome

ROLES = (Role.REFERENT, Role.TEACHER, Role.INSPECTOR, Role.PARTNER)
NOT_A_ROLE = "Un membre d’équipe est référent·e, enseignant·e, inspecteur·rice ou partenaire."
LAST_REFERENT = (
    "C’est la seule personne référente de l’équipe : nommez d’abord un·e autre référent·e, sans "
    "quoi personne ne parlerait plus pour elle."
)
TEXT_MAX = 200  # characters
INVITED = "Cette personne a déjà un compte dans l’équipe : il n’y a plus à l’inviter."


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """To whom an invitation goes. Who has an account already keeps its name."""

    email: str
    name: str


def _may(actor: Actor | None, role: Role, place: Place) -> int | None:
    """An inspector is named by an inspector of the team, or by whoever forms teams: their mandate
    validates what the team writes. Raises `NotAllowed`."""
    if role is not Role.INSPECTOR or actor is None:
        return allowed(actor, "team.edit", place)
    right = "team.form" if actor.allows("team.form", place) else "team.agree"
    return allowed(actor, right, place)


@transaction.atomic
def add_member(
    *,
    team: Team,
    role: Role,
    address: Address,
    about: About,
    now: datetime,
    actor: Actor | None,
) -> tuple[Member, bool]:
    """Someone joins the team, today: a late joiner, a second référent, another inspector, a
    partner. The member, and whether they have just become so: twice is once. Raises `NotAllowed`
    or `Refusal`."""
    held = steps.held_team(team)
    behalf = _may(actor, role, held.place())
    steps.need_living(held)
    if role not in ROLES:
        raise Refusal(NOT_A_ROLE)
    _need_short(about)
    welcomed = _welcome(held, role, address, now=now)
    today = day_of(now)
    if found := joining.current(held, welcomed.person.pk, role, today):
        return found, False
    made = joining.write(
        held, role, person=welcomed.person, mandate=welcomed.mandate, on=today, about=about
    )
    _joined(made, held, is_told=not welcomed.is_new_account, now=now, actor=actor, behalf=behalf)
    return made, True


def _welcome(team: Team, role: Role, address: Address, *, now: datetime) -> Welcome:
    """The account and its mandate over the team: the right was the team's own."""
    return people.welcome(
        email=address.email,
        name=address.name,
        role=role,
        limits=joining.limits_of(team),
        starts_on=day_of(now),
        ends_on=None,
        now=now,
        actor=None,
    )


def _joined(
    member: Member,
    team: Team,
    *,
    is_told: bool,
    now: datetime,
    actor: Actor | None,
    behalf: int | None,
) -> None:
    """The journal, and the message of whoever had an account (the others were just invited)."""
    after = {"role": member.role, "team": team.code}
    steps.note("member.join", member, actor=actor, now=now, behalf=behalf, after=after)
    if is_told:
        telling.joined(member, team, now=now)


@transaction.atomic
def invite_named(*, member: Member, address: Address, now: datetime, actor: Actor | None) -> Member:
    """Someone whom the application named gets an account and their mandate; their invitation goes.
    Raises `NotAllowed`, or `Refusal` when they have one already."""
    held, team = steps.held_member(member)
    role = Role(held.role)
    behalf = _may(actor, role, team.place())
    steps.need_living(team)
    if held.person_id is not None:
        raise Refusal(INVITED)
    if held.ends_on is not None and held.ends_on <= day_of(now):
        raise Refusal("Cette personne ne fait plus partie de l’équipe.")
    welcomed = _welcome(team, role, address, now=now)
    if found := joining.current(team, welcomed.person.pk, role, day_of(now)):
        held.delete()  # named twice: the place that they have is theirs
        return found
    held.person, held.mandate = welcomed.person, welcomed.mandate
    held.is_newcomer = welcomed.person.pk in joining.newcomers([welcomed.person.pk], team)
    held.save(update_fields=["person", "mandate", "is_newcomer"])
    _joined(held, team, is_told=not welcomed.is_new_account, now=now, actor=actor, behalf=behalf)
    return held


@transaction.atomic
def describe_member(*, member: Member, about: About, now: datetime, actor: Actor | None) -> Member:
    """Their discipline, level and school, as indicators count them."""
    held, team = steps.held_member(member)
    behalf = allowed(actor, "team.edit", team.place())
    _need_short(about)
    given = {
        "discipline": about.discipline,
        "level": about.level,
        "school": about.school.strip(),
        "school_type": about.school_type,
        "is_newcomer": about.is_newcomer,
    }
    changed = [name for name, value in given.items() if getattr(held, name) != value]
    for name in changed:
        setattr(held, name, given[name])
    if changed:
        held.save(update_fields=changed)
        after = {"fields": " ".join(sorted(changed))}
        steps.note("member.describe", held, actor=actor, now=now, behalf=behalf, after=after)
    return held


@transaction.atomic
def end_member(*, member: Member, reason: str, now: datetime, actor: Actor | None) -> Member:
    """Someone leaves the team today; what they wrote stays, and they read why. Twice is once.

    Raises `NotAllowed`, or `Refusal` when nobody would speak for the team any more.
    """
    held, team = steps.held_member(member)
    behalf = _may(actor, Role(held.role), team.place())
    if held.ends_on is not None and held.ends_on <= day_of(now):
        return held
    words = need_reason(reason)
    _need_another_referent(held, team, now)
    joining.leave([held], now=now)
    steps.note("member.leave", held, actor=actor, now=now, behalf=behalf)
    if held.person_id is not None:
        telling.left(held, team, reason=words, now=now)
    return held


def _need_another_referent(member: Member, team: Team, now: datetime) -> None:
    if member.role != Role.REFERENT or member.person_id is None:
        return
    others = team.members.filter(role=Role.REFERENT, person__isnull=False).on(day_of(now))
    if not others.exclude(pk=member.pk).exists():
        raise Refusal(LAST_REFERENT)


@transaction.atomic
def take_back_member(*, member: Member, now: datetime, actor: Actor | None) -> Member:
    """Someone who had left is a member again, from today on: a new line, the old one stays. Twice
    is once."""
    held, team = steps.held_member(member)
    behalf = _may(actor, Role(held.role), team.place())
    steps.need_living(team)
    if held.ends_on is None or held.person is None:
        return held
    about = About.of(held)
    made, is_new = joining.join(team, held.person, Role(held.role), now=now, about=about)
    if is_new:
        _joined(made, team, is_told=True, now=now, actor=actor, behalf=behalf)
    return made


def _need_short(about: About) -> None:
    if len(about.school) > TEXT_MAX:
        raise Refusal(f"L’établissement ({len(about.school)} caractères) doit tenir en {TEXT_MAX}.")
