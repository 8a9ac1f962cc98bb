"""What the scenes of a campaign share, and the people of each academy who play in them."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from traam.access.actor import Actor
from traam.access.roles import Role
from traam.applications.models import Application
from traam.campaigns.models import Campaign, Theme
from traam.config.demonstration.agenda import Agenda
from traam.config.demonstration.cast import Cast
from traam.config.demonstration.crews import Crew, Ended, Project, Sighting
from traam.config.demonstration.plan import Plot
from traam.config.demonstration.words import Dice, ThemeWords
from traam.groups.models import NationalGroup
from traam.people.models import User
from traam.reference.models import Academy
from traam.reference.rules import Vocabulary

LILLE, NANTES = "09", "17"
OF_PERSONAS = "maths-raisonner"
SMALL = 2  # themes of a campaign, in the short version


@dataclass(frozen=True, slots=True)
class Judges:
    """The experts of a theme, the first of whom leads its group; its general inspection."""

    experts: tuple[User, ...]
    general: User

    @property
    def leader(self) -> User:
        return self.experts[0]


@dataclass
class Stage:
    """What the scenes of a campaign share."""

    plot: Plot
    cast: Cast
    words: Vocabulary
    academies: dict[str, Academy]
    agenda: Agenda
    theme_words: Callable[[str], ThemeWords]
    seed: int = 0
    campaign: Campaign | None = None
    themes: dict[str, Theme] = field(default_factory=dict)  # by slug
    waiting: dict[str, list[Application]] = field(
        default_factory=lambda: defaultdict(list)
    )  # by academy's code, what its delegate will endorse
    judges: dict[str, Judges] = field(default_factory=dict)  # by slug
    crews: dict[str, list[Crew]] = field(default_factory=lambda: defaultdict(list))  # by slug
    sightings: dict[str, list[Sighting]] = field(default_factory=lambda: defaultdict(list))
    closed: dict[str, list[Ended]] = field(default_factory=lambda: defaultdict(list))

    @property
    def held(self) -> Campaign:
        if self.campaign is None:
            raise RuntimeError("the campaign is not prepared yet")
        return self.campaign

    def dice(self, *names: object) -> Dice:
        return Dice(self.seed, self.plot.years.address, *names)

    @property
    def is_small(self) -> bool:
        """Is it the short version, with two themes?"""
        return len(self.plot.themes) <= SMALL

    def is_of_personas(self, slug: str) -> bool:
        """Is it the theme that the personas of Lille and Nantes work on?"""
        return self.theme_words(slug).slug == OF_PERSONAS

    @property
    def followed(self) -> str:
        """The slug of that theme, or of the first one."""
        return next(filter(self.is_of_personas, self.plot.themes), self.plot.themes[0])

    def group(self, slug: str) -> NationalGroup:
        """The national group of a theme, as it is now."""
        return NationalGroup.objects.select_related("theme").get(theme=self.themes[slug])

    def crew_of(self, slug: str, team: int) -> Crew | None:
        """The team of this key in the group of this theme."""
        return next((one for one in self.crews[slug] if one.team.pk == team), None)

    def school_type(self, level: str) -> str:
        """The code of the type of school of a level."""
        facts = self.words.facts(scheme="levels", code=level)
        return str(facts.facts.get("type", "")) if facts is not None else ""

    def leader(self, slug: str, now: datetime) -> Actor:
        """Who leads the group of this theme."""
        return self.cast.actor(self.judges[slug].leader, now)

    def everyone(self) -> list[Crew]:
        """All the teams, by theme."""
        return [one for crews in self.crews.values() for one in crews]

    def label(self, scheme: str, code: str) -> str:
        found = self.words.term(scheme=scheme, code=code)
        return found.label if found else code

    def discipline(self, theme: ThemeWords) -> str:
        """The code of its first discipline."""
        return theme.disciplines[0]


def project_of(stage: Stage, slug: str, code: str) -> Project:
    """What this academy tries on this theme: what its application says, and what its team does."""
    words, dice = stage.theme_words(slug), stage.dice(slug, code)
    first = stage.dice(slug, "first").number(below=len(words.situations))
    rank = (first + sorted(stage.academies).index(code)) % len(words.situations)
    level, other_level = dice.some(words.levels, 2, "levels")
    tool, other_tool = dice.some(words.tools, 2, "tools")
    return Project(
        situation=words.situations[rank],
        level=level,
        other_level=other_level,
        tool=tool,
        other_tool=other_tool,
        discipline=stage.discipline(words),
    )


def _local(stage: Stage, words: ThemeWords, code: str, persona: str) -> User | None:
    """The persona of this academy, on the themes of mathematics."""
    name = {LILLE: "lille", NANTES: "nantes"}.get(code)
    if name is None or "MATHS" not in words.disciplines:
        return None
    return stage.cast.persona(f"{persona}-{name}")


def author_of(stage: Stage, words: ThemeWords, code: str, now: datetime) -> User:
    if (own := _local(stage, words, code, "referent")) is not None:
        return own
    discipline = stage.discipline(words)
    label = stage.label("disciplines", discipline)
    return stage.cast.play(
        f"Professeur·e référent·e, {label} ({stage.academies[code].name})",
        Role.REFERENT,
        now=now,
        academies=frozenset({code}),
        disciplines=frozenset({discipline}),
    )


def inspector_of(stage: Stage, words: ThemeWords, code: str, now: datetime) -> User:
    if (own := _local(stage, words, code, "inspecteur")) is not None:
        return own
    discipline = stage.discipline(words)
    label = stage.label("disciplines", discipline)
    return stage.cast.play(
        f"Inspection, {label} ({stage.academies[code].name})",
        Role.INSPECTOR,
        now=now,
        academies=frozenset({code}),
        disciplines=frozenset({discipline}),
    )


def delegate_of(stage: Stage, code: str, now: datetime) -> User:
    if code in (LILLE, NANTES):
        return stage.cast.persona({LILLE: "dan-lille", NANTES: "dan-nantes"}[code])
    return stage.cast.play(
        f"DAN ({stage.academies[code].name})",
        Role.DIGITAL_DELEGATE,
        now=now,
        academies=frozenset({code}),
    )


def set_the_table(stage: Stage, now: datetime) -> None:
    """Every academy has its delegate and its rector before anything begins."""
    for code, academy in sorted(stage.academies.items()):
        delegate_of(stage, code, now)
        if code != LILLE:
            stage.cast.play(
                f"Rectorat ({academy.name})", Role.RECTOR, now=now, academies=frozenset({code})
            )
