"""What is written from the year: reports of trials, syntheses of academies, of two together, of the
nation; validated, signed, published, sent, received."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from traam.access.actor import Actor
from traam.campaigns import actions as campaigns
from traam.catalogue.publishing.syntheses import publish_erratum, publish_synthesis
from traam.config.demonstration.agenda import after
from traam.config.demonstration.crews import Crew
from traam.config.demonstration.stage import Stage
from traam.config.demonstration.telling import lessons
from traam.groups import actions as groups
from traam.syntheses import actions as syntheses
from traam.syntheses.actions import Typed
from traam.syntheses.models import Sending, Sought, Synthesis
from traam.syntheses.rules.anonymity import CLASSES_MIN
from traam.syntheses.rules.life import Capacity, Mark, SynthesisKind
from traam.trials.models import Trial
from traam.trials.rules.life import TrialState

UNSIGNED = 5  # the rank of the theme whose synthesis still lacks its signatures
RESERVED = 1  # the rank of the theme whose general inspection makes a reservation
RESERVATION = "Les classes de lycée sont trop peu nombreuses pour que les constats y valent autant."
ERRATUM = "Au chapitre « La méthode », lire « deux séances observées par classe »."
NEXT = "L’académie présentera ces scénarios à la réunion de rentrée des équipes de la discipline."
Passage = tuple[str, str, Mark]


# --- trials ----------------------------------------------------------------------------------


def report(stage: Stage, slug: str, now: datetime) -> None:
    """A trial has its report; then each academy, two together, and the group write theirs."""
    ended = [trial for trial, _ in stage.closed[slug]]
    fresh = Trial.objects.filter(pk__in=[one.pk for one in ended], state=TrialState.CLOSED)
    trial = fresh.select_related("teacher", "production").order_by("code", "pk").first()
    if trial is not None and stage.is_of_personas(slug):
        _of_trial(stage, slug, trial, now)
    for number, crew in enumerate(stage.crews[slug]):
        if stage.is_small and not stage.is_of_personas(slug):
            continue
        when = after(now, days=4 + number, hours=number)
        stage.agenda.at(when, partial(_of_academy, stage, crew))
    stage.agenda.at(after(now, days=12), partial(_of_two, stage, slug))
    stage.agenda.at(after(now, days=16), partial(_of_nation, stage, slug))


def _of_trial(stage: Stage, slug: str, trial: Trial, now: datetime) -> None:
    crew = stage.crew_of(slug, trial.team_id)
    if crew is None:
        return
    actor = stage.cast.actor(trial.teacher, now)
    made = syntheses.begin(
        group=stage.group(slug),
        kind=SynthesisKind.TRIAL_REPORT,
        title=f"Rapport d’essai : {trial.production.title}"[:200],
        trial=trial,
        now=now,
        actor=actor,
    )
    summary = (
        "Deux séances dans une classe, observées avec une grille d’une page. Ce rapport dit ce qui "
        "a été vu, ce qui ne l’a pas été, et dans quelles conditions."
    )
    _write(made, summary, (), now=now, actor=actor)
    _submitted(stage, crew, made, now)


# --- academies -------------------------------------------------------------------------------


def _of_academy(stage: Stage, crew: Crew, now: datetime) -> None:
    name = stage.academies[crew.code].name
    situation = crew.project.situation
    made = syntheses.begin(
        group=stage.group(crew.slug),
        kind=SynthesisKind.ACADEMIC,
        title=f"Synthèse académique ({name}) : {situation.title}",
        teams=[crew.team],
        now=now,
        actor=stage.cast.actor(crew.referent, now),
    )
    passages = (
        ("context", f"L’équipe ({len(crew.people)} enseignant·es) est partie de ceci : "
         f"{situation.tried}.", Mark.NONE),
        ("next", NEXT, Mark.NONE),
    )  # fmt: skip
    summary = (
        f"Dans l’académie ({name}), des classes ont travaillé ainsi : {situation.tried}. Le texte "
        "dit ce que les observateurs ont vu, où cela n’a pas marché, et ce qu’il faut préparer."
    )
    _write(made, summary, passages, now=now, actor=stage.cast.actor(crew.referent, now))
    _submitted(stage, crew, made, now)


def _submitted(stage: Stage, crew: Crew, made: Synthesis, now: datetime) -> None:
    syntheses.submit(synthesis=made, now=now, actor=stage.cast.actor(crew.referent, now))
    stage.agenda.at(after(now, days=6), partial(_validated, stage, crew, made))


def _validated(stage: Stage, crew: Crew, made: Synthesis, now: datetime) -> None:
    """The inspector validates, then sends it; the report of one class stays in its academy."""
    actor = stage.cast.actor(crew.inspector, now)
    syntheses.validate(synthesis=made, now=now, actor=actor)
    if made.kind != SynthesisKind.TRIAL_REPORT:
        stage.agenda.at(after(now, days=1), partial(_sent, stage, made, crew.inspector.pk))


def _of_two(stage: Stage, slug: str, now: datetime) -> None:
    """In the theme of the personas, two academies write together; that one is published."""
    if not stage.is_of_personas(slug):
        return
    both = stage.crews[slug][:2]
    names = " et ".join(stage.academies[one.code].name for one in both)
    actor = stage.cast.actor(both[0].referent, now)
    words = stage.theme_words(slug)
    made = syntheses.begin(
        group=stage.group(slug),
        kind=SynthesisKind.PLURI_ACADEMIC,
        title=f"Synthèse commune ({names}) : {words.title}",
        teams=[one.team for one in both],
        now=now,
        actor=actor,
    )
    known = lessons()[words.slug]
    passages = (
        (
            "context",
            f"Deux équipes ont essayé les scénarios l’une de l’autre ({names}).",
            Mark.NONE,
        ),
        ("findings", known.frame, Mark.FRAME),
        ("limits", known.limits, Mark.NONE),
        ("next", NEXT, Mark.NONE),
    )
    _write(made, known.summary, passages, now=now, actor=actor)
    _leave_out_the_rare(made, now=now, actor=actor)
    syntheses.submit(synthesis=made, now=now, actor=actor)
    stage.agenda.at(after(now, days=5), partial(_validated, stage, both[0], made))
    stage.agenda.at(after(now, days=20), partial(publish, stage, slug, made))


def _leave_out_the_rare(made: Synthesis, *, now: datetime, actor: Actor) -> None:
    """What was sought in fewer than five classes would name them: it waits for the national one."""
    for block in made.blocks.filter(finding__isnull=False).order_by("section", "position", "pk"):
        sought = Sought.objects.filter(finding=block.finding, trial__state=TrialState.CLOSED)
        if sought.count() < CLASSES_MIN:
            syntheses.remove_block(block=block, now=now, actor=actor)


# --- the nation ------------------------------------------------------------------------------


def _of_nation(stage: Stage, slug: str, now: datetime) -> None:
    words, actor = stage.theme_words(slug), stage.leader(slug, now)
    known = lessons()[words.slug]
    made = syntheses.begin(
        group=stage.group(slug),
        kind=SynthesisKind.NATIONAL,
        title=f"{words.title} : synthèse nationale",
        now=now,
        actor=actor,
    )
    passages = (
        ("problem", words.problem, Mark.NONE),
        ("findings", known.frame, Mark.FRAME),
        ("conditions", known.opinion, Mark.OPINION),
        ("limits", known.limits, Mark.NONE),
        ("spreading", known.spreading, Mark.NONE),
    )
    _write(made, known.summary, passages, now=now, actor=actor)
    syntheses.submit(synthesis=made, now=now, actor=actor)
    stage.agenda.at(after(now, days=7), partial(_fixed, stage, slug, made))


def _fixed(stage: Stage, slug: str, made: Synthesis, now: datetime) -> None:
    """The general inspection validates, then both sign; one synthesis waits for its signatures."""
    general = stage.cast.actor(stage.judges[slug].general, now)
    syntheses.validate(synthesis=made, now=now, actor=general)
    if _rank(stage, slug) == UNSIGNED:
        return
    stage.agenda.at(after(now, days=3), partial(_signed, stage, slug, made))


def _signed(stage: Stage, slug: str, made: Synthesis, now: datetime) -> None:
    general = stage.cast.actor(stage.judges[slug].general, now)
    syntheses.sign(
        synthesis=made,
        capacity=Capacity.GENERAL_INSPECTION,
        reservation=RESERVATION if _rank(stage, slug) == RESERVED else "",
        now=now,
        actor=general,
    )
    syntheses.sign(synthesis=made, capacity=Capacity.DNE, now=now, actor=stage.leader(slug, now))
    stage.agenda.at(after(now, days=14), partial(publish, stage, slug, made))


def publish(stage: Stage, slug: str, made: Synthesis, now: datetime) -> None:
    """It is public; the national ones are sent; one is corrected by an erratum."""
    actor = stage.leader(slug, now)
    publish_synthesis(synthesis=made, now=now, actor=actor)
    if made.kind != SynthesisKind.NATIONAL:
        return
    leader = stage.judges[slug].leader.pk
    stage.agenda.at(after(now, days=2), partial(_sent, stage, made, leader))
    if _rank(stage, slug) == RESERVED:
        stage.agenda.at(after(now, days=30), partial(_mend, stage, slug, made))


def _mend(stage: Stage, slug: str, made: Synthesis, now: datetime) -> None:
    publish_erratum(synthesis=made, text=ERRATUM, now=now, actor=stage.leader(slug, now))


def _rank(stage: Stage, slug: str) -> int:
    return stage.plot.themes.index(slug)


# --- what all of them share ------------------------------------------------------------------


def _write(
    made: Synthesis, summary: str, passages: Iterable[Passage], *, now: datetime, actor: Actor
) -> None:
    """What is known is put in, then what people add, then the title and the summary."""
    syntheses.prefill(synthesis=made, now=now, actor=actor)
    for section, text, mark in passages:
        syntheses.add_block(
            synthesis=made, section=section, typed=Typed(text, mark), now=now, actor=actor
        )
    syntheses.write_head(
        synthesis=made,
        title=made.title,
        summary=summary,
        base=(made.title, ""),
        now=now,
        actor=actor,
    )


def _sent(stage: Stage, made: Synthesis, sender: int, now: datetime) -> None:
    """It goes to all who should have it; half of them will say that they have it."""
    person = stage.cast.by_key(sender)
    sent = syntheses.distribute(synthesis=made, now=now, actor=stage.cast.actor(person, now))
    for number, one in enumerate(sent):
        if number % 2 and not stage.cast.is_persona(one.person_id):
            when = after(now, days=4 + number % 9)
            stage.agenda.at(when, partial(_received, stage, made, one))


def _received(stage: Stage, made: Synthesis, sending: Sending, now: datetime) -> None:
    person = stage.cast.by_key(sending.person_id)
    syntheses.receive(synthesis=made, now=now, actor=stage.cast.actor(person, now))


def end_of_year(stage: Stage, now: datetime) -> None:
    """Every team has completed its work; the campaign is closed."""
    pilot = stage.cast.actor(stage.cast.persona("pilote-national"), now)
    for crew in stage.everyone():
        groups.complete_team(team=crew.team, now=now, actor=pilot)
    campaigns.close_campaign(campaign=stage.held, now=now, actor=pilot)
