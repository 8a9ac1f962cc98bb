"""Academies withdraw, reserves are called in their turn and answer in their delay."""

import csv
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.selection.announcement.setting import (
    IN,
    OUT,
    REASON,
    RESERVE,
    Hall,
    hall,
    mail,
    person,
    words,
)
from tests.selection.factories import NOW, actor_of
from traam.access.roles import Role
from traam.applications.models import ApplicationAcademy
from traam.journal.models import Entry
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal
from traam.post.models import Message
from traam.selection import actions
from traam.selection.actions import let_pass_due, remind_calls
from traam.selection.models import CaseEvent, Decision, Letter, Participation

pytestmark = pytest.mark.django_db
WHY = "L’équipe a changé d’établissement."
LATER = NOW + timedelta(days=1)
UNTIL = datetime(2026, 4, 28, 21, 59, tzinfo=UTC)  # seven days after LATER, at 23 h 59 in Paris


def test_academy_drops_out_in_mid_year_and_a_reserve_takes_its_place(told: Hall) -> None:
    """An academy drops out in mid-year, with a reserve called (`rules.md` §4)."""
    names = [told.application(place).academy.name for place in range(5)]
    told.act("withdraw_participation", 0, reason=WHY, now=LATER, actor=told.delegate(0))
    free = mail("place_free")[told.study.pilot.pk]
    called = told.act("call_reserve", 2, now=LATER)
    before = told.public()
    told.act("accept_place", 2, now=LATER + timedelta(days=2), actor=told.delegate(2))

    assert f"Première de la liste complémentaire\N{NO-BREAK SPACE}: {names[2]}" in words(free[0])
    assert called.answer_by == UNTIL
    assert before == {names[0]: "withdrawn", names[1]: "retained"}
    assert told.public() == {names[0]: "withdrawn", names[1]: "retained", names[2]: "retained"}
    assert [told.part(place).state for place in range(4)] == [
        "withdrawn",
        "retained",
        "retained",
        "reserve",
    ]
    assert (told.part(0).reason, told.part(0).ended_at) == (WHY, LATER)


def test_each_step_tells_those_whom_it_touches(told: Hall) -> None:
    told.act("withdraw_participation", 0, reason=WHY, now=LATER)
    told.act("call_reserve", 2, now=LATER)
    told.act("decline_place", 2, reason=WHY, now=LATER, actor=told.delegate(2))

    pilot = told.study.pilot.pk
    assert set(mail("participation_withdrawn")) == told.team(0).keys | {pilot}
    assert set(mail("reserve_called")) == told.team(2).keys
    assert set(mail("reserve_declined")) == told.team(2).keys | {pilot}
    assert len(mail("place_free")[pilot]) == 2
    for one in Message.objects.exclude(kind="selection/decision_announced"):
        assert WHY not in words(one)


def test_withdrawal_of_the_holder_of_a_joint_application_takes_its_associates_away() -> None:
    made = hall((IN, OUT))
    ApplicationAcademy.objects.create(
        application=made.application(0), academy=made.application(1).academy
    )
    made.announce()

    made.act("withdraw_participation", 0, reason=WHY)

    assert made.public() == {made.application(0).academy.name: "withdrawn"}


@pytest.mark.parametrize("place", [1, 2])
def test_withdrawal_is_its_own_delegate_s_or_the_pilot_s(told: Hall, place: int) -> None:
    with pytest.raises(NotAllowed):
        told.act("withdraw_participation", 0, reason=WHY, actor=told.delegate(place))
    with pytest.raises(NotAllowed):
        told.act("withdraw_participation", 0, reason=WHY, actor=actor_of(told.team(0).author))

    assert told.part(0).state == "retained"


def test_withdrawal_wants_a_reason_and_is_done_once(told: Hall) -> None:
    with pytest.raises(Refusal, match="motif"):
        told.act("withdraw_participation", 0, reason=" ")

    told.act("withdraw_participation", 0, reason=WHY)
    told.act("withdraw_participation", 0, reason="Encore.")

    assert told.part(0).reason == WHY
    assert Entry.objects.filter(verb="participation.withdraw").count() == 1


def test_withdrawn_academy_is_reinstated_by_the_pilot_with_a_reason(told: Hall) -> None:
    told.act("withdraw_participation", 0, reason=WHY)
    with pytest.raises(NotAllowed):
        told.act("reinstate", 0, reason=WHY, actor=told.delegate(0))

    told.act("reinstate", 0, reason="L’équipe est reconstituée.")

    part = told.part(0)
    assert (part.state, part.reason, part.ended_at) == ("retained", "", None)
    assert told.public()[told.application(0).academy.name] == "retained"
    assert set(mail("participation_reinstated")) == told.team(0).keys | {told.study.pilot.pk}


# -- calling


