"""The choice computed, kept, named, tried out; locks; what is sealed."""

from dataclasses import replace

import pytest

from tests.selection import factories
from tests.selection.choice.setting import room, year_before
from tests.selection.factories import NOW, actor_of, clear
from traam.access.roles import Role
from traam.applications.rules.life import ApplicationState, Standing
from traam.campaigns.rules.life import CampaignState
from traam.journal.models import Entry
from traam.kit.refusals import NotAllowed, Refusal
from traam.selection import actions
from traam.selection.actions.choosing import digest_of_variant
from traam.selection.models import CaseEvent, Lock, Variant
from traam.selection.optimiser.explain import Why, explain
from traam.selection.optimiser.instance import LockKind
from traam.selection.optimiser.solve import solved
from traam.selection.queries.instance import instance_of
from traam.selection.queries.variants import reading
from traam.selection.rules.kept import compared, written
from traam.selection.rules.life import DecisionKind, ParticipationState
from traam.selection.rules.proposing import proposals

pytestmark = pytest.mark.django_db


def test_kept_variant_says_what_the_optimiser_says(ready) -> None:
    variant = ready.compute()

    instance = instance_of(campaign=ready.campaign)
    done = solved(instance)
    said, explanation = reading(variant), explain(done)
    assert said.choice == done.choice
    assert said.explanation == explanation
    assert said.instance == instance
    assert said.choice.retained == tuple(sorted(ready.code(place) for place in (0, 1)))
    assert said.left_out()[ready.code(2)].why is Why.THEME_FULL


def test_kept_variant_holds_the_digest_of_its_data_and_result(ready) -> None:
    variant = Variant.objects.get(pk=ready.compute().pk)

    assert variant.digest == digest_of_variant(variant)
    assert written(reading(variant)) == variant.result
    entry = Entry.objects.get(verb="choice.compute")
    assert entry.after["digest"] == variant.digest


def test_first_variant_is_the_reference_and_the_next_are_not(ready) -> None:
    first, second = ready.compute("Un"), ready.compute("Deux")

    assert (first.is_reference, second.is_reference) == (True, False)

    actions.make_reference(variant=second, now=NOW, actor=ready.pilot)
    actions.make_reference(variant=second, now=NOW, actor=ready.pilot)

    references = Variant.objects.filter(is_reference=True)
    assert [one.name for one in references] == ["Deux"]
    assert Entry.objects.filter(verb="choice.reference").count() == 1


def test_name_that_is_taken_is_refused_and_nothing_is_kept(ready) -> None:
    ready.compute("Un")

    with pytest.raises(Refusal, match="« Un »"):
        ready.compute("  Un ")
    with pytest.raises(Refusal, match="de 1 à 200"):
        ready.compute(" ")

    assert Variant.objects.count() == 1


def test_variant_is_renamed_and_its_digest_stays(ready) -> None:
    variant = ready.compute("Un")

    actions.rename(variant=variant, name="Sans verrou", now=NOW, actor=ready.pilot)

    found = Variant.objects.get()
    assert (found.name, found.digest) == ("Sans verrou", variant.digest)


@pytest.mark.parametrize("role", [Role.EXPERT, Role.GENERAL_INSPECTOR])
def test_only_the_pilot_keeps_a_variant(ready, role) -> None:
    other = factories.reviewer(ready.theme, role=role)

    with pytest.raises(NotAllowed):
        ready.compute(actor=actor_of(other))


def test_campaign_without_a_case_has_nothing_to_choose(db) -> None:
    campaign = factories.under_study()

    with pytest.raises(Refusal, match="rien à choisir"):
        actions.compute(campaign=campaign, name="Un", now=NOW, actor=None)


def test_nothing_is_computed_once_all_is_announced(ready) -> None:
    ready.campaign.state = CampaignState.ANNOUNCED
    ready.campaign.save(update_fields=["state"])

    with pytest.raises(Refusal, match="entre la clôture"):
        ready.compute(actor=None)


