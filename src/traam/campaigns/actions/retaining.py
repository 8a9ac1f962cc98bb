"""The academies of a theme, as its public page lists them, once the choice is announced."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from traam.access.actor import Actor
from traam.campaigns import acts
from traam.campaigns.models import Theme, ThemeAcademy
from traam.campaigns.rules.life import ANNOUNCED_ON, Part
from traam.kit.refusals import Refusal
from traam.reference.models import Academy

NOT_ANNOUNCED = "Rien n’est annoncé : aucune académie ne se publie."


@transaction.atomic
def list_academies(
    *, theme: Theme, parts: Mapping[Academy, Part], now: datetime, actor: Actor | None
) -> None:
    """Publish these academies as those of the theme, in place of those listed before.

    Called by the choice, which has judged the right. Nothing is noted when nothing changes.
    Raises `Refusal` before the announcement.
    """
    held = acts.held_text(theme)
    if parts and held.campaign.state not in ANNOUNCED_ON:
        raise Refusal(NOT_ANNOUNCED)
    rows = ThemeAcademy.objects.filter(theme=held)
    present = dict(rows.order_by("pk").values_list("academy", "part"))
    if present == {one.pk: str(part) for one, part in parts.items()}:
        return
    rows.delete()
    ThemeAcademy.objects.bulk_create(
        ThemeAcademy(theme=held, academy=one, part=part, named_as=one.name, place=held.list_place)
        for one, part in sorted(parts.items(), key=lambda each: each[0].pk)
    )
    held.academies_complete = bool(parts)
    held.save(update_fields=["academies_complete"])
    retained = sum(1 for part in parts.values() if part == Part.RETAINED)
    acts.note(
        "theme.list_academies",
        held,
        actor=actor,
        now=now,
        before={"count": len(present)},
        after={"count": len(parts), "retained": retained},
    )


@transaction.atomic
def explain_numbers(*, theme: Theme, reason: str, now: datetime, actor: Actor | None) -> None:
    """Keep why more academies are retained than planned, or fewer. Called by the choice."""
    words = acts.need_reason(reason)
    held = acts.held_text(theme)
    verb = "theme.explain_numbers"
    acts.explain(held, kind=verb, reason=words, actor=actor, now=now)
    acts.note("theme.explain_numbers", held, actor=actor, now=now)
