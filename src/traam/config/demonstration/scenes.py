"""A campaign is prepared, signed, called and answered, through the real actions."""

from datetime import datetime
from functools import partial

from traam.access.actor import Actor
from traam.access.roles import Role
from traam.applications import actions as applications
from traam.applications.actions import Write
from traam.applications.models import Application
from traam.campaigns import actions as campaigns
from traam.campaigns.models import Campaign, Theme
from traam.campaigns.rules.calendar import Milestone
from traam.campaigns.rules.signing import Side
from traam.campaigns.rules.texts import AxisText, ThemeText
from traam.config.demonstration.agenda import after
from traam.config.demonstration.plan import Reach
from traam.config.demonstration.stage import (
    LILLE,
    NANTES,
    Judges,
    Stage,
    author_of,
    delegate_of,
    inspector_of,
    project_of,
)
from traam.config.demonstration.words import Labels, ThemeWords, answers
from traam.people.models import User

BRIEF = """# Cahier des charges

Les travaux académiques mutualisés font travailler ensemble des équipes d’enseignant·es de plusieurs
académies, **dans leurs classes**, sur une même question.

## Ce qui est attendu

- des séances en classe, observées à partir d’un protocole écrit d’avance ;
- des scénarios que d’autres peuvent reprendre, essayés dans au moins deux académies ;
- une synthèse qui dit à quelles conditions un usage se généralise, résultats négatifs compris.

## Ce qui est donné

Une enveloppe d’heures par académie, répartie par la délégation académique au numérique ; deux
réunions nationales, l’une en présence, l’autre à distance.
"""


OF_PERSONAS = frozenset({"maths-raisonner", "trans-evaluer"})  # judged by them

FOLLOWED = "svt-donnees"  # carried from one campaign into the next, for two years


class Fate:
    """How far an application goes, in days before the end of the call."""

    DEPOSITED, VISA, AGREEMENT, DRAFT, LAPSED, WITHDRAWN = range(6)


# --- preparing -------------------------------------------------------------------------------


def prepare(stage: Stage, now: datetime) -> None:
    """The pilot copies the last campaign, sets the calendar, writes; the experts write themes."""
    pilot = stage.cast.persona("pilote-national")
    actor = stage.cast.actor(pilot, now)
    last = Campaign.objects.filter(is_demonstration=True).order_by("-pk").first()
    made = campaigns.prepare(
        years=stage.plot.years, copy_from=last, now=now, actor=actor, is_demonstration=True
    )
    made = campaigns.set_calendar(campaign=made, dates=stage.plot.dates, now=now, actor=actor)
    low, high = stage.plot.places
    rules = made.call_rules.__class__.read(
        made.call_rules.as_data()
        | {
            "academies_min": low,
            "academies_max": high,
            # 126 teams for thirty academies: each is on four or five of the twenty themes.
            "themes_per_academy_max": 6 if len(stage.plot.themes) > 10 else 3,
        }
    )
    stage.campaign = campaigns.set_rules(campaign=made, rules=rules, now=now, actor=actor)
    if last is None:
        campaigns.write_brief(campaign=made, text=BRIEF, version=0, now=now, actor=actor)
    for slug in stage.plot.themes:
        _add_theme(stage, slug, now)
    stage.agenda.at(after(now, days=6), partial(submit, stage))


def _add_theme(stage: Stage, slug: str, now: datetime) -> None:
    words = stage.theme_words(slug)
    group = slug.removeprefix(words.slug).removeprefix("-")
    title = f"{words.title} (groupe {int(group) + 1})" if group else words.title
    is_followed = slug == FOLLOWED and stage.plot.reach == Reach.AT_WORK
    facts = ThemeText(
        title=title,
        problem=words.problem,
        axes=tuple(AxisText(axis) for axis in words.axes),
        disciplines=words.disciplines,
        cycles=_cycles(words.levels),
        transversal=words.is_transversal,
        duration_years=2 if stage.plot.years.school_years[1:] or is_followed else 1,
        continues=_continued(stage, title) if is_followed else "",
    )
    pilot = stage.cast.persona("pilote-national")
    theme = campaigns.add_theme(
        campaign=stage.held, facts=facts, now=now, actor=stage.cast.actor(pilot, now)
    )
    stage.themes[slug] = theme
    judges = stage.judges[slug] = _judges(stage, words, now)
    for person in judges.experts:
        stage.cast.named(person, Role.EXPERT, theme.code, now=now)
    stage.cast.named(judges.general, Role.GENERAL_INSPECTOR, theme.code, now=now)