def test_lock_changes_the_computed_choice(ready) -> None:
    before = reading(ready.compute("Sans"))

    actions.lock(case=ready.cases[2], is_in=True, reason="Outre-mer", now=NOW, actor=ready.actor())
    after = reading(ready.compute("Avec"))

    change = compared(before, after)
    assert (change.only_first, change.only_second) == ((ready.code(1),), (ready.code(2),))
    assert change.changed == (ready.code(2),)
    assert not change.is_same_data


def test_lock_out_takes_it_from_the_choice_and_lifting_it_gives_it_back(ready) -> None:
    case = ready.cases[0]
    actions.lock(case=case, is_in=False, reason="Double", now=NOW, actor=ready.pilot)

    out = reading(ready.compute("Avec"))
    assert out.left_out()[ready.code(0)].why is Why.LOCKED_OUT

    actions.unlock(case=case, reason="Erreur", now=NOW, actor=ready.pilot)
    assert ready.code(0) in reading(ready.compute("Sans")).choice.retained
    assert CaseEvent.objects.get().reason == "Erreur"
    assert Lock.objects.get().lifted_at == NOW


def test_lock_twice_is_once_and_the_contrary_is_refused(ready) -> None:
    given = {"case": ready.cases[0], "now": NOW, "actor": ready.actor()}
    first = actions.lock(is_in=True, reason="Un", **given)

    assert actions.lock(is_in=True, reason="Deux", **given).pk == first.pk
    with pytest.raises(Refusal, match="contraire"):
        actions.lock(is_in=False, reason="Trois", **given)
    assert Lock.objects.count() == 1


def test_lock_without_a_reason_is_refused(ready) -> None:
    with pytest.raises(Refusal, match="motif"):
        actions.lock(case=ready.cases[0], is_in=True, reason=" ", now=NOW, actor=ready.actor())


def test_whoever_is_in_conflict_locks_nothing(ready) -> None:
    case = ready.cases[0]
    clear([case.application], [ready.expert], standing=Standing.PINNED)

    with pytest.raises(NotAllowed) as refusal:
        actions.lock(case=case, is_in=True, reason="Mien", now=NOW, actor=ready.actor())

    assert case.application.title not in str(refusal.value)
    assert case.application.code not in str(refusal.value)


def test_lock_on_a_withdrawn_application_is_refused(ready) -> None:
    application = ready.cases[0].application
    application.state = ApplicationState.WITHDRAWN
    application.save(update_fields=["state"])

    with pytest.raises(Refusal, match="retirée"):
        actions.lock(case=ready.cases[0], is_in=True, reason="Oui", now=NOW, actor=ready.pilot)


def what_if(ready, **wanted):
    kinds = {ready.code(int(place[1:])): lock for place, lock in wanted.items()}
    return actions.what_if(theme=ready.theme, wanted=kinds, actor=ready.actor())


def test_what_if_says_the_price_and_whom_it_displaces_and_writes_nothing(ready) -> None:
    said = reading(ready.compute()).left_out()[ready.code(2)]
    entries = Entry.objects.count()

    found = what_if(ready, c2=LockKind.IN).found

    assert found.cost == pytest.approx(said.price)
    assert found.leaves == tuple(map(str, said.displaces))
    assert found.enters == (ready.code(2),)
    assert (Lock.objects.count(), Entry.objects.count()) == (0, entries)


def test_what_if_forces_each_left_out_as_the_explanation_says(db) -> None:
    made = room(
        [[4, 4], [3, 3], [2, 3], [5, 4], [1, 2], [3, 4], [2, 2], [4, 3], [3, 2]],
        themes=3,
        rules={"themes_per_academy_max": 1, "weights": {"score": 1, "rank": 1, "served": 2}},
    )
    said = reading(made.compute()).left_out()

    assert said
    for code, out in said.items():
        tried = actions.what_if(
            theme=made.theme, wanted={code: LockKind.IN}, actor=made.pilot
        ).found
        assert tried.cost == pytest.approx(out.price)
        assert tried.leaves == tuple(map(str, out.displaces))


