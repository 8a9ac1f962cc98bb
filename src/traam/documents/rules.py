"""What a file may be: its size with a unit, its real type from its bytes, a name safe to send."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath

from traam.kit.text import size

NAME_MAX = 120  # characters


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of file that we know: `extensions` are the endings it may bear."""

    media_type: str
    label: str
    extensions: tuple[str, ...]


KINDS: dict[str, Kind] = {
    kind.media_type: kind
    for kind in (
        Kind("application/pdf", "PDF", ("pdf",)),
        Kind("image/png", "PNG", ("png",)),
        Kind("image/jpeg", "JPEG", ("jpg", "jpeg")),
        Kind("image/webp", "WebP", ("webp",)),
        Kind("image/gif", "GIF", ("gif",)),
        Kind("application/vnd.oasis.opendocument.text", "ODT", ("odt",)),
        Kind("application/vnd.oasis.opendocument.spreadsheet", "ODS", ("ods",)),
        Kind("application/vnd.oasis.opendocument.presentation", "ODP", ("odp",)),
        Kind(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "DOCX",
            ("docx",),
        ),
        Kind(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX", ("xlsx",)
        ),
        Kind(
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "PPTX",
            ("pptx",),
        ),
        Kind("application/zip", "ZIP", ("zip", "h5p", "ggb")),
        Kind("audio/mpeg", "MP3", ("mp3",)),
        Kind("audio/ogg", "OGG", ("ogg", "oga")),
        Kind("video/mp4", "MP4", ("mp4", "m4v")),
        Kind("video/webm", "WebM", ("webm",)),
        Kind("application/json", "JSON", ("json",)),
        Kind("text/calendar", "agenda", ("ics",)),
        Kind("text/csv", "CSV", ("csv",)),
        Kind("text/plain", "texte", ("txt", "md")),
    )
}
TEXTS = ("application/json", "text/calendar", "text/csv", "text/plain")
ZIPPED = frozenset(
    kind for kind in KINDS if kind.startswith("application/vnd.") or kind == "application/zip"
)


def extension(name: str) -> str:
    """The ending of a name, lower case, without its dot; empty without one."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower().removeprefix(".")


def safe_name(name: str) -> str:
    """The last part of a name, without control or reserved characters, `NAME_MAX` at most."""
    last = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    kept = re.sub(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\"<>|:*?;%]", "_", last)
    kept = kept.strip(" .") or "fichier"
    ending = extension(kept)
    if len(kept) <= NAME_MAX or not ending:
        return kept[:NAME_MAX]
    return f"{kept[: NAME_MAX - len(ending) - 1]}.{ending}"


def download_name(wanted: str, *, digest: str, media_type: str) -> str:
    """The name under which a file is saved: the one asked for when its ending tells the truth."""
    endings = KINDS[media_type].extensions if media_type in KINDS else ("bin",)
    if wanted and extension(wanted) in endings:
        return safe_name(wanted)
    return f"traam-{digest[:12]}.{endings[0]}"


def is_inert(media_type: str) -> bool:
    """Whether a browser may show it in place: the pictures, sounds and videos that we know.

    The rest is saved: an SVG, which is a picture too, may hold a script.
    """
    return media_type in KINDS and media_type.startswith(("image/", "audio/", "video/"))


@dataclass(frozen=True, slots=True)
class Span:
    """The bytes asked for, both ends included."""

    first: int
    last: int
    is_outside: bool = False


def byte_range(header: str, *, size: int) -> Span | None:
    """The single range of a `Range` header; None for all the bytes (no range, several, nonsense).

    RFC 9110 §14.1.2: « bytes=0-99 », « bytes=100- », « bytes=-100 ».
    """
    match = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", header.strip())
    if match is None or match[0].strip() == "bytes=-":
        return None
    if not match[1]:
        length = min(int(match[2]), size)
        return Span(size - length, size - 1, is_outside=length == 0)
    first, last = int(match[1]), min(int(match[2] or size), size - 1)
    if match[2] and int(match[2]) < first:
        return None
    return Span(first, last, is_outside=first >= size)


def text_type(content: bytes, name: str) -> str | None:
    """The type of UTF-8 text, by its ending among those we know; None for anything else."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if re.search(r"[\x00-\x08\x0b\x0e-\x1f]", text):
        return None
    return next((kind for kind in TEXTS if extension(name) in KINDS[kind].extensions), None)


def reasons(
    *, name: str, weight: int, limit: int, media_type: str | None, accepted: Collection[str]
) -> list[str]:
    """Why this file is refused, in French; empty when it may be stored. `limit` in bytes."""
    said = f"Fichier « {safe_name(name)} »"
    wanted = ", ".join(KINDS[kind].label if kind in KINDS else kind for kind in sorted(accepted))
    if not weight:
        return [f"{said} : il est vide."]
    if weight > limit:
        return [f"{said} : il pèse {size(weight)}, la limite est de {size(limit)}."]
    if media_type is None:
        return [f"{said} : son type n’est pas reconnu ; types acceptés : {wanted}."]
    if media_type not in accepted:
        label = KINDS[media_type].label if media_type in KINDS else media_type
        return [f"{said} : c’est un fichier {label} ; types acceptés : {wanted}."]
    known = KINDS[media_type].extensions if media_type in KINDS else (extension(name),)
    if extension(name) not in known:
        endings = " ou ".join(f".{ending}" for ending in known)
        label = KINDS[media_type].label
        return [f"{said} : son contenu est {label}, son nom doit finir par {endings}."]
    return []
