"""A table as a file for a spreadsheet: CSV, ODS or XLSX. No text ever becomes a formula."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any
from xml.sax.saxutils import quoteattr

from django.http import HttpRequest, HttpResponse

from traam.kit import opendocument
from traam.kit.clock import PARIS
from traam.kit.files import file_response
from traam.kit.text import exact, writable

Cell = str | int | float | Decimal | date | datetime | None

FORMULA = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")  # how a formula may begin
EXACT_MAX = 2**53  # beyond it a spreadsheet rounds a whole number: it is written as a text
SEEN_ROWS = 200  # rows that decide how wide a column is
WIDTHS = (8, 60)  # characters
TAB_MAX = 31  # characters, of a sheet's name


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: `title` names its tab, `rows` are read once. Instants are written in Paris time."""

    title: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def to_csv(sheet: Sheet) -> bytes:
    """UTF-8 with its mark (Excel reads it so), commas, days and instants as programs read them.

    A text that a spreadsheet might run is preceded by an apostrophe; a number is left as it is.
    """
    text = io.StringIO("\ufeff", newline="")
    text.seek(1)
    writer = csv.writer(text)
    writer.writerow([_guarded(writable(header)) for header in sheet.headers])
    writer.writerows([_in_csv(cell) for cell in row] for row in _rows(sheet))
    return text.getvalue().encode()


def _in_csv(cell: Cell) -> str:
    if isinstance(cell, str):
        return _guarded(cell)
    if isinstance(cell, datetime):
        return exact(cell.astimezone(PARIS))
    return exact(cell) if isinstance(cell, date) else "" if cell is None else str(cell)


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def to_ods(sheet: Sheet) -> bytes:
    """A spreadsheet of LibreOffice: typed cells, the headers repeated on each printed page."""
    from odfdo import Document, Element, Style  # noqa: PLC0415  (half a second to import)

    rows = list(_rows(sheet))
    document = Document("ods")
    document.meta.title = writable(sheet.title)
    document.meta.language = "fr-FR"
    for rank, width in enumerate(_widths(sheet.headers, rows)):
        style = Style("table-column", name=f"traam{rank}", width=f"{width * 0.2 + 0.4:.1f}cm")
        document.insert_style(style, automatic=True)
    bold = Style("table-cell", name="traamhead", area="text", bold=True)
    document.insert_style(bold, automatic=True)
    document.body.clear()
    document.body.append(Element.from_tag(opendocument.place()))
    return opendocument.closed(document, body=_ods_table(sheet, rows))


def _ods_table(sheet: Sheet, rows: list[list[Cell]]) -> str:
    """Its XML, written by hand: objects are a hundred times slower."""
    columns = "".join(
        f'<table:table-column table:style-name="traam{rank}"/>'
        for rank in range(len(_widths(sheet.headers, rows)))
    )
    head = "".join(_ods_cell(writable(header), "traamhead") for header in sheet.headers)
    body = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
    )
    return (
        f"<table:table table:name={quoteattr(_tab(sheet.title))}>{columns}"
        f"<table:table-header-rows><table:table-row>{head}</table:table-row>"
        f"</table:table-header-rows>{body}</table:table>"
    )


def _ods_cell(cell: Cell, style: str = "") -> str:
    kind, value, text = _ods_value(cell)
    if not kind:
        return "<table:table-cell/>"
    styled = f' table:style-name="{style}"' if style else ""
    return (
        f'<table:table-cell{styled} office:value-type="{kind}"{value} calcext:value-type="{kind}">'
        f"{_ods_text(text)}</table:table-cell>"
    )


def _ods_value(cell: Cell) -> tuple[str, str, str]:
    """The type of a cell, the attribute of its value, its text; three empty ones for no value."""
    if isinstance(cell, str):
        return "string", "", cell
    if isinstance(cell, datetime):
        local = _local(cell)
        return "date", f' office:date-value="{local.isoformat()}"', f"{local:%d/%m/%Y %H:%M}"
    if isinstance(cell, date):
        return "date", f' office:date-value="{cell.isoformat()}"', f"{cell:%d/%m/%Y}"
    if cell is None:
        return "", "", ""
    return "float", f' office:value="{cell}"', str(cell).replace(".", ",")


