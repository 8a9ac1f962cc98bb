"""The real files, where they stand beside the project: every row is accounted for."""

from datetime import datetime
from pathlib import Path

import pytest

from traam.campaigns.models import Campaign, Theme
from traam.catalogue.loading import load_campaigns, load_productions
from traam.catalogue.models import Notice
from traam.kit.rows import Outcome, Report

pytestmark = [pytest.mark.official, pytest.mark.usefixtures("vocabularies")]
CAMPAIGNS, PRODUCTIONS = "campaigns.json", "productions.json"
LOADERS = {CAMPAIGNS: load_campaigns, PRODUCTIONS: load_productions}


def loaded(name: str, shared: Path, *, now: datetime, dry_run: bool = False) -> Report:
    content = (shared / "data" / name).read_bytes()
    return LOADERS[name](content=content, name=name, now=now, actor=None, dry_run=dry_run)


def counts(report: Report) -> tuple[int, ...]:
    """Taken, mended, refused, unchanged."""
    return tuple(report.counts().values())


def links() -> tuple[int, int, int]:
    """The notices tied to a theme, those whose theme waits, those that name none."""
    records = [notice.frozen() for notice in Notice.objects.current()]
    tied = sum(record.theme is not None for record in records)
    waiting = sum(bool(record.theme_text) for record in records)
    return tied, waiting, len(records) - tied - waiting


def test_real_files_are_taken_whole_and_again_unchanged(shared: Path, now: datetime) -> None:
    assert counts(loaded(CAMPAIGNS, shared, now=now, dry_run=True)) == (58, 0, 0, 0)
    assert counts(loaded(CAMPAIGNS, shared, now=now)) == (58, 0, 0, 0)
    assert counts(loaded(PRODUCTIONS, shared, now=now, dry_run=True)) == (50, 24, 0, 0)
    assert counts(loaded(PRODUCTIONS, shared, now=now)) == (50, 24, 0, 0)

    assert (Campaign.objects.count(), Theme.objects.count()) == (17, 58)
    assert links() == (42, 15, 17)
    assert counts(loaded(CAMPAIGNS, shared, now=now)) == (0, 0, 0, 58)
    assert counts(loaded(PRODUCTIONS, shared, now=now)) == (0, 0, 0, 74)
    assert Notice.objects.count() == 74


def test_real_files_in_the_other_order_end_the_same(shared: Path, now: datetime) -> None:
    report = loaded(PRODUCTIONS, shared, now=now)
    assert counts(report) == (73, 1, 0, 0)
    assert links() == (0, 57, 17)

    loaded(CAMPAIGNS, shared, now=now)

    assert links() == (42, 15, 17)
    assert counts(loaded(PRODUCTIONS, shared, now=now)) == (0, 0, 0, 74)


def test_links_that_wait_are_those_of_campaigns_that_are_not_loaded(
    shared: Path, now: datetime
) -> None:
    loaded(CAMPAIGNS, shared, now=now)

    report = loaded(PRODUCTIONS, shared, now=now)

    waiting = [reason for row in report.rows for reason in row.reasons if "en attente" in reason]
    missing = ("la campagne 2014-2015 n’est", "la campagne 2018-2019 n’est")
    assert len(waiting) == 15
    assert all(any(words in reason for words in missing) for reason in waiting)


def test_no_reason_of_the_real_files_is_a_doubt_about_a_person(shared: Path, now: datetime) -> None:
    reports = [loaded(name, shared, now=now) for name in LOADERS]

    reasons = [reason for report in reports for row in report.rows for reason in row.reasons]
    assert not [reason for reason in reasons if "électronique" in reason or "téléphone" in reason]
    assert {row.outcome for report in reports for row in report.rows} == {
        Outcome.TAKEN,
        Outcome.MENDED,
    }
