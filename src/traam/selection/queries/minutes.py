"""What minutes are written from, and who may read them: nobody to whom a case of it is closed."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from traam.access.actor import Actor
from traam.access.place import Flag, Place
from traam.access.roles import Role
from traam.applications.models import Examiner
from traam.applications.rules.life import MAY_READ
from traam.campaigns.models import Campaign, Theme
from traam.campaigns.queries import holders, theme_people
from traam.selection.models import Case, CaseEvent, Decision, Departure, Minutes, Seal, Variant
from traam.selection.papers.minutes import Held
from traam.selection.queries.ranking import ranked
from traam.selection.rules.minutes import Session

FOLLOWS = "decision.follow"
READ = "decision.read"
ARBITRATED = "decision.arbitrate"
STUDIED = frozenset({Flag.CALL_CLOSED})


def is_pilot(actor: Actor) -> bool:
    """Does this reader follow every theme?"""
    return actor.allows(FOLLOWS, Place(flags=STUDIED))


def _follows(actor: Actor, theme: Theme) -> bool:
    return actor.allows(FOLLOWS, Place(themes=frozenset({theme.code}), flags=STUDIED))


def may_keep(actor: Actor, theme: Theme | None) -> bool:
    """May this reader write and read the minutes of the theme (None: of the arbitration)? No case
    of it may be closed to them."""
    if is_pilot(actor):
        return True
    if theme is None or not _follows(actor, theme):
        return False
    cases = Case.objects.filter(theme=theme)
    shown = Case.objects.over_which(actor, READ).filter(theme=theme)
    return bool(shown.count() == cases.count())


def kept_themes(actor: Actor, campaign: Campaign) -> tuple[list[Theme], int]:
    """The themes whose minutes this reader may keep, and how many of theirs a conflict closes."""
    rows = Theme.objects.filter(campaign=campaign).living()
    themes = list(rows.order_by("-transversal", "discipline_text", "pk"))
    if is_pilot(actor):
        return themes, 0
    theirs = [one for one in themes if _follows(actor, one)]
    found = [one for one in theirs if may_keep(actor, one)]
    return found, len(theirs) - len(found)


def versions(campaign: Campaign, theme: Theme | None) -> QuerySet[Minutes]:
    """The minutes of this deliberation, the latest first."""
    rows = Minutes.objects.filter(campaign=campaign, theme=theme)
    return rows.select_related("pdf", "odt", "theme", "campaign").order_by("-number", "pk")


def latest(campaign: Campaign) -> dict[int | None, Minutes]:
    """By theme (None: of the arbitration), the last minutes; one query."""
    rows = Minutes.objects.filter(campaign=campaign).order_by("number", "pk")
    return {one.theme_id: one for one in rows}


def held(*, campaign: Campaign, theme: Theme | None, session: Session, today: date) -> Held:
    """All that the minutes tell, as it stands now; the ranking is whole."""
    ranking = ranked(campaign=campaign, theme=theme)
    decisions = Decision.objects.filter(case__campaign=campaign)
    departures = Departure.objects.filter(case__campaign=campaign)
    events = CaseEvent.objects.filter(case__campaign=campaign, kind=ARBITRATED)
    if theme is not None:
        decisions = decisions.filter(case__theme=theme)
        departures = departures.filter(case__theme=theme)
        events = events.filter(case__theme=theme)
    around = ("case__application__academy", "case__theme")
    return Held(
        campaign=campaign,
        theme=theme,
        session=session,
        rows=ranking.rows,
        decisions={one.case_id: one for one in decisions.order_by("pk")},
        departures=list(departures.select_related(*around).order_by("at", "pk")),
        overruled=list(events.select_related(*around).order_by("at", "pk")),
        variant=Variant.objects.filter(campaign=campaign, is_reference=True).first(),
        seals=list(Seal.objects.filter(campaign=campaign).order_by("sealed_at", "pk")),
        barred=_barred(campaign, [theme] if theme else _themes(campaign), today),
    )


def _themes(campaign: Campaign) -> list[Theme]:
    return list(Theme.objects.filter(campaign=campaign).living().order_by("pk"))


def _barred(campaign: Campaign, themes: Iterable[Theme], today: date) -> int:
    """The people called to judge whom a conflict kept from at least one case of these themes."""
    rows = Examiner.objects.filter(application__theme__in=list(themes)).exclude(
        standing__in=sorted(MAY_READ)
    )
    return rows.order_by().values("person").distinct().count()


def usual_session(campaign: Campaign, theme: Theme | None, today: date) -> Session:
    """What the form proposes: what was typed last, else the people of the theme."""
    last = versions(campaign, theme).first()
    if last is not None:
        return Session.read(last.session)
    if theme is None:
        return Session(pilots=len(holders(Role.PILOT, today)))
    people = theme_people(theme, today)
    return Session(experts=len(people.experts), inspectors=len(people.inspectors))
