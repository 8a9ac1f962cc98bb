"""Closing an account, reopening it, and the last pilot, who stays: the acts and their pages."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.test import Client

from tests.house.pages import CheckedClient
from tests.people.acting import DAY, TODAY, verbs
from tests.people.factories import DelegationFactory, MandateFactory, UserFactory
from traam.access.actor import Actor
from traam.access.roles import Role
from traam.journal.models import Entry
from traam.kit.refusals import NotAllowed, Refusal
from traam.people import actions
from traam.people.models import Mandate, User
from traam.people.queries import actor_for, deputies
from traam.post.models import Message
from traam.post.texts import text_of

pytestmark = pytest.mark.django_db
LIST = "/preparation/personnes/"
WHY = "Partie en congé."
LAST = "Plus personne ne piloterait à partir du 20 mars 2026"


@pytest.fixture(autouse=True)
def _today(now, vocabularies):
    with time_machine.travel(now, tick=False):
        yield


def entered(user: User) -> CheckedClient:
    client = CheckedClient()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def shown(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def enters(client: Client) -> bool:
    return client.get("/compte/").status_code == 200


# -- the acts


def test_closed_account_enters_no_more_until_it_is_reopened_with_its_mandates(pilot, now):
    user = MandateFactory(academies=["09"]).person
    client = entered(user)
    assert enters(client)

    actions.close(person=user, reason=f" {WHY} ", now=now, actor=pilot)

    user.refresh_from_db()
    assert (user.is_active, user.reason, enters(client)) == (False, WHY, False)

    actions.reopen(person=user, reason="De retour.", now=now, actor=pilot)

    user.refresh_from_db()
    assert (user.is_active, user.reason) == (True, "De retour.")
    assert enters(entered(user))
    assert len(actor_for(user, TODAY).in_force) == 1


def test_acts_are_noted_once_by_keys_alone_and_the_reopening_is_told(pilot, now):
    user = UserFactory()

    for act in (actions.close, actions.reopen):
        for _ in range(2):
            act(person=user, reason=WHY, now=now, actor=pilot)

    noted = list(Entry.objects.order_by("pk").values_list("verb", "subject", "actor"))
    assert noted == [
        ("people.close", f"user:{user.pk}", pilot.person),
        ("people.reopen", f"user:{user.pk}", pilot.person),
    ]
    assert not any(WHY in str([entry.before, entry.after]) for entry in Entry.objects.all())
    (message,) = Message.objects.all()
    assert (message.to, message.kind) == (user.pk, "people/reopening")
    assert f"{LIST}{user.pk}/" in text_of(kind=message.kind, params=message.params).body


def test_account_closed_again_is_told_of_each_reopening(pilot, now):
    user = UserFactory()

    for moment in (now, now + DAY):
        actions.close(person=user, reason=WHY, now=moment, actor=pilot)
        actions.reopen(person=user, reason=WHY, now=moment, actor=pilot)

    assert Message.objects.count() == 2


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
@pytest.mark.parametrize(("act", "closed"), [(actions.close, False), (actions.reopen, True)])
def test_account_is_neither_closed_nor_reopened_without_a_reason(
    pilot, now, act, closed: bool, reason: str
):
    user = UserFactory(closed=closed)

    with pytest.raises(Refusal, match="La raison"):
        act(person=user, reason=reason, now=now, actor=pilot)

    user.refresh_from_db()
    assert (user.is_active, verbs()) == (not closed, [])


@pytest.mark.parametrize(("act", "closed"), [(actions.close, False), (actions.reopen, True)])
def test_dan_neither_closes_nor_reopens(dan, now, act, closed: bool):
    user = UserFactory(closed=closed)
    MandateFactory(person=user, academies=["09"])

    with pytest.raises(NotAllowed, match="Seul le pilotage national"):
        act(person=user, reason=WHY, now=now, actor=dan)


def test_erased_account_is_not_reopened_and_keeps_no_reason(pilot, now):
    user = UserFactory()
    actions.close(person=user, reason=WHY, now=now, actor=pilot)
    actions.erase(person=user, now=now, actor=pilot)

    with pytest.raises(Refusal, match="effacé"):
        actions.reopen(person=user, reason=WHY, now=now, actor=pilot)

    user.refresh_from_db()
    assert (user.is_active, user.reason) == (False, "")


def test_persona_is_not_closed(pilot, now):
    user = UserFactory(persona="dan-lille")

    with pytest.raises(Refusal, match="Il ne se ferme ni ne s’efface"):
        actions.close(person=user, reason=WHY, now=now, actor=pilot)


def test_deputies_of_a_closed_account_act_again_when_it_is_reopened_only(pilot, now):
    delegation = DelegationFactory(mandate=MandateFactory(academies=["09"]))
    holder, deputy = delegation.holder, delegation.delegate
    held = Mandate.objects.filter(pk=delegation.mandate_id)
    assert deputies(held, today=TODAY) == [deputy.pk]

    actions.close(person=holder, reason=WHY, now=now, actor=pilot)

    assert actor_for(deputy, TODAY).in_force == ()
    assert deputies(held, today=TODAY) == []

    actions.reopen(person=holder, reason="De retour.", now=now, actor=pilot)

    assert len(actor_for(deputy, TODAY).in_force) == 1
    assert deputies(held, today=TODAY) == [deputy.pk]


# -- the last pilot


def end(mandate: Mandate, actor: Actor, now) -> None:
    actions.end(mandate=mandate, on=TODAY, now=now, actor=actor)


def close(mandate: Mandate, actor: Actor, now) -> None:
    actions.close(person=mandate.person, reason=WHY, now=now, actor=actor)


def erase(mandate: Mandate, actor: Actor, now) -> None:
    actions.erase(person=mandate.person, now=now, actor=actor)


LEAVING = pytest.mark.parametrize("leave", [end, close, erase])


@LEAVING
def test_last_pilot_does_not_leave(now, leave: Callable[..., None]):
    mandate = MandateFactory(role=Role.PILOT)
    oneself = actor_for(mandate.person, TODAY)
    MandateFactory(role=Role.PILOT, person__closed=True)  # pilots nothing
    MandateFactory(role=Role.PILOT, ends_on=TODAY)  # no more
    MandateFactory(role=Role.PILOT, starts_on=TODAY + DAY)  # not yet
    MandateFactory(role=Role.EXPERT)

    with pytest.raises(Refusal, match=LAST):
        leave(mandate, oneself, now)

    assert verbs() == []
    assert actor_for(User.objects.get(pk=mandate.person_id), TODAY).in_force


@LEAVING
def test_pilot_leaves_when_another_stays(now, leave: Callable[..., None]):
    mandate = MandateFactory(role=Role.PILOT)
    MandateFactory(role=Role.PILOT)

    leave(mandate, actor_for(mandate.person, TODAY), now)

    assert len(verbs()) == 1


@pytest.mark.parametrize("leave", [close, erase])
def test_pilot_who_counts_no_more_leaves(pilot, now, leave: Callable[..., None]):
    mandate = MandateFactory(role=Role.PILOT, ends_on=TODAY - DAY)

    leave(mandate, pilot, now)

    assert len(verbs()) == 1


def test_one_of_two_mandates_of_the_last_pilot_ends_but_not_both(now):
    first = MandateFactory(role=Role.PILOT)
    second = MandateFactory(role=Role.PILOT, person=first.person)
    oneself = actor_for(first.person, TODAY)
    end(first, oneself, now)

    with pytest.raises(Refusal, match=LAST):
        end(second, oneself, now)


def test_last_pilot_does_not_leave_as_of_yesterday_either(now):
    mandate = MandateFactory(role=Role.PILOT)
    MandateFactory(role=Role.PILOT, ends_on=TODAY)

    with pytest.raises(Refusal, match=LAST):
        actions.end(mandate=mandate, on=TODAY - 9 * DAY, now=now, actor=None)


def test_pilots_mandate_of_a_closed_account_ends(pilot, now):
    mandate = MandateFactory(role=Role.PILOT, person__closed=True)

    end(mandate, pilot, now)

    assert verbs() == ["mandate.end"]


# -- the pages


@pytest.fixture
def piloting() -> CheckedClient:
    """A client of the only pilot."""
    return entered(MandateFactory(role=Role.PILOT, person__name="Qui pilote").person)


def test_page_leads_to_closing_then_to_reopening_and_says_why(piloting):
    user = MandateFactory(academies=["09"], person__name="Alice").person
    page, closing, reopening = (f"{LIST}{user.pk}/{word}" for word in ("", "fermer/", "rouvrir/"))
    assert closing in shown(piloting.get(page))
    assert "Le compte peut être rouvert" in shown(piloting.get(closing))
    assert piloting.get(reopening).url == page

    closed = piloting.post(closing, {"reason": WHY}, follow=True)

    assert "Le compte « Alice » est fermé." in shown(closed)
    assert (WHY in shown(closed), reopening in shown(closed)) == (True, True)
    assert closing not in shown(closed)
    assert piloting.get(closing).url == page
    assert WHY in shown(piloting.get(reopening))

    reopened = piloting.post(reopening, {"reason": "De retour."}, follow=True)

    assert "Le compte « Alice » est rouvert" in shown(reopened)
    assert ("De retour." in shown(reopened), closing in shown(reopened)) == (True, True)
    assert verbs() == ["people.close", "people.reopen"]


@pytest.mark.parametrize(("word", "closed"), [("fermer", False), ("rouvrir", True)])
def test_form_without_a_reason_comes_back(piloting, word: str, closed: bool):
    user = UserFactory(closed=closed)

    response = piloting.post(f"{LIST}{user.pk}/{word}/", {"reason": " "})

    assert (response.status_code, "Dites pourquoi" in shown(response)) == (400, True)
    assert verbs() == []


@pytest.mark.parametrize(("word", "closed"), [("fermer", False), ("rouvrir", True)])
def test_dan_is_told_who_does(word: str, closed: bool):
    client = entered(MandateFactory(role=Role.DIGITAL_DELEGATE, academies=["09"]).person)
    user = UserFactory(closed=closed)
    MandateFactory(person=user, academies=["09"])
    address = f"{LIST}{user.pk}/{word}/"

    for answer in (client.get(address), client.post(address, {"reason": WHY})):
        assert answer.status_code == 403
        assert "Seul le pilotage national (DNE) peut" in shown(answer)
    assert address not in shown(client.get(f"{LIST}{user.pk}/"))


def test_pages_say_that_the_last_pilot_stays_and_do_nothing(piloting):
    mandate = Mandate.objects.get(role=Role.PILOT)
    for address, typed in (
        (f"{LIST}{mandate.person_id}/fermer/", {"reason": WHY}),
        (f"{LIST}{mandate.person_id}/effacer/", {}),
        (f"{LIST}mandats/{mandate.pk}/terminer/", {"on": "2026-03-20"}),
    ):
        asked, answered = piloting.get(address), piloting.post(address, typed)

        assert (asked.status_code, answered.status_code) == (200, 400)
        assert all(LAST in shown(answer) for answer in (asked, answered))
    assert (verbs(), mandate.ends_on) == ([], None)


def test_last_pilot_foresees_the_end_on_the_chosen_day(piloting):
    mandate = Mandate.objects.get(role=Role.PILOT)
    MandateFactory(role=Role.PILOT, starts_on=date(2026, 9, 1))
    address = f"{LIST}mandats/{mandate.pk}/terminer/"

    too_soon = piloting.get(address, {"on": "2026-08-31"})
    in_time = piloting.post(address, {"on": "2026-09-01"})

    assert "ne piloterait à partir du 31 août 2026" in shown(too_soon)
    assert in_time.status_code == 302
