"""« Ma journée » from an academy: its figures, and the teams that an inspector follows."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from tests.campaigns.factories import CampaignFactory, ThemeFactory
from tests.groups.factories import (
    NOW,
    AllotmentFactory,
    DueFactory,
    MemberFactory,
    NationalGroupFactory,
    SpentFactory,
    TeamFactory,
    national,
    of_academy,
)
from tests.productions.factories import ProductionFactory
from tests.syntheses.factories import SynthesisFactory
from traam.access.roles import Role
from traam.campaigns.models import Campaign
from traam.campaigns.rules.life import CampaignState
from traam.desk.followed import inspected, shares
from traam.groups.models import Done
from traam.groups.rules.life import TeamState
from traam.kit import text as texts
from traam.kit.together import answer
from traam.people.models import User
from traam.people.queries import actor_for
from traam.productions.rules.life import ProductionState
from traam.syntheses.rules.life import SynthesisKind, SynthesisState

pytestmark = pytest.mark.django_db


def group(year: str = "2025-2026", state=CampaignState.AT_WORK):
    first = int(year[:4])
    made = CampaignFactory(
        year=year, first_year=first, last_year=first + 1, state=state, is_archive=False
    )
    return NationalGroupFactory(theme=ThemeFactory(campaign=made))


def told(actor):
    return [
        (one.campaign.year, [(each.number, each.label, each.href) for each in one.counts])
        for one in answer(shares(actor))
    ]


@pytest.mark.parametrize("role", [Role.DIGITAL_DELEGATE, Role.RECTOR])
def test_academy_is_told_its_own_figures_each_leading_to_its_rows(role) -> None:
    here = group()
    team, elsewhere = TeamFactory(group=here), TeamFactory(group=here)
    other_theme = NationalGroupFactory(theme=ThemeFactory(campaign=here.campaign))
    second = TeamFactory(group=other_theme, academy=team.academy)
    for one in (team, elsewhere):
        AllotmentFactory(team=one, hours=Decimal("20.5"))
    SpentFactory(team=team, member=MemberFactory(team=team), hours=Decimal(1))
    ProductionFactory(
        team=team, state=ProductionState.PUBLISHED, ark="p", published_at=NOW, shared_at=NOW
    )
    together = SynthesisFactory(
        group=here,
        kind=SynthesisKind.ACADEMIC,
        state=SynthesisState.PUBLISHED,
        digest="0" * 64,
        ark="s",
        summary="Un résumé.",
        published_at=NOW,
    )
    together.teams.add(team, second)

    [(year, counts)] = told(of_academy(team, role))

    rows = "/indicateurs/2025-2026/"
    assert year == "2025-2026"
    assert counts == [
        (2, "équipes au travail", f"{rows}equipes/"),
        (20.5, "heures attribuées", f"{rows}heures-attribuees/"),
        (1, "heure déclarée", f"{rows}heures-employees/"),
        (1, "production publiée", f"{rows}publiees/"),
        (1, "synthèse publiée", f"{rows}syntheses/"),
    ]


def test_academy_without_anything_is_told_zeros_and_a_closed_campaign_is_left_out() -> None:
    group("2024-2025", CampaignState.CLOSED)
    actor = of_academy(TeamFactory(group=group(), state=TeamState.WITHDRAWN, reason="Plus rien."))

    [(_, counts)] = told(actor)

    assert [number for number, *_ in counts] == [0, 0, 0, 0, 0]


@pytest.mark.parametrize("role", [Role.PILOT, Role.EXPERT, Role.DGESCO])
def test_those_of_the_nation_have_no_figure_of_an_academy(role) -> None:
    TeamFactory(group=group())

    assert told(national(role)) == []


def inspector_of(*teams, role=Role.INSPECTOR):
    person = MemberFactory(team=teams[0], role=role).person
    for team in teams[1:]:
        MemberFactory(team=team, role=role, person=person)
    return actor_for(person, NOW.date())


def test_inspector_is_told_each_team_those_late_first_with_where_it_is() -> None:
    here = group()
    steady, late = TeamFactory(group=here), TeamFactory(group=here)
    TeamFactory(group=here)
    for days in (-9, -1, 1):
        due = DueFactory(group=here, due_on=NOW.date() + timedelta(days=days))
        Done.objects.create(due=due, team=steady, done_at=NOW)
    Done.objects.create(due=here.dues.earliest("due_on"), team=late, done_at=NOW)

    found = answer(inspected(inspector_of(steady, late)))

    assert [(one.name, one.late, one.href, one.calendar) for one in found] == [
        (
            one.named,
            count,
            f"/groupes/equipes/{one.code}/",
            f"/groupes/{here.code}/calendrier/#equipe-{one.pk}",
        )
        for one, count in ((late, 1), (steady, 0))
    ]


def test_teams_of_a_closed_campaign_or_of_another_role_are_not_inspected() -> None:
    here = TeamFactory(group=group())
    actor = inspector_of(here)
    assert answer(inspected(inspector_of(here, role=Role.TEACHER))) == []
    assert len(answer(inspected(actor))) == 1

    Campaign.objects.update(state=CampaignState.CLOSED)

    assert answer(inspected(actor)) == []


def _day(actor) -> Client:
    reader = Client()
    person = User.objects.get(pk=actor.person)
    reader.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return reader


@pytest.mark.parametrize("campaigns", [1, 3])
def test_day_of_an_academy_asks_as_much_of_one_campaign_as_of_three(
    campaigns, monkeypatch, django_assert_num_queries
) -> None:
    monkeypatch.setattr("traam.desk.queries.works_by", lambda facet: {})  # counted by its own tests
    team = TeamFactory(group=group())
    reader = _day(of_academy(team))
    for number in range(1, campaigns):
        TeamFactory(group=group(f"{2025 + number}-{2026 + number}"), academy=team.academy)
    with time_machine.travel(NOW, tick=False):
        reader.get("/tableau-de-bord/")  # what a process keeps is read once

        # session, account, mandates and their limits; all that may await, in two rounds
        with django_assert_num_queries(6):
            text = reader.get("/tableau-de-bord/").content.decode()

    assert "Dans votre académie" in text
    assert (text.count('class="kit-figures"'), text.count("kit-funnel")) == (campaigns, 0)


def test_day_draws_the_figures_of_an_academy_plainly_each_leading_to_its_rows() -> None:
    team = TeamFactory(group=group())
    AllotmentFactory(team=team, hours=Decimal("1020.5"))

    with time_machine.travel(NOW, tick=False):
        text = _day(of_academy(team)).get("/tableau-de-bord/").content.decode()

    drawn = re.findall(
        r'class="kit-figure__value">(.+?)</p>\s*'
        r'<p class="kit-figure__label"><a href="(.+?)">(.+?)</a>',
        text,
    )
    rows = "/indicateurs/2025-2026/"
    assert drawn == [
        ("1", f"{rows}equipes/", "équipe au travail"),
        (texts.number(1020.5), f"{rows}heures-attribuees/", "heures attribuées"),
        ("0", f"{rows}heures-employees/", "heure déclarée"),
        ("0", f"{rows}publiees/", "production publiée"),
        ("0", f"{rows}syntheses/", "synthèse publiée"),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_day_of_an_inspector_asks_as_much_of_one_team_as_of_three(
    count, django_assert_num_queries
) -> None:
    here = group()
    DueFactory(group=here, due_on=NOW.date() - timedelta(days=3))
    reader = _day(inspector_of(*TeamFactory.create_batch(count, group=here)))
    with time_machine.travel(NOW, tick=False):
        reader.get("/tableau-de-bord/")  # what a process keeps is read once

        with django_assert_num_queries(6):
            text = reader.get("/tableau-de-bord/").content.decode()

    assert text.count("échéance passée</a>") == count
