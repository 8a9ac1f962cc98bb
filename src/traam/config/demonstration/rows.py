"""The rows of the year's work as plain values, by natural key: what the digest is taken of."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from traam.groups.models import (
    Allotment,
    Convened,
    Document,
    Due,
    Meeting,
    Member,
    Message,
    NationalGroup,
    Point,
    SectionVersion,
    Spent,
    Team,
)
from traam.productions.models import Production, ProductionTerm, Reprise
from traam.syntheses.models import Block, Evidence, Finding, Sending, Signature, Synthesis
from traam.trials.models import Agreement, CrossTest, Indicator, Observation, Session, Sight, Trial

Row = list[Any]


def rows_of(rows: QuerySet[Any], *fields: str) -> Iterator[Row]:
    """Each row: the name of its table, these fields. The order is the caller's."""
    name = rows.model.__name__
    for values in rows.values_list(*fields):
        yield [name, *values]


def _sorted(rows: QuerySet[Any], *fields: str) -> Iterator[Row]:
    """The same, in the order of the fields themselves."""
    return rows_of(rows.order_by(*fields), *fields)


def of_the_year() -> Iterator[Row]:
    """Groups, productions, trials, syntheses, in this order."""
    yield from _of_groups()
    yield from _of_productions()
    yield from _of_trials()
    yield from _of_syntheses()


def _of_groups() -> Iterator[Row]:
    yield from _sorted(NationalGroup.objects.all(), "code", "continues__code", "formed_at")
    yield from _sorted(Team.objects.all(), "code", "state", "state_at", "project")
    people = ("team__code", "role", "person__email", "source", "level", "starts_on", "ends_on")
    yield from _sorted(Member.objects.all(), *people)
    yield from _sorted(Due.objects.all(), "group__code", "due_on", "title")
    where = ("group__code", "team__code")
    yield from _sorted(Meeting.objects.all(), *where, "starts_at", "title", "state")
    yield from _sorted(
        Convened.objects.all(), "meeting__starts_at", "person__email", "answer", "attendance"
    )
    yield from _sorted(SectionVersion.objects.all(), "saved_at", "section__title", "text")
    yield from _sorted(Document.objects.all(), *where, "heading", "title", "link")
    yield from _sorted(Point.objects.all(), *where, "added_at", "kind", "text", "owner__email")
    yield from _sorted(Message.objects.all(), "key", *where, "sent_by__email", "text")
    yield from _sorted(Allotment.objects.all(), "team__code", "given_at", "hours")
    yield from _sorted(
        Spent.objects.all(), "team__code", "on", "member__person__email", "hours", "attested_at"
    )


def _of_productions() -> Iterator[Row]:
    fields = ("code", "team__code", "kind", "state", "state_at", "version", "number", "title")
    yield from _sorted(Production.objects.all(), *fields, "steps", "summary")
    yield from _sorted(ProductionTerm.objects.all(), "production__code", "scheme", "code")
    yield from _sorted(Reprise.objects.all(), "production__code", "source__code", "adapted")


def _of_trials() -> Iterator[Row]:
    fields = ("code", "production__code", "team__code", "teacher__email", "state", "state_at")
    yield from _sorted(Trial.objects.all(), *fields, "protocol_digest", "verdict", "reason")
    yield from _sorted(Indicator.objects.all(), "trial__code", "position", "text")
    yield from _sorted(Session.objects.all(), "trial__code", "held_on", "minutes", "note")
    yield from _sorted(
        Observation.objects.all(), "key", "trial__code", "author__email", "seen_at", "seen"
    )
    yield from _sorted(Sight.objects.all(), "observation__key", "indicator__key", "outcome")
    yield from _sorted(
        CrossTest.objects.all(), "production__code", "tester__code", "state", "trial__code"
    )
    yield from _sorted(
        Agreement.objects.all(), "trial__code", "partner__email", "state", "state_at", "reason"
    )


def _of_syntheses() -> Iterator[Row]:
    yield from _sorted(Finding.objects.all(), "code", "kind", "text", "published_at")
    yield from _sorted(Evidence.objects.all(), "finding__code", "observation_key", "support")
    yield from _sorted(Synthesis.objects.all(), "code", "kind", "state", "title", "digest")
    yield from _sorted(
        Block.objects.all(), "synthesis__code", "section", "position", "mark", "text"
    )
    yield from _sorted(
        Signature.objects.all(), "synthesis__code", "capacity", "person__email", "signed_at"
    )
    yield from _sorted(
        Sending.objects.all(), "synthesis__code", "person__email", "sent_at", "received_at"
    )