def test_call_out_of_turn_or_beyond_the_places_is_explained(told: Hall) -> None:
    with pytest.raises(Refusal) as refused:
        told.act("call_reserve", 3)
    assert len(refused.value.reasons) == 2
    assert "passe avant" in refused.value.reasons[0]
    assert "2 académies pour 2 au plus" in refused.value.reasons[1]

    called = told.act("call_reserve", 3, reason="Seule à travailler en lycée professionnel.")

    assert called.state == "called"
    kept = CaseEvent.objects.get(case=told.case(3), kind="participation.call")
    assert kept.reason == "Seule à travailler en lycée professionnel."


def test_called_academies_count_among_the_places(told: Hall) -> None:
    told.act("withdraw_participation", 0, reason=WHY)
    told.act("call_reserve", 2)

    with pytest.raises(Refusal, match="2 académies pour 2 au plus"):
        told.act("call_reserve", 3)


def test_call_twice_is_once(told: Hall) -> None:
    told.act("withdraw_participation", 0, reason=WHY)
    first = told.act("call_reserve", 2, now=LATER)
    again = told.act("call_reserve", 2, now=LATER + timedelta(days=1))

    assert again.answer_by == first.answer_by
    assert Entry.objects.filter(verb="participation.call").count() == 1


def test_call_is_the_pilot_s_alone(told: Hall) -> None:
    told.act("withdraw_participation", 0, reason=WHY)

    for place in range(3):
        with pytest.raises(NotAllowed):
            told.act("call_reserve", 2, actor=told.delegate(place))


@pytest.fixture
def called(told: Hall) -> Hall:
    """The first of the reserve is called."""
    told.act("withdraw_participation", 0, reason=WHY, now=LATER)
    told.act("call_reserve", 2, now=LATER)
    return told


def test_call_is_answered_by_its_own_delegate_alone(called: Hall) -> None:
    for actor in (called.delegate(3), actor_of(called.team(2).author)):
        with pytest.raises(NotAllowed):
            called.act("accept_place", 2, actor=actor)
        with pytest.raises(NotAllowed):
            called.act("decline_place", 2, reason=WHY, actor=actor)

    assert called.part(2).state == "called"


@pytest.mark.parametrize("late", [False, True])
def test_call_is_answered_until_its_very_instant(called: Hall, late: bool) -> None:
    at = UNTIL + timedelta(seconds=late)
    if late:
        with pytest.raises(Refusal, match="délai"):
            called.act("accept_place", 2, now=at, actor=called.delegate(2))
    else:
        called.act("accept_place", 2, now=at, actor=called.delegate(2))

    assert called.part(2).state == ("called" if late else "retained")


def test_call_lapses_by_itself_once(called: Hall) -> None:
    assert let_pass_due(now=UNTIL) == 0
    assert let_pass_due(now=UNTIL + timedelta(minutes=1)) == 1
    assert let_pass_due(now=UNTIL + timedelta(minutes=2)) == 0

    assert called.part(2).state == "lapsed"
    assert called.team(2).delegate.pk in mail("reserve_lapsed")
    assert called.application(3).academy.name in words(
        mail("place_free")[called.study.pilot.pk][-1]
    )


def test_call_is_recalled_once_a_day_before_its_end(called: Hall) -> None:
    assert remind_calls(now=UNTIL - timedelta(days=1, minutes=1)) == 0
    for hours in (23, 22):
        assert remind_calls(now=UNTIL - timedelta(hours=hours)) == 1
    assert remind_calls(now=UNTIL + timedelta(minutes=1)) == 0

    sent = mail("reserve_call_ending")
    assert set(sent) == called.team(2).keys
    assert {len(each) for each in sent.values()} == {1}


def test_lapsed_academy_is_called_again_or_put_back(called: Hall) -> None:
    let_pass_due(now=UNTIL + timedelta(minutes=1))
    after = UNTIL + timedelta(days=1)

    again = called.act(
        "call_reserve", 2, now=after, reason="Le courriel n’était pas arrivé : une autre chance."
    )
    called.act("decline_place", 2, reason=WHY, now=after, actor=called.delegate(2))
    back = called.act("put_back", 2, reason="Elle le demande.", now=after)

    assert again.answer_by > after
    assert (back.state, back.answer_by, back.reason) == ("reserve", None, "")


def test_call_is_taken_back_with_a_reason(called: Hall) -> None:
    called.act("take_back_call", 2, reason="L’académie retirée revient.")
    called.act("take_back_call", 2, reason="Deux fois.")

    part = called.part(2)
    assert (part.state, part.called_at, part.answer_by) == ("reserve", None, None)
    assert set(mail("call_taken_back")) == called.team(2).keys
    assert all(len(each) == 1 for each in mail("call_taken_back").values())


def test_pilot_enters_an_answer_and_says_how_it_came(called: Hall) -> None:
    with pytest.raises(Refusal, match="canal"):
        called.act("accept_place", 2)

    called.act("accept_place", 2, now=UNTIL + timedelta(hours=1), channel="courriel du 28 avril")

    assert called.part(2).state == "retained"
    kept = CaseEvent.objects.get(kind="participation.accept")
    assert (kept.channel, kept.person_id) == ("courriel du 28 avril", called.study.pilot.pk)


