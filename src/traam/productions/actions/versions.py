"""An earlier version is taken back: what it said is written again, nothing in between is lost."""

from datetime import datetime

from django.db import transaction

from traam.access.acting import allowed, person_of
from traam.access.actor import Actor
from traam.kit.refusals import Refusal
from traam.productions import acts
from traam.productions.models import Production, ProductionVersion
from traam.productions.queries.reading import values_of
from traam.productions.rules.fields import FIELDS, LINES, TERMS
from traam.productions.writing import cut, keep, write

SAME = "La version {} dit ce que dit déjà la production."


@transaction.atomic
def take_version_back(
    *, version: ProductionVersion, now: datetime, actor: Actor | None
) -> Production:
    """The fields say again what they said then; files and links stay as they are now."""
    held = acts.held(version.production)
    behalf = allowed(actor, "production.write", held.place())
    cut(held, now=now)
    present, wanted = values_of(held), wanted_values(version)
    changed = [name for name in FIELDS if (present[name] or None) != (wanted[name] or None)]
    if not changed:
        raise Refusal(SAME.format(version.number))
    person = person_of(actor)
    for name in changed:
        write(held, field=name, value=wanted[name], person=person, key="", now=now)
    keep(held, changed)
    after = {"version": version.number}
    acts.note("production.take_version", held, actor=actor, behalf=behalf, now=now, after=after)
    return acts.held(held)


def wanted_values(version: ProductionVersion) -> dict[str, object]:
    """What each field said at that version, as controls hold it."""
    fields, codes = version.content.get("fields", {}), version.content.get("codes", {})
    found: dict[str, object] = {}
    for name in FIELDS:
        if name in LINES:
            found[name] = "\n".join(fields.get(name, []))
        else:
            found[name] = codes.get(name, []) if name in TERMS else fields.get(name, "")
    return found
