"""Archives (ODT, DOCX, ZIP…): unfolded once, to nowhere, to know that they are no bomb, and whole.

What an archive says of its own size is not believed: a bomb lies.
"""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator

from traam.kit.refusals import Refusal
from traam.kit.text import number, size

UNFOLDED_MAX = 500 * 10**6  # bytes of an archive once unfolded
RATIO_MAX = 200  # unfolded bytes for one…
RATIO_FROM = 10 * 10**6  # …beyond this many unfolded bytes: a small text folds well
PARTS_MAX = 5_000
_PIECE = 2**18  # bytes
_ENCRYPTED = 0x1  # of a part's flags
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    *(EOFError, OSError, NotImplementedError, ValueError),
)


def check(content: bytes, said: str) -> None:
    """Raises `Refusal`, its words after `said`, on a bomb, a locked or a broken archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive, len(content), said)
    except _BROKEN:
        raise Refusal(
            f"{said} : l’archive est abîmée ; enregistrez le fichier à nouveau."
        ) from None


def _check_parts(archive: zipfile.ZipFile, weight: int, said: str) -> None:
    parts = archive.infolist()
    bomb = f"{said} : c’est une bombe de décompression"
    if len(parts) > PARTS_MAX:
        raise Refusal(f"{bomb} : {number(len(parts))} éléments, {number(PARTS_MAX)} au plus.")
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise Refusal(f"{said} : l’archive est protégée par un mot de passe ; retirez-le.")
    unfolded = 0
    for length in _unfolded(archive, parts):
        unfolded += length
        if unfolded > UNFOLDED_MAX:
            raise Refusal(f"{bomb} : déplié, il dépasserait {size(UNFOLDED_MAX)}.")
        if unfolded > RATIO_FROM and unfolded > RATIO_MAX * weight:
            raise Refusal(f"{bomb} : déplié, il serait plus de {RATIO_MAX} fois plus lourd.")


def _unfolded(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Iterator[int]:
    """The length of each piece of each part, read one after the other and forgotten."""
    for part in parts:
        with archive.open(part) as file:
            while piece := file.read(_PIECE):
                yield len(piece)
