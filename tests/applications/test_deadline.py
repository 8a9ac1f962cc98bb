"""Until when an application is written, agreed to and endorsed: pure, to the second."""

from datetime import UTC, datetime, timedelta

import pytest

from traam.applications.rules.deadline import Deadline, deadline
from traam.campaigns.rules.calendar import Calendar, Milestone

OPENS = datetime(2026, 2, 2, 7, tzinfo=UTC)
CLOSES = datetime(2026, 4, 3, 16, tzinfo=UTC)
SECOND = timedelta(seconds=1)
CALENDAR = Calendar({Milestone.CALL_OPENS: OPENS, Milestone.CALL_CLOSES: CLOSES})
LIMIT = deadline(CALENDAR, grace_hours=48)


@pytest.mark.parametrize(
    ("at", "is_open", "is_in_time", "lapses"),
    [
        (OPENS - SECOND, False, False, False),
        (OPENS, True, True, False),
        (CLOSES - SECOND, True, True, False),
        (CLOSES, False, True, False),
        (CLOSES + timedelta(hours=48) - SECOND, False, True, False),
        (CLOSES + timedelta(hours=48), False, False, True),
    ],
)
def test_deadline_opens_closes_and_lapses_at_its_instants(
    at: datetime, is_open: bool, is_in_time: bool, lapses: bool
) -> None:
    found = (LIMIT.is_open(at), LIMIT.is_before_grace_ends(at), LIMIT.lapses(at))

    assert found == (is_open, is_in_time, lapses)


@pytest.mark.parametrize(("days", "expected"), [(7, 7), (-7, 0)])
def test_extension_moves_the_end_later_and_never_sooner(days: int, expected: int) -> None:
    found = deadline(CALENDAR, grace_hours=2, extended_until=CLOSES + timedelta(days=days))

    assert found.closes_at == CLOSES + timedelta(days=expected)
    assert found.grace_ends_at == CLOSES + timedelta(days=expected, hours=2)


def test_call_without_its_dates_is_never_open_and_never_lapses() -> None:
    found = deadline(Calendar(), grace_hours=48, extended_until=CLOSES)

    assert found == Deadline(None, None, None)
    judged = (found.is_open(CLOSES), found.is_before_grace_ends(CLOSES), found.lapses(CLOSES))
    assert judged == (False, False, False)
    assert found.why_closed(CLOSES) == found.why_too_late(CLOSES)
    assert found.why_closed(CLOSES) == "Les dates de l’appel ne sont pas fixées."


def test_deadline_says_why_in_french() -> None:
    assert LIMIT.why_closed(OPENS - SECOND).startswith(
        "L’appel n’ouvre que le lundi 2 février 2026"
    )
    assert LIMIT.why_too_late(OPENS - SECOND) == LIMIT.why_closed(OPENS - SECOND)
    assert LIMIT.why_closed(CLOSES).startswith("L’appel est clos depuis le vendredi 3 avril 2026")
    assert "dimanche 5 avril 2026" in LIMIT.why_too_late(CLOSES + timedelta(days=2))


def test_deadline_says_who_may_give_more_time() -> None:
    more = "le pilotage national peut donner plus de temps à une académie."
    two_days = timedelta(days=2)

    assert LIMIT.why_closed(CLOSES).endswith(f" : {more}")
    assert LIMIT.why_too_late(CLOSES + two_days).endswith(f" : {more}")


@pytest.mark.parametrize(
    "calendar", [{}, {Milestone.CALL_OPENS: OPENS}, {Milestone.CALL_CLOSES: CLOSES}]
)
def test_call_that_lacks_a_date_says_so(calendar) -> None:
    found = deadline(Calendar(calendar), grace_hours=48)

    assert found.opens_at == calendar.get(Milestone.CALL_OPENS)
    assert {found.why_closed(OPENS), found.why_too_late(OPENS)} == {
        "Les dates de l’appel ne sont pas fixées."
    }
