"""What bytes really are, whatever their name says; and the traps they may hold."""

import io
import zipfile

import filetype
from PIL import Image, UnidentifiedImageError

from traam.documents import archives, rules
from traam.kit.refusals import Refusal

PIXELS_MAX = 50_000_000
_OFFICE = {
    "word/": "wordprocessingml.document",
    "xl/": "spreadsheetml.sheet",
    "ppt/": "presentationml.presentation",
}


def media_type(content: bytes, *, name: str) -> str | None:
    """The real type among those we know, None otherwise (which means: refuse)."""
    guess = filetype.guess(content)  # type: ignore[no-untyped-call]
    if guess is None:
        return rules.text_type(content, name)
    mime: str = guess.mime
    if mime in rules.ZIPPED:
        return _zipped(content)
    return mime if mime in rules.KINDS else None


def _zipped(content: bytes) -> str | None:
    """OpenDocument names its type in its first member; Office by the folder of its parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if names[:1] == ["mimetype"] and archive.getinfo("mimetype").file_size < 100:
                declared = archive.read("mimetype").decode("ascii", "replace").strip()
                return declared if declared in rules.ZIPPED else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        return None
    if "[Content_Types].xml" in names:
        for folder, kind in _OFFICE.items():
            if any(name.startswith(folder) for name in names):
                return f"application/vnd.openxmlformats-officedocument.{kind}"
        return None
    return "application/zip"


def check_depth(content: bytes, *, kind: str, name: str) -> None:
    """Raises `Refusal` on a picture or an archive that would unfold beyond reason, or is broken."""
    said = f"Fichier « {rules.safe_name(name)} »"
    if kind.startswith("image/"):
        _check_picture(content, said)
    elif kind in rules.ZIPPED:
        archives.check(content, said)


def _check_picture(content: bytes, said: str) -> None:
    try:
        with Image.open(io.BytesIO(content)) as image:
            pixels = image.width * image.height
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError):
        raise Refusal(f"{said} : l’image est illisible.") from None
    if pixels > PIXELS_MAX:
        raise Refusal(
            f"{said} : l’image compte {pixels // 10**6} millions de pixels, la limite est de "
            f"{PIXELS_MAX // 10**6} millions."
        )
