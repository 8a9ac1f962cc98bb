"""What no free text may hold: e-mail addresses and telephone numbers, however they are written."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from traam.kit.labels import Labelled
from traam.kit.numerals import in_digits, spelled


class Contact(Labelled):
    """What was recognised in a text."""

    ADDRESS = "address", "une adresse électronique"
    TELEPHONE = "telephone", "un numéro de téléphone"


@dataclass(frozen=True, slots=True)
class Found:
    """What was recognised, and how it is written (numbers in words: as digits)."""

    kind: Contact
    excerpt: str


_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFE0F, 0x20E3))

# -- addresses

# Every repetition is bounded, and begins by what is near the sign: no text can be long to read.
_DOT = (
    r"(?:\s{0,3}(?:\.|[(\[{<]\s?(?:\.|point|dot)\s?[)\]}>])\s{0,3}"
    r"|\s(?:point|dot)\s|[-_](?:point|dot)[-_])"
)
_NAME = r"[\w%+'’.-]{1,64}"
_PART = r"[\w-]{1,63}"
_DOTTED = rf"{_PART}(?:{_DOT}[a-z][\w-]{{1,62}}){{1,6}}"
_HOUSES = (
    r"(?:ac-\w+|gmail|orange|wanadoo|free|laposte|hotmail|outlook|yahoo|live|icloud|proton\w*)"
)
_CALLED = r"(?:@|at|arr?oba[sz]e?)"
_HELD = rf"[(\[{{<]\s?{_CALLED}\s?[)\]}}>]"
_SIGN = rf"(?:@|{_HELD}|[(\[{{<]\s?(?:a|chez)\s?[)\]}}>]|[-_]at[-_])"
_SAID = r"\s(?:at|arr?oba[sz]e?)\s"
ADDRESSES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NAME}@\[?{_PART}(?:\.{_PART}){{0,6}}",  # joined: even without a dot
        rf"{_NAME}\s{{0,3}}{_SIGN}\s{{0,3}}{_DOTTED}",
        rf"{_NAME}\s{{0,3}}(?:{_HELD}|[-_]at[-_])\s{{0,3}}{_PART}",
        rf"{_NAME}{_SAID}(?:{_DOTTED}|{_HOUSES}\b)",
        rf"{_NAME}\s(?:a|à|chez)\s(?:{_PART}\s(?:point|dot)\s[a-z]{{2,}}|{_HOUSES}{_DOT}[a-z]{{2,}})",
        rf"{_NAME}\s{{0,3}}@\s{{0,3}}{_HOUSES}\b",
    )
)

# -- numbers

_SEP = r"[\s.,;:/|_()\[\]*·•~–—-]{0,3}"
_CODES = r"(?:33|262|269|508|590|594|596|681|687|689|32|352|41|377|376|49|34|39|44)"
_ASKED = (
    r"(?:\bt[eé]l(?:[eé]phon\w*)?\b|\bportable\b|\bmobile\b|\bgsm\b|\bsms\b|\bwhatsapp\b"
    r"|\bappel(?:er|ez|le|ons)\b|\bjoign\w*|\bjoindre\b|\brappel\w+)"
)
TELEPHONES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d)\(?0{_SEP}[1-9](?:{_SEP}\d\d){{4}}(?!\d)",  # in pairs
        r"(?<!\d)0[1-9](?:[\s./_-]{0,2}\d){8}(?!\d)",  # any other grouping
        rf"(?<!\d)0(?:{_SEP}\d){{9}}(?!\d)(?!{_SEP}\d)",  # digit by digit, and nothing more
        rf"(?:\+|(?<!\d)0{_SEP}0){_SEP}{_CODES}{_SEP}(?:\(?0\)?)?(?:{_SEP}\d){{6,11}}",
        rf"(?<!\d)33{_SEP}(?:\(?0\)?)?{_SEP}[1-9](?:{_SEP}\d\d){{4}}(?!\d)",
        rf"{_ASKED}\D{{0,25}}(?<!\d)\d(?:{_SEP}\d\d){{4}}(?!\d)",
        rf"{_ASKED}\D{{0,25}}(?<!\d)\d\d(?:{_SEP}\d\d){{2,3}}(?!\d)",  # overseas, within a place
    )
)
_COUNTING = "0123456789"
_DECIMALS = re.compile(r"\d+[.,]\d(?:\s+\d+[.,]\d)+")
_DASH = re.compile(r"\s(?:tiret|trait d.union)(?:\s(?:du\s)?(?:bas|six|huit))?\s")
_DAY = re.compile(
    r"(?<![\d/.-])(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2])[/.-](?:19|20)\d\d(?![\d/.-])"
)
_ISO = re.compile(r"(?<![\d-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\d-])")
_HOUR = re.compile(r"(?<![\d.])(?:[01]?\d|2[0-3])\s?h\s?[0-5]\d(?!\d)")


def contacts(text: str) -> list[Found]:
    """Every address and telephone number that the text holds, each once."""
    plain = _plain(text)
    addresses = _matches(ADDRESSES, _DASH.sub("-", plain))
    found = [Found(Contact.ADDRESS, _short(one)) for one in addresses]
    found += [Found(Contact.TELEPHONE, _short(one)) for one in _telephones(plain)]
    return list(dict.fromkeys(found))


def contact_faults(texts: Mapping[str, str]) -> list[str]:
    """French sentences about these texts, by the name of their field; none when all are fit."""
    return [_said(field, one) for field, text in texts.items() for one in contacts(text)]


def _plain(text: str) -> str:
    """Lower case, without disguise: entities, %40, wide or circled characters, invisible ones."""
    opened = unicodedata.normalize("NFKC", unquote(html.unescape(text)).translate(_INVISIBLE))
    return "".join(_digit(each) for each in opened.translate(_INVISIBLE)).lower()


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def _telephones(text: str) -> list[str]:
    """Those in digits (words read as digits where that is plain), else one said in words."""
    bare = _HOUR.sub(" h ", _ISO.sub(" j ", _DAY.sub(" j ", in_digits(text))))
    found = [one for one in _matches(TELEPHONES, bare) if _is_a_number(one)]
    said = "" if found else spelled(text)
    return [said] if said else found


def _is_a_number(match: str) -> bool:
    """Not 0, 1, 2… counted aloud, nor a row of decimals."""
    return re.sub(r"\D", "", match) != _COUNTING and not _DECIMALS.fullmatch(match)


def _matches(patterns: Iterable[re.Pattern[str]], text: str) -> Iterator[str]:
    """What matches, the first pattern first; nothing that a former one has already taken."""
    taken: list[tuple[int, int]] = []
    for pattern in patterns:
        for match in pattern.finditer(text):
            start, end = match.span()
            if all(end <= first or start >= last for first, last in taken):
                taken.append((start, end))
                yield match.group().strip()


def _short(excerpt: str) -> str:
    line = " ".join(excerpt.split())
    return line if len(line) <= 40 else f"{line[:39]}…"


_WHAT_TO_DO = {
    Contact.ADDRESS: "Retirez-la : aucune coordonnée ne s’écrit ici.",
    Contact.TELEPHONE: "Retirez-le ; si ce sont des mesures, écrivez leur unité après chacune.",
}


def _said(field: str, found: Found) -> str:
    what = f"« {field} » : « {found.excerpt} » ressemble à {found.kind.label}."
    return f"{what} {_WHAT_TO_DO[found.kind]}"
