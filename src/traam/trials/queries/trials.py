"""Trials in lists: mine by state, those a reader may read, those that may be observed now."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Case, Count, F, Max, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from traam.access.actor import Actor
from traam.groups.models import Team
from traam.groups.rules.life import TeamState
from traam.kit.choices import told_apart
from traam.kit.labels import Labelled
from traam.kit.sheets import Cell, Sheet
from traam.kit.together import Asking
from traam.people.rules import search_patterns
from traam.productions.models import Production
from traam.trials.models import Indicator, Observation, Session, Trial
from traam.trials.queries.reading import mine, whole_observations, with_grid
from traam.trials.rules.life import OPEN, TrialState, Verdict
from traam.trials.rules.observing import is_to_keep
from traam.trials.rules.protocol import Protocol, Sought, missing

READ, NOTE, BEGIN = "trial.read", "observation.write", "trial.begin"
SETTLE, PROOFREAD = "observation.settle", "observation.proofread"
HEADERS = (
    "Code",
    "Production",
    "Campagne",
    "Thème",
    "Équipe",
    "État",
    "Depuis le",
    "Niveau",
    "Séances",
    "Observations",
    "Verdict",
    "Motif",
)


class Order(Labelled):
    """In which order the list is read; the value is part of the address."""

    LATEST = "recent", "dernier changement"
    TEAM = "equipe", "équipe"
    STATE = "etat", "état"


_ORDERS: dict[Order, tuple[Any, ...]] = {
    Order.LATEST: (F("state_at").desc(), F("pk").desc()),
    Order.TEAM: (F("team__code"), F("pk")),
    Order.STATE: (F("state"), F("state_at"), F("pk")),
}


def _count(rows: QuerySet[Any]) -> Coalesce:
    """How many of these rows each trial has, in a subquery of its own."""
    counted = rows.filter(trial=OuterRef("pk")).order_by().values("trial")
    return Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), Value(0))


def with_counts(rows: QuerySet[Trial]) -> QuerySet[Trial]:
    """With `session_count`, `observation_count`, `kept_count`, `indicator_count`."""
    return rows.annotate(
        indicator_count=_count(Indicator.objects.filter(withdrawn_at=None)),
        session_count=_count(Session.objects.all()),
        observation_count=_count(Observation.objects.all().counted()),
        kept_count=_count(Observation.objects.all().kept()),
    )


def for_list(rows: QuerySet[Trial]) -> QuerySet[Trial]:
    """With what a row or a card shows."""
    return with_counts(rows).select_related(
        "campaign", "production", "team__academy", "team__group__theme", "teacher"
    )


def my_trials(actor: Actor) -> Asking[dict[TrialState, list[Trial]]]:
    """Mine by state, the latest first; one query. The oldest ones of the list are elsewhere."""
    rows = for_list(Trial.objects.filter(mine(actor))).order_by("-state_at", "-pk")
    found: dict[TrialState, list[Trial]] = {state: [] for state in TrialState}
    for one in (yield rows[:200]):
        found[TrialState(one.state)].append(one)
    return found


def readable(actor: Actor) -> QuerySet[Trial]:
    """What this person may read; nothing else is counted, filtered or offered."""
    rows: QuerySet[Trial] = Trial.objects.over_which(actor, READ)
    return rows


def chosen(actor: Actor, filters: Mapping[str, str]) -> QuerySet[Trial]:
    """The readable ones that the filters keep, in the order asked for."""
    found = readable(actor)
    for pattern in search_patterns(filters.get("q", "")):
        found = found.filter(production__title__regex=pattern)
    for name, path in (
        ("campagne", "campaign__year"),
        ("groupe", "team__group__code"),
        ("equipe", "team__code"),
        ("production", "production__code"),
        ("etat", "state"),
    ):
        if value := filters.get(name):
            found = found.filter(**{path: value})
    order = Order(filters.get("tri") or Order.LATEST)
    return for_list(found).order_by(*_ORDERS[order])


def choices(actor: Actor) -> dict[str, list[tuple[str, str]]]:
    """What the filters may name: campaigns, groups and teams of what the actor may read."""
    rows = readable(actor).order_by()
    years = sorted(set(rows.values_list("campaign__year", flat=True).distinct()), reverse=True)
    groups = rows.values_list(
        "team__group__theme__title", "team__group__campaign__year", "team__group__code"
    ).distinct()
    teams = rows.values_list(
        "team__academy__name",
        "team__participant",
        "team__group__theme__title",
        "team__group__campaign__year",
        "team__code",
    ).distinct()
    return {
        "campagne": [(year, year) for year in years],
        "groupe": told_apart(
            (code, (title or code, year, code)) for title, year, code in sorted(groups)
        ),
        "equipe": told_apart(
            (words[-1], words)
            for words in sorted(
                (name or other, title, year, code) for name, other, title, year, code in teams
            )
        ),
    }


def sheet(rows: QuerySet[Trial]) -> Sheet:
    """The whole filtered list, for a spreadsheet."""
    return Sheet("Essais", HEADERS, _rows(rows))


def _rows(rows: QuerySet[Trial]) -> Iterator[Sequence[Cell]]:
    for one in rows.iterator(chunk_size=500):
        counts: Any = one
        yield (
            one.code,
            one.production.title,
            one.campaign.label,
            one.team.group.theme.shown_title,
            one.team.named,
            TrialState(one.state).label,
            one.state_at,
            one.level,
            counts.session_count,
            counts.observation_count,
            Verdict(one.verdict).label if one.verdict else "",
            one.reason,
        )


def to_observe(actor: Actor) -> QuerySet[Trial]:
    """The open trials where this person may note: their own first, then the last observed."""
    rows = with_grid(Trial.objects.over_which(actor, NOTE))
    own = Trial.objects.filter(mine(actor)).values("pk")
    found: QuerySet[Trial] = (
        rows.filter(state__in=sorted(OPEN))
        .annotate(
            last_seen=Subquery(
                Observation.objects.filter(trial=OuterRef("pk"))
                .order_by()
                .values("trial")
                .annotate(last=Max("seen_at"))
                .values("last")
            ),
            rank=Case(When(pk__in=own, then=Value(1)), default=Value(0)),
        )
        .order_by("-rank", F("last_seen").desc(nulls_last=True), "-state_at", "pk")
    )
    return found


def my_open(actor: Actor) -> list[Trial]:
    """My own open trials, the one at work first, then the last observed; what « Noter une
    observation » opens by itself when there is one."""
    rows = to_observe(actor).filter(mine(actor))
    return sorted(rows, key=lambda one: one.state != TrialState.AT_WORK)


def takes_notes(trial: Trial) -> bool:
    """Would an observation count in this trial (of `for_list`), rather than be set aside? At work,
    or to be begun by it: its protocol is complete."""
    state = TrialState(trial.state)
    indicators: int = trial.indicator_count  # type: ignore[attr-defined]
    sought = (Sought("", "Un indicateur"),) * indicators
    protocol = Protocol(trial.hypothesis, trial.success, sought)
    return not is_to_keep(state, lacks=missing(protocol) if state is TrialState.PLANNED else [])


def kept_for(actor: Actor) -> QuerySet[Observation]:
    """What was set aside in the trials of this person, the oldest first."""
    rows = Observation.objects.over_which(actor, SETTLE).kept()
    found: QuerySet[Observation] = (
        rows.filter(trial__in=Trial.objects.filter(mine(actor)).values("pk"))
        .select_related("trial__production", "author")
        .order_by("kept_at", "pk")
    )
    return found


def to_proofread(actor: Actor) -> QuerySet[Observation]:
    """What counts in closed trials and that nobody has proof-read in its present version."""
    rows = Observation.objects.over_which(actor, PROOFREAD).counted()
    found: QuerySet[Observation] = rows.filter(proofread_at=None).order_by("trial", "seen_at", "pk")
    return found


def proofreading_of(actor: Actor) -> QuerySet[Observation]:
    """The same, with what the page of proof-reading shows of each."""
    return whole_observations(to_proofread(actor))


def my_teams(actor: Actor) -> list[Team]:
    """The teams in which this person may begin a trial."""
    rows = Team.objects.over_which(actor, BEGIN)
    found = rows.filter(state=TeamState.AT_WORK).select_related("academy", "group__theme")
    return list(found.order_by("code", "pk"))


def to_try(actor: Actor, teams: Sequence[Team]) -> QuerySet[Production]:
    """The productions of these teams' groups that this person may read, and may try."""
    rows = Production.objects.over_which(actor, "production.read").living()
    groups = {one.group_id for one in teams}
    found: QuerySet[Production] = rows.filter(team__group__in=sorted(groups)).select_related(
        "team__academy"
    )
    return found.order_by("title", "pk")


def only_level(production: Production) -> str:
    """The level it is written for, where there is but one; else ""."""
    found = production.terms.filter(scheme="levels").order_by("pk").values_list("code", flat=True)
    return found[0] if len(found) == 1 else ""


def usual_place(trial: Trial) -> str:
    """Where it was last observed or held, else its school: what the next page fills in."""
    seen = Observation.objects.filter(trial=trial).exclude(location="")
    last = seen.order_by("-seen_at", "-pk").values_list("location", flat=True).first()
    if last is None:
        held = Session.objects.filter(trial=trial).exclude(location="")
        last = held.order_by("-held_on", "-pk").values_list("location", flat=True).first()
    return last or trial.school
