"""What classes saw becomes findings: written, resting on observations, some of them against."""

from datetime import datetime
from functools import partial

from traam.config.demonstration import reporting
from traam.config.demonstration.agenda import after
from traam.config.demonstration.stage import Stage
from traam.config.demonstration.telling import lessons
from traam.syntheses import actions as syntheses
from traam.syntheses.models import Finding
from traam.syntheses.rules.life import FindingKind
from traam.trials import actions as trials

READ_OF = 2  # of the observations, one in so many is proof-read


def find(stage: Stage, slug: str, now: datetime) -> None:
    """The expert reads every observation, writes the findings, says what each rests on."""
    known = lessons().get(stage.theme_words(slug).slug)
    if known is None:
        return
    group, actor = stage.group(slug), stage.leader(slug, now)
    made: list[Finding] = []
    for lesson in known.findings:
        made.append(
            syntheses.write_finding(
                group=group,
                kind=FindingKind(lesson.kind),
                text=lesson.text,
                scope=lesson.scope,
                now=now,
                actor=actor,
            )
        )
    _rest(stage, slug, made, now)
    _sought(stage, slug, made, now)
    stage.agenda.at(after(now, days=3), partial(_proofread, stage, slug))
    stage.agenda.at(after(now, days=8), partial(reporting.report, stage, slug))


def _rest(stage: Stage, slug: str, made: list[Finding], now: datetime) -> None:
    """Each observation supports, qualifies or contradicts the finding that it was looking at."""
    actor = stage.leader(slug, now)
    ended = {trial.pk for trial, _ in stage.closed[slug]}
    for one in stage.sightings[slug]:
        if one.observation.trial_id in ended and not one.is_of_a_given_up_trial:
            syntheses.code(
                finding=made[one.lesson],
                observation=one.observation,
                support=one.support,
                now=now,
                actor=actor,
            )


def _sought(stage: Stage, slug: str, made: list[Finding], now: datetime) -> None:
    """Where each was looked for, the trials that were given up included."""
    actor = stage.leader(slug, now)
    for rank, finding in enumerate(made):
        where = [trial for trial, sought in stage.closed[slug] if rank in sought]
        syntheses.seek(finding=finding, trials=where, now=now, actor=actor)


def _proofread(stage: Stage, slug: str, now: datetime) -> None:
    """The expert reads the words that may be public; the others will only be counted."""
    actor = stage.leader(slug, now)
    for number, one in enumerate(stage.sightings[slug]):
        if not number % READ_OF and not one.is_of_a_given_up_trial:
            trials.proofread(observation=one.observation, version=1, now=now, actor=actor)
