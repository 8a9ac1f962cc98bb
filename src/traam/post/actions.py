"""The post's verbs: write a message inside an act's transaction, deliver what is due, relaunch.

The post knows neither people nor the journal: who relaunches is the caller's to note.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import uuid4

import structlog
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from traam.kit import jobs
from traam.kit.refusals import Refusal, Unknown
from traam.post import delivery, queries, rules, texts
from traam.post.models import Message
from traam.post.rules import LIFE, Joined, State

LOG = structlog.get_logger("traam.post")
NO_SERVER = (
    "Le courriel n’a pas pu partir : le serveur d’envoi ne répond pas. Réessayez dans "
    "quelques minutes."
)
INTERRUPTED = "interrompu à chaque tentative"


def send(
    *,
    to: int,
    kind: str,
    params: Mapping[str, str | int],
    key: str,
    now: datetime,
    attachments: Sequence[str | Joined] = (),
) -> None:
    """Write a message to a person, in the present transaction; the same key twice is one message.

    `kind`: « app/name », its text in `jinja2/<app>/post/<name>.txt` (subject on the first line).
    The text is rendered here once, so that a missing parameter bursts where it is forgotten.
    `attachments`: digests of stored files, or `Joined` to name them; whoever receives the message
    may read them. One that is withheld or gone when its turn comes stops the message.
    """
    rules.check(kind=kind, params=params)
    texts.text_of(kind=kind, params=params)
    written = Message(
        to=to,
        kind=kind,
        params=dict(params),
        attachments=[asdict(file) for file in rules.joined(attachments)],
        key=key,
        created_at=now,
        next_try_at=now,
    )
    Message.objects.bulk_create([written], ignore_conflicts=True)
    jobs.wake(path="traam.post.tasks.deliver", now=now)


def send_secret(
    *, to_address: str, kind: str, params: Mapping[str, str | int], now: datetime
) -> None:
    """Send at once what may not be kept (a sign-in code); its trace has no address, no parameter.

    Raises `Refusal` when the server does not take it.
    """
    text = texts.text_of(kind=kind, params=params)
    key = f"secret:{uuid4()}"
    trace = Message(kind=kind, key=key, attempts=1, created_at=now)
    connection = get_connection()
    try:
        delivery.hand_over(connection=connection, address=to_address, text=text, key=key)
    except delivery.Failure as failure:
        trace.state, trace.last_error = State.FAILED, failure.words
        raise Refusal(NO_SERVER) from None
    else:
        trace.state, trace.sent_at = State.SENT, now
    finally:
        connection.close()
        trace.save(force_insert=True)


def deliver_next(*, now: datetime, connection: BaseEmailBackend) -> bool:
    """Deliver the oldest message that is due; False when there is none, or when the server is away
    (the others would fail alike: they keep their turn and their attempts).

    Between the claim and the end no transaction is open: a process killed in between leaves a
    message « en cours d’envoi », which is claimed again once its lease has run out. It may then
    arrive twice, with the same Message-ID; it is never lost.
    """
    message = _claim(now=now)
    if message is None:
        return False
    if message.attempts > rules.ATTEMPTS_MAX:
        _move(message, "give_up", attempts=rules.ATTEMPTS_MAX, last_error=INTERRUPTED)
        return True
    address = queries.address_of(message.to)
    if not address:
        _move(message, "keep_on_screen")
        return True
    try:
        delivery.deliver(message, connection=connection, address=address)
    except delivery.Failure as failure:
        _stumble(message, failure, now=now)
        return not failure.is_server
    _move(message, "deliver", sent_at=now, last_error="")
    return True


def _claim(*, now: datetime) -> Message | None:
    with transaction.atomic():
        due = Message.objects.due(now).order_by("next_try_at", "pk")
        message = due.select_for_update(skip_locked=True, of=("self",)).first()
        if message is None:
            return None
        message.state = LIFE.after(State(message.state), "claim")
        message.attempts += 1
        message.next_try_at = now + rules.LEASE
        message.save(update_fields=["state", "attempts", "next_try_at"])
    return message


def _stumble(message: Message, failure: delivery.Failure, *, now: datetime) -> None:
    LOG.warning("message_not_sent", message=message.pk, attempt=message.attempts, why=failure.words)
    if failure.is_final or message.attempts >= rules.ATTEMPTS_MAX:
        _move(message, "give_up", last_error=failure.words)
    else:
        later = now + rules.delay(message.attempts)
        _move(message, "postpone", last_error=failure.words, next_try_at=later)


def _move(
    message: Message, move: str, *, next_try_at: datetime | None = None, **changes: Any
) -> None:
    """End this attempt; nothing when another process has claimed the message in the meantime."""
    target = LIFE.after(State(message.state), move)
    mine = Message.objects.filter(pk=message.pk, state=message.state, attempts=message.attempts)
    mine.update(state=target, next_try_at=next_try_at, **changes)


def relaunch(*, message: int, now: datetime) -> None:
    """Give a message that failed all its attempts again. Raises `Unknown` or `MoveRefused`."""
    with transaction.atomic():
        found = Message.objects.select_for_update(of=("self",)).filter(pk=message).first()
        if found is None or found.to is None:
            raise Unknown("Ce message n’existe pas, ou c’était un code à usage unique.")
        found.state = LIFE.after(State(found.state), "relaunch")
        found.attempts, found.next_try_at = 0, now
        found.save(update_fields=["state", "attempts", "next_try_at"])
        jobs.wake(path="traam.post.tasks.deliver", now=now)
