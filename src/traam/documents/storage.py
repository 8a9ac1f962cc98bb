"""Where the bytes lie: `FILES_ROOT/ab/cd/<digest>`, written once, never changed, never half."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


def path_of(digest: str) -> Path:
    """Where the bytes of this digest are, or would be."""
    return Path(settings.FILES_ROOT) / digest[:2] / digest[2:4] / digest


def write(content: bytes) -> str:
    """Put the bytes in their place, on disk before this returns; their digest."""
    digest = hashlib.sha256(content).hexdigest()
    place = path_of(digest)
    if place.exists() and place.stat().st_size == len(content):
        return digest
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(place)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(place.parent)
    return digest


def _sync_folder(folder: Path) -> None:
    """A rename lasts once its folder is on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def digest_of(path: Path) -> str:
    """The digest of a file's bytes, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
