"""Rows of campaigns to load, and what became of them."""

import json
from datetime import datetime
from typing import Any

from traam.campaigns.actions import load
from traam.campaigns.models import Theme
from traam.kit.rows import Outcome, Report

TAKEN, MENDED, REFUSED, UNCHANGED = (
    *(Outcome.TAKEN, Outcome.MENDED),
    *(Outcome.REFUSED, Outcome.UNCHANGED),
)


def loaded(*rows: dict[str, Any], now: datetime, dry_run: bool = False) -> Report:
    return load(content=as_json(*rows), name="essai.json", now=now, actor=None, dry_run=dry_run)


def outcomes(report: Report) -> list[Outcome]:
    return [row.outcome for row in report.rows]


def parts(theme: Theme) -> list[tuple[str, str, str]]:
    rows = theme.participations.order_by("pk")
    return list(rows.values_list("academy__name", "part", "named_as"))


def as_json(*rows: dict[str, Any]) -> bytes:
    return json.dumps(rows, ensure_ascii=False).encode()


def theme_row(**changes: Any) -> dict[str, Any]:
    """A theme of the archive, whole and exact; `changes` replace or add columns."""
    row = {
        "year": "2016-2017",
        "discipline": "SVT",
        "theme": "Les classes inversées : pédagogies actives et autonomie des élèves",
        "cycles": [],
        "transversal": False,
        "academies": ["Aix-Marseille", "Créteil"],
        "academies_total": 2,
        "source": "http://eduscol.education.fr/svt/traam-2016-2017.html",
        "academies_complete": True,
    }
    return row | changes
