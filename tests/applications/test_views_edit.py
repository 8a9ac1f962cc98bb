"""The form of an application, without any script: every step saves all its fields."""

from datetime import timedelta

import pytest
import time_machine

from tests.applications.browsing import client_of, form_of, page, posted, said, step
from tests.applications.factories import (
    CLOSES,
    AuthorFactory,
    NamedInspectorFactory,
    PieceFactory,
    PresenceFactory,
)
from tests.applications.world import COMPLETE, World, actor
from tests.reference.factories import AcademyFactory
from traam.applications import actions
from traam.applications.actions import Write
from traam.applications.models import AnswerVersion
from traam.applications.screens.places import Step, step_href

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.mark.parametrize("each", list(Step))
def test_step_opens_empty_and_filled(world: World, now, each) -> None:
    made = world.begun(now)

    empty = client_of(world.author).get(step(made, each), follow=True)
    world.fill(made, {"title": "Un titre"}, now)
    filled = client_of(world.author).get(step(made, each), follow=True)

    assert (empty.status_code, filled.status_code) == (200, 200)
    assert each.label in filled.content.decode()


# session, account, mandates, delegations; application, milestones, authors, inspectors; academies
# of the day, answers, rivals, pieces, who is there; for the team, who may join and who may agree
QUERIES = {Step.TEAM: 14}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("each", list(Step))
def test_step_asks_the_same_whatever_it_holds(
    world: World, now, each, count, django_assert_num_queries
) -> None:
    made = world.complete(now)
    AuthorFactory.create_batch(count, application=made)
    NamedInspectorFactory.create_batch(count, application=made)
    PieceFactory.create_batch(count, application=made)
    PresenceFactory.create_batch(count, application=made, seen_at=now)
    client, address = client_of(world.author), step_href(made, each)
    client.get(address)

    with django_assert_num_queries(QUERIES.get(each, 12)):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("each", [Step.PROJECT, Step.TEAM, Step.COMMITMENTS])
def test_step_sent_back_untouched_changes_nothing(world: World, now, each) -> None:
    made = world.complete(now)
    before, versions = said(made), AnswerVersion.objects.count()

    posted(world.author, step(made, each), form_of(page(world.author, step(made, each))))

    assert said(made) == before
    assert AnswerVersion.objects.count() == versions


def test_step_saves_all_its_fields_and_leads_to_the_next(world: World, now) -> None:
    made = world.begun(now)
    sent = form_of(page(world.author, step(made)))
    sent |= {"q-title": "Un titre", "q-summary": "Deux\r\nlignes", "q-duration_years": "two"}

    answer = client_of(world.author).post(step(made), sent | {"suite": "equipe"})

    assert answer["Location"] == step(made, "equipe")
    assert said(made) == {"title": "Un titre", "summary": "Deux\nlignes", "duration_years": "two"}


def test_rows_are_added_filled_and_taken_away_by_buttons(world: World, now) -> None:
    made = world.begun(now)
    address = step(made, "equipe")
    sent = form_of(page(world.author, address))
    for row, name in enumerate(("Une", "Deux", "Trois")):
        sent |= {f"q-team-{row}-name": name, f"q-team-{row}-discipline": "SVT"}

    more = posted(world.author, address, sent | {"ajouter": "team"})
    posted(world.author, address, form_of(more) | {"retirer": "team:1"})

    assert 'name="q-team-3-name"' in more
    assert [row["name"] for row in said(made)["team"]] == ["Une", "Trois"]


def test_unticked_boxes_are_unticked(world: World, now) -> None:
    made = world.complete(now)
    sent = form_of(page(world.author, step(made, "engagements")))

    posted(world.author, step(made, "engagements"), sent | {"q-commitments": ["class"]})

    assert said(made)["commitments"] == ["class"]


def test_two_writers_lose_nothing_and_both_texts_are_shown(world: World, now) -> None:
    made = world.complete(now)
    sent = form_of(page(world.author, step(made)))
    world.fill(made, {"summary": "Le texte de l’autre"}, now, by=world.author, base=1)

    shown = posted(world.author, step(made), sent | {"q-summary": "Le mien"})

    assert said(made)["summary"] == "Le texte de l’autre"
    assert "Deux textes ont été écrits en même temps" in shown
    assert "Le mien" in shown


