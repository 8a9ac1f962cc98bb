"""« Reprise »: a team starts from another's production, keeps the link, says what it adapted."""

import re
from datetime import datetime

from django.db import transaction

from traam.access.acting import allowed, person_of
from traam.access.actor import Actor
from traam.groups.models import Team
from traam.kit.refusals import Refusal
from traam.productions import acts
from traam.productions.actions.starting import WRITE, begin
from traam.productions.models import Production, ProductionTerm, ProductionVersion, Reprise
from traam.productions.queries.lineage import edges
from traam.productions.queries.reading import READ
from traam.productions.rules.fields import TEXTS
from traam.productions.rules.life import ProductionState
from traam.productions.rules.lineage import would_loop
from traam.productions.writing import cut

ADAPTED_MAX = 2_000  # characters
LOOP = (
    "« {} » vient déjà de cette production : la reprendre ici ferait une boucle. Reprenez-la dans "
    "une nouvelle production."
)
NOT_AN_ARK = "L’identifiant « {} » n’est pas celui d’une notice."
TAKEN = "Cette production reprend déjà « {} »."
GONE = "« {} » est retirée : elle ne se reprend pas."
_ARK = re.compile(r"[0-9a-z]{1,60}")


@transaction.atomic
def take_up(
    *,
    source: Production,
    team: Team,
    now: datetime,
    actor: Actor | None,
    adapted: str = "",
) -> Production:
    """A draft of this team with what the source says, its files left out; the link is kept.

    The actor reads the source and writes for the team. Raises `NotAllowed` or `Refusal`.
    """
    taken = acts.held(source)
    allowed(actor, READ, taken.place())
    if taken.state == ProductionState.WITHDRAWN:
        raise Refusal(GONE.format(taken.title))
    made = begin(team=team, kind=taken.kind, title=taken.title, now=now, actor=actor)
    _copy(taken, made)
    version = cut(taken, now=now)
    _link(made, taken, version=version, adapted=adapted, now=now, actor=actor)
    return made


@transaction.atomic
def take_up_notice(
    *,
    ark: str,
    kind: str,
    title: str,
    summary: str,
    team: Team,
    now: datetime,
    actor: Actor | None,
    adapted: str = "",
) -> Production:
    """The same from a notice of the archive, which the caller has read. Raises as `take_up`."""
    if not _ARK.fullmatch(ark):
        raise Refusal(NOT_AN_ARK.format(ark[:60]))
    made = begin(team=team, kind=kind, title=title, now=now, actor=actor)
    made.aim = summary
    made.save(update_fields=["aim"])
    Reprise.objects.create(
        production=made,
        source_ark=ark,
        source_title=title[:300],
        adapted=said(adapted),
        made_at=now,
        made_by_id=person_of(actor),
    )
    acts.note("production.take_up", made, actor=actor, now=now, after={"notice": ark})
    return made


@transaction.atomic
def add_source(
    *,
    production: Production,
    source: Production,
    adapted: str,
    now: datetime,
    actor: Actor | None,
) -> Reprise:
    """Say that a production being written takes up another too. Refused where it would loop."""
    held = acts.held(production)
    allowed(actor, WRITE, held.place())
    # Both ends are held, in the order of their keys: two links that close a loop wait in turn.
    keys = sorted({held.pk, source.pk})
    list(Production.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    if would_loop(held.pk, source.pk, edges()):
        raise Refusal(LOOP.format(source.title or source.code))
    if Reprise.objects.filter(production=held, source=source).exists():
        raise Refusal(TAKEN.format(source.title or source.code))
    version = ProductionVersion.objects.filter(production=source).order_by("-number", "pk").first()
    return _link(held, source, version=version, adapted=adapted, now=now, actor=actor)


@transaction.atomic
def say_adapted(*, reprise: Reprise, adapted: str, now: datetime, actor: Actor | None) -> Reprise:
    """What was adapted, in the words of those who did."""
    held = acts.held(reprise.production)
    behalf = allowed(actor, WRITE, held.place())
    reprise.adapted = said(adapted)
    reprise.save(update_fields=["adapted"])
    acts.note("production.adapt", held, actor=actor, behalf=behalf, now=now)
    return reprise


def said(adapted: str) -> str:
    """Stripped. Raises `Refusal` on a text too long."""
    words = adapted.strip()
    if len(words) > ADAPTED_MAX:
        raise Refusal(
            f"« Ce qui a été adapté » ({len(words)} caractères) doit tenir en {ADAPTED_MAX}."
        )
    return words


def _copy(source: Production, made: Production) -> None:
    """The fields and the terms; neither files (their authorisations are not ours), nor links."""
    for name in TEXTS:
        setattr(made, name, getattr(source, name))
    made.save(update_fields=list(TEXTS))
    made.terms.all().delete()  # the discipline that it began with
    ProductionTerm.objects.bulk_create(
        ProductionTerm(production=made, scheme=one.scheme, code=one.code, label=one.label)
        for one in source.terms.all()
    )


def _link(
    made: Production,
    source: Production,
    *,
    version: ProductionVersion | None,
    adapted: str,
    now: datetime,
    actor: Actor | None,
) -> Reprise:
    linked = Reprise.objects.create(
        production=made,
        source=source,
        source_number=version.number if version else source.version,
        adapted=said(adapted),
        made_at=now,
        made_by_id=person_of(actor),
    )
    after = {"source": source.code, "version": linked.source_number}
    acts.note("production.take_up", made, actor=actor, now=now, after=after)
    return linked
