"""An application's own page: where it stands, whose turn it is, what happened, what I may do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from traam.access.actor import Actor
from traam.access.place import Place
from traam.applications import acts
from traam.applications.models import Application, Deposit, Event
from traam.applications.queries.calls import deadline_of
from traam.applications.rules.life import AWAITING, LIVING, ApplicationState
from traam.applications.screens.editing import File, Until, names
from traam.applications.screens.listing import standing
from traam.applications.screens.people import Named, Writer, named, writers
from traam.applications.screens.pieces import Pieces, pieces
from traam.applications.screens.places import Lack, Step, lacks, step_href
from traam.applications.screens.reading import PartRead, reading
from traam.campaigns.rules.life import ANNOUNCED_ON
from traam.journal.wording import label
from traam.kit.french import fixed
from traam.kit.jinja import url
from traam.kit.refusals import Refusal
from traam.kit.text import instant, of

S = ApplicationState
KINDS = {S.DRAFT: "info", S.DEPOSITED: "success", S.WITHDRAWN: "", S.LAPSED: "error"}


@dataclass(frozen=True, slots=True)
class Act:
    """Something that this reader may do now: its button, and where it leads."""

    label: str
    href: str
    kind: str = "secondary"


@dataclass(frozen=True, slots=True)
class Happened:
    """A line of the history, the latest first."""

    what: str
    at: datetime
    who: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ShowPage:
    """All that the page shows."""

    application: Application
    title: str
    place: str
    standing: str
    kind: str
    turn: str
    why_not: str  # who may write, when the reader may not
    acts: Sequence[Act]
    missing: Sequence[Lack]
    until: Until | None
    reading: Sequence[PartRead]
    authors: Sequence[Writer]
    inspectors: Sequence[Named]
    pieces: Pieces
    deposits: Sequence[Deposit]
    history: Sequence[Happened]
    returned: Happened | None  # why a draft came back to its authors, until it is submitted again


def show_page(file: File, *, actor: Actor) -> ShowPage:
    application = file.application
    why_not = why_not_write(application, actor, file.now)
    is_draft = application.state == S.DRAFT
    place = application.place()
    events = _events(application)
    happened = [Happened(label(one.verb), one.at, _who(one), one.reason) for one in events]
    return ShowPage(
        application=application,
        title=file.title,
        place=file.place,
        standing=standing(application, file.now),
        kind=KINDS.get(S(application.state), "warning"),
        turn=fixed(turn(file)),
        why_not=why_not if is_draft else "",
        acts=list(_acts(application, actor, place, may_write=not why_not)),
        missing=lacks(application, file.missing, linked=not why_not) if is_draft else (),
        until=file.until(),
        reading=reading(file, linked=not why_not),
        authors=writers(file, may_edit=False),
        inspectors=named(file, may_edit=False, by=agreed_by(events)),
        pieces=pieces(file, may_edit=False),
        deposits=list(
            application.deposits.select_related("deposited_by").order_by("-number", "pk")
        ),
        history=happened,
        returned=next((one for one in happened[:1] if is_draft and one.reason), None),
    )


def why_not_write(application: Application, actor: Actor, now: datetime) -> str:
    """Why this person may not write in it now, in French; "" when they may."""
    try:
        acts.may_write(application, "application.edit", actor=actor)
        acts.need_open(application, now=now)
    except Refusal as refusal:
        return _no_draft(application, actor, now) or refusal.reasons[0]
    return ""


def _no_draft(application: Application, actor: Actor, now: datetime) -> str:
    """What its own authors read once it is no draft: who may is not the question. "" for others."""
    state = S(application.state)
    is_theirs = actor.person in {one.person_id for one in application.authors.all()}
    if state is S.DRAFT or not (is_theirs and actor.may("application.edit")):
        return ""
    if state in AWAITING and deadline_of(application).is_open(now):
        return f"Cette candidature est {state.label} : reprenez-la pour la modifier."
    return f"Cette candidature est {state.label} : elle ne se modifie plus."


def turn(file: File) -> str:
    """Who must act, by name where it is someone in particular."""
    application, academy = file.application, of(file.application.academy.name)
    match S(application.state):
        case S.DRAFT:
            people = [one.name for one in writers(file, may_edit=False)]
            whom = names(people) or f"le DAN {academy}, qui la saisit"
            return f"À compléter, puis à soumettre : {whom}."
        case S.AWAITING_AGREEMENT:
            waited = [one.name for one in named(file, may_edit=False) if not one.agreed]
            return f"{names(waited)} : accord attendu{_before(file)}."
        case S.AWAITING_VISA:
            return f"Le DAN {academy} : visa attendu{_before(file)}."
        case S.DEPOSITED:
            return _after_deposit(file)
        case S.WITHDRAWN:
            return "Elle ne répond plus à l’appel."
        case S.LAPSED:
            return "L’accord ou le visa n’est pas venu à temps : seul le pilotage peut la rouvrir."


def _after_deposit(file: File) -> str:
    if not deadline_of(file.application).is_open(file.now):
        if file.application.campaign.state not in ANNOUNCED_ON:
            return "Rien à faire : elle est à l’étude. Toutes les décisions s’annoncent ensemble."
        return "Les décisions sont annoncées."
    return "Rien à faire : elle est déposée et sera étudiée après la clôture de l’appel."


def _before(file: File) -> str:
    limit = deadline_of(file.application).grace_ends_at
    return f" avant le {instant(limit)}" if limit else ""


def _acts(
    application: Application, actor: Actor, place: Place, *, may_write: bool
) -> Iterator[Act]:
    """What the reader may do, the first being the one to do next."""
    if may_write:
        yield Act("Continuer à écrire", step_href(application, Step.PROJECT), "primary")
        yield Act("Vérifier et soumettre", step_href(application, Step.CHECK))
    yield from _judging(application, actor, place)
    yield from _counter_acts(application, actor, place)


def _judging(application: Application, actor: Actor, place: Place) -> Iterator[Act]:
    """What the inspector and the delegate do."""
    code = application.code
    if actor.allows("application.agree", place):
        yield Act("Donner mon accord…", url("application_agree", code=code), "primary")
    elif application.state == S.AWAITING_AGREEMENT and actor.allows(
        "application.enter_on_behalf", place
    ):
        yield Act("Saisir un accord reçu…", url("application_agree", code=code))
    if actor.allows("application.endorse", place):
        here = url("endorse", code=application.academy.code)
        href = f"{here}?campagne={application.campaign.year}"
        yield Act("Comparer, classer et viser", href, "primary")
    if actor.allows("application.return", place):
        yield Act("Renvoyer aux auteurs…", url("application_return", code=code))


def _counter_acts(application: Application, actor: Actor, place: Place) -> Iterator[Act]:
    code, state = application.code, S(application.state)
    may_reopen = actor.allows("application.reopen", place)
    if state in AWAITING and actor.person in place.authors:
        yield Act("Reprendre pour modifier…", url("application_take_back", code=code))
    if state in (S.LAPSED, S.DEPOSITED) and may_reopen:
        yield Act("Rouvrir…", url("application_reopen", code=code))
    if state is S.WITHDRAWN and may_reopen:
        yield Act("Rétablir…", url("application_restore", code=code))
    if state in LIVING and actor.allows("application.withdraw", place):
        yield Act("Retirer la candidature…", url("application_withdraw", code=code), "tertiary")


def _events(application: Application) -> list[Event]:
    """What happened, the latest first."""
    return list(application.events.select_related("person", "on_behalf_of").order_by("-pk"))


def agreed_by(events: Sequence[Event]) -> dict[int | None, str]:
    """By inspector (their key), who agreed in their name; nobody when they did it themselves."""
    given = (one for one in reversed(events) if one.verb == "application.agree")
    return {
        one.on_behalf_of_id or one.person_id: str(one.person) if one.on_behalf_of_id else ""
        for one in given
    }


def _who(event: Event) -> str:
    who = str(event.person) if event.person else "le système"
    behalf = f", au nom de {event.on_behalf_of}" if event.on_behalf_of else ""
    channel = f", d’après : {event.channel}" if event.channel else ""
    return f"{who}{behalf}{channel}"
