"""A production goes from its team to everyone: shared, proposed, validated, published; and back.

Publishing writes a notice: `catalogue.publishing.productions` does, and calls `mark_published`.
"""

from datetime import datetime

from django.db import transaction

from traam.access.acting import allowed
from traam.access.actor import Actor
from traam.applications.rules.answers import Missing
from traam.groups.actions import met_by_data
from traam.kit.reasons import need_reason
from traam.kit.refusals import Refusal
from traam.productions import acts, telling
from traam.productions.models import Production
from traam.productions.queries.reading import form_of, standing_of, values_of
from traam.productions.rules.fields import missing_to_publish, missing_to_share
from traam.productions.rules.life import ProductionState
from traam.productions.writing import cut

P = ProductionState
HAS_A_NOTICE = (
    "Cette production a une notice publique : son retrait se fait avec celui de la notice, par "
    "l’expert·e du thème ou le pilotage."
)


def lacks_to_share(production: Production) -> list[Missing]:
    """What forbids to share it; `whole` fetched it."""
    form = form_of(production)
    return missing_to_share(form, values_of(production), standing_of(production))


def lacks_to_publish(production: Production) -> list[Missing]:
    """What forbids to propose it, or to publish it."""
    form = form_of(production)
    return missing_to_publish(form, values_of(production), standing_of(production))


def _refuse(missing: list[Missing]) -> None:
    if missing:
        raise Refusal(*(one.sentence for one in missing))


def _moved(
    verb: str,
    held: Production,
    *,
    right: str,
    now: datetime,
    actor: Actor | None,
    reason: str = "",
    **changes: object,
) -> Production:
    """Right, write, note: what every move does once its own rule has been judged. `verb`: the
    journal's, whose last word is the move's."""
    behalf = allowed(actor, right, held.place())
    cut(held, now=now)
    before = acts.move(held, verb.removeprefix("production."), now=now, **changes)
    acts.note(
        verb,
        held,
        actor=actor,
        now=now,
        behalf=behalf,
        reason=reason,
        before={"state": before},
        after={"state": held.state, "version": held.version},
    )
    return held


@transaction.atomic
def share(*, production: Production, now: datetime, actor: Actor | None) -> Production:
    """The national group reads it: the eight fields are filled. Twice is once.

    Raises `NotAllowed`, `MoveRefused`, or `Refusal` with all that lacks.
    """
    held = acts.held(production)
    if held.state == P.SHARED:
        return held
    allowed(actor, "production.share", held.place())
    _refuse(lacks_to_share(held))
    first = held.shared_at or now
    _moved(
        "production.share", held, right="production.share", now=now, actor=actor, shared_at=first
    )
    met_by_data(key="shared", team=held.team, now=now)
    return held


@transaction.atomic
def unshare(
    *, production: Production, reason: str, now: datetime, actor: Actor | None
) -> Production:
    """The group reads it no more; a reason is kept."""
    held = acts.held(production)
    words = need_reason(reason)
    return _moved(
        "production.unshare", held, right="production.write", now=now, actor=actor, reason=words
    )


@transaction.atomic
def propose(*, production: Production, now: datetime, actor: Actor | None) -> Production:
    """The inspectors are asked to validate it: nothing lacks, files and authorisations included.

    The team writes no more until it comes back. Twice is once.
    """
    held = acts.held(production)
    if held.state == P.PROPOSED:
        return held
    allowed(actor, "production.propose", held.place())
    _refuse(lacks_to_publish(held))
    first = held.shared_at or now
    _moved(
        "production.propose",
        held,
        right="production.propose",
        now=now,
        actor=actor,
        shared_at=first,
    )
    telling.proposed(held, now=now)
    return held


@transaction.atomic
def take_back(
    *, production: Production, reason: str, now: datetime, actor: Actor | None
) -> Production:
    """The team takes its proposal back, to write again."""
    held = acts.held(production)
    words = need_reason(reason)
    return _moved(
        "production.take_back",
        held,
        right="production.take_back",
        now=now,
        actor=actor,
        reason=words,
    )


@transaction.atomic
def validate(*, production: Production, now: datetime, actor: Actor | None) -> Production:
    """The inspector of the team validates what was proposed. Twice is once."""
    held = acts.held(production)
    if held.state == P.VALIDATED:
        return held
    _moved("production.validate", held, right="production.validate", now=now, actor=actor)
    telling.validated(held, now=now)
    return held


@transaction.atomic
def send_back(
    *, production: Production, reason: str, now: datetime, actor: Actor | None
) -> Production:
    """The inspector, or the expert, gives the pen back to the team, which reads why."""
    held = acts.held(production)
    words = need_reason(reason)
    _moved("production.return", held, right="production.return", now=now, actor=actor, reason=words)
    telling.returned(held, reason=words, now=now)
    return held


@transaction.atomic
def mark_published(
    *, production: Production, ark: str, now: datetime, actor: Actor | None
) -> Production:
    """Its notice is written, under this name. Called in the transaction that writes it."""
    held = acts.held(production)
    allowed(actor, "production.publish", held.place())
    _refuse(lacks_to_publish(held))
    _moved(
        "production.publish",
        held,
        right="production.publish",
        now=now,
        actor=actor,
        ark=ark,
        published_at=now,
    )
    telling.published(held, now=now)
    return held


@transaction.atomic
def open_version(*, production: Production, now: datetime, actor: Actor | None) -> Production:
    """The team writes a new version; the notice says the former one until the new one is out."""
    held = acts.held(production)
    if held.state == P.SHARED and held.ark:
        return held
    number = held.number + 1
    return _moved(
        "production.new_version",
        held,
        right="production.new_version",
        now=now,
        actor=actor,
        number=number,
    )


@transaction.atomic
def withdraw(
    *, production: Production, reason: str, now: datetime, actor: Actor | None
) -> Production:
    """A production without a notice is withdrawn. Twice is once."""
    held = acts.held(production)
    if held.state == P.WITHDRAWN:
        return held
    if held.ark:
        raise Refusal(HAS_A_NOTICE)
    return _withdrawn(held, reason=reason, now=now, actor=actor)


@transaction.atomic
def mark_withdrawn(
    *, production: Production, reason: str, now: datetime, actor: Actor | None
) -> Production:
    """Its notice is withdrawn too, in the transaction that calls this."""
    held = acts.held(production)
    return _withdrawn(held, reason=reason, now=now, actor=actor)


def _withdrawn(held: Production, *, reason: str, now: datetime, actor: Actor | None) -> Production:
    words = need_reason(reason)
    _moved(
        "production.withdraw", held, right="production.withdraw", now=now, actor=actor, reason=words
    )
    telling.withdrawn(held, reason=words, now=now)
    return held


@transaction.atomic
def restore(
    *, production: Production, reason: str, now: datetime, actor: Actor | None
) -> Production:
    """A withdrawn production is a draft again; its notice stays withdrawn until it is published."""
    held = acts.held(production)
    words = need_reason(reason)
    _moved(
        "production.restore", held, right="production.withdraw", now=now, actor=actor, reason=words
    )
    telling.restored(held, reason=words, now=now)
    return held
