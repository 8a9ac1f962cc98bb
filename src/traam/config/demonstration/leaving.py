"""An academy drops out in mid-year: its trials are given up, its team withdraws, all is kept."""

from datetime import datetime

from traam.config.demonstration.stage import LILLE, NANTES, Stage, delegate_of
from traam.groups import actions as groups
from traam.trials import actions as trials
from traam.trials.models import Trial
from traam.trials.rules.life import OPEN

LEAST = 4  # teams of a group that can lose one
RANK = 3  # of the theme that loses one
WHY = "Deux enseignant·es sur quatre ont changé d’académie à Noël et ne sont pas remplacé·es."
GIVEN_UP = "L’équipe se retire du groupe en cours d’année."


def leave(stage: Stage, slug: str, now: datetime) -> None:
    """The last team of a large group goes; the delegate says why."""
    crews = stage.crews[slug]
    may_go = [one for one in crews if one.code not in (LILLE, NANTES)]
    if stage.plot.themes.index(slug) != RANK or len(crews) < LEAST or not may_go:
        return
    crew = may_go[-1]
    open_ = Trial.objects.filter(team=crew.team, state__in=sorted(OPEN))
    for one in open_.select_related("teacher").order_by("code", "pk"):
        actor = stage.cast.actor(one.teacher, now)
        trials.abandon(trial=one, reason=GIVEN_UP, now=now, actor=actor)
    delegate = stage.cast.actor(delegate_of(stage, crew.code, now), now)
    groups.withdraw_team(team=crew.team, reason=WHY, now=now, actor=delegate)
    crew.is_gone = True
    crews.remove(crew)
    stage.cast.forget()
