"""Teams test one another's work: the exact plan, adopted; answers; reports given back."""

from collections import Counter
from datetime import datetime, timedelta
from functools import partial

from traam.config.demonstration import trying
from traam.config.demonstration.agenda import after
from traam.config.demonstration.plan import Reach
from traam.config.demonstration.stage import Stage
from traam.config.demonstration.telling import DECLINED
from traam.kit.clock import day_of
from traam.trials.actions import cross_testing
from traam.trials.models import CrossTest

CLASS = 3  # the rank, in its team, of whoever gives a cross-test first
HALF = 2  # of those asked this autumn, one in so many is answered


def plan(stage: Stage, slug: str, now: datetime) -> None:
    """The plan of a group is computed, then adopted; a second one covers what was declined."""
    group, actor = stage.group(slug), stage.leader(slug, now)
    made = cross_testing.compute_plan(group=group, now=now, actor=actor)
    if not made.result["pairs"]:
        return
    due_on = day_of(now) + timedelta(days=90)
    asked = cross_testing.adopt_plan(plan=made, due_on=due_on, now=now, actor=actor)
    counts = Counter(one.production_id for one in asked)
    refused = next((one for one in asked if counts[one.production_id] > 1), None)
    for number, test in enumerate(asked):
        when = after(now, days=3 + number % 4, hours=number % 9)
        stage.agenda.at(
            when, partial(_answer, stage, slug, test, number, is_refused=test is refused)
        )


def _answer(
    stage: Stage, slug: str, test: CrossTest, number: int, now: datetime, *, is_refused: bool
) -> None:
    """The référent says who will try it, or why nobody can."""
    crew = stage.crew_of(slug, test.tester_id)
    if crew is None:
        return
    actor = stage.cast.actor(crew.referent, now)
    is_closed = stage.plot.reach == Reach.CLOSED
    if is_closed and is_refused:
        cross_testing.decline(test=test, reason=DECLINED, now=now, actor=actor)
        return
    if not is_closed and number % HALF and not stage.is_of_personas(slug):
        return
    rank = CLASS + len(crew.trials)
    is_first = not is_closed and stage.is_of_personas(slug)
    teacher = crew.teachers[0] if is_first else crew.teacher(rank)
    trial = cross_testing.accept(test=test, teacher=teacher, now=now, actor=actor)
    course = trying.course_of(
        stage,
        crew,
        trial,
        number=rank,
        sought=trying.sought_by(rank + number),
        level=trial.level or crew.project.level,
    )
    if is_closed:
        trying.conduct(stage, course, after(now, days=34 + number % 6))
