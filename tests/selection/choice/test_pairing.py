"""Two cases are declared incompatible by hand: the choice retains one of them at most."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.selection.choice.setting import Room, room, text_of
from tests.selection.factories import NOW, PairFactory
from traam.applications.rules.life import ApplicationState
from traam.campaigns.rules.life import CampaignState
from traam.journal.models import Entry
from traam.kit.refusals import NotAllowed, Refusal
from traam.selection import actions
from traam.selection.models import CaseEvent, Pair
from traam.selection.queries.instance import instance_of
from traam.selection.queries.variants import reading
from traam.selection.rules.life import DecisionKind

pytestmark = pytest.mark.django_db
WHY = "La même équipe, dans le même collège."


def declare(ready: Room, first: int = 0, second: int = 1, **more) -> Pair:
    given = {
        "one": ready.cases[first],
        "other": ready.cases[second],
        "reason": WHY,
        "now": NOW,
        "actor": ready.pilot,
    }
    return actions.pair(**given | more)


def codes(ready: Room, *places: int) -> tuple[str, ...]:
    return tuple(sorted(ready.code(place) for place in places))


def test_pair_keeps_one_of_two_that_would_both_be_retained(ready) -> None:
    before = reading(ready.compute()).choice.retained

    declare(ready)
    after = reading(ready.compute("Ensuite")).choice.retained

    assert before == codes(ready, 0, 1)
    assert after == codes(ready, 0, 2)
    entry = Entry.objects.get(verb="choice.pair")
    assert (entry.subject, entry.after) == (f"case:{ready.code(0)}", {"with": ready.code(1)})
    assert WHY not in str(entry.after)


def test_pair_declared_twice_in_whatever_order_is_one(ready) -> None:
    assert declare(ready, 0, 1) == declare(ready, 1, 0, reason="Autrement dit")
    assert (Pair.objects.count(), Entry.objects.filter(verb="choice.pair").count()) == (1, 1)


def test_pair_that_is_lifted_counts_no_more_and_says_why(ready) -> None:
    made = declare(ready)

    for _ in range(2):
        later = NOW + timedelta(hours=1)
        actions.unpair(pair=made, reason="Deux équipes", now=later, actor=ready.pilot)

    assert instance_of(campaign=ready.campaign).incompatible == ()
    event = CaseEvent.objects.get(kind="choice.unpair")
    assert (event.case, event.reason) == (ready.cases[0], "Deux équipes")
    assert Pair.objects.get().reason == WHY
    assert declare(ready).pk != made.pk


def test_pair_with_an_application_that_is_not_studied_any_more_forbids_nothing(ready) -> None:
    declare(ready)
    application = ready.cases[1].application
    application.state = ApplicationState.WITHDRAWN
    application.save(update_fields=["state"])

    assert instance_of(campaign=ready.campaign).incompatible == ()
    with pytest.raises(Refusal, match="n’est plus à l’étude"):
        declare(ready, 2, 1)


def test_pair_wants_two_cases_of_one_campaign_and_a_reason(ready) -> None:
    elsewhere = room()
    with pytest.raises(Refusal, match="deux dossiers différents"):
        declare(ready, 0, 0)
    with pytest.raises(Refusal, match="pas de la même campagne"):
        declare(ready, other=elsewhere.cases[0])
    with pytest.raises(Refusal, match="motif manque"):
        declare(ready, reason=" ")

    assert Pair.objects.count() == 0


def test_pair_is_the_pilot_s_to_declare_and_to_lift_until_the_announcement(ready) -> None:
    made = declare(ready)
    lift = {"pair": made, "reason": WHY, "now": NOW}
    with pytest.raises(NotAllowed):
        declare(ready, 0, 2, actor=ready.actor())
    with pytest.raises(NotAllowed):
        actions.unpair(**lift, actor=ready.actor())

    ready.campaign.state = CampaignState.ANNOUNCED
    ready.campaign.save(update_fields=["state"])

    with pytest.raises(NotAllowed):
        declare(ready, 0, 2)
    with pytest.raises(NotAllowed):
        actions.unpair(**lift, actor=ready.pilot)


def test_database_refuses_a_pair_twice_or_of_one_alone(db) -> None:
    made = PairFactory()

    for one, other in ((made.one, made.other), (made.one, made.one), (made.other, made.one)):
        with pytest.raises(IntegrityError), transaction.atomic():
            PairFactory(one=one, other=other)


# -- its pages


def test_pairs_are_read_declared_and_lifted_on_their_page(ready, visit, press) -> None:
    pilot, year = ready.study.pilot, ready.campaign.year
    empty = visit(pilot, "pairs", year=year)
    given = {"one": ready.cases[0].pk, "other": ready.cases[1].pk, "reason": WHY}

    press(pilot, "pairs", given, year=year)
    page = visit(pilot, "pairs", year=year)
    made = Pair.objects.get()
    asked = visit(pilot, "pair_lift", key=made.pk)
    press(pilot, "pair_lift", {"reason": "Deux équipes"}, key=made.pk)

    assert "Aucune paire n’est déclarée" in empty
    assert WHY in page
    assert all(ready.cases[place].application.title in asked for place in (0, 1))
    assert "Aucune paire n’est déclarée" in visit(pilot, "pairs", year=year)
    visit(pilot, "pair_lift", status=404, key=made.pk)


def test_page_of_pairs_keeps_what_was_typed_and_says_all_that_is_wrong(ready, press) -> None:
    key = ready.cases[0].pk
    same = {"one": key, "other": key, "reason": WHY}

    answers = [
        press(ready.study.pilot, "pairs", given, year=ready.campaign.year)
        for given in (same, {"one": "99999"})
    ]

    words = [text_of(answer) for answer in answers]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert "deux dossiers différents" in words[0]
    assert WHY in words[0]
    assert "pas à l’étude" in words[1]
    assert "3 points à corriger" in words[1]
    assert Pair.objects.count() == 0


def test_pairs_are_only_read_once_announced_and_by_the_pilot_alone(ready, visit) -> None:
    declare(ready)
    ready.campaign.state = CampaignState.ANNOUNCED
    ready.campaign.save(update_fields=["state"])

    page = visit(ready.study.pilot, "pairs", year=ready.campaign.year)

    assert WHY in page
    assert "Déclarer une paire" not in page
    visit(ready.expert, "pairs", status=403, year=ready.campaign.year)


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_pairs_asks_the_same_queries_whatever_the_size(
    count, ready, client, clock, django_assert_num_queries
) -> None:
    for first, second in ((0, 1), (0, 2), (1, 2))[:count]:
        declare(ready, first, second)
    client.force_login(ready.study.pilot)

    # session, person, mandates, delegations (4); the campaign; the cases; the pairs
    with django_assert_num_queries(6):
        client.get(f"/selection/{ready.campaign.year}/incompatibles/")


def test_arbitration_names_two_decided_in_spite_of_their_incompatibility(ready, visit) -> None:
    declare(ready)
    for place in (0, 1):
        ready.decide(place, DecisionKind.RETAINED, departure="Tous deux")

    page = visit(ready.study.pilot, "arbitration", year=ready.campaign.year)

    assert "sont retenues, alors qu’elles sont déclarées incompatibles" in page
