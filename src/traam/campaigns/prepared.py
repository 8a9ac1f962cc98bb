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
from traam.campaigns.queries import ThemePeople, asked_people_of_themes
from traam.campaigns.rules.life import CALL_OPENED_ON
from traam.campaigns.rules.opening import Blocker, TextFacts, blockers
from traam.campaigns.rules.signing import Side, TextState
from traam.kit.clock import PARIS
from traam.kit.together import Asking, answer

NOBODY = ThemePeople()


def prepared_for(actor: Actor) -> QuerySet[Campaign]:
    """The campaigns led here that this actor may read, the latest first, with their calendar."""
    found = Campaign.objects.prepared().over_which(actor, "campaign.read")
    return found.prefetch_related("milestones").select_related("copied_from").latest_first()


def blockers_of(campaign: Campaign, *, now: datetime) -> list[Blocker]:
    """What the opening of this call waits for, its hour left aside."""
    return answer(blockers_for([campaign], now=now))[campaign.pk]


def blockers_for(
    campaigns: Sequence[Campaign], *, now: datetime
) -> Asking[dict[int, list[Blocker]]]:
    """By campaign, what the opening of its call waits for: as many queries for one as for ten."""
    keys = [one.pk for one in campaigns]
    texts, drafts, signatures = yield (
        Theme.objects.filter(campaign__in=keys).order_by("pk"),
        Brief.objects.filter(campaign__in=keys),
        _signatures(keys),
    )
    themes = _by_campaign(texts)
    briefs = {one.campaign_id: one for one in drafts}
    signed = _signed(signatures)
    codes = [theme.code for each in themes.values() for theme in each]
    people = yield from asked_people_of_themes(codes, now.astimezone(PARIS).date())
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


def _by_campaign(themes: Iterable[Theme]) -> dict[int, list[Theme]]:
    found: dict[int, list[Theme]] = defaultdict(list)
    for theme in themes:
        found[theme.campaign_id].append(theme)
    return found


Signed = Mapping[tuple[str, int], frozenset[Side]]


def _signatures(campaigns: Sequence[int]) -> QuerySet[Signature, tuple[int, int, str]]:
    """The theme or the brief, and the side, of each signature that counts."""
    rows = Signature.objects.filter(
        Q(version__theme__campaign__in=campaigns) | Q(version__brief__campaign__in=campaigns),
        voided_at=None,
    )
    return rows.values_list("version__theme", "version__brief", "side")


def _signed(rows: Iterable[tuple[int, int, str]]) -> Signed:
    """By text (« theme » or « brief », and its key), the sides whose signature counts."""
    found: dict[tuple[str, int], set[Side]] = defaultdict(set)
    for theme, brief, side in rows:
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


def to_sign(actor: Actor) -> Asking[list[Theme | Brief]]:
    """The texts of living campaigns that this actor could sign now and has not, each once."""
    asked = []
    for model in (Brief, Theme):
        name = model.__name__.lower()
        for side in Side:
            right = f"{name}.sign_{side.value}"
            if not actor.may(right):
                continue
            voted = Signature.objects.filter(voided_at=None, side=side)
            rows = model._default_manager.over_which(actor, right).exclude(
                pk__in=voted.filter(**{f"version__{name}__isnull": False}).values(
                    f"version__{name}"
                )
            )
            asked.append(rows.select_related("campaign").order_by("state_at", "pk"))
    found = yield tuple(asked)
    return list(dict.fromkeys(text for rows in found for text in rows))


def to_write(actor: Actor) -> Asking[list[Theme]]:
    """The themes of this expert that are still drafts."""
    if actor.may("campaign.prepare") or not actor.may("theme.submit"):
        return []
    rows = Theme.objects.over_which(actor, "theme.submit").filter(state=TextState.DRAFT)
    return list((yield rows.select_related("campaign").order_by("state_at", "pk")))


def to_adopt(actor: Actor) -> Asking[list[Theme]]:
    """The transversal themes that a discipline of this expert may still adopt: until the call
    opens."""
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
    waiting = waiting.exclude(campaign__state__in=sorted(CALL_OPENED_ON))
    return list((yield waiting.select_related("campaign").order_by("pk")))


def today(now: datetime) -> date:
    return now.astimezone(PARIS).date()
