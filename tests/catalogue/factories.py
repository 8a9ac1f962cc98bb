"""Records, notices and loads made on the spot."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from traam.catalogue import rules, sets
from traam.catalogue.load_rules import FileKind, LoadState
from traam.catalogue.models import (
    Act,
    HarvestSet,
    Load,
    LoadRow,
    Membership,
    Notice,
    Sequence,
)
from traam.catalogue.record import Record, Term
from traam.kit.rows import Outcome

SCENARIO = Term(code="scenario", label="Scénario")
PUBLISHED_AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


class RecordFactory(factory.Factory[Record]):
    """The record of a scenario, with little in it."""

    class Meta:
        model = Record

    title = factory.Sequence(lambda n: f"Observer la nature, {n}")
    kind = SCENARIO
    years = ("2016-2017",)

    class Params:
        of_archive = factory.Trait(is_archive=True, source="https://exemple.fr/")


class NoticeFactory(DjangoModelFactory[Notice]):
    """A notice that was published and never changed; in no OAI set (see `memberships.enrol`)."""

    class Meta:
        model = Notice
        exclude = ("frozen_record",)

    frozen_record = factory.SubFactory(RecordFactory)
    sequence = factory.Sequence(lambda n: n + 1)
    ark = factory.LazyAttribute(lambda notice: rules.ark_name(notice.sequence))
    version = 1
    act = Act.PUBLISHED
    datestamp = PUBLISHED_AT
    first_published_at = PUBLISHED_AT
    origin = factory.LazyAttribute(lambda notice: f"essai:{notice.ark}")
    record = factory.LazyAttribute(lambda notice: notice.frozen_record.as_data())
    digest = factory.LazyAttribute(lambda notice: notice.frozen_record.digest())
    sets = factory.LazyAttribute(lambda n: sets.text(sets.specs(n.frozen_record)))


class SequenceFactory(DjangoModelFactory[Sequence]):
    class Meta:
        model = Sequence
        django_get_or_create = ("id",)

    id = 1


class HarvestSetFactory(DjangoModelFactory[HarvestSet]):
    class Meta:
        model = HarvestSet

    spec = factory.Sequence(lambda n: f"discipline:D{n}")
    name = factory.Sequence(lambda n: f"Discipline {n}")


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    harvest_set = factory.SubFactory(HarvestSetFactory)
    notice = factory.SubFactory(NoticeFactory)
    datestamp = factory.SelfAttribute("notice.datestamp")


class LoadFactory(DjangoModelFactory[Load]):
    """A file of productions that was checked: its row, by `LoadRowFactory`, would be taken."""

    class Meta:
        model = Load

    kind = FileKind.PRODUCTIONS
    name = "productions.json"
    rows_digest = "0" * 64
    row_count = 1
    state = LoadState.CHECKED
    taken_count = factory.SelfAttribute("row_count")
    checked_at = PUBLISHED_AT
    checked_by = 1

    class Params:
        done = factory.Trait(state=LoadState.DONE, ended_at=PUBLISHED_AT, ended_by=1)
        abandoned = factory.Trait(state=LoadState.ABANDONED, ended_at=PUBLISHED_AT, ended_by=1)


class LoadRowFactory(DjangoModelFactory[LoadRow]):
    """A row that was taken without a word; the next one of its load."""

    class Meta:
        model = LoadRow

    load = factory.SubFactory(LoadFactory)
    row = factory.LazyAttribute(lambda row: row.load.rows.count() + 1)
    outcome = Outcome.TAKEN
