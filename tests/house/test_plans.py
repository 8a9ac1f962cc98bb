"""What is asked about one thing is found by an index, never by reading all the rows of its kind.

The plans are those that SQLite says, without statistics: as in a new folder.
"""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from traam.campaigns.queries import people_of_themes
from traam.post import queries as post

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TODAY = date(2027, 3, 1)
MANY = [f"theme-{number}" for number in range(200)]
# What asks, the table it reads, the index that its plan must name.
FOUND: dict[str, tuple[Callable[[], object], str, str]] = {
    "the people of many themes": (
        lambda: people_of_themes(MANY, TODAY),
        "people_mandatescope",
        "mandate_scope_by_code",
    ),
    "the kinds of messages": (post.kinds, "post_message", "message_by_kind"),
    "the messages of a kind": (
        lambda: list(post.for_outbox(kind="people/invitation")[:20]),
        "post_message",
        "message_by_kind",
    ),
}


def _plans(ask: Callable[[], object]) -> list[str]:
    """The steps of the plans of all that is asked."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    with connection.cursor() as cursor:
        return [
            row[3]
            for one in asked
            for row in cursor.execute(f"EXPLAIN QUERY PLAN {one['sql']}").fetchall()
        ]


@pytest.mark.parametrize("name", FOUND)
def test_what_is_asked_is_found_by_its_index(name) -> None:
    ask, table, index = FOUND[name]

    found = [step for step in _plans(ask) if table in step.split()]

    assert found
    assert [step for step in found if f"INDEX {index}" not in step] == []
