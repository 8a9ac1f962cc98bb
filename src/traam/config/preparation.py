"""Makes a folder of data ready: tables, vocabularies, static files. Idempotent, quick when done."""

import hashlib
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

import traam
from traam.journal.actions import record
from traam.reference import actions as reference

STATIC_IGNORED = ("htmx-4*", "htmx-2.js", "htmax*", "ext", "ninja", "mfa")


def pending_migrations() -> bool:
    """Whether a table of this version is missing."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def prepare(*, now: datetime) -> None:
    """Tables and vocabularies of this version, and the static files it serves."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    if pending_migrations():
        call_command("migrate", verbosity=0, interactive=False)
    reference.prepare(now=now, record=record)
    _collect_static()


def _static_stamp() -> str:
    """Changes whenever a file that is served may have changed."""
    files = sorted(Path(traam.__file__).parent.glob("*/static/**/*"))
    listed = [f"{file.name} {file.stat().st_mtime_ns}" for file in files if file.is_file()]
    return hashlib.sha256("\n".join([traam.__version__, *listed]).encode()).hexdigest()


def _collect_static() -> None:
    stamp, path = _static_stamp(), settings.STATIC_ROOT / ".stamp"
    if path.exists() and path.read_text() == stamp:
        return
    call_command(
        "collectstatic", verbosity=0, interactive=False, ignore_patterns=list(STATIC_IGNORED)
    )
    path.write_text(stamp)
