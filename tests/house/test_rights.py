"""Rights over what the service really holds: a list and a page never disagree.

`tests/access` proves it of every right on things made for that; here, of the models themselves,
each of which says twice where it stands: to SQL (`SCOPE_PATHS`) and in memory (`place()`).
"""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db.models import Model, QuerySet

from tests.demonstrated import DAY
from traam.access.actor import Actor
from traam.access.policy import RIGHTS
from traam.access.sql import PathMissing, scope_q
from traam.applications.models import Application
from traam.campaigns.models import Brief, Campaign, Theme
from traam.groups.models import Meeting, NationalGroup, Team, TeamBond
from traam.groups.rules.life import Bond
from traam.people.models import Delegation, Mandate, User
from traam.people.personas import PERSONAS
from traam.people.queries import actor_for, persona
from traam.productions.models import Production
from traam.reference.models import Academy
from traam.selection.models import Case, Decision, Participation, Review
from traam.syntheses.models import Finding, Synthesis
from traam.trials.models import Agreement, CrossTest, Observation, Trial

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SAMPLE = 60  # things of each sort, the first by their keys
ASKED = {  # the rights asked over the rows of each model, whole families or one by one
    Agreement: ("trial.agree", "agreement"),
    Application: ("application",),
    Brief: ("brief",),
    Campaign: ("campaign", "decision.arbitrate"),
    Case: ("application.read", "decision.deliberate", "decision.arbitrate"),
    CrossTest: ("cross_test.answer", "cross_test.read"),
    Decision: ("decision",),
    Delegation: ("mandate.withdraw_delegation",),
    Finding: ("finding",),
    Mandate: ("mandate",),
    NationalGroup: ("group", "cross_test.plan"),
    Observation: ("observation",),
    Participation: ("participation",),
    Production: ("production",),
    Review: ("review",),
    Team: ("team", "hours", "trial.begin", "cross_test.ask"),
    Theme: ("theme", "decision.follow"),
    Trial: ("trial", "observation.write"),
    User: ("people",),
}
ASKED_OF_SOME = (  # of the rows of one sort only
    (Meeting.objects.filter(team=None), "group"),
    (Meeting.objects.filter(group=None), "team"),
    (Synthesis.objects.filter(kind="national"), "national_synthesis"),
    (Synthesis.objects.exclude(kind="national"), "academic_synthesis"),
)


def _asked() -> Iterator[tuple[QuerySet[Model], str]]:
    every = [(model._default_manager.all(), each) for model, all_ in ASKED.items() for each in all_]
    for rows, family in (*every, *ASKED_OF_SOME):
        for right in RIGHTS:
            if right == family or right.startswith(f"{family}."):
                yield rows, right


def _actors(today: date) -> list[Actor]:
    return [actor_for(persona(one.slug), today) for one in PERSONAS]


def _tied_to_nantes() -> None:
    """Half of the teams of other academies are bound to this one, the other half's were merged into
    it: both lead to the same people."""
    nantes = Academy.objects.get(code="17")
    others = list(Team.objects.exclude(academy=nantes).order_by("academy", "pk"))
    bound, merged = others[::2], {one.academy_id for one in others[1::2]}
    TeamBond.objects.bulk_create(
        TeamBond(team=one, academy=nantes, kind=Bond.ASSOCIATED) for one in bound
    )
    kept = {one.academy_id for one in bound}
    Academy.objects.filter(pk__in=merged - kept).update(successor=nantes, valid_to=DAY.date())


def test_list_and_page_agree_for_every_model_right_and_persona(demonstration) -> None:
    _tied_to_nantes()
    actors, wrong, compared = _actors(DAY.date()), [], set()
    for rows, right in _asked():
        places = {one.pk: one.place() for one in rows.order_by("pk")[:SAMPLE]}
        for actor in actors:
            try:
                wanted = scope_q(actor=actor, right=right, model=rows.model)
            except PathMissing:  # asked over no list of these
                break
            listed = set(rows.filter(wanted, pk__in=list(places)).values_list("pk", flat=True))
            opened = {key for key, place in places.items() if actor.allows(right, place)}
            compared.add((rows.model, right))
            if listed != opened:
                who = f"{rows.model.__name__} {right}, {actor.in_force[0].role}"
                wrong.append(f"{who}: listed {listed - opened}, opened {opened - listed}")

    assert not wrong, "\n".join(wrong)
    assert {model for model, _ in compared} == {*ASKED, Meeting, Synthesis}
