"""A review is begun, written, given, declined, reopened; its rules are frozen by the first one."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.people.acting import verbs
from tests.selection import factories as f
from traam.applications.models import Examiner
from traam.campaigns import actions as campaigns
from traam.campaigns.rules.grid import Criterion, Grid
from traam.campaigns.rules.signing import digest_of
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal
from traam.post.models import Message
from traam.selection import actions
from traam.selection.actions import Write
from traam.selection.models import Review, Seal
from traam.selection.queries.grids import meaning
from traam.selection.queries.reviews import others_reviews
from traam.selection.rules.life import DeclineReason, ReviewState

pytestmark = pytest.mark.django_db
ALL = {"fit": 4, "protocol": 3, "mutualisation": 5, "team": 2, "diffusion": 1}


@pytest.fixture
def review() -> Review:
    """To be written by someone who may read the application."""
    made: Review = f.ReviewFactory()
    return made


@pytest.fixture
def by(review):
    """How its reviewer acts."""
    return {"now": f.NOW, "actor": f.actor_of(review.reviewer)}


def fresh(review: Review) -> Review:
    return Review.objects.get(pk=review.pk)


def written(review: Review, by, **values: str) -> actions.Saved:
    writes = [Write(name, value) for name, value in values.items()]
    return actions.save(review=review, writes=writes, **by)


# -- begun, sealed


def test_review_begins_on_the_version_deposited_last(review, by):
    f.deposit(review.case.application)

    begun = actions.begin(review=review, **by)

    assert (begun.state, begun.deposit.number) == (ReviewState.BEGUN, 2)
    assert verbs() == ["campaign.freeze_rules", "case.seal_rules", "review.begin"]


def test_first_review_freezes_and_seals_the_rules_once(review, by):
    campaign = review.case.campaign
    other = f.ReviewFactory(case=f.CaseFactory(application=f.deposited(review.case.theme)))

    actions.begin(review=review, **by)
    actions.begin(review=other, now=f.NOW, actor=f.actor_of(other.reviewer))

    seal = Seal.objects.get()
    campaign.refresh_from_db()
    assert campaign.frozen_at == f.NOW
    assert seal.digest == digest_of(seal.content)
    assert seal.content["rules"] == campaign.call_rules.as_data()
    assert seal.content["form"]["number"] == 1
    with pytest.raises(Refusal):
        campaigns.set_rules(
            campaign=campaign,
            rules=replace(campaign.call_rules, reviews_per_application=2),
            now=f.NOW,
            actor=None,
        )


def test_grid_changed_before_the_freeze_is_the_one_that_is_written(review, by):
    campaign = review.case.campaign
    grid = Grid((Criterion("idea", "L’idée", 1, maximum=4),))
    rules = replace(campaign.call_rules, grid=grid)
    campaigns.set_rules(campaign=campaign, rules=rules, now=f.NOW, actor=None)

    written(review, by, score_idea="3")
    given = actions.submit(review=review, **by)

    assert given.total == Decimal(15)
    with pytest.raises(Refusal, match="pas de cet avis"):
        written(f.ReviewFactory(case=review.case), {"now": f.NOW, "actor": None}, score_fit="3")


# -- written


def test_save_begins_the_review_and_keeps_each_field(review, by):
    saved = written(review, by, score_fit="4", comment="Bien.\r\nClair.")

    kept = fresh(review)
    assert saved.versions == {"score_fit": 1, "comment": 1}
    assert (kept.state, kept.scores, kept.comment) == ("begun", {"fit": 4}, "Bien.\nClair.")


@pytest.mark.parametrize("typed", ["6", "-1", "2,5", "quatre", "99999999", "٣"])
def test_score_outside_the_scale_is_refused_by_its_name_and_the_rest_kept(review, by, typed):
    saved = written(review, by, score_fit=typed, score_team="2", comment="Bien.")

    kept = fresh(review)
    assert saved.faults == {
        "score_fit": [
            f"« Adéquation au thème et à sa problématique » (reçu : « {typed} ») : donnez un "
            "nombre entier de 0 à 5."
        ]
    }
    assert (kept.scores, kept.comment) == ({"team": 2}, "Bien.")


def test_score_is_taken_away_by_an_empty_one(review, by):
    written(review, by, score_fit="4")

    actions.save(review=review, writes=[Write("score_fit", "", base=1)], **by)

    assert fresh(review).scores == {"fit": None}


def test_text_too_long_is_refused_and_the_rest_kept(review, by):
    saved = written(review, by, comment="x" * 20_001, advice="Bref.")

    assert list(saved.faults) == ["comment"]
    assert (fresh(review).comment, fresh(review).advice) == ("", "Bref.")


def test_two_tabs_lose_nothing_and_show_both_texts(review, by):
    actions.save(review=review, writes=[Write("comment", "Le premier.", 0, "a-1")], **by)

    saved = actions.save(review=review, writes=[Write("comment", "Le second.", 0, "b-1")], **by)

    kept = fresh(review)
    assert saved.rivals == ["comment"]
    assert kept.comment == "Le premier."
    assert [one["value"] for one in kept.asides] == ["Le second."]
    actions.fill(review=review, scores=ALL, comment="Le premier.", **by)
    with pytest.raises(Refusal, match="deux textes"):
        actions.submit(review=review, **by)


def test_each_tab_goes_on_and_its_later_text_replaces_its_earlier_one(review, by):
    for tab, text in (("a-1", "Le premier."), ("b-1", "Le"), ("b-2", "Le second."), ("b-1", "Le")):
        actions.save(review=review, writes=[Write("comment", text, 0, tab)], **by)
    actions.save(review=review, writes=[Write("comment", "Le premier, fini.", 0, "a-2")], **by)

    kept = fresh(review)
    assert kept.comment == "Le premier, fini."
    assert [one["value"] for one in kept.asides] == ["Le second."]


def test_two_tabs_on_two_fields_are_no_rivals(review, by):
    actions.save(review=review, writes=[Write("comment", "Le premier.", 0, "a-1")], **by)

    saved = actions.save(review=review, writes=[Write("score_fit", "4", 0, "b-1")], **by)

    assert (saved.rivals, fresh(review).asides) == ([], [])


def test_choice_between_two_texts_is_written_once(review, by):
    actions.save(review=review, writes=[Write("comment", "Le premier.", 0, "a-1")], **by)
    actions.save(review=review, writes=[Write("comment", "Le second.", 0, "b-1")], **by)

    actions.settle(review=review, field="comment", value="Les deux.", base=1, **by)
    actions.settle(review=review, field="comment", value="Les deux.", base=1, **by)

    assert (fresh(review).comment, fresh(review).asides) == ("Les deux.", [])


def test_save_sent_twice_is_one(review, by):
    for _ in range(2):
        actions.save(review=review, writes=[Write("comment", "Bien.", 0, "a-1")], **by)

    assert (fresh(review).fields["comment"]["version"], fresh(review).version) == (1, 1)


# -- given


def test_review_is_given_with_its_total(review, by):
    actions.fill(review=review, scores=ALL, comment="Bien.", **by)

    given = actions.submit(review=review, **by)
    again = actions.submit(review=review, **by)

    # 20 × (3×4 + 3×3 + 3×5 + 2×2 + 2×1) / (5 × 13)
    assert (given.state, given.total, given.submitted_at) == ("submitted", Decimal("12.92"), f.NOW)
    assert (again.version, verbs().count("review.submit")) == (given.version, 1)


def test_review_with_a_score_missing_is_refused_naming_each(review, by):
    actions.fill(review=review, scores={"fit": 4, "protocol": 3, "mutualisation": 5}, **by)

    with pytest.raises(Refusal) as refused:
        actions.submit(review=review, **by)

    assert len(refused.value.reasons) == 2
    assert "Équipe et faisabilité" in refused.value.reasons[0]
    assert fresh(review).state == ReviewState.BEGUN


def test_newer_deposit_is_read_before_the_review_is_given(review, by):
    actions.fill(review=review, scores=ALL, **by)
    f.deposit(review.case.application, summary="Autrement.")

    with pytest.raises(Refusal, match="version 2"):
        actions.submit(review=review, **by)
    actions.read_newest(review=review, **by)
    given = actions.submit(review=review, **by)

    assert (given.state, given.deposit.number, given.scores) == ("submitted", 2, ALL)


def test_review_of_a_withdrawn_application_is_neither_written_nor_given(review, by):
    actions.fill(review=review, scores=ALL, **by)
    review.case.application.state = "withdrawn"
    review.case.application.save()

    with pytest.raises(Refusal, match="plus à l’étude"):
        actions.submit(review=review, **by)
    with pytest.raises(Refusal, match="plus à l’étude"):
        written(review, by, comment="Encore.")


def test_given_review_changes_no_more(review, by):
    actions.fill(review=review, scores=ALL, **by)
    actions.submit(review=review, **by)

    with pytest.raises(NotAllowed):
        written(review, by, comment="Trop tard.")


@pytest.mark.parametrize("act", ["begin", "submit", "read_newest"])
def test_nobody_else_writes_it(review, act):
    other = f.reviewer(review.case.theme)
    f.clear([review.case.application], [other])

    with pytest.raises(NotAllowed):
        getattr(actions, act)(review=review, now=f.NOW, actor=f.actor_of(other))


def test_conflict_found_since_closes_the_writing(review, by):
    written(review, by, comment="Bien.")
    Examiner.objects.update(standing="found", kinds="region")

    with pytest.raises(NotAllowed):
        written(review, by, comment="Encore.")


# -- declined, reopened


def test_review_is_declined_for_lack_of_time_and_the_pilot_told(review, by):
    pilot = f.pilot()

    declined = actions.decline(
        review=review, why=DeclineReason.TIME, reason="Trop de copies en mai.", **by
    )

    assert (declined.state, declined.declined_for) == ("declined", "time")
    assert Message.objects.get(to=pilot.pk).kind == "selection/review_declined"
    assert Examiner.objects.get(person=review.reviewer).standing == "clear"
    assert "copies" not in json.dumps(list(Message.objects.values_list("params", flat=True)))


def test_review_declined_for_a_conflict_declares_it(review, by):
    actions.decline(review=review, why=DeclineReason.CONFLICT, reason="Un proche.", **by)

    row = Examiner.objects.get(person=review.reviewer)
    assert (row.standing, row.kinds) == ("found", "declared")
    assert not Review.objects.over_which(by["actor"], "review.read").exists()


def test_review_is_not_declined_without_a_reason(review, by):
    with pytest.raises(Refusal, match="motif"):
        actions.decline(review=review, why=DeclineReason.OTHER, reason="  ", **by)


def test_given_review_is_reopened_by_the_pilot_alone(review, by):
    actions.fill(review=review, scores=ALL, **by)
    actions.submit(review=review, **by)
    with pytest.raises(NotAllowed):
        actions.reopen(review=review, reason="À revoir.", **by)

    reopened = actions.reopen(
        review=review, reason="Une pièce manquait.", now=f.NOW, actor=f.actor_of(f.pilot())
    )

    assert (reopened.state, reopened.total, reopened.scores) == ("begun", None, ALL)
    kinds = list(Message.objects.filter(to=review.reviewer_id).values_list("kind", flat=True))
    assert kinds == ["selection/review_reopened"]


def test_review_that_is_not_given_cannot_be_reopened(review):
    with pytest.raises(MoveRefused):
        actions.reopen(review=review, reason="À revoir.", now=f.NOW, actor=None)


# -- the others' reviews


def test_others_are_read_only_after_ones_own(review, by):
    other = f.ReviewFactory(case=review.case, submitted=True)

    before = others_reviews(by["actor"], fresh(review))
    actions.fill(review=review, scores=ALL, **by)
    during = others_reviews(by["actor"], fresh(review))
    actions.submit(review=review, **by)
    after = others_reviews(by["actor"], fresh(review))

    assert (before.reviews, before.is_too_soon) == ([], True)
    assert (during.reviews, during.is_too_soon) == ([], True)
    assert (after.reviews, after.is_too_soon) == ([other], False)


def test_pilot_reads_them_all_at_once(review):
    other = f.ReviewFactory(case=review.case, submitted=True)

    assert others_reviews(f.actor_of(f.pilot()), review).reviews == [other]


@pytest.mark.parametrize(
    ("score", "maximum", "said"),
    [
        (0, 5, "absent"),
        (3, 5, "correct"),
        (5, 5, "excellent"),
        (10, 10, "excellent"),
        (0, 1, "absent"),
    ],
)
def test_scale_says_what_each_score_means(score, maximum, said):
    assert meaning(score, maximum) == said
