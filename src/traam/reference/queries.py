"""What the screens and the other parts read of the vocabularies."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from django.db.models import Count, Prefetch, Q, QuerySet

from traam.kit.compiled import Compiled
from traam.kit.once import once_a_page
from traam.reference import files
from traam.reference.models import Academy, Alias, Scheme, Term, Version
from traam.reference.rules import Holidays, SchemeFacts, TermFacts, Vocabulary, fold

_kept: Vocabulary | None = None
_VERSION = Compiled(lambda: Version.objects.order_by("pk").values_list("digest")[:1])


@once_a_page
def vocabulary() -> Vocabulary:
    """The snapshot of every vocabulary, kept until one changes: one query while nothing does."""
    global _kept  # noqa: PLW0603 (one snapshot for the process; replaced whole, never changed)
    version = next((str(digest) for (digest,) in _VERSION.rows()), "")
    kept = _kept
    if kept is None or kept.version != version:
        kept = _kept = Vocabulary(scheme_facts(Scheme.objects.all()), version)
    return kept


@cache
def shipped_vocabulary() -> Vocabulary:
    """The snapshot of the shipped files alone, without a database."""
    return Vocabulary(tuple(each.file.scheme for each in files.shipped()), "shipped")


def holidays() -> Holidays:
    """The school holidays of every academy whose calendar is known."""
    return Holidays.of(vocabulary())


def synonyms() -> tuple[frozenset[str], ...]:
    """The sets of folded writings that the search takes as equal."""
    return vocabulary().synonyms()


def scheme_facts(schemes: QuerySet[Scheme]) -> tuple[SchemeFacts, ...]:
    """These editions as plain values, terms and writings included: four queries."""
    rows = list(schemes.order_by("code", "edition", "pk"))
    terms = list(
        Term.objects.filter(scheme__in=rows)
        .select_related("parent", "replaced_by")
        .order_by("scheme", "rank", "pk")
    )
    aliases = defaultdict(list)
    for key, text in (
        Alias.objects.filter(scheme__in=rows).order_by("pk").values_list("term", "text")
    ):
        aliases[key].append(text)
    academies = _academy_facts()
    by_scheme = defaultdict(list)
    for term in terms:
        more = academies.get(term.pk) or dict(term.facts)
        by_scheme[term.scheme_id].append(_term_facts(term, aliases[term.pk], more))
    return tuple(_facts(row, by_scheme[row.pk]) for row in rows)


def _academy_facts() -> dict[int, dict[str, object]]:
    """By term, what an academy adds, as its file writes it."""
    rows = Academy.objects.select_related("region", "successor").order_by("pk")
    return {row.term_id: academy_facts(row) for row in rows}


def academy_facts(row: Academy) -> dict[str, object]:
    """What this academy adds to its term, empty values left out: the `facts` of its file."""
    facts: dict[str, object] = {
        "kind": row.kind,
        "region": row.region.code if row.region else "",
        "departments": row.departments,
        "overseas": row.overseas,
        "successor": row.successor.code if row.successor else "",
        "former_kind": row.former_kind,
        "kind_since": row.kind_since.isoformat() if row.kind_since else "",
    }
    return {name: value for name, value in facts.items() if value}


def _facts(row: Scheme, terms: Iterable[TermFacts]) -> SchemeFacts:
    return SchemeFacts(
        code=row.code,
        edition=row.edition,
        label=row.label,
        facet=row.facet,
        prefix=row.prefix,
        is_open=row.is_open,
        source=row.source,
        licence=row.licence,
        uri=row.uri,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        note=row.note,
        terms=tuple(terms),
    )


def _term_facts(row: Term, texts: Iterable[str], facts: dict[str, object]) -> TermFacts:
    own = fold(row.label)
    return TermFacts(
        code=row.code,
        label=row.label,
        parent=row.parent.code if row.parent else "",
        uri=row.uri,
        official=row.official,
        status=row.status,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        rank=row.rank,
        source=row.source,
        note=row.note,
        needs_review=row.needs_review,
        replaced_by=row.replaced_by.code if row.replaced_by else "",
        facts=facts,
        aliases=tuple(text for text in texts if fold(text) != own),
    )


# -- for the screens


def schemes_for_list() -> QuerySet[Scheme]:
    """Every edition, with how many terms it has and how many await a look."""
    return Scheme.objects.annotate(
        term_count=Count("terms"),
        review_count=Count("terms", filter=Q(terms__needs_review=True)),
    ).order_by("label", "edition", "pk")


def terms_for_list(*, scheme: Scheme, words: str, to_review: bool) -> QuerySet[Term]:
    """The terms of an edition, in order, with their writings: those whose code or writing holds
    the words, or those that await a look."""
    terms = Term.objects.filter(scheme=scheme)
    if to_review:
        terms = terms.filter(needs_review=True)
    if folded := fold(words):
        written = Alias.objects.filter(scheme=scheme, folded__contains=folded).values("term")
        terms = terms.filter(Q(pk__in=written) | Q(code__icontains=words.strip()))
    writings = Prefetch("aliases", queryset=Alias.objects.order_by("pk"))
    return (
        terms.select_related("parent", "replaced_by")
        .prefetch_related(writings)
        .order_by("rank", "pk")
    )


def term_for_page(key: int) -> Term | None:
    """The term with its edition, its parent and what replaced it."""
    around = Term.objects.select_related("scheme", "parent", "replaced_by")
    return around.filter(pk=key).first()


def other_writings(term: Term) -> list[str]:
    """The writings of the term beside its label, oldest first."""
    texts = Alias.objects.filter(term=term).order_by("pk").values_list("text", flat=True)
    return [text for text in texts if fold(text) != fold(term.label)]


def named_in(*, scheme: Scheme, text: str) -> Term | None:
    """The term of this edition that a writing, or a code, names."""
    written = Alias.objects.filter(scheme=scheme, folded=fold(text)).select_related("term").first()
    if written:
        return written.term
    return Term.objects.filter(scheme=scheme, code__iexact=text.strip()).order_by("pk").first()
