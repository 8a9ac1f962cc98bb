"""What a production says at one moment, as plain values: its digest, and what changed since. Pure.

A content is `{"fields": {name: text or list of labels}, "files": […], "links": […]}`.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from traam.kit.diff import Run, words
from traam.productions.rules.fields import FIELDS, label_of

Content = Mapping[str, Any]


def digest_of(content: Content) -> str:
    """SHA-256 of the canonical JSON: equal contents, equal digests."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def stamp(value: object) -> str:
    """A short digest of one field, by which a form without script tells what it was given."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Change:
    """A field, or the files, or the links, that two versions say otherwise; word by word."""

    label: str
    runs: Sequence[Run]


def changes(before: Content, after: Content, *, kind: str = "") -> list[Change]:
    """What differs from one content to another, in the order of the form; empty when nothing."""
    return [
        Change(label, words(old, new))
        for label, old, new in _pairs(before, after, kind)
        if old != new
    ]


def _pairs(before: Content, after: Content, kind: str) -> Iterator[tuple[str, str, str]]:
    old, new = before.get("fields", {}), after.get("fields", {})
    for name in FIELDS:
        yield label_of(name, kind), as_text(old.get(name)), as_text(new.get(name))
    for name, label in (("files", "Fichiers"), ("links", "Liens")):
        yield label, _listed(before.get(name)), _listed(after.get(name))


def as_text(value: object) -> str:
    """A value as it is compared and read: a list is one word on each line."""
    if isinstance(value, list | tuple):
        return "\n".join(str(one) for one in value)
    return str(value or "")


def _listed(rows: object) -> str:
    if not isinstance(rows, list | tuple):
        return ""
    return "\n".join(
        " · ".join(str(row[key]) for key in sorted(row) if row[key] not in ("", None))
        for row in rows
    )
