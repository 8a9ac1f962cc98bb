"""The CPU of a search page and of a notice, beside a bare Django « hello » on the same server.

Goals: a search page at most 4 times the hello, a notice at most 3.5 times. Every search asked is
different, so that no cache of answers helps; rounds alternate, and medians are kept.
"""

import statistics
from itertools import product

from bench import _corpus
from bench._servers import serving

ROUNDS = 7
REQUESTS = 300  # a round
NOTICES = 10_000


def run(*, large: bool) -> dict[str, float]:
    arks = _corpus.fill(NOTICES)
    words = _corpus.WORDS
    asked = [f"/catalogue/?q={a}+{b}" for a, b in product(words, words) if a != b]
    searches = [asked[i : i + REQUESTS] for i in range(0, ROUNDS * REQUESTS, REQUESTS)]
    notices = [f"/catalogue/{ark}/" for ark in arks[:REQUESTS]]
    with (
        serving("bench.hello:application", "/", HELLO="1") as hello,
        serving("traam.config.wsgi:application", "/sante/vivant") as ours,
    ):
        for warm in (["/"] * 200, ["/catalogue/?q=classe"] * 50, notices[:50]):
            (hello if warm[0] == "/" else ours).cpu(warm)
        rounds = [
            (hello.cpu(["/"] * REQUESTS * 3), ours.cpu(search), ours.cpu(notices), ours.cpu(["/"] * 50))
            for search in searches
        ]
    floor, search, notice, home = (statistics.median(column) for column in zip(*rounds, strict=True))
    return {
        "hello, ms of CPU": round(1000 * floor, 3),
        "search page, ms of CPU": round(1000 * search, 3),
        "notice, ms of CPU": round(1000 * notice, 3),
        "home, ms of CPU": round(1000 * home, 3),
        "search page / hello (goal 4)": round(search / floor, 2),
        "notice / hello (goal 3.5)": round(notice / floor, 2),
    }
