"""A campaign is prepared from last year's in one act; what contradicts itself is refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.campaigns.factories import CampaignFactory
from tests.campaigns.preparing import (
    CLOSES,
    DATES,
    DAY,
    NOW,
    OPENS,
    YEARS,
    opened,
    pilot,
    prepared,
)
from tests.people.factories import MandateFactory
from traam.access.roles import Role
from traam.campaigns import actions
from traam.campaigns.models import Brief, Campaign, CampaignEvent, Questionnaire
from traam.campaigns.rules.calendar import Milestone
from traam.campaigns.rules.call import Weights
from traam.campaigns.rules.years import Years
from traam.journal.models import Entry
from traam.kit.refusals import NotAllowed, Refusal
from traam.post.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
SECOND = timedelta(seconds=1)


def test_campaign_prepared_from_nothing_has_the_usual_rules_and_questions():
    made = actions.prepare(years=YEARS, copy_from=None, now=NOW, actor=pilot())

    assert (made.year, made.state, made.calendar.dates) == ("2026-2027", "preparation", {})
    assert made.call_rules.faults() == []
    assert Brief.objects.get(campaign=made).state == "draft"
    (questions,) = Questionnaire.objects.filter(campaign=made)
    assert questions.published_at is None


def test_campaign_is_copied_in_one_act_its_calendar_moved_to_the_same_weekday():
    made = opened()
    rules = replace(made.campaign.call_rules, academies_max=6)
    actions.set_rules(campaign=made.campaign, rules=rules, now=NOW, actor=made.pilot)
    made.again()

    later = actions.prepare(
        years=Years(2027, 2028), copy_from=made.campaign, now=CLOSES, actor=made.pilot
    )

    closes = later.calendar.closes_at
    assert closes is not None
    assert closes.weekday() == CLOSES.weekday()
    assert closes.year == CLOSES.year + 1
    assert later.call_rules == rules
    assert later.copied_from == made.campaign
    assert (later.brief.text, later.brief.state) == (made.brief.text, "draft")
    assert not later.themes.exists()


@pytest.mark.parametrize(
    ("years", "reason"),
    [
        (Years(), "Les années manquent"),
        (Years(2026, 2030), "dure d’une à 3"),
        (Years(2027, 2026), "dure d’une à 3"),
        (YEARS, "existe déjà"),
    ],
)
def test_campaign_that_cannot_be_is_refused(years, reason):
    made = prepared(dates=None)

    with pytest.raises(Refusal, match=reason):
        actions.prepare(years=years, copy_from=None, now=NOW, actor=made.pilot)

    assert Campaign.objects.count() == 1


def test_campaign_of_the_demonstration_stands_beside_the_real_one_of_the_archive():
    real = CampaignFactory(first_year=2024)
    words = {"years": Years(2024, 2025), "copy_from": None, "now": NOW, "actor": None}

    made = actions.prepare(is_demonstration=True, **words)

    assert (made.year, made.label, made.is_demonstration) == ("demo-2024-2025", "2024-2025", True)
    assert (real.year, real.label) == ("2024-2025", "2024-2025")
    for is_demonstration in (True, False):
        with pytest.raises(Refusal, match="existe déjà"):
            actions.prepare(is_demonstration=is_demonstration, **words)


def test_campaign_of_two_years_overlaps_the_next():
    made = prepared(years=Years(2026, 2028))

    other = actions.prepare(years=Years(2027, 2028), copy_from=None, now=NOW, actor=made.pilot)

    assert {made.campaign.year, other.year} == {"2026-2028", "2027-2028"}


def test_only_the_pilot_prepares():
    made = prepared()

    for actor in (made.expert, made.inspector):
        with pytest.raises(NotAllowed):
            actions.prepare(years=Years(2027, 2028), copy_from=None, now=NOW, actor=actor)
        with pytest.raises(NotAllowed):
            actions.set_calendar(campaign=made.campaign, dates={}, now=NOW, actor=actor)


def test_calendar_out_of_order_is_refused_and_the_present_one_kept():
    made = prepared()
    turned = {Milestone.CALL_OPENS: CLOSES, Milestone.CALL_CLOSES: OPENS}

    with pytest.raises(Refusal, match="doit venir après"):
        actions.set_calendar(campaign=made.campaign, dates=turned, now=NOW, actor=made.pilot)

    assert made.again().campaign.calendar.dates == DATES


def test_calendar_of_an_open_call_lets_its_closing_move_into_the_future_only():
    made = opened()
    words = {"campaign": made.campaign, "now": OPENS + DAY, "actor": made.pilot, "reason": "Pont."}
    actions.set_calendar(dates={**DATES, Milestone.CALL_CLOSES: CLOSES + DAY}, **words)

    for wrong in (
        {**DATES, Milestone.CALL_OPENS: OPENS - DAY},
        {**DATES, Milestone.CALL_CLOSES: OPENS + SECOND},
    ):
        with pytest.raises(Refusal):
            actions.set_calendar(dates=wrong, **words)

    assert made.again().campaign.calendar.closes_at == CLOSES + DAY


def test_calendar_and_reopening_far_from_the_campaign_are_refused():
    made = opened()
    actor, far = made.pilot, datetime(2199, 6, 30, tzinfo=UTC)

    with pytest.raises(Refusal, match="loin de la campagne"):
        actions.set_calendar(
            campaign=made.campaign, dates={**DATES, Milestone.END: far}, now=OPENS, actor=actor
        )
    actions.close_due(now=CLOSES)
    with pytest.raises(Refusal, match="loin de la campagne"):
        actions.reopen_call(
            campaign=made.campaign, reason="Panne.", closes_at=far, now=CLOSES, actor=actor
        )

    assert made.again().campaign.calendar.dates == DATES


def test_moving_the_closing_of_an_open_call_wants_a_reason_and_tells_those_called():
    made, dan = opened(), MandateFactory(role=Role.DIGITAL_DELEGATE).person
    moved = {**DATES, Milestone.CALL_CLOSES: CLOSES - DAY}
    words = {"campaign": made.campaign, "dates": moved, "now": OPENS, "actor": made.pilot}

    with pytest.raises(Refusal, match="Le motif manque"):
        actions.set_calendar(**words)
    for _ in range(2):
        actions.set_calendar(**words, reason="Le jury siège plus tôt.")

    found = Message.objects.filter(kind="campaigns/closing_moved")
    assert [(one.to, one.params["reason"]) for one in found] == [
        (dan.pk, "Le jury siège plus tôt.")
    ]
    assert CampaignEvent.objects.get().reason == "Le jury siège plus tôt."
    assert Entry.objects.filter(verb="campaign.move_closing").count() == 1


def test_other_dates_of_an_open_call_move_without_a_reason():
    made = opened()
    dates = {**DATES, Milestone.REVIEWS_DUE: CLOSES + 30 * DAY}

    actions.set_calendar(campaign=made.campaign, dates=dates, now=OPENS, actor=made.pilot)

    assert made.again().campaign.calendar.dates == dates
    assert not CampaignEvent.objects.exists()


def test_rules_that_contradict_themselves_are_refused_and_nothing_is_written():
    made = prepared()
    wrong = replace(
        made.campaign.call_rules, academies_min=9, academies_max=2, weights=Weights(score=-1)
    )

    with pytest.raises(Refusal) as refusal:
        actions.set_rules(campaign=made.campaign, rules=wrong, now=NOW, actor=made.pilot)

    assert len(refusal.value.reasons) == 2
    assert made.again().campaign.rules == {}


def test_frozen_rules_do_not_change():
    made = opened()
    for _ in range(2):
        actions.freeze_rules(campaign=made.campaign, now=CLOSES, actor=None)
    made.again()

    with pytest.raises(Refusal, match="gelés"):
        actions.set_rules(
            campaign=made.campaign,
            rules=replace(made.campaign.call_rules, team_min=4),
            now=CLOSES,
            actor=made.pilot,
        )

    assert made.campaign.frozen_at == CLOSES
    assert Entry.objects.filter(verb="campaign.freeze_rules").count() == 1


def test_commitments_of_an_open_call_do_not_change():
    made = opened()

    with pytest.raises(Refusal, match="ne changent plus une fois"):
        actions.set_rules(
            campaign=made.campaign,
            rules=replace(made.campaign.call_rules, commitments=()),
            now=OPENS,
            actor=made.pilot,
        )

    assert made.again().brief.state == "signed_twice"


def test_theme_of_another_campaign_is_not_carried_on_and_nothing_is_made():
    made = prepared()

    with pytest.raises(Refusal, match="« inconnu »"):
        actions.prepare(
            years=Years(2027, 2028),
            copy_from=made.campaign,
            themes=(made.theme.code, "inconnu"),
            now=NOW,
            actor=made.pilot,
        )

    assert Campaign.objects.count() == 1


def test_rules_are_read_once_for_all_that_have_the_same_and_again_when_they_change():
    one, other = CampaignFactory.build_batch(2, rules={"team_min": 4})
    read = one.call_rules

    assert other.call_rules is read
    one.rules["team_min"] = 5
    assert (one.call_rules.team_min, read.team_min) == (5, 4)
