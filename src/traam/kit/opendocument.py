"""What OpenDocument files share: how one is closed, the same content giving the same bytes."""

import io
import re
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from odfdo import Document

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date that an archive can tell
_PLACE = "TRAAM-PLACE"
_LOST_SPACES = re.compile(r" {2,}|(?:^|(?<=\t)) | (?:$|(?=\t))", re.MULTILINE)


def spaced(text: str) -> str:
    """The XML of a text, where the spaces that would be lost, and tabs, have their elements."""
    kept = _LOST_SPACES.sub(lambda match: f'<text:s text:c="{len(match[0])}"/>', escape(text))
    return kept.replace("\t", "<text:tab/>")


def place() -> str:
    """A paragraph that stands where XML written by hand will be put."""
    return f"<text:p>{_PLACE}</text:p>"


def closed(document: "Document", *, body: str = "") -> bytes:
    """The file's bytes. `body`: well-formed XML put in the stead of `place()` (a long table built
    element by element takes minutes)."""
    written = io.BytesIO()
    document.save(written)
    again = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(again, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "content.xml" and body:
                content = content.replace(place().encode(), body.encode(), 1)
            copied = zipfile.ZipInfo(part.filename, EPOCH)
            copied.compress_type = part.compress_type
            target.writestr(copied, content)
    return again.getvalue()
