"""Groups at work made on the spot: teams, members with their mandates, meetings, dues, hours."""

import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from tests.campaigns.factories import CampaignFactory, ThemeFactory
from tests.people.factories import MandateFactory, MandateScopeFactory, UserFactory
from tests.reference.factories import AcademyFactory
from traam.access.actor import Actor
from traam.access.roles import Role
from traam.campaigns.rules.life import CampaignState
from traam.campaigns.rules.signing import TextState
from traam.groups.models import (
    Allotment,
    Convened,
    Document,
    Done,
    Due,
    Feed,
    Meeting,
    Member,
    Message,
    MinutesSection,
    NationalGroup,
    Point,
    Reminder,
    SectionVersion,
    Spent,
    Team,
    TeamBond,
    Tranche,
)
from traam.groups.rules.life import Bond, Heading, MeetingMode, PointKind, Step
from traam.people.models import Mandate, ScopeKind, User
from traam.people.queries import actor_for

NOW = datetime(2026, 11, 10, 9, 30, tzinfo=UTC)  # the groups are at work
TODAY = NOW.date()


class NationalGroupFactory(DjangoModelFactory[NationalGroup]):
    """The group of a theme signed twice, in a campaign at work."""

    class Meta:
        model = NationalGroup

    theme = factory.SubFactory(
        ThemeFactory,
        campaign=factory.SubFactory(
            CampaignFactory, state=CampaignState.AT_WORK, is_archive=False, state_at=NOW
        ),
        state=TextState.SIGNED_TWICE,
    )
    campaign = factory.SelfAttribute("theme.campaign")
    code = factory.SelfAttribute("theme.code")
    formed_at = NOW - timedelta(days=60)


class TeamFactory(DjangoModelFactory[Team]):
    """A team of an academy of its own."""

    class Meta:
        model = Team

    group = factory.SubFactory(NationalGroupFactory)
    academy = factory.SubFactory(AcademyFactory)
    code = factory.LazyAttribute(
        lambda one: f"{one.group.code}-{one.academy.code if one.academy else 'hors-academie'}"
    )
    project = factory.LazyAttribute(lambda one: f"Mesurer à plusieurs, {one.code}")
    state_at = NOW - timedelta(days=60)
    formed_at = NOW - timedelta(days=60)


class TeamBondFactory(DjangoModelFactory[TeamBond]):
    class Meta:
        model = TeamBond

    team = factory.SubFactory(TeamFactory)
    academy = factory.SubFactory(AcademyFactory)
    kind = Bond.ASSOCIATED


class MemberFactory(DjangoModelFactory[Member]):
    """A teacher of a team, with the mandate that goes with it."""

    class Meta:
        model = Member

    team = factory.SubFactory(TeamFactory)
    person = factory.SubFactory(UserFactory)
    role = Role.TEACHER
    mandate = factory.LazyAttribute(lambda one: team_mandate(one.person, one.role, one.team))
    starts_on = date(2026, 9, 1)


class MeetingFactory(DjangoModelFactory[Meeting]):
    """A remote meeting of a group, in a week."""

    class Meta:
        model = Meeting

    group = factory.SubFactory(NationalGroupFactory)
    title = factory.Sequence(lambda n: f"Point d’étape {n}")
    starts_at = NOW + timedelta(days=7)
    ends_at = NOW + timedelta(days=7, hours=2)
    mode = MeetingMode.REMOTE
    link = "https://visio.exemple.fr/traam"
    state_at = NOW
    uid = factory.LazyFunction(uuid.uuid4)


class ConvenedFactory(DjangoModelFactory[Convened]):
    class Meta:
        model = Convened

    meeting = factory.SubFactory(MeetingFactory)
    person = factory.SubFactory(UserFactory)


class MinutesSectionFactory(DjangoModelFactory[MinutesSection]):
    class Meta:
        model = MinutesSection

    meeting = factory.SubFactory(MeetingFactory)
    position = factory.Sequence(lambda n: n + 1)
    title = "Ce qui a été fait"


class SectionVersionFactory(DjangoModelFactory[SectionVersion]):
    class Meta:
        model = SectionVersion

    section = factory.SubFactory(MinutesSectionFactory)
    number = 1
    text = "Chaque équipe a présenté son premier scénario."
    saved_at = NOW


class FeedFactory(DjangoModelFactory[Feed]):
    class Meta:
        model = Feed

    person = factory.SubFactory(UserFactory)
    token = factory.Sequence(lambda n: f"jeton-{n:040d}")
    created_at = NOW


