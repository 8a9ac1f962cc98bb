"""What the scenes of a campaign share, and the people of each academy who play in them."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from traam.access.roles import Role
from traam.applications.models import Application
from traam.campaigns.models import Campaign, Theme
from traam.config.demonstration.agenda import Agenda
from traam.config.demonstration.cast import Cast
from traam.config.demonstration.plan import Plot
from traam.config.demonstration.words import Dice, ThemeWords
from traam.people.models import User
from traam.reference.models import Academy
from traam.reference.rules import Vocabulary

LILLE, NANTES = "09", "17"


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

    @property
    def held(self) -> Campaign:
        if self.campaign is None:
            raise RuntimeError("the campaign is not prepared yet")
        return self.campaign

    def dice(self, *names: object) -> Dice:
        return Dice(self.seed, self.plot.years.address, *names)

    def label(self, scheme: str, code: str) -> str:
        found = self.words.term(scheme=scheme, code=code)
        return found.label if found else code

    def discipline(self, theme: ThemeWords) -> str:
        """The code of its first discipline."""
        return theme.disciplines[0]


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
