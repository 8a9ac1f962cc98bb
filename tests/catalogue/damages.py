"""What may happen to a file on its way: each damage takes the rows of the archive, and chance.

A damage of bytes acts on either form (JSON or CSV); a damage of rows is written in both; the others
exist in one form only.
"""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import traam

Row = dict[str, Any]
PACKAGE = Path(traam.__file__).parent
KEPT = 5  # rows of each archive
FOLDERS = {"campaigns": "campaigns", "productions": "catalogue"}
ARCHIVES: dict[str, list[Row]] = {
    what: json.loads((PACKAGE / folder / "data" / "archive.json").read_text("utf-8"))[:KEPT]
    for what, folder in FOLDERS.items()
}
ODD = [
    *(None, True, -1, 1.5, 10**30, "", " ", [], {}, [[]], [None], {"a": 1}, ["a", ["b"]], [1, 2]),
    *("=1+1", "+33 6 12 34 56 78 =x", "@SOMME(A1)", "\t=1", "a@b.fr", "javascript:alert(1)"),
    *("\u202etxet", "\u2066a\u2069", "\u0000", "\ud800", "\ufffe", "\u0085", "Ã©tÃ©", "<b>&amp;"),
    *("2023-2021", "99999-100000", "académie de Narnia", "x" * 20_001, "é" * 300, "|||", "a||b"),
]


def as_json(rows: object) -> bytes:
    return json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass")


