"""A validated production becomes a notice: frozen metadata, files, identifier; and back.

A new version corrects the notice; a withdrawal withdraws it, with the reason; a production written
again after that revives it, at the same address.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from traam.access.acting import allowed, person_of
from traam.access.actor import Actor
from traam.catalogue.models import Notice
from traam.catalogue.publishing.notices import bury, write
from traam.catalogue.record import File, Link, Record, Section, Term
from traam.journal.actions import Deed, record_all
from traam.kit.reasons import need_reason
from traam.kit.refusals import Refusal
from traam.productions import acts as production_acts
from traam.productions.actions import lacks_to_publish, mark_published, mark_withdrawn
from traam.productions.models import Production
from traam.productions.queries.lineage import sources_of
from traam.productions.queries.reading import shown_file
from traam.productions.rules.fields import NO_PROGRAMME, label_of
from traam.productions.rules.files import is_carried
from traam.productions.rules.licences import label_of as licence_label
from traam.productions.rules.licences import uri_of as licence_uri
from traam.productions.rules.life import ProductionState
from traam.productions.writing import FREE
from traam.reference.actions import add_open_terms
from traam.reference.queries import vocabulary
from traam.reference.rules import Vocabulary

SECTIONS = ("hook", "aim", "needs", "duration", "steps")
NEW_VERSION = "Version {} de la production."


def origin_of(production: Production) -> str:
    """The natural key of its notice."""
    return f"production:{production.code}"


@transaction.atomic
def publish(*, production: Production, now: datetime, actor: Actor | None) -> Notice:
    """Write its notice, or correct it, and say so to the production. Twice is once.

    Raises `NotAllowed`, `MoveRefused`, or `Refusal` with all that lacks.
    """
    held = production_acts.held(production)
    if held.state == ProductionState.PUBLISHED and held.ark:
        return Notice.objects.current().get(ark=held.ark)
    allowed(actor, "production.publish", held.place())
    if missing := lacks_to_publish(held):
        raise Refusal(*(one.sentence for one in missing))
    notice = write(
        record=record_of(held, now=now, person=person_of(actor)),
        origin=origin_of(held),
        reason=NEW_VERSION.format(held.number),
        now=now,
        person=person_of(actor),
    )
    mark_published(production=held, ark=notice.ark, now=now, actor=actor)
    return notice


@transaction.atomic
def withdraw(
    *, production: Production, reason: str, now: datetime, actor: Actor | None
) -> Production:
    """The production is withdrawn, its notice with it where it has one. Twice is once."""
    held = production_acts.held(production)
    if held.state == ProductionState.WITHDRAWN:
        return held
    words = need_reason(reason)
    done = mark_withdrawn(production=held, reason=words, now=now, actor=actor)
    if held.ark:
        bury(origin=origin_of(held), reason=words, now=now, person=person_of(actor))
    return done


# -- what the notice freezes


def record_of(production: Production, *, now: datetime, person: int | None) -> Record:
    """What a published production says for ever; words the vocabularies did not know are added to
    the open ones, to be looked at."""
    _add_free_words(production, now=now, person=person)
    words = vocabulary()
    campaign, theme = production.campaign, production.team.group.theme
    return Record(
        title=production.title,
        kind=_kind(production, words),
        summary=production.summary,
        years=_years(production),
        year_text=campaign.label,
        campaign=Term(campaign.year, campaign.label),
        theme=Term(theme.code, theme.shown_title),
        academies=_academies(production, words),
        licence=_licence(production),
        sections=tuple(_sections(production)),
        based_on=_sources(production),
        links=tuple(Link(one.url, "ressource", one.label) for one in production.links.all()),
        files=_files(production),
        is_demonstration=campaign.is_demonstration,
        disciplines=_terms(production, words, "disciplines"),
        levels=_terms(production, words, "levels"),
        cycles=_terms(production, words, "cycles"),
        school_types=_terms(production, words, "school-types"),
        competences=_terms(production, words, "crcn", "socle", "competences"),
        tools=_terms(production, words, "tools"),
        programmes=_terms(production, words, "programmes"),
    )


def _sources(production: Production) -> tuple[Term, ...]:
    """The notices that it takes up, by their published titles: what their authors are writing
    since is not public."""
    taken = sources_of(production)
    published = Notice.objects.current().filter(ark__in=[ark for ark, _ in taken])
    titles = {one.ark: one.frozen().title for one in published}
    return tuple(Term(ark, titles.get(ark, known)) for ark, known in taken)


def _kind(production: Production, words: Vocabulary) -> Term:
    known = words.term(scheme="kinds", code=production.kind)
    if known is None:
        return Term(production.kind, production.kind)
    return Term(known.code, known.label, known.uri)


def _add_free_words(production: Production, *, now: datetime, person: int | None) -> None:
    free = [(one.scheme, one.label) for one in production.terms.all() if one.code.startswith(FREE)]
    added = add_open_terms(words=free) if free else []
    deeds = [Deed("reference.add", f"term:{one.scheme}/{one.code}") for one in added]
    record_all(deeds=deeds, actor=person, now=now)


def _years(production: Production) -> tuple[str, ...]:
    """« 2026-2027 », one for each school year of the campaign."""
    first, last = production.campaign.first_year, production.campaign.last_year
    if first is None or last is None:
        return ()
    return tuple(f"{year}-{year + 1}" for year in range(first, last))


def _academies(production: Production, words: Vocabulary) -> tuple[Term, ...]:
    """The team's academy first, then those bound to it; a participant that is none by its name."""
    team = production.team
    bound = [one.academy for one in team.bonds.all()]
    found = [one for one in (team.academy, *bound) if one is not None]
    if not found:
        return (Term("", team.participant),)
    return tuple(dict.fromkeys(Term(one.code, one.name) for one in found))


def _terms(production: Production, words: Vocabulary, *schemes: str) -> tuple[Term, ...]:
    wanted = [one for one in production.terms.all() if one.scheme in schemes]
    found = (_term(one.scheme, one.code, one.label, words) for one in wanted)
    return tuple(dict.fromkeys(one for one in found if one.code != NO_PROGRAMME[0]))


def _term(scheme: str, code: str, label: str, words: Vocabulary) -> Term:
    known = words.term(scheme=scheme, code=code)
    if known is None and code.startswith(FREE):
        read = words.tools([label]) if scheme == "tools" else words.competences([label])
        known = next((one for one in read.terms if one.scheme == scheme), None)
    return Term(known.code, known.label, known.uri) if known else Term(code, label)


def _licence(production: Production) -> Term:
    code = production.licence
    return Term(code, licence_label(code), licence_uri(code))


def _sections(production: Production) -> Iterable[Section]:
    for name in SECTIONS:
        if text := getattr(production, name).strip():
            yield Section(name, label_of(name, production.kind), text)


def _files(production: Production) -> tuple[File, ...]:
    """Those that may be shown: an authorisation withdrawn keeps its file out."""
    return tuple(
        File(one.file.digest, one.name, one.file.media_type, one.file.size)
        for one in production.files.all()
        if is_carried(shown_file(one))
    )
