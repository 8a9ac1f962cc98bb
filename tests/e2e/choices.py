"""A campaign to choose, in a folder of data: `python -m tests.e2e.choices`.

Prints, in JSON, the keys of what the pages show.
"""

import json
import sys

import django

CODES = ("09", "17", "20", "02", "31", "28")  # Martinique and La Réunion among them
SCORES = ((5, 5), (4, 4), (4, 3), (3, 3), (2, 3), (2, 2))


def prepare() -> dict[str, object]:
    """Six applications for three places, all reviewed; one is in conflict for the expert; a
    proposal, a lock, a decision that departs from it."""
    from tests.people.factories import MandateScopeFactory
    from tests.selection import factories as f
    from traam.applications.rules.life import Standing
    from traam.kit.clock import now
    from traam.people.models import ScopeKind, User
    from traam.people.queries import actor_for
    from traam.reference.models import Academy
    from traam.selection import actions
    from traam.selection.rules.life import DecisionKind

    instant = f.NOW = now()
    rules = {"academies_min": 1, "academies_max": 3}
    campaign = f.under_study(year="2090-2091", first_year=2090, last_year=2091, rules=rules)
    theme = f.theme_of(campaign, title="Modéliser le vivant avec le numérique", code="vivant-2090")
    academies = Academy.objects.in_bulk(CODES, field_name="code")
    applications = [
        f.deposited(theme, academies[code], title=f"Projet de {academies[code].name}")
        for code in CODES
    ]
    cases = [f.CaseFactory(application=one) for one in applications]
    me = User.objects.get(persona="expert")
    MandateScopeFactory(mandate=me.mandates.get(), kind=ScopeKind.THEME, code=theme.code)
    other = f.reviewer(theme, name="Inspection générale, SVT")
    f.clear(applications, [me, other])
    people = {theme.code: [me, other]}
    boss = User.objects.get(persona="pilote-national")
    f.review_all(
        f.Study(campaign, boss, [theme], list(academies.values()), applications, cases, people),
        SCORES,
    )
    pilot, expert = (actor_for(one, instant.date()) for one in (boss, me))
    given = {"now": instant, "actor": pilot}
    first = actions.compute(campaign=campaign, name="Premier calcul", **given)
    actions.lock(case=cases[4], is_in=True, reason="Sans thème depuis trois ans.", **given)
    second = actions.compute(campaign=campaign, name="Avec le verrou", **given)
    actions.decide(
        case=cases[3],
        kind=DecisionKind.RETAINED,
        departure="Le seul projet en lycée professionnel.",
        version=0,
        now=instant,
        actor=expert,
    )
    f.clear([applications[5]], [me], standing=Standing.PINNED)
    return {
        "year": campaign.year,
        "theme": theme.code,
        "case": cases[0].pk,
        "out": cases[3].pk,
        "variant": first.pk,
        "other": second.pk,
    }


if __name__ == "__main__":
    django.setup()
    json.dump(prepare(), sys.stdout)
