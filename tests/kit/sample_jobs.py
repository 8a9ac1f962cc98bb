"""Jobs for the tests of jobs, and a worker in a process of its own.

`python tests/kit/sample_jobs.py VERB` does one verb on the folder that TRAAM_DATA names.
"""

import json
import os
import signal
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

if __name__ == "__main__":
    import django

    django.setup()
    sys.modules["tests.kit.sample_jobs"] = sys.modules["__main__"]

from django.utils.module_loading import autodiscover_modules

from traam.kit import jobs
from traam.kit.clock import now
from traam.kit.jobs import every, job

DONE: list[str] = []


@job(retries=2, delay=timedelta(seconds=10))
def fails(word: str = "") -> None:
    """Fails each time."""
    DONE.append(f"fails {word}")
    raise ValueError(word)


@job(retries=0)
def succeeds(word: str = "") -> None:
    DONE.append(f"succeeds {word}")


@every(minutes=5)
@job()
def recurs() -> None:
    DONE.append("recurs")


@job(retries=1, delay=timedelta(0))
def long() -> None:
    """Says that it began, then lasts as long as the file `slow` is there."""
    folder = Path(os.environ["TRAAM_DATA"])
    with (folder / "log").open("a") as log:
        log.write("begun\n")
    while (folder / "slow").exists():
        time.sleep(0.05)
    with (folder / "log").open("a") as log:
        log.write("done\n")


def prepare() -> None:
    from django.core.management import call_command

    call_command("migrate", "django_tasks_database", verbosity=0, interactive=False)


def ask() -> None:
    long.enqueue()


def work() -> None:
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    autodiscover_modules("tasks")
    jobs.SCHEDULE.clear()  # only what the test asks for
    jobs.work(stop, now)


def show() -> None:
    from django_tasks_db.models import DBTaskResult

    rows = DBTaskResult.objects.order_by("enqueued_at", "pk")
    sys.stdout.write(json.dumps([[row.status, len(row.worker_ids)] for row in rows]))


if __name__ == "__main__":
    for verb in sys.argv[1:]:
        globals()[verb]()
