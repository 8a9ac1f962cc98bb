"""What the script of the form asks and is told."""

import json
from datetime import timedelta

import pytest
import time_machine
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
        "since": "",
        "seen": "",
        "writes": [dict(zip(names, one, strict=True)) for one in writes],
    }
    return (client or client_of(user)).post(
        f"/candidatures/{application.code}/enregistrer/",
        json.dumps(message | more),
        content_type="application/json",
        headers={"accept": "application/json"},
    )


def look(user, application, since=""):
    address = f"/candidatures/{application.code}/suivi/"
    headers = {"accept": "application/json"}
    return client_of(user).get(address, {"depuis": since}, headers=headers)


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


def test_change_of_another_is_told_once_with_its_field_ready_to_be_shown(world: World, now) -> None:
    made = world.complete(now)
    actions.add_author(application=made, person=world.coauthor, now=now, actor=actor(world.author))
    later = now + timedelta(minutes=1)
    with time_machine.travel(later, tick=False):
        send(world.coauthor, made, ("summary", "Tout neuf", 1, "b-1"))
        first = look(world.author, made, (later - timedelta(seconds=5)).isoformat()).json()
    with time_machine.travel(later + timedelta(minutes=1), tick=False):
        second = look(world.author, made, (later + timedelta(seconds=30)).isoformat()).json()

    assert [(one["field"], one["version"], one["by"]) for one in first["changes"]] == [
        ("summary", 2, str(world.coauthor))
    ]
    assert "Tout neuf" in first["changes"][0]["html"]
    assert second["changes"] == []


def test_field_that_is_sent_alone_is_the_one_of_the_whole_page(world: World, now) -> None:
    made = world.complete(now)
    whole = client_of(world.author).get(f"/candidatures/{made.code}/modifier/").content.decode()

    changes = look(world.author, made).json()["changes"]

    parts = [one["html"].strip() for one in changes if one["field"] in ("title", "productions")]
    assert len(parts) == 2
    assert all(_plain(part) in _plain(whole) for part in parts)


def _plain(text: str) -> str:
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
        b'{"person": "1", "since": "", "seen": "", "writes": [3]}',
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
