"""OAI-PMH from stored rows to bytes, beside the Python servers that install: oaipmh and oai-repo.

Ours reads the database; the peers are given the same records, elements made, in memory: their best
case. Pages of the same size, the same Dublin Core. Goals: at least 3 times the faster peer; with
`large`, the last page of a million costs at most twice the first.
"""

import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from bench import _oai_peers
from traam.catalogue import sets
from traam.catalogue.models import HarvestSet, Membership, Notice
from traam.catalogue.record import Link, Record, Term
from traam.dissemination import queries
from traam.dissemination.models import Rendering
from traam.dissemination.oai import answers, arguments, dublin_core, repository, tokens
from traam.dissemination.site import Site

NAME = "t0000000"  # an ARK name to replace
NOTICES = 20_000
MANY = 1_000_000
KINDS_OF_RECORD = 400
SITE = Site(
    base="https://traam.example",
    naan="99999",
    oai_domain="traam.example",
    contact=_oai_peers.CONTACT,
    is_demonstration=False,
)
BASE_URL = _oai_peers.BASE_URL
CONTEXT = repository.Context(site=SITE, base_url=BASE_URL)
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
SUMMARY = (
    "Les élèves préparent un trajet en comparant des sites de voyage sur tablette, justifient "
    "l’itinéraire retenu, puis confrontent leurs critères de choix & leurs sources en groupe."
)


def _record(number: int) -> Record:
    """A record as rich as those of the archive, different from its neighbours."""
    uri = "http://data.education.fr/voc/scolomfr/concept/scolomfr-voc-015-num-"
    year = 2014 + number % 12
    return Record(
        title=f"Se déplacer en Europe : parcours n° {number} < atelier « cartes »",
        kind=Term("scenario", "scénario"),
        summary=f"{SUMMARY} Variante {number}.",
        summary_basis="page_excerpt",
        certainty="explicite",
        years=(f"{year}-{year + 1}",),
        year_text=f"{year}-{year + 1}",
        campaign=Term(f"{year}-{year + 1}", f"{year}-{year + 1}"),
        theme=Term(f"theme-{number % 60}", f"S’informer dans le monde du numérique, {number % 60}"),
        academies=(Term(f"{number % 25 + 1:02d}", f"Ville {number % 25}"),),
        disciplines=(Term(f"D{number % 19}", f"Discipline {number % 19}", f"{uri}{number % 19}"),),
        levels=(Term(f"N{number % 12}", f"Niveau {number % 12}", f"{uri}{number % 12}"),),
        cycles=(Term("C4", "cycle 4", f"{uri}619"),),
        competences=(
            Term("raisonner", "Raisonner, justifier une démarche"),
            Term(f"comp-{number % 40}", f"Se repérer dans l’espace, {number % 40}"),
        ),
        tools=(Term("tablette", "tablettes"), Term(f"outil-{number % 90}", f"outil {number % 90}")),
        links=(
            Link(f"http://hgc.ac-creteil.fr/parcours-{number}?a=1&b=2", "original"),
            Link(f"http://hgc.ac-creteil.fr/parcours-{number}", "source"),
        ),
        is_archive=True,
    )


def _made(record: Record) -> str:
    data = json.loads(json.dumps(record.as_data()))
    return dublin_core.metadata(data, ark=NAME, day="2020-09-01")


@contextmanager
def _own_database() -> Iterator[None]:
    """A SQLite of our own for the time of the measure."""
    kept = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory(prefix="traam-bench-oai-") as folder:
        connection.close()
        connection.settings_dict["NAME"] = Path(folder) / "oai.sqlite3"
        try:
            call_command("migrate", verbosity=0)
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = kept


