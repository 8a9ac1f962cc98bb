"""The file of a backup: a gzipped tar (`tar xzf` opens it), sealed by a digest of all its bytes.

In this order: `manifest.json`, `tables/<table>.jsonl` (one JSON object a row), `files/<digest>`,
and `secret` where the demonstration keeps its signing key. The manifest gives the size and the
SHA-256 of each member that follows it. The file ends with an empty gzip member whose
comment is the SHA-256 of every byte before it: a single changed byte, wherever it is, makes the
file refused.
"""

import gzip
import hashlib
import io
import json
import re
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from traam.kit.refusals import Refusal

FORMAT = 1
MANIFEST = "manifest.json"
SECRET = "secret"  # noqa: S105 (the name of a member)
MEMBER = re.compile(r"tables/[a-z0-9_]{1,63}\.jsonl|files/[0-9a-f]{64}|secret")
PIECE = 2**20  # bytes read at a time
LEVEL = 1  # of compression: most bytes are pictures and PDF, compressed already
_HEAD = b"\x1f\x8b\x08\x10\x00\x00\x00\x00\x00\xff"  # gzip, with a comment, no date
_TAIL = b"\x00\x03\x00" + bytes(8)  # end of the comment, nothing compressed, its CRC and length
TRAILER_SIZE = len(_HEAD) + len("sha256 ") + 64 + len(_TAIL)


@dataclass(frozen=True, slots=True)
class Member:
    """A member to write: where its bytes are now, and what the manifest says of them."""

    name: str
    source: Path
    size: int
    digest: str


class _Hashing(io.RawIOBase):
    """Writes through to a file, keeping the digest of all that went by."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.digest.update(data)
        return self.file.write(data)


def trailer(digest: str) -> bytes:
    """The last bytes of a file whose other bytes have this digest."""
    return _HEAD + f"sha256 {digest}".encode() + _TAIL


def write(*, file: IO[bytes], manifest: dict[str, Any], members: list[Member]) -> None:
    """Write the whole archive; `manifest` is completed with the members."""
    manifest["members"] = {
        member.name: {"size": member.size, "sha256": member.digest} for member in members
    }
    sink = _Hashing(file)
    with (
        gzip.GzipFile(filename="", fileobj=sink, mode="wb", compresslevel=LEVEL, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
        tar.addfile(_header(MANIFEST, len(text)), io.BytesIO(text))
        for member in members:
            with member.source.open("rb") as source:
                tar.addfile(_header(member.name, member.size), source)
    file.write(trailer(sink.digest.hexdigest()))


def _header(name: str, size: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size, header.mode = size, 0o600
    return header


def check(path: Path) -> dict[str, Any]:
    """Read the whole archive and return its manifest. Raises `Refusal` at the first fault."""
    _check_seal(path)
    with _reading(path) as (manifest, members):
        expected = dict(manifest["members"])
        for name, source in members:
            said = expected.pop(name, None)
            if said is None or _measure(source) != (said["size"], said["sha256"]):
                raise Refusal(_damaged(path, f"« {name} » n’est pas ce qu’annonce le manifeste"))
    if expected:
        raise Refusal(_damaged(path, f"« {min(expected)} » manque"))
    return manifest


def extract(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Each member after the manifest, to be read before the next. Check the archive first."""
    with _reading(path) as (_, members):
        yield from members


def _damaged(path: Path, why: str) -> str:
    return f"L’archive « {path.name} » est abîmée : {why}. Rien n’a été écrit."


def _check_seal(path: Path) -> None:
    """The digest of all the bytes but the last, against the last."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            digest, left = hashlib.sha256(), size - TRAILER_SIZE
            while left > 0 and (piece := file.read(min(PIECE, left))):
                digest.update(piece)
                left -= len(piece)
            last = file.read()
    except OSError as error:
        raise Refusal(f"L’archive « {path} » ne se lit pas : {error.strerror}.") from None
    if last != trailer(digest.hexdigest()):
        raise Refusal(_damaged(path, "son empreinte finale ne correspond pas à son contenu"))


@contextmanager
def _reading(path: Path) -> Iterator[tuple[dict[str, Any], Iterator[tuple[str, IO[bytes]]]]]:
    try:
        with gzip.open(path, "rb") as unpacked, tarfile.open(fileobj=unpacked, mode="r|") as tar:
            yield _manifest(path, tar), _members(path, tar)
    except (tarfile.TarError, zlib.error, EOFError, gzip.BadGzipFile, ValueError) as error:
        raise Refusal(_damaged(path, f"elle ne se déplie pas ({type(error).__name__})")) from None


def _manifest(path: Path, tar: tarfile.TarFile) -> dict[str, Any]:
    first = tar.next()
    source = tar.extractfile(first) if first and first.name == MANIFEST else None
    if source is None:
        raise Refusal(_damaged(path, "elle ne commence pas par son manifeste"))
    manifest: dict[str, Any] = json.load(source)
    if manifest.get("format") != FORMAT:
        raise Refusal(
            f"L’archive « {path.name} » est au format {manifest.get('format')} ; cette version de "
            f"traam lit le format {FORMAT}."
        )
    return manifest


def _members(path: Path, tar: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    while header := tar.next():
        source = tar.extractfile(header) if header.isreg() else None
        if source is None or not MEMBER.fullmatch(header.name):
            raise Refusal(_damaged(path, f"« {header.name} » n’y a pas sa place"))
        yield header.name, source


def _measure(source: IO[bytes]) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    while piece := source.read(PIECE):
        digest.update(piece)
        size += len(piece)
    return size, digest.hexdigest()
