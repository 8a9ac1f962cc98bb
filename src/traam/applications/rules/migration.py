"""Answers carried from one version of a form to the next: kept, or named as lost. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from traam.applications.rules.answers import Answers, Value, faults, is_blank, tidied
from traam.campaigns.rules.questions import (
    TEXTS,
    WITH_OPTIONS,
    Form,
    Question,
    QuestionKind,
)

K = QuestionKind
NONE: Any = object()  # no value of the new kind says what the old one said


@dataclass(frozen=True, slots=True)
class Loss:
    """An answer that the new form has no place for; never applied, only said."""

    field: str
    sentence: str
    value: Value


@dataclass(frozen=True, slots=True)
class Migration:
    """The answers under the new form, and what of them it would lose; `changed`: fields rewritten
    in the new kind's shape."""

    answers: Mapping[str, Value]
    lost: tuple[Loss, ...] = ()
    changed: frozenset[str] = frozenset()


def migrate(old: Form, new: Form, answers: Answers) -> Migration:
    """Every answer stays under its identity. Fields that no form knows are left as they are."""
    made, lost, changed = dict(answers), list[Loss](), set[str]()
    for question in old.questions:
        value = answers.get(question.id)
        if is_blank(value):
            continue
        target = new.question(question.id)
        carried = NONE if target is None else carry(question, target, value)
        if carried is NONE:
            lost.append(Loss(question.id, _said(question, target, value), value))
        elif carried != value:
            made[question.id] = carried
            changed.add(question.id)
    return Migration(made, tuple(lost), frozenset(changed))


def _said(old: Question, new: Question | None, value: Value) -> str:
    words = in_words(old, value)
    shown = f"{words[:120]}…" if len(words) > 120 else words
    why = "n’est plus demandé" if new is None else f"devient {new.kind.label}"
    if new is not None and new.kind is old.kind:
        why = "perd une de ses réponses possibles"
    return f"« {old.label} » {why} : « {shown} » serait perdu."


def carry(old: Question, new: Question, value: Value) -> Value:
    """The value in the new question's shape, or `NONE` when something of it would be lost.

    What does not fit a number, a date or a choice and never did stays as it was typed.
    """
    if old.kind is new.kind:
        return _same_kind(old, new, value)
    if new.kind in TEXTS:
        return _as_text(old, new, value)
    if new.kind is K.CHOICES and old.kind is K.CHOICE:
        return _offered(old, new, [value])
    if new.kind is K.CHOICE and old.kind is K.CHOICES and len(value) == 1:
        return _offered(old, new, value, alone=True)
    if old.kind in TEXTS and new.kind in (K.NUMBER, K.DAY):
        read = tidied(new, value)
        as_typed = value.strip() in (str(read), in_words(new, read))  # not « 007 »
        return read if as_typed and not faults(new, read) else NONE
    if old.kind in TEXTS and new.kind is K.CHOICE:
        return next((one.key for one in new.options if one.label == value.strip()), NONE)
    return NONE


def _same_kind(old: Question, new: Question, value: Value) -> Value:
    if old.kind is K.BLOCK:
        return _rows(old, new, value)
    if old.kind is K.CHOICE:
        return _offered(old, new, [value], alone=True)
    return _offered(old, new, value) if old.kind is K.CHOICES else value


def _offered(old: Question, new: Question, keys: list[str], *, alone: bool = False) -> Value:
    """The keys, unless one that was offered is no longer."""
    if any(key in old.keys and key not in new.keys for key in keys):
        return NONE
    return keys[0] if alone else keys


def _rows(old: Question, new: Question, rows: list[dict[str, Value]]) -> Value:
    before, after = ({item.id: item for item in one.items} for one in (old, new))
    made = []
    for row in rows:
        carried = {
            key: _item(before.get(key), after.get(key), value)
            for key, value in row.items()
            if key in after or not is_blank(value)
        }
        if any(value is NONE for value in carried.values()):
            return NONE
        made.append(carried)
    return made


def _item(old: Question | None, new: Question | None, value: Value) -> Value:
    if new is None:
        return NONE
    return value if old is None or is_blank(value) else carry(old, new, value)


def _as_text(old: Question, new: Question, value: Value) -> Value:
    """The value in words; a text of several lines does not become one line."""
    words = in_words(old, value)
    if new.kind is K.TEXT and tidied(new, words) != words:
        return NONE
    return words


def in_words(question: Question, value: Value) -> str:
    """An answer as a text: options by their labels, a block line by line."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if question.kind in WITH_OPTIONS:
        keys = value if isinstance(value, list) else [value]
        return ", ".join(question.option_label(str(key)) for key in keys)
    if question.kind is K.BLOCK:
        return "\n".join(", ".join(_row_words(question, row)) for row in value)
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def _row_words(question: Question, row: dict[str, Value]) -> Iterator[str]:
    for item in question.items:
        if not is_blank(row.get(item.id)):
            yield f"{item.label} : {in_words(item, row[item.id])}"
