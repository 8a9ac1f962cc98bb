"""Cells that carry the heading of their column: on a phone, each row is read alone."""

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

_CELL = re.compile(r"<(td|th)\b([^>]*)>")
_SPAN = re.compile(r'\bcolspan="(\d+)"')


def labelled(cells: str, headers: Sequence[str]) -> Markup:
    """The cells of one row, each with the heading above it (`data-label`), for a table that is laid
    out otherwise on a phone. A cell over several columns has none."""
    place = 0

    def mark(found: re.Match[str]) -> str:
        nonlocal place
        tag, attributes = found.groups()
        span = _SPAN.search(attributes)
        label = "" if span or place >= len(headers) else headers[place]
        place += int(span[1]) if span else 1
        said = f' data-label="{escape(label)}"' if label else ""
        return f"<{tag}{said}{attributes}>"

    return Markup(_CELL.sub(mark, str(cells)))  # noqa: S704 (made by templates, labels escaped)
