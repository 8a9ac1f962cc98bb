"""What becomes of each case: decided, arbitrated, taken from a proposal, taken back."""

from decimal import Decimal
from functools import partial

import pytest

from tests.selection import factories
from tests.selection.choice.setting import room
from tests.selection.factories import NOW, actor_of, clear, pilot
from traam.access.roles import Role
from traam.applications.rules.life import ApplicationState, Standing
from traam.campaigns.rules.calendar import Milestone
from traam.campaigns.rules.life import CampaignState
from traam.journal.models import Entry
from traam.kit.refusals import NotAllowed, Refusal, Unread
from traam.kit.text import instant
from traam.post.models import Message
from traam.selection import actions
from traam.selection.models import CaseEvent, Decision, Departure, Review
from traam.selection.rules.life import DecisionKind, ReviewState

pytestmark = pytest.mark.django_db
RETAINED, RESERVE, NOT_RETAINED = DecisionKind


def reserve_of(theme) -> list[tuple[int, str]]:
    rows = Decision.objects.filter(case__theme=theme, kind=RESERVE).order_by("rank", "pk")
    return list(rows.values_list("rank", "case__application__code"))


@pytest.mark.parametrize("role", [Role.EXPERT, Role.GENERAL_INSPECTOR])
def test_theme_decides_of_its_cases(ready, role) -> None:
    person = factories.reviewer(ready.theme, role=role)
    clear([ready.cases[0].application], [person])

    made = ready.decide(0, RETAINED, actor=actor_of(person), remarks="Bravo")

    assert (made.kind, made.version, made.prepared_by_id) == (RETAINED, 1, person.pk)
    entry = Entry.objects.get(verb="decision.prepare")
    assert entry.subject == f"case:{ready.code(0)}"
    assert "Bravo" not in str(entry.after)


def test_another_theme_decides_nothing(ready) -> None:
    stranger = factories.reviewer(factories.theme_of(ready.campaign))

    with pytest.raises(NotAllowed):
        ready.decide(0, RETAINED, actor=actor_of(stranger))


def test_whoever_is_in_conflict_decides_nothing(ready) -> None:
    clear([ready.cases[0].application], [ready.expert], standing=Standing.FOUND)

    with pytest.raises(NotAllowed):
        ready.decide(0, RETAINED)
    assert ready.decide(1, RETAINED).kind == RETAINED


def test_decision_on_a_withdrawn_application_is_refused_and_named(ready) -> None:
    application = ready.cases[0].application
    application.state = ApplicationState.WITHDRAWN
    application.save(update_fields=["state"])

    with pytest.raises(Refusal) as refusal:
        ready.decide(0, RETAINED, actor=ready.pilot)

    assert f"« {application.title} »" in refusal.value.reasons[0]
    assert application.academy.name in refusal.value.reasons[0]
    assert not Decision.objects.exists()


@pytest.mark.parametrize("state", [one for one in CampaignState if one != "call_closed"])
def test_nothing_is_decided_outside_the_study(ready, state) -> None:
    ready.campaign.state = state
    ready.campaign.save(update_fields=["state"])

    with pytest.raises(Refusal):
        ready.decide(0, RETAINED, actor=None)


def test_two_people_decide_at_once_and_the_second_reads_the_first(ready) -> None:
    other = ready.study.reviewers[ready.theme.code][1]
    ready.decide(0, RETAINED, version=0)

    with pytest.raises(actions.Outdated) as refusal:
        ready.decide(0, NOT_RETAINED, version=0, actor=actor_of(other))

    assert refusal.value.present.kind == RETAINED
    assert Decision.objects.get().kind == RETAINED


def test_version_never_comes_back_after_a_decision_was_taken_back(ready) -> None:
    ready.decide(0, RETAINED)
    actions.take_back_decision(
        case=ready.cases[0], reason="À revoir", version=1, now=NOW, actor=ready.actor()
    )
    again = ready.decide(0, NOT_RETAINED)

    assert again.version == 2
    with pytest.raises(actions.Outdated):
        ready.decide(0, RETAINED, version=1)


