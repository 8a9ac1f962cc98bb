"""The indicators: each figure against rows made for it, its rows, who reads what."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from tests.campaigns.factories import CampaignFactory, ThemeFactory
from tests.groups.factories import (
    NOW,
    AllotmentFactory,
    MemberFactory,
    NationalGroupFactory,
    SpentFactory,
    TeamFactory,
    leader,
    member,
    national,
    of_academy,
)
from tests.house.pages import CheckedClient
from tests.productions.factories import ProductionFactory, ProductionTermFactory
from tests.reference.factories import AcademyFactory
from tests.syntheses.factories import SynthesisFactory
from tests.trials.factories import CrossTestFactory, ObservationFactory, TrialFactory
from traam.access.roles import Role
from traam.campaigns.models import MilestoneDate, ThemeTerm
from traam.campaigns.rules.calendar import Milestone
from traam.campaigns.rules.life import CampaignState
from traam.groups.models import Member, Team
from traam.groups.rules.life import TeamState
from traam.indicators.definitions import CHAPTERS, DEFINITIONS, PART_OF, Measure
from traam.indicators.queries.figures import figures
from traam.indicators.queries.rows import rows_of
from traam.indicators.queries.scope import Scope
from traam.people.models import User
from traam.productions.models import Production
from traam.productions.rules.life import ProductionState
from traam.reference import queries
from traam.reference.rules import Vocabulary
from traam.syntheses.models import Synthesis
from traam.syntheses.rules.life import SynthesisState
from traam.trials.models import CrossTest, Trial
from traam.trials.rules.life import CrossTestState, TrialState

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
M = Measure
SUMS = {M.GRANTED, M.SPENT, M.DELAY}  # their rows are added or compared, not counted


@pytest.fixture
def year():
    """A campaign at work: two teams and one that left, and something for every measure."""
    campaign = CampaignFactory(state=CampaignState.AT_WORK, is_archive=False, state_at=NOW)
    theme = ThemeFactory(campaign=campaign)
    ThemeTerm.objects.create(theme=theme, scheme="disciplines", code="MATHS", label="Maths")
    group = NationalGroupFactory(theme=theme)
    first, second = TeamFactory(group=group), TeamFactory(group=group)
    gone = TeamFactory(group=group, state=TeamState.WITHDRAWN, reason="Plus personne.")
    MemberFactory(team=gone)
    teacher = MemberFactory(team=first, is_newcomer=True).person
    MemberFactory(team=second, person=teacher)
    MemberFactory(team=first, person=None, mandate=None)
    MemberFactory(team=first, role=Role.INSPECTOR)
    AllotmentFactory(team=first, hours=Decimal("20.5"))
    AllotmentFactory(team=first, hours=Decimal("-5"))
    SpentFactory(team=first, member=first.members.first(), hours=Decimal(3))
    SpentFactory(team=first, member=first.members.first(), cancelled_at=NOW)
    _works(first, second)
    MilestoneDate.objects.create(campaign=campaign, kind=Milestone.END, at=NOW - timedelta(days=90))
    published = NOW - timedelta(days=50)
    SynthesisFactory(
        group=group,
        state=SynthesisState.PUBLISHED,
        digest="0" * 64,
        ark="s1",
        summary="Un résumé.",
        published_at=published,
    )
    return campaign


def _works(first, second):
    """A draft, a shared one tested twice of two disciplines, a published one of two cycles."""
    ProductionFactory(team=first)
    shared = ProductionFactory(team=first, shared=True)
    for code in ("MATHS", "SVT"):
        ProductionTermFactory(production=shared, scheme="disciplines", code=code)
    out = ProductionFactory(
        team=second, state=ProductionState.PUBLISHED, ark="p1", published_at=NOW, shared_at=NOW
    )
    for code in ("C3", "C4"):
        ProductionTermFactory(production=out, scheme="cycles", code=code)
    for _ in range(2):
        trial = TrialFactory(closed=True, production=shared, team=second)
        ObservationFactory(trial=trial)
        ObservationFactory(trial=trial, withdrawn_at=NOW, reason="Une erreur.")
        test = CrossTestFactory(production=shared)
        CrossTest.objects.filter(pk=test.pk).update(state=CrossTestState.CLOSED, trial=trial)
    ObservationFactory(trial=TrialFactory(at_work=True, production=out))
    TrialFactory(production=out, state=TrialState.ABANDONED, reason="Classe fermée.")


EXPECTED = {
    M.TEACHERS: 2,
    M.NEWCOMERS: 1,
    M.TEAMS: 4,
    M.LEFT: 1,
    M.ACADEMIES: 4,
    M.DISCIPLINES: 1,
    M.GRANTED: Decimal("15.5"),
    M.SPENT: Decimal(3),
    M.PRODUCTIONS: 2,
    M.SHARED_DISCIPLINES: 1,
    M.SHARED_CYCLES: 1,
    M.TESTED: 1,
    M.TESTED_TWICE: 1,
    M.TRIALS: 2,
    M.ABANDONED: 1,
    M.OBSERVATIONS: 2,
    M.PUBLISHED: 1,
    M.SYNTHESES: 1,
    M.DELAY: 40,
}


def test_every_figure_counts_what_its_definition_says(year):
    found = figures(Scope(year))

    assert {measure: figure.value for measure, figure in found.items()} == EXPECTED


@pytest.mark.parametrize("measure", list(Measure))
def test_rows_are_as_many_as_the_figure_says(year, measure):
    sheet = rows_of(measure, Scope(year)).sheet("")
    rows = list(sheet.rows)

    assert {len(row) for row in rows} == {len(sheet.headers)}
    if measure not in SUMS:
        assert len(rows) == EXPECTED[measure]


def test_rows_of_hours_add_up_to_the_figure(year):
    for measure in (M.GRANTED, M.SPENT):
        rows = rows_of(measure, Scope(year)).sheet("").rows
        assert sum(row[2] for row in rows) == EXPECTED[measure]


def test_rows_name_nobody(year):
    names = set(User.objects.values_list("name", flat=True))
    emails = set(User.objects.values_list("email", flat=True))

    for measure in Measure:
        cells = {cell for row in rows_of(measure, Scope(year)).sheet("").rows for cell in row}
        assert not cells & (names | emails)


def test_figures_of_an_academy_count_its_own_alone(year):
    team = year_team(year)
    scope = Scope(year, frozenset({team.academy.code}))

    found = figures(scope)

    assert found[M.TEAMS].value == 1
    assert found[M.ACADEMIES].value == 1
    assert found[M.GRANTED].value == Decimal("15.5")


def year_team(year):
    return Team.objects.filter(group__campaign=year, state=TeamState.AT_WORK).earliest("pk")


def test_merged_academies_count_as_one():
    today = AcademyFactory()
    group = NationalGroupFactory()
    for _ in range(2):
        TeamFactory(group=group, academy=AcademyFactory(successor=today, valid_to=NOW.date()))

    assert figures(Scope(group.campaign))[M.ACADEMIES].value == 1


def test_each_measure_is_defined_and_shown_once():
    shown = [measure for _, measures in CHAPTERS for measure in measures]

    assert sorted(shown) == sorted(Measure)
    assert set(DEFINITIONS) == set(Measure)
    assert all(whole in shown for whole in PART_OF.values())


@pytest.mark.parametrize("more", [1, 3])
def test_figures_take_as_many_queries_whatever_the_campaign(year, more, django_assert_num_queries):
    for _ in range(more):
        TrialFactory(production=ProductionFactory(team=year_team(year)))

    # the counts; the calendar's end, the national syntheses
    with django_assert_num_queries(3):
        figures(Scope(year))


def _signed(actor):
    client = CheckedClient()
    if actor is not None:
        client.force_login(User.objects.get(pk=actor.person), backend=BACKEND)
    return client


def test_everyone_reads_the_figures_and_strangers_no_row(year):
    with time_machine.travel(NOW, tick=False):
        text = CheckedClient().get(reverse("indicators")).content.decode()
        rows = CheckedClient().get(_rows(year, M.TEAMS))

    assert "Productions testées dans une autre académie" in text
    assert "Voir les lignes" not in text
    assert rows.status_code == 302


def _rows(year, measure):
    return reverse("indicator_rows", kwargs={"year": year.year, "measure": measure.value})


def test_house_without_campaign_teaches_what_will_come():
    text = CheckedClient().get(reverse("indicators")).content.decode()

    assert "Aucune campagne n’est encore au travail" in text


def test_pilot_reads_every_row_and_a_delegate_those_of_the_academy(year):
    team = year_team(year)
    with time_machine.travel(NOW, tick=False):
        every = _signed(national()).get(_rows(year, M.TEAMS) + "?format=csv").content.decode()
        mine = _signed(of_academy(team)).get(_rows(year, M.TEAMS) + "?format=csv")

    assert len(every.strip().splitlines()) == 1 + EXPECTED[M.TEAMS]
    assert len(mine.content.decode().strip().splitlines()) == 1 + 1
    assert f"{team.named},{team.group.theme.shown_title}," in mine.content.decode()


def test_teacher_reads_no_row(year):
    with time_machine.travel(NOW, tick=False):
        answer = _signed(member(year_team(year))).get(_rows(year, M.TEAMS))

    assert answer.status_code == 403


@pytest.mark.parametrize("measure", list(Measure))
def test_page_of_rows_opens_for_every_measure(year, measure):
    with time_machine.travel(NOW, tick=False):
        answer = _signed(national()).get(_rows(year, measure))

    assert answer.status_code == 200


@pytest.mark.parametrize("more", [1, 3])
def test_page_of_rows_asks_the_same_whatever_their_number(year, more, django_assert_num_queries):
    for _ in range(more):
        MemberFactory(team=year_team(year))
    with time_machine.travel(NOW, tick=False):
        client = _signed(national())
        # session, user, mandates, delegations; the campaign, how many rows, a page of them, the
        # figure; the stamp of the vocabularies, the teams that one may read
        client.get(_rows(year, M.TEACHERS))  # reads the vocabulary, once
        with django_assert_num_queries(9):
            answer = client.get(_rows(year, M.TEACHERS))

    assert f"{2 + more} lignes" in answer.content.decode()


@pytest.mark.parametrize("more", [1, 3])
def test_page_of_indicators_asks_the_same_whatever_the_campaign(
    year, more, django_assert_num_queries
):
    for _ in range(more):
        TrialFactory(production=ProductionFactory(team=year_team(year), shared=True))
    with time_machine.travel(NOW, tick=False):
        client = _signed(national())
        client.get(reverse("indicators"))  # reads the vocabulary, once
        # session, user, mandates, delegations; campaigns; the counts, the calendar's end, the
        # national syntheses; the stamp of the vocabularies, teams by academy, academies, trials by
        # state, productions by kind
        with django_assert_num_queries(12):
            client.get(reverse("indicators"))


def test_rows_are_read_by_pages_and_exported_whole(year):
    group = year_team(year).group
    TeamFactory.create_batch(21, group=group)
    with time_machine.travel(NOW, tick=False):
        client = _signed(national())
        pages = [client.get(_rows(year, M.TEAMS) + f"?page={one}") for one in (1, 2)]
        sheet = client.get(_rows(year, M.TEAMS) + "?format=csv").content.decode()

    shown = [answer.content.decode().count('scope="row"') for answer in pages]
    assert shown == [20, EXPECTED[M.TEAMS] + 1]
    assert len(sheet.strip().splitlines()) == 1 + EXPECTED[M.TEAMS] + 21


def test_person_of_two_teams_is_told_once_of_the_first(year):
    first = min(Team.objects.filter(members__is_newcomer=True), key=lambda one: one.code)

    rows = list(rows_of(M.TEACHERS, Scope(year)).sheet("").rows)

    # the person, and the one who has no account
    assert [row[0] for row in rows] == [first.named, first.named]


CODED = {
    M.TEACHERS: {"Mathématiques", "3e"},
    M.PRODUCTIONS: {"Scénario"},
    M.TRIALS: {"3e"},
}


@pytest.mark.parametrize("measure", list(CODED))
def test_rows_tell_words_and_no_code(year, measure, monkeypatch):
    shipped = Vocabulary(queries.shipped_vocabulary().schemes, "")
    monkeypatch.setattr(queries, "_kept", shipped)
    Member.objects.update(discipline="MATHS", level="3E")
    Trial.objects.update(level="3E")
    Production.objects.update(kind="scenario")

    cells = {cell for row in rows_of(measure, Scope(year)).sheet("").rows for cell in row}

    assert CODED[measure] <= cells
    assert not {"MATHS", "3E", "scenario", *Team.objects.values_list("code", flat=True)} & cells
    assert not set(Trial.objects.values_list("code", flat=True)) & cells


def test_rows_lead_to_what_their_reader_may_read(year):
    team, trial = year_team(year), Trial.objects.filter(state=TrialState.CLOSED).earliest("pk")
    work = Production.objects.get(state=ProductionState.PUBLISHED)
    synthesis = Synthesis.objects.get()
    expected = [
        (national(), M.TEAMS, f"/groupes/equipes/{team.code}/", True),
        (national(), M.TEACHERS, f"/groupes/equipes/{team.code}/", True),
        (national(), M.GRANTED, f"/groupes/equipes/{team.code}/", True),
        (national(Role.DGESCO), M.TEAMS, f"/groupes/equipes/{team.code}/", False),
        (of_academy(team), M.TEAMS, f"/groupes/equipes/{team.code}/", True),
        (national(), M.PUBLISHED, f"/productions/{work.code}/", True),
        (national(), M.TRIALS, f"/essais/{trial.code}/", False),
        (leader(team.group, Role.EXPERT), M.TRIALS, f"/essais/{trial.code}/", True),
        (leader(team.group, Role.EXPERT), M.OBSERVATIONS, f"/essais/{trial.code}/", True),
        (national(), M.SYNTHESES, f"/redaction/{synthesis.code}/", True),
        (national(), M.DELAY, f"/redaction/{synthesis.code}/", True),
    ]

    with time_machine.travel(NOW, tick=False):
        found = [
            (actor, measure, page, f'href="{page}"' in _open(actor, _rows(year, measure)))
            for actor, measure, page, _ in expected
        ]

    assert found == expected


def _open(actor, address) -> str:
    return _signed(actor).get(address).content.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_delegate_is_told_which_rows_of_the_national_figure_are_shown(year):
    team = year_team(year)
    with time_machine.travel(NOW, tick=False):
        rows = _open(of_academy(team), _rows(year, M.TEAMS))
        nation = _open(of_academy(team), reverse("indicators"))
        mine = _open(of_academy(team), reverse("indicators") + "?portee=academie")
        of_pilot = _open(national(), _rows(year, M.TEAMS))

    assert "Dans vos académies : <strong>1</strong> ; dans la nation : 4." in rows
    assert "Dans vos académies" not in of_pilot
    assert nation.count(">Voir les lignes de mes académies<") == len(Measure)
    assert mine.count(">Voir les lignes<") == len(Measure)


def test_delegate_without_row_is_told_that_the_nation_has_some(year):
    elsewhere = TeamFactory(group=year_team(year).group)
    with time_machine.travel(NOW, tick=False):
        rows = _open(of_academy(elsewhere), _rows(year, M.NEWCOMERS))
        nobody = _open(of_academy(elsewhere), _rows(year, M.SHARED_DISCIPLINES))
        Production.objects.update(shared_at=None, state=ProductionState.DRAFT, ark="")
        nowhere = _open(of_academy(elsewhere), _rows(year, M.SHARED_DISCIPLINES))

    assert "Dans vos académies : <strong>0</strong> ; dans la nation : 1." in rows
    assert "Aucune ligne dans vos académies" in rows
    assert "Rien à compter" not in rows
    assert "Aucune ligne dans vos académies" in nobody
    assert "Rien à compter pour l’instant" in nowhere


def test_unknown_measure_and_unknown_campaign_are_not_found(year):
    with time_machine.travel(NOW, tick=False):
        client = _signed(national())
        unknown = client.get(f"/indicateurs/{year.year}/bonheur/")
        other = client.get("/indicateurs/?campagne=1900-1901")

    assert (unknown.status_code, other.status_code) == (404, 404)
