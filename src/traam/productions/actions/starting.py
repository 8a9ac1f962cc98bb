"""A production is begun from nothing; and its authors."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from traam.access.acting import allowed, person_of
from traam.access.actor import Actor
from traam.groups.models import Team
from traam.groups.rules.life import TeamState
from traam.kit.refusals import Refusal
from traam.people.models import User
from traam.productions import acts
from traam.productions.models import CoAuthor, Production
from traam.productions.queries.people import may_write_with
from traam.productions.queries.reading import with_authors
from traam.productions.rules.licences import PROPOSED
from traam.productions.rules.life import ProductionState
from traam.reference.queries import vocabulary

WRITE = "production.write"
TITLE_MAX = 200  # characters
NO_KIND = "Sorte « {} » : choisissez une sorte de production de la liste."
ENDED = "Cette équipe ne travaille plus : rien de nouveau ne s’y écrit."
ALONE = "Une production garde au moins un auteur ou une autrice."
STRANGER = "{} n’est d’aucune équipe de ce groupe national : ajoutez-le d’abord à une équipe."


@transaction.atomic
def begin(
    *, team: Team, kind: str, now: datetime, actor: Actor | None, title: str = ""
) -> Production:
    """A draft of this team, whose first author is the actor, in the discipline of its theme. Raises
    `NotAllowed` or `Refusal`."""
    held = Team.objects.select_for_update(of=("self",)).get(pk=team.pk)
    draft = replace(held.place(), state=ProductionState.DRAFT.value)
    behalf = allowed(actor, WRITE, draft)
    if held.state != TeamState.AT_WORK:
        raise Refusal(ENDED)
    if vocabulary().term(scheme="kinds", code=kind) is None:
        raise Refusal(NO_KIND.format(kind[:60]))
    made = _made(held, kind=kind, title=title, now=now, person=person_of(actor))
    acts.note("production.begin", made, actor=actor, behalf=behalf, now=now, after={"kind": kind})
    return made


def _made(team: Team, *, kind: str, title: str, now: datetime, person: int | None) -> Production:
    made = Production.objects.create(
        code=_free_code(team),
        team=team,
        campaign=team.group.campaign,
        kind=kind,
        title=" ".join(title.split())[:TITLE_MAX],
        licence=PROPOSED,
        state_at=now,
        created_at=now,
        created_by_id=person,
        changed_at=now,
    )
    if person is not None:
        CoAuthor.objects.create(production=made, person_id=person)
    _say_the_discipline(made, team)
    return made


def _say_the_discipline(production: Production, team: Team) -> None:
    """That of a theme which has but one; its team may still say another."""
    found = list(team.group.theme.terms.filter(scheme="disciplines").order_by("pk")[:2])
    if len(found) == 1:
        term = found[0]
        production.terms.create(scheme=term.scheme, code=term.code, label=term.label)


def _free_code(team: Team) -> str:
    """« svt-2026-lille-3 »: numbered within the team, whose row is held."""
    start = f"{team.code[:70]}-"
    rows = Production.objects.filter(code__startswith=start)
    taken = set(rows.values_list("code", flat=True))
    number = len(taken) + 1
    while f"{start}{number}" in taken:
        number += 1
    return f"{start}{number}"


@transaction.atomic
def add_author(
    *, production: Production, person: User, now: datetime, actor: Actor | None
) -> Production:
    """Someone of the national group writes it too. Twice is once."""
    held = acts.held(production)
    behalf = allowed(actor, WRITE, held.place())
    if person.pk in {one.person_id for one in held.authors.all()}:
        return held
    if not may_write_with(held, person, now=now):
        raise Refusal(STRANGER.format(person))
    CoAuthor.objects.create(production=held, person=person)
    after = {"author": person.pk}
    acts.note("production.add_author", held, actor=actor, behalf=behalf, now=now, after=after)
    return with_authors(held)


@transaction.atomic
def remove_author(
    *, production: Production, person: User, now: datetime, actor: Actor | None
) -> Production:
    """They are no author of it any more; one stays at least. Twice is once."""
    held = acts.held(production)
    behalf = allowed(actor, WRITE, held.place())
    authors = {one.person_id for one in held.authors.all()}
    if person.pk not in authors:
        return held
    if len(authors) == 1:
        raise Refusal(ALONE)
    CoAuthor.objects.filter(production=held, person=person).delete()
    before = {"author": person.pk}
    acts.note("production.remove_author", held, actor=actor, behalf=behalf, now=now, before=before)
    return with_authors(held)