class DocumentFactory(DjangoModelFactory[Document]):
    """A link kept by a group."""

    class Meta:
        model = Document

    group = factory.SubFactory(NationalGroupFactory)
    heading = Heading.OTHER
    title = "Une ressource partagée"
    link = "https://exemple.fr/ressource"
    added_at = NOW


class PointFactory(DjangoModelFactory[Point]):
    class Meta:
        model = Point

    group = factory.SubFactory(NationalGroupFactory)
    kind = PointKind.ACTION
    text = "Relire la grille d’observation."
    added_at = NOW


class MessageFactory(DjangoModelFactory[Message]):
    class Meta:
        model = Message

    group = factory.SubFactory(NationalGroupFactory)
    subject = "Prochaine réunion"
    text = "Qui peut présenter un essai ?"
    key = factory.LazyFunction(uuid.uuid4)
    sent_at = NOW
    sent_by = factory.SubFactory(UserFactory)


class DueFactory(DjangoModelFactory[Due]):
    class Meta:
        model = Due

    group = factory.SubFactory(NationalGroupFactory)
    key = factory.Sequence(lambda n: f"echeance-{n}")
    title = "Un premier scénario partagé"
    due_on = date(2026, 12, 11)


class DoneFactory(DjangoModelFactory[Done]):
    class Meta:
        model = Done

    due = factory.SubFactory(DueFactory)
    team = factory.LazyAttribute(lambda one: TeamFactory(group=one.due.group))
    done_at = NOW


class ReminderFactory(DjangoModelFactory[Reminder]):
    class Meta:
        model = Reminder

    due = factory.SubFactory(DueFactory)
    team = factory.LazyAttribute(lambda one: TeamFactory(group=one.due.group))
    due_on = factory.SelfAttribute("due.due_on")
    step = Step.BEFORE
    sent_at = NOW


class TrancheFactory(DjangoModelFactory[Tranche]):
    class Meta:
        model = Tranche

    campaign = factory.SubFactory(CampaignFactory)
    academy = factory.SubFactory(AcademyFactory)
    label = factory.Sequence(lambda n: f"tranche {n + 1}")
    hours = Decimal(20)
    notified_on = date(2027, 1, 15)


class AllotmentFactory(DjangoModelFactory[Allotment]):
    class Meta:
        model = Allotment

    team = factory.SubFactory(TeamFactory)
    hours = Decimal(20)
    given_at = NOW


class SpentFactory(DjangoModelFactory[Spent]):
    class Meta:
        model = Spent

    team = factory.SubFactory(TeamFactory)
    member = factory.LazyAttribute(lambda one: MemberFactory(team=one.team))
    hours = Decimal(2)
    on = TODAY
    what = "préparation d’une séance"
    declared_at = NOW


def team_mandate(person: User, role: Role, team: Team) -> Mandate:
    """A mandate over this team."""
    made: Mandate = MandateFactory(person=person, role=role, starts_on=date(2026, 9, 1))
    MandateScopeFactory(mandate=made, kind=ScopeKind.TEAM, code=team.code)
    return made


def member(team: Team, role: Role = Role.TEACHER) -> Actor:
    """Someone of this team, in this role, ready to act."""
    made = MemberFactory(team=team, role=role)
    return actor_for(made.person, TODAY)


def leader(group: NationalGroup, role: Role = Role.EXPERT) -> Actor:
    """An expert (or someone of the general inspection) of the group's theme."""
    mandate = MandateFactory(role=role, starts_on=date(2026, 1, 1))
    MandateScopeFactory(mandate=mandate, kind=ScopeKind.THEME, code=group.theme.code)
    return actor_for(mandate.person, TODAY)


def of_academy(team: Team, role: Role = Role.DIGITAL_DELEGATE) -> Actor:
    """A delegate, a rector… of the team's academy."""
    assert team.academy is not None
    mandate = MandateFactory(role=role, academies=[team.academy.code])
    return actor_for(mandate.person, TODAY)


def national(role: Role = Role.PILOT) -> Actor:
    """A pilot, or someone of the DGESCO."""
    return actor_for(MandateFactory(role=role).person, TODAY)


def this_year(team: Team) -> Team:
    """The same team, in the campaign of 2026-2027: days are checked against its year."""
    campaign = team.group.campaign
    campaign.year, campaign.first_year, campaign.last_year = "2026-2027", 2026, 2027
    campaign.save(update_fields=["year", "first_year", "last_year"])
    return team
