"""Two campaigns in a folder of data: one whose decisions are prepared, one that is announced.

`python -m tests.e2e.announcements` prints, in JSON, the keys of what the pages show.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import django

from traam.selection.rules.life import DecisionKind

if TYPE_CHECKING:  # the models cannot be imported before `django.setup`
    from traam.applications.models import Application
    from traam.campaigns.models import Campaign
    from traam.selection.models import Case

THEMES = (
    "Modéliser le vivant avec le numérique",
    "Débattre à partir de données ouvertes, au collège et au lycée professionnel",
)
TITLE = "Mesurer à plusieurs les îlots de chaleur de notre commune"
REASON = "Le protocole ne dit pas ce qui sera observé en classe, ni à quel moment."
REMARKS = (
    "Votre projet touche un **vrai besoin**.\n\n- Précisez les séances prévues\n- Nommez les "
    "indicateurs"
)
CODES = ("09", "17", "20", "02", "10")  # Lille, Nantes, Amiens, Aix-Marseille, Lyon
PLACES = {"09": "lille", "17": "nantes"}
IN, RESERVE, OUT = DecisionKind.RETAINED, DecisionKind.RESERVE, DecisionKind.NOT_RETAINED
DECISIONS = (  # of each theme, in the order of the academies
    (IN, OUT, RESERVE, RESERVE, IN),
    (RESERVE, IN, OUT, RESERVE, IN),
)


def _campaign(year: int, instant: datetime) -> tuple[Campaign, list[Case]]:
    """Two themes of two places, five academies, their decisions prepared."""
    from tests.selection import factories as f
    from traam.reference.models import Academy

    campaign = f.under_study(
        year=f"{year}-{year + 1}",
        first_year=year,
        last_year=year + 1,
        is_demonstration=True,
        rules={"academies_min": 1, "academies_max": 2},
    )
    _calendar(campaign, instant)
    rows = {one.code: one for one in Academy.objects.filter(code__in=CODES)}
    cases = []
    for number, title in enumerate(THEMES):
        theme = f.theme_of(campaign, title=title, code=f"theme-{year}-{number}")
        for rank, code in enumerate(CODES):
            application = f.deposited(theme, rows[code], title=TITLE)
            _people(application, PLACES.get(code, ""))
            cases.append(f.CaseFactory(application=application))
            _decide(cases[-1], DECISIONS[number][rank], rank)
    return campaign, cases


def _calendar(campaign: Campaign, instant: datetime) -> None:
    from traam.campaigns.models import MilestoneDate

    for kind, days in {"announcement": 0, "replies_due": 20, "launch": 90}.items():
        MilestoneDate.objects.update_or_create(
            campaign=campaign, kind=kind, defaults={"at": instant + timedelta(days=days)}
        )


def _people(application: Application, place: str) -> None:
    """The personas of this academy, where it has some."""
    from traam.applications.models import Author, NamedInspector
    from traam.people.models import User

    for model, role in ((Author, "referent"), (NamedInspector, "inspecteur")) if place else ():
        person = User.objects.get(persona=f"{role}-{place}")
        model.objects.create(application=application, person=person)


def _decide(case: Case, kind: DecisionKind, rank: int) -> None:
    from tests.selection.announcement.setting import decide

    decide(
        case,
        kind,
        rank=(1 if rank in (0, 2) else 2) if kind is RESERVE else None,
        reason=REASON if kind is OUT else "",
        remarks=REMARKS,
    )


def prepare() -> dict[str, object]:
    """The keys of the decisions, participations, replies and minutes that the pages show."""
    from tests.selection import factories as f
    from traam.kit.clock import now
    from traam.selection import actions

    instant = f.NOW = now()
    before, prepared = _campaign(2088, instant)
    actions.edit_letter(
        decision=prepared[1].decision,
        subject="Votre candidature",
        text="Madame, Monsieur,\n\nUn mot retouché.",
        version=0,
        now=instant,
        actor=None,
    )
    after, told = _campaign(2090, instant)
    actions.announce(campaign=after, now=instant, actor=None)
    of_before = {"letter": prepared[0], "retouched": prepared[1]}
    of_after = {"sent": told[0], "refused": told[1], "retained": told[0], "called": told[5]}
    return {
        "year": before.year,
        "announced": after.year,
        **{name: case.decision.pk for name, case in (of_before | of_after).items()},
        **_afterwards(after, told, instant),
    }


def _afterwards(campaign: Campaign, told: list[Case], instant: datetime) -> dict[str, object]:
    """Two academies leave, one is called, one replies; minutes are written."""
    from traam.people.models import User
    from traam.people.queries import actor_for
    from traam.selection import actions
    from traam.selection.models import Participation

    pilot = actor_for(User.objects.get(persona="pilote-national"), instant.date())
    dan = actor_for(User.objects.get(persona="dan-nantes"), instant.date())
    parts = {one.decision.case_id: one for one in Participation.objects.all()}
    called = parts[told[5].pk]
    for gone in (parts[told[4].pk], parts[told[6].pk]):
        actions.withdraw_participation(
            participation=gone,
            reason="L’équipe a changé d’établissement.",
            now=instant,
            actor=None,
        )
    actions.call_reserve(participation=called, now=instant, actor=None)
    reply = actions.reply(
        decision=told[1].decision,
        text="Le protocole était joint en pièce.\n\nNous pouvons le compléter.",
        now=instant,
        actor=dan,
    )
    made = actions.write_minutes(
        campaign=campaign,
        theme=told[0].theme,
        session=actions.Session(experts=2, inspectors=1),
        now=instant,
        actor=pilot,
    )
    return {
        "part": called.pk,
        "reply": reply.pk,
        "theme": told[0].theme.code,
        "minutes": made.pk,
    }


if __name__ == "__main__":
    django.setup()
    json.dump(prepare(), sys.stdout)
