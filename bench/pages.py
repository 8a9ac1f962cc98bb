"""The CPU of a search page and of a notice, beside a bare Django « hello » on the same server.

Goals: a search page at most 4 times the hello, a notice at most 3.5 times. Every search asked is
different, so that no cache of answers helps; rounds alternate, and medians are kept.
"""

import random
import statistics
from urllib.parse import quote_plus

from bench import _corpus
from bench._servers import serving

ROUNDS = 7
REQUESTS = 300  # a round
NOTICES = 10_000


def _searches() -> list[list[str]]:
    """For each round, as many different searches of one to three words that stand in a notice."""
    draw = random.Random("pages")
    asked: dict[str, None] = {}
    for _, record in _corpus.records(NOTICES):
        words = [word for word in record.title.lower().split() if len(word) > 3]
        asked[" ".join(draw.sample(words, min(len(words), draw.randint(1, 3))))] = None
    paths = [f"/catalogue/?q={quote_plus(words)}" for words in asked if words]
    draw.shuffle(paths)
    return [paths[i : i + REQUESTS] for i in range(0, ROUNDS * REQUESTS, REQUESTS)]


def run(*, large: bool) -> dict[str, float]:
    arks = _corpus.fill(NOTICES)
    notices = [f"/catalogue/{ark}/" for ark in arks]
    same = ["/catalogue/?q=classe"] * REQUESTS
    with (
        serving("bench.hello:application", "/", HELLO="1") as hello,
        serving("traam.config.wsgi:application", "/sante/vivant") as ours,
    ):
        hello.cpu(["/"] * REQUESTS)
        ours.cpu([*same[:50], *notices[-50:]])
        rounds = [
            (
                hello.cpu(["/"] * REQUESTS * 3),
                ours.cpu(searches),
                ours.cpu(same),
                ours.cpu(notices[number * REQUESTS : (number + 1) * REQUESTS]),
                ours.cpu(notices[:100] * 3),
                ours.cpu(["/"] * 50),
            )
            for number, searches in enumerate(_searches())
        ]
    medians = [statistics.median(column) for column in zip(*rounds, strict=True)]
    floor, search, search_again, notice, notice_again, home = medians
    return {
        "hello, ms of CPU": round(1000 * floor, 3),
        "search page never asked before, ms of CPU": round(1000 * search, 3),
        "search page asked again, ms of CPU": round(1000 * search_again, 3),
        "notice never asked before, ms of CPU": round(1000 * notice, 3),
        "notice asked again, ms of CPU": round(1000 * notice_again, 3),
        "home, ms of CPU": round(1000 * home, 3),
        "search never asked before / hello (goal 4)": round(search / floor, 2),
        "search asked again / hello (goal 4)": round(search_again / floor, 2),
        "notice never asked before / hello (goal 3.5)": round(notice / floor, 2),
        "notice asked again / hello (goal 3.5)": round(notice_again / floor, 2),
    }
