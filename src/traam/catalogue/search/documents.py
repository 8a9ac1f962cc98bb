"""The schema of the index, and what a notice becomes in it."""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import tantivy

from traam.catalogue.record import Record, Term, Terms
from traam.catalogue.search import words
from traam.catalogue.search.vocabulary import Successors

Labels = dict[str, dict[str, str]]  # facet → code → label
Widths = Mapping[str, int]  # facet → columns in use
Codes = Mapping[str, list[str]]  # facet → codes of one notice

NO_YEAR = Term("inconnue", "année non connue")
FACET_TERMS: dict[str, Callable[[Record], tuple[Term, ...]]] = {
    "discipline": lambda record: record.disciplines,
    "niveau": lambda record: record.levels,
    "cycle": lambda record: record.cycles,
    "academie": lambda record: record.academies,
    "annee": lambda record: tuple(Term(year, year) for year in record.years) or (NO_YEAR,),
    "theme": lambda record: (record.theme,) if record.theme else (),
    "competence": lambda record: record.competences,
    "outil": lambda record: record.tools,
    "type": lambda record: (record.kind,),
}
COLUMNS = 3  # single values are counted some twenty times faster than lists: one column for each
REST = "\x1f"  # joins, in the last column, the values that have no column of their own
_TITLE_BASE = " abcdefghijklmnopqrstuvwxyz0123456789"
_TITLE_LENGTH = 6  # characters of the title that order what bears the same year


