"""A call opens and closes by itself at its instant; it is taken back and reopened for a reason."""

from datetime import datetime, timedelta

import pytest

from tests.campaigns.preparing import (
    CLOSES,
    DATES,
    DAY,
    NOW,
    OPENS,
    opened,
    signed,
    submitted,
)
from tests.people.factories import MandateFactory, UserFactory
from traam.access.roles import Role
from traam.campaigns import actions, tasks
from traam.campaigns.models import CampaignEvent, Questionnaire
from traam.campaigns.rules.calendar import Milestone
from traam.campaigns.rules.signing import Side
from traam.campaigns.rules.years import Years
from traam.documents.queries import open_bytes
from traam.journal.models import Entry
from traam.kit.machines import MoveRefused
from traam.kit.refusals import Refusal
from traam.post.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
REASON = "Un thème doit être repris."
SECOND = timedelta(seconds=1)


def called_people() -> set[int]:
    """A rector and a digital delegate in force, and two who are not."""
    found = {
        MandateFactory(role=role, academies=["09"]).person_id
        for role in (Role.RECTOR, Role.DIGITAL_DELEGATE)
    }
    MandateFactory(role=Role.RECTOR, academies=["17"], ends_on=NOW.date())
    MandateFactory(role=Role.DIGITAL_DELEGATE, person=UserFactory(closed=True))
    return found


def told(kind: str) -> list[int]:
    return sorted(Message.objects.filter(kind=kind).values_list("to", flat=True))


# -- opened


def test_call_opens_by_itself_at_its_instant_and_not_before():
    made = signed()

    before = actions.open_due(now=OPENS - SECOND)
    at = actions.open_due(now=OPENS)
    again = actions.open_due(now=OPENS + SECOND)

    assert (before, at, again) == ([], [made.campaign], [])
    made.again()
    assert (made.campaign.state, made.campaign.state_at) == ("call_open", OPENS)
    assert Questionnaire.objects.get(campaign=made.campaign).published_at == OPENS


def test_letter_goes_to_every_rector_and_delegate_in_force_with_its_papers():
    people = called_people()

    made = opened()

    assert told("campaigns/call_opened") == sorted(people)
    files = [one.attachments for one in Message.objects.filter(kind="campaigns/call_opened")]
    names = [[file["name"] for file in each] for each in files]
    assert names == [["appel-2026-2027.pdf", "cahier-des-charges-2026-2027.pdf"]] * 2
    for digest in (made.campaign.letter_file, made.campaign.brief_file):
        with open_bytes(digest) as file:
            assert file.read(5) == b"%PDF-"


@pytest.mark.parametrize("lacking", ["theme", "brief"])
def test_call_with_one_signature_missing_waits_and_tells_the_pilot_once(lacking):
    made = submitted()
    for text in made.texts:
        actions.sign_text(text=text, side=Side.DNE, now=NOW, actor=made.pilot)
    other = made.brief if lacking == "theme" else made.theme
    actions.sign_text(text=other, side=Side.IG, now=NOW, actor=made.inspector)

    for minute in range(3):
        assert actions.open_due(now=OPENS + minute * timedelta(minutes=1)) == []

    assert made.again().campaign.state == "preparation"
    assert told("campaigns/call_blocked") == [made.pilot.person]
    last = getattr(made, lacking)
    later = OPENS + DAY
    actions.sign_text(text=last, side=Side.IG, now=later, actor=made.inspector)
    assert [one.pk for one in actions.open_due(now=later)] == [made.campaign.pk]


def test_change_at_the_last_minute_keeps_the_call_from_opening():
    made = signed()
    actions.write_brief(
        campaign=made.campaign,
        text="Autre.",
        version=made.brief.version,
        now=OPENS - SECOND,
        actor=made.pilot,
    )

    assert actions.open_due(now=OPENS) == []


def test_jobs_open_then_close_with_the_clock(time_machine_at):
    made = signed()

    time_machine_at(OPENS)
    tasks.open_calls.call()
    opened_state = made.again().campaign.state
    time_machine_at(CLOSES)
    tasks.close_calls.call()

    assert (opened_state, made.again().campaign.state) == ("call_open", "call_closed")


@pytest.fixture
def time_machine_at(monkeypatch):
    """Sets the clock that the jobs read."""

    def at(instant: datetime) -> None:
        monkeypatch.setattr(tasks, "now", lambda: instant)

    return at


