"""How someone becomes a member of a team, with the mandate that goes with it, and leaves it. The
doors are in `actions`."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

from traam.access.roles import Role
from traam.groups.models import Member, Team
from traam.kit.clock import day_of
from traam.people import actions as people
from traam.people.models import Mandate, User
from traam.people.reach import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a team says of a member; disciplines and levels are codes."""

    discipline: str = ""
    level: str = ""
    school: str = ""
    school_type: str = ""
    is_newcomer: bool = False
    source: str = ""

    @classmethod
    def of(cls, member: Member) -> "About":
        """What is said of this member already."""
        return cls(**{one.name: getattr(member, one.name) for one in fields(cls)})


UNTOLD = About()


def limits_of(team: Team) -> Limits:
    """What a mandate over a team is limited to."""
    return Limits(teams=frozenset({team.code}))


def current(team: Team, person: int, role: Role, on: date) -> Member | None:
    """Their place in the team that day, in this role."""
    return Member.objects.filter(team=team, person=person, role=role).on(on).first()


def join(
    team: Team, person: User, role: Role, *, now: datetime, about: About = UNTOLD
) -> tuple[Member, bool]:
    """The member, with their mandate from today on, and whether they have just become so."""
    today = day_of(now)
    if found := current(team, person.pk, role, today):
        return found, False
    mandate = people.grant(
        person=person,
        role=role,
        limits=limits_of(team),
        starts_on=today,
        ends_on=None,
        now=now,
        actor=None,
    )
    return write(team, role, person=person, mandate=mandate, on=today, about=about), True


def name(team: Team, role: Role, *, on: date, about: About) -> Member:
    """Someone whom the application names, and who has no account yet."""
    return write(team, role, person=None, mandate=None, on=on, about=about)


def write(
    team: Team,
    role: Role,
    *,
    person: User | None,
    mandate: Mandate | None,
    on: date,
    about: About,
) -> Member:
    return Member.objects.create(
        team=team,
        person=person,
        mandate=mandate,
        role=role,
        starts_on=on,
        discipline=about.discipline,
        level=about.level,
        school=about.school,
        school_type=about.school_type,
        is_newcomer=about.is_newcomer,
        source=about.source,
    )


def leave(members: Iterable[Member], *, now: datetime) -> list[int]:
    """End their part and their mandate today; the keys of those who have an account."""
    today, told = day_of(now), []
    for one in members:
        if one.mandate is not None:
            key = one.mandate.pk
            people.end(mandate=one.mandate, on=today, now=now, actor=None)
            one.mandate = Mandate.objects.filter(pk=key).first()  # None: it had not begun
        one.ends_on = max(today, one.starts_on)
        one.save(update_fields=["mandate", "ends_on"])
        if one.person_id is not None:
            told.append(one.person_id)
    return told


def come_back(team: Team, *, since: date, now: datetime) -> None:
    """Those who left when the team withdrew, that day, are its members again from today on."""
    gone = Member.objects.filter(team=team, ends_on=since).select_related("person")
    for one in gone.order_by("pk"):
        about = About.of(one)
        if one.person is None:
            name(team, Role(one.role), on=day_of(now), about=about)
        elif one.person.is_active:
            join(team, one.person, Role(one.role), now=now, about=about)


def newcomers(people_: Iterable[int], team: Team) -> set[int]:
    """Those of these people who were never in a team of another campaign."""
    keys = set(people_)
    known = Member.objects.filter(person__in=keys).exclude(
        team__group__campaign=team.group.campaign_id
    )
    return keys - {key for key in known.values_list("person", flat=True) if key is not None}
