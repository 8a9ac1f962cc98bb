"""The groups are launched: a team for each retained academy, its people, its hours, its dates."""

from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from traam.access.roles import Role
from traam.config.demonstration import convening, working
from traam.config.demonstration.agenda import after
from traam.config.demonstration.cast import PERSONA_OF, address_of
from traam.config.demonstration.crews import Crew
from traam.config.demonstration.plan import Reach
from traam.config.demonstration.stage import LILLE, Stage, delegate_of, project_of
from traam.groups import actions as groups
from traam.groups.actions import hours
from traam.groups.actions.members import Address
from traam.groups.joining import About
from traam.groups.models import Member, Team
from traam.groups.queries.hours import account_of
from traam.people.models import User

FIRST, SECOND = "Première tranche", "Seconde tranche"
TRANCHES = {FIRST: Decimal(20), SECOND: Decimal(30)}  # `process.md` §3.4
QUARTER = Decimal("0.25")
NOT_YET = 9  # of so many teams at work, one has still someone to invite
PARTNER = "Chef d’établissement, invité par l’équipe"


def launch(stage: Stage, now: datetime) -> None:
    """Every retained academy is at work; the groups have their dates, then their people."""
    pilot = stage.cast.actor(stage.cast.persona("pilote-national"), now)
    done = groups.launch_all(campaign=stage.held, now=now, actor=pilot)
    stage.cast.forget()
    slugs = {theme.pk: slug for slug, theme in stage.themes.items()}
    for number, team in enumerate(done.teams):
        slug = slugs[team.group.theme_id]
        when = after(now, days=2 + number % 5, hours=number % 7)
        stage.agenda.at(when, partial(gather, stage, slug, team))
    for slug in stage.plot.themes:
        if any(team.group.theme_id == stage.themes[slug].pk for team in done.teams):
            groups.set_defaults(group=stage.group(slug), now=now, actor=stage.leader(slug, now))
            stage.agenda.at(after(now, days=9), partial(convening.first, stage, slug))
    stage.agenda.at(after(now, days=8), partial(_work, stage))
    stage.agenda.at(after(now, days=18), partial(_notify, stage, FIRST))


def _work(stage: Stage, now: datetime) -> None:
    """Once everyone is there, each team begins what it has to do."""
    stage.cast.forget()
    for slug, crews in stage.crews.items():
        crews.sort(key=lambda one: one.code)
        working.set_to_work(stage, slug, now)


# --- people ----------------------------------------------------------------------------------


def gather(stage: Stage, slug: str, team: Team, now: datetime) -> None:
    """The référent invites those whom the application names; the inspector is there already."""
    assert team.academy is not None  # every participant of the demonstration is an academy
    code = team.academy.code
    rows = list(team.members.select_related("person").order_by("pk"))
    found = {one.role: one.person for one in reversed(rows) if one.person is not None}
    crew = Crew(
        slug=slug,
        code=code,
        team=team,
        project=project_of(stage, slug, code),
        referent=found[Role.REFERENT],
        inspector=found[Role.INSPECTOR],
    )
    named = [one for one in rows if one.person is None]
    if stage.plot.reach == Reach.AT_WORK and _keeps_one_for_later(stage, crew):
        named = named[:-1]
    for one in named:
        crew.teachers.append(_invited(stage, crew, one, now))
    if code == LILLE:
        _welcome_guests(stage, crew, now)
    stage.crews[slug].append(crew)
    stage.cast.forget()


def _keeps_one_for_later(stage: Stage, crew: Crew) -> bool:
    is_of_persona = crew.referent == stage.cast.persona("referent-lille")
    return is_of_persona or not stage.dice(crew.slug, crew.code).number("later", below=NOT_YET)