def schema() -> tantivy.Schema:
    """Text once for the stems, once for the prefixes, once with its accents for the corrections;
    each facet once to be filtered and counted over few results, and in columns."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("ark", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("title", tokenizer_name="stem", index_option="position")
    builder.add_text_field("text", tokenizer_name="stem", index_option="position")
    builder.add_text_field("words", tokenizer_name="fold", index_option="basic")
    builder.add_text_field("spelling", tokenizer_name="lower", index_option="basic")
    builder.add_text_field("rests_on", tokenizer_name="raw", index_option="basic")
    for name in FACET_TERMS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        for number in range(COLUMNS):
            builder.add_text_field(
                column(name, number), fast=True, tokenizer_name="raw", index_option="basic"
            )
    builder.add_unsigned_field("recent", fast=True)
    builder.add_unsigned_field("ancien", fast=True)
    builder.add_text_field("titre", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("data", stored=True)
    return builder.build()


def column(facet: str, number: int) -> str:
    """The field that holds the value of this number, or nothing, of each notice."""
    return f"{facet}_{number}"


def columns(codes: Iterable[str]) -> list[str]:
    """The values as the columns hold them; `values` reads them back."""
    listed = list(codes)
    head, rest = listed[: COLUMNS - 1], listed[COLUMNS - 1 :]
    return [*head, *[""] * (COLUMNS - 1 - len(head)), REST.join(rest)]


def register(index: tantivy.Index) -> None:
    """Give an open index the analysis its schema names."""
    index.register_tokenizer("stem", words.analyzer(stem=True))
    index.register_tokenizer("fold", words.analyzer(stem=False))
    index.register_tokenizer("lower", words.analyzer(stem=False, fold=False))


def facet_terms(record: Record, successors: Successors) -> dict[str, dict[str, str]]:
    """Facet → code → label of a record; a merged academy counts for what it became too."""
    found = {
        name: {term.code: term.label for term in terms(record) if term.code}
        for name, terms in FACET_TERMS.items()
    }
    academies = found["academie"]
    waiting = list(academies)
    while waiting:
        code, label = successors.get(waiting.pop(), ("", ""))
        if code and code not in academies:
            academies[code] = label
            waiting.append(code)
    return found


def document(
    *, ark: str, record: Record, facets: Mapping[str, Mapping[str, str]]
) -> tantivy.Document:
    """The document of one notice."""
    made = tantivy.Document()
    made.add_text("ark", ark)
    made.add_text("title", words.plain(record.title))
    texts = _texts(record, facets["academie"])
    for text in texts:
        made.add_text("text", text)
    for name in ("words", "spelling"):
        made.add_text(name, "\n".join(texts))
    for source in sources(record):
        made.add_text("rests_on", source)
    for name, codes in facets.items():
        for code in codes:
            made.add_text(name, code)
        for number, value in enumerate(columns(codes)):
            made.add_text(column(name, number), value)
    key = words.sort_key(record.title)
    year = min((int(year[:4]) for year in record.years if year[:4].isdecimal()), default=0)
    made.add_unsigned("recent", _rank(year, -_title_number(key), ark))
    made.add_unsigned("ancien", _rank(year or 9999, _title_number(key), ark))
    made.add_text("titre", f"{key}\x00{ark}")
    carried: Codes = {name: list(found) for name, found in facets.items() if found}
    made.add_bytes("data", json.dumps([line(ark, record), carried], ensure_ascii=False).encode())
    return made


def sources(record: Record) -> Iterator[str]:
    """What a notice rests on: the notices that it takes up, the theme of a synthesis written here.
    Never the productions that its classes tried: no public page names those."""
    yield from (notice_source(one.code) for one in record.based_on)
    if record.synthesis is not None and record.theme is not None:
        yield theme_source(record.theme.code)


def notice_source(ark: str) -> str:
    """This notice, as what rests on it names it."""
    return f"notice:{ark}"


def theme_source(code: str) -> str:
    """The trials of this theme, as what rests on them names them."""
    return f"theme:{code}"


def line(ark: str, record: Record) -> dict[str, Any]:
    """What a result line shows."""
    return {
        "ark": ark,
        "title": record.title,
        "title_is_exact": record.title_is_exact,
        "certainty": record.certainty,
        "kind": record.kind.label,
        "academies": [term.label for term in record.academies],
        "disciplines": [term.label for term in record.disciplines],
        "level": record.level_text
        or ", ".join(term.label for term in record.levels or _cycles_of_synthesis(record)),
        "year": record.year_text or ", ".join(record.years),
        "summary": record.summary,
        "is_demonstration": record.is_demonstration,
        "is_archive": record.is_archive,
    }


def _cycles_of_synthesis(record: Record) -> Terms:
    """What a synthesis says of its classes; a production tells its levels."""
    return record.cycles if record.synthesis is not None else ()


def shown(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> tuple[dict[str, Any], Codes]:
    """Of a document found, its result line (what `line` made) and the codes of its facets."""
    data, codes = json.loads(bytes(searcher.doc(address).get_first("data") or b"").decode())
    return data, codes


def _texts(record: Record, academies: Mapping[str, str]) -> list[str]:
    """The searched texts, each its own value so that no phrase runs over two of them."""
    text = "\n".join(dict.fromkeys(filter(None, _raw_texts(record, academies))))
    found = words.plain(text).split("\n")
    compounds = words.joined(text)
    return [*found, compounds] if compounds else found


def _raw_texts(record: Record, academies: Mapping[str, str]) -> Iterator[str]:
    yield from (record.title, record.summary, record.theme_text, record.note, record.kind.label)
    yield from (record.discipline_text, record.level_text, record.year_text, *record.years)
    yield record.theme.label if record.theme else ""
    yield from (one.text for one in record.sections)
    yield from record.synthesis.texts() if record.synthesis else ()
    yield from academies.values()
    for terms in (
        *(record.disciplines, record.levels, record.cycles, record.school_types),
        *(record.competences, record.tools, record.programmes, record.dispositifs),
        record.keywords,
    ):
        yield from (term.label for term in terms)


def _title_number(key: str) -> int:
    """The first characters of a title as a number that sorts as they do."""
    number = 0
    for character in key[:_TITLE_LENGTH].ljust(_TITLE_LENGTH):
        number = number * len(_TITLE_BASE) + max(0, _TITLE_BASE.find(character))
    return number


def _rank(year: int, title: int, ark: str) -> int:
    """Year, then title (negative: reversed), then the ARK, in 63 bits."""
    within = title % 2**32
    return (min(year, 9999) << 49) | (within << 17) | (zlib.crc32(ark.encode()) & 0x1FFFF)
