"""The archive is loaded: rows of a file become themes of campaigns that enter closed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice

from django.db import transaction

from traam.access.actor import Actor
from traam.access.web import require
from traam.campaigns import loading
from traam.campaigns.loading import ThemeFacts
from traam.campaigns.models import Campaign, Theme
from traam.campaigns.reading import Remarks
from traam.campaigns.writing import Writer
from traam.journal.actions import record as note
from traam.kit.clock import day_of
from traam.kit.rows import Outcome, RawRow, Report, RowResult, read_rows
from traam.reference.queries import vocabulary

BATCH = 500  # rows whose themes are looked for at once


def load(*, content: bytes, name: str, now: datetime, actor: Actor | None, dry_run: bool) -> Report:
    """`take` or `foresee` the rows of a file. Raises `Refusal` on a file that cannot be read."""
    if actor is not None:
        require(actor, "archive.load")
    rows = read_rows(content=content, name=name, columns=loading.COLUMNS)
    if dry_run:
        return foresee(rows=rows, now=now)
    return take(rows=rows, now=now, person=actor.person if actor else None)


def foresee(*, rows: Sequence[RawRow], now: datetime) -> Report:
    """What `take` would say of each row. Nothing is written."""
    return _Sorter(writer=None, today=day_of(now)).report(rows)


@transaction.atomic
def take(*, rows: Sequence[RawRow], now: datetime, person: int | None) -> Report:
    """Take the themes of these rows into their campaigns of the archive, which enter closed.

    One outcome for each row; all that is acceptable is taken together, or nothing is. The caller
    has checked the right.
    """
    writer = Writer()
    report = _Sorter(writer=writer, today=day_of(now)).report(rows)
    writer.flush()
    note(
        actor=person,
        verb="archive.load",
        subject="archive:campaigns",
        now=now,
        after={outcome.value: count for outcome, count in report.counts().items()},
    )
    return report


class _Sorter:
    """One file: what becomes of each row, given the themes that are there and the rows before.

    It writes with the writer, if there is one.
    """

    def __init__(self, *, writer: Writer | None, today: date) -> None:
        self.writer, self.today = writer, today
        self.vocabulary = vocabulary()
        prepared = Campaign.objects.filter(is_archive=False)
        self.prepared = {campaign.year: campaign for campaign in prepared}
        self.present: Mapping[str, Theme] = {}  # by natural key, for the rows at hand
        self.seen: dict[str, tuple[int, str]] = {}  # natural key: first row, and its digest

    def report(self, rows: Iterable[RawRow]) -> Report:
        return Report(tuple(self._results(rows)))

    def _results(self, rows: Iterable[RawRow]) -> Iterator[RowResult]:
        given = iter(rows)
        while batch := list(islice(given, BATCH)):
            read = [(row.number, *self._read(row)) for row in batch]
            self.present = _present(facts for _, facts, _ in read if facts)
            for number, facts, remarks in read:
                if facts is None:
                    yield RowResult(number, Outcome.REFUSED, remarks.reasons)
                else:
                    yield self._row(number, facts, remarks)

    def _read(self, row: RawRow) -> tuple[ThemeFacts | None, Remarks]:
        return loading.read(row, vocabulary=self.vocabulary, today=self.today)

    def _row(self, number: int, facts: ThemeFacts, remarks: Remarks) -> RowResult:
        key, digest = facts.natural_key(), facts.digest()
        first, known = self.seen.setdefault(key, (number, digest))
        present = self.present.get(key)
        if known != digest:
            return RowResult(number, Outcome.REFUSED, (_said_twice(first, number),))
        prepared = self.prepared.get(facts.years.address)
        if prepared and not (present and present.digest == digest):
            return RowResult(number, Outcome.REFUSED, (_not_archive(prepared),))
        if first != number or (present and present.digest == digest):
            return RowResult(number, Outcome.UNCHANGED)
        told = self._write(present, facts)
        outcome = Outcome.MENDED if remarks.mended else Outcome.TAKEN
        return RowResult(number, outcome, (*told, *remarks.reasons))

    def _write(self, present: Theme | None, facts: ThemeFacts) -> list[str]:
        """Put the theme in its campaign; what is updated, if it was there already."""
        if present is None:
            if self.writer:
                self.writer.add(facts)
            return []
        if self.writer:
            self.writer.change(present, facts)
        return [f"Le thème « {present.code} » était déjà chargé : il est mis à jour."]


def _present(read: Iterable[ThemeFacts]) -> dict[str, Theme]:
    """The themes of these facts that are there, by natural key: one query."""
    keys = {facts.natural_key() for facts in read}
    found = Theme.objects.select_related("campaign").filter(natural_key__in=keys)
    return {theme.natural_key: theme for theme in found}


def _said_twice(first: int, number: int) -> str:
    return (
        f"La ligne {first} a la même année, la même discipline, le même thème et la même source "
        f"que la ligne {number}, mais pas le même contenu ; une seule est attendue (la ligne "
        f"{first} est gardée)."
    )


def _not_archive(campaign: Campaign) -> str:
    return (
        f"La campagne {campaign.label} n’est pas une archive : ses thèmes s’y préparent, ils ne "
        "s’y chargent pas."
    )
