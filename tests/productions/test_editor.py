"""The editor: with a script or without, two people lose nothing, late words are shown."""

import json

import pytest
from lxml import html as lxml_html

from tests.productions.setting import NOW, TO_SHARE, at, client_of
from traam.productions import actions
from traam.productions.queries.reading import open_asides

pytestmark = pytest.mark.django_db


def form_of(text: str) -> dict:
    """What a browser without script would send of the editor, untouched."""
    form = lxml_html.document_fromstring(text).xpath("//form[@data-save]")[0]
    values: dict = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    return values


# -- the editor


def test_editor_without_script_saves_the_whole_form(world):
    made = world.begin()
    client = client_of(world.referent)
    sent = form_of(client.get(at("production_edit", made)).content.decode())
    for name, value in TO_SHARE.items():
        sent[f"q-{name}"] = value

    answer = client.post(at("production_edit", made), sent)

    assert answer.status_code == 302
    actions.share(production=made, now=NOW, actor=world.referent)


def test_two_forms_without_script_show_both_texts(world):
    made = world.sharable()
    one, other = client_of(world.referent), client_of(world.teacher)
    first = form_of(one.get(at("production_edit", made)).content.decode())
    second = form_of(other.get(at("production_edit", made)).content.decode())

    one.post(at("production_edit", made), first | {"q-aim": "De l’une"})
    answer = other.post(at("production_edit", made), second | {"q-aim": "De l’autre"}, follow=True)

    text = answer.content.decode()
    assert "départagez-les" in text
    assert "De l’une" in text
    assert "De l’autre" in text
    assert [row.value for row in open_asides(made)] == ["De l’autre"]
    button = lxml_html.document_fromstring(text).xpath("//button[@name='departager']/@value")[1]
    third = form_of(text)
    other.post(at("production_edit", made), third | {"departager": button})
    assert world.again(made).aim == "De l’autre"
    assert open_asides(made) == []


def test_text_put_aside_while_typing_is_told_by_the_button_that_saves(world):
    made = world.sharable()
    client = client_of(world.referent)
    base = made.traces["hook"]["version"]
    for text, key in (("Un", "a-1"), ("Deux", "b-1")):  # two tabs
        write = {"field": "hook", "value": text, "base": base, "key": key}
        live(client, made, world.referent, write)
    sent = form_of(client.get(at("production_edit", made)).content.decode())  # as its script leaves

    answer = client.post(at("production_edit", made), sent | {"suite": "voir"})

    assert answer["Location"] == f"{at('production_edit', made)}#champ-hook"
    text = client.get(at("production_edit", made)).content.decode()
    assert "départagez-les" in text
    assert "C’est enregistré" not in text
    assert "Deux textes d’un même champ attendent" in text


def test_text_of_another_that_waits_does_not_hold_back_who_wrote_the_present_one(world):
    made = world.sharable()
    client, base = client_of(world.referent), made.traces["hook"]["version"]
    live(client, made, world.referent, {"field": "hook", "value": "Un", "base": base, "key": "a-1"})
    other = {"field": "hook", "value": "Deux", "base": base, "key": "b-1"}
    live(client_of(world.teacher), made, world.teacher, other)
    sent = form_of(client.get(at("production_edit", made)).content.decode())

    answer = client.post(at("production_edit", made), sent | {"suite": "voir"}, follow=True)

    assert answer.redirect_chain == [(at("production", made), 302)]
    assert "C’est enregistré." in answer.content.decode()


def test_editor_says_that_nothing_is_written_only_where_nothing_is(world):
    made = world.begin()
    taken = actions.take_up(
        source=world.shared(), team=world.other_team, now=NOW, actor=world.fellow
    )

    empty = client_of(world.referent).get(at("production_edit", made)).content.decode()
    filled = client_of(world.fellow).get(at("production_edit", taken)).content.decode()

    assert "Rien n’est encore écrit." in empty
    assert "Rien n’est encore écrit." not in filled
    assert "rien n’a changé depuis" in filled


def test_editor_of_what_is_proposed_leads_to_the_page_and_loses_no_text(world):
    made = world.publishable()
    client = client_of(world.referent)
    sent = form_of(client.get(at("production_edit", made)).content.decode())
    actions.propose(production=made, now=NOW, actor=world.referent)

    assert client.get(at("production_edit", made))["Location"] == at("production", made)
    answer = client.post(at("production_edit", made), sent | {"q-aim": "Tapé trop tard"})
    assert answer.status_code == 409
    assert "Tapé trop tard" in answer.content.decode()


def live(client, made, actor, *writes, versions=None):
    body = {
        "person": str(actor.person),
        "seen": "",
        "writes": list(writes),
        "versions": versions or {},
        "parts": {},
    }
    return client.post(
        at("production_save", made), json.dumps(body), content_type="application/json"
    )


def test_script_saves_and_hears_what_others_wrote(world):
    made = world.sharable()
    world.write(made, actor=world.teacher, hook="Changée par une collègue")
    client = client_of(world.referent)

    answer = live(
        client,
        made,
        world.referent,
        {"field": "aim", "value": "Mieux dit", "base": 5, "key": "a-1"},
        versions={"aim": 5, "hook": 2},
    ).json()

    assert answer["saved"] == {"aim": 10}
    assert [one["field"] for one in answer["changes"]] == ["hook"]
    assert "Changée par une collègue" in answer["changes"][0]["html"]
    assert "pour partager" in answer["parts"]["manque"]
    poll = client.get(at("production_poll", made), {"personne": world.referent.person}).json()
    assert poll["csrf"]


def test_script_is_told_of_two_texts(world):
    made = world.sharable()
    world.write(made, actor=world.teacher, aim="Présent")

    answer = live(
        client_of(world.referent),
        made,
        world.referent,
        {"field": "aim", "value": "Rival", "base": 5, "key": "a-1"},
    ).json()

    assert answer["saved"] == {}
    assert "Rival" in answer["rivals"]["aim"]
    assert "Présent" in answer["rivals"]["aim"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"person": 1, "writes": []}',
        b'{"person": "P", "writes": {}}',
        b'{"person": "P", "writes": [1]}',
        b'{"person": "P", "writes": [{"field": "aim", "base": "1", "key": ""}]}',
        b'{"person": "P", "writes": [], "versions": {"aim": "x"}}',
    ],
)
def test_what_no_script_of_ours_sends_is_refused(world, body):
    body = body.replace(b'"P"', f'"{world.referent.person}"'.encode())

    answer = client_of(world.referent).post(
        at("production_save", world.begin()), body, content_type="application/json"
    )

    assert answer.status_code == 400


def test_nothing_is_written_in_the_name_of_whoever_signed_in_since(world):
    made = world.begin()
    write = {"field": "aim", "value": "De l’autre", "base": 0, "key": "a-1"}

    answer = live(client_of(world.referent), made, world.teacher, write)

    assert answer.json() == {"person": str(world.referent.person)}
    assert world.again(made).aim == ""


def test_script_of_who_may_not_write_is_refused_with_who_may(world):
    made = world.shared()
    write = {"field": "aim", "value": "x", "base": 0, "key": "a-1"}

    answer = live(client_of(world.fellow), made, world.fellow, write)

    assert answer.status_code == 403
    assert "peuvent" in answer.json()["erreur"]