def _invited(stage: Stage, crew: Crew, member: Member, now: datetime) -> User:
    """This teacher has an account; their level is said, as the plan of cross-tests reads it."""
    number = int(member.source.partition(":")[2]) + 1
    label = stage.label("disciplines", crew.project.discipline)
    name = f"Enseignant·e {number}, {label} ({stage.academies[crew.code].name})"
    slug = PERSONA_OF.get((Role.TEACHER, crew.code))
    is_persona = number == 1 and slug is not None and crew.project.discipline == "MATHS"
    email = stage.cast.persona(slug).email if is_persona and slug else address_of(name)
    actor = stage.cast.actor(crew.referent, now)
    made = groups.invite_named(
        member=member, address=Address(email=email, name=name), now=now, actor=actor
    )
    assert made.person is not None  # just invited
    if number <= 3 and stage.plot.reach == Reach.CLOSED:
        third = stage.dice(crew.slug, crew.code).one(stage.theme_words(crew.slug).levels, "third")
        levels = (crew.project.level, crew.project.other_level, third)
        about = About(
            discipline=made.discipline,
            level=levels[number - 1],
            school=made.school,
            school_type=made.school_type,
            is_newcomer=made.is_newcomer,
        )
        groups.describe_member(member=made, about=about, now=now, actor=actor)
    return made.person


def _welcome_guests(stage: Stage, crew: Crew, now: datetime) -> None:
    """In Lille, in mathematics: the correspondent has a class too, a head of school looks on."""
    if crew.referent != stage.cast.persona("referent-lille"):
        return
    actor = stage.cast.actor(crew.referent, now)
    guests = (("correspondant-lille", Role.TEACHER), ("partenaire-lille", Role.PARTNER))
    for slug, role in guests:
        person = stage.cast.persona(slug)
        is_teacher = role is Role.TEACHER
        groups.add_member(
            team=crew.team,
            role=role,
            address=Address(email=person.email, name=person.name),
            about=About(discipline=crew.project.discipline if is_teacher else ""),
            now=now,
            actor=actor,
        )
        if is_teacher:
            crew.teachers.append(person)
    groups.share(team=crew.team, now=now, actor=actor)


# --- hours -----------------------------------------------------------------------------------


def _notify(stage: Stage, label: str, now: datetime) -> None:
    """Each academy notes its tranche, and shares it between its teams."""
    by_academy: dict[str, list[Crew]] = {}
    for crew in stage.everyone():
        by_academy.setdefault(crew.code, []).append(crew)
    total = TRANCHES[label]
    for code, crews in sorted(by_academy.items()):
        delegate = stage.cast.actor(delegate_of(stage, code, now), now)
        hours.note_tranche(
            campaign=stage.held,
            academy=stage.academies[code],
            label=label,
            hours=total,
            notified_on=now.date(),
            now=now,
            actor=delegate,
        )
        each = (total / len(crews)).quantize(Decimal(1), rounding="ROUND_FLOOR")
        for crew in crews:
            hours.allot(team=crew.team, hours=each, reason="", now=now, actor=delegate)
            drawn = not stage.dice(crew.slug, crew.code).number("hours", below=3)
            if drawn or stage.is_of_personas(crew.slug):
                when = after(now, days=20, hours=len(crew.slug))
                stage.agenda.at(when, partial(spend, stage, crew, each / 2))
    if label == FIRST and stage.plot.reach == Reach.CLOSED:
        stage.agenda.at(after(now, days=220), partial(_notify, stage, SECOND))


def spend(stage: Stage, crew: Crew, total: Decimal, now: datetime, *, agreed: bool = True) -> None:
    """The référent declares the hours of a work in common, as far as the team has some left; the
    inspector attests them later."""
    work = hours.Work(on=(now - timedelta(days=3)).date(), what=convening.WORK)
    actor = stage.cast.actor(crew.referent, now)
    rounded = min(total, account_of(crew.team).left).quantize(QUARTER, rounding="ROUND_FLOOR")
    if rounded < QUARTER:
        return
    made = hours.split(team=crew.team, hours=rounded, work=work, now=now, actor=actor)
    if agreed:
        lines = [one.pk for one in made]
        stage.agenda.at(after(now, days=6), partial(_attest, stage, crew, lines))


def _attest(stage: Stage, crew: Crew, lines: list[int], now: datetime) -> None:
    actor = stage.cast.actor(crew.inspector, now)
    hours.attest(team=crew.team, lines=lines, now=now, actor=actor)
