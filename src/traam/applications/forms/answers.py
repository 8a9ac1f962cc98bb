"""The questions of an application as forms: the controls that show an answer, and what they sent.

« Raw » is what controls hold: texts, lists of choices, rows of them; the rules read it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.http import QueryDict

from traam.applications.rules.answers import ROWS_MAX, Value, is_blank
from traam.campaigns.rules.questions import NO, YES, Question, QuestionKind
from traam.kit.forms import DayInput
from traam.kit.text import number

K = QuestionKind
PREFIX = "q"
RADIOS_MAX = 6  # options that are all shown; beyond, a list that opens
AREA_ROWS = {"short": 3, "long": 8}
Raw = str | list[Any]


# -- from an answer to what its controls hold, and back


def raw_of(question: Question, value: Value) -> Raw:
    """What the controls hold for this answer."""
    if question.kind is K.BLOCK:
        rows = value if isinstance(value, list) else []
        return [{one.id: raw_of(one, row.get(one.id)) for one in question.items} for row in rows]
    if question.kind is K.CHOICES:
        return list(value) if isinstance(value, list) else []
    if isinstance(value, bool):
        return YES if value else NO
    return (
        "" if value is None else str(value).replace(".", ",") if is_decimal(value) else str(value)
    )


def is_decimal(value: Value) -> bool:
    return isinstance(value, float)


def name_of(question: Question, prefix: str = PREFIX) -> str:
    return f"{prefix}-{question.id}"


def was_sent(question: Question, data: QueryDict) -> bool:
    """Did the form that came back hold this question? Unticked boxes send nothing by themselves."""
    return f"base-{question.id}" in data


def sent(question: Question, data: QueryDict, prefix: str = PREFIX) -> Raw:
    """What a form without script sent for this question."""
    name = name_of(question, prefix)
    if question.kind is K.BLOCK:
        rows = range(min(_count(data.get(f"rows-{name}")), ROWS_MAX))
        return [
            {one.id: sent(one, data, f"{name}-{row}") for one in question.items} for row in rows
        ]
    if question.kind is K.CHOICES:
        return [str(one) for one in data.getlist(name)]
    return str(data.get(name, "")).replace("\r\n", "\n")


def _count(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else 0


# -- the controls


class AnswersForm(forms.Form):
    """Some questions, what was answered and what is wrong with it; it judges nothing itself."""

    use_required_attribute = False

    def __init__(
        self,
        questions: Sequence[Question],
        *,
        raw: Mapping[str, Raw],
        faults: Mapping[str, Sequence[str]],
        prefix: str = PREFIX,
    ) -> None:
        data = {name_of(one, prefix): raw.get(one.id, "") for one in questions}
        super().__init__(data, prefix=prefix, auto_id="%s")
        self.fields = {one.id: control(one) for one in questions}
        self._errors = ErrorDict(
            {name: self.error_class(list(said)) for name, said in faults.items() if said}
        )


def control(question: Question) -> forms.Field:
    """The form's field that shows this question; a block has none, its items have."""
    common: dict[str, Any] = {
        "label": question.label,
        "help_text": _help(question),
        "required": question.required,
    }
    options = [(one.key, one.label) for one in question.options]
    match question.kind:
        case K.LONG_TEXT:
            rows = AREA_ROWS["short" if (question.limit or 4_000) <= 1_000 else "long"]
            return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), **common)
        case K.NUMBER:
            return forms.CharField(widget=forms.TextInput(attrs={"inputmode": "decimal"}), **common)
        case K.CHOICE if len(options) <= RADIOS_MAX and question.section:
            return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **common)
        case K.CHOICE:
            return forms.ChoiceField(choices=[("", "Choisissez"), *options], **common)
        case K.CHOICES:
            return forms.MultipleChoiceField(
                choices=options, widget=forms.CheckboxSelectMultiple, **common
            )
        case K.YES_NO:
            answers = [(YES, "oui"), (NO, "non")]
            return forms.ChoiceField(choices=answers, widget=forms.RadioSelect, **common)
        case K.DAY:
            return forms.CharField(widget=DayInput, **common)
    return forms.CharField(**common)


def _help(question: Question) -> str:
    if question.limit is None or question.kind not in (K.TEXT, K.LONG_TEXT):
        return question.help
    most = f"{number(question.limit)} caractères au plus."
    if question.kind is K.TEXT and question.limit >= 200:
        return question.help  # nobody will write so much in one line
    return f"{question.help} {most}".strip()


# -- one field of the page


@dataclass(frozen=True, slots=True)
class Row:
    """One repetition of a block, numbered from 0."""

    index: int
    form: AnswersForm
    is_blank: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A question as the page shows it; `base`: the version that its text was written upon."""

    question: Question
    base: int
    faults: Sequence[str] = ()
    rivals: Sequence[Any] = ()
    is_asked: bool = True
    bound: BoundField | None = None
    rows: Sequence[Row] = field(default_factory=list)

    @property
    def may_add(self) -> bool:
        most = self.question.repeats_max
        return len(self.rows) < ROWS_MAX and (most is None or len(self.rows) < most)


def shown(
    question: Question,
    *,
    value: Value,
    base: int,
    faults: Sequence[str] = (),
    rivals: Sequence[Any] = (),
    rows: int = 0,
    is_asked: bool = True,
) -> Shown:
    """`rows`: how many repetitions to show at least."""
    common: dict[str, Any] = {"question": question, "base": base, "rivals": rivals}
    common |= {"faults": faults, "is_asked": is_asked}
    raw = raw_of(question, value)
    if question.kind is K.BLOCK:
        return Shown(rows=_rows(question, list(raw), rows), **common)
    form = AnswersForm([question], raw={question.id: raw}, faults={question.id: faults})
    return Shown(bound=form[question.id], **common)


def _rows(question: Question, raw: list[Any], wanted: int) -> list[Row]:
    """The rows that are filled, then blank ones: as many as the form wants, or as asked for."""
    count = min(max(len(raw), question.repeats_min, wanted, 1), ROWS_MAX)
    filled = [*raw, *({} for _ in range(count - len(raw)))]
    return [
        Row(
            index,
            AnswersForm(
                question.items, raw=each, faults={}, prefix=f"{PREFIX}-{question.id}-{index}"
            ),
            is_blank(each),
        )
        for index, each in enumerate(filled)
    ]
