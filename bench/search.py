"""The search engine of the catalogue, beside bare tantivy asked the same on the same notices.

CPU of one process, no cache of answers, seven facets counted each time; the queries are of one to
three words drawn as people write. The peer indexes the same texts and counts each facet by its own
terms aggregation over a list of values. Goals for ten thousand notices: 2 ms (p95), 6 ms for
everything; for a million: 30 and 60 ms, and at most 1.2 times the peer.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from bench import _corpus
from traam.catalogue.search import Engine, Request, words
from traam.catalogue.search.documents import facet_terms
from traam.catalogue.search.proposals import Dictionary, edits
from traam.catalogue.search.source import Entry, Mark
from traam.catalogue.search.vocabulary import Wordings

FACETS = ("discipline", "niveau", "academie", "annee", "theme", "competence", "outil")
NOTICES = 10_000
MANY = 1_000_000
QUERIES = 300
QUERIES_MANY = 100
ROUNDS = 5  # each text is asked so many times: what the machine does beside is left out
TYPOS = 300
_HEAP = 256_000_000  # bytes
_AGGREGATIONS = {name: {"terms": {"field": name, "size": 100}} for name in FACETS}


class _Corpus:
    """The made-up notices, as an index reads them."""

    def __init__(self, count: int) -> None:
        self.count = count

    def last(self) -> Mark:
        return Mark(self.count, "bench")

    def around(self, sequence: int) -> tuple[Mark, ...]:
        return tuple(mark for mark in (self.last(),) if mark.sequence >= sequence)

    def current(self, after: int) -> Iterator[Entry]:
        for number, (ark, record) in enumerate(_corpus.records(self.count), 1):
            if number > after:
                yield Entry(number, ark, record)


class _Bare:
    """tantivy with nothing around it: one text field, a list of values for each facet."""

    def __init__(self, folder: Path, count: int) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("title", tokenizer_name="stem", index_option="position")
        builder.add_text_field("text", tokenizer_name="stem", index_option="position")
        builder.add_text_field("data", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_unsigned_field("year", fast=True)
        for name in FACETS:
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        self.index = tantivy.Index(builder.build(), str(folder))
        self.index.register_tokenizer("stem", words.analyzer(stem=True))
        self.index.config_reader("manual")
        writer = self.index.writer(_HEAP, 1)
        for ark, record in _corpus.records(count):
            document = tantivy.Document()
            document.add_text("title", record.title)
            document.add_text("text", f"{record.title}\n{record.summary}")
            document.add_text("data", ark)
            document.add_unsigned("year", int(record.years[0][:4]))
            for name, terms in facet_terms(record, {}).items():
                if name in FACETS:
                    document.extend({name: list(terms)}, None)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def search(self, text: str) -> None:
        """Twenty results, their stored data, the seven counts."""
        query = self._query(text)
        if text:
            found = self.searcher.search(query, 20, count=True)
        else:
            found = self.searcher.search(query, 20, count=True, order_by_field="year")
        for _, address in found.hits:
            self.searcher.doc(address)
        self.searcher.aggregate(query, _AGGREGATIONS)

    def _query(self, text: str) -> Query:
        stems = words.stems(text)
        if not stems:
            return Query.all_query()
        schema = self.index.schema
        return Query.boolean_query(
            [(Occur.Must, Query.term_query(schema, "text", stem, "freq")) for stem in stems]
            + [(Occur.Should, Query.term_query(schema, "title", stem, "freq")) for stem in stems]
        )


def run(*, large: bool) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="traam-bench-search-") as folder:
        figures = _figures(Path(folder), NOTICES, QUERIES) | _typos(Path(folder))
    if large:
        with tempfile.TemporaryDirectory(prefix="traam-bench-search-") as folder:
            figures |= _figures(Path(folder), MANY, QUERIES_MANY)
    return figures


def _engine(folder: Path, count: int) -> Engine:
    return Engine(
        root=folder / "ours",
        source=_Corpus(count),
        wordings=Wordings,
        clock=lambda: 0.0,
        cache=0,
    )


def _figures(folder: Path, count: int, queries: int) -> dict[str, float]:
    engine = _engine(folder, count)
    start = time.perf_counter()
    engine.follow()
    built = time.perf_counter() - start
    (folder / "bare").mkdir()
    bare = _Bare(folder / "bare", count)
    asked = _queries(queries)

    def ours(text: str) -> None:
        engine.search(Request(text=text, counted=FACETS))

    (own, theirs) = _alternately((ours, bare.search), asked)
    (own_all, theirs_all) = _alternately((ours, bare.search), [""] * (queries // 5))
    name = f"{count:_} notices"
    return {
        f"{name}, 1 to 3 words, p50, ms": _share(own, 50),
        f"{name}, 1 to 3 words, p95, ms": _share(own, 95),
        f"{name}, everything, p50, ms": _share(own_all, 50),
        f"{name}, everything, p95, ms": _share(own_all, 95),
        f"{name}, bare, 1 to 3 words, p50, ms": _share(theirs, 50),
        f"{name}, bare, 1 to 3 words, p95, ms": _share(theirs, 95),
        f"{name}, bare, everything, p50, ms": _share(theirs_all, 50),
        f"{name}, bare, everything, p95, ms": _share(theirs_all, 95),
        f"{name}, 1 to 3 words / bare, p95": round(_share(own, 95) / _share(theirs, 95), 2),
        f"{name}, everything / bare, p95": round(_share(own_all, 95) / _share(theirs_all, 95), 2),
        f"{name}, built in, s": round(built, 1),
    }


def _queries(count: int) -> list[str]:
    """Texts of one to three words of the notices, the frequent ones more often."""
    draw = random.Random("queries")
    return [_corpus.phrase(draw, 1 + number % 3) for number in range(count)]


def _alternately(
    searches: Sequence[Callable[[str], None]], texts: Sequence[str]
) -> tuple[list[float], ...]:
    """Milliseconds of CPU of each search for each text, the median of the rounds; in turn, so that
    both meet the same noise. The first texts are asked before, to open what opens once."""
    for search in searches:
        for text in texts[:10]:
            search(text)
    spent: list[list[list[float]]] = [[[] for _ in texts] for _ in searches]
    for _ in range(ROUNDS):
        for place, text in enumerate(texts):
            for search, times in zip(searches, spent, strict=True):
                start = time.thread_time()
                search(text)
                times[place].append(1000 * (time.thread_time() - start))
    return tuple([statistics.median(one) for one in times] for times in spent)


def _share(times: Sequence[float], percent: int) -> float:
    return round(statistics.quantiles(times, n=100)[percent - 1], 3)


def _typos(folder: Path) -> dict[str, float]:
    """Misspelt words: is the right one the first proposed? And would fuzzy terms find it first?"""
    engine = _engine(folder, NOTICES)
    engine.search(Request())
    searcher = engine.view.searcher
    spellings = searcher.terms_with_prefix("spelling", "")
    dictionary = Dictionary()
    start = time.thread_time()
    dictionary.learn(spellings)
    learnt = time.thread_time() - start
    known = [word for word, _ in spellings if len(word) >= 5 and word.isalpha()]
    typos = list(_misspelt(random.Random("typos"), known, dictionary))
    right, spent = _tried(lambda typo: dictionary.corrections(typo)[:1], typos)
    fuzzy = _Fuzzy(engine.view.index.schema, searcher)
    fuzzy_right, fuzzy_spent = _tried(fuzzy.corrections, typos)
    return {
        "dictionary, right first, of 100": right,
        "dictionary, one look-up, ms": spent,
        "dictionary, built in, ms": round(1000 * learnt, 1),
        "fuzzy terms, right first, of 100": fuzzy_right,
        "fuzzy terms, one look-up, ms": fuzzy_spent,
    }


class _Fuzzy:
    """The engine's fuzzy terms, which give notices: the closest word of the first one is kept."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self.schema = schema
        self.searcher = searcher

    def corrections(self, typo: str) -> list[str]:
        for distance in (1, 2):
            query = Query.fuzzy_term_query(self.schema, "words", typo, distance)
            for _, address in self.searcher.search(query, 1, count=False).hits:
                line = self.searcher.doc(address).get_first("data") or b""
                return sorted(words.folded(line.decode()), key=lambda one: _far(typo, one))[:1]
        return []


