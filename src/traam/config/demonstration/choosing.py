"""The academies are chosen: reviews are given, the choice is computed, taken and announced."""

from datetime import datetime
from functools import partial

from traam.applications import actions as applications
from traam.applications.models import Application, Examiner
from traam.applications.rules.life import Standing
from traam.campaigns.rules.calendar import Milestone
from traam.config.demonstration.agenda import after
from traam.config.demonstration.plan import Reach
from traam.config.demonstration.stage import LILLE, NANTES, Stage, delegate_of
from traam.config.demonstration.words import comment
from traam.selection.actions import (
    announcing,
    assigning,
    cases,
    choosing,
    deciding,
    participating,
    reviewing,
    taking,
)
from traam.selection.models import Decision, Participation, Review
from traam.selection.rules.life import DecisionKind, ParticipationState

PINNED = "Conflit confirmé : même académie, ou même région académique."
DEPARTURE = "Le groupe y gagne un niveau qui lui manquait, pour un faible écart de points."
MORE = "Une place de plus est donnée : le projet complète les niveaux du groupe."
GONE = "Deux enseignant·es de l’équipe ont changé d’académie ; il ne reste qu’une classe."
CALLED = "Première de la liste complémentaire."
BEGUN_OF = 3  # where reviews are under way, one in so many is given


def assign(stage: Stage, now: datetime) -> None:
    """Cases are opened, examiners checked, reviews shared out; then each reviewer reads."""
    pilot = stage.cast.actor(stage.cast.persona("pilote-national"), now)
    campaign = stage.held
    campaign.refresh_from_db()
    applications.clear_examiners(campaign=campaign, now=now, actor=pilot)
    for row in (
        Examiner.objects.filter(application__campaign=campaign, standing=Standing.FOUND)
        .select_related("application", "person")
        .order_by("application__code", "person__email", "pk")
    ):
        applications.pin_conflict(
            application=row.application, person=row.person, reason=PINNED, now=now, actor=pilot
        )
    cases.open_cases(campaign=campaign, now=now, actor=pilot)
    assigning.assign_all(campaign=campaign, now=now, actor=pilot)
    due = stage.plot.dates[Milestone.REVIEWS_DUE]
    days = max(1, (due - now).days - 4)
    reviews = Review.objects.filter(case__campaign=campaign).select_related(
        "reviewer", "case__application__academy"
    )
    for review in reviews.order_by("case__application__code", "reviewer__email", "pk"):
        dice = stage.dice(review.case.application.code, review.reviewer.email)
        if stage.plot.reach == Reach.REVIEWS and dice.number("given", below=BEGUN_OF):
            continue
        when = after(now, days=2 + dice.number("day", below=days), hours=dice.number(below=10))
        stage.agenda.at(when, partial(_read, stage, review))


def _read(stage: Stage, review: Review, now: datetime) -> None:
    """One reviewer gives one review; a severe one is severe throughout."""
    application = review.case.application
    actor = stage.cast.actor(review.reviewer, now)
    quality = _quality(stage, application)
    severity = stage.dice(review.reviewer.email, "severity").number(below=3) - 1
    dice = stage.dice(application.code, review.reviewer.email)
    grid = stage.held.call_rules.grid
    scores = {
        one.key: max(0, min(one.maximum, (quality + dice.number(one.key, below=4)) // 2 - severity))
        for one in grid.criteria
    }
    weight = sum(one.weight for one in grid.criteria) or 1
    total = 20 * sum(scores[one.key] * one.weight / one.maximum for one in grid.criteria) / weight
    reviewing.fill(
        review=review, scores=scores, comment=comment(total=total, dice=dice), now=now, actor=actor
    )
    reviewing.submit(review=review, now=now, actor=actor)


def _quality(stage: Stage, application: Application) -> int:
    """0-6; the teams of the personas write well, so that there is a year to be followed."""
    if application.academy.code in (LILLE, NANTES):
        return 6
    return stage.dice(application.code, "quality").number(below=7)


def deliberate(stage: Stage, now: datetime) -> None:
    """The choice is computed and taken; a few themes decide otherwise, and say why."""
    if not stage.plot.reach.is_chosen:
        return
    pilot = stage.cast.actor(stage.cast.persona("pilote-national"), now)
    variant = choosing.compute(
        campaign=stage.held, name="Proposition de référence", now=now, actor=pilot
    )
    taking.take_proposal(variant=variant, now=now, actor=pilot)
    left_out = Decision.objects.filter(
        case__campaign=stage.held, kind=DecisionKind.RESERVE, rank=1
    ).select_related("case__application")
    followed = stage.themes[stage.followed].pk  # there first: the other themes keep a reserve
    rows = left_out.order_by("case__application__code")
    for one in sorted(rows, key=lambda row: row.case.theme_id != followed)[
        : 1 + len(stage.themes) // 6
    ]:
        deciding.decide(
            case=one.case,
            kind=DecisionKind.RETAINED,
            remarks="Précisez avec le groupe national ce qui sera observé, et par qui.",
            departure=DEPARTURE,
            version=one.version,
            now=now,
            actor=pilot,
        )


def announce(stage: Stage, now: datetime) -> None:
    """Everything is told at once; where more are retained than planned, it is said why."""
    if not stage.plot.reach.is_chosen:
        return
    pilot = stage.cast.actor(stage.cast.persona("pilote-national"), now)
    foreseen = announcing.foresee_announcement(campaign=stage.held, now=now, actor=pilot)
    reasons = {one.code: MORE for one in foreseen.to_explain}
    announcing.announce(campaign=stage.held, now=now, actor=pilot, reasons=reasons)
    stage.agenda.at(after(now, days=20), partial(_drop_out, stage))


def _drop_out(stage: Stage, now: datetime) -> None:
    """An academy cannot carry on: the first of the reserve is called, and accepts."""
    taking_part = Participation.objects.filter(
        theme__campaign=stage.held, state=ParticipationState.RETAINED
    ).exclude(academy__code__in=(LILLE, NANTES))
    leaving_of = {one.theme_id: one for one in taking_part.order_by("-academy__code", "pk")}
    reserves = Participation.objects.filter(
        theme__campaign=stage.held, state=ParticipationState.RESERVE
    ).select_related("theme", "academy")
    for reserve in reserves.order_by("decision__rank", "theme__code", "pk"):
        if leaving := leaving_of.get(reserve.theme_id):
            _replace(stage, leaving, reserve, now)
            return


def _replace(stage: Stage, leaving: Participation, reserve: Participation, now: datetime) -> None:
    pilot = stage.cast.actor(stage.cast.persona("pilote-national"), now)
    participating.withdraw_participation(participation=leaving, reason=GONE, now=now, actor=pilot)
    called = participating.call_reserve(participation=reserve, reason=CALLED, now=now, actor=pilot)
    stage.agenda.at(after(now, days=3), partial(_accept, stage, called))


def _accept(stage: Stage, called: Participation, now: datetime) -> None:
    delegate = delegate_of(stage, called.academy.code, now)
    participating.accept_place(participation=called, now=now, actor=stage.cast.actor(delegate, now))
