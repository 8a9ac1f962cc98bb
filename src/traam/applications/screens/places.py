"""Where things are in the form of an application: its steps, and the address of each field."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from traam.applications.rules.answers import Missing
from traam.campaigns.rules.default_form import COMMITMENTS_SECTION, CORE, TEAM_SECTION
from traam.kit.jinja import url
from traam.kit.labels import Labelled
from traam.kit.text import plural


class Step(Labelled):
    """A step of the form, in their order; the value is part of the address."""

    PROJECT = "projet", "Le projet"
    TEAM = "equipe", "L’équipe"
    COMMITMENTS = "engagements", "Les engagements"
    PIECES = "pieces", "Les pièces"
    CHECK = "verifier", "Vérifier"


_OF_SECTION = {TEAM_SECTION: Step.TEAM, COMMITMENTS_SECTION: Step.COMMITMENTS}
_OF_CORE = {
    question.id: _OF_SECTION.get(question.section, Step.PROJECT) for question in CORE.questions
}
_OTHERS = {"inspectors": Step.TEAM, "pieces": Step.PIECES}


def step_of(field: str) -> Step:
    """Where this field is written; the campaign's own questions are part of the project."""
    return _OF_CORE.get(field) or _OTHERS.get(field, Step.PROJECT)


def following(step: Step) -> Step:
    """The step after this one; the last is its own."""
    steps = list(Step)
    return steps[min(steps.index(step) + 1, len(steps) - 1)]


class Coded(Protocol):
    """What has the address of an application: itself, or its open form."""

    @property
    def code(self) -> str: ...


def step_href(application: Coded, step: Step) -> str:
    if step is Step.PIECES:
        return url("application_pieces", code=application.code)
    return f"{url('application_edit', code=application.code)}?etape={step}"


def field_href(application: Coded, field: str) -> str:
    return f"{step_href(application, step_of(field))}#champ-{field}"


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is missing, and where to write it; "" where the reader may not."""

    href: str
    sentence: str


def lacks(application: Coded, found: Iterable[Missing], *, linked: bool) -> list[Lack]:
    return [
        Lack(field_href(application, one.field) if linked else "", one.sentence) for one in found
    ]


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step in the way through the form, and what it lacks in words."""

    code: Step
    title: str
    href: str
    state: str


def steps(application: Coded, missing: Sequence[Missing], *, pieces: int) -> list[StepShown]:
    """The way through the form."""
    return [
        StepShown(step, step.label, step_href(application, step), state(step, missing, pieces))
        for step in Step
    ]


def state(step: Step, missing: Collection[Missing], pieces: int) -> str:
    """« 3 à compléter », « complet », « 2 fichiers »."""
    if step is Step.CHECK:
        return "prêt" if not missing else plural(len(missing), "point manque", "points manquent")
    if step is Step.PIECES:
        return plural(pieces, "fichier") if pieces else "facultatif"
    count = sum(1 for one in missing if step_of(one.field) is step)
    return f"{count} à compléter" if count else "complet"
