"""The five campaigns of the demonstration, replayed on one simulated clock."""

from datetime import datetime, timedelta
from functools import partial

from traam.campaigns.rules.calendar import Milestone
from traam.config.demonstration import choosing, launching, reporting, scenes
from traam.config.demonstration import today as today_
from traam.config.demonstration.agenda import Agenda, after
from traam.config.demonstration.cast import Cast
from traam.config.demonstration.plan import Plot, Reach, plots
from traam.config.demonstration.stage import Stage, set_the_table
from traam.config.demonstration.words import ThemeWords, themes
from traam.kit.clock import PARIS
from traam.people.personas import mandates_start
from traam.reference.models import Academy, AcademyKind, valid_on
from traam.reference.queries import vocabulary


def play(*, now: datetime, seed: int, scale: int) -> None:
    """All that happened until now. `seed` changes what is drawn, `scale` how many take part."""
    today = now.astimezone(PARIS).date()
    by_slug = {one.slug: one for one in themes()}
    planned = plots(today=today, scale=scale, themes=tuple(by_slug))
    cast, agenda = Cast(since=mandates_start(today)), Agenda()
    found = Academy.objects.filter(valid_on(today), kind=AcademyKind.ACADEMY)
    academies = {one.code: one for one in found.order_by("code")}

    def words_of(slug: str) -> ThemeWords:
        return by_slug.get(slug) or by_slug[slug.rsplit("-", 1)[0]]

    for plot in planned:
        stage = Stage(
            plot=plot,
            cast=cast,
            words=vocabulary(),
            academies=academies,
            agenda=agenda,
            theme_words=words_of,
            seed=seed,
        )
        _put_down(agenda, plot, stage)
        if plot.reach == Reach.AT_WORK and now - today_.BEFORE > after(
            plot.dates[Milestone.LAUNCH], days=30
        ):
            agenda.at(now - today_.BEFORE, partial(today_.these_days, stage))
    agenda.replay(now)


def _put_down(agenda: Agenda, plot: Plot, stage: Stage) -> None:
    agenda.at(plot.begins_at - timedelta(days=1), partial(set_the_table, stage))
    agenda.at(plot.begins_at, partial(scenes.prepare, stage))
    agenda.at(plot.dates[Milestone.CALL_OPENS], partial(scenes.open_call, stage))
    closes = plot.dates[Milestone.CALL_CLOSES]
    agenda.at(closes, partial(scenes.close_call, stage))
    agenda.at(closes + timedelta(days=4), partial(choosing.assign, stage))
    agenda.at(plot.dates[Milestone.DELIBERATION], partial(choosing.deliberate, stage))
    agenda.at(plot.dates[Milestone.ANNOUNCEMENT], partial(choosing.announce, stage))
    if plot.reach.is_chosen:
        agenda.at(plot.dates[Milestone.LAUNCH], partial(launching.launch, stage))
    if plot.reach == Reach.CLOSED:
        ends = plot.dates[Milestone.END] + timedelta(days=5)
        agenda.at(ends, partial(reporting.end_of_year, stage))
