"""What stands above the list of applications: what to begin, and what awaits each function."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from traam.access.actor import Actor
from traam.access.roles import Role
from traam.applications.models import Application
from traam.applications.queries.calls import day_of, deadline_for, extensions_of
from traam.applications.rules.life import ApplicationState
from traam.applications.screens.listing import readable
from traam.campaigns.models import Campaign, MilestoneDate
from traam.campaigns.rules.calendar import Milestone
from traam.campaigns.rules.life import CampaignState
from traam.kit.jinja import url
from traam.kit.text import instant, plural, relative
from traam.reference.models import Academy, valid_on

S = ApplicationState
GATHERING = (CampaignState.CALL_OPEN, CampaignState.CALL_CLOSED)


@dataclass(frozen=True, slots=True)
class Door:
    """A page to go to, and what awaits there."""

    label: str
    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Empty:
    """What to say where there is nothing yet."""

    title: str
    text: str
    action: str = ""
    href: str = ""


def academies_of(actor: Actor, right: str, now: datetime) -> list[Academy]:
    """The academies, existing that day, in which a mandate of this person may open this right."""
    codes = {code for one in actor.in_force for code in one.academies}
    found = Academy.objects.filter(code__in=codes).filter(valid_on(day_of(now)))
    return list(found.order_by("name", "pk")) if codes and actor.may(right) else []


def calls(now: datetime) -> list[Campaign]:
    """The campaigns whose call is open, or closed and not announced yet; the latest first."""
    found = Campaign.objects.filter(state__in=GATHERING, is_archive=False)
    return list(found.prefetch_related("milestones").order_by("-first_year", "pk"))


def open_calls(academies: list[Academy], now: datetime) -> list[tuple[Campaign, list[Academy]]]:
    """The calls that some of these academies may answer at this very instant."""
    campaigns = calls(now)
    given = extensions_of(campaigns=campaigns, academies=[one.pk for one in academies])
    found = []
    for campaign in campaigns:
        may = [
            one
            for one in academies
            if deadline_for(campaign, extension=given.get((campaign.pk, one.pk))).is_open(now)
        ]
        if may:
            found.append((campaign, may))
    return found


def doors(actor: Actor, now: datetime) -> list[Door]:
    return [*_delegate(actor, now), *_inspector(actor), *_pilot(actor)]


def _delegate(actor: Actor, now: datetime) -> Iterator[Door]:
    """The comparison of each academy, for each campaign that gathers applications."""
    academies = academies_of(actor, "application.endorse", now)
    campaigns = calls(now) if academies else []
    counts = _counts(actor, academies, campaigns)
    for academy in academies:
        for campaign in campaigns:
            awaited, deposited = counts.get((academy.pk, campaign.pk), (0, 0))
            href = f"{url('endorse', code=academy.code)}?campagne={campaign.year}"
            said = f"{plural(awaited, 'candidature')} à viser, {plural(deposited, 'déposée')}."
            yield Door(f"Comparer et viser, {academy.name}, {campaign}", href, said)


def _counts(
    actor: Actor, academies: list[Academy], campaigns: list[Campaign]
) -> dict[tuple[int, int], tuple[int, int]]:
    """By academy and campaign, how many applications await the visa, and how many are deposited;
    one query, none where there is no campaign."""
    found = readable(actor).filter(academy__in=academies, campaign__in=campaigns).order_by()
    counted = found.values_list("academy", "campaign").annotate(
        awaited=Count("pk", filter=Q(state=S.AWAITING_VISA)),
        deposited=Count("pk", filter=Q(state=S.DEPOSITED)),
    )
    return {(academy, campaign): (one, two) for academy, campaign, one, two in counted}


def _inspector(actor: Actor) -> Iterator[Door]:
    if not actor.may("application.agree"):
        return
    count = Application.objects.over_which(actor, "application.agree").count()
    if count:
        href = f"{url('applications')}?etat={S.AWAITING_AGREEMENT}&attente=moi"
        yield Door(
            f"{plural(count, 'candidature attend', 'candidatures attendent')} votre accord",
            href,
            "Lisez, puis donnez votre accord ou renvoyez avec un motif.",
        )


def _pilot(actor: Actor) -> Iterator[Door]:
    if actor.may("application.extend"):
        text = "Donner plus de temps à une académie, et voir celles qui en ont."
        yield Door("Prolongations", url("extensions"), text)
    if actor.may("application.enter_on_behalf"):
        text = "Une réponse reçue par courriel ou courrier, saisie au nom de l’académie."
        yield Door("Saisir pour autrui", url("application_enter"), text)


def lead(actor: Actor) -> str:
    """One sentence: what this list holds for this reader."""
    roles = {one.role for one in actor.in_force}
    if Role.PILOT in roles:
        return "Les candidatures des appels clos ; avant la clôture, elles sont à leurs auteurs."
    if Role.DIGITAL_DELEGATE in roles:
        return "Les candidatures de votre académie : où elles en sont, et ce qui attend votre visa."
    if roles & {Role.EXPERT, Role.GENERAL_INSPECTOR}:
        return "Les candidatures de vos thèmes que vous pouvez étudier, une fois l’appel clos."
    return "Vos candidatures : ce qui manque, jusqu’à quand, et à qui c’est d’agir."


def empty(actor: Actor, now: datetime, *, may_begin: bool) -> Empty:
    """What will appear here, and what to do now."""
    if may_begin:
        text = "Choisissez un thème : la candidature s’écrit à plusieurs, en plusieurs fois."
        return Empty(
            "Aucune candidature commencée",
            text,
            "Commencer une candidature",
            url("application_begin"),
        )
    opening = _next_opening(now)
    said = f"Le prochain appel ouvre {opening}." if opening else "Aucun appel n’est ouvert."
    return Empty(
        "Aucune candidature à montrer",
        f"{said} Celles que vous pourrez lire apparaîtront ici.",
        "Voir les campagnes",
        url("campaigns"),
    )


def _next_opening(now: datetime) -> str:
    found = MilestoneDate.objects.filter(kind=Milestone.CALL_OPENS, at__gt=now)
    at = found.order_by("at", "pk").values_list("at", flat=True).first()
    return f"{instant(at)}, {relative(at, now)}" if at else ""
