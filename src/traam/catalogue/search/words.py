"""French for the search: what a word becomes in the index, and how a query is read. Pure but for
the stemmer; nothing here knows the schema.

Accents fall before the stem (« élève » and « eleve » are one word); elided articles fall; hyphens
part words, and the joined word is found too.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import tantivy

WORDS_MAX = 24  # words read in a query
_APOSTROPHES = re.compile("[’ʼ‘´]")
_ELISION = re.compile(r"(?<!\w)(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\w)", re.I)
_TODAY = re.compile(r"\baujourd'hui\b", re.I)
_ORDINAL = re.compile(r"(\d+)(?:(n?de)|([eè]re)|([eè]me|è))\b", re.I)
_COMPOUND = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)+")
_HYPHENS = re.compile(r"[-‐‑]")
_PART = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_QUOTES = str.maketrans({"«": '"', "»": '"', "“": '"', "”": '"', "„": '"'})
_STOPPED = (
    "a au aux avec ce ces cet cette dans de des du elle en est et eux il ils je la le les leur "
    "leurs lui ma mais me mes moi mon ne nos notre nous on ont ou par pas pour qu que qui sa se "
    "ses son sont sur ta te tes toi ton tu un une vos votre vous y c d j l m n s t"
)
STOPWORDS = frozenset(_STOPPED.split())


def analyzer(*, stem: bool, fold: bool = True) -> tantivy.TextAnalyzer:
    """The engine's side of the analysis, given what `plain` gave."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    builder = builder.filter(tantivy.Filter.remove_long(80)).filter(tantivy.Filter.lowercase())
    if fold:
        builder = builder.filter(tantivy.Filter.ascii_fold())
    if stem:
        builder = builder.filter(tantivy.Filter.stemmer("french"))
    return builder.build()


_STEM = analyzer(stem=True)
_FOLD = analyzer(stem=False)


def plain(text: str) -> str:
    """Composed text, elisions removed, « 1ère », « 2nde » and « 3ème » as « 1re », « 2de », « 3e ».

    The same for what is indexed and for what is asked.
    """
    text = _straight(text)
    if "'" in text:
        text = _ELISION.sub(" ", text)
        text = _TODAY.sub("aujourdhui", text) if "'hui" in text.lower() else text
    return _ORDINAL.sub(_ordinal, text)


def _straight(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).replace("\xad", "")
    return _APOSTROPHES.sub("'", text)


def _ordinal(match: re.Match[str]) -> str:
    number, second, first, _ = match.groups()
    return number + ("de" if second else "re" if first else "e")


def joined(text: str) -> str:
    """The compounds of a text written as one word: « sous-titrage » gives « soustitrage »."""
    hyphened = [word for word in text.split() if _HYPHENS.search(word)]
    found = [one for word in hyphened for one in _COMPOUND.findall(word)]
    return " ".join(_HYPHENS.sub("", compound) for compound in found)


@lru_cache(maxsize=20_000)
def stems(text: str) -> tuple[str, ...]:
    """The stems of a text, in order."""
    return tuple(_STEM.analyze(plain(text)))


@lru_cache(maxsize=20_000)
def folded(text: str) -> tuple[str, ...]:
    """The words of a text, in small letters without accents."""
    return tuple(_FOLD.analyze(plain(text)))


@lru_cache(maxsize=20_000)
def sort_key(text: str) -> str:
    """What an alphabetical order compares: no accent, no capital, no punctuation."""
    return " ".join(_FOLD.analyze(text))


def variants(word: str) -> tuple[str, ...]:
    """The stems of a folded word and of its other number, which the stemmer leaves apart once
    accents are gone (« vidéo », « vidéos »; « jeu », « jeux »; « défi », « défis »)."""
    forms = [word]
    if len(word) > 3 and word[-1] in "sx" and not word.endswith("ss"):
        forms.append(word[:-1])
    elif len(word) > 2 and word[-1] in "aiouy":
        forms += [f"{word}s", f"{word}x"] if word[-1] == "u" else [f"{word}s"]
    return tuple(dict.fromkeys(stem for form in forms for stem in _one(form)))


@lru_cache(maxsize=20_000)
def _one(word: str) -> tuple[str, ...]:
    return tuple(_STEM.analyze(word))


def left_out(text: str) -> tuple[str, ...]:
    """What was typed and is not looked for: signs, words too long to be any, words beyond the last
    one read. Punctuation is not told, unless there is nothing else."""
    found = [match[0] for match in _PART.finditer(text.translate(_QUOTES))]
    read_: list[str] = []
    others: list[str] = []
    for piece in found:
        (read_ if folded(piece) else others).append(piece)
    told = [one for one in others if _is_more_than_punctuation(one)] if read_ else others
    return (*told, *read_[WORDS_MAX:])


def _is_more_than_punctuation(piece: str) -> bool:
    return any(sign.isalnum() or unicodedata.category(sign) == "So" for sign in piece)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a query: a word (possibly a compound) or a phrase, wanted or refused.

    `start`, `end`: its place in the text that was typed, so that a correction can replace it.
    """

    text: str
    words: tuple[str, ...]  # folded
    is_phrase: bool
    is_refused: bool
    start: int
    end: int

    @property
    def is_stopword(self) -> bool:
        return not self.is_phrase and all(word in STOPWORDS for word in self.words)


def read(text: str) -> tuple[Part, ...]:
    """The parts of a query, in order; what holds no word is left out."""
    parts = []
    for match in _PART.finditer(text.translate(_QUOTES)):
        phrase = match["phrase"]
        content = match["word"] if phrase is None else phrase
        words = folded(content)
        if words:
            refused = match["minus"] is not None
            parts.append(
                Part(content, words, phrase is not None, refused, match.start(), match.end())
            )
    return tuple(parts[:WORDS_MAX])
