"""A file of productions: each row that can be taken becomes a notice of the archive."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from traam.access.actor import Actor
from traam.campaigns.reading import Remarks
from traam.catalogue import actions
from traam.catalogue.loading import reading
from traam.catalogue.loading.links import Linker
from traam.catalogue.loading.reading import COLUMNS, ORIGIN, Readable
from traam.catalogue.models import Act, Notice
from traam.catalogue.record import Record
from traam.journal.actions import record as note
from traam.kit.rows import Outcome, RawRow, Report, RowResult, read_rows, shown
from traam.reference.actions import add_open_term
from traam.reference.queries import vocabulary

REASON = "Fichier chargé de nouveau : la ligne a changé"


def load_productions(
    *, content: bytes, name: str, now: datetime, actor: Actor | None, dry_run: bool
) -> Report:
    """`take` the rows of a file. Raises `Refusal` on a file that cannot be read."""
    actions.demand(actor, "archive.load")
    rows = read_rows(content=content, name=name, columns=COLUMNS)
    return take(rows=rows, now=now, actor=actor, dry_run=dry_run)


@transaction.atomic
def take(*, rows: Sequence[RawRow], now: datetime, actor: Actor | None, dry_run: bool) -> Report:
    """Take these productions: a notice each, published, corrected, or left as it is.

    One outcome for each row; all that is acceptable is taken together, or nothing is. A dry run
    says the same and leaves nothing.
    """
    actions.demand(actor, "archive.load")
    words = vocabulary()
    read = [(row.number, reading.read(row, vocabulary=words)) for row in rows]
    person = actions.key(actor)
    _add_words([one for _, one in read if isinstance(one, Readable)], now=now, person=person)
    report = _Writer(now=now, person=person).write(read)
    note(
        actor=person,
        verb="archive.load",
        subject="archive:productions",
        now=now,
        after={outcome.value: count for outcome, count in report.counts().items()},
    )
    if dry_run:
        transaction.set_rollback(True)
    return report


def _add_words(read: Iterable[Readable], *, now: datetime, person: int | None) -> None:
    """The words that are new enter the open vocabularies, to be looked at; each row says its own.

    Done once for the whole file: each word added makes the snapshot of the vocabularies anew.
    """
    words = vocabulary()
    for one in read:
        for scheme, word in reading.open_words(one, vocabulary=words):
            term = add_open_term(scheme=scheme, label=word, now=now, actor=person)
            subject = f"term:{term.scheme}/{term.code}"
            note(actor=person, verb="reference.add", subject=subject, now=now)
            one.remarks.told.append(
                f"Champ « {scheme} » : {shown(word)} est un mot nouveau, ajouté au référentiel et "
                "à vérifier."
            )


class _Writer:
    """One file being written: the notices that are there, and what its earlier rows said."""

    def __init__(self, *, now: datetime, person: int | None) -> None:
        self.now, self.person = now, person
        self.vocabulary = vocabulary()
        self.linker = Linker(vocabulary=self.vocabulary)
        present = Notice.objects.current().filter(origin__startswith=ORIGIN).defer("record")
        self.present = {notice.origin: notice for notice in present}
        self.seen: dict[str, tuple[int, str]] = {}  # origin: row and digest

    def write(self, read: Iterable[tuple[int, Readable | Remarks]]) -> Report:
        return Report(tuple(self._row(number, one) for number, one in read))

    def _row(self, number: int, read: Readable | Remarks) -> RowResult:
        if isinstance(read, Remarks):
            return RowResult(number, Outcome.REFUSED, read.reasons)
        record = reading.build(read, vocabulary=self.vocabulary, linker=self.linker)
        digest = record.digest()
        first, known = self.seen.setdefault(read.origin, (number, digest))
        if known != digest:
            reason = (
                f"Champ « id » : {shown(read.row.text('id'))} est déjà celui de la ligne {first}, "
                f"dont le contenu est autre que celui de la ligne {number} ; un identifiant par "
                f"production est attendu (la ligne {first} est gardée)."
            )
            return RowResult(number, Outcome.REFUSED, (reason,))
        present = self.present.get(read.origin)
        if present is not None and present.act == Act.WITHDRAWN:
            reason = (
                f"Champ « id » : la notice de {shown(read.row.text('id'))} ({present.ark}) est "
                "retirée ; rétablissez-la avant de la charger de nouveau."
            )
            return RowResult(number, Outcome.REFUSED, (reason,))
        if present is not None and present.digest == digest:
            return RowResult(number, Outcome.UNCHANGED)
        told = self._put(present, record, read.origin)
        outcome = Outcome.MENDED if read.remarks.mended else Outcome.TAKEN
        return RowResult(number, outcome, (*told, *read.remarks.reasons))

    def _put(self, present: Notice | None, record: Record, origin: str) -> list[str]:
        """Publish or correct; what was corrected, if it was there already."""
        if present is None:
            self.present[origin] = actions.put(
                record=record, origin=origin, now=self.now, person=self.person
            )
            return []
        notice = actions.amend(
            ark=present.ark, record=record, reason=REASON, now=self.now, person=self.person
        )
        self.present[origin] = notice
        return [f"La notice « {notice.ark} » est corrigée (version {notice.version})."]