def test_taking_back_wants_a_reason_and_twice_is_once(ready) -> None:
    ready.decide(0, RETAINED)
    given = {"case": ready.cases[0], "version": 1, "now": NOW, "actor": ready.actor()}

    with pytest.raises(Refusal, match="motif"):
        actions.take_back_decision(reason="", **given)
    actions.take_back_decision(reason="À revoir", **given)
    actions.take_back_decision(reason="À revoir", **given)

    assert CaseEvent.objects.get().reason == "À revoir"
    assert not Decision.objects.exists()


def test_reserve_keeps_its_ranks_one_by_one_whatever_enters_and_leaves(db) -> None:
    made = room([[3, 3]] * 4, academies=4)
    for place in (0, 1, 2):
        made.decide(place, RESERVE)

    made.decide(3, RESERVE, rank=1)
    assert reserve_of(made.theme) == [(1, made.code(3))] + [
        (place + 2, made.code(place)) for place in (0, 1, 2)
    ]

    made.decide(0, RETAINED)
    assert reserve_of(made.theme) == [(1, made.code(3)), (2, made.code(1)), (3, made.code(2))]

    actions.take_back_decision(
        case=made.cases[3], reason="Non", version=1, now=NOW, actor=made.actor()
    )
    assert reserve_of(made.theme) == [(1, made.code(1)), (2, made.code(2))]


def test_rank_of_a_reserve_is_from_one_and_of_a_reserve_only(ready) -> None:
    with pytest.raises(Refusal, match="reçu : 0"):
        ready.decide(0, RESERVE, rank=0)
    with pytest.raises(Refusal, match="n’a pas lieu d’être"):
        ready.decide(0, RETAINED, rank=2)


def test_more_may_be_retained_than_planned(ready) -> None:
    """rules.md §4: more are retained than planned; people decide, and say why."""
    ready.compute()
    ready.decide(0, RETAINED)
    ready.decide(1, RETAINED)

    ready.decide(2, RETAINED, departure="Trois projets qui se complètent.")

    assert (
        Decision.objects.filter(kind=RETAINED).count()
        == 3
        > ready.campaign.call_rules.academies_max
    )
    assert Departure.objects.get().case == ready.cases[2]


def test_departure_from_the_proposal_wants_a_reason_and_keeps_its_price(ready) -> None:
    variant = ready.compute()

    with pytest.raises(actions.NeedsDeparture, match="« Premier calcul »"):
        ready.decide(2, RETAINED)
    ready.decide(2, RETAINED, departure="Outre-mer")

    found = Departure.objects.get()
    assert (found.variant, found.computed, found.decided) == (variant, "reserve", "retained")
    assert (found.reason, found.price) == ("Outre-mer", Decimal("4.000"))
    assert found.person == ready.expert


def test_changing_the_words_of_a_departure_asks_no_second_reason(ready) -> None:
    ready.compute()
    ready.decide(2, RETAINED, departure="Outre-mer")

    ready.decide(2, RETAINED, remarks="Bienvenue")

    assert Departure.objects.count() == 1


def test_reserve_or_refusal_of_what_is_left_out_is_no_departure(ready) -> None:
    ready.compute()

    ready.decide(2, RESERVE)
    ready.decide(2, NOT_RETAINED)

    assert not Departure.objects.exists()


def test_pilot_arbitrates_with_a_reason_and_whoever_decided_is_told(ready) -> None:
    ready.decide(0, RETAINED)

    with pytest.raises(actions.NeedsDeparture):
        ready.decide(0, NOT_RETAINED, actor=ready.pilot)
    ready.decide(0, NOT_RETAINED, actor=ready.pilot, departure="Trois thèmes déjà")

    assert CaseEvent.objects.get().reason == "Trois thèmes déjà"
    message = Message.objects.get(kind="selection/decision_arbitrated")
    assert message.to == ready.expert.pk
    assert ready.cases[0].application.title not in str(message.params)
    with pytest.raises(Refusal, match="arbitrée"):
        ready.decide(0, RETAINED)
    ready.decide(0, RETAINED, actor=actor_of(pilot()), departure="Tout compte fait")