def _continued(stage: Stage, title: str) -> str:
    """The code of the theme of this title in the campaign before, or ""."""
    before = Theme.objects.filter(campaign__is_demonstration=True, title=title)
    found = before.exclude(campaign=stage.held).order_by("-pk").first()
    return found.code if found is not None else ""


def _cycles(levels: tuple[str, ...]) -> tuple[str, ...]:
    found = {
        **dict.fromkeys(("CM1", "CM2", "6E"), "C3"),
        **dict.fromkeys(("5E", "4E", "3E", "SEGPA", "ULIS"), "C4"),
        "2GT": "DET",
    }
    return tuple(dict.fromkeys(found.get(level, "TERM") for level in levels))


def _judges(stage: Stage, words: ThemeWords, now: datetime) -> Judges:
    """Three experts and an inspector general; the personas on two themes."""
    label = stage.label("disciplines", stage.discipline(words))
    home = stage.dice(words.slug, "home").some(sorted(stage.academies), 3)
    experts = [
        stage.cast.play(
            f"Expertise DNE, {label} ({stage.academies[code].name})",
            Role.EXPERT,
            now=now,
            academies=frozenset({code}),
        )
        for code in home
    ]
    if words.slug in OF_PERSONAS:
        experts[0] = stage.cast.persona("expert")
        general = stage.cast.persona("inspection-generale")
    else:
        general = stage.cast.play(f"Inspection générale, {label}", Role.GENERAL_INSPECTOR, now=now)
    return Judges(tuple(experts), general)


def submit(stage: Stage, now: datetime) -> None:
    """Everything is submitted, then signed by both sides; one signature may be left to give."""
    pilot = stage.cast.actor(stage.cast.persona("pilote-national"), now)
    campaigns.submit_text(text=stage.held.brief, now=now, actor=pilot)
    for theme in stage.themes.values():
        campaigns.submit_text(text=theme, now=now, actor=pilot)
    stage.agenda.at(after(now, days=9), partial(sign, stage))


def sign(stage: Stage, now: datetime) -> None:
    pilot = stage.cast.actor(stage.cast.persona("pilote-national"), now)
    general = stage.cast.persona("inspection-generale")
    first = next(iter(stage.themes))
    leave = stage.plot.reach == Reach.PREPARATION
    for slug, theme in stage.themes.items():
        campaigns.sign_text(text=theme, side=Side.DNE, now=now, actor=pilot)
        if leave and slug == first:
            continue
        actor = stage.cast.actor(stage.judges[slug].general, now)
        campaigns.sign_text(text=theme, side=Side.IG, now=now, actor=actor)
    campaigns.sign_text(text=stage.held.brief, side=Side.DNE, now=now, actor=pilot)
    if not leave:
        actor = stage.cast.actor(general, now)
        campaigns.sign_text(text=stage.held.brief, side=Side.IG, now=now, actor=actor)


# --- answering -------------------------------------------------------------------------------


def open_call(stage: Stage, now: datetime) -> None:
    """The call opens by itself; the academies will answer."""
    campaigns.open_due(now=now)
    fresh = Theme.objects.in_bulk([theme.pk for theme in stage.themes.values()])
    stage.themes = {slug: fresh[theme.pk] for slug, theme in stage.themes.items()}
    closes = stage.plot.dates[Milestone.CALL_CLOSES]
    length = (closes - now).days
    for slug in stage.plot.themes:
        for number, code in enumerate(_answering(stage, slug)):
            dice = stage.dice(slug, code)
            day = 2 + dice.number("day", below=max(1, length - 12))
            stage.agenda.at(
                after(now, days=day, hours=number % 9),
                partial(answer, stage, slug, code),
            )
    for number, code in enumerate(sorted(stage.academies)):
        stage.agenda.at(
            after(closes, days=-1, hours=-(number % 30)),
            partial(endorse, stage, code),
        )


def _answering(stage: Stage, slug: str) -> list[str]:
    """The academies that answer this theme; Lille and Nantes on the themes of their personas."""
    low, high = stage.plot.answers
    dice = stage.dice(slug, "academies")
    count = low + dice.number("count", below=high - low + 1)
    drawn = dice.some(sorted(stage.academies), count)
    words = stage.theme_words(slug)
    own = [LILLE, NANTES] if {"MATHS", "HG", "DOC"} & {*words.disciplines} else []
    return list(dict.fromkeys([*own, *drawn]))[: max(count, len(own))]


