"""Messages of the outbox as tests want them."""

from datetime import UTC, datetime

import factory

from traam.post.models import Message
from traam.post.rules import State

AT = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)


class MessageFactory(factory.django.DjangoModelFactory):
    """A message to person 7, waiting for its turn."""

    class Meta:
        model = Message

    class Params:
        sent = factory.Trait(state=State.SENT, sent_at=AT, next_try_at=None, attempts=1)
        failed = factory.Trait(
            state=State.FAILED, next_try_at=None, attempts=8, last_error="adresse refusée (550)"
        )
        secret = factory.Trait(sent=True, to=None)

    to = 7
    kind = "sample/hello"
    params = factory.LazyFunction(lambda: {"title": "L’essai"})
    key = factory.Sequence(lambda number: f"hello:{number}")
    created_at = AT
    next_try_at = AT
