"""What is known of a tool: who hosts it, its data, the least age, whether it is an AI."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from traam.access.acting import allowed, person_of
from traam.access.actor import Actor
from traam.journal.acting import note
from traam.kit.clock import day_of
from traam.kit.refusals import Refusal
from traam.productions.models import ToolSheet
from traam.productions.rules.life import Uses

AGE_MAX = 21  # years: beyond, it is a slip
DATA_MAX = 2_000  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What someone says of a tool. `checked_on` None: today."""

    host: str = ""
    data: str = ""
    minimum_age: int | None = None
    ai: Uses = Uses.UNKNOWN
    source: str = ""
    checked_on: date | None = None


@transaction.atomic
def describe_tool(
    *, code: str, label: str, known: Known, now: datetime, actor: Actor | None
) -> ToolSheet:
    """Write the sheet of this tool of the vocabulary, over what it said. Raises `NotAllowed`, or
    `Refusal` with all that is wrong."""
    behalf = allowed(actor, "tool.describe")
    if found := _faults(known, today=day_of(now)):
        raise Refusal(*found)
    sheet, _ = ToolSheet.objects.update_or_create(
        code=code,
        defaults={
            "label": label,
            "host": known.host.strip(),
            "data": known.data.strip(),
            "minimum_age": known.minimum_age,
            "ai": known.ai,
            "source": known.source.strip(),
            "checked_on": known.checked_on or day_of(now),
            "changed_by_id": person_of(actor),
        },
    )
    after = {"age": known.minimum_age, "ai": known.ai.value}
    note("tool.describe", f"tool:{code}", actor=actor, now=now, behalf=behalf, after=after)
    return sheet


def _faults(known: Known, *, today: date) -> list[str]:
    found = []
    if known.minimum_age is not None and not 0 <= known.minimum_age <= AGE_MAX:
        found.append(f"L’âge minimal (reçu : {known.minimum_age}) va de 0 à {AGE_MAX} ans.")
    for label, text, most in (
        ("Hébergement", known.host, 200),
        ("Données traitées", known.data, DATA_MAX),
        ("Source", known.source, 300),
    ):
        if len(text.strip()) > most:
            found.append(f"« {label} » ({len(text.strip())} caractères) doit tenir en {most}.")
    if known.checked_on is not None and known.checked_on > today:
        found.append("La date de vérification est à venir : donnez celle du jour, ou avant.")
    return found
