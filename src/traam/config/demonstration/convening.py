"""The meetings of a group and of a team: convened, answered, held; what is kept of them."""

import uuid
from datetime import datetime, timedelta
from functools import partial

from traam.access.actor import Actor
from traam.access.roles import Role
from traam.config.demonstration.agenda import after
from traam.config.demonstration.crews import Crew
from traam.config.demonstration.plan import Reach
from traam.config.demonstration.stage import Stage
from traam.config.demonstration.telling import AGENDAS, minutes_of
from traam.groups import actions as groups
from traam.groups.actions import space
from traam.groups.actions.meetings import Details
from traam.groups.models import Meeting, NationalGroup, Team
from traam.groups.queries.meetings import Person, people_of
from traam.groups.rules.life import Answer, Attendance, Heading, MeetingMode, PointKind
from traam.kit.clock import day_of

WORK = "Préparation commune des séances et de la grille d’observation"
ROOM = "https://visio.demonstration.invalid/salle"
BRIEF = "https://demonstration.invalid/cahier-des-charges"
FIRST, SECOND = "Réunion de lancement", "Point d’étape à distance"
SPACE = uuid.UUID("7a0c1d5e-9f64-4f0e-9f2f-5d2f3a6f7b10")  # of what has a key, in this play


def key_of(*names: object) -> uuid.UUID:
    """The same key for the same names."""
    return uuid.uuid5(SPACE, "|".join(map(str, names)))


def first(stage: Stage, slug: str, now: datetime) -> None:
    """The launch meeting of a group, on site; then a document, a message, what was decided."""
    group = stage.group(slug)
    actor = stage.leader(slug, now)
    link = f"{BRIEF}/{group.code}"
    title = "Cahier des charges de la campagne"
    space.add_document(
        space=group,
        heading=Heading.BRIEF,
        title=title,
        brought=None,
        link=link,
        now=now,
        actor=actor,
    )
    starts = (now + timedelta(days=14)).replace(minute=0)
    convene(stage, slug, FIRST, starts, now)
    if stage.plot.reach == Reach.CLOSED:
        later = after(now, days=130)
        stage.agenda.at(later, partial(_second, stage, slug))


def _second(stage: Stage, slug: str, now: datetime) -> None:
    convene(stage, slug, SECOND, now + timedelta(days=12), now)


def convene(stage: Stage, slug: str, title: str, starts: datetime, now: datetime) -> Meeting:
    """Everyone of the group is convened; the référents answer; it is held."""
    group = stage.group(slug)
    is_remote = title != FIRST
    details = Details(
        title=title,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2 if is_remote else 6),
        mode=MeetingMode.REMOTE if is_remote else MeetingMode.ON_SITE,
        location="" if is_remote else "Paris, site de la direction du numérique, salle 3",
        link=f"{ROOM}/{group.code}" if is_remote else "",
        agenda=AGENDAS[title],
    )
    meeting = _convened(group, details, now=now, actor=stage.leader(slug, now))
    stage.agenda.at(after(now, days=2), partial(_answer, stage, slug, meeting))
    stage.agenda.at(details.ends_at + timedelta(hours=1), partial(_hold, stage, slug, meeting))
    return meeting


def convene_team(stage: Stage, crew: Crew, starts: datetime, now: datetime) -> Meeting:
    """A meeting of a team, at a distance, by its référent."""
    details = Details(
        title="Réunion d’équipe : choisir les prochaines classes",
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        mode=MeetingMode.REMOTE,
        link=f"{ROOM}/{crew.team.code}",
        agenda=AGENDAS["team"],
    )
    return _convened(crew.team, details, now=now, actor=stage.cast.actor(crew.referent, now))


def _convened(
    owner: NationalGroup | Team, details: Details, *, now: datetime, actor: Actor
) -> Meeting:
    people = [one.key for one in people_of(owner, day_of(now)) if _is_called(one, owner)]
    made = groups.propose(space=owner, details=details, people=people, now=now, actor=actor)
    return groups.convene(meeting=made, now=now, actor=actor)


def _is_called(person: Person, owner: NationalGroup | Team) -> bool:
    """A national meeting gathers those who lead the theme and speak for a team; all of a team."""
    return isinstance(owner, Team) or person.role != Role.TEACHER.label


def _answer(stage: Stage, slug: str, meeting: Meeting, now: datetime) -> None:
    """Each référent answers; one in seven cannot come."""
    for crew in stage.crews[slug]:
        absent = not stage.dice(slug, crew.code, meeting.title).number(below=7)
        groups.answer(
            meeting=meeting,
            said=Answer.DECLINED if absent else Answer.ACCEPTED,
            now=now,
            actor=stage.cast.actor(crew.referent, now),
        )


def _hold(stage: Stage, slug: str, meeting: Meeting, now: datetime) -> None:
    """Who came, what was said, what is decided."""
    actor = stage.leader(slug, now)
    rows = meeting.convened.order_by("pk").values_list("person", "answer")
    attendance = {
        person: Attendance.EXCUSED if said == Answer.DECLINED else Attendance.PRESENT
        for person, said in rows
    }
    groups.hold(meeting=meeting, attendance=attendance, now=now, actor=actor)
    words = stage.theme_words(slug)
    sections = groups.begin_minutes(meeting=meeting, now=now, actor=actor)
    for section, text in zip(sections, minutes_of(words, meeting.title), strict=False):
        groups.save_section(section=section, text=text, base=0, now=now, actor=actor)
    _decide(stage, slug, meeting, now)


def _decide(stage: Stage, slug: str, meeting: Meeting, now: datetime) -> None:
    """A decision, an action for a référent, a message to the group."""
    group, actor = stage.group(slug), stage.leader(slug, now)
    crew = stage.crews[slug][0]
    dice = stage.dice(slug, meeting.title)
    axis = dice.one(stage.theme_words(slug).axes, "axis")
    space.add_point(
        space=group,
        kind=PointKind.DECISION,
        text=f"Chaque équipe retient au plus trois indicateurs ; l’axe « {axis} » vient d’abord.",
        owner=None,
        due_on=None,
        meeting=meeting,
        now=now,
        actor=actor,
    )
    space.add_point(
        space=group,
        kind=PointKind.ACTION,
        text="Proposer une grille d’observation d’une page, commune à toutes les équipes.",
        owner=crew.referent,
        due_on=day_of(now) + timedelta(days=30),
        meeting=meeting,
        now=now,
        actor=actor,
    )
    space.write_message(
        space=group,
        subject=f"Après « {meeting.title.lower()} » : la grille commune",
        text=(
            "Voici la première version de la grille. Dites ce qui manque pour vos classes : "
            f"nous regarderons surtout {crew.project.situation.seen}."
        ),
        key=key_of(group.code, meeting.title, "message"),
        now=now,
        actor=stage.cast.actor(crew.referent, now),
    )
