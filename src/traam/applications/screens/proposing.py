"""The themes that may be answered now, and last year's applications that may be taken up again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from traam.access.actor import Actor
from traam.applications.models import Application
from traam.applications.rules.life import LIVING
from traam.applications.screens.listing import readable
from traam.campaigns.models import Axis, Campaign, Theme
from traam.campaigns.rules.signing import TextState
from traam.reference.models import Academy

EARLIER_MAX = 30  # applications offered to be taken up again


@dataclass(frozen=True, slots=True)
class ThemeShown:
    """A theme of the call; `taken`: the academies, among mine, that answer it already."""

    theme: Theme
    axes: Sequence[Axis]
    taken: Sequence[Application]
    free: Sequence[Academy]


@dataclass(frozen=True, slots=True)
class Call:
    """A campaign whose call is open; `ends`: the first before, and the academies of each."""

    campaign: Campaign
    ends: Sequence[tuple[datetime, Sequence[Academy]]]
    themes: Sequence[ThemeShown]


@dataclass(frozen=True, slots=True)
class Proposed:
    """All that the page offers."""

    calls: Sequence[Call]
    academies: Sequence[Academy]
    earlier: Sequence[Application]

    def theme(self, code: str) -> Theme | None:
        found = (one.theme for call in self.calls for one in call.themes)
        return next((one for one in found if one.code == code), None)

    def academy(self, code: str) -> Academy | None:
        """The academy chosen; the only one where there is no choice."""
        if len(self.academies) == 1 and not code:
            return self.academies[0]
        return next((one for one in self.academies if one.code == code), None)


def proposed(
    actor: Actor,
    calls: Sequence[tuple[Campaign, Mapping[Academy, datetime]]],
    academies: list[Academy],
) -> Proposed:
    """`calls`: those that are open, with the academies that may answer each, and until when."""
    open_to = list({one.pk: one for _, some in calls for one in some}.values())
    earlier = readable(actor).filter(academy__in=academies, deposited_at__isnull=False)
    earlier = earlier.exclude(campaign__in=[campaign for campaign, _ in calls])
    return Proposed(
        calls=[_call(campaign, ends) for campaign, ends in calls],
        academies=open_to,
        earlier=list(earlier.select_related("campaign", "academy").order_by("-pk")[:EARLIER_MAX]),
    )


def _call(campaign: Campaign, ends: Mapping[Academy, datetime]) -> Call:
    academies = list(ends)
    themes = Theme.objects.filter(campaign=campaign, state=TextState.SIGNED_TWICE)
    rows = themes.prefetch_related("axes").order_by("discipline_text", "code", "pk")
    answers = Application.objects.filter(
        campaign=campaign, academy__in=academies, state__in=sorted(LIVING)
    ).select_related("academy")
    taken: dict[int, list[Application]] = {}
    for one in answers.order_by("pk"):
        taken.setdefault(one.theme_id, []).append(one)
    shown = [_shown(one, academies, taken.get(one.pk, [])) for one in rows]
    return Call(campaign, _by_end(ends), sorted(shown, key=lambda one: not one.free))


def _by_end(ends: Mapping[Academy, datetime]) -> list[tuple[datetime, list[Academy]]]:
    found: dict[datetime, list[Academy]] = {}
    for academy, at in ends.items():
        found.setdefault(at, []).append(academy)
    return sorted(found.items(), key=lambda each: each[0])


def _shown(theme: Theme, academies: list[Academy], taken: list[Application]) -> ThemeShown:
    busy = {one.academy_id for one in taken}
    axes = sorted(theme.axes.all(), key=lambda one: one.position)
    return ThemeShown(theme, axes, taken, [one for one in academies if one.pk not in busy])
