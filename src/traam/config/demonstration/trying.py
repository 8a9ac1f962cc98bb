"""Classes try: a protocol, two lessons observed, a verdict; one trial is given up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from traam.config.demonstration import telling
from traam.config.demonstration.agenda import after
from traam.config.demonstration.convening import key_of
from traam.config.demonstration.crews import Crew, Sighting
from traam.config.demonstration.plan import Reach
from traam.config.demonstration.stage import LILLE, Stage
from traam.config.demonstration.telling import Lesson
from traam.config.demonstration.words import Dice, Labels, Situation
from traam.kit.clock import day_of
from traam.people.models import User
from traam.productions.models import Production
from traam.syntheses.rules.life import FindingKind, Support
from traam.trials import actions as trials
from traam.trials.models import Agreement, Trial
from traam.trials.queries.agreements import partners_of
from traam.trials.rules.closing import Evaluation
from traam.trials.rules.life import Observer, Outcome, Transferable, Verdict
from traam.trials.rules.observing import Noted
from traam.trials.rules.protocol import Protocol, Sought

PARTNER = "partenaire-lille"  # a head of school
SATURDAY = 5
SOUGHT = 4  # lessons that a trial looks for, of the five of its theme
MANY, FEW = 6, 2  # trials of a team: in Lille, enough for the public to read what was seen
VERDICTS = (Verdict.CONFIRMED, Verdict.PARTLY, Verdict.PARTLY, Verdict.NOT_CONFIRMED)
TRANSFERABLE = (Transferable.ADAPTED, Transferable.AS_IS, Transferable.UNKNOWN)
OUTCOMES = {
    Support.SUPPORTS: Outcome.SEEN,
    Support.QUALIFIES: Outcome.NOT_SEEN,
    Support.CONTRADICTS: Outcome.CONTRARY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A trial under way. `sought`: the ranks of the lessons that its protocol looks for."""

    crew: Crew
    trial: Trial
    teacher: User
    colleague: User
    situation: Situation
    labels: Labels
    level: str
    number: int
    sought: tuple[int, ...]
    is_given_up: bool = False


def on_a_school_day(when: datetime) -> datetime:
    """The Monday after, of a week-end."""
    return when + timedelta(days=max(0, 7 - when.weekday()) if when.weekday() >= SATURDAY else 0)


# --- beginning -------------------------------------------------------------------------------


def try_own(stage: Stage, crew: Crew, now: datetime) -> None:
    """A team tries what it wrote, a class after the other."""
    made = [one for one in crew.productions if one.team_id == crew.team.pk]
    if not made:
        return
    rank = stage.crews[crew.slug].index(crew)
    many = stage.is_of_personas(crew.slug) and crew.code == LILLE
    if stage.plot.reach != Reach.CLOSED:
        count = 2 if stage.is_of_personas(crew.slug) else 1
    else:
        count = MANY if many else FEW
    for number in range(count):
        course = begin(
            stage,
            crew,
            made[0 if many else number % len(made)],
            0 if many else number,
            number=number,
            sought=about_the_first(number) if many else sought_by(rank + number),
            is_given_up=rank == 2 and number == 1,
            now=now,
        )
        conduct(stage, course, after(now, days=number % 3, hours=number))


def sought_by(first: int) -> tuple[int, ...]:
    """The lessons that a trial looks for, in turn."""
    return tuple((first + step) % (SOUGHT + 1) for step in range(SOUGHT))


def about_the_first(number: int) -> tuple[int, ...]:
    """The first lesson, always, and all the others but one in turn."""
    return (0, *(rank for rank in range(1, SOUGHT + 1) if rank != 1 + number % SOUGHT))


def begin(
    stage: Stage,
    crew: Crew,
    production: Production,
    version: int,
    *,
    number: int,
    sought: tuple[int, ...],
    now: datetime,
    is_given_up: bool = False,
) -> Course:
    """A teacher of the team begins a trial. `version`: the team's first level, or its other."""
    teacher = crew.teacher(number)
    level = (crew.project.level, crew.project.other_level)[version % 2]
    trial = trials.begin(
        production=Production.objects.get(pk=production.pk),
        team=crew.team,
        planned_for=day_of(now),
        level=level,
        discipline=crew.project.discipline,
        school_type=stage.school_type(level),
        now=now,
        actor=stage.cast.actor(teacher, now),
    )
    return course_of(
        stage, crew, trial, number=number, sought=sought, level=level, is_given_up=is_given_up
    )


