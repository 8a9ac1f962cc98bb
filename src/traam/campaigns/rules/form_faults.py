"""What forbids a form of questions, in French, all of it."""

from collections import Counter
from collections.abc import Collection, Iterator

from traam.campaigns.rules.questions import (
    MAY_DECIDE,
    NO,
    WITH_OPTIONS,
    YES,
    Form,
    Question,
    QuestionKind,
    is_identity,
)

QUESTIONS_MAX = 100
LABEL_MAX = 500  # characters
TEXT_MAX = 20_000  # characters of an answer
OPTIONS_MAX = 100
REPEATS_MAX = 100
_WORDS = "une petite lettre puis des lettres, des chiffres ou « _ », 40 caractères au plus"


def faults(form: Form, *, reserved: Collection[str] = ()) -> list[str]:
    """Empty when the form may be published. `reserved`: the identities of the typed core."""
    return [
        *_of_sections(form),
        *_twice([one.id for one in form.questions], "L’identité de question"),
        *_of_questions(form, reserved),
        *_conditions(form),
    ]


def _twice(keys: list[str], what: str) -> Iterator[str]:
    for key, count in Counter(keys).items():
        if count > 1:
            yield f"{what} « {key} » est donnée {count} fois : une seule est attendue."


def _of_sections(form: Form) -> Iterator[str]:
    yield from _twice([one.id for one in form.sections], "L’identité de section")
    for section in form.sections:
        if not is_identity(section.id):
            yield f"L’identité de section « {section.id[:60]} » n’est pas admise : {_WORDS}."
        if not section.title.strip():
            yield f"La section « {section.id} » n’a pas de titre."


def _of_questions(form: Form, reserved: Collection[str]) -> Iterator[str]:
    if len(form.questions) > QUESTIONS_MAX:
        yield f"Le questionnaire compte {len(form.questions)} questions, {QUESTIONS_MAX} au plus."
    known = {section.id for section in form.sections}
    for question in form.questions:
        if question.id in reserved:
            yield f"L’identité « {question.id} » est celle d’un champ de toute candidature."
        if question.section not in known:
            yield f"{_said(question)} : sa section « {question.section} » n’existe pas."
        yield from _of_question(question)


def _said(question: Question) -> str:
    return f"Question « {question.label.strip()[:80] or question.id[:60]} »"


def _of_question(question: Question) -> Iterator[str]:
    said = _said(question)
    if not is_identity(question.id):
        yield f"{said} : son identité « {question.id[:60]} » n’est pas admise ({_WORDS})."
    if not question.label.strip():
        yield f"{said} : son libellé manque."
    if len(question.label) > LABEL_MAX:
        yield f"{said} : son libellé doit tenir en {LABEL_MAX} caractères."
    if question.limit is not None and not 1 <= question.limit <= TEXT_MAX:
        yield f"{said} : sa limite va de 1 à {TEXT_MAX} (reçu : {question.limit})."
    yield from _options(question)
    yield from _block(question)


def _options(question: Question) -> Iterator[str]:
    said, options = _said(question), question.options
    if question.kind not in WITH_OPTIONS:
        if options:
            yield f"{said} : elle n’a pas de choix à offrir ({question.kind.label})."
        return
    if not 2 <= len(options) <= OPTIONS_MAX:
        yield f"{said} : elle offre de 2 à {OPTIONS_MAX} choix (reçu : {len(options)})."
    yield from _twice([one.key for one in options], f"{said} : l’identité de choix")
    for option in options:
        if not is_identity(option.key):
            yield f"{said} : l’identité de choix « {option.key[:60]} » n’est pas admise ({_WORDS})."
        if not option.label.strip():
            yield f"{said} : le choix « {option.key} » n’a pas de libellé."


def _block(question: Question) -> Iterator[str]:
    said = _said(question)
    if question.kind is not QuestionKind.BLOCK:
        if question.items:
            yield f"{said} : seul un groupe qui se répète contient des questions."
        return
    if not question.items:
        yield f"{said} : un groupe contient au moins une question."
    most = REPEATS_MAX if question.repeats_max is None else question.repeats_max
    if not 0 <= question.repeats_min <= most <= REPEATS_MAX or most < 1:
        yield (
            f"{said} : le groupe se répète de {question.repeats_min} à {most} fois ; il faut un "
            f"maximum de 1 à {REPEATS_MAX}, et un minimum qui ne le dépasse pas."
        )
    yield from _twice([one.id for one in question.items], f"{said} : l’identité")
    for item in question.items:
        if item.kind is QuestionKind.BLOCK:
            yield f"{said} : un groupe ne se répète pas dans un autre."
        if item.condition:
            yield f"{said} : une condition porte sur tout le groupe, non sur « {item.label} »."
        yield from _of_question(item)


def _conditions(form: Form) -> Iterator[str]:
    before: dict[str, Question] = {}
    for question in form.in_order():
        if question.condition:
            yield from _condition(question, before)
        before[question.id] = question


def _condition(question: Question, before: dict[str, Question]) -> Iterator[str]:
    said, condition = _said(question), question.condition
    assert condition is not None
    other = before.get(condition.question)
    if other is None or other.kind not in MAY_DECIDE:
        yield (
            f"{said} : sa condition porte sur « {condition.question[:60]} » ; il faut une question "
            "à choix, ou par oui ou non, posée avant elle."
        )
        return
    known = other.keys if other.options else frozenset({YES, NO})
    unknown = sorted(set(condition.among) - known)
    if unknown or not condition.among:
        words = ", ".join(f"« {key[:60]} »" for key in unknown)
        named = f"nomme {words}" if words else "ne nomme aucune réponse"
        yield f"{said} : sa condition {named} ; réponses connues : {', '.join(sorted(known))}."