def test_reserve_leaves_the_list_before_any_call(told: Hall) -> None:
    told.act("decline_place", 2, reason="L’équipe a d’autres projets.", actor=told.delegate(2))

    assert told.part(2).state == "declined"
    assert "place_free" not in {one.kind.partition("/")[2] for one in Message.objects.all()}
    told.act("withdraw_participation", 0, reason=WHY)
    assert told.act("call_reserve", 3).state == "called"  # it is its turn now


def test_accepting_twice_is_once_and_a_refused_academy_has_no_part(called: Hall) -> None:
    for _ in range(2):
        called.act("accept_place", 2, actor=called.delegate(2))

    assert Entry.objects.filter(verb="participation.accept").count() == 1
    assert not Participation.objects.filter(decision=called.decision(4)).exists()


def test_academy_that_takes_part_cannot_be_called(told: Hall) -> None:
    with pytest.raises((MoveRefused, Refusal)):
        told.act("call_reserve", 0, reason="Pour voir.")


# -- amending


def amend(made: Hall, place: int, kind, **given):
    whole = {"decision": made.decision(place), "kind": kind, "now": LATER, "actor": made.pilot}
    return actions.amend(**(whole | {"why": "Une erreur de saisie."} | given))


def test_refusal_amended_into_a_retained_one_sends_a_new_letter(told: Hall) -> None:
    before = Letter.objects.get(decision=told.decision(4)).file

    amend(told, 4, IN)

    assert told.part(4).state == "retained"
    assert told.public()[told.application(4).academy.name] == "retained"
    letter = Letter.objects.get(decision=told.decision(4))
    assert letter.file != before
    assert "**retenue**" in letter.text
    sent = mail("decision_amended")
    assert set(sent) == told.team(4).keys
    assert sent[told.team(4).author.pk][0].attachments[0]["digest"] == letter.file
    assert told.decision(4).announced_at == LATER  # a new delay to reply


def test_retained_amended_into_a_refusal_leaves_the_list(told: Hall) -> None:
    amend(told, 0, OUT, reason=REASON)

    assert not Participation.objects.filter(decision=told.decision(0)).exists()
    assert told.application(0).academy.name not in told.public()


def test_amended_into_the_reserve_takes_the_last_rank(told: Hall) -> None:
    amend(told, 4, RESERVE)

    assert (told.decision(4).rank, told.part(4).state) == (3, "reserve")


def test_amending_names_what_it_lacks(told: Hall) -> None:
    with pytest.raises(Refusal, match="motif manque"):
        amend(told, 0, OUT, reason=" ")
    with pytest.raises(Refusal, match="Ce rang de la réserve est celui de l’académie"):
        amend(told, 0, RESERVE, rank=2)
    with pytest.raises(Refusal, match="Le motif manque"):
        amend(told, 4, IN, why=" ")
    Participation.objects.filter(decision=told.decision(0)).update(state="launched")
    with pytest.raises(Refusal, match="au travail"):
        amend(told, 0, OUT, reason=REASON)

    assert not mail("decision_amended")


def test_amending_is_the_pilot_s_and_of_an_announced_decision(told: Hall) -> None:
    with pytest.raises(NotAllowed):
        amend(told, 4, IN, actor=told.delegate(4))
    with pytest.raises(NotAllowed):
        amend(told, 4, IN, actor=actor_of(person(Role.EXPERT)))
    other = hall((OUT,))
    with pytest.raises(NotAllowed):
        amend(other, 0, IN)

    assert set(Decision.objects.filter(case=told.case(4)).values_list("kind")) == {(OUT,)}


def test_amending_twice_the_same_sends_once(told: Hall) -> None:
    for _ in range(2):
        amend(told, 4, IN)

    assert {len(each) for each in mail("decision_amended").values()} == {1}


def test_academy_at_work_is_said_retained_since_the_announcement_and_not_at_work_since(
    told: Hall, client_of
) -> None:
    Participation.objects.filter(decision=told.decision(0)).update(state="launched")

    with time_machine.travel(NOW + timedelta(days=150), tick=False):
        address = reverse("participations", kwargs={"year": told.campaign.year})
        text = client_of(told.study.pilot).get(address).content.decode()

    shown = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", text)).replace("\u00a0", " ")
    assert re.findall("(au travail|retenue) (retenue )?(depuis [0-9]+ mois)", shown) == [
        ("au travail", "retenue ", "depuis 4 mois"),
        ("retenue", "", "depuis 4 mois"),
    ]


def test_file_of_participations_says_since_when_and_until_when(told: Hall, client_of) -> None:
    client, address = (
        client_of(told.study.pilot),
        reverse("participations", kwargs={"year": told.study.campaign.year}),
    )
    told.act("withdraw_participation", 0, reason=WHY)

    text = client.get(f"{address}?format=csv").getvalue().decode("utf-8-sig")

    lines = {line["État"]: line for line in csv.DictReader(text.splitlines())}
    left, waiting = lines["retirée"], lines["en réserve"]
    since, end = "Retenue ou en réserve depuis", "Fin (retrait, refus, délai ou travaux achevés)"
    assert left[since]
    assert left[end]
    assert waiting[since]
    assert waiting[end] == ""