def as_csv(rows: list[Row], **style: Any) -> bytes:
    """The rows as a spreadsheet would write them: every column that one of them has."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, names, **style)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return text.getvalue().encode("utf-8", "surrogatepass")


def _cell(value: object) -> object:
    if isinstance(value, list):
        return " | ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else value


FORMS: dict[str, Callable[[list[Row]], bytes]] = {"json": as_json, "csv": as_csv}


# -- bytes: either form


def _at(content: bytes, draw: Random) -> int:
    return draw.randrange(len(content))


def _mixed(content: bytes, draw: Random) -> bytes:
    text, half = content.decode(), draw.randrange(200, 2000)
    return text[:half].encode() + text[half:].encode("cp1252", "replace")


def _scratched(content: bytes, draw: Random) -> bytes:
    made = bytearray(content)
    for _ in range(draw.randint(1, 8)):
        made[_at(content, draw)] = draw.randrange(256)
    return bytes(made)


def _without(content: bytes, draw: Random) -> bytes:
    start = _at(content, draw)
    return content[:start] + content[start + draw.randint(1, 200) :]


def _put(piece: bytes) -> Callable[[bytes, Random], bytes]:
    def put(content: bytes, draw: Random) -> bytes:
        start = _at(content, draw)
        return content[:start] + piece + content[start:]

    return put


def _encoded(encoding: str) -> Callable[[bytes, Random], bytes]:
    return lambda content, draw: content.decode().encode(encoding, "replace")


BYTES: dict[str, Callable[[bytes, Random], bytes]] = {
    "cut": lambda content, draw: content[: _at(content, draw)],
    "cut at the start": lambda content, draw: content[_at(content, draw) :],
    "cut near the end": lambda content, draw: content[: -draw.randint(1, 40)],
    "a piece missing": _without,
    "scratched": _scratched,
    "twice": lambda content, draw: content * 2,
    "backwards": lambda content, draw: content[::-1],
    "latin-1": _encoded("latin-1"),
    "cp1252": _encoded("cp1252"),
    "utf-16": _encoded("utf-16"),
    "utf-16 without a mark": _encoded("utf-16-le"),
    "utf-32": _encoded("utf-32"),
    "utf-7": _encoded("utf-7"),
    "two encodings": _mixed,
    "a mark before": lambda content, draw: b"\xef\xbb\xbf" + content,
    "two marks before": lambda content, draw: b"\xef\xbb\xbf" * 2 + content,
    "read twice": lambda content, draw: content.decode("cp1252", "replace").encode(),
    "a NUL": _put(b"\x00"),
    "a surrogate": _put(b"\xed\xa0\x80"),
    "a quote": _put(b'"'),
    "a bidi mark": _put("\u202e".encode()),
    "ends of lines": lambda content, draw: content.replace(b"\r\n", b"\r").replace(b", ", b",\r"),
    "empty": lambda content, draw: b"",
    "blank": lambda content, draw: b" \r\n\t\n" * draw.randint(1, 9),
    "noise": lambda content, draw: draw.randbytes(draw.randint(1, 3000)),
    "a workbook": lambda content, draw: b"PK\x03\x04\x14\x00\x06\x00" + draw.randbytes(500),
    "an old workbook": lambda content, draw: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + content,
    "a PDF": lambda content, draw: b"%PDF-1.7\n" + draw.randbytes(300),
    "compressed": lambda content, draw: b"\x1f\x8b\x08\x00" + draw.randbytes(300),
    "a picture": lambda content, draw: b"\x89PNG\r\n\x1a\n" + draw.randbytes(300),
    "a database": lambda content, draw: b"SQLite format 3\x00" + draw.randbytes(300),
    "a page": lambda content, draw: b"<!DOCTYPE html><html><body>" + content,
    "too heavy": lambda content, draw: content + b" " * (20 * 2**20),
    "one giant number": lambda content, draw: b"9" * 200_000,
    "a giant exponent": lambda content, draw: b"[1e999999999]",
    "a bottomless pit": lambda content, draw: b"[" * 100_000,
    "a pit of objects": lambda content, draw: b'{"rows":' * 50_000,
}


# -- rows: written in both forms


def _odd_cells(rows: list[Row], draw: Random) -> list[Row]:
    return [row | {draw.choice(list(row)): draw.choice(ODD)} for row in rows]


def _swapped(rows: list[Row], draw: Random) -> list[Row]:
    one, other = draw.sample(list(rows[0]), 2)
    return [row | {one: row.get(other), other: row.get(one)} for row in rows]


def _renamed(name: str) -> Callable[[list[Row], Random], list[Row]]:
    def rename(rows: list[Row], draw: Random) -> list[Row]:
        old = draw.choice(list(rows[0]))
        return [{name if key == old else key: value for key, value in row.items()} for row in rows]

    return rename


def _filled(value: object) -> Callable[[list[Row], Random], list[Row]]:
    def fill(rows: list[Row], draw: Random) -> list[Row]:
        place = draw.randrange(len(rows))
        name = draw.choice(list(rows[place]))
        return [*rows[:place], rows[place] | {name: value}, *rows[place + 1 :]]

    return fill


ROWS: dict[str, Callable[[list[Row], Random], list[Row]]] = {
    "odd values": _odd_cells,
    "columns exchanged": _swapped,
    "a column misspelt": _renamed("titel"),
    "a column of people": _renamed("auteur"),
    "a column without a name": _renamed(""),
    "a column that spoofs": _renamed("tit\u202ele\u0000"),
    "a column missing": lambda rows, draw: [
        {key: value for key, value in row.items() if key not in ("title", "theme")} for row in rows
    ],
    "a huge cell": _filled("a b " * 500_000),
    "a formula": _filled('=HYPERLINK("http://exemple.fr";"A")'),
    "a number too long": _filled(10**4000),
    "a mail address": _filled("Écrire à prenom.nom@exemple.fr ou au 06 12 34 56 78"),
    "words without end": _filled([f"mot {n}" for n in range(500)]),
    "the same rows again": lambda rows, draw: rows * 2,
    "the same rows, otherwise": lambda rows, draw: rows + [row | {"note": "Autre"} for row in rows],
    "no row": lambda rows, draw: [],
    "too many rows": lambda rows, draw: [{"note": ""}] * 50_001,
}


# -- one form only


def _unquoted(rows: list[Row], draw: Random) -> bytes:
    lines = as_csv(rows).split(b"\n")
    place = draw.randrange(1, len(lines) - 1)
    return b"\n".join([*lines[:place], b'"' + lines[place], *lines[place + 1 :]])


def _shifted(rows: list[Row], draw: Random) -> bytes:
    lines = as_csv(rows).split(b"\n")
    place = draw.randrange(1, len(lines) - 1)
    return b"\n".join([*lines[:place], b"," + lines[place], *lines[place + 1 :]])


def _repeated(rows: list[Row], draw: Random) -> bytes:
    name = draw.choice(list(rows[0])).encode()
    return as_json(rows).replace(b'"%s":' % name, b'"%s": 1, "%s":' % (name, name), 1)


def _replaced(old: bytes, new: bytes) -> Callable[[list[Row], Random], bytes]:
    return lambda rows, draw: as_json(rows).replace(old, new)


ALONE: dict[str, tuple[str, Callable[[list[Row], Random], bytes]]] = {
    "semicolons": ("csv", lambda rows, draw: as_csv(rows, delimiter=";")),
    "tabulations": ("csv", lambda rows, draw: as_csv(rows, delimiter="\t")),
    "bars": ("csv", lambda rows, draw: as_csv(rows, delimiter="|")),
    "simple quotes": ("csv", lambda rows, draw: as_csv(rows, quotechar="'")),
    "a quote never closed": ("csv", _unquoted),
    "a cell too many": ("csv", _shifted),
    "a header alone": ("csv", lambda rows, draw: as_csv(rows).split(b"\n")[0]),
    "a header twice": ("csv", lambda rows, draw: as_csv(rows).replace(b",", b",year,year,", 1)),
    "no header": ("csv", lambda rows, draw: as_csv(rows).split(b"\n", 1)[1]),
    "JSON said CSV": ("csv", lambda rows, draw: as_json(rows)),
    "CSV said JSON": ("json", lambda rows, draw: as_csv(rows)),
    "keys repeated": ("json", _repeated),
    "NaN": ("json", _replaced(b"null", b"NaN")),
    "infinity": ("json", _replaced(b"null", b"-Infinity")),
    "Python": ("json", lambda rows, draw: repr(rows).encode()),
    "a line each": ("json", lambda rows, draw: b"\n".join(map(as_json, rows))),
    "an object of rows": ("json", lambda rows, draw: as_json({"rows": rows})),
    "another object": ("json", lambda rows, draw: as_json({"data": rows, "total": 5})),
    "one row alone": ("json", lambda rows, draw: as_json(rows[0])),
    "rows that are not": ("json", lambda rows, draw: as_json([*rows, 1, "a", None, [], {}])),
    "a comma too many": ("json", _replaced(b"}]", b"},]")),
    "a comment": ("json", lambda rows, draw: b"// archive\n" + as_json(rows)),
    "escaped surrogates": ("json", _replaced(b" ", rb"\ud83d \udc00")),
    "escaped controls": ("json", _replaced(b" ", rb"\u0000\u001b")),
}
KINDS: tuple[tuple[str, str], ...] = (
    *((name, form) for name in (*BYTES, *ROWS) for form in FORMS),
    *((name, form) for name, (form, _) in ALONE.items()),
)


def damaged(what: str, kind: tuple[str, str], draw: Random) -> bytes:
    """The archive of campaigns or of productions, in this form, after this damage."""
    (name, form), rows = kind, ARCHIVES[what]
    if name in ALONE:
        return ALONE[name][1](rows, draw)
    if name in ROWS:
        return FORMS[form](ROWS[name](rows, draw))
    return BYTES[name](FORMS[form](rows), draw)
