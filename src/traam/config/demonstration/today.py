"""What is under way these very days: so that whoever comes in has something to do."""

from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from traam.config.demonstration import convening, launching, trying, working
from traam.config.demonstration.agenda import after
from traam.config.demonstration.crews import Crew
from traam.config.demonstration.stage import NANTES, Stage
from traam.groups.actions import space
from traam.people.models import User

BEFORE = timedelta(days=5)  # today
NEXT = timedelta(days=14)  # from then to the next meeting of the groups
DECLARED = Decimal(2)  # hours


def these_days(stage: Stage, now: datetime) -> None:
    """The groups are convened again; the teams of the personas ask, propose, declare."""
    for slug, crews in stage.crews.items():
        if not crews:
            continue
        starts = (now + NEXT).replace(hour=13, minute=0)
        convening.convene(stage, slug, convening.SECOND, starts, now)
        if stage.is_of_personas(slug):
            for crew in crews:
                if stage.cast.is_persona(crew.referent.pk):
                    _of_personas(stage, crew, now)


def _of_personas(stage: Stage, crew: Crew, now: datetime) -> None:
    starts = (now + NEXT - timedelta(days=4)).replace(hour=16, minute=30)
    convening.convene_team(stage, crew, starts, now)
    launching.spend(stage, crew, DECLARED, now, agreed=False)
    _ask(stage, crew, now)
    if crew.productions:
        working.propose(stage, crew, 0, crew.productions[0], now)
    if crew.code == NANTES and crew.productions:
        later = after(now, days=2)
        stage.agenda.at(later, partial(working.validate, stage, crew, crew.productions[0]))
        for made in crew.productions[1:2]:
            working.propose(stage, crew, 1, made, now)
    correspondent = stage.cast.persona("correspondant-lille")
    if correspondent in crew.people and crew.productions:
        _prepare(stage, crew, correspondent, now)


def _ask(stage: Stage, crew: Crew, now: datetime) -> None:
    space.write_message(
        space=crew.team,
        subject="Qui observe chez qui, avant les vacances ?",
        text=(
            "Deux classes restent à observer. Dites ici vos créneaux ; la grille est dans "
            f"l’espace de l’équipe, et l’on y note {crew.project.situation.seen}."
        ),
        key=convening.key_of(crew.team.code, "observe"),
        now=now,
        actor=stage.cast.actor(crew.referent, now),
    )


def _prepare(stage: Stage, crew: Crew, teacher: User, now: datetime) -> None:
    """A trial to be prepared by this teacher."""
    number = crew.people.index(teacher)
    sought = trying.sought_by(number)
    trying.begin(stage, crew, crew.productions[-1], 1, number=number, sought=sought, now=now)
