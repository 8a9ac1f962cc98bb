"""What a file of a production may be, and what forbids to show it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from traam.productions.rules.life import (
    NEEDS_AUTHORISATION,
    Authorisation,
    FileUse,
    Recognisable,
)

MO = 10**6  # bytes
FILE_MAX = 50 * MO
VIDEO_MAX = 500 * MO  # `rules.md` §3
FILES_MAX = 30  # of one production
LINKS_MAX = 30
DESCRIPTION_MAX = 300  # characters
_PICTURES = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})
_SOUNDS = frozenset({"audio/mpeg", "audio/ogg"})
_VIDEOS = frozenset({"video/mp4", "video/webm"})
_OFFICE = "application/vnd.openxmlformats-officedocument"
_DOCUMENTS = frozenset(
    {
        "application/pdf",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.presentation",
        f"{_OFFICE}.wordprocessingml.document",
        f"{_OFFICE}.spreadsheetml.sheet",
        f"{_OFFICE}.presentationml.presentation",
        "application/zip",
        "application/json",
        "text/csv",
        "text/plain",
    }
)
ACCEPTED: dict[FileUse, frozenset[str]] = {
    FileUse.ATTACHMENT: _DOCUMENTS,
    FileUse.PICTURE: _PICTURES,
    FileUse.SOUND: _SOUNDS,
    FileUse.VIDEO: _VIDEOS,
    FileUse.PUPIL_WORK: _DOCUMENTS | _PICTURES | _SOUNDS | _VIDEOS,
}


def limit_of(use: FileUse) -> int:
    """The heaviest that a file of this use may be, in bytes."""
    return VIDEO_MAX if use in (FileUse.VIDEO, FileUse.PUPIL_WORK) else FILE_MAX


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What decides whether a file may be published."""

    name: str
    use: FileUse
    recognisable: Recognisable
    authorisation: Authorisation
    description: str = ""


def is_carried(file: Shown) -> bool:
    """Does it go with the notice? A file whose authorisation was withdrawn does not."""
    return file.authorisation is not Authorisation.WITHDRAWN


def needs_authorisation(file: Shown) -> bool:
    """A pupil is recognised in it, or is its author: a pupil's work is protected like any other."""
    if file.use not in NEEDS_AUTHORISATION:
        return False
    return file.recognisable is Recognisable.YES or file.use is FileUse.PUPIL_WORK


def faults(file: Shown) -> list[str]:
    """What must be answered or obtained before this file is published, in French."""
    if not is_carried(file) or file.use not in NEEDS_AUTHORISATION:
        return []
    said = f"Fichier « {file.name} » : "
    found = []
    if file.recognisable is Recognisable.UNSAID:
        found.append(f"{said}dites si un élève y est reconnaissable.")
    elif needs_authorisation(file) and file.authorisation is not Authorisation.OBTAINED:
        found.append(f"{said}l’autorisation est à obtenir avant de publier, ou retirez le fichier.")
    if file.use is FileUse.PICTURE and not file.description.strip():
        found.append(f"{said}décrivez l’image, pour qui ne la voit pas.")
    return found


def faults_of(files: Iterable[Shown]) -> tuple[str, ...]:
    """Those of all the files of a production."""
    return tuple(sentence for one in files for sentence in faults(one))


def coherent(use: FileUse, recognisable: Recognisable, asked: Authorisation) -> Authorisation:
    """The authorisation as it is kept: none where nobody could give one, « à obtenir » where one
    is needed and was not said to be obtained."""
    file = Shown(name="", use=use, recognisable=recognisable, authorisation=asked)
    if asked is Authorisation.WITHDRAWN:
        return asked
    if not needs_authorisation(file):
        return Authorisation.NOT_NEEDED
    return asked if asked is Authorisation.OBTAINED else Authorisation.MISSING
