"""The demonstration: the archive on its real facts, and the personas, through the real actions.

`digest` sums up the domain's rows by natural key: same seed and day, same digest.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

import traam
from traam.applications.models import Answer, Application
from traam.campaigns.models import Campaign, Signature, Theme, ThemeAcademy
from traam.catalogue.loading import load_campaigns, load_productions
from traam.catalogue.models import Notice
from traam.config.demonstration import replay, rows
from traam.dissemination import actions as dissemination
from traam.people.actions import prepare_personas
from traam.people.models import User
from traam.selection.models import Decision, Review

PACKAGE = Path(traam.__file__).parent
CAMPAIGNS = PACKAGE / "campaigns" / "data" / "archive.json"
PRODUCTIONS = PACKAGE / "catalogue" / "data" / "archive.json"


def is_loaded() -> bool:
    """Whether this folder holds the demonstration (its personas are the sign of it)."""
    return bool(User.objects.filter(persona__isnull=False).exists())


def load_archive(*, now: datetime) -> None:
    """Seventeen years of known facts; nothing where the catalogue holds any notice already."""
    if Notice.objects.exists():
        return
    with transaction.atomic():
        for action, path in ((load_campaigns, CAMPAIGNS), (load_productions, PRODUCTIONS)):
            action(content=path.read_bytes(), name=path.name, now=now, actor=None, dry_run=False)


def load(*, now: datetime, seed: int, scale: int) -> None:
    """Everything in one transaction: a start that is cut short leaves no half of a year.

    `seed` and `scale` shape the invented campaigns; the archive is the same whatever they are.
    Scale 0 plays the five campaigns with two themes each.
    """
    with transaction.atomic():
        load_archive(now=now)
        prepare_personas(now=now)
        replay.play(now=now, seed=seed, scale=scale)
    dissemination.follow()


def _rows() -> Iterator[list[Any]]:
    """The domain's rows as plain values, by natural key, without surrogate keys nor secrets."""
    for user in User.objects.order_by("email"):
        yield ["person", user.email, user.persona, user.name]
    yield from rows.rows_of(Campaign.objects.order_by("year"), "year", "state", "rules")
    themes = Theme.objects.order_by("code")
    yield from rows.rows_of(themes, "code", "campaign__year", "title", "problem", "state")
    parts = ThemeAcademy.objects.order_by("theme__code", "academy__code")
    yield from rows.rows_of(parts, "theme__code", "academy__code", "part")
    signatures = Signature.objects.order_by("version__digest", "side", "signed_at")
    yield from rows.rows_of(signatures, "version__digest", "side", "person__email", "signed_at")
    answers = Answer.objects.order_by("application__code", "field")
    yield from rows.rows_of(answers, "application__code", "field", "value")
    found = Application.objects.order_by("code")
    yield from rows.rows_of(found, "code", "theme__code", "academy__code", "state", "rank", "title")
    reviews = Review.objects.order_by("case__application__code", "reviewer__email")
    yield from rows.rows_of(
        reviews, "case__application__code", "reviewer__email", "state", "scores", "comment"
    )
    decisions = Decision.objects.order_by("case__application__code")
    yield from rows.rows_of(
        decisions, "case__application__code", "kind", "rank", "state", "participation__state"
    )
    yield from rows.of_the_year()
    notices = Notice.objects.order_by("origin", "version")
    yield from rows.rows_of(notices, "origin", "version", "act", "digest")


def digest() -> str:
    """SHA-256 (hexadecimal) of the domain's rows."""
    total = hashlib.sha256()
    for row in _rows():
        total.update(
            json.dumps(row, ensure_ascii=False, sort_keys=True, default=str).encode() + b"\n"
        )
    return total.hexdigest()
