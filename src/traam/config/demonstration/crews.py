"""A team as the scenes play it: what it tries, who is in it, what it has made so far."""

from dataclasses import dataclass, field

from traam.config.demonstration.words import Situation
from traam.groups.models import Team
from traam.people.models import User
from traam.productions.models import Production
from traam.syntheses.rules.life import Support
from traam.trials.models import Observation, Trial

Ended = tuple[Trial, tuple[int, ...]]  # a trial that is over, the lessons it looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What an academy tries on a theme. All but the situation are codes of the vocabularies."""

    situation: Situation
    level: str
    other_level: str
    tool: str
    other_tool: str
    discipline: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """An observation, the lesson of its theme that it bears on (its rank), and how."""

    observation: Observation
    lesson: int
    support: Support
    is_of_a_given_up_trial: bool = False


@dataclass
class Crew:
    """A team at work; its teachers in their order, the référent apart."""

    slug: str
    code: str  # its academy's
    team: Team
    project: Project
    referent: User
    inspector: User
    teachers: list[User] = field(default_factory=list)
    productions: list[Production] = field(default_factory=list)
    taken: dict[str, Project] = field(default_factory=dict)  # by production (its code): its source
    trials: list[Trial] = field(default_factory=list)
    is_gone: bool = False  # has withdrawn

    @property
    def people(self) -> list[User]:
        """Those who have classes."""
        return [self.referent, *self.teachers]

    def teacher(self, number: int) -> User:
        """One of those who have classes, in turn."""
        return self.people[number % len(self.people)]
