"""The OAI sets of a notice, from its record alone: pure.

A leaf (`discipline:SVT`) belongs to a root (`discipline`): harvesting the root gives the records of
all its leaves, while a record's header names the leaves only (OAI-PMH 2.0, §2.6).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from traam.catalogue.record import Record

ROOTS: Mapping[str, str] = {
    "academie": "Par académie",
    "annee": "Par année scolaire",
    "archive": "Archive des TraAM",
    "cycle": "Par cycle",
    "demonstration": "Démonstration : données inventées",
    "discipline": "Par discipline",
    "niveau": "Par niveau",
    "theme": "Par thème",
    "type": "Par type de production",
}
_FACETS = (
    ("academie", "academies", "Académie"),
    ("cycle", "cycles", "Cycle"),
    ("discipline", "disciplines", "Discipline"),
    ("niveau", "levels", "Niveau"),
)
_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9\-_.!~*'()]+")  # in a part of a setSpec


def part(code: str) -> str:
    """The code as a part of a setSpec."""
    folded = unicodedata.normalize("NFKD", code).encode("ascii", "ignore").decode()
    return _NOT_ALLOWED.sub("-", folded).strip("-")[:80]


def specs(record: Record) -> dict[str, str]:
    """Each leaf the record belongs to and its French name, in a stable order."""
    named = [
        (root, term.code, f"{word} : {term.label}")
        for root, field, word in _FACETS
        for term in getattr(record, field)
    ]
    named += [("theme", record.theme.code, f"Thème : {record.theme.label}")] if record.theme else []
    named += [("annee", year, f"Année scolaire {year}") for year in record.years]
    named += [("type", record.kind.code, f"Type : {record.kind.label}")]
    leaves = {f"{root}:{part(code)}": name for root, code, name in named if part(code)}
    alone = {"archive": record.is_archive, "demonstration": record.is_demonstration}
    return leaves | {spec: ROOTS[spec] for spec, member in alone.items() if member}


def text(leaves: Iterable[str]) -> str:
    """How `Notice.sets` keeps them: « discipline:SVT academie:09 » between two spaces, sorted."""
    return "".join(f" {spec}" for spec in sorted(leaves)) + " "


def lineage(spec: str) -> tuple[str, ...]:
    """The set and its ancestors, the root first."""
    parts = spec.split(":")
    return tuple(":".join(parts[: end + 1]) for end in range(len(parts)))
