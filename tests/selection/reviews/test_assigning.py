"""Reviews are given by hand or all at once, taken back, given again; never across a conflict."""

import pytest

from tests.people.acting import verbs
from tests.selection import factories as f
from traam.applications.models import Examiner
from traam.applications.rules.life import Standing
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal
from traam.kit.together import answer
from traam.post.models import Message
from traam.selection import actions
from traam.selection.models import Case, Review
from traam.selection.queries.progress import progress
from traam.selection.rules.life import DeclineReason

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> f.Study:
    return f.study(academies=3, reviewers=4, rules={"reviews_per_application": 2})


def given(made: f.Study) -> set[tuple[int, int]]:
    return set(Review.objects.exclude(state="declined").values_list("reviewer", "case"))


def by(person) -> dict[str, object]:
    return {"now": f.NOW, "actor": f.actor_of(person)}


def test_case_is_given_to_a_reviewer_who_is_told(made):
    case, person = made.cases[0], made.reviewers[made.themes[0].code][0]

    for _ in range(2):
        actions.assign(case=case, reviewer=person, **by(made.pilot))

    assert given(made) == {(person.pk, case.pk)}
    assert verbs() == ["review.assign"]
    assert Message.objects.get(to=person.pk).params["count"] == 1


def test_expert_gives_the_cases_of_their_theme(made):
    expert, person = made.reviewers[made.themes[0].code][:2]

    actions.assign(case=made.cases[0], reviewer=person, **by(expert))

    assert given(made) == {(person.pk, made.cases[0].pk)}


@pytest.mark.parametrize("standing", [Standing.FOUND, Standing.PINNED, None])
def test_case_is_never_given_over_a_conflict_nor_unchecked(made, standing):
    person = made.reviewers[made.themes[0].code][0]
    rows = Examiner.objects.filter(application=made.applications[0], person=person)
    rows.update(standing=standing, kinds="region") if standing else rows.delete()

    with pytest.raises(Refusal, match="conflit d’intérêts"):
        actions.assign(case=made.cases[0], reviewer=person, **by(made.pilot))
    actions.assign_all(campaign=made.campaign, **by(made.pilot))

    assert (person.pk, made.cases[0].pk) not in given(made)


def test_case_is_given_to_the_judges_of_its_theme_only(made):
    with pytest.raises(Refusal, match="ne juge pas ce thème"):
        actions.assign(case=made.cases[0], reviewer=f.pilot(), **by(made.pilot))


def test_expert_in_conflict_assigns_nothing_of_the_case(made):
    expert, person = made.reviewers[made.themes[0].code][:2]
    f.clear([made.applications[0]], [expert], standing=Standing.FOUND, kinds="region")

    with pytest.raises(NotAllowed):
        actions.assign(case=made.cases[0], reviewer=person, **by(expert))


def test_all_are_given_at_once_and_twice_is_once(made):
    foreseen = actions.foresee_assignment(campaign=made.campaign, **by(made.pilot))
    assert given(made) == set()

    actions.assign_all(campaign=made.campaign, **by(made.pilot))
    again = actions.assign_all(campaign=made.campaign, **by(made.pilot))

    assert given(made) == set(foreseen.result.pairs)
    assert len(foreseen.result.pairs) == 6
    assert again.result.pairs == ()
    assert verbs().count("review.assign") == 6
    counts = sorted(one.params["count"] for one in Message.objects.all())
    assert counts == [1, 1, 2, 2]


def test_expert_assigns_their_themes_and_no_other():
    made = f.study(themes=2, academies=2, reviewers=3, rules={"reviews_per_application": 1})
    expert = made.reviewers[made.themes[0].code][0]

    actions.assign_all(campaign=made.campaign, themes=[made.themes[0]], **by(expert))
    for themes in ([made.themes[1]], None):
        with pytest.raises(NotAllowed):
            actions.assign_all(campaign=made.campaign, themes=themes, **by(expert))

    assert {case for _, case in given(made)} == {one.pk for one in made.cases_of(made.themes[0])}


def test_shortage_is_said_in_french(made):
    lonely = made.reviewers[made.themes[0].code][0]
    Examiner.objects.filter(application=made.applications[0]).exclude(person=lonely).delete()

    foreseen = actions.foresee_assignment(campaign=made.campaign, **by(made.pilot))

    (lack,) = foreseen.result.shortages
    assert lack.application == made.cases[0].pk
    assert lack.sentence.startswith("1 avis sur 2 : sur 4 évaluateurs, 1 seul peut encore lire")


