"""The demonstration: five campaigns replayed through the real acts, the same each time."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from hypothesis import given
from hypothesis import strategies as st

from tests import demonstrated
from tests.desk.reading import awaited
from tests.kit.test_together import by_field
from traam.applications.models import Answer, Application
from traam.campaigns.models import Campaign, Signature, Theme
from traam.campaigns.rules.life import CampaignState
from traam.campaigns.rules.signing import TextState
from traam.catalogue.models import Act, Notice
from traam.config.archive.verification import verify
from traam.config.demonstration.agenda import Agenda
from traam.config.demonstration.plan import Reach, plots
from traam.config.demonstration.telling import lessons
from traam.config.demonstration.words import Dice, themes
from traam.groups.models import (
    Document,
    Meeting,
    Member,
    Message,
    MinutesSection,
    NationalGroup,
    Point,
    Spent,
    Team,
)
from traam.groups.rules.life import TeamState
from traam.kit.contacts import contact_faults
from traam.kit.together import read
from traam.people.personas import BY_SLUG
from traam.people.queries import actor_for, persona
from traam.productions.models import Production
from traam.selection.models import Departure, Participation, Review
from traam.selection.rules.life import ParticipationState, ReviewState
from traam.syntheses.actions.findings import checked_scope, checked_text
from traam.syntheses.models import (
    Counted,
    Erratum,
    Finding,
    PublishedFinding,
    Sending,
    Synthesis,
)
from traam.syntheses.models import Signature as Signed
from traam.syntheses.queries.contents import content_of
from traam.syntheses.queries.evidence import stated
from traam.syntheses.queries.public import classes_behind
from traam.syntheses.rules.life import Support, SynthesisKind, SynthesisState
from traam.syntheses.rules.marks import faults, unmarked
from traam.trials.matching.instance import Instance
from traam.trials.models import CrossTest, CrossTestPlan, Observation, Trial
from traam.trials.rules.hints import hints
from traam.trials.rules.life import CrossTestState, TrialState

NOW = demonstrated.DAY
SLUGS = tuple(one.slug for one in themes())


@pytest.mark.django_db
def test_demonstration_holds_five_campaigns_each_at_its_own_step(demonstration):
    found = Campaign.objects.filter(is_demonstration=True).order_by("pk")

    assert [one.state for one in found] == [
        CampaignState.CLOSED,
        CampaignState.AT_WORK,
        CampaignState.CALL_CLOSED,
        CampaignState.CALL_OPEN,
        CampaignState.PREPARATION,
    ]


@pytest.mark.django_db
def test_demonstration_leaves_something_to_do_at_every_step(demonstration):
    preparing = Theme.objects.filter(campaign__state=CampaignState.PREPARATION)
    answering = Application.objects.filter(campaign__state=CampaignState.CALL_OPEN)
    reading = Review.objects.filter(case__campaign__state=CampaignState.CALL_CLOSED)

    assert TextState.SIGNED_ONCE in preparing.values_list("state", flat=True)
    assert len(set(answering.values_list("state", flat=True))) >= 2
    assert {*reading.values_list("state", flat=True)} == {
        ReviewState.ASSIGNED,
        ReviewState.SUBMITTED,
    }


@pytest.mark.django_db
def test_every_table_is_read_with_others_as_by_itself(demonstration, django_assert_num_queries):
    """`kit.together`: what it brings back, on the rows of a whole year."""
    models = [one for one in apps.get_models() if one.__module__.startswith("traam.")]
    rows = [model._default_manager.order_by("pk")[:40] for model in models]
    apart = [[by_field(one) for one in each.all()] for each in rows]

    for start in range(0, len(rows), 25):
        read(rows[start : start + 25])

    with django_assert_num_queries(0):
        assert [[by_field(one) for one in each] for each in rows] == apart
    assert sum(1 for each in apart if each) > len(models) / 2


@pytest.mark.django_db
def test_demonstration_shows_a_departure_and_a_reserve_that_replaces_an_academy(demonstration):
    parts = Participation.objects.values_list("state", flat=True)

    assert Departure.objects.exclude(reason="").exists()
    assert ParticipationState.WITHDRAWN in parts
    called = Participation.objects.filter(called_at__isnull=False)
    states = {one.state for one in called}
    assert states
    assert states <= {ParticipationState.LAUNCHED, ParticipationState.COMPLETED}


@pytest.mark.django_db
def test_demonstration_breaks_no_invariant_and_names_functions_only(demonstration):
    assert list(verify()) == []
    leads = Answer.objects.filter(field="lead").values_list("value", flat=True)
    assert {lead.split(",")[0] for lead in leads} == {"Professeur·e référent·e"}
    assert not Signature.objects.filter(signed_at__gt=NOW)


@pytest.mark.django_db
def test_demonstration_marks_all_that_it_invents(demonstration):
    assert not NationalGroup.objects.filter(is_demonstration=False).exists()
    invented = Notice.objects.exclude(origin__startswith="archive")
    own = [one for one in invented if one.origin.startswith(("production:", "synthese:"))]
    assert own
    assert all(one.frozen().is_demonstration for one in own)


@pytest.mark.django_db
def test_demonstration_closes_a_campaign_and_leaves_one_at_work(demonstration):
    closed, at_work = Campaign.objects.filter(is_demonstration=True).order_by("pk")[:2]

    assert set(_of(Team, group__campaign=closed)) == {TeamState.COMPLETED}
    assert set(_of(Team, group__campaign=at_work)) == {TeamState.AT_WORK}
    assert set(_of(Production, campaign=at_work)) >= {"shared", "proposed", "validated"}
    assert set(_of(Trial, campaign=at_work)) == {TrialState.PLANNED, TrialState.AT_WORK}
    assert set(_of(CrossTest, tester__group__campaign=at_work)) >= {CrossTestState.ACCEPTED}
    meetings = Meeting.objects.filter(group__campaign=at_work)
    assert {*meetings.values_list("state", flat=True)} == {"held", "convened"}
    carried = NationalGroup.objects.filter(campaign=at_work, continues__isnull=False)
    assert {*carried.values_list("theme__duration_years", flat=True)} == {2}


def _of(model: type[Model], **where: object) -> list[str]:
    """The states of these rows."""
    return list(model._default_manager.filter(**where).values_list("state", flat=True))


@pytest.mark.django_db
def test_teams_have_their_people_hours_dates_and_exchanges(demonstration):
    for team in Team.objects.living():
        roles = [*team.members.exclude(person=None).values_list("role", flat=True)]
        assert roles.count("teacher") >= 2  # of three, one may not be invited yet
        assert {"referent", "inspector"} <= {*roles}
        assert team.group.dues.count() == 4
        assert team.allotments.exists()
    assert Member.objects.filter(person=None).exists()
    assert Spent.objects.filter(attested_at=None).exists()
    assert Spent.objects.exclude(attested_at=None).exists()
    for table in (Document, Message, Point, MinutesSection):
        assert table._default_manager.exists()


@pytest.mark.django_db
def test_productions_have_whole_titles(demonstration):
    titles = Production.objects.values_list("title", flat=True)

    assert any("la reprise de" in title for title in titles)
    assert [title for title in titles if not title[:1].isalpha()] == []


@pytest.mark.django_db
def test_production_taken_up_tells_its_source_at_its_own_level(demonstration):
    taken = Production.objects.filter(title__contains=" : la reprise de ").exclude(summary="")
    assert taken.exists()

    for one in taken:
        (level,) = one.terms.filter(scheme="levels").values_list("label", flat=True)
        (source,) = Production.objects.filter(taken_by__production=one)
        assert f", en {level} : la reprise de " in one.title
        assert one.summary.startswith(f"En {level}, ")
        tried = one.hook.partition(" ; ")[0]
        assert source.hook.startswith(tried)
        assert tried.lower() in one.summary.lower()


def test_every_production_that_can_be_tested_is(demonstration):
    closed = Campaign.objects.filter(is_demonstration=True).order_by("pk")[0]
    for group in NationalGroup.objects.filter(campaign=closed):
        tests = CrossTest.objects.filter(tester__group=group, state=CrossTestState.CLOSED)
        given = set(tests.values_list("production__code", flat=True))
        suited = {production for production, _ in Instance.from_data(_plan_of(group)).suits}
        assert suited
        assert suited <= given


def _plan_of(group: NationalGroup) -> dict[str, Any]:
    """What its last plan was computed from."""
    return CrossTestPlan.objects.filter(group=group).order_by("-number")[0].instance


@pytest.mark.django_db
def test_trials_that_were_given_up_stay_and_say_why(demonstration):
    gone = Trial.objects.filter(state=TrialState.ABANDONED)

    assert gone.exists()
    assert not gone.filter(reason="").exists()
    assert any(one.counts.abandoned for one in stated(list(Finding.objects.all())).values())


@pytest.mark.django_db
def test_observations_name_nobody(demonstration):
    texts = [
        *Observation.objects.values_list("seen", flat=True),
        *Finding.objects.values_list("text", flat=True),
        *Trial.objects.values_list("conclusion", flat=True),
        *Production.objects.values_list("steps", flat=True),
    ]

    assert len(texts) > 50
    assert [(text, hints(text)) for text in texts if hints(text)] == []
    assert contact_faults({str(rank): text for rank, text in enumerate(texts)}) == []


@pytest.mark.django_db
def test_published_syntheses_rest_on_what_classes_showed(demonstration):
    public = Synthesis.objects.filter(state=SynthesisState.PUBLISHED)

    assert {one.kind for one in public} == {SynthesisKind.NATIONAL, SynthesisKind.PLURI_ACADEMIC}
    for one in public:
        content = content_of(one)
        assert len(content.findings) >= 4
        assert faults(content) == []
        assert unmarked(content) == []
        assert all(each.counts.seen for each in content.findings)
        keys = [each.code for each in content.findings]
        assert classes_behind(Finding.objects.filter(code__in=keys)) >= 5
    assert len(public) >= 3


@pytest.mark.django_db
def test_each_public_finding_opens_onto_its_trials(demonstration):
    found = list(PublishedFinding.objects.select_related("synthesis", "finding"))

    assert found
    for one in found:
        rows = Counted.objects.filter(published=one)
        assert rows.filter(support=Support.SUPPORTS).exists()
        assert {*rows.values_list("trial__state", flat=True)} == {TrialState.CLOSED}
        notice = Notice.objects.current().get(ark=one.synthesis.ark)
        frozen = notice.frozen().synthesis
        assert frozen is not None
        [page] = [each for each in frozen.findings if each.number == one.number]
        assert len(page.observations) == rows.count()
    assert Counted.objects.filter(view__isnull=False).exists()  # some may be described


@pytest.mark.django_db
def test_a_finding_is_contradicted_and_a_signature_makes_a_reservation(demonstration):
    said = stated(list(Finding.objects.all())).values()

    assert any(one.counts.contrary for one in said)
    assert any(one.counts.qualified for one in said)
    assert Signed.objects.exclude(reservation="").exists()
    assert Erratum.objects.exists()


@pytest.mark.django_db
def test_syntheses_are_sent_and_some_say_that_they_have_them(demonstration):
    sent = Sending.objects.all()

    assert sent.filter(received_at=None).exists()
    assert sent.exclude(received_at=None).exists()
    assert {*sent.values_list("addressee", flat=True)} >= {"academy", "dgesco"}


@pytest.mark.django_db
def test_notices_have_one_withdrawn_one_taken_up_and_files(demonstration):
    notices = Notice.objects.current().filter(origin__startswith="production:")
    withdrawn = notices.filter(act=Act.WITHDRAWN)

    assert withdrawn.count() == 1
    assert any(one.frozen().based_on for one in notices.exclude(act=Act.WITHDRAWN))
    assert any(one.frozen().files for one in notices.exclude(act=Act.WITHDRAWN))


@pytest.mark.django_db
@pytest.mark.parametrize("slug", sorted(BY_SLUG))
def test_each_persona_has_three_things_to_do(demonstration, slug):
    actor = actor_for(persona(slug), NOW.date())

    found = awaited(actor, NOW)

    assert len(found) >= 3, [one.title for one in found]
    assert all(one.href for one in found)


def test_lessons_are_of_known_themes_and_fit_what_they_become():
    by_slug = {one.slug: one for one in themes()}

    assert set(lessons()) == set(SLUGS[:6])  # those of the campaign that is closed
    for slug, known in lessons().items():
        assert by_slug[slug].problem
        assert len(known.findings) == 5
        for one in known.findings:
            assert checked_text(one.text) == one.text
            assert checked_scope(one.scope) == one.scope
            assert len(one.seen) >= 3
            assert len(one.indicator) <= 300


@given(today=st.dates(date(2024, 1, 1), date(2040, 12, 31)))
def test_plan_has_calendars_in_order_on_any_day(today):
    found = plots(today=today, scale=1, themes=SLUGS)

    years = [one.years.address for one in found]
    assert len(set(years)) == len(years)
    now = datetime.combine(today, datetime.min.time(), UTC) + timedelta(hours=12)
    for one in found:
        dates = [*one.dates.values()]
        assert dates == sorted(dates)
        opened, closed = dates[0] < now, dates[1] < now
        assert (opened, closed) == {
            Reach.PREPARATION: (False, False),
            Reach.CALL: (True, False),
            Reach.REVIEWS: (True, True),
        }.get(one.reach, (opened, closed))


def test_agenda_replays_in_the_order_of_time_and_no_further_than_now():
    agenda, seen = Agenda(), []

    def later(now: datetime) -> None:
        seen.append(("first", now))
        agenda.at(now + timedelta(hours=1), lambda at: seen.append(("then", at)))

    agenda.at(NOW + timedelta(hours=3), lambda at: seen.append(("never", at)))
    agenda.at(NOW, lambda at: seen.append(("same instant", at)))
    agenda.at(NOW - timedelta(hours=5), later)
    agenda.replay(NOW + timedelta(minutes=1))

    assert [name for name, _ in seen] == ["first", "then", "same instant"]


def test_dice_depend_on_names_and_not_on_the_order_of_calls():
    first = [Dice(1, "a").number("x", below=1000), Dice(1, "b").number("x", below=1000)]
    second = [Dice(1, "b").number("x", below=1000), Dice(1, "a").number("x", below=1000)]

    assert first == second[::-1]
    assert sorted(Dice(1).some(range(9), 9)) == list(range(9))
