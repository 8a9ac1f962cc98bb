"""What cross-tests await from a person: to answer, to give back, to plan."""

from datetime import datetime

from django.urls import reverse

from traam.access.actor import Actor
from traam.desk.items import Item
from traam.groups.models import NationalGroup
from traam.kit.clock import day_of
from traam.kit.text import day, plural
from traam.kit.together import Part
from traam.trials.actions.cross_testing import PLAN
from traam.trials.models import CrossTest
from traam.trials.queries import coverage as queries

ROOM = "trials"
SEEN_MAX = 100
NAMED_MAX = 3  # groups named one by one


def to_answer(actor: Actor, now: datetime) -> Part[Item]:
    """The requests that a référent has not answered."""
    if not actor.may(queries.ANSWER):
        return
    asked = yield queries.to_answer(actor)[:SEEN_MAX]
    if asked:
        yield Item(
            plural(len(asked), "test croisé à accepter", "tests croisés à accepter"),
            "Dites qui essaiera chaque production, ou déclinez avec un motif.",
            "Répondre",
            ROOM,
            at=reverse("cross_test", kwargs={"key": asked[0].pk}),
        )


def to_give(actor: Actor, now: datetime) -> Part[Item]:
    """The tests that a teacher has to give back, the first due first."""
    if actor.is_anonymous:
        return
    owed = yield queries.to_give(actor)[:SEEN_MAX]
    if owed:
        yield Item(
            plural(len(owed), "test croisé à rendre", "tests croisés à rendre"),
            _due(owed[0], now),
            "Voir l’original et l’essai",
            ROOM,
            at=reverse("cross_test", kwargs={"key": owed[0].pk}),
        )


def _due(test: CrossTest, now: datetime) -> str:
    if test.due_on is None:
        return "Le compte rendu se lira à côté de l’original."
    when = day(test.due_on)
    if test.due_on < day_of(now):
        return f"En retard : attendu le {when}. S’il ne peut se faire, déclinez-le."
    return f"Pour le {when}."


def to_plan(actor: Actor, now: datetime) -> Part[Item]:
    """The groups with shared productions that nobody is asked to test."""
    if not actor.may(PLAN):
        return
    groups = NationalGroup.objects.over_which(actor, PLAN)
    waiting = yield from queries.uncovered(groups)
    if not waiting:
        return
    rows = NationalGroup.objects.filter(code__in=waiting).select_related("theme")
    found = sorted((yield rows.order_by("pk")), key=lambda one: (-waiting[one.code], one.code))
    for group in found[:NAMED_MAX]:
        yield Item(
            f"{plural(waiting[group.code], 'production')} que personne ne teste",
            f"{group.theme.shown_title} : composez le plan du groupe, chaque production y reçoit "
            "ses testeurs.",
            "Composer le plan",
            ROOM,
            at=reverse("cross_test_plan", kwargs={"code": group.code}),
        )
    if others := found[NAMED_MAX:]:
        yield _elsewhere(sum(waiting[one.code] for one in others), len(others))


def _elsewhere(count: int, groups: int) -> Item:
    return Item(
        f"{plural(count, 'autre production', 'autres productions')} que personne ne teste",
        f"Dans {plural(groups, 'autre groupe', 'autres groupes')} : chacun a son plan, que l’on "
        "ouvre depuis sa page.",
        "Voir les groupes",
        "groups",
    )
