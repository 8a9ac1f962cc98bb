"""The questions of a call, composed by forms and buttons, without any script."""

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from tests.applications.browsing import client_of, form_of, page, posted, said
from tests.applications.world import World
from traam.applications.queries.calls import draft, published
from traam.applications.queries.calls import form_of as questions_of
from traam.applications.rules import composing
from traam.campaigns.rules.default_form import DEFAULT_FORM
from traam.campaigns.rules.form_faults import faults
from traam.campaigns.rules.questions import Condition, Form, Option, QuestionKind, is_identity

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(now):
    with time_machine.travel(now, tick=False):
        yield


def at(world: World, query: str = "") -> str:
    return f"/preparation/campagnes/{world.campaign.year}/questions/{query}"


def sent(world: World, query: str) -> dict:
    return form_of(page(world.pilot, at(world, query)), "//main//form[@method='post']")


def drafted(world: World) -> Form:
    kept = draft(world.campaign)
    assert kept is not None
    return questions_of(kept)


def test_question_is_added_with_an_identity_of_its_own(world: World) -> None:
    data = sent(world, "?question=&dans=means") | {"q": "", "label": "Combien d’élèves ?"}
    data |= {"kind": "number", "limit": "500", "required": "on"}

    posted(world.pilot, at(world, "?question=&dans=means"), data)

    made = drafted(world).questions[-1]
    assert (made.id, made.kind, made.limit) == ("combien_d_eleves", QuestionKind.NUMBER, 500)
    assert (made.section, made.required) == ("means", True)


def test_question_reworded_keeps_its_identity_and_everything_else(world: World) -> None:
    data = sent(world, "?question=problem") | {"label": "Votre problématique"}

    posted(world.pilot, at(world, "?question=problem"), data)

    before, after = DEFAULT_FORM.question("problem"), drafted(world).question("problem")
    assert after is not None
    assert before is not None
    assert after.label == "Votre problématique"
    assert after.as_data() | {"label": ""} == before.as_data() | {"label": ""}


@pytest.mark.parametrize("key", [one.id for one in DEFAULT_FORM.questions])
def test_question_sent_back_untouched_is_the_same(world: World, key) -> None:
    posted(world.pilot, at(world, f"?question={key}"), sent(world, f"?question={key}"))

    assert drafted(world) == DEFAULT_FORM


def test_choices_keep_their_keys_when_their_words_change(world: World) -> None:
    data = sent(world, "?question=&dans=means") | {"label": "Où ?", "kind": "choice"}
    posted(world.pilot, at(world, "?question=&dans=means"), data | {"options": "En classe\nAu CDI"})
    first = drafted(world).questions[-1]
    again = sent(world, f"?question={first.id}")
    again["options"] = again["options"].replace("Au CDI", "Au CDI ou ailleurs") + "\nChez soi"

    posted(world.pilot, at(world, f"?question={first.id}"), again)

    options = drafted(world).questions[-1].options
    assert [one.label for one in options] == ["En classe", "Au CDI ou ailleurs", "Chez soi"]
    assert [one.key for one in options][:2] == [one.key for one in first.options]


def test_condition_is_chosen_among_the_answers_that_come_before(world: World) -> None:
    data = sent(world, "?question=&dans=trial") | {"label": "À l’étranger ?", "kind": "yes_no"}
    posted(world.pilot, at(world, "?question=&dans=trial"), data)
    then = sent(world, "?question=&dans=trial") | {"label": "Quel pays ?", "kind": "text"}

    posted(
        world.pilot, at(world, "?question=&dans=trial"), then | {"condition": "a_l_etranger:yes"}
    )

    assert drafted(world).questions[-1].condition == Condition("a_l_etranger", ("yes",))


def test_block_gets_and_loses_items(world: World) -> None:
    data = sent(world, "?question=productions")
    data |= {"item-2-label": "Pour qui ?", "item-2-kind": "text", "item-1-label": ""}

    posted(world.pilot, at(world, "?question=productions"), data)

    items = drafted(world).question("productions").items
    assert [one.id for one in items] == ["what", "pour_qui"]


def test_faults_are_said_and_what_was_typed_is_kept(world: World) -> None:
    data = sent(world, "?question=&dans=means") | {
        "label": "Où ?",
        "kind": "choice",
        "options": "Un",
    }

    text = posted(world.pilot, at(world, "?question=&dans=means"), data, 400)

    assert "elle offre de 2 à 100 choix" in text
    assert 'value="Où ?"' in text
    assert draft(world.campaign) is None


def test_buttons_move_and_take_away(world: World) -> None:
    posted(world.pilot, at(world), {"acte": "descendre:problem"})
    posted(world.pilot, at(world), {"acte": "monter-section:means"})
    posted(world.pilot, at(world), {"acte": "retirer:earlier"})

    made = drafted(world)
    assert [one.id for one in made.of_section("trial")] == ["protocol", "problem", "observation"]
    assert [one.id for one in made.sections] == ["trial", "means", "sharing"]
    assert made.question("earlier") is None


