"""What the announcement and its aftermath await from a person: to announce, call, accept, reply."""

from datetime import datetime

from django.urls import reverse

from traam.access.actor import Actor
from traam.campaigns.rules.calendar import Milestone
from traam.desk.items import Item
from traam.kit.text import instant, plural, relative
from traam.kit.together import Part
from traam.selection.queries import announcement, decisions, participations, progress

ROOM = "selection_home"
NAMED_MAX = 5  # things named one by one


def to_announce(actor: Actor, now: datetime) -> Part[Item]:
    """The campaigns of which all is decided."""
    if not actor.may("decision.announce"):
        return
    for campaign in (yield progress.studied_now()):
        count = yield from announcement.decided_count(campaign)
        if not count:
            continue
        due = campaign.calendar.at(Milestone.ANNOUNCEMENT)
        when = f" L’annonce est prévue le {instant(due)} ({relative(due, now)})." if due else ""
        yield Item(
            f"{plural(count, 'décision')} à annoncer",
            f"Campagne {campaign.label} : toutes les candidatures ont leur décision. Relisez les "
            f"lettres, puis annoncez.{when}",
            "Préparer l’annonce",
            ROOM,
            at=reverse("announcement", kwargs={"year": campaign.year}),
        )


def to_call(actor: Actor, now: datetime) -> Part[Item]:
    """The themes that an academy left, and whose reserve has someone to call."""
    if not actor.may("participation.call_reserve"):
        return
    themes = yield from participations.vacancies()
    for one in themes[:NAMED_MAX]:
        first = one.to_call
        assert first is not None
        year = one.theme.campaign.year
        yield Item(
            f"Une place à proposer : {one.theme.shown_title}",
            f"Première de la liste complémentaire : {first.academy.name}.",
            "Appeler",
            ROOM,
            at=f"{reverse('participations', kwargs={'year': year})}#theme-{one.theme.pk}",
        )


def to_answer(actor: Actor, now: datetime) -> Part[Item]:
    """What academies replied and nobody answered."""
    if not actor.may("decision.answer_reply"):
        return
    campaigns = yield from decisions.unanswered_by_campaign()
    for year, count, oldest in campaigns:
        yield Item(
            plural(count, "académie attend une réponse", "observations attendent une réponse"),
            f"Campagne {year} : la plus ancienne est venue {relative(oldest, now)}.",
            "Répondre",
            ROOM,
            at=reverse("replies", kwargs={"year": year}),
        )


def called(actor: Actor, now: datetime) -> Part[Item]:
    """The places offered to this delegate's academies."""
    if not actor.may("participation.answer_call"):
        return
    for one in (yield participations.to_answer(actor, now)[:NAMED_MAX]):
        assert one.answer_by is not None
        yield Item(
            f"Une place vous est proposée : {one.theme.shown_title}",
            f"{one.academy.name} : acceptez ou déclinez avant le {instant(one.answer_by)} "
            f"({relative(one.answer_by, now)}).",
            "Répondre",
            "decisions",
            at=reverse("decision", kwargs={"key": one.decision_id}),
        )


def told(actor: Actor, now: datetime) -> Part[Item]:
    """The decisions that this person may still reply to, and to which nobody has."""
    if not actor.may("decision.reply"):
        return
    announced = yield from decisions.to_reply(actor, now)
    for one, until in announced[:NAMED_MAX]:
        yield Item(
            f"Décision annoncée : {one.case.theme.shown_title}",
            f"{one.case.application.academy.name}. Vous pouvez y répondre jusqu’au "
            f"{instant(until)} ({relative(until, now)}).",
            "Lire la décision",
            "decisions",
            at=reverse("decision", kwargs={"key": one.pk}),
        )
