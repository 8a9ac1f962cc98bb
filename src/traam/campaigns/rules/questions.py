"""The questions that a call asks, as data: sections and questions, each with a stable identity.

An identity (`id`, `key`) is given once and never changes: answers are kept under it. `form_faults`
says what forbids a form, `default_form` holds the one a campaign begins with, `form_changes` what
differs between two.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from traam.kit.labels import Labelled
from traam.kit.refusals import Refusal

UNREADABLE = "Le questionnaire est illisible : {}."
_IDENTITY = re.compile(r"[a-z][a-z0-9_]{0,39}")


class QuestionKind(Labelled):
    """What is answered to a question; in comments, the shape of the answer's value."""

    TEXT = "text", "une ligne de texte"  # str
    LONG_TEXT = "long_text", "un texte de plusieurs lignes"  # str
    NUMBER = "number", "un nombre"  # int or float
    CHOICE = "choice", "un choix parmi plusieurs"  # an option's key
    CHOICES = "choices", "un ou plusieurs choix"  # list of options' keys
    YES_NO = "yes_no", "oui ou non"  # bool
    DAY = "day", "une date"  # « 2026-04-03 »
    BLOCK = "block", "un groupe de questions qui se répète"  # list of {item's id: value}


K = QuestionKind
TEXTS = frozenset({K.TEXT, K.LONG_TEXT})
WITH_OPTIONS = frozenset({K.CHOICE, K.CHOICES})
MAY_DECIDE = WITH_OPTIONS | {K.YES_NO}  # the kinds whose answer may show another question
YES, NO = "yes", "no"  # what a condition on « oui ou non » names


