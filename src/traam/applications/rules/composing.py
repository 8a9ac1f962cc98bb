"""A form of questions composed piece by piece: each change makes another form. Pure.

Identities are given once, from the first words of a label, and never change.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TypeVar

from traam.campaigns.rules.questions import Form, Option, Question, Section

IDENTITY_MAX = 40  # characters
Piece = TypeVar("Piece", Section, Question)


def identity(words: str, *, taken: Collection[str], start: str = "q") -> str:
    """« Ce qui sera essayé » gives « ce_qui_sera_essaye », then « ce_qui_sera_essaye_2 »."""
    spaced = words.replace("’", " ")
    plain = unicodedata.normalize("NFKD", spaced).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    base = (base if base[:1].isalpha() else f"{start}_{base}".strip("_"))[: IDENTITY_MAX - 4]
    found, count = base, 1
    while found in taken:
        count += 1
        found = f"{base}_{count}"
    return found


def put_section(form: Form, section: Section) -> Form:
    """The section, in the place of the one of its identity, or last."""
    return replace(form, sections=_put(form.sections, section))


def put_question(form: Form, question: Question) -> Form:
    """The question, in the place of the one of its identity, or last of its section."""
    return replace(form, questions=_put(form.questions, question))


def _put(pieces: Sequence[Piece], piece: Piece) -> tuple[Piece, ...]:
    made = [piece if one.id == piece.id else one for one in pieces]
    if piece not in made:
        made.append(piece)
    return tuple(made)


def without_question(form: Form, key: str) -> Form:
    """The form without this question, and without the conditions that named it."""
    kept = (one for one in form.questions if one.id != key)
    return replace(form, questions=tuple(_freed(one, key) for one in kept))


def _freed(question: Question, key: str) -> Question:
    named = question.condition is not None and question.condition.question == key
    return replace(question, condition=None) if named else question


def without_section(form: Form, key: str) -> Form:
    """The form without this section, which holds no question; the same form when it does."""
    if form.of_section(key):
        return form
    return replace(form, sections=tuple(one for one in form.sections if one.id != key))


def moved_section(form: Form, key: str, by: int) -> Form:
    """The section one place up (-1) or down (1); the same form at either end."""
    return replace(form, sections=_moved(form.sections, key, by))


def moved_question(form: Form, key: str, by: int) -> Form:
    """The question one place up (-1) or down (1) in its section; the same form at either end."""
    question = form.question(key)
    if question is None:
        return form
    shelf = _moved(form.of_section(question.section), key, by)
    places = iter(shelf)
    questions = tuple(
        next(places) if one.section == question.section else one for one in form.questions
    )
    return replace(form, questions=questions)


def _moved(pieces: Sequence[Piece], key: str, by: int) -> tuple[Piece, ...]:
    made = list(pieces)
    index = next((rank for rank, one in enumerate(made) if one.id == key), None)
    if index is None or not 0 <= index + by < len(made):
        return tuple(made)
    made[index], made[index + by] = made[index + by], made[index]
    return tuple(made)


def options_from(lines: Sequence[str], before: Sequence[Option]) -> tuple[Option, ...]:
    """Options typed one a line: « clé = libellé » keeps its key, new words get one."""
    known = {one.key: one for one in before}
    labels = {one.label: one.key for one in before}
    made: list[Option] = []
    taken = set(known)
    for line in (one.strip() for one in lines):
        if not line:
            continue
        key, sign, label = (part.strip() for part in line.partition("="))
        if not (sign and key in known and label):
            label = line
            key = labels.get(line) or identity(line, taken=taken, start="choix")
        taken.add(key)
        made.append(Option(key, label))
    return tuple(made)


def options_as_text(options: Sequence[Option]) -> str:
    """What `options_from` reads back."""
    return "\n".join(f"{one.key} = {one.label}" for one in options)
