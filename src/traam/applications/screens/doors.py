"""What stands above the list of applications: what to begin, and what awaits each function."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import prefetch_related_objects

from traam.access.actor import Actor
from traam.access.roles import Role
from traam.applications.models import Application
from traam.applications.queries.calls import day_of, deadline_for, extensions_of
from traam.applications.rules.life import ApplicationState
from traam.applications.screens.listing import Holding
from traam.campaigns.models import Campaign, MilestoneDate
from traam.campaigns.rules.calendar import Milestone
from traam.campaigns.rules.life import CampaignState
from traam.kit.jinja import url
from traam.kit.text import instant, plural, relative
from traam.reference.models import Academy, valid_on

S = ApplicationState
OpenCall = tuple[Campaign, Mapping[Academy, datetime]]
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


def calls(*, also: Iterable[Campaign] = ()) -> list[Campaign]:
    """The campaigns whose call is open, or closed and not announced yet; the latest first.

    `also`: others, whose calendars are fetched with theirs, at once.
    """
    found = Campaign.objects.filter(state__in=GATHERING, is_archive=False)
    latest = list(found.order_by("-first_year", "pk"))
    prefetch_related_objects([*latest, *also], "milestones")
    return latest


@dataclass(frozen=True)
class Entrance:
    """The academies of the day and the calls, as this reader finds them; each asked once.

    `beside`: other campaigns of the page, whose calendars are fetched with those of the calls.
    """

    actor: Actor
    now: datetime
    beside: Sequence[Campaign] = ()

    @cached_property
    def academies(self) -> list[Academy]:
        """All those that exist that day, by name."""
        return list(Academy.objects.filter(valid_on(day_of(self.now))).order_by("name", "pk"))

    @cached_property
    def calls(self) -> list[Campaign]:
        return calls(also=self.beside)

    def academies_of(self, right: str) -> list[Academy]:
        """Those in which a mandate of this person may open this right."""
        codes = {code for one in self.actor.in_force for code in one.academies}
        if not codes or not self.actor.may(right):
            return []
        return [one for one in self.academies if one.code in codes]

    def may_begin(self) -> bool:
        """Is there a call to answer? An extension only gives more time: it is asked for last."""
        academies = self.academies_of("application.begin")
        ends = [deadline_for(one, extension=None) for one in self.calls] if academies else []
        return any(one.is_open(self.now) for one in ends) or bool(self.open_calls(academies))

    def open_calls(self, academies: list[Academy]) -> list[OpenCall]:
        """The calls that some of these academies may answer at this very instant, each until its
        own end: an extension gives more time."""
        keys = [one.pk for one in academies]
        given = extensions_of(campaigns=self.calls, academies=keys)
        found: list[OpenCall] = []
        for campaign in self.calls:
            ends = {}
            for one in academies:
                limit = deadline_for(campaign, extension=given.get((campaign.pk, one.pk)))
                if limit.closes_at is not None and limit.is_open(self.now):
                    ends[one] = limit.closes_at
            if ends:
                found.append((campaign, ends))
        return found


def doors(entrance: Entrance, held: Iterable[Holding]) -> list[Door]:
    """`held`: what this reader may read of each academy and theme (`listing.holdings`)."""
    actor = entrance.actor
    return [*_delegate(entrance, held), *_inspector(actor), *_pilot(actor)]


def _delegate(entrance: Entrance, held: Iterable[Holding]) -> Iterator[Door]:
    """The comparison of each academy, for each campaign that gathers applications."""
    awaiting, in_hand = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for one in held:
        awaiting[one.academy, one.year] += one.awaited
        in_hand[one.academy, one.year] += one.deposited
    for academy in entrance.academies_of("application.endorse"):
        for campaign in entrance.calls:
            place = academy.code, campaign.year
            href = f"{url('endorse', code=academy.code)}?campagne={campaign.year}"
            seen = plural(awaiting[place], "candidature")
            said = f"{seen} à viser, {plural(in_hand[place], 'déposée')}."
            yield Door(f"Comparer et viser, {academy.name}, {campaign}", href, said)


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
