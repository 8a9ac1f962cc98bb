"""Entries of the journal as tests want them."""

from datetime import UTC, datetime

import factory

from traam.journal.models import Entry


class EntryFactory(factory.django.DjangoModelFactory):
    """An act of nobody in particular, not sealed."""

    class Meta:
        model = Entry

    at = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
    actor = None
    verb = "notice.publish"
    subject = factory.Sequence(lambda number: f"notice:t{number}")
