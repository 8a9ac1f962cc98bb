"""A table given to a spreadsheet is read back whole, typed, and runs nothing."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st
from odfdo import Document

from traam.kit import sheets
from traam.kit.sheets import FORMATS, FORMULA, Sheet, sheet_response, to_csv, to_ods, to_xlsx
from traam.kit.text import writable

EVENING = datetime(2026, 4, 3, 22, 30, 59, 12, tzinfo=UTC)  # past midnight in Paris
ROW = ["Écrire – lire", 3, -4.5, Decimal("2.25"), date(2026, 4, 3), EVENING, None, True]
HEADERS = ["Titre", "Nombre", "Note", "Part", "Jour", "Instant", "Vide", "Oui"]
TEXTS = st.text(max_size=60) | st.sampled_from(
    [
        "=1+1",
        "+33",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        " =1",
        "a  b   c",
        " ",
        "a\t b",
    ]
)


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_ods(content: bytes) -> list[list[object]]:
    table = Document(io.BytesIO(content)).body.tables[0]
    return [row.get_values() for row in table.iter_rows()]


def read_xlsx(content: bytes) -> list[list[object]]:
    rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return [list(row) for row in rows]


def sheet(*rows: list, headers: list[str] | None = None, title: str = "Candidatures") -> Sheet:
    return Sheet(title, headers or HEADERS, iter(rows))


def test_csv_is_read_by_excel_and_by_programs() -> None:
    content = to_csv(sheet(ROW))

    assert content.startswith(b"\xef\xbb\xbfTitre,Nombre")
    assert read_csv(content) == [
        HEADERS,
        [
            *("Écrire – lire", "3", "-4.5", "2.25", "2026-04-03"),
            *("2026-04-04T00:30:59+02:00", "", "oui"),
        ],
    ]


@pytest.mark.parametrize(("write", "read"), [(to_ods, read_ods), (to_xlsx, read_xlsx)])
def test_spreadsheet_keeps_numbers_days_and_instants_typed(write, read) -> None:
    headers, row = read(write(sheet(ROW)))

    assert headers == HEADERS
    title, count, score, share, day, instant, empty, yes = row
    assert (title, count, empty, yes) == ("Écrire – lire", 3, None, "oui")
    assert isinstance(count, int)
    assert (float(score), float(share)) == (-4.5, 2.25)
    assert day in (date(2026, 4, 3), datetime(2026, 4, 3))
    assert instant == datetime(2026, 4, 4, 0, 30, 59)


@given(text=TEXTS)
def test_csv_text_never_begins_as_a_formula(text) -> None:
    (header,), (cell,) = read_csv(
        to_csv(
            sheet(
                [
                    text,
                ],
                headers=[text or "x"],
            )
        )
    )

    assert not cell.startswith(FORMULA)
    assert not header.startswith(FORMULA)
    assert cell.removeprefix("'") == writable(text).removeprefix("'")


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(TEXTS, min_size=2, max_size=2))
def test_ods_text_is_read_back_as_typed(texts) -> None:
    content = to_ods(sheet(["x", *texts], headers=["a", "b", "c"]))

    assert read_ods(content)[1][1:] == [writable(text) for text in texts]
    table = Document(io.BytesIO(content)).body.tables[0]
    assert [cell.formula for cell in table.get_cells(flat=True)] == [None] * 6


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(TEXTS, min_size=2, max_size=2))
def test_xlsx_text_is_read_back_as_typed(texts) -> None:
    content = to_xlsx(sheet(["x", *texts], headers=["a", "b", "c"]))

    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2))
    assert [cell.value or "" for cell in rows[0][1:]] == [writable(text) for text in texts]
    for cell in rows[0][1:]:
        assert cell.value is None or cell.data_type == "s"
        assert cell.quotePrefix == str(cell.value or "").startswith(FORMULA)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), None])
def test_sheet_writes_nothing_for_what_is_no_number(value) -> None:
    given_ = ["x", value, 1]

    assert read_csv(to_csv(sheet(given_)))[1] == ["x", "", "1"]
    assert read_ods(to_ods(sheet(given_)))[1] == ["x", None, 1]
    assert read_xlsx(to_xlsx(sheet(given_)))[1][:3] == ["x", None, 1]


def test_sheet_keeps_every_digit_of_a_large_number() -> None:
    large = 2**53 + 1

    for write, read in ((to_csv, read_csv), (to_ods, read_ods), (to_xlsx, read_xlsx)):
        assert read(write(sheet(["x", large])))[1][:2] == ["x", "9007199254740993"]


@pytest.mark.parametrize("title", ["", "  ", "[a]:*?/\\'b", "x" * 90, "\x00", "Thème « 3 »\n"])
def test_sheet_names_its_tab_whatever_the_title(title) -> None:
    named = openpyxl.load_workbook(io.BytesIO(to_xlsx(sheet(title=title)))).sheetnames[0]
    ods = Document(io.BytesIO(to_ods(sheet(title=title)))).body.tables[0].name

    assert named == ods
    assert 0 < len(named) <= 31
    assert not set(named) & set("[]:*?/\\'\n")


def test_sheet_without_rows_has_its_headers() -> None:
    assert read_csv(to_csv(sheet())) == [HEADERS]
    assert read_ods(to_ods(sheet())) == [HEADERS]
    assert read_xlsx(to_xlsx(sheet())) == [HEADERS]


def test_spreadsheets_repeat_or_freeze_their_headers_and_speak_french() -> None:
    ods, xlsx = Document(io.BytesIO(to_ods(sheet(ROW)))), to_xlsx(sheet(ROW))
    book = openpyxl.load_workbook(io.BytesIO(xlsx))

    heads = ods.body.tables[0].get_elements("table:table-header-rows/table:table-row")
    assert len(heads) == 1
    assert (ods.meta.title, ods.meta.language) == ("Candidatures", "fr-FR")
    assert book.active.freeze_panes == "A2"
    assert (book.properties.title, book.properties.language) == ("Candidatures", "fr-FR")


def test_sheet_with_columns_of_its_own_widths_stays_readable() -> None:
    made = sheet(["x" * 500, "y"], headers=["Titre", "Note"])
    columns = openpyxl.load_workbook(io.BytesIO(to_xlsx(made))).active.column_dimensions

    low, high = sheets.WIDTHS
    assert (columns["A"].width, columns["B"].width) == (high + 2, low + 2)


@pytest.mark.parametrize("format_", FORMATS)
def test_sheet_response_gives_the_format_asked_for(format_) -> None:
    request = RequestFactory().get("/", {"format": format_, "page": "2"})

    response = sheet_response(request, sheet(ROW), "candidatures 2026")

    assert response is not None
    assert response["Content-Type"] == FORMATS[format_][0]
    disposition = f'attachment; filename="candidatures 2026.{format_}"'
    assert response["Content-Disposition"] == disposition
    assert response["Cache-Control"] == "private, no-cache"
    assert len(response.content) > 50


@pytest.mark.parametrize("query", [{}, {"format": ""}, {"format": "exe"}, {"format": "CSV"}])
def test_sheet_response_reads_no_row_when_no_format_is_asked(query) -> None:
    def rows():
        raise AssertionError
        yield []

    request = RequestFactory().get("/", query)

    assert sheet_response(request, Sheet("x", ["a"], rows()), "x") is None
