"""One cell: from the value of a file to the value of a declared column, with what was mended."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from traam.kit.labels import Labelled
from traam.kit.rows.report import Value
from traam.kit.rows.text import (
    cleaned,
    has_contact,
    is_formula,
    shown,
    without_contacts,
    without_formula,
)

CELL_MAX = 20_000  # characters
WORDS_MAX = 200  # words of one list
COUNT_MAX = 1_000_000
SEPARATOR = "|"
_YES = ("vrai", "oui", "1")
_NO = ("faux", "non", "0")


class Kind(Labelled):
    """What a column holds."""

    TEXT = "text", "un texte"
    IDENTIFIER = "identifier", "un identifiant (lettres, chiffres, « . », « _ », « : » ou « - »)"
    ADDRESS = "address", "une adresse complète en http:// ou https://"
    MAIL = "mail", "une adresse électronique"
    WORDS = "words", "une liste de textes"
    FLAG = "flag", "vrai ou faux (true ou false)"
    COUNT = "count", f"un nombre entier de 0 à {COUNT_MAX}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column that a file may have. `accepts`: the only values, when they are few.

    `present`: the file must have the column, whose cells may be empty; `required`: each row must
    fill it.
    """

    kind: Kind = Kind.TEXT
    required: bool = False
    present: bool = False
    accepts: tuple[str, ...] = ()
    limit: int = CELL_MAX  # characters


class CellRefused(Exception):
    """This value cannot be taken; the message says what would be accepted, in French."""


class Number(str):
    """A JSON number, kept as it was written: neither rounded nor made infinite."""

    __slots__ = ()


def read_cell(value: object, column: Column) -> tuple[Value, list[str]]:
    """The value for this column and what was mended. Raises `CellRefused`."""
    if value is None or value == "":
        return _empty(column)
    reader = _READERS[column.kind]
    made, mended = reader(value, column)
    if column.required and made in ("", ()):
        raise CellRefused("vide, une valeur est attendue")
    if column.accepts and made and made not in column.accepts:
        wanted = ", ".join(f"« {word} »" for word in column.accepts)
        raise CellRefused(f"{shown(made)} n’est pas reconnu ; attendu : {wanted}")
    return made, mended


def _empty(column: Column) -> tuple[Value, list[str]]:
    if column.required:
        raise CellRefused(f"vide, {column.kind.label} est attendu")
    if column.kind is Kind.WORDS:
        return (), []
    return (None if column.kind in (Kind.FLAG, Kind.COUNT) else ""), []


def _as_text(value: object, column: Column) -> tuple[str, list[str]]:
    mended = []
    if isinstance(value, bool):
        value, mended = str(value).lower(), ["vrai ou faux pris comme un texte"]
    if not isinstance(value, str):
        raise CellRefused(f"une liste ou un objet est donné, {column.kind.label} est attendu")
    if isinstance(value, Number):
        mended.append(f"le nombre {shown(value)} est pris comme un texte")
    if len(value) > column.limit:
        raise CellRefused(f"{len(value)} caractères, {column.limit} au plus sont acceptés")
    return str(value), mended


def _text(value: object, column: Column) -> tuple[str, list[str]]:
    text, mended = _as_text(value, column)
    tabbed = text.startswith(("\t", "\r"))
    text, more = cleaned(text)
    mended += more
    # Before formulas: « +33 6… » is a number to take out, and what follows it may be a formula.
    text, more = without_contacts(text)
    if more:
        text, mended = cleaned(text)[0], mended + more
    if is_formula(text) or tabbed:
        text = without_formula(text)
        mended.append("début de formule de tableur retiré")
    return text, mended


def _identifier(value: object, column: Column) -> tuple[str, list[str]]:
    text, mended = _as_text(value, column)
    if text != text.strip():
        text, mended = text.strip(), [*mended, "espaces superflues retirées"]
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._:-]*", text):
        raise CellRefused(f"{shown(value)} n’est pas {column.kind.label}")
    return text, mended


