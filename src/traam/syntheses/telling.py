"""Who is told of what, and by which text (`jinja2/syntheses/post/`)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from traam.access.acting import person_of
from traam.access.actor import Actor
from traam.kit.clock import day_of
from traam.post.actions import send
from traam.syntheses.models import Finding, Remark, Sending, Signature, Synthesis
from traam.syntheses.queries import recipients
from traam.syntheses.rules.life import Capacity, SynthesisKind

SHORT = 150  # characters of a title or a reason within a message


def one_line(text: str) -> str:
    """On one line, without what a parameter may not hold."""
    line = " ".join(text.replace("@", " ").split())
    return line if len(line) <= SHORT else f"{line[: SHORT - 1]}…"


def _tell(
    kind: str,
    synthesis: Synthesis,
    people: Iterable[int],
    *,
    now: datetime,
    actor: Actor | None,
    **params: str | int,
) -> None:
    """Each of these people but whoever acts, once for this instant."""
    for person in sorted(set(people) - {person_of(actor)}):
        send(
            to=person,
            kind=kind,
            params={
                "title": one_line(synthesis.title),
                "kind": SynthesisKind(synthesis.kind).label,
                "code": synthesis.code,
                **params,
            },
            key=f"{kind}:{synthesis.pk}:{now.timestamp():.6f}:{person}",
            now=now,
        )


def submitted(synthesis: Synthesis, *, now: datetime, actor: Actor | None) -> None:
    """Those who validate: it awaits them."""
    people = recipients.validators(synthesis, day_of(now))
    _tell("syntheses/submitted", synthesis, people, now=now, actor=actor)


def corrections_asked(
    synthesis: Synthesis, reason: str, *, now: datetime, actor: Actor | None
) -> None:
    """Those who write it."""
    people = recipients.writers(synthesis, day_of(now))
    _tell(
        "syntheses/corrections_asked",
        synthesis,
        people,
        now=now,
        actor=actor,
        reason=one_line(reason),
    )


def validated(synthesis: Synthesis, *, now: datetime, actor: Actor | None) -> None:
    """Those who write it; of a national one, those who sign too."""
    today = day_of(now)
    _tell(
        "syntheses/validated", synthesis, recipients.writers(synthesis, today), now=now, actor=actor
    )
    if synthesis.kind == SynthesisKind.NATIONAL:
        people = {
            person
            for capacity in (Capacity.GENERAL_INSPECTION, Capacity.DNE)
            for person in recipients.signatories(synthesis, capacity, today)
        }
        _tell("syntheses/to_sign", synthesis, people, now=now, actor=actor)


def voided(
    synthesis: Synthesis,
    signatures: Iterable[Signature],
    reason: str,
    *,
    now: datetime,
    actor: Actor | None,
) -> None:
    """Those whose signature is void, and those who write it."""
    signed = {one.person_id for one in signatures}
    people = signed | set(recipients.writers(synthesis, day_of(now)))
    _tell("syntheses/reopened", synthesis, people, now=now, actor=actor, reason=one_line(reason))


def published(synthesis: Synthesis, *, now: datetime, actor: Actor | None) -> None:
    """Those who write it."""
    people = recipients.writers(synthesis, day_of(now))
    _tell("syntheses/published", synthesis, people, now=now, actor=actor)


def corrected(synthesis: Synthesis, number: int, *, now: datetime, actor: Actor | None) -> None:
    """Those who have it: an erratum was published."""
    people = synthesis.sendings.order_by("pk").values_list("person", flat=True)
    _tell("syntheses/corrected", synthesis, people, now=now, actor=actor, number=number)


def remarked(remark: Remark, *, now: datetime, actor: Actor | None) -> None:
    """Those who write it: a remark awaits an answer."""
    people = recipients.writers(remark.synthesis, day_of(now))
    _tell("syntheses/remarked", remark.synthesis, people, now=now, actor=actor)


def answered(remark: Remark, *, now: datetime, actor: Actor | None) -> None:
    """Whoever made the remark."""
    people = [remark.made_by_id] if remark.made_by_id is not None else []
    _tell("syntheses/remark_settled", remark.synthesis, people, now=now, actor=actor)


def sent(synthesis: Synthesis, people: Iterable[int], *, now: datetime) -> None:
    """Those to whom it is sent: they say with a button that they have it."""
    _tell("syntheses/sent", synthesis, people, now=now, actor=None)


def reminded(sendings: Sequence[Sending], *, now: datetime) -> None:
    """Whoever has not said so, once; of several, in one message."""
    first, *others = sendings
    person = first.person_id
    if not others:
        _tell("syntheses/sent_reminder", first.synthesis, [person], now=now, actor=None)
        return
    kind = "syntheses/sent_reminders"
    send(
        to=person,
        kind=kind,
        params={"count": len(sendings), "title": one_line(first.synthesis.title)},
        key=f"{kind}:{now.timestamp():.6f}:{person}",
        now=now,
    )


def stale(synthesis: Synthesis, findings: Iterable[Finding], *, count: int, now: datetime) -> None:
    """Those who write it: observations behind it have changed."""
    names = one_line(" ; ".join(one.text for one in findings))
    people = recipients.writers(synthesis, day_of(now))
    _tell(
        "syntheses/evidence_stale",
        synthesis,
        people,
        now=now,
        actor=None,
        findings=names,
        count=count,
    )
