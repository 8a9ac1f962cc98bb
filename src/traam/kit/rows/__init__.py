"""Rows from a file handed over (JSON or CSV): read, mended or refused, each with its reasons.

`read_rows` never raises anything but `Refusal`. What concerns the whole file refuses the file; what
concerns one row is said in that row, and the others go on.
"""

from traam.kit.rows.cells import CELL_MAX, Column, Kind
from traam.kit.rows.reading import BYTES_MAX, ROWS_MAX, read_rows
from traam.kit.rows.report import Outcome, RawRow, Report, RowResult
from traam.kit.rows.text import shown

__all__ = [
    "BYTES_MAX",
    "CELL_MAX",
    "ROWS_MAX",
    "Column",
    "Kind",
    "Outcome",
    "RawRow",
    "Report",
    "RowResult",
    "read_rows",
    "shown",
]
