"""How the fields of a production are written, and its versions kept. The doors are in `actions`.

A save leaves no line in the journal: each field keeps who wrote it last and when, and versions keep
the texts. A version is cut when another person takes the pen, when one sitting has lasted a while,
and at each act: nothing that someone else could have read is ever lost.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta

from traam.kit.clock import PARIS
from traam.productions.models import Production, ProductionTerm, ProductionVersion
from traam.productions.queries.reading import Trace, content_of, trace_of
from traam.productions.rules.contents import digest_of
from traam.productions.rules.fields import (
    DERIVED,
    LINES,
    NO_PROGRAMME,
    SCHEMES,
    TERMS,
    Value,
    lines,
)
from traam.reference.queries import vocabulary
from traam.reference.rules import Vocabulary, fold

SITTING = timedelta(minutes=5)  # one person's saves make one version within it
FREE = "libre:"  # begins the code of a word that the vocabulary does not know (yet)
CODE_MAX, LABEL_MAX = 100, 300  # characters
Term = tuple[str, str, str]  # scheme, code, label


def cut(production: Production, *, now: datetime) -> ProductionVersion | None:
    """Keep what the production says now under its present number; None where nothing was written.

    Twice is once.
    """
    if production.version == 0:
        return None
    content = content_of(production)
    last = _last_trace(production)
    made, _ = ProductionVersion.objects.get_or_create(
        production=production,
        number=production.version,
        defaults={
            "content": content,
            "digest": digest_of(content),
            "saved_at": production.changed_at,
            "saved_by_id": last.by,
        },
    )
    return made


def _last_trace(production: Production) -> Trace:
    known = [trace_of(production, field) for field in production.traces]
    return max(known, key=lambda one: one.version, default=Trace())


def cut_before(production: Production, *, person: int | None, now: datetime) -> None:
    """Before this person writes: keep what another wrote, or what a long sitting has made."""
    if production.version == 0:
        return
    last = _last_trace(production)
    kept = ProductionVersion.objects.filter(production=production).order_by("-number", "pk").first()
    since = kept.saved_at if kept else production.created_at
    if last.by != person or now - since >= SITTING:
        cut(production, now=now)


# -- one field


def write(
    production: Production,
    *,
    field: str,
    value: Value,
    person: int | None,
    key: str,
    now: datetime,
) -> int:
    """The field says this now; the version of the production, one more. `keep` saves the row."""
    production.version += 1
    trace = Trace(production.version, key, person, now.astimezone(PARIS).isoformat())
    production.traces[field] = asdict(trace)
    production.changed_at = now
    if field in TERMS:
        _write_terms(production, field, value)
    else:
        setattr(production, field, value or "")
    return production.version


def keep(production: Production, fields: Iterable[str]) -> None:
    """Save the row after these fields were written."""
    columns = [name for name in fields if name not in TERMS]
    production.save(update_fields=["version", "traces", "changed_at", *columns])


def touch(production: Production, *, now: datetime) -> None:
    """Something else than a field has changed: its files, its links; one version more."""
    production.version += 1
    production.changed_at = now
    production.save(update_fields=["version", "changed_at"])


def _write_terms(production: Production, field: str, value: Value) -> None:
    words = vocabulary()
    _replace(production, SCHEMES[field], _terms(words, field, value))
    if field == "levels":
        _replace(production, DERIVED, _derived(words, value or []))
    production._prefetched_objects_cache.pop("terms", None)  # type: ignore[attr-defined]


def _replace(production: Production, schemes: Iterable[str], terms: Iterable[Term]) -> None:
    ProductionTerm.objects.filter(production=production, scheme__in=list(schemes)).delete()
    ProductionTerm.objects.bulk_create(
        ProductionTerm(production=production, scheme=scheme, code=code, label=label)
        for scheme, code, label in dict.fromkeys(terms)
    )


def _terms(words: Vocabulary, field: str, value: Value) -> list[Term]:
    if field in LINES:
        return _free(words, SCHEMES[field][0], lines(str(value or "")))
    found = []
    for code in value or []:
        if field == "programmes" and code == NO_PROGRAMME[0]:
            found.append((field, *NO_PROGRAMME))
            continue
        for scheme in SCHEMES[field]:
            if term := words.term(scheme=scheme, code=code):
                found.append((scheme, term.code, term.label))
                break
    return found


def _free(words: Vocabulary, scheme: str, typed: list[str]) -> list[Term]:
    """The words that the vocabulary knows, under their codes; the others as they were typed."""
    found: dict[str, Term] = {}
    for word in typed:
        reading = words.tools([word]) if scheme == "tools" else words.competences([word])
        known = next((one for one in reading.terms if one.scheme == scheme), None)
        code = known.code if known else f"{FREE}{fold(word)}"[:CODE_MAX]
        found.setdefault(code, (scheme, code, word[:LABEL_MAX]))
    return list(found.values())


def _derived(words: Vocabulary, codes: Iterable[str]) -> list[Term]:
    """The cycles and the types of school of these levels."""
    terms = [words.term(scheme="levels", code=code) for code in codes]
    audience = words.audience([one.label for one in terms if one])
    return [(one.scheme, one.code, one.label) for one in (*audience.cycles, *audience.school_types)]
