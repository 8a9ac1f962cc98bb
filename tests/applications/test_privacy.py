"""What people write of themselves stays in the application: never in the journal nor in a mail."""

import json

import pytest

from tests.applications.factories import AuthorFactory
from tests.applications.world import COMPLETE, World, actor, written_to
from traam.applications import actions
from traam.applications.models import Answer
from traam.journal.models import Entry
from traam.kit.refusals import NotAllowed, Refusal
from traam.post.models import Message
from traam.post.texts import text_of

SECRET = "Camille Personne-Inventée"
NAMED = COMPLETE | {
    "title": f"Le projet de {SECRET}",
    "lead": SECRET,
    "team": [row | {"name": SECRET} for row in COMPLETE["team"]],
}


def whole_life(world: World, now) -> None:
    """Every act that writes to someone, with a name wherever one may be typed."""
    made = world.begun(now)
    by = actor(world.author)
    world.fill(made, NAMED, now)
    for act in ("add_author", "remove_author", "add_author", "hand_over"):
        getattr(actions, act)(application=made, person=world.coauthor, now=now, actor=by)
    by = actor(world.coauthor)
    actions.name_inspector(application=made, person=world.inspector, now=now, actor=by)
    actions.submit(application=made, now=now, actor=by)
    actions.take_back(application=made, now=now, actor=by)
    actions.submit(application=made, now=now, actor=by)
    actions.agree(application=made, now=now, actor=actor(world.inspector))
    world.endorse(now, made.code)
    given = {"application": made, "reason": f"Demandé par {SECRET}.", "now": now}
    actions.send_back(**given, actor=actor(world.dan))
    actions.withdraw(**given, actor=actor(world.dan))
    actions.restore(**given, actor=actor(world.pilot))


def test_no_name_nor_title_goes_to_the_journal_or_by_mail(world: World, now) -> None:
    whole_life(world, now)

    assert Answer.objects.get(field="lead").value == SECRET
    entries = json.dumps(list(Entry.objects.values("subject", "before", "after")))
    messages = json.dumps(list(Message.objects.values("params", "key")))
    texts = [text_of(kind=one.kind, params=one.params) for one in Message.objects.all()]
    for said in (entries, messages, str(texts)):
        assert "Personne-Invent" not in said


def test_those_added_removed_and_entrusted_are_told(world: World, now) -> None:
    whole_life(world, now)

    assert written_to(world.coauthor)[:4] == [
        "author_added",
        "author_removed",
        "author_added",
        "handed_over",
    ]


def test_the_one_who_submits_is_not_removed(world: World, now) -> None:
    made = world.begun(now)

    with pytest.raises(Refusal, match="confiez-la d’abord"):
        actions.remove_author(
            application=made, person=world.author, now=now, actor=actor(world.author)
        )


def test_author_removed_writes_no_more(world: World, now) -> None:
    made = world.begun(now)
    AuthorFactory(application=made, person=world.coauthor, deposits=False)
    given = {"application": made, "person": world.coauthor, "now": now}

    for _ in range(2):
        actions.remove_author(**given, actor=actor(world.author))

    with pytest.raises(NotAllowed):
        world.fill(made, {"lead": "Autre"}, now, by=world.coauthor)
