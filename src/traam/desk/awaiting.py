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
from traam.kit.counting import counts
from traam.kit.text import plural, relative
from traam.post.models import Message
from traam.post.rules import State
from traam.reference.models import Term


def _loads(actor: Actor, now: datetime) -> Iterator[Item]:
    if not actor.may("archive.load"):
        return
    waiting = list(Load.objects.waiting().order_by("checked_at", "pk").values_list("checked_at"))
    if waiting:
        yield Item(
            f"{plural(len(waiting), 'chargement')} à terminer",
            f"Le plus ancien a été vérifié {relative(waiting[0][0], now)} : il reste à le charger, "
            "ou à l’abandonner.",
            "Terminer",
            "loads",
        )


def _faults(actor: Actor, now: datetime) -> Iterator[Item]:
    """Words to check, mails and jobs that failed; one query for what this person may see."""
    rows: dict[str, QuerySet[Any]] = {}
    if actor.may("reference.edit"):
        rows["words"] = Term.objects.filter(needs_review=True)
    if actor.may("post.read"):
        rows["mails"] = Message.objects.filter(state=State.FAILED, to__isnull=False)
    if actor.may("jobs.read"):
        rows["jobs"] = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)
    for name, count in counts(**rows).items():
        if count:
            yield _FAULTS[name](count)


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


_FAULTS = {"words": _words, "mails": _mails, "jobs": _jobs}


def _mandates(actor: Actor, now: datetime) -> Iterator[Item]:
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


PROVIDERS: tuple[Callable[[Actor, datetime], Iterator[Item]], ...] = (
    trials.to_observe,
    trials.to_agree,
    cross_tests.to_answer,
    cross_tests.to_give,
    cross_tests.to_plan,
    campaigns.to_sign,
    campaigns.to_adopt,
    campaigns.to_write,
    campaigns.blocked_calls,
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


def awaiting(actor: Actor, now: datetime) -> list[Item]:
    """Everything that awaits this person now, in the order of the year."""
    return [item for provider in PROVIDERS for item in provider(actor, now)]
