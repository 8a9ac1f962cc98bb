"""`backup`: one instant of the database, and every stored file, while others go on writing."""

import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

import traam
from traam.config.archive import counters, layout, tables
from traam.config.archive.layout import Member
from traam.documents import queries as documents
from traam.documents import storage
from traam.kit.refusals import Refusal


def backup(*, path: Path, now: datetime) -> None:
    """Write the archive, readable by its owner only; in its place only once it is whole.

    Raises `Refusal` when it cannot be written; also, once the archive is written, when stored files
    are missing or altered, which it then lacks.
    """
    try:
        with tempfile.TemporaryDirectory(dir=path.absolute().parent, prefix=".traam-") as spool:
            manifest, members = _gather(Path(spool), now=now)
            partial = Path(spool) / "archive"
            with partial.open("xb") as file:
                partial.chmod(0o600)
                layout.write(file=file, manifest=manifest, members=members)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
    except OSError as error:
        raise Refusal(f"L’archive « {path} » ne s’écrit pas : {error.strerror}.") from error
    if manifest["absent"]:
        raise Refusal(
            f"L’archive « {path} » est écrite, sans ces fichiers qui manquent ou sont altérés "
            f"(voir « verify ») : {', '.join(manifest['absent'])}."
        )


def _gather(spool: Path, *, now: datetime) -> tuple[dict[str, Any], list[Member]]:
    """What goes in. The bytes of a file are on disk before its row is visible, and stay there:
    read after the rows, all are found."""
    with tables.snapshot():
        nodes = tables.applied()
        known = tables.tables(tables.history(nodes))
        rows = {table._meta.db_table: _dumped(table, spool) for table in known}
        last_keys = counters.read(known)
        digests = documents.all_digests()
    members = [member for _, member in rows.values()]
    files = [member for digest in digests if (member := _stored(digest))]
    secret = settings.DATA / "secret"
    if secret.is_file():
        files.append(_measured(layout.SECRET, secret))
    manifest = {
        "format": layout.FORMAT,
        "program": f"traam {traam.__version__}",
        "made_at": now.isoformat(),
        "migrations": nodes,
        "rows": {name: count for name, (count, _) in rows.items()},
        "last_keys": last_keys,
        "absent": sorted(set(digests) - {member.digest for member in files}),
    }
    return manifest, members + files


def _dumped(table: tables.Table, spool: Path) -> tuple[int, Member]:
    name = table._meta.db_table
    path = spool / f"{name}.jsonl"
    with path.open("wb") as file:
        count = tables.dump(table, file)
    return count, _measured(f"tables/{name}.jsonl", path)


def _measured(name: str, path: Path) -> Member:
    return Member(name, path, path.stat().st_size, storage.digest_of(path))


def _stored(digest: str) -> Member | None:
    path = storage.path_of(digest)
    if not path.is_file():
        return None
    member = _measured(f"files/{digest}", path)
    return member if member.digest == digest else None
