"""The editor of a production as its page shows it: its fields, and what stands beside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from traam.access.actor import Actor
from traam.applications.forms.answers import Shown, shown
from traam.applications.rules.answers import Missing, faults
from traam.applications.screens.editing import TWO_TEXTS, RivalShown, hour, moment
from traam.campaigns.rules.questions import Form, Question, QuestionKind
from traam.kit.jinja import url
from traam.people.queries import names_of
from traam.productions.actions.saving import comparable
from traam.productions.models import Aside, Production
from traam.productions.queries.reading import (
    Trace,
    form_of,
    open_asides,
    standing_of,
    trace_of,
    values_of,
)
from traam.productions.rules.contents import as_text, stamp
from traam.productions.rules.fields import (
    SHARE,
    TEXTS,
    Value,
    label_of,
    missing_to_publish,
    missing_to_share,
)

HERE_FOR = timedelta(seconds=45)  # beyond, someone who saved nothing has left
HOUSE = "le système"


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing, and where it is written."""

    href: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field: what the shared mark-up of forms wants, and the stamp of what it was given.

    `chosen`: of a list, what is ticked, in words; a list with nothing ticked that is wanted to
    share, with a fault or with two texts, opens by itself.
    """

    shown: Shown
    was: str
    chosen: str = ""

    @property
    def is_open(self) -> bool:
        question = self.shown.question
        is_wanted = question.section == SHARE and not self.chosen
        return is_wanted or bool(self.shown.faults or self.shown.rivals)


@dataclass(frozen=True, slots=True)
class Part:
    """The fields of a section, and its heading."""

    id: str
    title: str
    help: str
    fields: Sequence[FieldShown]


@dataclass(frozen=True, slots=True)
class Writing:
    """Someone else who saved something in the last moments."""

    name: str
    label: str


@dataclass(frozen=True)
class Draft:
    """A production with all that its form says, read once for a page."""

    production: Production
    now: datetime
    typed: Mapping[str, Value] = field(default_factory=dict)  # sent, and could not be kept

    @cached_property
    def form(self) -> Form:
        return form_of(self.production)

    @cached_property
    def values(self) -> dict[str, Value]:
        return values_of(self.production)

    @cached_property
    def asides(self) -> list[Aside]:
        return open_asides(self.production)

    @cached_property
    def names(self) -> Mapping[int, str]:
        """Who wrote each field last, in one query."""
        traces = [trace_of(self.production, one) for one in self.production.traces]
        return names_of(one.by for one in traces if one.by is not None)

    def trace(self, name: str) -> Trace:
        return trace_of(self.production, name)

    def by(self, name: str) -> str:
        """The name of who wrote this field last."""
        person = self.trace(name).by
        return self.names.get(person, HOUSE) if person is not None else HOUSE

    def shown(self, question: Question) -> FieldShown:
        value = self.typed.get(question.id, self.values.get(question.id))
        made = shown(
            question,
            value=value,
            base=self.trace(question.id).version,
            faults=faults(question, value),
            rivals=[self._rival(question, one) for one in self._rivals(question.id)],
        )
        chosen = worded(question, value) if isinstance(value, list) else ""
        return FieldShown(made, stamp(comparable(self.values.get(question.id))), chosen)

    def _rivals(self, name: str) -> Iterable[Aside]:
        return (one for one in self.asides if one.field == name)

    def _rival(self, question: Question, row: Aside) -> RivalShown:
        present = self.trace(question.id)
        at = datetime.fromisoformat(present.at) if present.at else None
        return RivalShown(
            key=row.pk,
            version=present.version,
            by=str(row.saved_by) if row.saved_by else HOUSE,
            at=hour(row.saved_at),
            text=worded(question, row.value),
            present_by=self.by(question.id),
            present_at=hour(at) if at else "",
            present_text=worded(question, self.values.get(question.id)),
            may_join=question.kind is QuestionKind.LONG_TEXT,
        )

    def parts(self) -> list[Part]:
        return [
            Part(
                one.id,
                one.title,
                one.help,
                [self.shown(asked) for asked in self.form.of_section(one.id)],
            )
            for one in self.form.sections
        ]

    def missing(self) -> tuple[list[Missing], list[Missing]]:
        """What lacks to share, then what lacks besides to publish."""
        standing = standing_of(self.production, self.asides)
        sharing = missing_to_share(self.form, self.values, standing)
        every = missing_to_publish(self.form, self.values, standing)
        return sharing, [one for one in every if one not in sharing]

    def writing(self, actor: Actor) -> list[Writing]:
        """Who else has saved something here in the last moments."""
        found: dict[int, Writing] = {}
        for name in self.production.traces:
            one = self.trace(name)
            if one.by is None or one.by == actor.person:
                continue
            if self.now - datetime.fromisoformat(one.at) < HERE_FOR:
                found[one.by] = Writing(
                    self.names.get(one.by, ""), label_of(name, self.production.kind)
                )
        return sorted(found.values(), key=lambda one: one.name)


def worded(question: Question, value: Value) -> str:
    """A value in words, as two texts are compared."""
    if isinstance(value, list):
        return ", ".join(question.option_label(one) for one in value)
    if question.options and value:
        return question.option_label(str(value))
    return as_text(value)


@dataclass(frozen=True, kw_only=True)
class EditPage:
    """All that the editor shows. `why`: what was sent could not be kept."""

    production: Production
    title: str
    parts: Sequence[Part]
    saved_at: str
    to_share: Sequence[Lack]
    to_publish: Sequence[Lack]
    writing: Sequence[Writing]
    attributes: Mapping[str, str]
    why: str = ""


UNTITLED = "Production sans titre"


def edit_page(draft: Draft, *, actor: Actor, why: str = "") -> EditPage:
    """The page of this draft, for who may write it."""
    production = draft.production
    sharing, rest = draft.missing()
    return EditPage(
        production=production,
        title=production.title or UNTITLED,
        parts=draft.parts(),
        saved_at=saved_at(draft),
        to_share=lacks(production, sharing),
        to_publish=lacks(production, rest),
        writing=draft.writing(actor),
        attributes=_attributes(production, actor),
        why=why,
    )


def lacks(production: Production, missing: Iterable[Missing]) -> list[Lack]:
    """Each with the place where it is written: the field, or the page of files."""
    return [
        Lack(
            url("production_files", code=production.code)
            if one.field == "files"
            else f"{url('production_edit', code=production.code)}#champ-{one.field}",
            one.sentence,
        )
        for one in missing
    ]


def saved_at(draft: Draft) -> str:
    """« Enregistré à 14 h 32 »; "" when nothing was written, nor taken up from elsewhere."""
    production = draft.production
    if not production.traces:
        begun = f"Commencée {moment(production.created_at, draft.now)} : rien n’a changé depuis."
        said = (draft.values.get(one) for one in TEXTS if one != "licence")  # proposed to all
        return begun if any(said) else ""
    saved = f"Enregistré {moment(production.changed_at, draft.now)}"
    return f"{saved}. {TWO_TEXTS}" if draft.asides else saved


def _attributes(production: Production, actor: Actor) -> dict[str, str]:
    """What the script of the form must know; it is that of applications."""
    return {
        "autocomplete": "off",  # a browser that puts old words back would hide newer ones
        "data-save": url("production_save", code=production.code),
        "data-poll": url("production_poll", code=production.code),
        "data-sign-in": url("sign_in"),
        "data-person": str(actor.person),
        "data-application": f"production-{production.code}",
    }
