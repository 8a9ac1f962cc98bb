"""Jobs of the trials: cross-tests that are due, or late, are reminded."""

from datetime import timedelta

from traam.kit.clock import day_of, now
from traam.kit.jobs import every, job
from traam.trials import asking
from traam.trials.queries.coverage import due_for_reminder

REMINDED = timedelta(days=10)  # before the day


@every(hours=6)
@job(retries=3, label="rappeler les tests croisés à rendre")
def remind_cross_tests() -> None:
    """Ten days before the day, then once it is past: each once."""
    instant = now()
    today = day_of(instant)
    for test in due_for_reminder(today=today, by=today + REMINDED):
        asking.late(test, today=today, now=instant)