def _fill(count: int) -> None:
    """`count` notices by bulk SQL, ten a second apart, in their sets `discipline` and leaf."""
    records = [_record(number) for number in range(KINDS_OF_RECORD)]
    rows = [
        (number, json.dumps(one.as_data()), one.digest(), sets.text(sets.specs(one)), _made(one))
        for number, one in enumerate(records)
    ]
    specs = {spec for one in records for spec in sets.specs(one)} | set(sets.ROOTS)
    HarvestSet.objects.bulk_create(HarvestSet(spec=spec, name=spec) for spec in sorted(specs))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE kind (number INTEGER PRIMARY KEY, record, digest, sets, made)"
        )
        cursor.executemany("INSERT INTO kind VALUES (%s, %s, %s, %s, %s)", rows)
        cursor.execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
            INSERT INTO catalogue_notice (id, ark, version, act, sequence, datestamp,
              first_published_at, is_current, origin, record, digest, reason, sets)
            SELECT i, printf('t%%07d', i), 1, 'published', i,
              datetime('2020-09-01', printf('+%%d seconds', i / 10)), '2020-09-01 00:00:00', 1,
              printf('bench:%%d', i), record, digest, '', sets
            FROM n JOIN kind ON kind.number = n.i %% %s
            """,
            [count, KINDS_OF_RECORD],
        )
        cursor.execute(
            """
            INSERT INTO dissemination_rendering (notice_id, sequence, form, oai_dc)
            SELECT id, sequence, %s, replace(kind.made, %s, ark)
            FROM catalogue_notice JOIN kind ON kind.number = id %% %s
            """,
            [dublin_core.FORM, NAME, KINDS_OF_RECORD],
        )
        cursor.execute(
            """
            INSERT INTO catalogue_membership (harvest_set_id, notice_id, datestamp)
            SELECT s.id, n.id, n.datestamp FROM catalogue_notice n, catalogue_harvestset s
            WHERE s.spec = 'discipline'
              OR (s.spec = 'discipline:D7' AND instr(n.sets, ' discipline:D7 '))
            ORDER BY s.id, n.datestamp, n.id
            """
        )
        cursor.execute("ANALYZE")


def _page(arguments_: dict[str, str]) -> bytes:
    """One answer of ours, as `/oai` makes it."""
    asked = arguments.parse(arguments_.items())
    body = repository.answer(asked, CONTEXT)
    return answers.envelope(body, base_url=BASE_URL, given=asked.given, now=NOW).encode()


def _harvest() -> int:
    answer = _page({"verb": "ListRecords", "metadataPrefix": "oai_dc"})
    count = answer.count(b"<record>")
    while following := _oai_peers.token(answer):
        answer = _page({"verb": "ListRecords", "resumptionToken": following})
        count += answer.count(b"<record>")
    return count


def _held() -> list[_oai_peers.Held]:
    """The same records for the peers, the same elements as ours."""
    ours = _page({"verb": "ListRecords", "metadataPrefix": "oai_dc"})
    rows = Notice.objects.current().order_by("datestamp", "pk")
    held = [
        _oai_peers.Held(SITE.oai_identifier(ark), at, kept.split(), _elements(ark, data))
        for ark, at, kept, data in rows.values_list("ark", "datestamp", "sets", "record")
    ]
    first = held[: repository.PAGE]
    theirs = sum(len(values) for one in first for values in one.elements.values())
    assert ours.count(b"</dc:") == theirs, (ours.count(b"</dc:"), theirs)
    return held


def _elements(ark: str, data: dict[str, Any]) -> dict[str, list[str]]:
    academies = [f"Académie de {term['label']}" for term in data["academies"]]
    fields = ("disciplines", "levels", "cycles", "competences", "tools")
    return {
        "title": [data["title"]],
        "subject": [term["label"] for field in fields for term in data[field]],
        "description": [data["summary"]],
        "publisher": ["TraAM : travaux académiques mutualisés"],
        "contributor": academies,
        "date": [year.replace("-", "/") for year in data["years"]],
        "type": [data["kind"]["label"]],
        "format": ["text/html"],
        "identifier": [SITE.ark_base + ark, data["links"][0]["url"]],
        "source": [data["links"][1]["url"]],
        "language": ["fr"],
        "relation": [
            f"{SITE.base}/campagnes/{data['campaign']['code']}/",
            f"{SITE.base}/themes/{data['theme']['code']}/",
        ],
        "coverage": academies,
    }


def _rate(harvest: Callable[[], int]) -> float:
    """Records a CPU second, over the whole catalogue."""
    before = time.process_time()
    count = harvest()
    used = time.process_time() - before
    assert count == NOTICES, (harvest, count)
    return count / used


def _rates() -> dict[str, float]:
    held, page = _held(), repository.PAGE
    ways = {
        "ours": _harvest,
        "oaipmh": lambda: _oai_peers.harvest_oaipmh(held, page=page),
        "oai-repo": lambda: _oai_peers.harvest_oai_repo(held, page=page),
    }
    rounds = [{name: _rate(way) for name, way in ways.items()} for _ in range(3)]
    rates = {name: statistics.median(one[name] for one in rounds) for name in ways}
    Rendering.objects.all().delete()
    return {
        "records per CPU second": round(rates["ours"]),
        "records per CPU second, no rendering ready": round(_rate(_harvest)),
        "oaipmh, from memory: records per CPU second": round(rates["oaipmh"]),
        "oai-repo, from memory: records per CPU second": round(rates["oai-repo"]),
        "times the faster peer": round(rates["ours"] / max(rates["oaipmh"], rates["oai-repo"]), 2),
    }


def _milliseconds(arguments_: dict[str, str]) -> float:
    def once() -> float:
        before = time.perf_counter()
        _page(arguments_)
        return (time.perf_counter() - before) * 1000

    once()
    return statistics.median(once() for _ in range(15))


def _from_the_end(spec: str, back: int) -> tuple[datetime, int]:
    if spec:
        members = Membership.objects.filter(harvest_set__spec=spec)
        rows = members.order_by("-datestamp", "-notice_id").values_list("datestamp", "notice_id")
    else:
        current = Notice.objects.current().order_by("-datestamp", "-pk")
        rows = current.values_list("datestamp", "pk")
    at, key = rows[back]
    return at, key


def _last_page(spec: str) -> dict[str, str]:
    """The request of the last page, without walking the ten thousand before it."""
    harvest = queries.Harvest(spec=spec)
    size = harvest.size()
    back = (size - 1) % repository.PAGE + 1
    found = _from_the_end(spec, back)
    position = tokens.Position(
        verb="ListRecords",
        prefix="oai_dc",
        spec=spec,
        after_datestamp=found[0],
        after_pk=found[1],
        seen=size - back,
        size=size,
    )
    return {"verb": "ListRecords", "resumptionToken": tokens.write(position)}


def _pages() -> dict[str, float]:
    figures = {}
    for label, spec in (("all", ""), ("discipline", "discipline"), ("one set", "discipline:D7")):
        asked = {"verb": "ListRecords", "metadataPrefix": "oai_dc"} | (
            {"set": spec} if spec else {}
        )
        first, last = _milliseconds(asked), _milliseconds(_last_page(spec))
        figures[f"million, {label}: first page, ms"] = round(first, 2)
        figures[f"million, {label}: last page, ms"] = round(last, 2)
        figures[f"million, {label}: last / first"] = round(last / first, 2)
    return figures


def run(*, large: bool) -> dict[str, float]:
    with _own_database():
        _fill(NOTICES)
        figures = _rates()
    if large:
        with _own_database():
            _fill(MANY)
            figures |= _pages()
    return figures
