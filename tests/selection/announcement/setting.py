"""A campaign whose decisions are prepared, with all those who will be told of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.people.factories import MandateFactory, UserFactory
from tests.selection import factories as f
from tests.selection.factories import NOW, Study, actor_of
from traam.access.actor import Actor
from traam.access.roles import Role
from traam.applications.models import Application, Author, NamedInspector
from traam.campaigns.models import Campaign, Theme
from traam.people.models import User
from traam.post import texts
from traam.post.models import Message
from traam.reference.models import Academy
from traam.selection import actions
from traam.selection.models import Case, Decision, Participation
from traam.selection.rules.life import DecisionKind

IN, RESERVE, OUT = DecisionKind.RETAINED, DecisionKind.RESERVE, DecisionKind.NOT_RETAINED
MARKER = "Ornithorynque"  # in every reason, remark and retouched letter
REASON = f"Le protocole est à reprendre ({MARKER})."
REMARKS = f"Précisez ce qui sera observé ({MARKER})."
RULES = {"academies_min": 1, "academies_max": 2}


@dataclass(frozen=True)
class Team:
    """The people around the application of an academy."""

    delegate: User
    rector: User
    author: User
    inspector: User

    @property
    def keys(self) -> set[int]:
        return {self.delegate.pk, self.rector.pk, self.author.pk, self.inspector.pk}


@dataclass
class Hall:
    """A study, its decisions, and who awaits them."""

    study: Study
    teams: dict[int, Team] = field(default_factory=dict)  # by academy

    @property
    def campaign(self) -> Campaign:
        return Campaign.objects.get(pk=self.study.campaign.pk)

    @property
    def theme(self) -> Theme:
        return Theme.objects.get(pk=self.study.themes[0].pk)

    @property
    def pilot(self) -> Actor:
        return actor_of(self.study.pilot)

    def case(self, place: int) -> Case:
        return self.study.cases[place]

    def application(self, place: int) -> Application:
        return Application.objects.get(pk=self.case(place).application_id)

    def team(self, place: int) -> Team:
        return self.teams[self.case(place).application.academy_id]

    def decision(self, place: int) -> Decision:
        return Decision.objects.get(case=self.case(place))

    def part(self, place: int) -> Participation:
        return Participation.objects.get(decision__case=self.case(place))

    def delegate(self, place: int) -> Actor:
        return actor_of(self.team(place).delegate)

    def announce(self, *, now: datetime = NOW, **given: Any) -> Campaign:
        whole = {"campaign": self.campaign, "now": now, "actor": self.pilot} | given
        return actions.announce(**whole)

    def act(self, name: str, place: int, *, now: datetime = NOW, **given: Any) -> Participation:
        """One of the acts upon the participation of an academy, by the pilot if nobody is named."""
        whole = {"participation": self.part(place), "now": now, "actor": self.pilot} | given
        made: Participation = getattr(actions, name)(**whole)
        return made

    def public(self) -> dict[str, str]:
        """What the public page of the theme lists: each academy and its part."""
        rows = self.theme.participations.order_by("academy__name", "pk")
        return dict(rows.values_list("academy__name", "part"))


def hall(
    kinds: Sequence[DecisionKind | None] = (IN, RESERVE, OUT),
    *,
    themes: int = 1,
    rules: dict[str, Any] | None = None,
) -> Hall:
    """`kinds`: what is decided of each application of a theme, academy after academy (None:
    nothing); the ranks of the reserve are 1, 2, 3…"""
    study = f.study(themes=themes, academies=len(kinds), reviewers=2, rules=RULES | (rules or {}))
    made = Hall(study)
    for academy in study.academies:
        made.teams[academy.pk] = team(academy)
    for case in study.cases:
        people = made.teams[case.application.academy_id]
        Author.objects.create(application=case.application, person=people.author, deposits=True)
        NamedInspector.objects.create(
            application=case.application, person=people.inspector, agreed_at=NOW
        )
    for theme in study.themes:
        rank = 0
        for case, kind in zip(study.cases_of(theme), kinds, strict=True):
            rank += kind is RESERVE
            if kind is not None:
                decide(case, kind, rank=rank if kind is RESERVE else None)
    return made


def decide(case: Case, kind: DecisionKind, *, rank: int | None = None, **given: Any) -> Decision:
    values = {"reason": REASON if kind is OUT else "", "remarks": REMARKS} | given
    made: Decision = f.DecisionFactory(case=case, kind=kind, rank=rank, **values)
    return made


def team(academy: Academy) -> Team:
    """A delegate, a rector's mailbox, an author and an inspector of this academy."""
    return Team(
        *(
            person(role, academy)
            for role in (Role.DIGITAL_DELEGATE, Role.RECTOR, Role.REFERENT, Role.INSPECTOR)
        )
    )


def person(role: Role, *academies: Academy, verified: bool = True) -> User:
    """Someone of these academies; `verified`: their address takes mail, and they have come in."""
    number = User.objects.count()
    made: User = UserFactory(
        email=f"fonction{number}@ac-essai.fr" if verified else f"fonction{number}@essai.invalid",
        last_login=NOW if verified else None,
    )
    MandateFactory(person=made, role=role, academies=[one.code for one in academies])
    return made


def mail(kind: str) -> dict[int, list[Message]]:
    """The messages of this kind (« decision_announced »), by person."""
    found: dict[int, list[Message]] = {}
    for one in Message.objects.filter(kind=f"selection/{kind}").order_by("pk"):
        assert one.to is not None
        found.setdefault(one.to, []).append(one)
    return found


def words(message: Message) -> str:
    text = texts.text_of(kind=message.kind, params=message.params)
    return f"{text.subject}\n{text.body}"