def test_section_is_added_renamed_and_taken_away_when_empty(world: World) -> None:
    posted(world.pilot, at(world, "?section="), {"title": "Les élèves", "help": ""})
    posted(world.pilot, at(world, "?section=les_eleves"), {"title": "Les classes", "help": "x"})
    renamed = drafted(world).sections[-1]
    posted(world.pilot, at(world), {"acte": "retirer-section:les_eleves"})

    assert (renamed.id, renamed.title) == ("les_eleves", "Les classes")
    assert len(drafted(world).sections) == 3


def test_publication_shows_the_difference_and_what_files_lose(world: World, now) -> None:
    made = world.complete(now)
    posted(world.pilot, at(world), {"acte": "retirer:problem"})

    text = page(world.pilot, at(world))
    refused = posted(world.pilot, at(world), {"acte": "publier"}, 400)

    assert "« La problématique, au regard de celle du thème »\u00a0: retirée" in text or (
        "retirée." in text
    )
    assert "Comment l’image aide-t-elle à observer ?" in text
    assert 'value="publier"' not in text
    assert made.code in refused


def test_publication_carries_the_files_over(world: World, now) -> None:
    made = world.complete(now)
    before = said(made)
    data = sent(world, "?question=problem") | {"label": "Votre problématique"}
    posted(world.pilot, at(world, "?question=problem"), data)

    text = page(world.pilot, at(world))
    posted(world.pilot, at(world), {"acte": "publier"})

    made.refresh_from_db()
    assert "1 candidature suit" in text
    assert said(made) == before
    assert made.questionnaire == published(world.campaign)
    assert questions_of(made.questionnaire).question("problem").label == "Votre problématique"


def test_draft_is_given_up(world: World) -> None:
    posted(world.pilot, at(world), {"acte": "descendre:problem"})

    posted(world.pilot, at(world), {"acte": "abandonner"})

    assert draft(world.campaign) is None


def test_preview_shows_the_questions_as_they_will_be_asked(world: World) -> None:
    text = page(world.pilot, at(world, "?apercu"))

    assert all(one.label in text for one in DEFAULT_FORM.questions)


@pytest.mark.parametrize("who", ["author", "dan", "inspector", "rector"])
def test_nobody_else_composes(world: World, who) -> None:
    client = client_of(getattr(world, who))

    assert client.get(at(world)).status_code == 403
    assert client.post(at(world), {"acte": "publier"}).status_code == 403


@pytest.mark.parametrize("query", ["?question=zzz", "?section=zzz"])
def test_piece_that_does_not_exist_is_not_found(world: World, query) -> None:
    assert client_of(world.pilot).get(at(world, query)).status_code == 404


@pytest.mark.parametrize("act", ["zzz:problem", "", "monter:zzz"])
def test_act_that_makes_no_sense_changes_nothing(world: World, act) -> None:
    answer = client_of(world.pilot).post(at(world), {"acte": act})

    assert answer.status_code in (302, 404)
    assert draft(world.campaign) is None or drafted(world) == DEFAULT_FORM


# -- the rules, alone


@given(st.text(), st.sets(st.text(alphabet="abq_2", max_size=6), max_size=5))
def test_identity_is_admitted_and_not_taken(words, taken) -> None:
    made = composing.identity(words, taken=taken)

    assert is_identity(made)
    assert made not in taken


KEYS = [one.id for one in DEFAULT_FORM.questions]
MOVES = st.tuples(st.sampled_from(KEYS), st.sampled_from([-1, 1]))


@given(st.lists(MOVES, max_size=20))
def test_moves_lose_no_question_and_keep_the_form_sound(moves) -> None:
    form = DEFAULT_FORM
    for key, by in moves:
        form = composing.moved_question(form, key, by)

    assert sorted(one.id for one in form.questions) == sorted(KEYS)
    assert faults(form) == []


@given(st.sampled_from(KEYS), st.sampled_from([-1, 1]))
def test_move_in_the_middle_is_undone_by_its_opposite(key, by) -> None:
    moved = composing.moved_question(DEFAULT_FORM, key, by)

    assert moved == DEFAULT_FORM or composing.moved_question(moved, key, -by) == DEFAULT_FORM


def test_options_read_back_as_they_were_written() -> None:
    options = (Option("a", "Un = deux"), Option("b_2", "Trois"))

    text = composing.options_as_text(options)

    assert composing.options_from(text.splitlines(), options) == options


def test_option_of_unknown_key_is_new_words() -> None:
    made = composing.options_from(["zz = Autre", "", "Autre"], (Option("a", "Un"),))

    assert [one.label for one in made] == ["zz = Autre", "Autre"]
    assert len({one.key for one in made}) == 2


def test_question_taken_away_frees_those_that_waited_for_it() -> None:
    from dataclasses import replace

    waiting = replace(DEFAULT_FORM.questions[1], condition=Condition("problem", ("yes",)))
    form = composing.put_question(DEFAULT_FORM, waiting)

    made = composing.without_question(form, "problem")

    assert made.question("protocol").condition is None


def test_section_that_holds_questions_is_not_taken_away() -> None:
    assert composing.without_section(DEFAULT_FORM, "trial") == DEFAULT_FORM
