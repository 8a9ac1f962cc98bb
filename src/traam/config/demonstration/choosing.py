"""The academies are chosen: reviews are given, the choice is computed, taken and announced."""

from datetime import datetime
from functools import partial

from traam.applications import actions as applications
from traam.campaigns.rules.calendar import Milestone
from traam.config.demonstration.agenda import after
from traam.config.demonstration.plan import Reach
from traam.config.demonstration.stage import Stage
from traam.config.demonstration.words import comment
from traam.selection.actions import assigning, cases, reviewing
from traam.selection.models import Review
from traam.selection.rules.life import ReviewState

BEGUN_OF = 3  # where reviews are under way, one in so many is given


def assign(stage: Stage, now: datetime) -> None:
    """Cases are opened, examiners checked, reviews shared out; then each reviewer reads."""
    pilot = stage.cast.actor(stage.cast.persona("pilote-national"), now)
    campaign = stage.held
    campaign.refresh_from_db()
    applications.clear_examiners(campaign=campaign, now=now, actor=pilot)
    cases.open_cases(campaign=campaign, now=now, actor=pilot)
    assigning.assign_all(campaign=campaign, now=now, actor=pilot)
    due = stage.plot.dates[Milestone.REVIEWS_DUE]
    days = max(1, (due - now).days - 4)
    reviews = Review.objects.filter(case__campaign=campaign).select_related(
        "reviewer", "case__application"
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
    held = reviewing.begin(review=review, now=now, actor=actor)
    if held.state != ReviewState.BEGUN:
        return
    quality = stage.dice(application.code, "quality").number(below=7)
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
        review=held, scores=scores, comment=comment(total=total, dice=dice), now=now, actor=actor
    )
    reviewing.submit(review=held, now=now, actor=actor)
