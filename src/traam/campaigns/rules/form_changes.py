"""What differs between two versions of a form, question by question, by stable identity."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from traam.campaigns.rules.questions import Form, Question


@dataclass(frozen=True, slots=True)
class FormChange:
    """The questions of the new form that differ; `removed` are those of the old.

    `recomposed`: another limit, options, condition, number of repetitions, items, or obligation.
    """

    added: tuple[Question, ...] = ()
    removed: tuple[Question, ...] = ()
    moved: tuple[Question, ...] = ()
    reworded: tuple[Question, ...] = ()
    retyped: tuple[Question, ...] = ()
    recomposed: tuple[Question, ...] = ()
    sections_changed: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing differs."""
        return self == FormChange()

    def sentences(self) -> Iterator[str]:
        """The difference in French, a sentence for each question."""
        said = {
            "ajoutée": self.added,
            "retirée": self.removed,
            "d’une autre sorte": self.retyped,
            "recomposée": self.recomposed,
            "reformulée": self.reworded,
            "déplacée": self.moved,
        }
        for words, questions in said.items():
            for question in questions:
                yield f"Question « {question.label} » : {words}."
        if self.sections_changed:
            yield "Les sections changent de titre, d’aide ou d’ordre."


def difference(old: Form, new: Form) -> FormChange:
    """What a publication would change; a question may be both moved and reworded."""
    before = {one.id: one for one in old.questions}
    after = {one.id: one for one in new.questions}
    kept = [(before[one.id], one) for one in new.questions if one.id in before]
    return FormChange(
        added=tuple(one for one in new.questions if one.id not in before),
        removed=tuple(one for one in old.questions if one.id not in after),
        moved=_moved(old, new),
        reworded=tuple(two for one, two in kept if _words(one) != _words(two)),
        retyped=tuple(two for one, two in kept if one.kind is not two.kind),
        recomposed=tuple(
            two for one, two in kept if one.kind is two.kind and _shape(one) != _shape(two)
        ),
        sections_changed=old.sections != new.sections,
    )


def _words(question: Question) -> tuple[object, ...]:
    """What is read of a question: a rewording changes nothing of its answers."""
    options = tuple((one.key, one.label) for one in question.options)
    items = tuple((one.id, _words(one)) for one in question.items)
    return question.label, question.help, options, items


def _shape(question: Question) -> Question:
    """What constrains its answers, all words and places left out."""
    options = tuple(sorted((replace(one, label="") for one in question.options), key=_key))
    items = tuple(_shape(one) for one in question.items)
    return replace(question, label="", help="", section="", options=options, items=items)


def _key(option: object) -> str:
    return str(getattr(option, "key", ""))


def _moved(old: Form, new: Form) -> tuple[Question, ...]:
    """The questions in another section, or no longer after the same kept one."""
    before, after = _neighbours(old, new), _neighbours(new, old)
    return tuple(
        one for one in new.questions if one.id in before and before[one.id] != after[one.id]
    )


def _neighbours(form: Form, other: Form) -> dict[str, tuple[str, str]]:
    """For each question that both have: its section, and the kept question before it there."""
    found: dict[str, tuple[str, str]] = {}
    for section in form.sections:
        last = ""
        for question in form.of_section(section.id):
            if other.question(question.id):
                found[question.id] = (section.id, last)
                last = question.id
    return found
