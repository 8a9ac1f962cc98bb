"""Teams write: drafts in two goes, shared, tested, proposed, validated, published; one is taken up
elsewhere, one is withdrawn."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from traam.access.actor import Actor
from traam.catalogue.publishing import productions as publishing
from traam.config.demonstration import crossing, finding, leaving, trying
from traam.config.demonstration.agenda import after
from traam.config.demonstration.crews import Crew
from traam.config.demonstration.plan import Reach
from traam.config.demonstration.stage import Stage
from traam.config.demonstration.telling import (
    adapted_words,
    draft_of,
    grid_file,
    grid_of,
    more_of,
)
from traam.config.demonstration.words import Labels
from traam.productions import actions as productions
from traam.productions.actions import Write
from traam.productions.models import Production
from traam.productions.rules.life import FileUse, ProductionState

SPACE = "https://demonstration.invalid/espace"
OBSOLETE = (
    "Le service en ligne sur lequel reposait le scénario a fermé : il ne peut plus être repris "
    "tel quel."
)
FILE_NAME = "grille-observation.csv"


def set_to_work(stage: Stage, slug: str, now: datetime) -> None:
    """What the teams of a theme have to do, week after week."""
    for number, crew in enumerate(stage.crews[slug]):
        if stage.plot.reach == Reach.CLOSED:
            _a_whole_year(stage, crew, number, now)
        else:
            _a_first_term(stage, crew, number, now)
    if stage.plot.reach == Reach.CLOSED:
        stage.agenda.at(after(now, days=118), partial(crossing.plan, stage, slug))
        stage.agenda.at(after(now, days=150), partial(crossing.plan, stage, slug))
        stage.agenda.at(after(now, days=100), partial(leaving.leave, stage, slug))
        stage.agenda.at(after(now, days=130), partial(_take_up_one, stage, slug))
        stage.agenda.at(after(now, days=225), partial(finding.find, stage, slug))
        if slug == stage.plot.themes[1]:
            stage.agenda.at(after(now, days=300), partial(withdraw_one, stage, slug))
    elif not stage.dice(slug).number("plan", below=3) or stage.is_of_personas(slug):
        stage.agenda.at(after(now, days=45), partial(crossing.plan, stage, slug))


def _a_whole_year(stage: Stage, crew: Crew, number: int, now: datetime) -> None:
    begun = after(now, days=28 + number, hours=number)
    stage.agenda.at(begun, partial(draft, stage, crew, 0))
    if not number % 2:
        stage.agenda.at(after(begun, days=40), partial(draft, stage, crew, 1))
    stage.agenda.at(after(now, days=96 + number), partial(trying.try_own, stage, crew))
    stage.agenda.at(after(now, days=205 + number), partial(_propose_all, stage, crew))


def _a_first_term(stage: Stage, crew: Crew, number: int, now: datetime) -> None:
    dice = stage.dice(crew.slug, crew.code, "work")
    begun = after(now, days=24 + dice.number("begun", below=10), hours=number)
    is_of_persona = stage.is_of_personas(crew.slug)
    shared = is_of_persona or dice.number("shared", below=3) > 0
    stage.agenda.at(begun, partial(draft, stage, crew, 0, shared=shared))
    if is_of_persona and stage.cast.is_persona(crew.referent.pk):
        stage.agenda.at(after(begun, days=2), partial(draft, stage, crew, 1))
    if shared and (is_of_persona or not dice.number("tried", below=3)):
        stage.agenda.at(after(begun, days=12), partial(trying.try_own, stage, crew))


# --- writing ---------------------------------------------------------------------------------


def labels_of(stage: Stage, crew: Crew, number: int) -> Labels:
    """The words of what a team tries: its second production is for its other level."""
    project = crew.project
    levels, tools = (project.level, project.other_level), (project.tool, project.other_tool)
    return Labels(
        level=stage.label("levels", levels[number % 2]),
        other_level=stage.label("levels", levels[1 - number % 2]),
        tool=stage.label("tools", tools[number % 2]),
        other_tool=stage.label("tools", tools[1 - number % 2]),
        discipline=stage.label("disciplines", project.discipline),
        academy=stage.academies[crew.code].name,
        author=crew.referent.name,
    )


def level_of(crew: Crew, number: int) -> str:
    return (crew.project.level, crew.project.other_level)[number % 2]


def draft(stage: Stage, crew: Crew, number: int, now: datetime, *, shared: bool = True) -> None:
    """A production is begun by a teacher; the référent finishes it; the group then reads it."""
    writer = crew.teacher(number + 1)
    actor = stage.cast.actor(writer, now)
    kind = "scenario" if number == 0 else "outil"
    made = productions.begin(team=crew.team, kind=kind, now=now, actor=actor)
    words, labels = stage.theme_words(crew.slug), labels_of(stage, crew, number)
    codes = {"levels": [level_of(crew, number)]}
    tell = draft_of if number == 0 else grid_of
    fields = tell(words, crew.project.situation, labels, codes)
    names = [*fields]
    half = {name: fields[name] for name in names[:5]}
    rest = {name: fields[name] for name in names[5:]}
    _save(made, half, now=now, actor=actor)
    crew.productions.append(made)
    if shared:
        stage.agenda.at(after(now, days=9), partial(_share, stage, crew, made, rest))


def _save(made: Production, fields: Mapping[str, object], *, now: datetime, actor: Actor) -> None:
    writes = [Write(name, value) for name, value in fields.items()]
    productions.save(production=made, writes=writes, now=now, actor=actor)


def _share(
    stage: Stage, crew: Crew, made: Production, rest: dict[str, object], now: datetime
) -> None:
    actor = stage.cast.actor(crew.referent, now)
    productions.add_author(production=made, person=crew.referent, now=now, actor=actor)
    _save(made, rest, now=now, actor=actor)
    productions.share(production=made, now=now, actor=actor)


# --- publishing ------------------------------------------------------------------------------


def _propose_all(stage: Stage, crew: Crew, now: datetime) -> None:
    if crew.is_gone:
        return
    for number, made in enumerate(crew.productions):
        propose(stage, crew, number, made, now)
        stage.agenda.at(after(now, days=6), partial(_validate, stage, crew, made))


def propose(stage: Stage, crew: Crew, number: int, made: Production, now: datetime) -> None:
    """Nothing lacks any more: the référent proposes it to the inspector."""
    actor = stage.cast.actor(crew.referent, now)
    source = crew.taken.get(made.code)  # what is taken up is for the team's own level
    told, version = (source, 0) if source else (crew.project, number)
    labels = labels_of(stage, crew, version)
    dice = stage.dice(crew.slug, crew.code, number)
    more = more_of(told.situation, labels, level_of(crew, version), dice)
    _save(made, more, now=now, actor=actor)
    if number == 0:
        url = f"{SPACE}/{crew.slug}/{crew.code}"
        productions.add_link(
            production=made, url=url, label="Espace de l’académie", now=now, actor=actor
        )
    else:
        productions.add_file(
            production=made,
            content=grid_file(told.situation),
            name=FILE_NAME,
            use=FileUse.ATTACHMENT,
            now=now,
            actor=actor,
        )
    productions.propose(production=made, now=now, actor=actor)


def validate(stage: Stage, crew: Crew, made: Production, now: datetime) -> None:
    """The inspector of the team validates."""
    actor = stage.cast.actor(crew.inspector, now)
    productions.validate(production=made, now=now, actor=actor)


def _validate(stage: Stage, crew: Crew, made: Production, now: datetime) -> None:
    validate(stage, crew, made, now)
    stage.agenda.at(after(now, days=5), partial(_publish, stage, crew, made))


def _publish(stage: Stage, crew: Crew, made: Production, now: datetime) -> None:
    publishing.publish(production=made, now=now, actor=stage.leader(crew.slug, now))


def take_up(stage: Stage, crew: Crew, origin: Crew, now: datetime) -> Production:
    """A team starts from what another wrote, for its own level, and says what it changed."""
    actor = stage.cast.actor(crew.referent, now)
    labels = labels_of(stage, crew, 0)
    made = productions.take_up(
        source=origin.productions[0],
        team=crew.team,
        adapted=adapted_words(labels),
        now=now,
        actor=actor,
    )
    words, codes = stage.theme_words(crew.slug), {"levels": [crew.project.level]}
    fields = draft_of(words, origin.project.situation, labels, codes)
    fields["title"] += f" : la reprise de {labels.academy}"
    _save(made, fields, now=now, actor=actor)
    crew.productions.append(made)
    crew.taken[made.code] = origin.project
    return made


def _take_up_one(stage: Stage, slug: str, now: datetime) -> None:
    """In the first theme, the second team takes up what the first one wrote."""
    crews = stage.crews[slug]
    if slug == stage.plot.themes[0] and len(crews) > 1:
        made = take_up(stage, crews[1], crews[0], now)
        actor = stage.cast.actor(crews[1].referent, now)
        productions.share(production=made, now=now, actor=actor)


def withdraw_one(stage: Stage, slug: str, now: datetime) -> None:
    """A published production can be used no more: its notice becomes a tombstone."""
    rows = Production.objects.filter(
        team__group__theme=stage.themes[slug], state=ProductionState.PUBLISHED, taken_by=None
    )
    made = rows.order_by("code", "pk").last()
    if made is not None:
        actor = stage.leader(slug, now)
        publishing.withdraw(production=made, reason=OBSOLETE, now=now, actor=actor)
