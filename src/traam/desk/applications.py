"""What applications await from a person: to be written, agreed to, endorsed."""

from collections import Counter
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from traam.access.actor import Actor
from traam.applications.models import Application
from traam.applications.queries.calls import deadline_of
from traam.applications.rules.deadline import Deadline
from traam.applications.rules.life import ApplicationState
from traam.campaigns.prepared import prepared_for
from traam.campaigns.rules.life import CampaignState
from traam.desk.items import Item
from traam.kit.text import instant, plural, relative
from traam.kit.together import Asking, Part

ROOM = "applications"
S = ApplicationState


def _over_which(actor: Actor, right: str) -> Asking[list[Application]]:
    """Those over which the actor has this right, with their calendar."""
    if not actor.may(right):
        return []
    found = Application.objects.over_which(actor, right)
    rows = found.select_related("campaign", "academy", "extension")
    return list((yield rows.prefetch_related("campaign__milestones").order_by("pk")))


def to_write(actor: Actor, now: datetime) -> Part[Item]:
    """The drafts of this person whose call is open."""
    found = yield from _over_which(actor, "application.edit")
    mine = [one for one in found if deadline_of(one).is_open(now)]
    if mine:
        ends = min(end for one in mine if (end := deadline_of(one).closes_at))
        yield Item(
            f"{plural(len(mine), 'candidature')} à compléter et à soumettre",
            f"L’appel ferme le {instant(ends)} ({relative(ends, now)}).",
            "Continuer à écrire",
            ROOM,
            _query(etat=S.DRAFT, attente="moi") if len(mine) > 1 else "",
            at=_page(mine),
        )


def open_calls(actor: Actor, now: datetime) -> Part[Item]:
    """For who prepares the campaigns: each open call, its deadline, how many have answered."""
    if not actor.may("campaign.prepare"):
        return
    found = yield prepared_for(actor).filter(state=CampaignState.CALL_OPEN)
    campaigns = [one for one in found if (ends := one.calendar.closes_at) and ends > now]
    if not campaigns:
        return
    rows = Application.objects.filter(campaign__in=campaigns).exclude(state=S.WITHDRAWN)
    counts: Counter[tuple[int, str]] = Counter(
        (yield rows.order_by("pk").values_list("campaign", "state"))
    )
    for one in campaigns:
        begun = sum(count for (key, _), count in counts.items() if key == one.pk)
        deposited = counts[one.pk, S.DEPOSITED]
        ends = one.calendar.closes_at
        yield Item(
            f"L’appel {one.label} est ouvert",
            f"Il ferme le {instant(ends)} ({relative(ends, now)}). "
            f"{plural(begun, 'candidature commencée', 'candidatures commencées')}, dont "
            f"{plural(deposited, 'déposée')}.",
            "Voir les candidatures",
            ROOM,
            _query(campagne=one.year),
        )


def to_agree(actor: Actor, now: datetime) -> Part[Item]:
    """The applications that name this inspector."""
    waiting = _in_time((yield from _over_which(actor, "application.agree")), now)
    if waiting:
        yield Item(
            plural(len(waiting), "candidature attend", "candidatures attendent") + " votre accord",
            _before(waiting, now),
            "Lire et donner mon accord",
            ROOM,
            _query(etat=S.AWAITING_AGREEMENT, attente="moi") if len(waiting) > 1 else "",
            at=_page(waiting),
        )


def to_endorse(actor: Actor, now: datetime) -> Part[Item]:
    """For each academy and campaign, the applications that await the delegate's visa."""
    waiting = _in_time((yield from _over_which(actor, "application.endorse")), now)
    counts = Counter((one.academy, one.campaign) for one in waiting)
    for (academy, campaign), count in counts.items():
        here = [one for one in waiting if (one.academy, one.campaign) == (academy, campaign)]
        yield Item(
            f"{plural(count, 'candidature')} à comparer, classer et viser ({academy.name})",
            _before(here, now),
            "Comparer et viser",
            ROOM,
            _query(campagne=campaign.year),
            at=reverse("endorse", kwargs={"code": academy.code}),
        )


def _in_time(found: list[Application], now: datetime) -> list[Application]:
    return [one for one in found if deadline_of(one).is_before_grace_ends(now)]


def _before(waiting: list[Application], now: datetime) -> str:
    limits: list[Deadline] = [deadline_of(one) for one in waiting]
    ends = min(end for limit in limits if (end := limit.grace_ends_at))
    after = "elle est caduque" if len(waiting) == 1 else "elles sont caduques"
    return f"Avant le {instant(ends)} ({relative(ends, now)}) ; après, {after}."


def _page(found: list[Application]) -> str:
    """The page of the only one; "" for the list of several."""
    if len(found) > 1:
        return ""
    return reverse("application_show", kwargs={"code": found[0].code})


def _query(**filters: str) -> str:
    return f"?{urlencode(filters)}"
