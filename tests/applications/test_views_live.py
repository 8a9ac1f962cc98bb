"""What the script of the form asks and is told."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.applications.browsing import client_of, said
from tests.applications.factories import CLOSES
from tests.applications.world import World, actor
from traam.applications import actions
from traam.applications.models import AnswerVersion, Presence

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(now):
    with time_machine.travel(now, tick=False):
        yield


def send(user, application, *writes, client=None, **more):
    """An autosave of these (field, value, base, key)."""
    names = ("field", "value", "base", "key")
    message = {
        "person": str(user.pk),
        "seen": "",
        "writes": [dict(zip(names, one, strict=True)) for one in writes],
    }
    return (client or client_of(user)).post(
        f"/candidatures/{application.code}/enregistrer/",
        json.dumps(message | more),
        content_type="application/json",
        headers={"accept": "application/json"},
    )


def look(user, application, versions=None, parts=None):
    """A look from a page that shows these versions of its fields and these parts."""
    address = f"/candidatures/{application.code}/suivi/"
    known = {
        name: "*".join(f"{key}.{value}" for key, value in (shown or {}).items())
        for name, shown in (("versions", versions), ("parties", parts))
    }
    return client_of(user).get(address, known, headers={"accept": "application/json"})


def test_save_answers_the_versions_what_is_missing_and_when(world: World, now) -> None:
    made = world.begun(now)

    body = send(world.author, made, ("title", "Un titre", 0, "a-1")).json()

    assert said(made) == {"title": "Un titre"}
    assert body["saved"] == {"title": 1}
    assert body["at"] == "10\u00a0h\u00a030"
    assert (body["person"], body["others"], body["rivals"]) == (str(world.author.pk), 0, {})
    assert "« Intitulé du projet »" not in body["parts"]["manque"]
    assert "Résumé" in body["parts"]["manque"]


def test_same_save_sent_twice_is_one(world: World, now) -> None:
    made = world.begun(now)

    answers = [send(world.author, made, ("title", "Un titre", 0, "a-1")).json() for _ in range(2)]

    assert [one["saved"] for one in answers] == [{"title": 1}, {"title": 1}]
    assert AnswerVersion.objects.count() == 1


def test_rival_is_told_with_both_texts_and_no_version(world: World, now) -> None:
    made = world.complete(now)
    actions.add_author(application=made, person=world.coauthor, now=now, actor=actor(world.author))
    send(world.coauthor, made, ("summary", "Le sien", 1, "b-1"))

    body = send(world.author, made, ("summary", "Le mien", 1, "a-1")).json()

    assert "summary" not in body["saved"]
    assert "Le sien" in body["rivals"]["summary"]
    assert "Le mien" in body["rivals"]["summary"]


def test_fault_is_told_beside_the_version_of_what_was_kept(world: World, now) -> None:
    made = world.begun(now)

    body = send(world.author, made, ("title", "x" * 301, 0, "a-1")).json()

    assert body["saved"] == {"title": 1}
    assert body["faults"] == {
        "title": ["« Intitulé du projet » tient en 300 caractères (1 caractère de trop)."]
    }


def test_change_of_another_is_told_until_the_page_knows_it(world: World, now) -> None:
    made = world.complete(now)
    actions.add_author(application=made, person=world.coauthor, now=now, actor=actor(world.author))
    send(world.coauthor, made, ("summary", "Tout neuf", 1, "b-1"))

    first, again = (look(world.author, made, {"summary": 1, "title": 1}).json() for _ in range(2))
    known = look(world.author, made, {"summary": 2, "title": 1}).json()

    assert [(one["field"], one["version"], one["by"]) for one in first["changes"]] == [
        ("summary", 2, str(world.coauthor))
    ]
    assert "Tout neuf" in first["changes"][0]["html"]
    assert again["changes"] == first["changes"]
    assert known["changes"] == []


def test_save_tells_the_change_of_another_beside_ones_own_version(world: World, now) -> None:
    made = world.complete(now)
    actions.add_author(application=made, person=world.coauthor, now=now, actor=actor(world.author))
    send(world.coauthor, made, ("summary", "Tout neuf", 1, "b-1"))

    shown = {"title": 1, "summary": 1}
    body = send(world.author, made, ("title", "Le mien", 1, "a-1"), versions=shown).json()

    assert body["saved"] == {"title": 2}
    assert [one["field"] for one in body["changes"]] == ["summary"]


def test_field_that_the_page_does_not_show_is_not_told(world: World, now) -> None:
    made = world.complete(now)

    assert look(world.author, made, {"title": 1}).json()["changes"] == []


def test_field_written_by_the_house_is_told_as_its_own(world: World, now) -> None:
    made = world.complete(now)
    actions.save(application=made, writes=[actions.Write("title", "Autre", 1)], now=now, actor=None)

    (change,) = look(world.author, made, {"title": 1}).json()["changes"]

    assert change["by"] == "le système"


def test_part_that_the_page_shows_already_is_not_sent_again(world: World, now) -> None:
    made = world.begun(now)
    first = look(world.author, made).json()

    same = look(world.author, made, parts=first["stamps"]).json()
    after = send(world.author, made, ("title", "x", 0, "a-1"), parts=first["stamps"]).json()

    assert set(first["parts"]) == set(first["stamps"])
    assert {"manque", "present", "delai", "etat-projet", "etat-pieces"} < set(first["parts"])
    assert (same["parts"], same["stamps"]) == ({}, {})
    assert set(after["parts"]) == set(after["stamps"]) == {"manque", "etat-projet", "etat-verifier"}


def test_arrival_of_another_is_told_at_once_and_their_leaving_too(world: World, now) -> None:
    made = world.begun(now)
    actions.add_author(application=made, person=world.coauthor, now=now, actor=actor(world.author))
    alone = look(world.author, made).json()["stamps"]
    send(world.coauthor, made, seen="summary")

    here = look(world.author, made, parts=alone).json()
    with time_machine.travel(now + timedelta(minutes=1), tick=False):
        gone = look(world.author, made, parts=alone | here["stamps"]).json()

    assert (here["others"], gone["others"]) == (1, 0)
    assert set(here["parts"]) == {"present"}
    assert "écrit dans «\u00a0Résumé\u00a0»" in here["parts"]["present"]
    assert "Personne d’autre" in gone["parts"]["present"]


def test_each_part_that_is_sent_alone_is_the_one_of_the_whole_page(world: World, now) -> None:
    made = world.begun(now)
    actions.add_author(application=made, person=world.coauthor, now=now, actor=actor(world.author))
    send(world.coauthor, made, ("lead", "x" * 201, 0, "b-1"), seen="lead")
    whole = _plain(client_of(world.author).get(f"/candidatures/{made.code}/modifier/"))

    parts = look(world.author, made).json()["parts"]

    assert len(parts) == 8
    assert [name for name, html in parts.items() if _plain(html) not in whole] == []


def test_field_that_is_sent_alone_is_the_one_of_the_whole_page(world: World, now) -> None:
    made = world.complete(now)
    whole = _plain(client_of(world.author).get(f"/candidatures/{made.code}/modifier/"))

    changes = look(world.author, made, {"title": 0, "productions": 0}).json()["changes"]

    assert [one["field"] for one in changes] == ["title", "productions"]
    assert [one["field"] for one in changes if _plain(one["html"]) not in whole] == []


def test_only_a_look_brings_a_token_to_save_with(world: World, now) -> None:
    made = world.begun(now)

    assert "csrf" not in send(world.author, made).json()
    assert look(world.author, made).json()["csrf"]


@pytest.mark.parametrize("versions", ["title.x", "title", "*", "title.-1", f"title.{'9' * 5000}"])
def test_look_that_says_nonsense_of_its_page_is_answered(world: World, now, versions) -> None:
    made = world.complete(now)
    address = f"/candidatures/{made.code}/suivi/"

    answer = client_of(world.author).get(address, {"versions": versions, "parties": "manque"})

    assert (answer.status_code, answer.json()["changes"]) == (200, [])


def test_save_takes_few_queries_whatever_the_file_holds(
    world: World, now, django_assert_num_queries
) -> None:
    """The person: session, account, mandates held, received. The file, in a savepoint: its facts,
    its texts. The field and its version. Who is here, and oneself there. The savepoint's end. And
    the lock of the file, on a database where rows have one."""
    client, made = client_of(world.author), world.complete(now)
    stamps = send(world.author, made, client=client).json()["stamps"]
    write, shown = ("summary", "Autre", 1, "a-1"), {"title": 1, "summary": 1}
    page = {"client": client, "versions": shown, "parts": stamps, "seen": "title"}

    with django_assert_num_queries(11 + connection.features.has_select_for_update):
        send(world.author, made, write, **page)


def test_look_takes_few_queries_and_writes_nothing(
    world: World, now, django_assert_num_queries
) -> None:
    client, made = client_of(world.author), world.complete(now)
    stamps = look(world.author, made).json()["stamps"]
    parts = "*".join(f"{key}.{value}" for key, value in stamps.items())

    # Session, account, mandates held, received; the facts, the texts, who is here.
    with django_assert_num_queries(6):
        client.get(f"/candidatures/{made.code}/suivi/", {"parties": parts})


def _plain(given) -> str:
    """The words of a page or of a piece of it, blanks apart."""
    text = given if isinstance(given, str) else given.content.decode()
    return " ".join(text.split())


def test_presence_follows_the_cursor(world: World, now) -> None:
    made = world.begun(now)

    send(world.author, made, seen="summary")

    assert Presence.objects.get().field == "summary"


def test_another_person_signed_in_meanwhile_writes_nothing(world: World, now) -> None:
    made = world.begun(now)
    client = client_of(world.coauthor)

    answer = send(world.author, made, ("title", "x", 0, "a-1"), client=client)

    assert answer.json() == {"person": str(world.coauthor.pk)}
    assert said(made) == {}


def test_nobody_signed_in_is_sent_to_the_sign_in_page(world: World, now) -> None:
    from tests.house.pages import CheckedClient

    made = world.begun(now)

    assert send(world.author, made, client=CheckedClient()).status_code == 302


def test_save_at_the_very_instant_of_the_closing_is_refused_and_says_why(world: World, now) -> None:
    made = world.begun(now)

    with time_machine.travel(CLOSES - timedelta(seconds=1), tick=False):
        before = send(world.author, made, ("title", "À temps", 0, "a-1"))
    with time_machine.travel(CLOSES, tick=False):
        after = send(world.author, made, ("title", "Trop tard", 1, "a-2"))

    assert (before.status_code, after.status_code) == (200, 409)
    assert "L’appel est clos" in after.json()["erreur"]
    assert said(made) == {"title": "À temps"}


@pytest.mark.parametrize("who", ["dan", "inspector"])
def test_reader_who_may_not_write_is_refused(world: World, now, who) -> None:
    made = world.complete(now)

    answer = send(getattr(world, who), made, ("title", "x", 1, "a-1"))

    assert answer.status_code == 403
    assert "modifier" in answer.json()["erreur"]


def test_stranger_learns_nothing(world: World, now) -> None:
    made = world.begun(now)

    assert send(World().author, made, ("title", "x", 0, "a-1")).status_code == 404
    assert look(World().author, made).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"person": 1}',
        b'{"person": "1", "seen": "", "writes": [3]}',
        b'{"person": "1", "seen": "", "writes": [], "versions": []}',
        b'{"person": "1", "seen": "", "writes": [], "versions": {"title": "1"}}',
        b'{"person": "1", "seen": "", "writes": [], "versions": {"title": true}}',
        b'{"person": "1", "seen": "", "writes": [], "parts": {"manque": 1}}',
        b"\xff",
        b"[" * 100_000,
    ],
)
def test_nonsense_is_refused_without_a_fault_of_ours(world: World, now, body) -> None:
    made = world.begun(now)

    answer = client_of(world.author).post(
        f"/candidatures/{made.code}/enregistrer/",
        body.replace(b'"1"', f'"{world.author.pk}"'.encode()),
        content_type="application/json",
        headers={"accept": "application/json"},
    )

    assert answer.status_code == 400
    assert answer.json()["erreur"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "what", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(value=VALUES, field=st.sampled_from(["title", "team", "commitments", "lead", "nothing"]))
def test_any_value_is_kept_or_refused_never_a_fault_of_ours(world: World, now, value, field):
    made = world.begun(now)

    answer = send(world.author, made, (field, value, 0, ""))

    assert answer.status_code in (200, 409)
