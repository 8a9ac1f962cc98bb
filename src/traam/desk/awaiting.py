"""What awaits a person: each stage tells its part, in this explicit list of providers."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from traam.access.actor import Actor
from traam.catalogue.models import Load
from traam.desk import (
    announcement,
    applications,
    campaigns,
    choice,
    cross_tests,
    groups,
    meetings,
    productions,
    syntheses,
    trials,
)
from traam.desk.items import Item
from traam.kit.counting import number_in, number_of
from traam.kit.text import plural, relative
from traam.kit.together import Asking, Part, gather, shown
from traam.post.models import Message
from traam.post.rules import State
from traam.reference.models import Term


def _loads(actor: Actor, now: datetime) -> Part[Item]:
    if not actor.may("archive.load"):
        return
    waiting = yield Load.objects.waiting().order_by("checked_at", "pk").values_list("checked_at")
    if waiting:
        yield Item(
            f"{plural(len(waiting), 'chargement')} à terminer",
            f"Le plus ancien a été vérifié {relative(waiting[0][0], now)} : il reste à le charger, "
            "ou à l’abandonner.",
            "Terminer",
            "loads",
        )


def _faults(actor: Actor, now: datetime) -> Part[Item]:
    """Words to check, mails and jobs that failed, of what this person may see."""
    wanted = [(number_of(rows), said) for right, rows, said in _may_fail() if actor.may(right)]
    found = yield tuple(rows for rows, _ in wanted)
    for rows, (_, said) in zip(found, wanted, strict=True):
        if count := number_in(rows):
            yield said(count)


def _may_fail() -> Iterator[tuple[str, QuerySet[Any], Callable[[int], Item]]]:
    """Who may see it, what it is, how it is said."""
    yield "reference.edit", Term.objects.filter(needs_review=True), _words
    yield "post.read", Message.objects.filter(state=State.FAILED, to__isnull=False), _mails
    yield "jobs.read", DBTaskResult.objects.filter(status=TaskResultStatus.FAILED), _jobs


def _words(count: int) -> Item:
    return Item(
        f"{plural(count, 'mot')} à vérifier dans les référentiels",
        "Ils viennent des fichiers chargés : à confirmer, ou à rapprocher d’un mot connu.",
        "Vérifier",
        "vocabularies",
    )


def _mails(count: int) -> Item:
    return Item(
        plural(count, "courriel en échec", "courriels en échec"),
        "Toutes les tentatives ont échoué : voyez pourquoi, puis relancez.",
        "Voir le courrier",
        "outbox",
        f"?etat={State.FAILED.value}",
    )


def _jobs(count: int) -> Item:
    return Item(
        plural(count, "tâche de fond en échec", "tâches de fond en échec"),
        "Elle a été essayée autant de fois que prévu, sans succès."
        if count == 1
        else "Elles ont été essayées autant de fois que prévu, sans succès.",
        "Voir les tâches",
        "jobs",
        f"?etat={TaskResultStatus.FAILED.value}",
    )


def _mandates(actor: Actor, now: datetime) -> Part[Item]:
    """A mandate about to end: whoever holds it should know before it does."""
    for mandate in actor.in_force:
        if mandate.ends_on is None or mandate.delegated_by is not None:
            continue
        days = (mandate.ends_on - actor.today).days
        if days <= 30:
            yield Item(
                f"Votre mandat « {mandate.role.label} » finit bientôt",
                f"Il reste {plural(days, 'jour')}. S’il doit être prolongé, dites-le à qui vous "
                "l’a donné.",
                "Voir mes mandats",
                "dashboard",
                "#mandats",
            )


Provider = Callable[[Actor, datetime], Part[Item]]

PROVIDERS: tuple[Provider, ...] = (
    trials.to_observe,
    trials.to_agree,
    cross_tests.to_answer,
    cross_tests.to_give,
    cross_tests.to_plan,
    campaigns.to_sign,
    campaigns.to_adopt,
    campaigns.to_write,
    campaigns.blocked_calls,
    applications.open_calls,
    applications.to_write,
    applications.to_agree,
    applications.to_endorse,
    choice.to_review,
    choice.to_assign,
    choice.to_deliberate,
    choice.to_arbitrate,
    announcement.to_announce,
    announcement.to_call,
    announcement.to_answer,
    announcement.called,
    announcement.told,
    productions.returned,
    productions.to_validate,
    productions.to_publish,
    groups.to_launch,
    groups.to_invite,
    groups.to_attest,
    meetings.next_meeting,
    meetings.meetings_to_close,
    groups.actions_to_do,
    meetings.due_dates,
    meetings.late_dates,
    trials.to_proofread,
    syntheses.to_read_again,
    syntheses.to_correct,
    syntheses.to_validate,
    syntheses.to_sign,
    syntheses.to_publish,
    syntheses.to_receive,
    _loads,
    _faults,
    _mandates,
)


def awaiting(actor: Actor, now: datetime) -> Asking[list[Item]]:
    """Everything that awaits this person now, in the order of the year."""
    found = yield from gather(shown(provider(actor, now)) for provider in PROVIDERS)
    return [item for items in found for item in items]
