"""The CPU of each list with 5 000 rows, beside the same list with 500, in this process.

Two folders are filled through the real actions and read by the pilot. Rounds alternate between the
two, page by page of each list, the first to the tenth; medians are kept. Goal: at most 1.2.
"""

import json
import re
import shutil
import statistics
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from traam.access.actor import Actor, Mandate
from traam.access.roles import Role
from traam.catalogue import search
from traam.catalogue.load_rules import FileKind, LoadState
from traam.catalogue.loading import asking, uploads
from traam.catalogue.models import Load
from traam.config.demonstration import CAMPAIGNS, PRODUCTIONS
from traam.dissemination import actions as dissemination
from traam.people.actions import prepare_personas
from traam.people.queries import persona
from traam.post.models import Message
from traam.reference.actions import add_open_terms
from traam.reference.models import Scheme

FEW, MANY = 500, 5_000
ROUNDS = 7
PAGES = 10  # of each list, in a round
OAI_PAGE = 100
ACADEMY, YEAR = "Créteil", "2016-2017"
NOW = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
Row = dict[str, Any]


def _rows(path: Path, count: int) -> list[Row]:
    """The rows of the archive, again and again under other names, of one academy and one year."""
    given = json.loads(path.read_text("utf-8"))
    chosen = {
        "year": YEAR,
        "academies": [ACADEMY],
        "academies_total": 1,
        "academies_complete": True,
    }
    made = []
    for number in range(count):
        row = dict(given[number % len(given)])
        row |= {name: value for name, value in chosen.items() if name in row}
        if "id" in row:
            row |= {"id": f"{row['id']}-{number}", "title": f"{row['title']} {number}"}
        else:
            row["theme"] = f"{row['theme']} {number}"
            row = {key: value for key, value in row.items() if not key.startswith("academies_a")}
        made.append(row)
    return made


class _Site:
    """A folder with so many rows in each of its lists."""

    def __init__(self, base: Path, count: int) -> None:
        self.folder, self.count = base / f"lists-{count}", count
        self.folder.mkdir()
        connection.close()
        shutil.copy(base / "traam.sqlite3", self.folder)
        self.enter()
        prepare_personas(now=NOW)
        user = persona("pilote-national")
        assert user is not None
        self.pilot = Actor(user.pk, (Mandate(role=Role.PILOT),), date(2026, 3, 20))
        self.load = self._fill(user.pk)
        self.client = Client(SERVER_NAME="127.0.0.1")
        self.client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def enter(self) -> None:
        """From now on, this process reads this folder."""
        connection.close()
        connection.settings_dict["NAME"] = str(self.folder / "traam.sqlite3")
        settings.INDEX_ROOT = self.folder / "index"
        search.forget()

    def _fill(self, person: int) -> int:
        """Fill each list; the key of the load of the productions."""
        self._loaded(FileKind.CAMPAIGNS, CAMPAIGNS)
        load = self._loaded(FileKind.PRODUCTIONS, PRODUCTIONS)
        dissemination.follow()
        search.engine().follow()
        add_open_terms(words=[("tools", f"Outil {number}") for number in range(self.count)])
        Message.objects.bulk_create(
            Message(
                to=person,
                kind="people/password_changed",
                key=f"bench:{number}",
                state="sent",
                created_at=NOW,
                sent_at=NOW,
            )
            for number in range(self.count)
        )
        Load.objects.bulk_create(
            Load(
                kind=FileKind.PRODUCTIONS,
                name=f"fichier-{number}.json",
                rows_digest="0" * 64,
                row_count=1,
                state=LoadState.DONE,
                checked_at=NOW,
                checked_by=person,
                ended_at=NOW,
                ended_by=person,
            )
            for number in range(self.count)
        )
        return load

    def _loaded(self, kind: FileKind, path: Path) -> int:
        content = json.dumps(_rows(path, self.count)).encode()
        load = asking.bring(
            kind=kind, content=content, name="essai.json", now=NOW, actor=self.pilot
        )
        uploads.check(load=load.pk, now=NOW)  # what a job would do
        uploads.carry_out(load=load.pk, now=NOW, person=load.checked_by)
        load.refresh_from_db()
        assert load.taken_count + load.mended_count == self.count, load.counts()
        return load.pk

    def cpu(self, paths: list[str]) -> float:
        """Seconds of CPU of one answer, over these pages."""
        self.read(paths[0])
        start = time.process_time()
        for path in paths:
            self.read(path)
        return (time.process_time() - start) / len(paths)

    def read(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return str(answer.content.decode())


def _pages(path: str) -> list[str]:
    """The first pages of a list."""
    mark = "&" if "?" in path else "?"
    return [f"{path}{mark}page={number + 1}" for number in range(PAGES)]


def _harvest(site: _Site) -> list[str]:
    """The first pages of a harvest, by their resumption tokens."""
    paths = ["/oai?verb=ListRecords&metadataPrefix=oai_dc"]
    while len(paths) < FEW // OAI_PAGE:
        token = re.search(r"<resumptionToken[^>]*>([^<]+)<", site.read(paths[-1]))
        assert token, paths[-1]
        paths.append(f"/oai?verb=ListRecords&resumptionToken={quote(token[1])}")
    return paths


def _lists(site: _Site) -> dict[str, list[str]]:
    """The pages of each list of this site."""
    edition = Scheme.objects.get(code="tools", is_open=True).edition
    load = reverse("load", kwargs={"key": site.load})
    paths = {
        "home": reverse("home"),
        "rows of a load": load,
        "rows of a load, one outcome": f"{load}?issue=mended",
        "loads": reverse("loads"),
        "journal": reverse("journal_entries"),
        "outbox": reverse("outbox"),
        "my messages": reverse("my_messages"),
        "terms of a vocabulary": reverse("vocabulary", args=["tools", edition]),
        "search, all": reverse("search"),
        "search, a word": f"{reverse('search')}?q={quote('numérique')}",
        "an academy's themes and works": reverse("academy", kwargs={"code": "24"}),
        "a campaign": reverse("campaign", kwargs={"year": YEAR}),
    }
    return {name: _pages(path) for name, path in paths.items()} | {"harvest": _harvest(site)}


def run(*, large: bool) -> dict[str, float]:
    base, before = Path(settings.DATA), (connection.settings_dict["NAME"], settings.INDEX_ROOT)
    sites = [_Site(base, count) for count in (FEW, MANY)]
    figures: dict[str, tuple[list[float], list[float]]] = {}
    try:
        for _ in range(ROUNDS):
            for place, site in enumerate(sites):
                site.enter()
                for name, pages in _lists(site).items():
                    figures.setdefault(name, ([], []))[place].append(site.cpu(pages))
    finally:
        connection.close()
        connection.settings_dict["NAME"], settings.INDEX_ROOT = before
        search.forget()
    made: dict[str, float] = {}
    for name, (few, many) in figures.items():
        one, other = statistics.median(few), statistics.median(many)
        made[f"{name}: {MANY}, ms of CPU"] = round(1000 * other, 2)
        made[f"{name}: {MANY} / {FEW} (goal 1.2)"] = round(other / one, 2)
    return made