def _far(typo: str, word: str) -> tuple[int, str]:
    return edits(typo, word), word


def _misspelt(
    draw: random.Random, known: Sequence[str], dictionary: Dictionary
) -> Iterator[tuple[str, str]]:
    """Pairs (typo, word): letters doubled, left out, swapped, changed, or written as heard."""
    changes: tuple[Callable[[str, int], str], ...] = (
        lambda word, at: word[:at] + word[at] + word[at:],
        lambda word, at: word[:at] + word[at + 1 :],
        lambda word, at: word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
        lambda word, at: word[:at] + draw.choice("aeiourstnl") + word[at + 1 :],
        lambda word, _: word.replace("qu", "k").replace("ph", "f").replace("eau", "o"),
    )
    made = 0
    while made < TYPOS:
        word = "".join(words.folded(draw.choice(known)))
        typo = draw.choice(changes)(word, draw.randrange(1, len(word)))
        if typo != word and typo not in dictionary:
            made += 1
            yield typo, word


def _tried(
    correct: Callable[[str], list[str]], typos: Sequence[tuple[str, str]]
) -> tuple[float, float]:
    """Of a hundred, how many are right; milliseconds of CPU for one."""
    start = time.thread_time()
    answers = [correct(typo) for typo, _ in typos]
    spent = 1000 * (time.thread_time() - start) / len(typos)
    right = sum(
        "".join(words.folded("".join(answer[:1]))) == word
        for answer, (_, word) in zip(answers, typos, strict=True)
    )
    return round(100 * right / len(typos), 1), round(spent, 4)
