"""A system of its own for the tests of the archive: a folder, perhaps a database, processes.

`Place` runs this file in another process, with the verbs to do.
"""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)


class Place:
    """Where a system keeps its data; `url` names a PostgreSQL, empty for SQLite."""

    def __init__(self, folder: Path, url: str = "") -> None:
        self.folder, self.url = folder, url

    def environ(self) -> dict[str, str]:
        kept = {name: text for name, text in os.environ.items() if not name.startswith("TRAAM_")}
        given = {
            "TRAAM_DATA": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "traam.config.settings",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }
        return kept | given | ({"TRAAM_DATABASE_URL": self.url} if self.url else {})

    def start(self, *verbs: str | list[object]) -> subprocess.Popen[str]:
        given = [[verb] if isinstance(verb, str) else list(map(str, verb)) for verb in verbs]
        line = [sys.executable, __file__, json.dumps(given)]
        return subprocess.Popen(line, env=self.environ(), stdout=subprocess.PIPE, text=True)

    def do(self, *verbs: str | list[object]) -> Any:
        """What the last verb returned; all are done in one process. Fails when it does."""
        process = self.start(*verbs)
        out, _ = process.communicate(timeout=120)
        assert process.returncode == 0, verbs
        return json.loads(out)


def prepare() -> None:
    """Tables, without any row of the vocabularies."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def fill() -> None:
    """A few rows of every sort: notices in several versions, sealed acts, files, people."""
    from django.contrib.sessions.backends.db import SessionStore

    from traam.catalogue import actions as catalogue
    from traam.catalogue.record import File, Record, Term
    from traam.documents.actions import store
    from traam.journal.actions import record, seal
    from traam.people.models import User

    prepare()
    User.objects.create_user(email="Lille@traam.invalid", name="Référent·e — Lille")
    gone = User.objects.create_user(email="parti@traam.invalid", name="Parti")
    gone.delete()
    file = store(content=PNG, name="a.png", limit=10**6, accepted=["image/png"], now=NOW)
    kept = File(digest=file.digest, name="a.png", media_type="image/png", size=file.size)
    said = Record(title="Œuvre « accentuée »", kind=Term("scenario", "Scénario"), files=(kept,))
    notice = catalogue.publish(record=said, origin="test:1", now=NOW, actor=None)
    after = Record(title="Corrigée", kind=Term("scenario", "Scénario"), files=(kept,))
    catalogue.correct(ark=notice.ark, record=after, reason="Essai.", now=NOW, actor=None)
    record(actor=1, verb="test.fill", subject="test:1", now=NOW, after={"n": 1})
    seal(now=NOW)
    record(actor=None, verb="test.fill", subject="test:2", now=NOW)
    session = SessionStore()
    session["k"] = "v"
    session.save()


def write_for_ever() -> None:
    """Store, publish and record until killed; says a line once the first round is done."""
    from traam.catalogue import actions as catalogue
    from traam.catalogue.record import File, Record, Term
    from traam.documents.actions import store
    from traam.journal.actions import record, seal

    number = 0
    while True:
        number += 1
        text = f"texte {number}".encode()
        file = store(content=text, name="a.txt", limit=10**6, accepted=["text/plain"], now=NOW)
        kept = File(digest=file.digest, name="a.txt", media_type="text/plain", size=file.size)
        said = Record(title=f"n° {number}", kind=Term("scenario", "Scénario"), files=(kept,))
        catalogue.publish(record=said, origin=f"loop:{number}", now=NOW, actor=None)
        record(actor=None, verb="test.loop", subject=f"test:{number}", now=NOW)
        if number % 5 == 0:
            seal(now=NOW)
        if number == 5:
            sys.stdout.write("ready\n")
            sys.stdout.flush()


def backup(path: str) -> list[str]:
    return _refused(lambda archive: archive.backup(path=Path(path), now=NOW))


def restore(path: str, replace: str = "") -> list[str]:
    return _refused(lambda archive: archive.restore(path=Path(path), replace=replace == "replace"))


def _refused(act: Any) -> list[str]:
    from traam.config import archive
    from traam.kit.refusals import Refusal

    try:
        act(archive)
    except Refusal as refusal:
        return refusal.reasons
    return []


def verify() -> list[str]:
    from traam.config import archive

    return archive.verify()


def rows() -> dict[str, Any]:
    """Every row of every table, as the archive writes it."""
    import io

    from traam.config.archive import tables

    found = {}
    for table in tables.tables(tables.history(tables.applied())):
        file = io.BytesIO()
        tables.dump(table, file)
        found[table._meta.db_table] = [json.loads(line) for line in file.getvalue().splitlines()]
    return found


def next_person() -> int:
    """The key that the next person gets."""
    from traam.people.models import User

    return User.objects.create_user(email="suivant@traam.invalid", name="Suivant").pk


def execute(sql: str) -> None:
    """As someone who owns the database could."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)


def migrate(app: str, name: str) -> None:
    from django.core.management import call_command

    call_command("migrate", app, name, verbosity=0, interactive=False)


def applied() -> list[str]:
    from traam.config.archive import tables

    return [".".join(node) for node in tables.applied()]


if __name__ == "__main__":
    import django

    django.setup()
    returned = None
    for verb, *given in json.loads(sys.argv[1]):
        returned = globals()[verb](*given)
    sys.stdout.write(json.dumps(returned))
