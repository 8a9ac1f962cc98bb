"""What an answer may be: read, judged, and what an application still lacks. Pure.

A draft keeps what was typed even where it is not acceptable: the faults are said beside it, and
`missing` says them again, all of them, before the application is submitted.
"""

import json
import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from traam.campaigns.rules.form_faults import TEXT_MAX
from traam.campaigns.rules.questions import NO, TEXTS, YES, Form, Question, QuestionKind
from traam.kit.text import FIXED, number, plural

K = QuestionKind
Value = Any  # the shapes are those that `QuestionKind` comments
Answers = Mapping[str, Value]
SIZE_MAX = 200_000  # characters of an answer as JSON: beyond, it is no answer of a person
ROWS_MAX = 200  # repetitions of a block that are kept, even where the form wants fewer


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a value is not acceptable, in French; the value is kept as it was typed."""

    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """What an application lacks: the field to go to (a question, `inspectors`, `pieces`)."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What `missing` must know beside the answers."""

    academy: str  # its code
    inspectors: int = 0
    rivals: frozenset[str] = frozenset()  # the fields where two texts wait to be settled


def is_blank(value: Value) -> bool:
    """Nothing was answered; `False` and 0 are answers."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, list):
        return all(is_blank(one) for one in value)
    if isinstance(value, dict):
        return all(is_blank(one) for one in value.values())
    return value is None


def has_shape(question: Question, value: Value) -> bool:
    """Could a form have sent this? What a person typed is a text, whatever was asked."""
    if value is None:
        return True
    match question.kind:
        case K.YES_NO:
            return isinstance(value, bool | str)
        case K.NUMBER:
            return isinstance(value, int | float | str) and not isinstance(value, bool)
        case K.CHOICES:
            return isinstance(value, list) and all(isinstance(one, str) for one in value)
        case K.BLOCK:
            return _has_rows(question, value)
    return isinstance(value, str)


def _has_rows(question: Question, value: Value) -> bool:
    items = {item.id: item for item in question.items}
    return (
        isinstance(value, list)
        and len(value) <= ROWS_MAX
        and all(isinstance(row, dict) and row.keys() <= items.keys() for row in value)
        and all(has_shape(items[key], one) for row in value for key, one in row.items())
    )


def is_too_large(value: Value) -> bool:
    """Beyond what a person may have typed in one field."""
    return len(json.dumps(value, ensure_ascii=False)) > SIZE_MAX


def clean(question: Question, value: Value) -> Value | Fault:
    """The value as it is kept, or a `Fault`. A blank value is None, and no fault."""
    tidy = tidied(question, value)
    sentences = tuple(faults(question, tidy))
    return Fault(sentences) if sentences else tidy


def tidied(question: Question, value: Value) -> Value:
    """The value as it is kept, faults or not: line ends of one kind, numbers read, blanks None."""
    if is_blank(value):
        return None
    match question.kind:
        case K.TEXT:
            return " ".join(str(value).split())
        case K.LONG_TEXT | K.CHOICE | K.DAY:
            text = str(value).replace("\r\n", "\n").replace("\r", "\n")
            return text if question.kind is K.LONG_TEXT else text.strip()
        case K.NUMBER:
            return _number(value)
        case K.CHOICES:
            return list(dict.fromkeys(one for one in value if one))
        case K.YES_NO:
            return {YES: True, NO: False}.get(value, value) if isinstance(value, str) else value
        case K.BLOCK:
            items = {item.id: item for item in question.items}
            rows = ({key: tidied(items[key], one) for key, one in row.items()} for row in value)
            return [row for row in rows if not is_blank(row)]


def _number(value: Value) -> Value:
    """« 3 », « 3,5 », « 1 200 » as numbers; anything else as it was typed."""
    if not isinstance(value, str):
        return value
    text = value.translate({ord(" "): None, ord(FIXED): None, 0x202F: None}).replace(",", ".")
    try:
        read = float(text)
    except ValueError:
        return value.strip()
    if not math.isfinite(read):
        return value.strip()
    return int(read) if read.is_integer() and abs(read) < 2**53 else read


def faults(question: Question, value: Value) -> list[str]:
    """What is wrong with a tidied value, in French; a blank one has none."""
    if is_blank(value):
        return []
    return list(_faults(question, value))


def _faults(question: Question, value: Value) -> Iterator[str]:
    match question.kind:
        case kind if kind in TEXTS:
            yield from _too_long(question, str(value))
        case K.NUMBER:
            yield from _not_a_number(question, value)
        case K.CHOICE:
            yield from _unknown(question, [str(value)])
        case K.CHOICES:
            yield from _unknown(question, value)
        case K.YES_NO if not isinstance(value, bool):
            yield f"« {question.label} » se répond par oui ou par non (reçu : « {value[:60]} »)."
        case K.DAY if not _is_day(value):
            yield (
                f"« {question.label} » (reçu : « {value[:60]} ») est une date, comme 2026-04-03 "
                "pour le 3 avril 2026."
            )
        case K.BLOCK:
            yield from _rows(question, value)


def _too_long(question: Question, text: str) -> Iterator[str]:
    limit = question.limit or TEXT_MAX
    if len(text) > limit:
        over = plural(len(text) - limit, "caractère")
        yield f"« {question.label} » tient en {number(limit)} caractères ({over} de trop)."


def _not_a_number(question: Question, value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield f"« {question.label} » est un nombre (reçu : « {value[:60]} »)."
    elif value < 0 or (question.limit is not None and value > question.limit):
        most = "" if question.limit is None else f" et {number(question.limit)} au plus"
        yield f"« {question.label} » vaut 0 au moins{most} (reçu : {value})."


def _unknown(question: Question, keys: list[str]) -> Iterator[str]:
    for key in keys:
        if key not in question.keys:
            words = ", ".join(f"« {one.label} »" for one in question.options[:12])
            yield f"« {question.label} » : « {key[:60]} » n’est pas un choix offert ({words})."


def _is_day(value: Value) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == str(value)
    except (TypeError, ValueError):
        return False


def _rows(question: Question, rows: list[dict[str, Value]]) -> Iterator[str]:
    if question.repeats_max is not None and len(rows) > question.repeats_max:
        yield f"« {question.label} » : {len(rows)} lignes, {question.repeats_max} au plus."
    for place, row in enumerate(rows, start=1):
        for item in question.items:
            for sentence in faults(item, row.get(item.id)):
                yield f"« {question.label} », ligne {place} : {sentence}"


def is_asked(question: Question, answers: Answers) -> bool:
    """Is the question put, given the other answers?"""
    condition = question.condition
    return condition is None or not chosen(answers.get(condition.question)).isdisjoint(
        condition.among
    )


def chosen(value: Value) -> frozenset[str]:
    """The keys that an answer names: an option, several, yes or no."""
    if isinstance(value, bool):
        return frozenset({YES if value else NO})
    if isinstance(value, str):
        return frozenset({value})
    return frozenset(value) if isinstance(value, list) and _are_words(value) else frozenset()


def _are_words(values: Collection[Value]) -> bool:
    return all(isinstance(one, str) for one in values)


def missing(core: Form, form: Form, answers: Answers, facts: Facts) -> list[Missing]:
    """All that forbids to submit, in the order of the form; empty when nothing does."""
    found: list[Missing] = []
    for question in (*core.in_order(), *form.in_order()):
        if is_asked(question, answers):
            found += _lacking(question, answers.get(question.id))
    found += _unengaged(core, answers)
    if facts.academy in chosen(answers.get("associated")):
        found.append(Missing("associated", "L’académie ne s’associe pas à elle-même."))
    if not facts.inspectors:
        found.append(Missing("inspectors", "Désignez au moins un·e inspecteur·rice."))
    for field in sorted(facts.rivals):
        asked = core.question(field) or form.question(field)
        label = asked.label if asked else field
        found.append(Missing(field, f"« {label} » a deux textes : départagez-les."))
    return found


def _lacking(question: Question, value: Value) -> list[Missing]:
    if is_blank(value):
        words = f"« {question.label} » est à remplir."
        return [Missing(question.id, words)] if question.required else []
    found = [Missing(question.id, sentence) for sentence in faults(question, value)]
    if question.kind is K.BLOCK:
        found += [Missing(question.id, sentence) for sentence in _incomplete(question, value)]
    return found


def _incomplete(question: Question, rows: list[dict[str, Value]]) -> Iterator[str]:
    if len(rows) < question.repeats_min:
        yield (
            f"« {question.label} » : {question.repeats_min} au moins "
            f"({plural(len(rows), 'ligne remplie', 'lignes remplies')})."
        )
    for place, row in enumerate(rows, start=1):
        for item in question.items:
            if item.required and is_blank(row.get(item.id)):
                yield f"« {question.label} », ligne {place} : « {item.label} » est à remplir."


def _unengaged(core: Form, answers: Answers) -> list[Missing]:
    """Each commitment that is not taken, one by one, once some are."""
    question = core.question("commitments")
    taken = answers.get("commitments")
    if question is None or is_blank(taken):
        return []
    return [
        Missing(question.id, f"Engagement à prendre : {option.label}")
        for option in question.options
        if option.key not in chosen(taken)
    ]
