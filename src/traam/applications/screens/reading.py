"""What an application says, to be read: section by section, in words."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from traam.applications.rules.answers import Value, is_asked, is_blank
from traam.applications.screens.editing import File, words
from traam.applications.screens.places import Step, step_href, step_of
from traam.campaigns.rules.questions import Question, QuestionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A question and its answer: a text, a list of choices, or the rows of a table."""

    field: str
    label: str
    text: str = ""
    items: Sequence[str] = ()
    heads: Sequence[str] = ()
    table: Sequence[Sequence[str]] = ()

    @property
    def paragraphs(self) -> list[str]:
        return [part.strip() for part in self.text.split("\n") if part.strip()]


@dataclass(frozen=True, slots=True)
class PartRead:
    """The answers of a section; `href`: where they are written, "" for who only reads."""

    id: str
    title: str
    href: str = ""
    lines: Sequence[Line] = field(default_factory=list)


def reading(file: File, *, linked: bool) -> list[PartRead]:
    """The whole application, step by step as it was written."""
    found: dict[Step, list[PartRead]] = {}
    for form in (file.core, file.form):
        for section in form.sections:
            asked = [one for one in form.of_section(section.id) if is_asked(one, file.values)]
            if asked:
                step = step_of(asked[0].id)
                href = step_href(file.application, step) if linked else ""
                lines = [line(one, file.values.get(one.id)) for one in asked]
                found.setdefault(step, []).append(PartRead(section.id, section.title, href, lines))
    return [part for step in Step for part in found.get(step, ())]


def line(question: Question, value: Value) -> Line:
    """One answer in words."""
    common = {"field": question.id, "label": question.label}
    if is_blank(value):
        return Line(**common)
    if question.kind is QuestionKind.BLOCK and isinstance(value, list):
        table = [[words(one, row.get(one.id)) for one in question.items] for row in value]
        return Line(**common, heads=[one.label for one in question.items], table=table)
    if question.kind is QuestionKind.CHOICES and isinstance(value, list):
        return Line(**common, items=[question.option_label(key) for key in value])
    return Line(**common, text=words(question, value))
