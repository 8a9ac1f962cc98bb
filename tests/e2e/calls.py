"""Opens a call in a folder of data: `python -m tests.e2e.calls 5`.

Prints, in JSON, the codes of the applications begun: one for each that is asked for.
"""

import json
import sys
from datetime import datetime, timedelta

import django


def prepare(count: int, waiting: int = 2) -> list[str]:
    """An open call of one theme for each application, begun by the référent·e of Lille; the last
    ones, so many, await the visa."""
    from tests.applications.factories import OpenCampaignFactory, OpenThemeFactory
    from tests.applications.world import COMPLETE, actor
    from traam.applications import actions
    from traam.applications.actions import Write
    from traam.campaigns.models import Axis
    from traam.kit.clock import now
    from traam.people.models import User
    from traam.reference.models import Academy

    instant = now()
    campaign = OpenCampaignFactory(
        year="2090-2091", first_year=2090, last_year=2091, calendar=_around(instant)
    )
    people = {
        slug: User.objects.get(persona=slug)
        for slug in ("referent-lille", "enseignant-lille", "inspecteur-lille", "dan-lille")
    }
    author = people["referent-lille"]
    by = actor(author, today=_day(instant))
    lille = Academy.objects.get(code="09")
    codes = []
    for number in range(count):
        theme = OpenThemeFactory(
            campaign=campaign,
            code=f"essai-2090-{number}",
            title=f"Observer et mesurer avec le numérique, question {number + 1}",
            discipline_text="SVT",
            problem="Que change la mesure quand les élèves la font eux-mêmes ?",
        )
        for place in (1, 2):
            Axis.objects.create(theme=theme, position=place, title=f"Un axe possible, le {place}")
        made = actions.begin(theme=theme, academy=lille, now=instant, actor=by)
        actions.add_author(
            application=made, person=people["enseignant-lille"], now=instant, actor=by
        )
        actions.name_inspector(
            application=made, person=people["inspecteur-lille"], now=instant, actor=by
        )
        if number:  # the first stays empty
            writes = [Write(name, value) for name, value in COMPLETE.items()]
            actions.save(application=made, writes=writes, now=instant, actor=by)
        if number >= count - waiting:
            inspector = actor(people["inspecteur-lille"], today=_day(instant))
            actions.submit(application=made, now=instant, actor=by)
            actions.agree(application=made, now=instant, actor=inspector)
        codes.append(made.code)
    OpenThemeFactory(campaign=campaign, code="essai-2090-libre", title="Un thème encore libre")
    return codes


def _around(instant: datetime):
    from traam.campaigns.rules.calendar import Milestone

    ten = timedelta(days=10)
    return {Milestone.CALL_OPENS: instant - ten, Milestone.CALL_CLOSES: instant + ten}


def _day(instant: datetime):
    from traam.applications.queries.calls import day_of

    return day_of(instant)


if __name__ == "__main__":
    django.setup()
    json.dump(prepare(int(sys.argv[1])), sys.stdout)
