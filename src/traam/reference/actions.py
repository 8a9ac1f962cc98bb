"""The verbs: load a vocabulary, add a word to an open one, say that two words are one."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from traam.kit.clock import PARIS
from traam.kit.refusals import Refusal, Unknown
from traam.kit.rows import Report
from traam.reference import files, writing
from traam.reference.models import Alias, Region, Scheme, Status, Term, Version
from traam.reference.queries import scheme_facts
from traam.reference.recording import Recorder, nothing
from traam.reference.rules import SchemeFacts, VocabularyTerm, fold
from traam.reference.rules.changes import Around, Plan, plan
from traam.reference.rules.codes import free_code
from traam.reference.rules.files import LABEL_MAX, VocabularyFile, read_file

ADDED = "ajouté par un chargement"


def prepare(*, now: datetime, actor: int | None = None, record: Recorder = nothing) -> list[Report]:
    """Loads the shipped vocabularies that are new or have changed; a report for each of those."""
    loaded = {(s.code, s.edition): s.shipped for s in Scheme.objects.order_by("pk")}
    reports = []
    for each in files.shipped():
        scheme = each.file.scheme
        if loaded.get((scheme.code, scheme.edition)) != each.digest:
            with transaction.atomic():
                reports.append(_load(each.file, now=now, actor=actor, record=record))
                Scheme.objects.filter(code=scheme.code, edition=scheme.edition).update(
                    shipped=each.digest
                )
    return reports


def import_vocabulary(
    *, data: object, now: datetime, actor: int | None, dry_run: bool, record: Recorder = nothing
) -> Report:
    """Loads an edition (the object of its JSON file): a result for each term, then one for each
    term ended. Loading it again changes nothing. Raises `Refusal` when it is no vocabulary."""
    file = read_file(data)
    if dry_run:
        return Report(_planned(file, now=now).results)
    with transaction.atomic():
        return _load(file, now=now, actor=actor, record=record)


def _load(file: VocabularyFile, *, now: datetime, actor: int | None, record: Recorder) -> Report:
    _lock()
    planned = _planned(file, now=now)
    report = Report(planned.results)
    if planned.written or planned.writings or _header_changes(file.scheme):
        writing.write(file.scheme, planned, now=now)
        subject = f"vocabulary:{file.scheme.code}.{file.scheme.edition}"
        counts = {outcome.value: count for outcome, count in report.counts().items()}
        _changed("reference.import", subject, [planned.written, planned.writings, file.scheme])
        record(actor=actor, verb="reference.import", subject=subject, now=now, after=counts)
    return report


def _planned(file: VocabularyFile, *, now: datetime) -> Plan:
    scheme = file.scheme
    same = Scheme.objects.filter(code=scheme.code, edition=scheme.edition)
    before = next(iter(scheme_facts(same)), None)
    regions = frozenset(Region.objects.values_list("code", flat=True))
    around = Around(_codes_taken(scheme.code, scheme.facet), regions)
    return plan(file, before=before, around=around, today=now.astimezone(PARIS).date())


def _codes_taken(scheme: str, facet: str) -> dict[str, str]:
    """By code, the name of the other vocabulary of the facet that has it."""
    if not facet:
        return {}
    others = Term.objects.filter(scheme__facet=facet).exclude(scheme__code=scheme)
    return dict(others.values_list("code", "scheme__label"))


def _header_changes(scheme: SchemeFacts) -> bool:
    same = scheme_facts(Scheme.objects.filter(code=scheme.code, edition=scheme.edition))
    return not same or replace(same[0], terms=()) != replace(scheme, terms=())


@transaction.atomic
def add_open_term(
    *, scheme: str, label: str, now: datetime, actor: int | None, record: Recorder = nothing
) -> VocabularyTerm:
    """The term that this writing names in an open vocabulary; if none, it is added « à vérifier ».

    Raises `Refusal` when the vocabulary is not open, when the label is too long or has no letter.
    """
    _lock()
    edition = _open_edition(scheme)
    label = _checked(label)
    known = Alias.objects.filter(scheme=edition, folded=fold(label)).select_related("term").first()
    if known:
        return _as_term(scheme, known.term)
    (term,) = _add(edition, [label])
    _noted("reference.add", term, now=now, actor=actor, record=record)
    return _as_term(scheme, term)


@transaction.atomic
def add_open_terms(*, words: Sequence[tuple[str, str]]) -> list[VocabularyTerm]:
    """`add_open_term` for many (vocabulary, label) at once; the terms that were not there yet, in
    the order of their words. The caller notes them.

    Raises `Refusal` like it, before anything is written.
    """
    _lock()
    labels = {(scheme, fold(label)): _checked(label) for scheme, label in reversed(words)}
    added: dict[tuple[str, str], Term] = {}
    for scheme in sorted({scheme for scheme, _ in words}):
        edition = _open_edition(scheme)
        known = set(Alias.objects.filter(scheme=edition).values_list("folded", flat=True))
        asked = dict.fromkeys(fold(label) for one, label in words if one == scheme)
        missing = [labels[scheme, folded] for folded in asked if folded not in known]
        added |= {(scheme, fold(term.label)): term for term in _add(edition, missing)}
    keys = dict.fromkeys((scheme, fold(label)) for scheme, label in words)
    terms = [added[key] for key in keys if key in added]
    _changed_by(("reference.add", _subject(term), [{}, {}, term.label]) for term in terms)
    return [_as_term(term.scheme.code, term) for term in terms]


def _checked(label: str) -> str:
    label = " ".join(label.split())
    if not fold(label) or len(label) > LABEL_MAX:
        raise Refusal(
            f"Mot « {label[:60]} » : il faut au moins une lettre, et {LABEL_MAX} signes au plus."
        )
    return label


def _open_edition(scheme: str) -> Scheme:
    found = Scheme.objects.filter(code=scheme, is_open=True)
    edition = found.order_by(F("valid_from").desc(nulls_last=True), "-pk").first()
    if edition is None:
        raise Refusal(f"Le référentiel « {scheme} » n’est pas ouvert à des mots nouveaux.")
    return edition


def _add(edition: Scheme, labels: Sequence[str]) -> list[Term]:
    """New terms of this edition, which has none of these writings, « à vérifier »."""
    taken = set(Term.objects.filter(scheme=edition).values_list("code", flat=True))
    taken |= set(_codes_taken(edition.code, edition.facet))
    last = Term.objects.filter(scheme=edition).order_by("-rank", "-pk").first()
    terms = []
    for rank, label in enumerate(labels, (last.rank if last else 0) + 1):
        code = free_code(label, prefix=edition.prefix, taken=taken)
        taken.add(code)
        terms.append(
            Term(
                scheme=edition,
                code=code,
                label=label,
                status=Status.CURRENT,
                rank=rank,
                source=ADDED,
                needs_review=True,
            )
        )
    Term.objects.bulk_create(terms)
    Alias.objects.bulk_create(
        Alias(scheme=edition, term=term, text=term.label, folded=fold(term.label)) for term in terms
    )
    return terms


@transaction.atomic
def merge_terms(
    *, term: int, into: int, now: datetime, actor: int | None, record: Recorder = nothing
) -> None:
    """Says that a term is another writing of `into`: it gives its writings and is ended.

    Its code still leads to the other. Raises `Unknown`, or `Refusal` when they cannot be one.
    """
    _lock()
    merged, kept = _term(term), _term(into)
    if reasons := _cannot_merge(merged, kept):
        raise Refusal(*reasons)
    day = now.astimezone(PARIS).date()
    Alias.objects.filter(term=merged).update(term=kept)
    Term.objects.filter(replaced_by=merged).update(replaced_by=kept)
    merged.replaced_by, merged.status, merged.needs_review = kept, Status.FORMER, False
    merged.valid_to = max(day, merged.valid_from or day)
    merged.save(update_fields=["replaced_by", "status", "needs_review", "valid_to"])
    more = {"into": kept.code}
    _noted("reference.merge", merged, now=now, actor=actor, record=record, after=more)


def _cannot_merge(merged: Term, kept: Term) -> list[str]:
    reasons = []
    if merged.scheme_id != kept.scheme_id:
        reasons.append("Les deux mots ne sont pas dans la même édition d’un référentiel.")
    if merged.pk == kept.pk:
        reasons.append(f"« {merged.label} » est déjà lui-même.")
    if merged.replaced_by_id:
        reasons.append(f"« {merged.label} » est déjà rapproché d’un autre mot.")
    if not merged.scheme.is_open:
        reasons.append(f"« {merged.scheme.label} » n’est pas ouvert : ses termes sont officiels.")
    if kept.status != Status.CURRENT:
        reasons.append(f"« {kept.label} » n’est pas un terme en usage.")
    return reasons


@transaction.atomic
def separate_term(
    *, term: int, now: datetime, actor: int | None, record: Recorder = nothing
) -> None:
    """Undoes a merge: the term is in use again, with its own label for only writing."""
    _lock()
    parted = _term(term)
    if parted.replaced_by is None:
        raise Refusal(f"« {parted.label} » n’est rapproché d’aucun mot.")
    before = {"into": parted.replaced_by.code}
    own = Alias.objects.filter(scheme=parted.scheme, folded=fold(parted.label))
    own.update(term=parted)
    parted.replaced_by, parted.status, parted.valid_to = None, Status.CURRENT, None
    parted.save(update_fields=["replaced_by", "status", "valid_to"])
    _noted("reference.separate", parted, now=now, actor=actor, record=record, before=before)


@transaction.atomic
def confirm_term(
    *, term: int, now: datetime, actor: int | None, record: Recorder = nothing
) -> None:
    """Says that a word that arrived by a load is a term of its own."""
    _lock()
    confirmed = _term(term)
    confirmed.needs_review = False
    confirmed.save(update_fields=["needs_review"])
    _noted("reference.confirm", confirmed, now=now, actor=actor, record=record)


@transaction.atomic
def add_alias(
    *, term: int, text: str, now: datetime, actor: int | None, record: Recorder = nothing
) -> None:
    """Adds a writing to a term. Raises `Refusal` when it already names another."""
    _lock()
    named = _term(term)
    text, folded = " ".join(text.split()), fold(text)
    if not folded or len(text) > LABEL_MAX:
        raise Refusal(f"Écriture « {text[:60]} » : il faut au moins une lettre.")
    known = Alias.objects.filter(scheme=named.scheme, folded=folded).select_related("term").first()
    if known and known.term_id != named.pk:
        raise Refusal(f"« {text} » désigne déjà « {known.term.label} ».")
    if known is None:
        Alias.objects.create(scheme=named.scheme, term=named, text=text, folded=folded)
        after = {"writing": hashlib.sha256(folded.encode()).hexdigest()}
        _noted("reference.alias", named, now=now, actor=actor, record=record, after=after)


def _term(key: int) -> Term:
    found = Term.objects.select_related("scheme", "replaced_by").filter(pk=key).first()
    if found is None:
        raise Unknown(f"Aucun terme ne porte la clé « {key} ».")
    return found


def _as_term(scheme: str, term: Term) -> VocabularyTerm:
    return VocabularyTerm(scheme, term.code, term.label, term.uri)


def _noted(
    verb: str,
    term: Term,
    *,
    now: datetime,
    actor: int | None,
    record: Recorder,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    subject = _subject(term)
    _changed(verb, subject, [dict(before or {}), dict(after or {}), term.label])
    record(actor=actor, verb=verb, subject=subject, now=now, before=before, after=after)


def _subject(term: Term) -> str:
    return f"term:{term.scheme.code}.{term.scheme.edition}/{term.code}"


def _lock() -> None:
    """One change at a time: two loads must not add the same word twice."""
    Version.objects.get_or_create(pk=1)
    Version.objects.select_for_update().get(pk=1)


def _changed(verb: str, subject: str, content: object) -> None:
    """Tells the kept snapshots that the vocabularies have changed."""
    _changed_by([(verb, subject, content)])


def _changed_by(changes: Iterable[tuple[str, str, object]]) -> None:
    version = Version.objects.get(pk=1)
    for verb, subject, content in changes:
        text = json.dumps(
            [version.digest, verb, subject, content], default=repr, ensure_ascii=False
        )
        version.number += 1
        version.digest = hashlib.sha256(text.encode()).hexdigest()
    version.save(update_fields=["number", "digest"])