def test_declined_review_is_given_to_someone_else_not_again_to_the_same(made):
    actions.assign_all(campaign=made.campaign, **by(made.pilot))
    review = Review.objects.order_by("pk")[0]
    actions.decline(
        review=review, why=DeclineReason.TIME, reason="Trop de copies.", **by(review.reviewer)
    )

    actions.assign_all(campaign=made.campaign, **by(made.pilot))

    case_given = {person for person, case in given(made) if case == review.case_id}
    assert len(case_given) == 2
    assert review.reviewer_id not in case_given


def test_whoever_declined_may_be_asked_again_by_hand(made):
    person = made.reviewers[made.themes[0].code][0]
    review = actions.assign(case=made.cases[0], reviewer=person, **by(made.pilot))
    actions.decline(review=review, why=DeclineReason.TIME, reason="Trop.", **by(person))

    again = actions.assign(case=made.cases[0], reviewer=person, **by(made.pilot))

    assert (again.pk, again.state, again.declined_for, again.reason) == (
        review.pk,
        "assigned",
        "",
        "",
    )


def test_review_is_taken_back_with_a_reason_and_its_reviewer_told(made):
    person = made.reviewers[made.themes[0].code][0]
    review = actions.assign(case=made.cases[0], reviewer=person, **by(made.pilot))

    with pytest.raises(Refusal, match="motif"):
        actions.unassign(review=review, reason="", **by(made.pilot))
    back = actions.unassign(review=review, reason="Charge trop lourde.", **by(made.pilot))

    assert (back.state, back.declined_for, back.reason) == ("declined", "", "Charge trop lourde.")
    kinds = Message.objects.filter(to=person.pk).values_list("kind", flat=True)
    assert "selection/review_taken_back" in kinds


def test_given_review_is_not_taken_back(made):
    (review,) = f.review_all(made, [[4]])

    with pytest.raises(MoveRefused):
        actions.unassign(review=review, reason="Trop tard.", **by(made.pilot))


def test_review_closed_by_a_conflict_counts_no_more_and_is_replaced(made):
    actions.assign_all(campaign=made.campaign, **by(made.pilot))
    review = Review.objects.order_by("pk")[0]
    rows = Examiner.objects.filter(application=review.case.application, person=review.reviewer)
    rows.update(standing="pinned", reason="Un lien.")

    (before,) = answer(progress(made.campaign, made.themes, now=f.NOW))
    foreseen = actions.assign_all(campaign=made.campaign, **by(made.pilot))
    (after,) = answer(progress(made.campaign, made.themes, now=f.NOW))

    assert (before.short, after.short) == (1, 0)
    assert [case for _, case in foreseen.result.pairs] == [review.case_id]


def test_nothing_is_given_once_the_decisions_are_announced(made):
    made.campaign.state = "announced"
    made.campaign.save()

    with pytest.raises(Refusal, match="annoncées"):
        actions.assign_all(campaign=made.campaign, now=f.NOW, actor=None)


def test_cases_open_by_themselves_once_the_call_is_closed():
    campaign = f.under_study()
    theme = f.theme_of(campaign)
    f.deposited(theme)
    f.deposited(theme, state="draft", deposited_at=None)

    assert [actions.open_due(now=f.NOW) for _ in range(2)] == [1, 0]
    f.deposited(theme)
    assert actions.open_due(now=f.NOW) == 1
    assert Case.objects.count() == 2


def test_cases_do_not_open_before_the_call_closes():
    campaign = f.under_study(state="call_open")
    f.deposited(f.theme_of(campaign))

    with pytest.raises(Refusal, match="pas clos"):
        actions.open_cases(campaign=campaign, now=f.NOW, actor=None)
    assert actions.open_due(now=f.NOW) == 0


def test_automatic_assignment_costs_the_same_whatever_its_size(django_assert_num_queries):
    small = f.study(academies=1, reviewers=2)
    large = f.study(academies=6, reviewers=4)
    # cases, their themes' terms, judges, cleared pairs, reviews, disciplines of the judges
    for one in (small, large):
        with django_assert_num_queries(6):
            actions.foresee_assignment(campaign=one.campaign, now=f.NOW, actor=None)
