"""What the choice is computed from: facts of the database, in a fixed number of queries."""

import pytest

from tests.campaigns.factories import ThemeAcademyFactory
from tests.reference.factories import AcademyFactory
from tests.selection import factories
from tests.selection.choice.setting import Room, past_theme, room, year_before
from tests.selection.factories import NOW, clear, deposit, review_all, reviewer
from traam.applications.models import ApplicationAcademy
from traam.applications.rules.life import ApplicationState
from traam.campaigns.rules.default_form import LEVELS
from traam.selection import actions
from traam.selection.models import Lock
from traam.selection.optimiser.instance import Application, LockKind, as_data
from traam.selection.optimiser.reading import read
from traam.selection.queries.instance import gathered, instance_of
from traam.selection.rules.gathering import SCHOOLS
from traam.selection.rules.life import ParticipationState

pytestmark = pytest.mark.django_db


def rows(one: Room) -> dict[str, Application]:
    return {str(row.id): row for row in instance_of(campaign=one.campaign).applications}


def test_instance_has_a_row_for_each_case_with_its_reviews(ready) -> None:
    found = rows(ready)

    assert [(found[ready.code(place)].score) for place in range(3)] == [16, 12, 8]
    assert found[ready.code(0)].reviews == (16, 16)
    assert found[ready.code(0)].eligible


def test_instance_takes_the_numbers_of_the_theme_before_those_of_the_campaign(ready) -> None:
    ready.theme.academies_max = 5
    ready.theme.save(update_fields=["academies_max"])

    theme = instance_of(campaign=ready.campaign).themes[0]

    assert (theme.minimum, theme.maximum) == (1, 5)


def test_application_without_a_review_is_not_eligible() -> None:
    made = room([[4, 4], [-1, -1], [2, 2]])

    assert [rows(made)[made.code(place)].eligible for place in range(3)] == [True, False, True]


def test_scores_are_corrected_for_severity_where_readings_join() -> None:
    made = factories.study(academies=12, reviewers=3)
    severe = [[4, 3, -1], [-1, 3, 4], [3, -1, 3], [3, 2, -1], [-1, 1, 2], [5, -1, 5]]
    review_all(
        made, [*severe, [4, 3, -1], [-1, 2, 3], [2, -1, 2], [4, 3, -1], [-1, 3, 4], [3, 2, -1]]
    )
    one = Room(made)

    found = rows(one)

    from traam.selection.queries.ranking import ranked

    ranking = {row.case.application.code: row for row in ranked(campaign=made.campaign).rows}
    assert {str(one.effect) for one in ranking.values()} == {"corrected"}
    for code, row in found.items():
        assert row.score == pytest.approx(min(20, max(0, ranking[code].corrected)), abs=1e-5)
        assert sum(row.reviews) / len(row.reviews) == pytest.approx(row.score, abs=0.2)


def test_lock_is_read_until_it_is_lifted(ready) -> None:
    case = ready.cases[2]
    Lock.objects.create(
        case=case, is_in=True, reason="Outre-mer", locked_at=NOW, locked_by=ready.expert
    )

    assert rows(ready)[ready.code(2)].lock is LockKind.IN

    actions.unlock(case=case, reason="Fini", now=NOW, actor=ready.actor())

    assert rows(ready)[ready.code(2)].lock is None


@pytest.mark.parametrize("state", list(ParticipationState))
def test_two_year_team_stays_while_its_academy_is_in_its_theme(ready, state) -> None:
    year_before(ready, ready.cases[2].application, state)

    stays = state in ("retained", "launched", "completed")
    assert rows(ready)[ready.code(2)].continuing is stays


def test_two_year_team_is_eligible_without_a_review() -> None:
    made = room([[4, 4], [3, 3], [-1, -1]])
    year_before(made, made.cases[2].application, ParticipationState.LAUNCHED)

    assert rows(made)[made.code(2)].eligible


@pytest.mark.parametrize(("years", "is_newcomer"), [(1, False), (2, False), (3, True)])
def test_newcomer_had_no_theme_in_the_two_years_before(ready, years, is_newcomer) -> None:
    ThemeAcademyFactory(theme=past_theme(ready, years=years), academy=ready.study.academies[0])

    found = rows(ready)

    assert found[ready.code(0)].newcomer is is_newcomer
    assert found[ready.code(1)].newcomer


def test_academy_that_took_part_under_its_former_name_is_no_newcomer(ready) -> None:
    former = AcademyFactory(successor=ready.study.academies[0], valid_to="2019-12-31")
    ThemeAcademyFactory(theme=past_theme(ready, years=1), academy=former)

    assert not rows(ready)[ready.code(0)].newcomer


def test_levels_and_schools_are_those_of_the_team_last_deposited(ready) -> None:
    application = ready.cases[0].application
    deposit(application, team=[{"name": "A", "level": "primary"}])
    deposit(application, team=[{"level": "vocational"}, {"level": "middle"}, {"level": "middle"}])

    row = rows(ready)[ready.code(0)]

    assert (row.levels, row.school_types) == (("collège", "lycée"), ("collège", "LP"))


def test_every_kind_of_school_of_the_form_is_read() -> None:
    assert set(SCHOOLS) == {one.key for one in LEVELS}


def test_withdrawn_application_is_not_chosen_among(ready) -> None:
    application = ready.cases[0].application
    application.state = ApplicationState.WITHDRAWN
    application.save(update_fields=["state"])

    assert ready.code(0) not in rows(ready)


def test_application_of_a_withdrawn_theme_is_not_chosen_among(ready) -> None:
    ready.theme.state = "withdrawn"
    ready.theme.save(update_fields=["state"])

    assert rows(ready) == {}


def test_joint_application_excludes_its_associated_academy_own_one_on_the_theme(ready) -> None:
    application = ready.cases[0].application
    ApplicationAcademy.objects.create(application=application, academy=ready.study.academies[1])

    instance = instance_of(campaign=ready.campaign)

    assert instance.incompatible == (tuple(sorted((ready.code(0), ready.code(1)))),)


def test_instance_reads_back_from_its_file_format(ready) -> None:
    instance = instance_of(campaign=ready.campaign)

    assert read(as_data(instance)) == instance


@pytest.mark.parametrize("academies", [1, 3])
def test_instance_asks_the_same_queries_whatever_the_size(
    academies, django_assert_num_queries
) -> None:
    made = room([[3, 3]] * academies, academies=academies)

    # cases; associated; reviews; then themes; academies; pairs
    with django_assert_num_queries(3):
        data = gathered(campaign=made.campaign)
    with django_assert_num_queries(3):
        assert data.instance.applications


def test_reviewer_declared_in_conflict_changes_nothing_of_the_instance(ready) -> None:
    before = instance_of(campaign=ready.campaign)
    clear([ready.cases[0].application], [reviewer(ready.theme)])

    assert instance_of(campaign=ready.campaign) == before
