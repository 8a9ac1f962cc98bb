"""Whether two titles name the same theme: titles are often approximate in what was kept.

« S'informer dans le monde du numérique (2016-2018) » is the theme « … (2016-2018, année 1) »;
« … dans le cadre d'un EPI » is « … d'un enseignement pratique interdisciplinaire ».
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from traam.campaigns.rules.years import Years
from traam.kit.labels import Labelled

Words = tuple[str, ...]

# Written in capitals only: « ses » and « ia » are words or endings too.
_ABBREVIATIONS = {
    "EMI": "éducation aux médias et à l'information",
    "EPI": "enseignement pratique interdisciplinaire",
    "EPS": "éducation physique et sportive",
    "IA": "intelligence artificielle",
    "SES": "sciences économiques et sociales",
    "SVT": "sciences de la vie et de la terre",
    "TICE": "technologies de l'information et de la communication pour l'enseignement",
}
_EMPTY = frozenset(
    (
        *("a", "au", "aux", "avec", "ce", "ces", "d", "dans", "de", "des", "du", "en", "est"),
        *("et", "l", "la", "le", "les", "ou", "par", "pour", "qu", "que", "s", "sur", "un", "une"),
    )
)
PREFIX_MIN = 2  # words that say something
INSIDE_MIN = 3


class Likeness(Labelled):
    """How two titles resemble each other, the surest first."""

    EQUAL = "equal", "même titre"
    BEGINNING = "beginning", "début de titre"
    INSIDE = "inside", "partie de titre"


def words_of(title: str) -> Words:
    """The words of a title: no accents, parentheses, years nor final « s »; abbreviations spelt."""
    text = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", title)
    text = re.sub(r"\b[A-Z]{2,}\b", lambda found: _ABBREVIATIONS.get(found[0], found[0]), text)
    text = re.sub(r"\b\d{4}\s*[-/–]\s*\d{2,4}\b", " ", text)
    text = text.lower().replace("œ", "oe").replace("æ", "ae")
    text = unicodedata.normalize("NFKD", text)
    plain = "".join(character for character in text if not unicodedata.combining(character))
    return tuple(_singular(word) for word in re.findall(r"[a-z0-9]+", plain))


def _singular(word: str) -> str:
    plural = len(word) > 3 and word.endswith(("s", "x")) and word not in _EMPTY
    return word[:-1] if plural else word


def _weight(words: Words) -> int:
    return sum(word not in _EMPTY for word in words)


def likeness(one: Words, other: Words) -> Likeness | None:
    """How these titles resemble each other; None when they do not, or when one is empty."""
    if not one or not other:
        return None
    if one == other:
        return Likeness.EQUAL
    short, long = sorted((one, other), key=len)
    if long[: len(short)] == short and _weight(short) >= PREFIX_MIN:
        return Likeness.BEGINNING
    starts = range(len(long) - len(short) + 1)
    if _weight(short) >= INSIDE_MIN and any(long[i : i + len(short)] == short for i in starts):
        return Likeness.INSIDE
    return None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A theme that a title may name."""

    code: str
    words: Words
    years: Years
    disciplines: frozenset[str]  # codes


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a production says of its theme."""

    words: Words
    years: Years
    disciplines: frozenset[str]


def matches(wanted: Wanted, candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """The codes of the themes that this may be: one when it is certain, none, or several.

    Same years (or a campaign that covers them), a discipline in common, and the surest likeness
    that any theme has.
    """
    possible = [one for one in candidates if one.years.covers(wanted.years)]
    found = [
        (likeness(wanted.words, one.words), one.code)
        for one in possible
        if _share(wanted.disciplines, one.disciplines)
    ]
    for level in Likeness:
        codes = tuple(code for alike, code in found if alike is level)
        if codes:
            return codes
    return ()


def _share(one: Collection[str], other: Collection[str]) -> bool:
    return not set(one).isdisjoint(other)
