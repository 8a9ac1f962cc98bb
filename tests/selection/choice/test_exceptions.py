"""The exceptions that are normal (`rules.md` §4), that the choice meets: one test each."""

import pytest
from django.urls import reverse

from tests.reference.factories import AcademyFactory
from tests.selection import factories
from tests.selection.choice.setting import room, year_before
from traam.applications.models import ApplicationAcademy
from traam.reference.models import AcademyKind
from traam.selection import actions
from traam.selection.models import Decision, Departure
from traam.selection.queries.arbitration import arbitration
from traam.selection.queries.instance import instance_of
from traam.selection.queries.variants import reading
from traam.selection.rules.life import DecisionKind, ParticipationState
from traam.selection.screens.arbitrating import ArbitrationPage

pytestmark = pytest.mark.django_db
RETAINED, RESERVE, NOT_RETAINED = DecisionKind


def states_of(made) -> list[str]:
    page = ArbitrationPage(arbitration(campaign=made.campaign))
    return [words for _, marks in page.states for words, _ in marks]


def test_more_are_retained_than_planned(ready) -> None:
    ready.compute()
    ready.decide(0, RETAINED)
    ready.decide(1, RETAINED)

    ready.decide(2, RETAINED, departure="Trois projets qui se complètent.")

    assert Decision.objects.filter(kind=RETAINED).count() == 3
    assert Departure.objects.get().reason == "Trois projets qui se complètent."
    assert states_of(ready) == ["3 pour 2 prévues"]


def test_academy_is_on_two_themes() -> None:
    made = room([[4, 4], [2, 2], [4, 4], [2, 2]], themes=2, academies=2, rules={"academies_max": 1})

    chosen = reading(made.compute()).choice.retained

    assert sorted(chosen) == sorted([made.code(0), made.code(2)])  # both of the first academy
    actions.take_proposal(variant=made.compute("Deux"), now=factories.NOW, actor=made.pilot)
    assert ArbitrationPage(arbitration(campaign=made.campaign)).clashes == []


def test_academy_is_associated_with_the_work_of_another(ready, client) -> None:
    other = AcademyFactory()
    application = ready.cases[0].application
    ApplicationAcademy.objects.create(application=application, academy=other)

    instance = instance_of(campaign=ready.campaign)
    variant = ready.compute()

    # It takes no place, and none of its own themes.
    assert other.code not in {one.id for one in instance.academies}
    assert ready.code(0) in reading(variant).choice.retained
    client.force_login(ready.expert)
    page = client.get(reverse("deliberation", kwargs={"code": ready.theme.code}))
    assert f"(avec {other.name})" in page.content.decode()


def test_participant_is_not_an_academy(ready, client) -> None:
    polynesia = AcademyFactory(
        kind=AcademyKind.VICE_RECTORATE, region=None, overseas=True, departments=["987"]
    )
    application = factories.deposited(ready.theme, polynesia)
    case = factories.CaseFactory(application=application)
    factories.clear([application], [ready.expert])
    factories.ReviewFactory(case=case, reviewer=ready.expert, submitted=True, total=19)

    variant = ready.compute()

    academy = next(
        one for one in instance_of(campaign=ready.campaign).academies if one.id == polynesia.code
    )
    assert (academy.region, academy.overseas) == (None, True)
    assert application.code in reading(variant).choice.retained
    client.force_login(ready.expert)
    page = client.get(reverse("deliberation", kwargs={"code": ready.theme.code}))
    assert 'class="kit-map__name' in page.content.decode()  # a labelled square
    assert polynesia.name in page.content.decode()


def test_theme_is_carried_over_two_campaigns(ready) -> None:
    year_before(ready, ready.cases[2].application, ParticipationState.LAUNCHED)

    said = reading(ready.compute())

    assert ready.code(2) in said.choice.retained  # the lowest of three, for two places
    assert said.held()[ready.code(2)].is_imposed
    assert len(said.choice.retained) == 2
