"""Trials and observations with all that judges them, and all that their pages show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Model, Prefetch, Q, QuerySet

from traam.access.actor import Actor
from traam.campaigns.models import Campaign
from traam.campaigns.rules.calendar import Milestone
from traam.groups.models import Member, Team
from traam.kit.clock import day_of
from traam.productions.models import Production
from traam.trials.models import Indicator, Observation, Session, Sight, Trial, TrialTerm
from traam.trials.rules.closing import Done, Evaluation
from traam.trials.rules.life import Transferable, Verdict
from traam.trials.rules.observing import Window, window_of
from traam.trials.rules.protocol import Protocol, Sought

Row = TypeVar("Row", bound=Model)
_JOINED = (
    "campaign",
    "teacher",
    "team__academy__successor",
    "team__group__theme",
    "production__team__group",
)
_GATHERED = ("team__group__teams",)


def with_grid(rows: QuerySet[Trial]) -> QuerySet[Trial]:
    """With what its place looks at, and its indicators in order."""
    indicators = Prefetch("indicators", Indicator.objects.order_by("position", "pk"))
    return rows.select_related(*_JOINED).prefetch_related(*_GATHERED, indicators)


def whole(rows: QuerySet[Trial]) -> QuerySet[Trial]:
    """The same, with its competences."""
    terms = Prefetch("terms", TrialTerm.objects.order_by("scheme", "code", "pk"))
    return with_grid(rows).prefetch_related(terms)


def whole_observations(rows: QuerySet[Observation]) -> QuerySet[Observation]:
    """With the place of their trial, what they say of each indicator, who noted and read them."""
    joined = (f"trial__{name}" for name in _JOINED)
    gathered = (f"trial__{name}" for name in _GATHERED)
    return (
        with_sights(rows)
        .select_related(*joined)
        .prefetch_related(
            *gathered,
            Prefetch("trial__indicators", Indicator.objects.order_by("position", "pk")),
            "pictures__file",
        )
    )


def with_sights(rows: QuerySet[Observation]) -> QuerySet[Observation]:
    """With what they say of each indicator, who noted and read them."""
    sights = Sight.objects.select_related("indicator").order_by("indicator__position", "pk")
    return rows.select_related("author", "proofread_by").prefetch_related(
        Prefetch("sights", sights)
    )


def indicators_of(trial: Trial) -> list[Indicator]:
    """Those that are looked for, in order; one query (none where fetched with it)."""
    rows = sorted(trial.indicators.all(), key=lambda one: (one.position, one.pk))
    return [one for one in rows if one.withdrawn_at is None]


def protocol_of(trial: Trial) -> Protocol:
    """What it tries and looks for, as its rules read it."""
    sought = tuple(Sought(one.key, one.text) for one in indicators_of(trial))
    return Protocol(trial.hypothesis, trial.success, sought)


def evaluation_of(trial: Trial) -> Evaluation:
    """What it says of what was done, as its rules read it; one query for the competences."""
    return Evaluation(
        verdict=Verdict(trial.verdict) if trial.verdict else None,
        conclusion=trial.conclusion,
        gains_pupils=trial.gains_pupils,
        gains_teaching=trial.gains_teaching,
        obstacles=trial.obstacles,
        levers=trial.levers,
        adaptations=trial.adaptations,
        transferable=Transferable(trial.transferable) if trial.transferable else None,
        level=trial.level,
        school_type=trial.school_type,
        school=trial.school,
        is_priority=trial.is_priority,
        equipment=trial.equipment,
        pupils=trial.pupils,
        competences=tuple(f"{one.scheme}:{one.code}" for one in trial.terms.all()),
    )


def done_in(trial: Trial) -> Done:
    """What was done in class, in two queries."""
    minutes = list(Session.objects.filter(trial=trial).values_list("minutes", flat=True))
    counted = Observation.objects.filter(trial=trial).counted().count()
    return Done(len(minutes), sum(1 for one in minutes if one), counted)


def window(campaign: Campaign) -> Window:
    """The days of this campaign's trials; one query (none where its milestones were fetched)."""
    calendar = campaign.calendar
    return window_of(
        first_year=campaign.first_year,
        last_year=campaign.last_year,
        starts=_day(calendar.at(Milestone.LAUNCH)),
        ends=_day(calendar.at(Milestone.END)),
    )


def _day(instant: datetime | None) -> date | None:
    return day_of(instant) if instant is not None else None


@dataclass(frozen=True, slots=True)
class Contents:
    """What a trial's page shows of what happened: sessions, observations in order, set aside."""

    sessions: Sequence[Session]
    observations: Sequence[Observation]
    kept: Sequence[Observation]
    withdrawn: Sequence[Observation]


def contents_of(trial: Trial, actor: Actor) -> Contents:
    """Whoever is not of the team reads what counts, and nothing of what was withdrawn."""
    rows = with_sights(Observation.objects.filter(trial=trial)).order_by("seen_at", "pk")
    if not actor.allows("observation.read_all", trial.place()):
        rows = rows.filter(withdrawn_at=None, kept_at=None)
    found = list(rows)
    sessions = Session.objects.filter(trial=trial).order_by("held_on", "pk")
    return Contents(
        sessions=list(sessions),
        observations=[one for one in found if not one.withdrawn_at and not one.kept_at],
        kept=[one for one in found if one.kept_at and not one.withdrawn_at],
        withdrawn=[one for one in found if one.withdrawn_at],
    )


def mine(actor: Actor) -> Q:
    """The trials that are this person's own, theirs or of whom they stand in for."""
    people = {actor.person, *(one.delegated_by for one in actor.in_force)} - {None}
    return Q(teacher__in=sorted(people))


def usual_discipline(production: Production, team: Team, teacher: int) -> str:
    """That of the teacher in their team, else that of a production which has but one; else ""."""
    known = Member.objects.filter(team=team, person=teacher).exclude(discipline="")
    if found := known.order_by("-pk").values_list("discipline", flat=True).first():
        return found
    terms = production.terms.filter(scheme="disciplines").order_by("pk")
    codes = list(terms.values_list("code", flat=True)[:2])
    return codes[0] if len(codes) == 1 else ""