def is_identity(text: str) -> bool:
    """A small letter, then letters, digits and « _ », 40 characters at most."""
    return _IDENTITY.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers offered; `key` never changes, the label may be reworded."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Condition:
    """Ask only where the answer to an earlier question is one of these keys (yes, no)."""

    question: str
    among: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that are read together: a step of the form."""

    id: str
    title: str
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked. `limit`: characters of a text; the largest number; None: no limit.

    A block repeats its `items` from `repeats_min` to `repeats_max` times (None: no maximum).
    """

    id: str
    kind: QuestionKind
    label: str
    help: str = ""
    section: str = ""
    required: bool = False
    limit: int | None = None
    options: tuple[Option, ...] = ()
    condition: Condition | None = None
    repeats_min: int = 0
    repeats_max: int | None = None
    items: tuple["Question", ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """The keys of its options."""
        return frozenset(option.key for option in self.options)

    def option_label(self, key: str) -> str:
        """The words of an option; the key itself when it is not one of them."""
        return next((option.label for option in self.options if option.key == key), key)

    def as_data(self) -> dict[str, Any]:
        """What `read` reads back: plain values, what is empty left out."""
        made: dict[str, Any] = {"id": self.id, "kind": self.kind.value, "label": self.label}
        for name in ("help", "section", "required", "limit", "repeats_min", "repeats_max"):
            if value := getattr(self, name):
                made[name] = value
        if self.options:
            made["options"] = [{"key": one.key, "label": one.label} for one in self.options]
        if self.condition:
            among = list(self.condition.among)
            made["condition"] = {"question": self.condition.question, "among": among}
        if self.items:
            made["items"] = [item.as_data() for item in self.items]
        return made


@dataclass(frozen=True, slots=True)
class Form:
    """Sections in their order, and questions in theirs."""

    sections: tuple[Section, ...] = ()
    questions: tuple[Question, ...] = ()

    def question(self, field: str) -> Question | None:
        """The question of this identity."""
        return next((one for one in self.questions if one.id == field), None)

    def of_section(self, section: str) -> tuple[Question, ...]:
        """The questions of a section, in their order."""
        return tuple(one for one in self.questions if one.section == section)

    def in_order(self) -> Iterator[Question]:
        """The questions as they are read: by section, then in their order."""
        for section in self.sections:
            yield from self.of_section(section.id)

    def as_data(self) -> dict[str, Any]:
        """What `read` reads back: plain values, for JSON."""
        sections = [
            {name: value for name, value in _values(one) if value or name != "help"}
            for one in self.sections
        ]
        return {"sections": sections, "questions": [one.as_data() for one in self.questions]}

    @classmethod
    def read(cls, data: Any) -> "Form":
        """From its stored form. Raises `Refusal` on what has not the shape of a form; what a form
        may not say is for `form_faults`."""
        given = _mapping(data, "le questionnaire")
        sections = [_section(one) for one in _list(given, "sections")]
        questions = [_question(one) for one in _list(given, "questions")]
        return cls(tuple(sections), tuple(questions))


def _values(section: Section) -> Iterator[tuple[str, str]]:
    return ((each.name, getattr(section, each.name)) for each in fields(section))


def _mapping(data: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise Refusal(UNREADABLE.format(f"un objet est attendu pour {what}"))
    return data


def _list(data: Mapping[str, Any], name: str) -> Sequence[Any]:
    found = data.get(name, [])
    if not isinstance(found, list | tuple):
        raise Refusal(UNREADABLE.format(f"une liste est attendue pour « {name} »"))
    return found


def _text(data: Mapping[str, Any], name: str) -> str:
    found = data.get(name, "")
    if not isinstance(found, str):
        raise Refusal(UNREADABLE.format(f"un texte est attendu pour « {name} »"))
    return found


def _count(data: Mapping[str, Any], name: str) -> int | None:
    found = data.get(name)
    if found is not None and (isinstance(found, bool) or not isinstance(found, int)):
        raise Refusal(UNREADABLE.format(f"un nombre entier est attendu pour « {name} »"))
    return found


def _truth(data: Mapping[str, Any], name: str) -> bool:
    found = data.get(name, False)
    if not isinstance(found, bool):
        raise Refusal(UNREADABLE.format(f"« {name} » est vrai ou faux"))
    return found


def _section(data: Any) -> Section:
    given = _mapping(data, "une section")
    return Section(_text(given, "id"), _text(given, "title"), _text(given, "help"))


def _kind(data: Mapping[str, Any]) -> QuestionKind:
    word = _text(data, "kind")
    if word not in list(QuestionKind):
        raise Refusal(UNREADABLE.format(f"une question n’est pas de la sorte « {word} »"))
    return QuestionKind(word)


def _option(data: Any) -> Option:
    given = _mapping(data, "un choix")
    return Option(_text(given, "key"), _text(given, "label"))


def _condition(data: Any) -> Condition | None:
    if data is None:
        return None
    given = _mapping(data, "une condition")
    among = _list(given, "among")
    if not all(isinstance(one, str) for one in among):
        raise Refusal(UNREADABLE.format("une condition nomme des réponses"))
    return Condition(_text(given, "question"), tuple(among))


def _question(data: Any, *, is_item: bool = False) -> Question:
    given = _mapping(data, "une question")
    if is_item and given.get("items"):
        raise Refusal(UNREADABLE.format("un groupe ne se répète pas dans un autre"))
    return Question(
        id=_text(given, "id"),
        kind=_kind(given),
        label=_text(given, "label"),
        help=_text(given, "help"),
        section=_text(given, "section"),
        required=_truth(given, "required"),
        limit=_count(given, "limit"),
        options=tuple(_option(one) for one in _list(given, "options")),
        condition=_condition(given.get("condition")),
        repeats_min=_count(given, "repeats_min") or 0,
        repeats_max=_count(given, "repeats_max"),
        items=tuple(_question(one, is_item=True) for one in _list(given, "items")),
    )


def joined(first: Form, second: Form) -> Form:
    """One form after the other: the typed core, then the campaign's own questions."""
    return Form((*first.sections, *second.sections), (*first.questions, *second.questions))


def reworded(question: Question, **words: Any) -> Question:
    """The same question, otherwise composed; its identity stays."""
    return replace(question, **words, id=question.id)
