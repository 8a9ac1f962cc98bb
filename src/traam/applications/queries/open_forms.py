"""A form that someone has open, read for a save or a look: little, in few plain queries.

On the last evening of a call this is asked many times a second: no row is made an object where its
values suffice, and nothing is read twice. Pages, which show more, read `Application` itself.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Exists, Model, OuterRef, QuerySet, Subquery

from traam.access.place import Flag, Place
from traam.applications.models import (
    Answer,
    AnswerVersion,
    Application,
    NamedInspector,
    Piece,
    Presence,
)
from traam.applications.queries.calls import academy_options, form_of_digest
from traam.applications.rules.answers import Facts, Missing, Value, is_blank, missing
from traam.applications.rules.deadline import Deadline, deadline
from traam.campaigns.models import MilestoneDate, campaign_flags
from traam.campaigns.rules.calendar import Calendar, Milestone
from traam.campaigns.rules.call import CallRules
from traam.campaigns.rules.default_form import ASSOCIATED, core_for
from traam.campaigns.rules.questions import Form
from traam.kit.compiled import Compiled

WAITING = {"is_rival": True, "settled_at": None}  # the texts to be settled


def _rows(model: type[Model], **filters: object) -> QuerySet[Any, Any]:
    """Those of the application of the outer query."""
    return model._default_manager.filter(application=OuterRef("pk"), **filters).order_by()


def _at(milestone: Milestone) -> Subquery:
    found = MilestoneDate.objects.filter(campaign=OuterRef("campaign"), kind=milestone)
    return Subquery(found.values("at"))


_PIECES = _rows(Piece, removed_at=None).values("application").annotate(count=Count("pk"))
_FACTS = (
    *("pk", "code", "state", "channel", "campaign__state", "campaign__rules", "academy__code"),
    *("academy__name", "theme__code", "extension__until", "questionnaire"),
    *("questionnaire__digest", "opens_at", "closes_at", "has_inspector", "piece_count"),
    *("is_waiting", "authors__person"),  # a row for each author, or one where there is none
)


def _facts(code: str) -> QuerySet[Any, Any]:
    found = Application.objects.filter(code=code).annotate(
        opens_at=_at(Milestone.CALL_OPENS),
        closes_at=_at(Milestone.CALL_CLOSES),
        has_inspector=Exists(_rows(NamedInspector)),
        piece_count=Subquery(_PIECES.values("count")),
        is_waiting=Exists(_rows(AnswerVersion, **WAITING)),
    )
    return found.values_list(*_FACTS)


def _answers(application: int) -> QuerySet[Any, Any]:
    rows = Answer.objects.filter(application=application)
    return rows.values_list("field", "value", "version")


def _presences(application: int) -> QuerySet[Any, Any]:
    rows = Presence.objects.filter(application=application)
    return rows.values_list("person", "field", "seen_at")


FACTS, ANSWERS, PRESENCES = (
    Compiled(_facts, str),
    Compiled(_answers, int),
    Compiled(_presences, int),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenForm:
    """What judges an application that is being written, and what it is asked.

    `place`: for the rights of those who write; the end of the call is left out of it, since it is
    judged on the instant by `limit`.
    """

    key: int
    code: str
    channel: str
    academy: str  # its code
    academy_name: str
    place: Place
    limit: Deadline
    is_extended: bool
    rules: CallRules
    form: Form  # the campaign's own questions
    has_inspector: bool
    pieces: int
    is_waiting: bool  # some texts are to be settled

    def core(self, *, today: date, with_academies: bool) -> Form:
        """The typed core; the academies of the day are one more query."""
        return core_for(
            team_min=self.rules.team_min,
            commitments=self.rules.commitments,
            academies=academy_options(today) if with_academies else (),
        )


class Said(NamedTuple):
    """The present text of a field."""

    field: str
    value: Value
    version: int


class Here(NamedTuple):
    """Someone who has, or had, the form open; `field`: where, "" for nowhere."""

    person: int
    field: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A form with what it says. `aside`: the texts that wait to be settled, the oldest first."""

    form: OpenForm
    answers: Mapping[str, Said]
    aside: Sequence[AnswerVersion]
    here: Sequence[Here]

    def missing(self, *, today: date) -> list[Missing]:
        """All that forbids to submit it."""
        values = {name: one.value for name, one in self.answers.items()}
        facts = Facts(
            academy=self.form.academy,
            inspectors=int(self.form.has_inspector),
            rivals=frozenset(one.field for one in self.aside),
        )
        with_academies = not is_blank(values.get(ASSOCIATED))
        core = self.form.core(today=today, with_academies=with_academies)
        return missing(core, self.form.form, values, facts)