def course_of(
    stage: Stage,
    crew: Crew,
    trial: Trial,
    *,
    number: int,
    sought: tuple[int, ...],
    level: str,
    is_given_up: bool = False,
) -> Course:
    """What a trial that has been begun will be."""
    author = stage.crew_of(crew.slug, trial.production.team_id) or crew
    crew.trials.append(trial)
    return Course(
        crew=crew,
        trial=trial,
        teacher=trial.teacher,
        colleague=crew.teacher(number + 1),
        situation=author.project.situation,
        labels=Labels(
            level=stage.label("levels", level),
            other_level=stage.label("levels", crew.project.other_level),
            tool=stage.label("tools", crew.project.tool),
            other_tool=stage.label("tools", crew.project.other_tool),
            discipline=stage.label("disciplines", crew.project.discipline),
            academy=stage.academies[crew.code].name,
            author=crew.referent.name,
        ),
        level=level,
        number=number,
        sought=sought,
        is_given_up=is_given_up,
    )


def conduct(stage: Stage, course: Course, start: datetime) -> None:
    """Week after week: the protocol, two lessons, the verdict."""
    stage.agenda.at(after(start, days=1), partial(write_protocol, stage, course))
    for rank, days in ((1, 6), (2, 12)):
        if rank == 2 and course.is_given_up:
            continue
        when = on_a_school_day(after(start, days=days))
        stage.agenda.at(when, partial(teach, stage, course, rank))
    end = after(start, days=20)
    stage.agenda.at(end, partial(give_up if course.is_given_up else close, stage, course))


# --- during ----------------------------------------------------------------------------------


def write_protocol(stage: Stage, course: Course, now: datetime) -> None:
    """What is expected, what would count as success, what is looked for."""
    if course.crew.is_gone:
        return
    found = _lessons(stage, course)
    texts = (
        [found[rank].indicator for rank in course.sought]
        if found
        else telling.plain_indicators(course.situation)
    )
    protocol = Protocol(
        hypothesis=telling.hypothesis_of(course.situation),
        success=telling.success_of(_dice(stage, course)),
        indicators=tuple(Sought("", text) for text in texts),
    )
    trials.write_protocol(
        trial=course.trial,
        protocol=protocol,
        version=0,
        planned_for=day_of(now),
        now=now,
        actor=stage.cast.actor(course.teacher, now),
    )
    ask_the_school(stage, course, now)


def ask_the_school(stage: Stage, course: Course, now: datetime) -> None:
    """Where a head of school is a partner: the first trial is accepted, the second awaits."""
    partner = stage.cast.persona(PARTNER)
    partners = partners_of(course.crew.team, day_of(now))
    if course.number > 1 or not partners.filter(pk=partner.pk).exists():
        return
    actor = stage.cast.actor(course.teacher, now)
    made = trials.ask_agreement(trial=course.trial, partner=partner, now=now, actor=actor)
    if course.number == 0 or stage.plot.reach == Reach.CLOSED:
        stage.agenda.at(after(now, days=2), partial(agree, stage, course, made))


def agree(stage: Stage, course: Course, asked: Agreement, now: datetime) -> None:
    """The head of school accepts the trial."""
    if course.crew.is_gone:
        return
    actor = stage.cast.actor(stage.cast.persona(PARTNER), now)
    trials.answer_agreement(agreement=asked, accepts=True, now=now, actor=actor)


def teach(stage: Stage, course: Course, rank: int, now: datetime) -> None:
    """A lesson and what is seen of it, by the teacher or, the second time, by a colleague."""
    if course.crew.is_gone:
        return
    dice = _dice(stage, course, rank)
    actor = stage.cast.actor(course.teacher, now)
    trials.record_session(
        trial=course.trial,
        held_on=day_of(now),
        minutes=50 + 5 * dice.number("minutes", below=2),
        location=dice.one(telling.PLACES, "place"),
        note=telling.lesson_note(rank, course.labels, dice),
        now=now,
        actor=actor,
    )
    is_own = rank == 1 or course.colleague == course.teacher
    lesson, support = _drawn(stage, course, rank)
    made = trials.note(
        trial=course.trial,
        noted=Noted(
            seen_at=now,
            seen=_seen(stage, course, lesson, support, dice),
            outcomes=_outcomes(stage, course, lesson, support, dice),
            location=dice.one(telling.PLACES, "place"),
            pupils=18 + dice.number("pupils", below=12),
            observer=Observer.SELF if is_own else Observer.NEARBY,
        ),
        key=key_of(course.trial.code, rank),
        now=now,
        actor=actor if is_own else stage.cast.actor(course.colleague, now),
    )
    stage.sightings[course.crew.slug].append(Sighting(made, lesson, support, course.is_given_up))