def _fate(stage: Stage, slug: str, code: str) -> int:
    drawn = stage.dice(slug, code, "fate").number(below=20)
    if stage.plot.reach == Reach.CALL:
        early = (Fate.DEPOSITED, Fate.VISA, Fate.VISA, Fate.AGREEMENT, Fate.AGREEMENT, Fate.DRAFT)
        return early[drawn % len(early)]
    if code in (LILLE, NANTES):
        return Fate.DEPOSITED
    return {0: Fate.LAPSED, 1: Fate.WITHDRAWN}.get(drawn, Fate.DEPOSITED)


def answer(stage: Stage, slug: str, code: str, now: datetime) -> None:
    """An academy's team begins, writes in two goes, names its inspector."""
    words, theme, academy = stage.theme_words(slug), stage.themes[slug], stage.academies[code]
    author = author_of(stage, words, code, now)
    actor = stage.cast.actor(author, now)
    made = applications.begin(theme=theme, academy=academy, now=now, actor=actor)
    inspector = inspector_of(stage, words, code, now)
    applications.name_inspector(application=made, person=inspector, now=now, actor=actor)
    said = _said(stage, words, slug, code, author)
    fate = _fate(stage, slug, code)
    half = len(said) // 2
    fields = list(said)
    _write(made, {name: said[name] for name in fields[:half]}, now=now, actor=actor)
    if fate == Fate.DRAFT:
        return
    later = after(now, days=2, hours=3)
    stage.agenda.at(later, partial(_finish, stage, made, said, half, author, fate))
    if fate != Fate.LAPSED:
        stage.agenda.at(after(later, days=2), partial(_agree, stage, made, inspector, author, fate))


def _said(stage: Stage, words: ThemeWords, slug: str, code: str, author: User) -> dict[str, object]:
    project = project_of(stage, slug, code)
    labels = Labels(
        level=stage.label("levels", project.level),
        other_level=stage.label("levels", project.other_level),
        tool=stage.label("tools", project.tool),
        other_tool=stage.label("tools", project.other_tool),
        discipline=stage.label("disciplines", project.discipline),
        academy=stage.academies[code].name,
        author=author.name,
    )
    said = answers(
        theme=words,
        situation=project.situation,
        labels=labels,
        level=project.level,
        dice=stage.dice(slug, code),
        year=stage.plot.years.first or 0,
    )
    return said | {"commitments": [one.key for one in stage.held.call_rules.commitments]}


def _write(
    application: Application, said: dict[str, object], *, now: datetime, actor: Actor
) -> None:
    writes = [Write(name, value) for name, value in said.items()]
    applications.save(application=application, writes=writes, now=now, actor=actor)


def _finish(
    stage: Stage,
    made: Application,
    said: dict[str, object],
    half: int,
    author: User,
    fate: int,
    now: datetime,
) -> None:
    """The other half, and the submission."""
    actor = stage.cast.actor(author, now)
    rest = dict(list(said.items())[half:])
    _write(made, rest, now=now, actor=actor)
    if fate != Fate.LAPSED:
        applications.submit(application=made, now=now, actor=actor)


def _agree(
    stage: Stage, made: Application, inspector: User, author: User, fate: int, now: datetime
) -> None:
    if fate == Fate.AGREEMENT:
        return
    actor = stage.cast.actor(inspector, now)
    applications.agree(application=made, now=now, actor=actor)
    if fate == Fate.WITHDRAWN:
        reason = "L’équipe n’a pas obtenu les trois classes prévues."
        actor = stage.cast.actor(author, now)
        applications.withdraw(application=made, reason=reason, now=now, actor=actor)
    elif fate == Fate.DEPOSITED:
        stage.waiting[made.academy.code].append(made)
        if stage.plot.reach == Reach.CALL:
            stage.agenda.at(after(now, days=1), partial(endorse, stage, made.academy.code))


def endorse(stage: Stage, code: str, now: datetime) -> None:
    """The delegate endorses and ranks what waits, the best thought of first."""
    waiting = sorted(
        stage.waiting.pop(code, []), key=lambda one: stage.dice(one.code).number(below=1000)
    )
    if not waiting:
        return
    delegate = delegate_of(stage, code, now)
    applications.endorse(
        campaign=stage.held,
        academy=stage.academies[code],
        order=[one.code for one in waiting],
        now=now,
        actor=stage.cast.actor(delegate, now),
        dry_run=False,
    )


def close_call(stage: Stage, now: datetime) -> None:
    """The call closes by itself; what still waits lapses two days later."""
    campaigns.close_due(now=now)
    stage.agenda.at(after(now, days=2, hours=1), _lapse)


def _lapse(now: datetime) -> None:
    applications.lapse_due(now=now)
    applications.clear_due(now=now)