def _address(value: object, column: Column) -> tuple[str, list[str]]:
    text, mended = _as_text(value, column)
    if text != text.strip():
        text, mended = text.strip(), [*mended, "espaces superflues retirées"]
    if not is_web_address(text):
        raise CellRefused(f"{shown(value)} n’est pas {column.kind.label}")
    if has_contact(text):
        raise CellRefused("l’adresse contient une adresse électronique, qui ne peut être gardée")
    return text, mended


def _mail(value: object, column: Column) -> tuple[str, list[str]]:
    """Only where a column is declared to hold one: anywhere else, addresses are taken out."""
    text, mended = _as_text(value, column)
    if text != text.strip():
        text, mended = text.strip(), [*mended, "espaces superflues retirées"]
    if not re.fullmatch(r"[^@\s<>\"',;|]+@[^@\s<>\"',;|]+\.[^@\s<>\"',;|]+", text):
        raise CellRefused(f"{shown(value)} n’est pas {column.kind.label}")
    if text != text.lower():
        text, mended = text.lower(), [*mended, "majuscules de l’adresse mises en minuscules"]
    return text, mended


def is_web_address(text: str) -> bool:
    """A complete http(s) address, with a host, without account, space nor invisible character."""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    plain = text.isprintable() and not re.search(r"\s", text)
    return plain and parts.scheme in ("http", "https") and bool(host) and "@" not in parts.netloc


def _words(value: object, column: Column) -> tuple[tuple[str, ...], list[str]]:
    mended: list[str] = []
    if isinstance(value, str) and not isinstance(value, Number):
        given: list[object] = [word.strip() for word in value.split(SEPARATOR)]
    elif isinstance(value, list):
        given = value
    else:
        raise CellRefused(f"{shown(value)} n’est pas {column.kind.label}")
    if len(given) > WORDS_MAX:
        raise CellRefused(f"{len(given)} valeurs, {WORDS_MAX} au plus sont acceptées")
    made: list[str] = []
    for item in given:
        word, more = _text("" if item is None else item, column)
        mended += more
        if not word:
            mended.append("une valeur vide de la liste est retirée")
        elif word in made:
            mended.append(f"{shown(word)} est donné deux fois, gardé une")
        else:
            made.append(word)
    return tuple(made), list(dict.fromkeys(mended))


def _flag(value: object, column: Column) -> tuple[bool | None, list[str]]:
    if isinstance(value, bool):
        return value, []
    word = value.strip().lower() if isinstance(value, str) else ""
    if word in ("true", "false"):
        return word == "true", []
    if word in _YES + _NO:
        return word in _YES, [f"{shown(value)} est lu comme {'vrai' if word in _YES else 'faux'}"]
    raise CellRefused(f"{_quoted(value)} n’est pas {column.kind.label}")


def _count(value: object, column: Column) -> tuple[int | None, list[str]]:
    text = value.strip() if isinstance(value, str) else ""
    whole, _, rest = text.partition(".")
    digits = whole.isascii() and whole.isdigit() and len(whole) <= 9 and not rest.strip("0")
    if not digits or int(whole) > COUNT_MAX:
        raise CellRefused(f"{_quoted(value)} n’est pas {column.kind.label}")
    return int(whole), ([f"{shown(text)} est lu comme {int(whole)}"] if whole != text else [])


def _quoted(value: object) -> str:
    return shown(value) if isinstance(value, str) else "une liste ou un objet"


_READERS: Mapping[Kind, Callable[[object, Column], tuple[Value, list[str]]]] = {
    Kind.TEXT: _text,
    Kind.IDENTIFIER: _identifier,
    Kind.ADDRESS: _address,
    Kind.MAIL: _mail,
    Kind.WORDS: _words,
    Kind.FLAG: _flag,
    Kind.COUNT: _count,
}
