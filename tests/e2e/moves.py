"""What is moved with a pointer, in a folder of data: `python -m tests.e2e.moves`.

Three applications of Lille await the visa; a group of the expert has three observations to code.
Prints, in JSON, their codes and keys.
"""

import json
import sys

import django


def prepare() -> dict[str, object]:
    """What the delegate ranks, and what the expert codes."""
    from tests.e2e import calls

    return {"codes": calls.prepare(4, waiting=3)[1:], **_coding()}


def _coding() -> dict[str, object]:
    """Closed trials with an observation each, and two findings that rest on nothing."""
    from tests.people.factories import MandateScopeFactory
    from tests.syntheses.world import world
    from traam.kit.clock import now
    from traam.people.models import ScopeKind, User
    from traam.syntheses import actions
    from traam.syntheses.rules.life import FindingKind

    here = world(teams=1, trials=3)
    me = User.objects.get(persona="expert")
    theme = here.group.theme.code
    MandateScopeFactory(mandate=me.mandates.get(), kind=ScopeKind.THEME, code=theme)
    findings = [
        actions.write_finding(
            group=here.group, kind=FindingKind.GAIN_PUPILS, text=text, now=now(), actor=None
        ).code
        for text in ("Comparer fait corriger.", "Mesurer à deux rassure.")
    ]
    return {
        "group": here.group.code,
        "findings": findings,
        "observations": [one.pk for one in here.observations],
    }


if __name__ == "__main__":
    django.setup()
    json.dump(prepare(), sys.stdout)
