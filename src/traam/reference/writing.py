"""Writing what a plan decided: a few statements for a whole vocabulary, whatever its size."""

from collections.abc import Iterable
from datetime import date, datetime

from traam.reference.models import Academy, Alias, Region, Scheme, Term
from traam.reference.rules import SchemeFacts, TermFacts, fold
from traam.reference.rules.changes import Plan

_FIELDS = ("label", "uri", "official", "status", "valid_from", "valid_to", "rank", "source", "note")
_WRITTEN = (*_FIELDS, "needs_review", "facts")


def write(scheme: SchemeFacts, planned: Plan, *, now: datetime) -> None:
    """Writes the edition, its terms and writings, and what académies and régions add."""
    row = _write_scheme(scheme, now=now)
    keys = _write_terms(row, planned.written)
    Alias.objects.bulk_create(
        [
            Alias(scheme=row, term_id=keys[code], text=text, folded=fold(text))
            for code, text in planned.writings
        ]
    )
    if scheme.code == "regions":
        _write_regions(planned.written, keys)
    elif scheme.code == "academies":
        _write_academies(planned.written, keys)


def _write_scheme(scheme: SchemeFacts, *, now: datetime) -> Scheme:
    names = ("label", "facet", "prefix", "is_open", "source", "licence", "uri", "note")
    values = {name: getattr(scheme, name) for name in (*names, "valid_from", "valid_to")}
    row, _ = Scheme.objects.update_or_create(
        code=scheme.code, edition=scheme.edition, defaults=values | {"changed_at": now}
    )
    return row


def _write_terms(row: Scheme, terms: Iterable[TermFacts]) -> dict[str, int]:
    """Writes the terms; returns the key of every term of the edition, by code."""
    terms = tuple(terms)
    Term.objects.bulk_create(
        [_term(row, term) for term in terms],
        update_conflicts=True,
        unique_fields=["scheme", "code"],
        update_fields=_WRITTEN,
    )
    keys = dict(Term.objects.filter(scheme=row).values_list("code", "pk"))
    # Parents come second: a parent may stand after its children in the file.
    kept = [
        Term(pk=keys[term.code], parent_id=keys[term.parent] if term.parent else None)
        for term in terms
    ]
    Term.objects.bulk_update(kept, ["parent"])
    return keys


def _term(row: Scheme, term: TermFacts) -> Term:
    values = {name: getattr(term, name) for name in (*_FIELDS, "needs_review")}
    # What an académie adds has columns of its own.
    facts = {} if row.code == "academies" else dict(term.facts)
    return Term(scheme=row, code=term.code, facts=facts, **values)


def _write_regions(terms: Iterable[TermFacts], keys: dict[str, int]) -> None:
    Region.objects.bulk_create(
        [
            Region(
                term_id=keys[term.code],
                code=term.code,
                name=term.label,
                valid_from=term.valid_from,
                valid_to=term.valid_to,
            )
            for term in terms
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "valid_from", "valid_to"],
    )


def _write_academies(terms: Iterable[TermFacts], keys: dict[str, int]) -> None:
    terms = tuple(terms)
    regions = dict(Region.objects.values_list("code", "pk"))
    rows = [_academy(term, keys[term.code], regions) for term in terms]
    names = [each.name for each in Academy._meta.concrete_fields]
    kept = {"id", "term", "code"}
    Academy.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[name for name in names if name not in kept],
    )
    codes = dict(Academy.objects.values_list("code", "pk"))
    followed = [
        Academy(pk=codes[term.code], successor_id=codes.get(str(term.facts.get("successor", ""))))
        for term in terms
    ]
    Academy.objects.bulk_update(followed, ["successor"])


def _academy(term: TermFacts, key: int, regions: dict[str, int]) -> Academy:
    facts = term.facts
    since = facts.get("kind_since")
    return Academy(
        term_id=key,
        code=term.code,
        name=term.label,
        kind=facts["kind"],
        former_kind=facts.get("former_kind", ""),
        kind_since=date.fromisoformat(since) if since else None,
        region_id=regions.get(str(facts.get("region", ""))),
        departments=list(facts.get("departments", ())),
        overseas=bool(facts.get("overseas", False)),
        valid_from=term.valid_from,
        valid_to=term.valid_to,
        source=term.source,
        note=term.note,
    )
