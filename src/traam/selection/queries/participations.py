"""Who takes part in each theme, who waits in its reserve, which calls run; every join has its name
here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from traam.access.actor import Actor
from traam.campaigns.models import Campaign, Theme
from traam.campaigns.rules.life import CampaignState
from traam.kit.sheets import Cell, Sheet
from traam.kit.together import Asking
from traam.selection import steps
from traam.selection.models import Decision, Participation
from traam.selection.rules.announcing import HOLDING, IN
from traam.selection.rules.life import DecisionKind, ParticipationState

P = ParticipationState
OPEN = (CampaignState.ANNOUNCED, CampaignState.AT_WORK)
GONE = frozenset({P.WITHDRAWN, P.DECLINED, P.LAPSED})
HEADERS = (
    "Thème",
    "Discipline",
    "Académie",
    "Candidature",
    "État",
    "Rang en réserve",
    "Retenue ou en réserve depuis",
    "Appelée le",
    "Réponse attendue avant",
    "Fin (retrait, refus, délai ou travaux achevés)",
    "Motif",
)


def part_of(decision: Decision) -> Participation | None:
    """The part that this decision opened, if any."""
    return Participation.objects.filter(decision=decision).first()


def reserves_of(theme: Theme) -> list[Participation]:
    """The academies that wait in the reserve of a theme, the first rank first."""
    rows = Participation.objects.filter(theme=theme, state=P.RESERVE)
    return list(rows.select_related("decision", "academy").order_by("decision__rank", "pk"))


def first_reserve(theme: Theme) -> Participation | None:
    """Who is to be called next."""
    return next(iter(reserves_of(theme)), None)


def holding(theme: Theme) -> int:
    """How many academies take a place of this theme: in it, or called."""
    return Participation.objects.filter(theme=theme, state__in=sorted(HOLDING)).count()


def ranks_of(theme: Theme) -> list[int]:
    """Every rank that the theme's reserve holds."""
    rows = Decision.objects.filter(case__theme=theme, kind=DecisionKind.RESERVE)
    return [rank for rank in rows.values_list("rank", flat=True) if rank is not None]


def of_campaign(campaign: Campaign) -> QuerySet[Participation]:
    """Every part of a campaign, by theme then academy, with what a list shows."""
    rows = Participation.objects.filter(theme__campaign=campaign)
    return rows.select_related("theme", "academy", "decision__case__application").order_by(
        "-theme__transversal", "theme__discipline_text", "theme__pk", "academy__name", "pk"
    )


@dataclass(frozen=True)
class ThemeParts:
    """A theme with its places: who is in, who is called, who waits by rank, who is gone."""

    theme: Theme
    least: int
    most: int
    parts: Sequence[Participation]

    @property
    def inside(self) -> list[Participation]:
        return [one for one in self.parts if one.state in IN]

    @property
    def called(self) -> list[Participation]:
        return [one for one in self.parts if one.state == P.CALLED]

    @property
    def waiting(self) -> list[Participation]:
        found = [one for one in self.parts if one.state == P.RESERVE]
        return sorted(found, key=lambda one: (one.decision.rank or 0, one.pk))

    @property
    def gone(self) -> list[Participation]:
        return [one for one in self.parts if one.state in GONE]

    @property
    def lost(self) -> int:
        """The academies that left: a place each."""
        return sum(1 for one in self.parts if one.state == P.WITHDRAWN)

    @property
    def vacant(self) -> int:
        """The places that academies left, and that no reserve has taken or is offered."""
        filled = sum(1 for one in self.inside if one.decision.kind == DecisionKind.RESERVE)
        return max(self.lost - filled - len(self.called), 0)

    @property
    def to_call(self) -> Participation | None:
        """Who should be called now: the first of the reserve, where a place waits."""
        return self.waiting[0] if self.waiting and self.vacant else None


def by_theme(campaign: Campaign) -> list[ThemeParts]:
    """Every living theme with its parts, in two queries."""
    themes = list(
        Theme.objects.filter(campaign=campaign)
        .living()
        .order_by("-transversal", "discipline_text", "pk")
    )
    wanted = steps.numbered(themes, campaign)
    parts: dict[int, list[Participation]] = {one.pk: [] for one in themes}
    for one in of_campaign(campaign):
        parts.setdefault(one.theme_id, []).append(one)
    return [ThemeParts(one, *wanted[one.pk], parts=parts[one.pk]) for one in themes]


def vacancies() -> Asking[list[ThemeParts]]:
    """The themes that an academy left and whose reserve has someone to call; one query where no
    academy left."""
    left = Participation.objects.filter(state=P.WITHDRAWN, theme__campaign__state__in=OPEN)
    themes = yield (
        Theme.objects.filter(pk__in=left.values("theme"))
        .select_related("campaign")
        .order_by("campaign", "-transversal", "discipline_text", "pk")
    )
    if not themes:
        return []
    parts: dict[int, list[Participation]] = {one.pk: [] for one in themes}
    rows = Participation.objects.filter(theme__in=themes).select_related("academy", "decision")
    for part in (yield rows.order_by("pk")):
        parts[part.theme_id].append(part)
    found = (
        ThemeParts(one, *steps.numbered([one], one.campaign)[one.pk], parts=parts[one.pk])
        for one in themes
    )
    return [one for one in found if one.to_call]


def sheet(rows: Iterable[Participation]) -> Sheet:
    return Sheet("Participations", HEADERS, _rows(rows))


def _rows(given: Iterable[Participation]) -> Iterator[Sequence[Cell]]:
    """Nothing is asked of the database before the first row is."""
    for one in given:
        yield _row(one)


def _row(one: Participation) -> Sequence[Cell]:
    return (
        one.theme.shown_title,
        one.theme.discipline_text,
        one.academy.name,
        one.decision.case.application.title,
        P(one.state).label,
        one.decision.rank,
        one.began_at,
        one.called_at,
        one.answer_by,
        one.ended_at,
        one.reason,
    )


def to_answer(actor: Actor, now: datetime) -> QuerySet[Participation]:
    """The calls of the reserve that this actor may still answer, the first to lapse first."""
    rows = Participation.objects.over_which(actor, "participation.answer_call")
    found = rows.filter(state=P.CALLED, answer_by__gte=now)
    return found.select_related("theme__campaign", "academy").order_by("answer_by", "pk")
