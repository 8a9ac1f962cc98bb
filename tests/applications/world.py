"""An academy that answers an open call, its people, and what they write."""

from dataclasses import dataclass, field
from datetime import date

from tests.applications.factories import OpenCampaignFactory, OpenThemeFactory
from tests.people.factories import MandateFactory, MandateScopeFactory, UserFactory
from tests.reference.factories import AcademyFactory
from traam.access.actor import Actor
from traam.access.roles import Role
from traam.applications import actions
from traam.applications.actions import Write
from traam.applications.models import Application
from traam.campaigns.models import Campaign, Theme
from traam.campaigns.rules.call import DEFAULT_COMMITMENTS
from traam.journal.models import Entry
from traam.people.models import ScopeKind, User
from traam.people.queries import actor_for
from traam.post.models import Message
from traam.reference.models import Academy

TODAY = date(2026, 3, 20)
TEACHER = {"name": "Professeur·e", "discipline": "SVT", "school": "Collège", "level": "middle"}
REFERENT = {key: TEACHER[key] for key in ("name", "discipline", "school")}
COMPLETE = {
    "title": "Voir le vivant autrement",
    "summary": "Des élèves filment la croissance d’une plante.",
    "duration_years": "one",
    "lead": "La référente du collège",
    "referents": [REFERENT],
    "team": [TEACHER, TEACHER | {"name": "Une autre"}, TEACHER | {"name": "Un troisième"}],
    "commitments": [one.key for one in DEFAULT_COMMITMENTS],
    "problem": "Comment l’image aide-t-elle à observer ?",
    "protocol": "Trois classes de 5e filment.",
    "observation": "Le vocabulaire employé, avant et après.",
    "offer": "Un scénario à essayer.",
    "productions": [{"what": "Un scénario", "due": "2027-03-01"}],
}


def holding(role: Role, *, academy: str = "", theme: str = "", person: User | None = None) -> User:
    """Someone with this mandate in force, in the database."""
    mandate = MandateFactory(role=role, person=person or UserFactory())
    for kind, code in ((ScopeKind.ACADEMY, academy), (ScopeKind.THEME, theme)):
        if code:
            MandateScopeFactory(mandate=mandate, kind=kind, code=code)
    return mandate.person


def actor(user: User, today: date = TODAY) -> Actor:
    """What this person may do, by their mandates in the database."""
    return actor_for(user, today)


@dataclass
class World:
    """An open call with one theme, and an academy with all its people."""

    campaign: Campaign = field(default_factory=OpenCampaignFactory)
    academy: Academy = field(default_factory=AcademyFactory)
    theme: Theme = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        self.theme = self.theme or OpenThemeFactory(campaign=self.campaign)
        code = self.academy.code
        self.author = holding(Role.REFERENT, academy=code)
        self.coauthor = holding(Role.TEACHER, academy=code)
        self.inspector = holding(Role.INSPECTOR, academy=code)
        self.dan = holding(Role.DIGITAL_DELEGATE, academy=code)
        self.rector = holding(Role.RECTOR, academy=code)
        self.pilot = holding(Role.PILOT)

    def begun(self, now, **more) -> Application:
        given = {"theme": self.theme, "academy": self.academy, "actor": actor(self.author)} | more
        return actions.begin(now=now, **given)

    def complete(self, now, **more) -> Application:
        """Begun, all filled in, an inspector named."""
        made = self.begun(now, **more)
        self.fill(made, COMPLETE, now)
        actions.name_inspector(
            application=made, person=self.inspector, now=now, actor=actor(self.author)
        )
        return made

    def fill(self, application, answers, now, *, by=None, base=0):
        writes = [Write(name, value, base) for name, value in answers.items()]
        return actions.save(
            application=application, writes=writes, now=now, actor=actor(by or self.author)
        )

    def submitted(self, now, **more) -> Application:
        made = self.complete(now, **more)
        actions.submit(application=made, now=now, actor=actor(self.author))
        return made

    def agreed(self, now, **more) -> Application:
        made = self.submitted(now, **more)
        actions.agree(application=made, now=now, actor=actor(self.inspector))
        return made

    def deposited(self, now, **more) -> Application:
        made = self.agreed(now, **more)
        self.endorse(now, made.code)
        made.refresh_from_db()
        return made

    def endorse(self, now, *order, dry_run=False, by=None, **more):
        return actions.endorse(
            campaign=self.campaign,
            academy=self.academy,
            order=order,
            now=now,
            actor=actor(by or self.dan),
            dry_run=dry_run,
            **more,
        )


def state(application: Application) -> str:
    return Application.objects.values_list("state", flat=True).get(pk=application.pk)


def verbs(start: str = "application.") -> list[str]:
    """The acts that the journal holds, in their order."""
    found = Entry.objects.filter(verb__startswith=start).order_by("pk")
    return list(found.values_list("verb", flat=True))


def written_to(user: User) -> list[str]:
    """The kinds of the messages written to this person, in their order."""
    found = Message.objects.filter(to=user.pk).order_by("pk")
    return [kind.removeprefix("applications/") for kind in found.values_list("kind", flat=True)]