def _drawn(stage: Stage, course: Course, rank: int) -> tuple[int, Support]:
    """The lesson that is looked at this time, and what is seen of it."""
    first = 0 if rank == 1 else 1 + course.number % (SOUGHT - 1)
    lesson = course.sought[first]
    is_first_team = stage.crews[course.crew.slug][0] is course.crew
    if is_first_team and course.number == 1 and rank == 2:
        return lesson, Support.CONTRADICTS
    drawn = _dice(stage, course, rank).number("support", below=12)
    found = {0: Support.CONTRADICTS, 1: Support.QUALIFIES, 2: Support.QUALIFIES}
    return lesson, found.get(drawn, Support.SUPPORTS)


def _seen(stage: Stage, course: Course, lesson: int, support: Support, dice: Dice) -> str:
    found = _lessons(stage, course)
    if not found:
        said = telling.plain_sight(course.situation, course.labels, dice)
    else:
        one = found[lesson]
        said = {Support.QUALIFIES: one.nuance, Support.CONTRADICTS: one.contrary}.get(
            support, dice.one(one.seen, "seen")
        )
    return f"{said} {telling.circumstance(dice)}".strip()


def _outcomes(
    stage: Stage, course: Course, lesson: int, support: Support, dice: Dice
) -> dict[str, Outcome]:
    """By indicator (« i1 », « i2 »…): that of the lesson as it was seen, the others by chance."""
    drawn = (Outcome.SEEN, Outcome.NOT_SEEN, Outcome.NOT_SOUGHT)
    if not _lessons(stage, course):
        return {f"i{number}": dice.one(drawn, "outcome", number) for number in (1, 2, 3)}
    return {
        f"i{number}": OUTCOMES[support] if rank == lesson else dice.one(drawn, "outcome", rank)
        for number, rank in enumerate(course.sought, start=1)
    }


# --- after -----------------------------------------------------------------------------------


def close(stage: Stage, course: Course, now: datetime) -> None:
    """The trial says what it shows; a negative result is a full result."""
    if course.crew.is_gone:
        return
    trials.close(
        trial=course.trial,
        evaluation=evaluation_of(stage, course),
        now=now,
        actor=stage.cast.actor(course.teacher, now),
    )
    stage.closed[course.crew.slug].append((course.trial, course.sought))


def give_up(stage: Stage, course: Course, now: datetime) -> None:
    """It will not be finished; it stays counted."""
    if course.crew.is_gone:
        return
    dice = _dice(stage, course)
    trials.abandon(
        trial=course.trial,
        reason=dice.one(telling.GIVEN_UP, "reason"),
        now=now,
        actor=stage.cast.actor(course.teacher, now),
    )
    stage.closed[course.crew.slug].append((course.trial, course.sought))


def evaluation_of(stage: Stage, course: Course) -> Evaluation:
    """All that closing asks, in the words of what was seen."""
    dice = _dice(stage, course)
    verdict = dice.one(
        (
            Verdict.CONFIRMED,
            Verdict.CONFIRMED,
            Verdict.PARTLY,
            Verdict.PARTLY,
            Verdict.NOT_CONFIRMED,
        ),
        "verdict",
    )
    return Evaluation(
        verdict=verdict,
        conclusion=telling.CONCLUSIONS[verdict.value],
        **_gains(stage, course, dice),
        adaptations=telling.adaptations_of(dice),
        transferable=dice.one(
            (Transferable.ADAPTED, Transferable.AS_IS, Transferable.UNKNOWN), "t"
        ),
        level=course.level,
        school_type=stage.school_type(course.level),
        is_priority=not dice.number("priority", below=4),
        equipment=dice.one(telling.EQUIPMENT, "equipment"),
        pupils=20 + dice.number("class", below=10),
        competences=tuple(f"crcn:{code}" for code in dice.some(telling.COMPETENCES, 1, "crcn")),
    )


def _gains(stage: Stage, course: Course, dice: Dice) -> dict[str, str]:
    found = _lessons(stage, course)
    if not found:
        return {
            "gains_pupils": telling.plain_sight(course.situation, course.labels, dice),
            "obstacles": "Le temps : trois séances ne suffisent pas à tout observer.",
        }
    by_kind = {one.kind: dice.one(one.seen, one.kind) for one in found}
    kinds = {
        "gains_pupils": FindingKind.GAIN_PUPILS,
        "gains_teaching": FindingKind.GAIN_TEACHING,
        "obstacles": FindingKind.OBSTACLE,
        "levers": FindingKind.LEVER,
    }
    return {name: by_kind.get(kind.value, "") for name, kind in kinds.items()}


def _lessons(stage: Stage, course: Course) -> tuple[Lesson, ...]:
    known = telling.lessons().get(stage.theme_words(course.crew.slug).slug)
    return known.findings if known else ()


def _dice(stage: Stage, course: Course, *more: object) -> Dice:
    return stage.dice(course.trial.code, *more)