def test_proposal_is_taken_at_once_and_what_was_decided_stays(ready) -> None:
    variant = ready.compute()
    ready.decide(0, NOT_RETAINED, departure="Hors sujet", reason="Hors sujet")

    foreseen = actions.foresee_proposal(variant=variant, theme=None, reserves=2, actor=ready.pilot)
    taken = actions.take_proposal(variant=variant, now=NOW, actor=ready.pilot)
    again = actions.take_proposal(variant=variant, now=NOW, actor=ready.pilot)

    assert foreseen == taken
    assert (taken.prepared, taken.decided, again.prepared) == (2, 1, 0)
    kinds = [Decision.objects.get(case=case).kind for case in ready.cases]
    assert kinds == [NOT_RETAINED, RETAINED, RESERVE]


def test_proposal_without_all_its_reviews_is_taken_once_one_has_read_how_many_are_missing(
    ready,
) -> None:
    variant = ready.compute()
    Review.objects.filter(case=ready.cases[0]).update(
        state=ReviewState.DECLINED, submitted_at=None, total=None
    )
    left = Review.objects.filter(case__in=ready.cases[1:]).order_by("pk")
    Review.objects.filter(pk__in=[one.pk for one in left[:3]]).update(
        state=ReviewState.BEGUN, submitted_at=None, total=None
    )
    take = partial(actions.take_proposal, variant=variant, now=NOW, actor=ready.pilot)
    foreseen = actions.foresee_proposal(variant=variant, theme=None, reserves=2, actor=ready.pilot)

    assert list(foreseen.warnings) == [
        "Sur 1 de ces dossiers, aucun avis n’est confié : la décision serait préparée sans "
        "lecture.",
        "Sur 2 de ces dossiers, 3 avis manquent, attendus pour le "
        f"{instant(ready.campaign.calendar.at(Milestone.REVIEWS_DUE))} : la décision serait "
        "préparée sans attendre.",
    ]
    with pytest.raises(Unread):
        take(known=())
    with pytest.raises(Unread):
        take(known=foreseen.warnings[:1])
    assert not Decision.objects.exists()
    assert take(known=foreseen.warnings).prepared == 3


def test_proposal_whose_reviews_are_all_given_warns_of_nothing(ready) -> None:
    variant = ready.compute()

    taken = actions.take_proposal(variant=variant, now=NOW, actor=ready.pilot, known=())

    assert (taken.prepared, taken.warnings) == (3, ())


def test_proposal_gives_refusals_a_reason_that_names_no_other(db) -> None:
    made = room([[4, 4], [3, 3], [2, 2], [1, 1]], academies=4)
    variant = made.compute()

    actions.take_proposal(variant=variant, reserves=1, now=NOW, actor=made.pilot)

    refused = Decision.objects.get(kind=NOT_RETAINED)
    assert refused.case == made.cases[3]
    assert refused.reason.startswith("Le thème retient au plus 2 académies")
    assert reserve_of(made.theme) == [(1, made.code(2))]


def test_theme_takes_its_part_of_the_proposal_without_the_cases_in_conflict(ready) -> None:
    variant = ready.compute()
    clear([ready.cases[1].application], [ready.expert], standing=Standing.PINNED)

    taken = actions.take_proposal(variant=variant, theme=ready.theme, now=NOW, actor=ready.actor())

    assert (taken.prepared, taken.closed) == (2, 1)
    assert not Decision.objects.filter(case=ready.cases[1]).exists()


def test_whole_proposal_is_for_the_pilot_alone(ready) -> None:
    variant = ready.compute()

    with pytest.raises(NotAllowed):
        actions.take_proposal(variant=variant, now=NOW, actor=ready.actor())


def test_case_opened_since_the_variant_is_left_to_decide(ready) -> None:
    variant = ready.compute()
    late = factories.deposited(ready.theme)
    factories.CaseFactory(application=late)

    taken = actions.take_proposal(variant=variant, now=NOW, actor=ready.pilot)

    assert (taken.prepared, taken.unknown) == (3, 1)


def test_variant_that_found_nothing_proposes_nothing(db) -> None:
    made = room(rules={"academies_min": 4, "academies_max": 5})
    variant = made.compute()

    with pytest.raises(Refusal, match="se contredisent"):
        actions.take_proposal(variant=variant, now=NOW, actor=made.pilot)
    made.decide(0, RETAINED)  # nothing is proposed: nothing departs from it

    assert not Departure.objects.exists()