def test_text_put_aside_while_typing_is_told_by_the_button_that_saves(world: World, now) -> None:
    made = world.complete(now)
    world.fill(made, {"summary": "D’un onglet"}, now, base=1)
    mine = Write("summary", "De l’autre", base=1, key="b-1")
    actions.save(application=made, writes=[mine], now=now, actor=actor(world.author))
    sent = form_of(page(world.author, step(made)))  # as its script left it

    shown = posted(world.author, step(made), sent | {"suite": "equipe"})

    assert "départagez-les" in shown
    assert "C’est enregistré" not in shown
    assert "Deux textes d’un même champ attendent" in shown
    assert 'id="champ-summary"' in shown  # not the next step


@pytest.mark.parametrize(
    ("choice", "kept"),
    [("champ", "Le sien"), ("autre", "Le mien"), ("deux", "Le sien\n\nLe mien")],
)
def test_two_texts_are_settled_by_a_button(world: World, now, choice, kept) -> None:
    made = world.complete(now)
    sent = form_of(page(world.author, step(made)))
    world.fill(made, {"summary": "Le sien"}, now, base=1)
    shown = posted(world.author, step(made), sent | {"q-summary": "Le mien"})
    rival = AnswerVersion.objects.get(is_rival=True)

    after = posted(
        world.author, step(made), form_of(shown) | {"departager": f"{rival.pk}:2:{choice}"}
    )

    assert said(made)["summary"] == kept
    assert "Deux textes" not in after


def test_text_settled_against_one_that_changed_meanwhile_is_a_rival_in_its_turn(
    world: World, now
) -> None:
    made = world.complete(now)
    sent = form_of(page(world.author, step(made)))
    world.fill(made, {"summary": "Le sien"}, now, base=1)
    shown = posted(world.author, step(made), sent | {"q-summary": "Le mien"})
    rival = AnswerVersion.objects.get(is_rival=True)
    world.fill(made, {"summary": "Le sien, relu"}, now, base=2)

    posted(world.author, step(made), form_of(shown) | {"departager": f"{rival.pk}:2:autre"})

    texts = AnswerVersion.objects.filter(field="summary").values_list("value", flat=True)
    assert said(made)["summary"] == "Le sien, relu"
    assert {"Le sien", "Le mien", "Le sien, relu"} <= set(texts)


def test_what_is_not_acceptable_is_kept_and_said_on_top_with_a_link(world: World, now) -> None:
    made = world.begun(now)
    sent = form_of(page(world.author, step(made))) | {"q-title": "x" * 400, "suite": "projet"}

    shown = posted(world.author, step(made), sent)

    assert said(made)["title"] == "x" * 400
    assert "1 point à corriger" in shown
    assert "#champ-title" in shown
    assert "(100 caractères de trop)" in shown


def test_what_was_typed_when_the_call_closes_is_shown_again_and_not_written(
    world: World, now
) -> None:
    made = world.begun(now)
    sent = form_of(page(world.author, step(made))) | {"q-title": "Une seconde trop tard"}

    with time_machine.travel(CLOSES, tick=False):
        client = client_of(world.author)
        answer = client.post(step(made), sent)

    text = answer.content.decode()
    assert answer.status_code == 409
    assert said(made) == {}
    assert 'value="Une seconde trop tard"' in text
    assert "L’appel est clos depuis" in text


def test_who_may_not_write_is_led_to_the_page_and_told_who_may(world: World, now) -> None:
    made = world.begun(now)

    shown = client_of(world.dan).get(step(made), follow=True).content.decode()

    assert "modifier cette candidature" in shown


@pytest.mark.parametrize(
    ("far", "said"),
    [
        (
            "submitted",
            "est en attente de l’accord de l’inspection : reprenez-la pour la modifier.",
        ),
        ("agreed", "est en attente du visa du DAN : reprenez-la pour la modifier."),
        ("deposited", "est déposée : elle ne se modifie plus."),
    ],
)
def test_author_is_told_what_to_do_of_what_is_no_draft(world: World, now, far, said) -> None:
    made = getattr(world, far)(now)

    shown = client_of(world.author).get(step(made), follow=True).content.decode()

    assert f"Cette candidature {said}" in shown.replace("\u00a0", " ")
    assert "Seul" not in shown.partition("Cette candidature")[0]


def test_academy_is_not_offered_to_join_itself(world: World, now) -> None:
    other = AcademyFactory(name="Une autre académie")
    made = world.begun(now)

    shown = page(world.author, step(made, "equipe"))

    offered = shown.partition("q-associated")[2]
    assert f'value="{other.code}"' in offered
    assert f'value="{world.academy.code}"' not in offered


@pytest.mark.parametrize("who", ["rector", "pilot"])
def test_draft_is_nobody_elses(world: World, now, who) -> None:
    made = world.begun(now)

    assert client_of(getattr(world, who)).get(step(made)).status_code == 404


