"""`restore`: the archive is read whole first; then all is built aside, and put in place at the end.

SQLite: a new database file in a hidden folder of `TRAAM_DATA`, moved in place with the files.
PostgreSQL: one transaction, in which the former tables go and the new ones come. Stop the web
server and the worker before restoring over data.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from traam.config.archive import counters, layout, tables
from traam.documents import storage
from traam.kit.refusals import Refusal


def restore(*, path: Path, replace: bool) -> None:
    """Put back what `backup` wrote. Over data, only with `replace`.

    Raises `Refusal` on a damaged archive, one of a later version, or data in the way: nothing is
    then written, and what was there stays as it was.
    """
    manifest = layout.check(path)
    nodes = [(app, name) for app, name in manifest["migrations"]]
    if later := tables.unknown(nodes):
        raise Refusal(
            f"L’archive « {path.name} » vient de « {manifest['program']} », plus récent que ce "
            f"programme (migration inconnue : {'.'.join(later[0])}). Rien n’a été écrit."
        )
    if not replace and has_data():
        raise Refusal(
            f"Le dossier « {settings.DATA} » ou sa base contient des données : ajoutez --replace "
            "pour les remplacer. Rien n’a été écrit."
        )
    settings.DATA.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix=".restauration-") as aside:
        try:
            _build(path, manifest, nodes=nodes, aside=Path(aside))
        except (DatabaseError, LookupError, OSError, TypeError, ValueError) as error:
            raise Refusal(
                f"L’archive « {path.name} » ne se charge pas : {error}. Rien n’a été remplacé."
            ) from error


def has_data() -> bool:
    """Whether there is something to lose: a table, a stored file, a database that does not read."""
    files = Path(settings.FILES_ROOT)
    if files.is_dir() and any(files.iterdir()):
        return True
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return False
    try:
        return bool(connection.introspection.table_names())
    except DatabaseError:
        return True


def _build(path: Path, manifest: dict[str, Any], *, nodes: list[tables.Node], aside: Path) -> None:
    new = aside / "new"
    Path(new / _name(settings.FILES_ROOT)).mkdir(parents=True)
    if connection.vendor == "sqlite":
        with _database_at(new / Path(connection.settings_dict["NAME"]).name):
            _fill(path, manifest, nodes=nodes, new=new)
        _put_in_place(aside)
    else:
        with transaction.atomic():
            _empty_postgresql()
            _fill(path, manifest, nodes=nodes, new=new)
            _put_in_place(aside)


def _name(folder: Path) -> Path:
    """The folder's place inside `TRAAM_DATA`."""
    return Path(folder).relative_to(settings.DATA)


@contextmanager
def _database_at(place: Path) -> Iterator[None]:
    """The default database is this file for a while, then again what it was."""
    connection.close()
    former, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], str(place)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = former


def _empty_postgresql() -> None:
    """Drop every table, and the functions of their triggers; other extensions' stay."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")
        cursor.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p "
            "WHERE p.prorettype = 'trigger'::regtype "
            "AND p.pronamespace = current_schema()::regnamespace "
            "AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        )
        for (function,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {function}")


def _fill(path: Path, manifest: dict[str, Any], *, nodes: list[tables.Node], new: Path) -> None:
    """Tables as they were, rows, counters; then the migrations that came since."""
    registry = tables.migrate_to(nodes)
    known = {table._meta.db_table: table for table in tables.tables(registry)}
    rows = dict(manifest["rows"])
    with transaction.atomic():
        tables.defer_constraints()
        for name, source in layout.extract(path):
            folder, _, last = name.rpartition("/")
            if folder != "tables":
                _keep(new, name, source)
                continue
            table = last.removesuffix(".jsonl")
            if tables.load(known.pop(table), source) != rows[table]:
                raise ValueError(f"la table {table} n’a pas le nombre de lignes annoncé")
        if known:
            raise ValueError(f"la table {min(known)} manque")
        counters.write(tables.tables(registry), manifest["last_keys"])
        connection.check_constraints()
    call_command("migrate", verbosity=0, interactive=False)


def _keep(new: Path, name: str, source: IO[bytes]) -> None:
    if name == layout.SECRET:
        place = new / layout.SECRET
    else:
        digest = name.rpartition("/")[2]
        place = new / _name(storage.path_of(digest))
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("xb") as file:
        place.chmod(0o600)
        shutil.copyfileobj(source, file, layout.PIECE)


def _put_in_place(aside: Path) -> None:
    """Move what was there into `old`, then the new in its place; or put all back as it was.

    Were the machine to stop right here, `old` keeps the former data in the hidden folder.
    """
    new, old, done = aside / "new", aside / "old", list[tuple[Path, Path]]()
    old.mkdir()
    former = {_name(settings.FILES_ROOT), _name(settings.INDEX_ROOT)}
    former |= {Path(entry.name) for entry in new.iterdir()}
    if connection.vendor == "sqlite":
        database = Path(connection.settings_dict["NAME"]).name
        former |= {Path(database + ending) for ending in ("", "-wal", "-shm")}
    moves = [(settings.DATA / name, old / name) for name in sorted(former)]
    moves += [(entry, settings.DATA / entry.name) for entry in sorted(new.iterdir())]
    try:
        for source, target in moves:
            if source.exists():
                source.rename(target)
                done.append((source, target))
    except OSError:
        for source, target in reversed(done):
            target.rename(source)
        raise
