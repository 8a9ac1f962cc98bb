"""Acts upon an application, by their pages: agreement, return, withdrawal, reopening, receipt."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from tests.applications.browsing import client_of, page, posted
from tests.applications.factories import CLOSES
from tests.applications.world import World, actor, state
from tests.people.factories import DelegationFactory
from traam.applications import actions
from traam.applications.models import Deposit, Event
from traam.applications.screens.receipt import receipt
from traam.people.models import Mandate
from traam.post.models import Message

pytestmark = pytest.mark.django_db
REASON = {"reason": "Le protocole ne dit pas ce qui sera observé."}


@pytest.fixture(autouse=True)
def _today(now):
    with time_machine.travel(now, tick=False):
        yield


def at(application, act: str = "") -> str:
    return f"/candidatures/{application.code}/{act}"


def test_application_goes_by_its_pages_from_draft_to_deposit(world: World, now) -> None:
    made = world.complete(now)
    states = []

    posted(world.author, at(made, "soumettre/"), {})
    states.append(state(made))
    posted(world.inspector, at(made, "accord/"), {})
    states.append(state(made))
    posted(world.dan, f"/candidatures/academie/{world.academy.code}/", {"ordre": made.code})
    states.append(state(made))

    assert states == ["awaiting_agreement", "awaiting_visa", "deposited"]


def test_submission_of_what_is_incomplete_says_all_that_is_missing(world: World, now) -> None:
    made = world.begun(now)

    text = posted(world.author, at(made, "soumettre/"), {}, 400)

    assert text.count("#champ-") == 13
    assert state(made) == "draft"


def test_page_says_whose_turn_it_is_and_since_when(world: World, now) -> None:
    made = world.submitted(now)

    text = page(world.author, at(made))

    assert "En attente de l’accord de l’inspection · depuis moins d’une minute" in text
    assert f"{world.inspector}\u00a0: accord attendu avant le " in text


@pytest.mark.parametrize("who", ["inspector", "dan"])
def test_return_asks_a_reason_that_the_authors_read(world: World, now, who) -> None:
    made = world.submitted(now) if who == "inspector" else world.agreed(now)

    refused = posted(getattr(world, who), at(made, "renvoyer/"), {"reason": " "}, 400)
    posted(getattr(world, who), at(made, "renvoyer/"), REASON)

    assert "Dites pourquoi, en une phrase." in refused
    assert state(made) == "draft"
    assert REASON["reason"] in page(world.author, at(made))


def test_author_takes_back_then_withdraws_and_the_pilot_restores(world: World, now) -> None:
    made, states = world.submitted(now), []

    posted(world.author, at(made, "reprendre/"), {})
    states.append(state(made))
    posted(world.author, at(made, "retirer/"), REASON)
    states.append(state(made))
    actions.restore(application=made, reason="Erreur.", now=now, actor=actor(world.pilot))
    states.append(state(made))

    assert states == ["draft", "withdrawn", "draft"]
    assert [one.verb for one in Event.objects.order_by("pk")][-3:] == [
        "application.take_back",
        "application.withdraw",
        "application.restore",
    ]


def test_pilot_reopens_a_deposited_application_after_giving_more_time(world: World, now) -> None:
    made = world.deposited(now)
    with time_machine.travel(CLOSES, tick=False):
        type(world.campaign).objects.update(state="call_closed")
        refused = posted(world.pilot, at(made, "rouvrir/"), REASON, 400)
        posted(
            world.pilot,
            "/candidatures/prolongations/",
            {
                "campaign": world.campaign.year,
                "academy": world.academy.code,
                "until": "2026-04-10T18:00",
            }
            | REASON,
        )
        posted(world.pilot, at(made, "rouvrir/"), REASON)

    assert "plus de temps pour l’académie" in refused
    assert state(made) == "draft"


@pytest.mark.parametrize(("act", "whose"), [("retablir/", "pilotage"), ("rouvrir/", "pilotage")])
def test_act_of_another_is_refused_and_says_whose_it_is(world: World, now, act, whose) -> None:
    made = world.submitted(now)

    opened = page(world.dan, at(made, act), 403)
    done = posted(world.dan, at(made, act), REASON, 403)

    assert whose in opened
    assert whose in done
    assert state(made) == "awaiting_agreement"


def test_inspector_of_another_application_finds_none(world: World, now) -> None:
    made = world.submitted(now)

    assert client_of(World().inspector).get(at(made, "accord/")).status_code == 404


def test_agreement_received_by_mail_is_entered_by_the_delegate_and_marked_so(
    world: World, now
) -> None:
    made = world.submitted(now)
    data = {"person": world.inspector.pk, "channel": "courriel du 19 mars"}

    posted(world.dan, at(made, "accord/"), data)

    event = Event.objects.get(verb="application.agree")
    assert (event.person, event.on_behalf_of) == (world.dan, world.inspector)
    assert state(made) == "awaiting_visa"
    assert "d’après : courriel du 19 mars" in page(world.author, at(made))


def test_agreement_given_by_a_deputy_names_both_and_the_inspector_is_told(
    world: World, now
) -> None:
    made = world.submitted(now)
    mandate = Mandate.objects.get(person=world.inspector)
    deputy = DelegationFactory(mandate=mandate, delegate__name="Suppléante").delegate

    posted(deputy, at(made, "accord/"), {})

    told = Message.objects.get(kind="applications/agreed_for")
    assert told.to == world.inspector.pk
    assert f"{world.inspector.name} · accord donné par Suppléante" in page(world.author, at(made))


def test_agreement_given_again_by_oneself_names_nobody_else(world: World, now) -> None:
    made = world.submitted(now)
    entered = {"person": world.inspector.pk, "channel": "courriel du 19 mars"}
    posted(world.dan, at(made, "accord/"), entered)
    posted(world.dan, at(made, "renvoyer/"), REASON)
    posted(world.author, at(made, "soumettre/"), {})

    posted(world.inspector, at(made, "accord/"), {})

    assert "accord donné par" not in page(world.author, at(made))
    assert Message.objects.filter(kind="applications/agreed_for").count() == 1


def test_receipt_bears_the_number_and_the_digest(world: World, now) -> None:
    made = world.deposited(now)

    answer = client_of(world.author).get(at(made, "recepisse.pdf"))

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert Deposit.objects.get().digest in page(world.author, at(made))


def test_receipt_of_the_night_is_of_the_day_that_has_begun_in_paris(world: World, now) -> None:
    made = world.deposited(now)
    Deposit.objects.update(deposited_at=datetime(2026, 4, 2, 22, 30, tzinfo=UTC))

    assert receipt(made).date == date(2026, 4, 3)


def test_there_is_no_receipt_before_the_deposit(world: World, now) -> None:
    made = world.agreed(now)

    assert client_of(world.author).get(at(made, "recepisse.pdf")).status_code == 404


def test_history_tells_each_act_once_the_latest_first(world: World, now) -> None:
    made = world.deposited(now)

    text = page(world.author, at(made)).partition('id="historique"')[2]

    assert text.index("visée et déposée") < text.index("commencée")


# session, account, mandates, delegations; application, milestones, authors, inspectors; the place:
# terms, examiners; events, answers, pieces, deposits: the same whatever the length of its history
@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_same_whatever_its_history(
    world: World, now, count, django_assert_num_queries
) -> None:
    made = world.submitted(now)
    for _ in range(count):
        actions.take_back(application=made, now=now, actor=actor(world.author))
        actions.submit(application=made, now=now, actor=actor(world.author))
    client = client_of(world.author)

    with django_assert_num_queries(SHOW_QUERIES):
        client.get(at(made))


SHOW_QUERIES = 13