def test_what_if_tries_several_locks_at_once(ready) -> None:
    found = what_if(ready, c0=LockKind.OUT, c1=LockKind.OUT).found

    assert found.retained == (ready.code(2),)
    assert found.cost == pytest.approx(20)


def test_what_if_nothing_is_possible_says_the_rules_that_contradict_each_other(ready) -> None:
    found = what_if(ready, c0=LockKind.IN, c1=LockKind.IN, c2=LockKind.IN).found

    kinds = {rule.kind.value for rule in found.conflict}
    assert not found.is_possible
    assert kinds == {"theme_max", "locked_in"}


def test_what_if_an_application_without_review_is_forced_in_contradicts_the_rules(db) -> None:
    made = room([[4, 4], [3, 3], [-1, -1]])

    found = what_if(made, c2=LockKind.IN).found

    assert {rule.kind.value for rule in found.conflict} == {"not_eligible", "locked_in"}


def test_what_if_a_two_year_team_is_left_out_contradicts_the_rules(ready) -> None:
    year_before(ready, ready.cases[2].application, ParticipationState.LAUNCHED)

    found = what_if(ready, c2=LockKind.OUT).found

    assert {rule.kind.value for rule in found.conflict} == {"continuing", "locked_out"}


def test_what_if_is_for_those_who_follow_the_theme(ready) -> None:
    stranger = factories.reviewer(factories.theme_of(ready.campaign))

    with pytest.raises(NotAllowed):
        actions.what_if(theme=ready.theme, wanted={}, actor=actor_of(stranger))


def test_contradictory_rules_are_named_and_no_choice_is_kept_as_a_proposal(db) -> None:
    made = room(rules={"academies_min": 4, "academies_max": 5})

    said = reading(made.compute())

    assert not said.is_possible
    assert said.contradiction(names=said_names(made)) == [
        f"Le thème « {made.theme.title} » demande au moins 4 candidatures ; 3 y répondent."
    ]
    assert proposals(said, reserves=0).keys() == {made.code(place) for place in range(3)}


def said_names(made):
    from traam.selection.queries.instance import gathered

    return gathered(campaign=made.campaign).names()


def test_robust_stays_and_fragile_falls_without_one_review(db) -> None:
    made = room([[5, 5], [3, 4], [3, 3]])

    held = reading(made.compute()).held()

    assert held[made.code(0)].is_robust
    assert not held[made.code(1)].is_robust
    assert held[made.code(1)].falls_without == (1,)


def test_altered_instance_is_another_choice(ready) -> None:
    one = reading(ready.compute())
    rows = tuple(replace(row, score=1.0) for row in one.instance.applications)
    other = replace(one, instance=replace(one.instance, applications=rows))

    assert compared(one, other).changed == tuple(sorted(ready.code(place) for place in range(3)))
    assert compared(one, one).is_same_data


def test_choice_is_sealed_with_inputs_variants_and_decisions_once(ready) -> None:
    variant = ready.compute()
    ready.decide(0, DecisionKind.RETAINED)

    seal = actions.seal_choice(campaign=ready.campaign, now=NOW, actor=ready.pilot)
    again = actions.seal_choice(campaign=ready.campaign, now=NOW, actor=ready.pilot)

    assert again.pk == seal.pk
    assert [one["digest"] for one in seal.content["variants"]] == [variant.digest]
    assert [one["application"] for one in seal.content["decisions"]] == [ready.code(0)]
    assert len(seal.content["inputs"]["applications"]) == 3

    ready.decide(1, DecisionKind.RETAINED)
    assert actions.seal_choice(campaign=ready.campaign, now=NOW, actor=ready.pilot).number == 2


def test_choice_is_sealed_by_the_pilot_alone(ready) -> None:
    with pytest.raises(NotAllowed):
        actions.seal_choice(campaign=ready.campaign, now=NOW, actor=ready.actor())
