"""Who may read what they judge: no row, or a conflict, no reading."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.applications.factories import (
    ApplicationAcademyFactory,
    ApplicationFactory,
    AuthorFactory,
    ExaminerFactory,
    OpenCampaignFactory,
    OpenThemeFactory,
)
from tests.applications.world import actor, holding, verbs
from tests.people.factories import DelegationFactory, MandateFactory, MandateScopeFactory
from tests.reference.factories import AcademyFactory
from traam.access.roles import Role
from traam.applications import actions
from traam.applications.models import Application, Examiner
from traam.applications.queries.examiners import conflicts_of
from traam.applications.rules.life import MAY_READ
from traam.kit.refusals import NotAllowed, Refusal
from traam.people.models import Mandate

READ = "application.read"


@pytest.fixture
def campaign(db):
    """Its call is closed; its years are 2025-2026."""
    return OpenCampaignFactory(first_year=2025, last_year=2026, state="call_closed")


@pytest.fixture
def made(campaign) -> Application:
    return ApplicationFactory(theme=OpenThemeFactory(campaign=campaign), deposited=True)


def expert(made: Application, *homes, role=Role.EXPERT):
    person = holding(role, theme=made.theme.code)
    for academy in homes:
        mandate = person.mandates.first()
        MandateScopeFactory(mandate=mandate, kind="academy", code=academy.code)
    return person


def check(made: Application, now) -> int:
    return actions.clear_examiners(campaign=made.campaign, now=now, actor=None)


def row(made: Application, person) -> tuple[str, str]:
    found = Examiner.objects.get(application=made, person=person)
    return found.standing, found.kinds


def readable(person) -> list[str]:
    found = Application.objects.over_which(actor(person), READ)
    return list(found.order_by("pk").values_list("code", flat=True))


@pytest.mark.parametrize("role", [Role.EXPERT, Role.GENERAL_INSPECTOR])
def test_deposited_application_opens_to_those_of_its_theme_once_checked(made, now, role) -> None:
    person = expert(made, AcademyFactory(), role=role)
    assert readable(person) == []

    assert [check(made, now), check(made, now)] == [1, 0]

    assert (row(made, person), readable(person)) == (("clear", ""), [made.code])


@pytest.mark.parametrize("state", ["draft", "awaiting_visa", "withdrawn", "lapsed"])
def test_only_deposited_applications_are_opened(campaign, now, state: str) -> None:
    made = ApplicationFactory(theme=OpenThemeFactory(campaign=campaign), state=state)
    person = expert(made)

    check(made, now)

    assert (Examiner.objects.count(), readable(person)) == (0, [])


def same_academy(made):
    return expert(made, made.academy)


def same_region(made):
    return expert(made, AcademyFactory(region=made.academy.region))


def associated(made):
    return expert(made, ApplicationAcademyFactory(application=made).academy)


def home_of_another_mandate(made):
    person = expert(made, AcademyFactory())
    old = MandateFactory(
        person=person, role=Role.TEACHER, starts_on=date(2015, 9, 1), ends_on=date(2016, 9, 1)
    )
    MandateScopeFactory(mandate=old, kind="academy", code=made.academy.code)
    return person


def merged_academy(made):
    old = AcademyFactory(successor=made.academy, valid_to=date(2019, 12, 31))
    return expert(made, old)


def recent_author(made):
    person = expert(made)
    before = OpenCampaignFactory(first_year=2023, last_year=2024, state="closed")
    other = ApplicationFactory(theme__campaign=before, academy=made.academy)
    AuthorFactory(application=other, person=person)
    return person


def named_in_it(made):
    person = expert(made)
    AuthorFactory(application=made, person=person)
    return person


FOUND = {
    same_academy: "academy",
    same_region: "region",
    associated: "academy",
    home_of_another_mandate: "academy",
    merged_academy: "academy",
    recent_author: "team",
    named_in_it: "team",
}


@pytest.mark.parametrize("tie", FOUND, ids=lambda each: each.__name__)
def test_conflict_is_found_from_facts_and_nothing_is_read(made, now, tie) -> None:
    person = tie(made)

    check(made, now)

    assert row(made, person)[0] == "found"
    assert FOUND[tie] in row(made, person)[1].split()
    found = Examiner.objects.get(application=made, person=person)
    conflicts = conflicts_of([found], today=now.date())[made.pk, person.pk]
    assert FOUND[tie] in {one.kind.value for one in conflicts}
    if tie is not named_in_it:  # an author reads as such, in the mandates of an author
        assert readable(person) == []


def test_author_of_long_ago_is_in_no_conflict(made, now) -> None:
    person = expert(made)
    old = OpenCampaignFactory(first_year=2022, last_year=2023, state="closed")
    AuthorFactory(
        application=ApplicationFactory(theme__campaign=old, academy=made.academy), person=person
    )

    check(made, now)

    assert row(made, person) == ("clear", "")


def test_new_fact_closes_what_was_open(made, now) -> None:
    person = expert(made)
    check(made, now)
    MandateScopeFactory(mandate=person.mandates.first(), kind="academy", code=made.academy.code)

    assert check(made, now) == 1
    assert (row(made, person), readable(person)) == (("found", "academy"), [])


def settle(act: str, made, person, now, by, **more):
    given = {"application": made, "person": person, "now": now, "actor": actor(by)}
    getattr(actions, act)(**given, **more)


@pytest.fixture
def pilot(db):
    return holding(Role.PILOT)


def test_dismissed_conflict_opens_and_stays_dismissed_until_another_kind_appears(
    made, now, pilot
) -> None:
    person = same_region(made)
    check(made, now)
    settle("dismiss_conflict", made, person, now, pilot, reason="A quitté la région.")

    assert check(made, now) == 0
    assert (row(made, person), readable(person)) == (("dismissed", "region"), [made.code])

    AuthorFactory(application=made, person=person)
    assert check(made, now) == 1
    assert row(made, person) == ("found", "region team")


def test_pinned_conflict_closes_whatever_is_checked_later(made, now, pilot) -> None:
    person = expert(made)
    check(made, now)
    settle("pin_conflict", made, person, now, pilot, reason="Lien connu.")

    assert check(made, now) == 0
    assert (row(made, person)[0], readable(person)) == ("pinned", [])
    settle("release_conflict", made, person, now, pilot)
    assert (row(made, person)[0], readable(person)) == ("clear", [made.code])
    assert verbs("examiner.") == ["examiner.check", "examiner.pin", "examiner.release"]


def test_declared_conflict_closes_at_once_and_only_its_declarer_goes_back(made, now, pilot):
    person = expert(made)
    check(made, now)
    for _ in range(2):
        settle("declare_conflict", made, person, now, person, reason="J’y ai travaillé.")

    assert check(made, now) == 0
    assert (row(made, person), readable(person)) == (("found", "declared"), [])
    with pytest.raises(Refusal, match="déclaré ne s’écarte pas"):
        settle("dismiss_conflict", made, person, now, pilot, reason="Non.")
    settle("take_back_declaration", made, person, now, person)
    assert readable(person) == [made.code]
    with pytest.raises(Refusal, match="Aucun conflit n’est déclaré"):
        settle("take_back_declaration", made, person, now, person)
    assert verbs("examiner.declare") == ["examiner.declare"]


@pytest.mark.parametrize("act", ["pin_conflict", "dismiss_conflict"])
def test_conflict_is_settled_by_the_pilot_with_a_reason(made, now, pilot, act: str) -> None:
    person = same_academy(made)
    check(made, now)

    with pytest.raises(NotAllowed):
        settle(act, made, person, now, person, reason="Non.")
    with pytest.raises(Refusal, match="motif"):
        settle(act, made, person, now, pilot, reason=" ")
    assert row(made, person) == ("found", "academy")


def test_one_declares_for_oneself_and_the_pilot_for_anyone(made, now, pilot) -> None:
    person, other = expert(made), expert(made)

    with pytest.raises(NotAllowed):
        settle("declare_conflict", made, person, now, other, reason="Il y était.")
    settle("declare_conflict", made, person, now, pilot, reason="Dit au téléphone.")

    assert row(made, person) == ("found", "declared")


def test_nothing_is_dismissed_where_nothing_is_found(made, now, pilot) -> None:
    person = expert(made)
    check(made, now)

    with pytest.raises(Refusal, match="rien à écarter"):
        settle("dismiss_conflict", made, person, now, pilot, reason="Non.")
    with pytest.raises(Refusal, match="rien à reprendre"):
        settle("release_conflict", made, person, now, pilot)


def test_whoever_stands_in_for_an_expert_is_checked_too_and_reads_only_if_both_may(
    made, now
) -> None:
    person = expert(made)
    stand_in = holding(Role.TEACHER, academy=made.academy.code)
    free = holding(Role.TEACHER, academy=AcademyFactory().code)
    for delegate in (stand_in, free):
        DelegationFactory(mandate=person.mandates.first(), delegate=delegate)

    check(made, now)

    assert row(made, stand_in) == ("found", "academy")
    assert (readable(stand_in), readable(free)) == ([], [made.code])
    page = [actor(each).allows(READ, made.place()) for each in (stand_in, free)]
    assert page == [False, True]


def test_nobody_stands_in_for_an_expert_whose_account_is_closed(made, now) -> None:
    person = expert(made)
    stand_in = DelegationFactory(mandate=person.mandates.first()).delegate
    person.is_active = False
    person.save()

    check(made, now)

    assert not Examiner.objects.filter(person=stand_in).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_check_takes_the_same_queries_whatever_the_applications(
    campaign, now, count: int, django_assert_num_queries
) -> None:
    theme = OpenThemeFactory(campaign=campaign)
    for made in ApplicationFactory.create_batch(count, theme=theme, deposited=True):
        expert(made, AcademyFactory())

    # The savepoint; the rows; the themes, the mandates, the delegations; the academies, the homes,
    # two of teams; the applications with those associated; the rows made; the journal; the release.
    with django_assert_num_queries(14):
        check(made, now)


def test_jobs_check_only_the_calls_that_are_closed(made, now) -> None:
    expert(made)
    made.campaign.state = "announced"
    made.campaign.save()

    assert actions.clear_due(now=now) == 0


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_reviewer_in_conflict_receives_no_application_whatever_the_facts(made, now, data) -> None:
    """Academies, régions, mandates and associations at random: list and page agree, fail closed."""
    Examiner.objects.all().delete()
    Mandate.objects.all().delete()
    Application.objects.exclude(pk=made.pk).delete()
    regions = [made.academy.region, AcademyFactory().region]
    academies = [made.academy] + [
        AcademyFactory(region=data.draw(st.sampled_from(regions))) for _ in range(3)
    ]
    applications = [made] + [
        ApplicationFactory(theme=made.theme, academy=academy, deposited=True)
        for academy in academies[1:]
    ]
    people = {
        expert(made, *(academies[place] for place in places)): {academies[p] for p in places}
        for places in data.draw(
            st.lists(st.sets(st.integers(0, 3), max_size=2), min_size=1, max_size=3)
        )
    }
    if data.draw(st.booleans()):
        check(made, now)
    for person, homes in people.items():
        tied = {home.pk for home in homes}
        near = {home.region_id for home in homes}
        found = Application.objects.over_which(actor(person), READ)
        for one in applications:
            is_tied = one.academy_id in tied or one.academy.region_id in near
            allowed = actor(person).allows(READ, Application.objects.get(pk=one.pk).place())
            assert (one in found) is allowed
            assert not (is_tied and allowed)
            if Examiner.objects.exists():
                assert allowed is not is_tied


def test_factory_of_examiners_is_cleared(db) -> None:
    assert ExaminerFactory().standing in MAY_READ
