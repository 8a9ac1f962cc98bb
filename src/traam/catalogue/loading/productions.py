"""A file of productions: each row that can be taken becomes a notice of the archive."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

from django.db import transaction

from traam.access.actor import Actor
from traam.campaigns.reading import Remarks
from traam.catalogue import actions
from traam.catalogue.loading import reading
from traam.catalogue.loading.links import Linker
from traam.catalogue.loading.reading import COLUMNS, Readable
from traam.catalogue.models import Act, Notice
from traam.catalogue.record import Record
from traam.catalogue.writing import Writer
from traam.journal.actions import Deed, record_all
from traam.journal.actions import record as note
from traam.kit.clock import day_of
from traam.kit.rows import Outcome, RawRow, Report, RowResult, read_rows, shown
from traam.reference.actions import add_open_terms
from traam.reference.queries import vocabulary
from traam.reference.rules import Vocabulary, VocabularyTerm

REASON = "Fichier chargé de nouveau : la ligne a changé"
BATCH = 500  # rows whose notices are looked for at once
Read = tuple[int, Readable | Remarks]  # a row's number, and what was read of it


def load_productions(
    *, content: bytes, name: str, now: datetime, actor: Actor | None, dry_run: bool
) -> Report:
    """`take` or `foresee` the rows of a file. Raises `Refusal` on a file that cannot be read."""
    actions.demand(actor, "archive.load")
    rows = read_rows(content=content, name=name, columns=COLUMNS)
    if dry_run:
        return foresee(rows=rows, now=now)
    return take(rows=rows, now=now, person=actions.key(actor))


def foresee(*, rows: Sequence[RawRow], now: datetime) -> Report:
    """What `take` would say of each row. Nothing is written."""
    read = _read(rows, now=now)
    words = vocabulary()
    if _new_words(read, words=words):
        with transaction.atomic():  # added for as long as it takes to read them
            _add_words(read)
            words = vocabulary()
            transaction.set_rollback(True)
    return _Sorter(words=words, writer=None).report(read)


@transaction.atomic
def take(*, rows: Sequence[RawRow], now: datetime, person: int | None) -> Report:
    """Take these productions: a notice each, published, corrected, or left as it is.

    One outcome for each row; all that is acceptable is taken together, or nothing is. The caller
    has checked the right.
    """
    writer = Writer(now=now, person=person)  # first of all: from here on, no one else loads
    read = _read(rows, now=now)
    deeds = [Deed("reference.add", f"term:{one.scheme}/{one.code}") for one in _add_words(read)]
    record_all(deeds=deeds, actor=person, now=now)
    report = _Sorter(words=vocabulary(), writer=writer).report(read)
    writer.flush()
    note(
        actor=person,
        verb="archive.load",
        subject="archive:productions",
        now=now,
        after={outcome.value: count for outcome, count in report.counts().items()},
    )
    return report


def _read(rows: Iterable[RawRow], *, now: datetime) -> list[Read]:
    words, today = vocabulary(), day_of(now)
    return [(row.number, reading.read(row, vocabulary=words, today=today)) for row in rows]


def _new_words(read: Iterable[Read], *, words: Vocabulary) -> list[tuple[Readable, str, str]]:
    """The words that the open vocabularies do not have: the row, the vocabulary, the word."""
    return [
        (one, scheme, word)
        for _, one in read
        if isinstance(one, Readable)
        for scheme, word in reading.open_words(one, vocabulary=words)
    ]


def _add_words(read: Iterable[Read]) -> list[VocabularyTerm]:
    """Put the new words in the open vocabularies, to be looked at; each row says its own.

    Done once for the whole file: each change makes the snapshot of the vocabularies anew.
    """
    new = _new_words(read, words=vocabulary())
    for one, scheme, word in new:
        one.remarks.told.append(
            f"Champ « {scheme} » : {shown(word)} est un mot nouveau, ajouté au référentiel et à "
            "vérifier."
        )
    return add_open_terms(words=[(scheme, word) for _, scheme, word in new]) if new else []


class _Sorter:
    """One file: what becomes of each row, given the notices that are there and the rows before.

    It writes with the writer, if there is one.
    """

    def __init__(self, *, words: Vocabulary, writer: Writer | None) -> None:
        self.words, self.writer = words, writer
        self.linker = Linker(vocabulary=words)
        self.present: Mapping[str, Notice] = {}  # by origin, for the rows at hand
        self.seen: dict[str, tuple[int, str]] = {}  # origin: first row, and its digest

    def report(self, read: Sequence[Read]) -> Report:
        return Report(tuple(self._results(read)))

    def _results(self, read: Iterable[Read]) -> Iterator[RowResult]:
        rows = iter(read)
        while batch := list(islice(rows, BATCH)):
            self.present = _present(batch)
            for number, one in batch:
                yield self._row(number, one)

    def _row(self, number: int, read: Readable | Remarks) -> RowResult:
        if isinstance(read, Remarks):
            return RowResult(number, Outcome.REFUSED, read.reasons)
        record = reading.build(read, vocabulary=self.words, linker=self.linker)
        digest = record.digest()
        first, known = self.seen.setdefault(read.origin, (number, digest))
        present = self.present.get(read.origin)
        if known != digest:
            return RowResult(number, Outcome.REFUSED, (_said_twice(read, first, number),))
        if present is not None and present.act == Act.WITHDRAWN:
            return RowResult(number, Outcome.REFUSED, (_withdrawn(read, present),))
        if first != number or (present is not None and present.digest == digest):
            return RowResult(number, Outcome.UNCHANGED)
        told = self._put(present, record, read.origin)
        outcome = Outcome.MENDED if read.remarks.mended else Outcome.TAKEN
        return RowResult(number, outcome, (*told, *read.remarks.reasons))

    def _put(self, present: Notice | None, record: Record, origin: str) -> list[str]:
        """Publish or correct; what is corrected, if it was there already."""
        if present is None:
            if self.writer:
                self.writer.publish(record=record, origin=origin)
            return []
        if self.writer:
            self.writer.follow(present, act=Act.CORRECTED, record=record, reason=REASON)
        return [f"La notice « {present.ark} » est corrigée (version {present.version + 1})."]


def _present(batch: Iterable[Read]) -> dict[str, Notice]:
    """The current notices of these rows, by origin: one query."""
    origins = {one.origin for _, one in batch if isinstance(one, Readable)}
    found = Notice.objects.current().filter(origin__in=origins).defer("record")
    return {notice.origin: notice for notice in found}


def _said_twice(read: Readable, first: int, number: int) -> str:
    return (
        f"Champ « id » : {shown(read.row.text('id'))} est déjà celui de la ligne {first}, dont le "
        f"contenu est autre que celui de la ligne {number} ; un identifiant par production est "
        f"attendu (la ligne {first} est gardée)."
    )


def _withdrawn(read: Readable, present: Notice) -> str:
    return (
        f"Champ « id » : la notice de {shown(read.row.text('id'))} ({present.ark}) est retirée ; "
        "rétablissez-la avant de la charger de nouveau."
    )
