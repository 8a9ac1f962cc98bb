"""Rows of productions to load, and what became of them."""

import json
from datetime import datetime
from typing import Any

from tests.campaigns.loads import theme_row
from traam.catalogue.loading import load_campaigns, load_productions
from traam.catalogue.models import Notice
from traam.catalogue.record import Record
from traam.kit.rows import Outcome, Report

THEME = "S'informer dans le monde du numérique (2016-2018, année 1)"


def production_row(**changes: Any) -> dict[str, Any]:
    """A production of the archive, whole and exact; `changes` replace or add columns."""
    row = {
        "id": "R001",
        "title": "Comment se déplacer en France et en Europe ?",
        "title_exact": True,
        "academies": ["Créteil"],
        "discipline": "Histoire-géographie",
        "level": "4e",
        "year": "2016-2017",
        "theme": None,
        "kind": "scénario",
        "summary_fr": "Les élèves préparent un trajet.",
        "tools": [],
        "competences": [],
        "url": "http://hgc.ac-creteil.fr/comment-se-deplacer",
        "source": "http://hgc.ac-creteil.fr/comment-se-deplacer",
        "traam_certitude": "explicite",
        "summary_basis": "page_excerpt",
    }
    return row | changes


def loaded(*rows: dict[str, Any], now: datetime, dry_run: bool = False) -> Report:
    content = json.dumps(rows, ensure_ascii=False).encode()
    return load_productions(
        content=content, name="essai.json", now=now, actor=None, dry_run=dry_run
    )


def campaign_loaded(*, now: datetime, **changes: Any) -> Report:
    """A campaign of 2016-2017 with one theme of history and geography."""
    given = {"discipline": "Histoire-géographie", "theme": THEME, "academies_total": None}
    row = theme_row(**given | {"academies_complete": False} | changes)
    content = json.dumps([row], ensure_ascii=False).encode()
    return load_campaigns(
        content=content, name="campagnes.json", now=now, actor=None, dry_run=False
    )


def outcomes(report: Report) -> list[Outcome]:
    return [row.outcome for row in report.rows]


def record_of(identifier: str = "R001") -> Record:
    """The record of the current notice of this row."""
    return Notice.objects.current().get(origin=f"archive:{identifier}").frozen()
