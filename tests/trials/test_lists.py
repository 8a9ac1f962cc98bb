"""The lists of trials, and a trial: how many queries they ask, how teams are named there."""

import pytest
from django.urls import reverse

from tests.groups.factories import NationalGroupFactory, TeamFactory
from tests.productions.factories import ProductionFactory
from tests.reference.factories import AcademyFactory
from tests.trials.factories import (
    AgreementFactory,
    ObservationFactory,
    SessionFactory,
    SightFactory,
    TrialFactory,
)
from tests.trials.setting import NOW, setting
from tests.trials.visiting import browser
from traam.access.actor import Actor, Mandate
from traam.access.roles import Role
from traam.trials.queries.trials import choices

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def _fill(place, count: int) -> None:
    for _ in range(count):
        trial = TrialFactory(
            production=place.trial.production,
            teacher=place.trial.teacher,
            at_work=True,
        )
        SessionFactory(trial=trial)
        for _ in range(count):
            SightFactory(observation=ObservationFactory(trial=trial))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # session, person, mandates; version of the vocabularies; trials;
        ("trials", 6),  # what was set aside
        # the same; kept views; years, groups and teams of the filters; count; rows
        ("trials_list", 10),
        # the same; open trials, then the teams, indicators and terms of all of them;
        ("observe", 7),
    ],
)
def test_lists_ask_the_same_whatever_their_length(
    count, name, expected, django_assert_num_queries
) -> None:
    place = setting(at_work=True)
    _fill(place, count)
    client = browser(place.teacher)
    client.get(reverse(name))

    with django_assert_num_queries(expected):
        client.get(reverse(name))


@pytest.mark.parametrize("count", [1, 3])
def test_trial_page_asks_the_same_whatever_it_holds(count, django_assert_num_queries) -> None:
    place = setting(at_work=True)
    for _ in range(count):
        SessionFactory(trial=place.trial)
        SightFactory(observation=ObservationFactory(trial=place.trial))
        AgreementFactory(trial=place.trial)
    client = browser(place.teacher)
    address = reverse("trial", kwargs={"code": place.trial.code})
    client.get(address)

    # session, person, mandates; the trial, its group's teams, indicators,
    # terms; observations and what they say; sessions, amendments, acts, agreements; version of the
    # vocabularies
    with django_assert_num_queries(14):
        client.get(address)


def test_teams_of_the_filter_are_told_apart_by_their_themes_never_by_their_codes() -> None:
    lille, nantes = AcademyFactory(name="Lille"), AcademyFactory(name="Nantes")
    group, other = (NationalGroupFactory(theme__title=one) for one in ("Mesurer", "Prouver"))
    teams = [
        TeamFactory(group=group, academy=lille),
        TeamFactory(group=other, academy=lille),
        TeamFactory(group=group, academy=nantes),
        TeamFactory(group=group, academy=None, participant="Polynésie"),
    ]
    for team in teams:
        TrialFactory(production=ProductionFactory(team=team))
    mandate = Mandate(role=Role.TEACHER, teams=frozenset(one.code for one in teams))
    labels = dict(choices(Actor(1, (mandate,), NOW.date()))["equipe"])

    assert [labels[one.code] for one in teams] == [
        "Lille · Mesurer",
        "Lille · Prouver",
        "Nantes",
        "Polynésie",
    ]
