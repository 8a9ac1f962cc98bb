"""A step of the form as its page shows it: questions with their answers, and what stands beside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from traam.access.actor import Actor
from traam.applications.forms.answers import Shown, shown
from traam.applications.models import Answer, AnswerVersion, Application, Piece
from traam.applications.queries.answers import open_rivals
from traam.applications.queries.calls import (
    academy_options,
    core_with,
    day_of,
    deadline_of,
    form_of,
)
from traam.applications.rules.answers import (
    Facts,
    Missing,
    Value,
    chosen,
    faults,
    is_asked,
    is_blank,
    missing,
)
from traam.applications.rules.deadline import Deadline
from traam.applications.rules.migration import in_words
from traam.applications.screens.places import Step, step_of
from traam.campaigns.rules.default_form import ASSOCIATED
from traam.campaigns.rules.hours import hour_in, zone_of
from traam.campaigns.rules.questions import Form, Question, QuestionKind
from traam.kit.clock import PARIS
from traam.kit.text import FIXED, of, short_day

HERE_FOR = timedelta(seconds=45)  # beyond, someone who said nothing has left
UNTITLED = "Candidature sans titre"
TWO_TEXTS = "Deux textes d’un même champ attendent d’être départagés."


@dataclass(frozen=True, slots=True)
class Until:
    """The end of the call for this application; `local`: as its academy's clocks show it."""

    at: datetime
    local: str
    is_extended: bool


@dataclass(frozen=True, slots=True)
class Present:
    """Someone else who has the form open."""

    name: str
    label: str  # of the field they are in; "" for none


@dataclass(frozen=True, slots=True)
class RivalShown:
    """A text that waits to be settled, and the present one, in words. `may_join`: both can be put
    one after the other; `version`: the present one's."""

    key: int
    version: int
    by: str
    at: str
    text: str
    present_by: str
    present_at: str
    present_text: str
    may_join: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Questions under one heading."""

    id: str
    title: str
    help: str
    fields: Sequence[Shown] = field(default_factory=list)


@dataclass(frozen=True)
class File:
    """An application with all that it says, read once for a page."""

    application: Application
    now: datetime
    # What a form sent and could not be kept: shown again in place of the answers.
    typed: Mapping[str, Value] = field(default_factory=dict)
    # Only read, not written: the academies of the day matter where the application names some.
    is_read: bool = False

    @cached_property
    def core(self) -> Form:
        campaign = self.application.campaign
        if self.is_read and is_blank(self.values.get(ASSOCIATED)):
            return core_with((), campaign)
        own = self.application.academy.code
        offered = academy_options(day_of(self.now))
        if own not in chosen(self.values.get(ASSOCIATED)):  # it does not join itself
            offered = [one for one in offered if one.key != own]
        return core_with(offered, campaign)

    @cached_property
    def form(self) -> Form:
        return form_of(self.application.questionnaire)

    @cached_property
    def questions(self) -> dict[str, Question]:
        return {one.id: one for one in (*self.core.in_order(), *self.form.in_order())}

    @cached_property
    def answers(self) -> dict[str, Answer]:
        rows = Answer.objects.filter(application=self.application).select_related("saved_by")
        return {one.field: one for one in rows.order_by("pk")}

    @cached_property
    def values(self) -> dict[str, Value]:
        return {name: one.value for name, one in self.answers.items()}

    @cached_property
    def rivals(self) -> dict[str, list[AnswerVersion]]:
        found: dict[str, list[AnswerVersion]] = {}
        for one in open_rivals(self.application):
            found.setdefault(one.field, []).append(one)
        return found

    @cached_property
    def missing(self) -> list[Missing]:
        facts = Facts(
            academy=self.application.academy.code,
            inspectors=self.application.inspectors.count(),
            rivals=frozenset(self.rivals),
        )
        return missing(self.core, self.form, self.values, facts)

    @cached_property
    def pieces(self) -> list[Piece]:
        """The files joined to it and not taken away, each with its bytes' kind and size."""
        rows = self.application.pieces.filter(removed_at=None).select_related("file")
        return list(rows.order_by("pk"))

    @property
    def title(self) -> str:
        return self.application.title or UNTITLED

    @property
    def place(self) -> str:
        one = self.application
        return f"{one.theme.shown_title} · académie {of(one.academy.name)} · appel {one.campaign}"

    @property
    def last_saved(self) -> Answer | None:
        return max(self.answers.values(), key=lambda one: one.saved_at, default=None)

    # -- questions

    def shown(self, question: Question, *, rows: int = 0) -> Shown:
        """A question with its answer, as the form shows it."""
        answer = self.answers.get(question.id)
        value = self.typed.get(question.id, answer.value if answer else None)
        rivals = self.rivals.get(question.id, ())
        return shown(
            question,
            value=value,
            base=answer.version if answer else 0,
            faults=faults(question, value),
            rivals=[rival_shown(question, one, answer) for one in rivals],
            rows=rows,
            is_asked=is_asked(question, self.values),
        )

    def parts(self, step: Step, *, rows: Mapping[str, int]) -> list[Part]:
        """The questions of a step, by section; a section without question is left out."""
        found = []
        for form in (self.core, self.form):
            for section in form.sections:
                asked = [one for one in form.of_section(section.id) if step_of(one.id) is step]
                fields = [self.shown(one, rows=rows.get(one.id, 0)) for one in asked]
                if fields:
                    found.append(Part(section.id, section.title, section.help, fields))
        return found

    def until(self) -> Until | None:
        """The deadline, in the hour of the academy too where it is not that of Paris."""
        application, academy = self.application, self.application.academy
        return until(
            deadline_of(application),
            academy=academy.code,
            name=academy.name,
            is_extended=application.extension is not None,
        )

    def present(self, actor: Actor) -> list[Present]:
        """Who else has the form open now, and in which field."""
        rows = self.application.presences.filter(seen_at__gte=self.now - HERE_FOR)
        others = rows.exclude(person=actor.person or 0).select_related("person")
        labels = {name: one.label for name, one in self.questions.items()}
        return [
            Present(str(one.person), labels.get(one.field, ""))
            for one in others.order_by("person__name", "pk")
        ]


