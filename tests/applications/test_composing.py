"""Questions are composed and published while files are open: nothing answered is lost."""

import pytest

from tests.applications.world import COMPLETE, World, actor, verbs, written_to
from traam.applications import actions
from traam.applications.models import Answer, AnswerVersion, Application
from traam.campaigns.models import Questionnaire
from traam.campaigns.rules.default_form import DEFAULT_FORM
from traam.campaigns.rules.questions import Form, Question, QuestionKind, reworded
from traam.kit.refusals import NotAllowed, Refusal

NEW = Question(
    id="new", kind=QuestionKind.TEXT, label="Quoi de neuf", section="means", required=True
)


def changed(field: str, **words) -> Form:
    """The default form, one question otherwise composed."""
    kept = (reworded(one, **words) if one.id == field else one for one in DEFAULT_FORM.questions)
    return Form(DEFAULT_FORM.sections, tuple(kept))


def without(field: str) -> Form:
    kept = (one for one in DEFAULT_FORM.questions if one.id != field)
    return Form(DEFAULT_FORM.sections, tuple(kept))


WITH_NEW = Form(DEFAULT_FORM.sections, (*DEFAULT_FORM.questions, NEW))


def edit(world: World, form: Form, now, by=None):
    return actions.edit_questionnaire(
        campaign=world.campaign, form=form, now=now, actor=actor(by or world.pilot)
    )


def publish(world: World, now):
    return actions.publish_questionnaire(campaign=world.campaign, now=now, actor=actor(world.pilot))


def test_questions_are_kept_as_a_draft_and_asked_once_published(world: World, now) -> None:
    made = world.begun(now)
    kept = edit(world, WITH_NEW, now)
    assert (kept.published_at, made.questionnaire) != (None, kept)

    publish(world, now)

    made.refresh_from_db()
    assert made.questionnaire == kept
    assert world.fill(made, {"new": "Ceci"}, now).versions == {"new": 1}
    assert written_to(world.author) == ["questions_changed"]
    assert verbs("questionnaire.") == ["questionnaire.edit", "questionnaire.publish"]


def test_draft_edited_again_is_the_same_one(world: World, now) -> None:
    first, again = edit(world, WITH_NEW, now), edit(world, WITH_NEW, now)
    other = edit(world, DEFAULT_FORM, now)

    assert first.pk == again.pk == other.pk
    assert verbs("questionnaire.") == ["questionnaire.edit", "questionnaire.edit"]


def test_draft_is_given_up(world: World, now) -> None:
    edit(world, WITH_NEW, now)

    for _ in range(2):
        actions.drop_draft(campaign=world.campaign, now=now, actor=actor(world.pilot))

    assert not Questionnaire.objects.filter(published_at=None).exists()
    assert verbs("questionnaire.drop") == ["questionnaire.drop"]


def test_form_with_faults_is_refused_with_all_of_them(world: World, now) -> None:
    wrong = Form(DEFAULT_FORM.sections, (reworded(NEW, label=""), reworded(NEW, section="x")))

    with pytest.raises(Refusal) as refused:
        edit(world, wrong, now)

    assert len(refused.value.reasons) == 3
    assert not Questionnaire.objects.exists()


def test_questions_are_the_pilots_to_compose(world: World, now) -> None:
    with pytest.raises(NotAllowed):
        edit(world, WITH_NEW, now, by=world.dan)


def test_publication_that_would_lose_an_answer_is_refused_and_says_which(world, now) -> None:
    made = world.complete(now)
    before = made.questionnaire
    edit(world, without("problem"), now)

    foreseen = actions.foresee_publication(campaign=world.campaign)
    with pytest.raises(Refusal) as refused:
        publish(world, now)

    assert not foreseen.may_be_published
    assert foreseen.reasons() == refused.value.reasons
    assert refused.value.reasons == [
        f"{made.code} ({world.academy.name}) : « La problématique, au regard de celle du thème » "
        f"n’est plus demandé : « {COMPLETE['problem']} » serait perdu."
    ]
    made.refresh_from_db()
    assert (made.questionnaire, made.answers.count()) == (before, len(COMPLETE))


def test_question_that_nobody_answered_is_removed(world: World, now) -> None:
    world.begun(now)
    edit(world, without("problem"), now)

    assert actions.foresee_publication(campaign=world.campaign).may_be_published
    publish(world, now)


def test_answers_take_the_shape_of_their_question_and_their_past_stays(world: World, now) -> None:
    made = world.complete(now)
    edit(
        world,
        changed(
            "productions", kind=QuestionKind.LONG_TEXT, items=(), repeats_min=0, repeats_max=None
        ),
        now,
    )

    publish(world, now)

    answer = Answer.objects.get(application=made, field="productions")
    assert (answer.value, answer.version) == (
        "Production : Un scénario, Prévue pour le : 2027-03-01",
        2,
    )
    kept = AnswerVersion.objects.filter(application=made, field="productions", version=1)
    assert kept.get().value == COMPLETE["productions"]


def test_publication_is_foreseen_with_the_files_it_carries_over(world: World, now) -> None:
    world.agreed(now)
    World(campaign=world.campaign).begun(now)
    edit(world, WITH_NEW, now)

    foreseen = actions.foresee_publication(campaign=world.campaign)

    assert (foreseen.file_count, foreseen.awaiting_count) == (2, 1)
    assert [one.id for one in foreseen.change.added] == ["new"]


def test_file_that_awaits_its_visa_is_refused_while_a_new_question_is_empty(world, now) -> None:
    made = world.agreed(now)
    edit(world, WITH_NEW, now)
    publish(world, now)

    with pytest.raises(Refusal, match="« Quoi de neuf » est à remplir"):
        world.endorse(now, made.code)


def test_publication_twice_is_one_and_nothing_is_published_without_a_draft(world, now) -> None:
    with pytest.raises(Refusal, match="modifiez-les d’abord"):
        publish(world, now)
    edit(world, WITH_NEW, now)

    assert publish(world, now) == publish(world, now)
    with pytest.raises(Refusal, match="modifiez-les d’abord"):
        actions.foresee_publication(campaign=world.campaign)


def test_deposit_already_made_is_not_changed_by_a_publication(world: World, now) -> None:
    made = world.deposited(now)
    before = made.deposits.get().digest
    edit(world, WITH_NEW, now)

    publish(world, now)

    assert made.deposits.get().digest == before
    assert Application.objects.get(pk=made.pk).state == "deposited"


@pytest.mark.parametrize("count", [1, 3])
def test_foreseeing_takes_the_same_queries_whatever_the_files(
    world: World, now, count: int, django_assert_num_queries
) -> None:
    for _ in range(count):
        World(campaign=world.campaign).begun(now)
    edit(world, WITH_NEW, now)

    # The draft, the applications with their joins, their answers, the published questions.
    with django_assert_num_queries(4):
        actions.foresee_publication(campaign=world.campaign)
