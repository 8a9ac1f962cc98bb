"""What the choice awaits from a person: reviews, files without reviewers, conflicts, decisions."""

from datetime import datetime

from django.urls import reverse

from traam.access.actor import Actor
from traam.campaigns.models import Campaign
from traam.campaigns.rules.calendar import Milestone
from traam.desk.items import Item
from traam.kit.text import instant, number, plural, relative
from traam.kit.together import Part
from traam.selection.queries import deciding, progress, reviews
from traam.selection.queries.progress import Progress

ROOM = "selection_home"


def _page(name: str, campaign: Campaign) -> str:
    return reverse(name, kwargs={"year": campaign.year})


def to_review(actor: Actor, now: datetime) -> Part[Item]:
    """The reviews that this person still owes."""
    if not actor.may("review.write"):
        return
    for campaign in (yield progress.studied_now()):
        left = yield reviews.owed(actor, campaign).values_list("pk", flat=True)
        if not left:
            continue
        due = campaign.calendar.at(Milestone.REVIEWS_DUE)
        yield Item(
            plural(len(left), "avis à rendre", "avis à rendre"),
            _due(campaign, due, now),
            "Reprendre mes avis",
            ROOM,
            at=reverse("review_edit", kwargs={"key": left[0]}),
        )


def _due(campaign: Campaign, due: datetime | None, now: datetime) -> str:
    if due is None:
        return f"Campagne {campaign.label}."
    if due <= now:
        return f"Campagne {campaign.label} : l’échéance est passée, {relative(due, now)}."
    return f"Campagne {campaign.label} : avant le {instant(due)} ({relative(due, now)})."


def to_assign(actor: Actor, now: datetime) -> Part[Item]:
    """The files that lack reviewers in the themes that this person follows; for who follows all of
    them, what is late too."""
    if not actor.may("review.assign"):
        return
    for campaign in (yield progress.studied_now()):
        themes = yield from progress.themes_for(actor, campaign)
        found = yield from progress.progress(campaign, themes, now=now)
        yield from _short(campaign, sum(one.short for one in found))
        if reviews.sees_all(actor):
            yield from _given(campaign, found)
            yield from _late(campaign, sum(one.late for one in found))
            yield from _conflicts(campaign, sum(one.conflicts for one in found))


def _short(campaign: Campaign, count: int) -> Part[Item]:
    if count:
        yield Item(
            f"{plural(count, 'candidature')} sans assez de relecteurs",
            f"Campagne {campaign.label} : confiez les avis qui manquent, un à un ou tous à la "
            "fois.",
            "Affecter les avis",
            ROOM,
            at=_page("assignment", campaign),
        )


def _given(campaign: Campaign, found: list[Progress]) -> Part[Item]:
    """How far the reviews are, until all that are expected are given."""
    given, expected = sum(one.given for one in found), sum(one.expected for one in found)
    if given >= expected:
        return
    due = campaign.calendar.at(Milestone.REVIEWS_DUE)
    when = f" L’échéance est le {instant(due)}." if due else ""
    yield Item(
        f"{plural(given, 'avis rendu', 'avis rendus')} sur {number(expected)} attendus",
        f"Campagne {campaign.label} : les candidatures sont à l’étude.{when}",
        "Voir où en sont les avis",
        ROOM,
        at=_page("reviews", campaign),
    )


def _late(campaign: Campaign, count: int) -> Part[Item]:
    if count:
        yield Item(
            plural(count, "avis en retard", "avis en retard"),
            f"Campagne {campaign.label} : voyez chez qui, relancez, ou confiez-les à d’autres.",
            "Voir les retards",
            ROOM,
            at=f"{_page('reviews', campaign)}?retard=oui",
        )


def _conflicts(campaign: Campaign, count: int) -> Part[Item]:
    if count:
        them = "le" if count == 1 else "les"
        yield Item(
            plural(count, "conflit d’intérêts à trancher", "conflits d’intérêts à trancher"),
            f"Campagne {campaign.label} : confirmez-{them}, ou écartez-{them} avec un motif.",
            "Trancher",
            ROOM,
            at=f"{_page('conflicts', campaign)}?situation=found",
        )


def to_deliberate(actor: Actor, now: datetime) -> Part[Item]:
    """The themes of this person whose decisions are to be taken, once a proposal is there."""
    if not actor.may("decision.deliberate"):
        return
    for campaign in (yield progress.studied_now()):
        themes = yield from deciding.to_deliberate(campaign, actor)
        for theme, count in themes:
            yield Item(
                f"{plural(count, 'décision')} à prendre : {theme.shown_title}",
                f"Campagne {campaign.label} : la proposition est calculée, le thème délibère.",
                "Délibérer",
                ROOM,
                at=reverse("deliberation", kwargs={"code": theme.code}),
            )


def to_arbitrate(actor: Actor, now: datetime) -> Part[Item]:
    """The choice to compute once the reviews are given; then the themes that are not decided."""
    if not actor.may("decision.arbitrate"):
        return
    for campaign in (yield progress.studied_now()):
        to_compute, count = yield from deciding.to_arbitrate(campaign)
        if to_compute:
            yield Item(
                "Le choix peut se calculer",
                f"Campagne {campaign.label} : tous les avis demandés sont rendus, aucune "
                "proposition n’est encore calculée.",
                "Calculer",
                ROOM,
                at=_page("variants", campaign),
            )
        if count:
            yield Item(
                plural(count, "thème à décider", "thèmes à décider"),
                f"Campagne {campaign.label} : voyez ce qui reste et ce qui se heurte d’un thème à "
                "l’autre.",
                "Arbitrer",
                ROOM,
                at=_page("arbitration", campaign),
            )
