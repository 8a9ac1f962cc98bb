"""The folder of the index: which index is the good one, how far it has read, who may write.

`<root>/<version>/state.json` names the folder of the index beside it and is replaced at once, after
the commit: whatever stops in between, the next writer starts again from the state.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from importlib import metadata
from pathlib import Path

import tantivy

from traam.catalogue.search import documents, words
from traam.catalogue.search.documents import Labels, Widths
from traam.catalogue.search.source import Mark

_DAY = 86_400  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What `state.json` says."""

    folder: str
    sequence: int
    mark: str
    academies: str  # digest of the mergers that were counted
    labels: Labels = field(default_factory=dict)
    widths: Widths = field(default_factory=dict)

    @property
    def place(self) -> Mark:
        return Mark(self.sequence, self.mark)


def version() -> str:
    """A digest of all that decides the content of an index: the engine, the schema, the words."""
    digest = hashlib.sha256(metadata.version("tantivy").encode())
    for module in (documents, words):
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()[:16]


class Store:
    """The files of one version of the index on this node."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / version()

    def signature(self) -> tuple[int, int] | None:
        """What changes whenever the state is replaced; None without a state."""
        try:
            found = os.stat(self.folder / "state.json")
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def state(self) -> State | None:
        """The state, or None when there is none that can be read."""
        try:
            state = State(**json.loads((self.folder / "state.json").read_bytes()))
        except (OSError, ValueError, TypeError):
            return None
        return state if isinstance(state.sequence, int) else None

    def write(self, state: State) -> None:
        """Replace the state, durably and at once."""
        path = self.folder / f"state.{os.getpid()}.part"
        with path.open("w", encoding="utf-8") as file:
            json.dump(asdict(state), file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        path.replace(self.folder / "state.json")

    @contextlib.contextmanager
    def lock(self, *, wait: bool) -> Iterator[bool]:
        """The right to write on this node; False when another has it and `wait` is not asked.

        The kernel gives it back when its holder dies.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    def holds(self, folder: str) -> bool:
        """Is there an index in this folder?"""
        return (self.folder / folder / "meta.json").is_file()

    def drop(self, folder: str) -> None:
        """Remove an index that is not the good one."""
        shutil.rmtree(self.folder / folder, ignore_errors=True)

    def open(self, folder: str) -> tantivy.Index:
        """The index of this folder. Raises ValueError or OSError when it cannot be read."""
        if not self.holds(folder):
            raise FileNotFoundError(self.folder / folder)
        index = tantivy.Index.open(str(self.folder / folder))
        index.config_reader("manual")
        documents.register(index)
        return index

    def create(self) -> tuple[str, tantivy.Index]:
        """A new empty index and the name of its folder."""
        name = f"index-{secrets.token_hex(6)}"
        (self.folder / name).mkdir(parents=True)
        index = tantivy.Index(documents.schema(), str(self.folder / name))
        index.config_reader("manual")
        documents.register(index)
        return name, index

    def sweep(self, keep: str) -> None:
        """Remove the other indexes of this version, and versions left alone for a day."""
        others = [path for path in self.folder.glob("index-*") if path.name != keep]
        limit = time.time() - _DAY
        for path in self.root.iterdir():
            if path != self.folder and path.is_dir() and path.stat().st_mtime < limit:
                others.append(path)
        for path in others:
            shutil.rmtree(path, ignore_errors=True)
