"""A reviewer in conflict never receives the application's title or number, whatever they ask."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.selection.factories import NOW, actor_of
from tests.selection.reviews import secret as s
from tests.selection.reviews.conftest import BACKEND
from traam.applications.models import Application
from traam.people.models import User
from traam.selection import actions, reminding
from traam.selection.models import Case, Review
from traam.selection.queries.ranking import ranked
from traam.selection.queries.reviews import others_reviews

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LAYOUTS = {
    "kind": st.sampled_from(s.KINDS),
    "more": st.frozensets(st.sampled_from(s.MORE), max_size=3),
    "stage": st.sampled_from(s.STAGES),
}
CHECKS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
SLOW = settings(max_examples=10, deadline=None, suppress_health_check=CHECKS)
CRAWLED = [  # 600 addresses each
    ("academy", {"delegate"}, "assigned"),
    ("region", {"general_inspector"}, "begun"),
    ("team", {"other_theme"}, "submitted"),
    ("declared", {"delegate", "general_inspector"}, "declined"),
]


@contextmanager
def hidden(kind: str, more: frozenset[str], stage: str) -> Iterator[tuple[s.Secret, Client]]:
    """The layout, and the browser of the person in conflict; nothing of it stays."""
    with time_machine.travel(NOW, tick=False), transaction.atomic():
        made = s.hide(kind=kind, more=more, stage=stage)
        client = Client()
        client.force_login(made.person, backend=BACKEND)
        yield made, client
        transaction.set_rollback(True)


@pytest.mark.parametrize(("kind", "more", "stage"), CRAWLED)
def test_no_answer_of_any_address_names_the_application(kind, more, stage) -> None:
    with hidden(kind, frozenset(more), stage) as (made, client):
        assert list(s.told(client, s.asked(made))) == []


@SLOW
@given(**LAYOUTS)
def test_no_search_counts_what_may_not_be_known(kind, more, stage) -> None:
    """Looking for a word of the title, or for its academy, says no more than any other word.

    (A team's conflict: the person has another application of this academy, which they may find.)
    """
    with hidden(kind, more, stage) as (made, client):
        code, year = made.case.application.academy.code, made.study.campaign.year
        lists = (f"/selection/{year}/avis/", "/candidatures/", "/catalogue/")
        different = []
        for base in lists:
            filters = [("q", s.WORD, s.OTHER_WORD), ("academie", code, "zz")]
            for name, one, other in filters[: 1 if kind == "team" else 2]:
                answers = [client.get(f"{base}?{name}={word}").content for word in (one, other)]
                if s.plain(answers[0], one) != s.plain(answers[1], other):
                    different.append(f"{base}?{name}=")

    assert different == []


@SLOW
@given(**LAYOUTS)
def test_no_act_tells_or_does_anything(kind, more, stage) -> None:
    with hidden(kind, more, stage) as (made, client):
        key = made.review.pk if made.review else made.case.pk + 900
        before = [Review.objects.filter(pk=key).values().first(), _reviews(made.case)]
        bodies = list(_acted(made, client, key))
        after = [Review.objects.filter(pk=key).values().first(), _reviews(made.case)]

        assert [at for at, body in bodies if s.leaks(body, typed=[at])] == []
        assert before == after


def _reviews(case: Case) -> list[tuple[object, ...]]:
    return list(case.reviews.order_by("pk").values_list("pk", "state", "version"))


def _acted(made: s.Secret, client: Client, key: int) -> Iterator[tuple[str, bytes]]:
    """Every act that a browser could try upon the hidden case, followed to the page it leads to."""
    year = made.study.campaign.year
    colleague = made.study.reviewers[made.study.themes[0].code][1]
    acts: dict[str, dict[str, object]] = {
        f"/selection/avis/{key}/": {"score_fit": "3", "base-score_fit": "0", "rendre": "oui"},
        f"/selection/avis/{key}/commencer/": {},
        f"/selection/avis/{key}/version/": {},
        f"/selection/avis/{key}/rouvrir/": {"reason": "Pour voir."},
        f"/selection/avis/{key}/reprendre/": {"reason": "Pour voir."},
        f"/selection/{year}/affectation/confier/": {
            "dossier": made.case.pk,
            "relecteur": colleague.pk,
        },
        f"/selection/{year}/conflits/declarer/": {
            "application": made.case.application_id,
            "reason": "Pour voir.",
        },
        f"/candidatures/{s.CODE}/retirer/": {"reason": "Pour voir."},
    }
    for address, data in acts.items():
        yield address, client.post(address, data, follow=True).content
    write = {"field": "comment", "value": "Pour voir.", "base": 0, "key": "a-1"}
    body = json.dumps({"person": str(made.person.pk), "writes": [write]})
    address = f"/selection/avis/{key}/enregistrer/"
    yield address, client.post(address, body, content_type="application/json").content


@SLOW
@given(**LAYOUTS)
def test_no_message_names_the_application(kind, more, stage) -> None:
    with hidden(kind, more, stage) as (made, _):
        actions.assign_all(campaign=made.study.campaign, now=NOW, actor=None)
        for days in (8, 13, 20):
            reminding.remind_due(now=NOW + timedelta(days=days))
            reminding.tell_late(now=NOW + timedelta(days=days))
        written = s.mail_of(made.person)

        assert not Review.objects.filter(
            case=made.case, reviewer=made.person, assigned_by=None, state="assigned"
        ).exclude(pk=made.review.pk if made.review else None)
        assert not s.leaks(written.encode())


@SLOW
@given(**LAYOUTS)
def test_no_query_gives_the_case(kind, more, stage) -> None:
    with hidden(kind, more, stage) as (made, _):
        actor = actor_of(made.person)
        rows = ranked(campaign=made.study.campaign, actor=actor).rows
        shown = {row.case.pk for row in rows if row.case is not None}
        theirs = Review.objects.filter(case=made.case).exclude(reviewer=made.person).get()

        assert made.case.pk not in shown
        assert [row.title for row in rows if row.case is None] >= ["Dossier en conflit d’intérêts"]
        assert theirs not in others_reviews(actor, theirs).reviews
        for right in ("application.read", "decision.deliberate"):
            if right == "application.read":
                readable = Application.objects.over_which(actor, right)
                assert made.case.application not in readable
            assert not actor.allows(right, made.case.place())
        for right in ("review.read", "review.write", "review.submit"):
            assert not Review.objects.over_which(actor, right).filter(case=made.case)


def test_closed_review_says_so_and_can_still_be_declined(client_of: Callable[[User], Client]):
    made = s.hide(kind="region", more=frozenset(), stage="assigned")
    assert made.review is not None
    client, address = client_of(made.person), f"/selection/avis/{made.review.pk}/"

    shown = client.get(address).content.decode()
    client.post(f"{address}decliner/", {"why": "conflict", "reason": "Je connais ce projet."})

    assert "<h1>Dossier en conflit d’intérêts</h1>" in shown
    made.review.refresh_from_db()
    assert (made.review.state, made.review.declined_for) == ("declined", "conflict")


def test_same_things_are_told_to_whom_nothing_bars(client_of: Callable[[User], Client]):
    """The data could leak: a colleague without any conflict reads them all."""
    made = s.hide(kind="pinned", more=frozenset(), stage="none")
    colleague = made.study.reviewers[made.study.themes[0].code][0]
    client, year = client_of(colleague), made.study.campaign.year

    for address in (
        f"/selection/{year}/avis/",
        f"/selection/{year}/avis/?format=csv",
        f"/selection/{year}/avis/?format=ods",
        f"/selection/{year}/avis/?q={s.WORD}",
        f"/selection/{year}/affectation/?theme={made.study.themes[0].code}",
        f"/selection/{year}/conflits/declarer/",
    ):
        assert s.leaks(s.unpacked(client.get(address).content)), address