def _ods_text(text: str) -> str:
    return "".join(f"<text:p>{line}</text:p>" for line in opendocument.spaced(text).split("\n"))


def to_xlsx(sheet: Sheet) -> bytes:
    """A workbook of Excel: typed cells, texts quoted so that editing one runs nothing."""
    from openpyxl import Workbook  # noqa: PLC0415  (a second to import)
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415  (a second to import)
    from openpyxl.styles import Font  # noqa: PLC0415  (a second to import)
    from openpyxl.utils import get_column_letter  # noqa: PLC0415  (a second to import)

    rows = list(_rows(sheet))
    book = Workbook(write_only=True)
    book.properties.title = writable(sheet.title)
    book.properties.language = "fr-FR"
    book.properties.creator = "TraAM"
    tab = book.create_sheet(_tab(sheet.title))
    tab.freeze_panes = "A2"
    for rank, width in enumerate(_widths(sheet.headers, rows), start=1):
        tab.column_dimensions[get_column_letter(rank)].width = width + 2

    bold = Font(bold=True)
    tab.append([_xlsx_cell(WriteOnlyCell(tab), writable(head), bold) for head in sheet.headers])
    for row in rows:
        tab.append([_xlsx_cell(WriteOnlyCell(tab), cell, None) for cell in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _xlsx_cell(made: Any, cell: Cell, font: Any) -> Any:
    """An empty cell given its value; a text is typed a text whatever it begins with."""
    if isinstance(cell, datetime):
        made.value, made.number_format = _local(cell), "DD/MM/YYYY HH:MM"
    elif isinstance(cell, date):
        made.value, made.number_format = cell, "DD/MM/YYYY"
    else:
        made.value = cell
    if isinstance(cell, str):
        made.data_type, made.quotePrefix = "s", cell.startswith(FORMULA)
    if font is not None:
        made.font = font
    return made


def _rows(sheet: Sheet) -> Iterator[list[Cell]]:
    return ([_cleaned(cell) for cell in row] for row in sheet.rows)


def _cleaned(cell: Cell) -> Cell:
    """Texts without what no file can hold, yes and no in words, no number that is not one."""
    if isinstance(cell, str):
        return writable(cell)
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, int):
        return cell if abs(cell) <= EXACT_MAX else str(cell)
    if isinstance(cell, float | Decimal):
        return cell if isfinite(cell) else None
    return cell


def _local(instant: datetime) -> datetime:
    """The minute in Paris, as spreadsheets know it: without a zone."""
    return instant.astimezone(PARIS).replace(tzinfo=None, microsecond=0)


def _tab(title: str) -> str:
    """A name that every spreadsheet takes."""
    named = re.sub(r"[\[\]:*?/\\'\n\t]", " ", writable(title))[:TAB_MAX].strip()
    return named or "Feuille"


def _widths(headers: Sequence[str], rows: list[list[Cell]]) -> list[int]:
    """How wide each column is, in characters, from its header and its first rows."""
    low, high = WIDTHS
    texts = [list(headers), *([_in_csv(cell) for cell in row] for row in rows[:SEEN_ROWS])]
    count = max(len(row) for row in texts)
    sizes = (max(len(row[rank]) for row in texts if rank < len(row)) for rank in range(count))
    return [min(max(size, low), high) for size in sizes]


FORMATS: dict[str, tuple[str, Callable[[Sheet], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", to_csv),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", to_ods),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", to_xlsx),
}


def sheet_response(request: HttpRequest, sheet: Sheet, name: str) -> HttpResponse | None:
    """The file that `?format=` asks for, saved as `name` with its ending; None when none is asked.

    The rows are read only if a file is made: build the sheet with a generator. Give it the whole
    filtered list, not the page shown.
    """
    asked = request.GET.get("format", "")
    if asked not in FORMATS:
        return None
    media_type, write = FORMATS[asked]
    return file_response(write(sheet), media_type=media_type, name=f"{name}.{asked}")
