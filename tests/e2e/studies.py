"""A campaign under study, in a folder of data: `python -m tests.e2e.studies`.

Prints, in JSON, the keys of what the pages show.
"""

import json
import sys
from datetime import timedelta

import django

TITLES = (
    "Mesurer le mouvement avec un téléphone en classe de seconde",
    "Cartographier les îlots de chaleur de notre commune",
    "Débattre à partir de données ouvertes",
    "Enquêter sur la qualité de l’air autour du collège",
)
LONG = (
    "Les élèves de trois classes mesurent la température en divers points de leur commune, à "
    "plusieurs moments de l’année.\n\nIls confrontent leurs mesures aux cartes publiées."
)


def prepare() -> dict[str, object]:
    """Four applications of one theme, reviewers, a conflict; the expert has a review begun."""
    from tests.people.factories import MandateScopeFactory
    from tests.selection import factories as f
    from traam.applications.models import Examiner
    from traam.applications.rules.life import Standing
    from traam.campaigns.models import MilestoneDate
    from traam.kit.clock import now
    from traam.people.models import ScopeKind, User
    from traam.reference.models import Academy
    from traam.selection import actions

    instant = f.NOW = now()
    campaign = f.under_study(year="2090-2091", first_year=2090, last_year=2091)
    due = instant + timedelta(days=5)
    MilestoneDate.objects.filter(campaign=campaign, kind="reviews_due").update(at=due)
    theme = f.theme_of(campaign, title="Modéliser le vivant avec le numérique", code="vivant-2090")
    academies = Academy.objects.filter(code__in=("09", "17", "20", "02")).order_by("code")
    applications = []
    for title, academy in zip(TITLES, academies, strict=True):
        applications.append(f.deposited(theme, academy, title=title))
        deposit = applications[-1].deposits.get()
        deposit.content["answers"] |= {"summary": LONG, "problem": LONG}
        deposit.save()
    cases = [f.CaseFactory(application=one) for one in applications]
    me = User.objects.get(persona="expert")
    MandateScopeFactory(mandate=me.mandates.get(), kind=ScopeKind.THEME, code=theme.code)
    other = f.reviewer(theme, name="Inspection générale, SVT")
    f.clear(applications, [me, other])
    hidden = {"standing": Standing.FOUND, "kinds": "region"}
    f.clear(applications[3:], [me], **hidden)
    mine = [f.ReviewFactory(case=one, reviewer=me, cleared=False) for one in cases]
    given = f.ReviewFactory(case=cases[0], reviewer=other, submitted=True, comment="Bien posé.")
    for review in mine[:2]:
        actions.begin(review=review, now=instant, actor=None)
    f.deposit(applications[1], summary=LONG.replace("trois", "quatre"), problem=LONG)
    return {
        "year": campaign.year,
        "theme": theme.code,
        "begun": mine[0].pk,
        "outdated": mine[1].pk,
        "fresh": mine[2].pk,
        "closed": mine[3].pk,
        "given": given.pk,
        "conflict": Examiner.objects.get(standing=Standing.FOUND).pk,
    }


if __name__ == "__main__":
    django.setup()
    json.dump(prepare(), sys.stdout)
