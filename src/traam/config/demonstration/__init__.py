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
from traam.campaigns.models import Campaign, Theme, ThemeAcademy
from traam.catalogue.loading import load_campaigns, load_productions
from traam.catalogue.models import Notice
from traam.config.demonstration import replay
from traam.dissemination import actions as dissemination
from traam.people.actions import prepare_personas
from traam.people.models import User

PACKAGE = Path(traam.__file__).parent
CAMPAIGNS = PACKAGE / "campaigns" / "data" / "archive.json"
PRODUCTIONS = PACKAGE / "catalogue" / "data" / "archive.json"


def is_loaded() -> bool:
    """Whether this folder holds the demonstration (its personas are the sign of it)."""
    return bool(User.objects.filter(persona__isnull=False).exists())


def load(*, now: datetime, seed: int, scale: int) -> None:
    """Everything in one transaction: a start that is cut short leaves an empty folder.

    `seed` and `scale` shape the invented campaigns; the archive is the same whatever they are.
    Scale 0 plays the five campaigns with two themes each.
    """
    with transaction.atomic():
        for action, path in ((load_campaigns, CAMPAIGNS), (load_productions, PRODUCTIONS)):
            action(content=path.read_bytes(), name=path.name, now=now, actor=None, dry_run=False)
        prepare_personas(now=now)
        replay.play(now=now, seed=seed, scale=scale)
    dissemination.follow()


def _rows() -> Iterator[list[Any]]:
    """The domain's rows as plain values, by natural key, without surrogate keys nor secrets."""
    for user in User.objects.filter(persona__isnull=False).order_by("persona"):
        yield ["persona", user.persona, user.name]
    for campaign in Campaign.objects.order_by("year"):
        yield ["campaign", campaign.year]
    for theme in Theme.objects.order_by("code").select_related("campaign"):
        yield ["theme", theme.code, theme.campaign.year, theme.title]
    parts = ThemeAcademy.objects.order_by("theme__code", "academy__code")
    for part in parts.values_list("theme__code", "academy__code", "part"):
        yield ["academy", *part]
    for notice in Notice.objects.order_by("origin", "version"):
        yield ["notice", notice.origin, notice.version, notice.act, notice.digest]


def digest() -> str:
    """SHA-256 (hexadecimal) of the domain's rows."""
    total = hashlib.sha256()
    for row in _rows():
        total.update(json.dumps(row, ensure_ascii=False).encode() + b"\n")
    return total.hexdigest()