def test_deadline_is_told_in_the_hour_of_the_academy_too(now) -> None:
    world = World(academy=AcademyFactory(code="43", name="Mayotte"))
    made = world.begun(now)

    text = page(world.author, step(made))

    assert "vendredi 3 avril 2026, 18\u00a0h, heure de Paris" in text
    assert "Mayotte\u00a0: vendredi 3 avril, 19\u00a0h" in text


def test_check_says_all_that_is_missing_with_a_link_to_each(world: World, now) -> None:
    made = world.begun(now)

    text = page(world.author, step(made, "verifier"))

    for field in (*COMPLETE, "inspectors"):
        assert f"#champ-{field}" in text
    assert "Soumettre à l’accord" not in text


def test_check_of_a_complete_application_leads_to_its_submission(world: World, now) -> None:
    made = world.complete(now)

    text = page(world.author, step(made, "verifier"))

    assert "Rien ne manque" in text
    assert f'href="/candidatures/{made.code}/soumettre/"' in text


def test_coauthor_writes_and_is_told_who_submits(world: World, now) -> None:
    made = world.complete(now)
    by = actor(world.author)
    actions.add_author(application=made, person=world.coauthor, now=now, actor=by)

    text = page(world.coauthor, step(made, "verifier"))
    posted(world.coauthor, step(made), form_of(page(world.coauthor, step(made))) | {"q-lead": "x"})

    assert f"Seul·e {world.author} peut soumettre" in text


def test_people_are_invited_named_and_taken_away(world: World, now) -> None:
    made = world.begun(now)
    address = f"/candidatures/{made.code}/personnes/"

    posted(world.author, address, {"acte": "ajouter-auteur", "auteur-person": world.coauthor.pk})
    posted(
        world.author,
        address,
        {"acte": "ajouter-inspecteur", "inspecteur-person": world.inspector.pk},
    )
    both = set(made.authors.values_list("person", flat=True))
    named = set(made.inspectors.values_list("person", flat=True))
    posted(world.author, address, {"acte": "retirer-auteur", "auteur": world.coauthor.pk})
    posted(world.author, address, {"acte": "retirer-inspecteur", "inspecteur": world.inspector.pk})

    assert both == {world.author.pk, world.coauthor.pk}
    assert named == {world.inspector.pk}
    assert (made.authors.count(), made.inspectors.count()) == (1, 0)


def test_nobody_of_another_academy_is_invited(world: World, now) -> None:
    made, stranger = world.begun(now), World().author

    text = posted(
        world.author,
        f"/candidatures/{made.code}/personnes/",
        {"acte": "ajouter-auteur", "auteur-person": stranger.pk},
    )

    assert made.authors.count() == 1
    assert "ne peut pas écrire cette candidature" in text


def test_question_that_waits_for_another_answer_is_hidden_until_then(world: World, now) -> None:
    from traam.campaigns.rules.default_form import DEFAULT_FORM
    from traam.campaigns.rules.questions import (
        Condition,
        Form,
        Question,
        QuestionKind,
    )

    first = Question(id="abroad", kind=QuestionKind.YES_NO, label="À l’étranger ?", section="trial")
    then = Question(
        id="country",
        kind=QuestionKind.TEXT,
        label="Quel pays ?",
        section="trial",
        condition=Condition("abroad", ("yes",)),
    )
    form = Form(DEFAULT_FORM.sections, (*DEFAULT_FORM.questions, first, then))
    by = actor(world.pilot)
    actions.edit_questionnaire(campaign=world.campaign, form=form, now=now, actor=by)
    actions.publish_questionnaire(campaign=world.campaign, now=now, actor=by)
    made = world.begun(now)

    before = page(world.author, step(made))
    actions.save(
        application=made, writes=[Write("abroad", "yes")], now=now, actor=actor(world.author)
    )
    after = page(world.author, step(made))

    assert 'data-if="abroad" data-among="yes" hidden' in before
    assert 'data-if="abroad" data-among="yes">' in after


def test_presence_is_shown_for_a_while(world: World, now) -> None:
    made = world.begun(now)
    by = actor(world.author)
    actions.add_author(application=made, person=world.coauthor, now=now, actor=by)
    theirs = actor(world.coauthor)
    actions.autosave(code=made.code, writes=[], seen="summary", now=now, actor=theirs)

    here = page(world.author, step(made))
    with time_machine.travel(now + timedelta(minutes=2), tick=False):
        gone = page(world.author, step(made))

    assert f"{world.coauthor} écrit dans «\u00a0Résumé\u00a0»" in here
    assert "Personne d’autre en ce moment" in gone
