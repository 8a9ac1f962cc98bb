"""CSV from outside: UTF-8, comma, one header, as many cells in each line."""

import csv
import io
from collections.abc import Iterator

from traam.kit.refusals import Refusal
from traam.kit.rows.text import shown

_OTHERS = {";": "le point-virgule", "\t": "la tabulation"}


def parse_csv(text: str, name: str) -> list[dict[str, str]]:
    """A dictionary for each line that holds something. Raises `Refusal`."""
    lines = _lines(text, name)
    _, header = next(lines, (1, []))
    names = [cell.strip() for cell in header]
    _check_header(names, name)
    rows = []
    for number, cells in lines:
        if len(cells) != len(names):
            raise Refusal(
                f"{name}, ligne {number} : {len(cells)} cellules au lieu de {len(names)} ; une "
                "virgule manque ou est de trop, ou un texte qui en contient n’a pas ses guillemets."
            )
        rows.append(dict(zip(names, cells, strict=True)))
    return rows


def _lines(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            if cells:
                yield reader.line_num, cells
    except csv.Error:
        raise Refusal(
            f"{name}, ligne {reader.line_num} : CSV incorrect ; un guillemet n’est pas fermé, ou "
            "une cellule est trop longue."
        ) from None


def _check_header(names: list[str], name: str) -> None:
    for separator, words in _OTHERS.items():
        if len(names) == 1 and separator in names[0]:
            raise Refusal(f"{name} : le séparateur est {words} ; la virgule est attendue.")
    if "" in names:
        raise Refusal(f"{name}, ligne 1 : la colonne n° {names.index('') + 1} n’a pas de nom.")
    for column in names:
        if names.count(column) > 1:
            raise Refusal(f"{name}, ligne 1 : la colonne {shown(column)} est donnée deux fois.")