def until(limit: Deadline, *, academy: str, name: str, is_extended: bool) -> Until | None:
    """The deadline as this academy (its code, its name) reads it; None before there is one."""
    if limit.closes_at is None:
        return None
    is_elsewhere = zone_of(academy) != PARIS
    local = f"{name}{FIXED}: {hour_in(limit.closes_at, academy)}" if is_elsewhere else ""
    return Until(limit.closes_at, local, is_extended)


def rival_shown(question: Question, row: AnswerVersion, present: Answer | None) -> RivalShown:
    return RivalShown(
        key=row.pk,
        version=present.version if present else 0,
        by=author(row),
        at=hour(row.saved_at),
        text=words(question, row.value),
        present_by=author(present),
        present_at=hour(present.saved_at) if present else "",
        present_text=words(question, present.value if present else None),
        may_join=question.kind is QuestionKind.LONG_TEXT,
    )


def author(row: Answer | AnswerVersion | None) -> str:
    return str(row.saved_by) if row is not None and row.saved_by else "le système"


def words(question: Question, value: Value) -> str:
    """An answer in words, a day as people say it; "" for none."""
    if value is None:
        return ""
    if question.kind is QuestionKind.DAY and not faults(question, value):
        return short_day(date.fromisoformat(value))
    return in_words(question, value)


def hour(at: datetime) -> str:
    """« 14 h 32 », in Paris."""
    local = at.astimezone(PARIS)
    return f"{local.hour}{FIXED}h{FIXED}{local.minute:02d}"


def moment(at: datetime, now: datetime) -> str:
    """« à 14 h 32 » today, « le 3 avril 2026 à 14 h 32 » before."""
    is_today = at.astimezone(PARIS).date() == now.astimezone(PARIS).date()
    return f"à {hour(at)}" if is_today else f"le {short_day(at)} à {hour(at)}"


def names(people: Iterable[object]) -> str:
    """« A », « A et B », « A, B et C »; "" for none."""
    *first, last = [str(one) for one in people] or [""]
    return f"{', '.join(first)} et {last}" if first else last
