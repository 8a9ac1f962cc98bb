"""A trial to observe, in a folder of data: `python -m tests.e2e.trying`. Prints its address."""

import json
import sys
from datetime import timedelta

import django


def prepare() -> dict[str, object]:
    """The teacher of Lille has one open trial, whose grid holds three indicators; the référente
    has two."""
    from tests.campaigns.factories import CampaignFactory, ThemeFactory
    from tests.groups import factories as groups
    from tests.productions.factories import ProductionFactory
    from tests.trials.factories import IndicatorFactory, ObservationFactory, TrialFactory
    from traam.access.roles import Role
    from traam.campaigns.rules.life import CampaignState
    from traam.kit.clock import now
    from traam.people.models import User
    from traam.reference.models import Academy

    instant = now()
    first = instant.year - (instant.month < 9)
    years = {"first_year": first, "last_year": first + 1, "year": f"essais-{first}"}
    state = {"state": CampaignState.AT_WORK, "is_archive": False, "state_at": instant}
    campaign = CampaignFactory(**years, **state)
    theme = ThemeFactory(campaign=campaign, title="Mesurer à plusieurs", code="mesurer")
    group = groups.NationalGroupFactory(theme=theme)
    lille = Academy.objects.get(code="09")
    team = groups.TeamFactory(group=group, academy=lille, code="mesurer-lille")
    teacher = User.objects.get(persona="enseignant-lille")
    groups.MemberFactory(team=team, person=teacher, role=Role.TEACHER)
    production = ProductionFactory(team=team, shared=True, title="Mesurer la pousse d’un haricot")
    since = instant - timedelta(days=2)
    trial = TrialFactory(
        production=production, teacher=teacher, code="haricot", at_work=True, state_at=since
    )
    texts = ("Un élève corrige une mesure", "Un groupe explique un écart", "L’outil gêne la mesure")
    for position, text in enumerate(texts, 1):
        IndicatorFactory(trial=trial, key=f"i{position}", position=position, text=text)
    referent = User.objects.get(persona="referent-lille")
    groups.MemberFactory(team=team, person=referent, role=Role.REFERENT)
    for code in ("premier", "second"):
        tried = ProductionFactory(team=team, shared=True, title=f"Le {code} essai")
        one = TrialFactory(
            production=tried, teacher=referent, code=code, at_work=True, state_at=since
        )
        IndicatorFactory(trial=one, key="i1", position=1, text=f"Un signe du {code}")
    observation = ObservationFactory(trial=trial, seen_at=since, received_at=since)
    return {"trial": trial.code, "observation": observation.pk}


if __name__ == "__main__":
    django.setup()
    json.dump(prepare(), sys.stdout)
