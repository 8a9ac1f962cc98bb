"""What is read of campaigns and texts being prepared: what blocks each, and what one page shows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from traam.access.actor import Actor
from traam.campaigns.models import (
    Axis,
    Brief,
    Campaign,
    CampaignEvent,
    Signature,
    TextVersion,
    Theme,
    ThemeTerm,
)
from traam.campaigns.queries import ThemePeople, people_of_themes
from traam.campaigns.rules.opening import Blocker, TextFacts, blockers
from traam.campaigns.rules.signing import Side, TextState
from traam.kit.clock import PARIS

NOBODY = ThemePeople()


def prepared_for(actor: Actor) -> QuerySet[Campaign]:
    """The campaigns led here that this actor may read, the latest first, with their calendar."""
    found = Campaign.objects.prepared().over_which(actor, "campaign.read")
    return found.prefetch_related("milestones").select_related("copied_from").latest_first()


def blockers_of(campaign: Campaign, *, now: datetime) -> list[Blocker]:
    """What the opening of this call waits for, its hour left aside."""
    return blockers_for([campaign], now=now)[campaign.pk]


def blockers_for(campaigns: Sequence[Campaign], *, now: datetime) -> dict[int, list[Blocker]]:
    """By campaign, what the opening of its call waits for: as many queries for one as for ten."""
    keys = [one.pk for one in campaigns]
    themes = _themes_by_campaign(keys)
    briefs = {one.campaign_id: one for one in Brief.objects.filter(campaign__in=keys)}
    signed = _signed(keys)
    codes = [theme.code for each in themes.values() for theme in each]
    people = people_of_themes(codes, now.astimezone(PARIS).date())
    return {
        one.pk: blockers(
            calendar=one.calendar,
            brief=_brief_facts(briefs.get(one.pk), themes[one.pk], signed, people),
            themes=[_theme_facts(theme, signed, people) for theme in themes[one.pk]],
            rule_faults=[fault.sentence for fault in one.call_rules.faults()],
            now=now,
        )
        for one in campaigns
    }


def _themes_by_campaign(keys: Iterable[int]) -> dict[int, list[Theme]]:
    found: dict[int, list[Theme]] = defaultdict(list)
    for theme in Theme.objects.filter(campaign__in=keys).order_by("pk"):
        found[theme.campaign_id].append(theme)
    return found


Signed = Mapping[tuple[str, int], frozenset[Side]]


def _signed(campaigns: Iterable[int]) -> Signed:
    """By text (« theme » or « brief », and its key), the sides whose signature counts."""
    keys = list(campaigns)
    rows = Signature.objects.filter(
        Q(version__theme__campaign__in=keys) | Q(version__brief__campaign__in=keys), voided_at=None
    )
    found: dict[tuple[str, int], set[Side]] = defaultdict(set)
    for theme, brief, side in rows.values_list("version__theme", "version__brief", "side"):
        found[("theme", theme) if theme is not None else ("brief", brief)].add(Side(side))
    return {place: frozenset(sides) for place, sides in found.items()}


def _theme_facts(theme: Theme, signed: Signed, people: Mapping[str, ThemePeople]) -> TextFacts:
    who = people.get(theme.code, NOBODY)
    return TextFacts(
        code=theme.code,
        title=theme.shown_title,
        state=TextState(theme.state),
        signed=signed.get(("theme", theme.pk), frozenset()),
        experts=tuple(str(each.person) for each in who.experts),
        inspectors=tuple(str(each.person) for each in who.inspectors),
    )


def _brief_facts(
    brief: Brief | None, themes: Sequence[Theme], signed: Signed, people: Mapping[str, ThemePeople]
) -> TextFacts:
    """It is signed for the inspection by any inspector general of any theme."""
    inspectors = [
        str(each.person) for one in themes for each in people.get(one.code, NOBODY).inspectors
    ]
    return TextFacts(
        code="",
        title="cahier des charges",
        state=TextState(brief.state) if brief else TextState.DRAFT,
        signed=signed.get(("brief", brief.pk), frozenset()) if brief else frozenset(),
        inspectors=tuple(dict.fromkeys(inspectors)),
    )


def themes_for(campaign: Campaign, actor: Actor) -> list[Theme]:
    """The themes of this campaign that the actor may read, in order."""
    found = Theme.objects.filter(campaign=campaign).over_which(actor, "theme.read")
    return list(found.order_by("-transversal", "discipline_text", "pk"))


def for_page() -> QuerySet[Theme]:
    """Themes with all that their page shows: campaign, axes, terms, adoptions."""
    return Theme.objects.select_related(
        "campaign", "continues__campaign", "changed_by"
    ).prefetch_related(
        Prefetch("axes", Axis.objects.order_by("position", "pk")),
        Prefetch("terms", ThemeTerm.objects.order_by("pk")),
        "adoptions__person",
    )


def versions_of(text: Theme | Brief) -> list[TextVersion]:
    """Every version submitted, the latest first, with its signatures."""
    signatures = Signature.objects.select_related("person", "on_behalf_of").order_by("pk")
    rows = text.versions.select_related("submitted_by")
    return list(rows.prefetch_related(Prefetch("signatures", signatures)).order_by("-number", "pk"))


def last_signed(versions: Sequence[TextVersion]) -> TextVersion | None:
    """The last version before the present one that someone had signed, were it void since."""
    return next((one for one in versions[1:] if one.signatures.all()), None)


def events_of(campaign: Campaign, *, theme: Theme | None = None) -> list[CampaignEvent]:
    """Why things were taken back, withdrawn, reopened: of the campaign itself, or of a theme."""
    found = CampaignEvent.objects.filter(campaign=campaign, theme=theme)
    return list(found.select_related("person").order_by("-at", "-pk"))


def to_sign(actor: Actor) -> tuple[list[Theme], list[Brief]]:
    """The texts of living campaigns that this actor could sign now and has not."""
    found: tuple[list[Theme], list[Brief]] = ([], [])
    for place, model in enumerate((Theme, Brief)):
        name = model.__name__.lower()
        for side in Side:
            right = f"{name}.sign_{side.value}"
            if not actor.may(right):
                continue
            voted = Signature.objects.filter(voided_at=None, side=side)
            rows = model._default_manager.over_which(actor, right).exclude(  # type: ignore[attr-defined]
                pk__in=voted.filter(**{f"version__{name}__isnull": False}).values(
                    f"version__{name}"
                )
            )
            found[place].extend(
                one
                for one in rows.select_related("campaign").order_by("state_at", "pk")
                if one not in found[place]
            )
    return found


def to_write(actor: Actor) -> list[Theme]:
    """The themes of this expert that are still drafts."""
    if actor.may("campaign.prepare") or not actor.may("theme.submit"):
        return []
    rows = Theme.objects.over_which(actor, "theme.submit").filter(state=TextState.DRAFT)
    return list(rows.select_related("campaign").order_by("state_at", "pk"))


def to_adopt(actor: Actor) -> list[Theme]:
    """The transversal themes that a discipline of this expert has not adopted yet."""
    mine = frozenset(
        code for each in actor.in_force for code in each.disciplines if actor.may("theme.adopt")
    )
    if not mine:
        return []
    rows = Theme.objects.over_which(actor, "theme.adopt").filter(
        transversal=True,
        state__in=(TextState.SUBMITTED, TextState.SIGNED_ONCE, TextState.SIGNED_TWICE),
    )
    waiting = rows.exclude(adoptions__discipline__in=mine)
    return list(waiting.select_related("campaign").order_by("pk"))


def today(now: datetime) -> date:
    return now.astimezone(PARIS).date()