def opened(code: str) -> OpenForm:
    """The form of this address. Raises `Application.DoesNotExist`."""
    rows = [dict(zip(_FACTS, row, strict=True)) for row in FACTS.rows(code)]
    if not rows:
        raise Application.DoesNotExist
    return _form(rows[0], authors=(row["authors__person"] for row in rows))


def held(code: str) -> OpenForm:
    """The same, kept from other acts until the end of the transaction."""
    if connection.features.has_select_for_update:  # else the transaction is alone to write
        list(Application.objects.select_for_update().filter(code=code).values_list("pk"))
    return opened(code)


def read(form: OpenForm) -> OpenFile:
    """With what it says, to be looked at."""
    return OpenFile(form, said(form.key), waiting(form), here(form.key))


def _form(row: Mapping[str, Any], *, authors: Iterable[int | None]) -> OpenForm:
    rules = CallRules.read(row["campaign__rules"])
    dates = {Milestone.CALL_OPENS: row["opens_at"], Milestone.CALL_CLOSES: row["closes_at"]}
    limit = deadline(
        Calendar({kind: at for kind, at in dates.items() if at is not None}),
        grace_hours=rules.grace_hours,
        extended_until=row["extension__until"],
    )
    return OpenForm(
        key=row["pk"],
        code=row["code"],
        channel=row["channel"],
        academy=row["academy__code"],
        academy_name=row["academy__name"],
        place=_place(row, frozenset(one for one in authors if one is not None)),
        limit=limit,
        is_extended=row["extension__until"] is not None,
        rules=rules,
        form=form_of_digest(row["questionnaire__digest"], questionnaire=row["questionnaire"]),
        has_inspector=row["has_inspector"],
        pieces=row["piece_count"] or 0,
        is_waiting=row["is_waiting"],
    )


def _place(row: Mapping[str, Any], authors: frozenset[int]) -> Place:
    """That of `acts.writers_place`."""
    return Place(
        academies=frozenset({row["academy__code"]}),
        academy_names=(row["academy__name"],),
        themes=frozenset({row["theme__code"]}),
        authors=authors,
        state=row["state"],
        flags=campaign_flags(row["campaign__state"]) - {Flag.CALL_CLOSED},
    )


def said(application: int) -> dict[str, Said]:
    """The present texts of the application of this key, by field."""
    return {row[0]: Said(*row) for row in ANSWERS.rows(application)}


def waiting(form: OpenForm) -> list[AnswerVersion]:
    """The texts that wait to be settled, the oldest first; no query where there is none."""
    rows = AnswerVersion.objects.filter(application=form.key, **WAITING)
    return list(rows.order_by("pk")) if form.is_waiting else []


def received(form: OpenForm, sent: Collection[tuple[str, str]]) -> list[AnswerVersion]:
    """What was received in these fields under these keys (field, key); no query for none."""
    if not sent:
        return []
    fields, keys = zip(*sent, strict=True)
    rows = AnswerVersion.objects.filter(application=form.key, field__in=set(fields))
    return list(rows.filter(save_key__in=set(keys)).order_by("pk"))


def here(application: int) -> list[Here]:
    """Who has had the form open."""
    return [Here(*row) for row in PRESENCES.rows(application)]
