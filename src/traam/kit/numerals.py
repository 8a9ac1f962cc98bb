"""French numbers in words: written as digits, and recognised when they spell a telephone number."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_UNITS = {
    "zero": 0,
    "un": 1,
    "une": 1,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "six": 6,
    "sept": 7,
    "huit": 8,
    "neuf": 9,
    "dix": 10,
    "onze": 11,
    "douze": 12,
    "treize": 13,
    "quatorze": 14,
    "quinze": 15,
    "seize": 16,
}
_TENS = {
    "vingt": 20,
    "vingts": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "septante": 70,
    "huitante": 80,
    "octante": 80,
    "nonante": 90,
}
_COUNTED = tuple(_UNITS)[:2] + tuple(_UNITS)[3:11]  # « zéro un deux… neuf »
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_BETWEEN = re.compile(r"[^\w]{0,3}")
_LETTER_O = re.compile(r"(?<![^\W\d_])o(?=[\s.-]?\d)|(?<=\d)o(?![^\W\d_])")
_PLUS = re.compile(r"\bplus\s+(?=33\b|2[0-9]{2}\b|5[0-9]{2}\b|6[0-9]{2}\b)")
_NATIONAL, _FOREIGN = 10, 11  # digits: « 06… », « 33 6… »


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, folded, or a row of digits; `follows`: nothing but a separator is before it."""

    name: str
    start: int
    end: int
    follows: bool


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        plain = unicodedata.normalize("NFKD", match.group()).encode("ascii", "ignore").decode()
        follows = bool(found) and bool(_BETWEEN.fullmatch(text[end : match.start()]))
        found.append(_Token(plain, match.start(), match.end(), follows))
        end = match.end()
    return found


def in_digits(text: str) -> str:
    """The text (lower case) with its numbers below a hundred in digits; the rest unchanged."""
    tokens = _tokens(text)
    written, end, rank = "", 0, 0
    while rank < len(tokens):
        count, value = _longest(text, tokens, rank)
        if count:
            written += text[end : tokens[rank].start] + str(value)
            end = tokens[rank + count - 1].end
        rank += count or 1
    return _PLUS.sub("+", _LETTER_O.sub("0", written + text[end:]))


def _longest(text: str, tokens: Sequence[_Token], rank: int) -> tuple[int, int]:
    """How many words from `rank` on make one number, at most, and its value; (0, 0) for none."""
    near = 1
    while rank + near < len(tokens) and near < 4:
        between = text[tokens[rank + near - 1].end : tokens[rank + near].start]
        if between.strip(" -\u2010\u2011\u00a0\u202f"):
            break  # a comma, a full stop: another number
        near += 1
    names = [one.name for one in tokens[rank : rank + near]]
    return max(_numbers(names), default=(0, 0))


def _numbers(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The numbers that the first words may make: how many words, and the value of each."""
    first = names[0]
    if first in _UNITS:
        yield 1, _UNITS[first]
    if first == "dix" and names[1:2] and names[1] in ("sept", "huit", "neuf"):
        yield 2, 10 + _UNITS[names[1]]
    if first in _TENS:
        yield 1, _TENS[first]
        yield from _after(names, 1, _TENS[first], upto=19 if first == "soixante" else 9)
    if first == "quatre" and names[1:2] and names[1] in ("vingt", "vingts"):
        yield 2, 80
        yield from _after(names, 2, 80, upto=19)


def _after(names: Sequence[str], taken: int, tens: int, *, upto: int) -> Iterator[tuple[int, int]]:
    """The same with the units that follow the tens."""
    if names[taken : taken + 1] == ["et"] and names[taken + 1 : taken + 2] in (
        ["un"],
        ["une"],
        ["onze"],
    ):
        taken += 1
    for count, value in _numbers(names[taken:]) if names[taken:] else ():
        if 0 < value <= upto and names[taken] not in _TENS:
            yield taken + count, tens + value


def spelled(text: str) -> str:
    """The first telephone number that is said in words, in full or in part; "" for none.

    Words may be heard in several ways (« quatre vingt-cinq »: 4 25, or 85): one that gives ten
    digits from a zero on, or eleven from « plus trente-trois » on, is enough.
    """
    tokens = _tokens(text)
    for rank, token in enumerate(tokens):
        wanted = _wanted(tokens, rank, token.name)
        if wanted and (last := _reached(tokens, rank, wanted)):
            return text[token.start : tokens[last - 1].end]
    return ""


def _wanted(tokens: Sequence[_Token], rank: int, name: str) -> int:
    """How many digits a number that begins here has; 0 when none may."""
    names = [one.name for one in tokens[rank : rank + 10]]
    if name == "zero" or name.startswith("0"):
        return 0 if tuple(names) == _COUNTED else _NATIONAL
    is_foreign = rank > 0 and tokens[rank - 1].name == "plus" and names[:2] == ["trente", "trois"]
    return _FOREIGN if is_foreign else 0


def _reached(tokens: Sequence[_Token], rank: int, wanted: int) -> int:
    """The place of the token after which exactly that many digits were said, some of them in words;
    0 when there is none."""
    lengths: dict[int, set[int]] = {rank: {0}}
    for at in range(rank, len(tokens)):
        if at not in lengths or (at > rank and not tokens[at].follows):
            continue
        for count, digits in _said(tokens, at):
            many = {n + digits for n in lengths[at] if n + digits <= wanted}
            if many:
                lengths.setdefault(at + count, set()).update(many)
        found = [end for end, many in lengths.items() if wanted in many]
        if found:
            words = any(not one.name.isdigit() for one in tokens[rank : found[0]])
            return found[0] if words else 0
    return 0


def _said(tokens: Sequence[_Token], at: int) -> Iterator[tuple[int, int]]:
    """What the tokens from here on may say: how many of them, and how many digits."""
    if tokens[at].name.isdigit():
        yield 1, len(tokens[at].name)
        return
    near = 1
    while at + near < len(tokens) and near < 4 and tokens[at + near].follows:
        near += 1
    for count, value in _numbers([one.name for one in tokens[at : at + near]]):
        yield count, len(str(value))
