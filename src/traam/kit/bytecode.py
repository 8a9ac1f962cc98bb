"""The code of each template, kept beside Python's own: the next process compiles none again.

To compile them all took 3.6 s of CPU, paid bit by bit by those who first ask each page of each
process.
"""

import sys
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from pickle import UnpicklingError

import django
import jinja2
from jinja2.bccache import Bucket, FileSystemBytecodeCache

HERE = Path(__file__).parent


@cache
def house() -> str:
    """What a template compiles to depends on it too: a filter is applied to a constant once."""
    read = sha256(f"{jinja2.__version__} {django.__version__}".encode())
    for module in sorted(HERE.glob("*.py")):
        read.update(module.read_bytes())
    return read.hexdigest()


class KeptCode(FileSystemBytecodeCache):
    """Written where Python would write that of a module, if it would; read if it is of the same
    source, house and `way` of compiling. Where one may not write, and for a template of no file,
    all is as without it."""

    def __init__(self, way: str = "") -> None:
        super().__init__(directory="", pattern="%s.code")  # the keys are whole paths
        self.way = way

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        if filename is None:
            return ""
        return str(Path(cache_from_source(filename)).with_name(Path(filename).name))

    def get_source_checksum(self, source: str) -> str:
        return sha256(f"{house()} {self.way} {source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        if not bucket.key:
            return
        with suppress(OSError, EOFError, UnpicklingError):  # absent, or cut by a failure
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if not bucket.key or sys.dont_write_bytecode:
            return
        with suppress(OSError):
            Path(bucket.key).parent.mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)