def test_two_campaigns_open_each_at_its_instant():
    first = signed()
    later = {kind: at + 30 * DAY for kind, at in DATES.items()}
    second = signed(years=Years(2027, 2028), dates=later)

    assert [one.year for one in actions.open_due(now=OPENS)] == ["2026-2027"]
    assert [one.year for one in actions.open_due(now=OPENS + 30 * DAY)] == ["2027-2028"]
    assert first.again().campaign.state == second.again().campaign.state == "call_open"


# -- closed, taken back, reopened


def test_call_closes_by_itself_at_its_instant():
    made = opened()

    assert actions.close_due(now=CLOSES - SECOND) == []
    assert [one.pk for one in actions.close_due(now=CLOSES)] == [made.campaign.pk]
    assert actions.close_due(now=CLOSES + DAY) == []


def test_call_taken_back_is_told_with_its_reason_and_waits_for_a_new_hour():
    people = called_people()
    made = opened()

    actions.take_back_call(campaign=made.campaign, reason=REASON, now=OPENS, actor=made.pilot)

    made.again()
    assert made.campaign.state == "preparation"
    assert made.campaign.calendar.opens_at is None
    assert told("campaigns/call_taken_back") == sorted(people)
    assert CampaignEvent.objects.get().reason == REASON
    assert actions.open_due(now=OPENS + DAY) == []
    assert made.theme.state == "signed_twice"


def test_call_taken_back_then_opened_again_sends_its_letter_again():
    called_people()
    made = opened()
    actions.take_back_call(campaign=made.campaign, reason=REASON, now=OPENS, actor=made.pilot)
    dates = {**DATES, Milestone.CALL_OPENS: OPENS + DAY}
    actions.set_calendar(campaign=made.campaign, dates=dates, now=OPENS, actor=made.pilot)

    assert len(actions.open_due(now=OPENS + DAY)) == 1
    assert len(told("campaigns/call_opened")) == 4


def test_closed_call_is_reopened_until_a_new_closing_and_closes_again():
    people = called_people()
    made = opened()
    actions.close_due(now=CLOSES)
    words = {"campaign": made.campaign, "reason": REASON, "actor": made.pilot}

    with pytest.raises(Refusal, match="dans l’avenir"):
        actions.reopen_call(closes_at=CLOSES, now=CLOSES + DAY, **words)
    actions.reopen_call(closes_at=CLOSES + 3 * DAY, now=CLOSES + DAY, **words)

    assert made.again().campaign.state == "call_open"
    assert told("campaigns/call_reopened") == sorted(people)
    assert actions.close_due(now=CLOSES + 2 * DAY) == []
    assert len(actions.close_due(now=CLOSES + 3 * DAY)) == 1


def test_acts_that_come_back_want_a_reason():
    made = opened()

    with pytest.raises(Refusal, match="Le motif manque"):
        actions.take_back_call(campaign=made.campaign, reason=" ", now=OPENS, actor=made.pilot)

    assert made.again().campaign.state == "call_open"


def test_campaign_goes_to_its_end_and_back():
    made = opened()
    actions.close_due(now=CLOSES)
    words = {"campaign": made.campaign, "now": CLOSES + DAY, "actor": made.pilot}

    actions.announce(**words)
    actions.take_back_announcement(reason=REASON, **words)
    actions.announce(**words)
    actions.launch(**words)
    for _ in range(2):
        actions.close_campaign(**words)
    closed = made.again().campaign.state
    actions.reopen_campaign(reason=REASON, **words)

    assert (closed, made.again().campaign.state) == ("closed", "at_work")
    assert Entry.objects.filter(verb="campaign.close").count() == 1


def test_campaign_is_not_closed_before_it_is_at_work():
    made = opened()

    with pytest.raises(MoveRefused):
        actions.close_campaign(campaign=made.campaign, now=CLOSES, actor=made.pilot)


def test_letter_is_written_until_it_has_gone():
    made = signed()
    words = {"campaign": made.campaign, "actor": made.pilot}
    actions.write_letter(text="Bonjour.\r\n", now=NOW, **words)
    with pytest.raises(Refusal, match="doit tenir en"):
        actions.write_letter(text="x" * 6001, now=NOW, **words)
    actions.open_due(now=OPENS)

    with pytest.raises(Refusal, match="elle ne change plus"):
        actions.write_letter(text="Trop tard.", now=OPENS, **words)

    assert made.again().campaign.letter == "Bonjour."


def test_academy_made_from_two_receives_the_call_once():
    """`rules.md` §4: two academies that merge; the person keeps the mandates of both."""
    person = UserFactory(name="Alice")
    for code in ("05", "70"):  # Caen, then Normandie
        MandateFactory(role=Role.DIGITAL_DELEGATE, person=person, academies=[code])

    opened()

    assert told("campaigns/call_opened") == [person.pk]
