"""Jobs on django-tasks-db, and what it lacks: retries, a schedule, a reaper, the worker's loop.

A job is a module-level function of a `tasks.py`; it must be idempotent, since a killed worker's job
runs again. One row is one run asked for: its `worker_ids` hold one word for each attempt, so that
an error and a crash count alike. A worker's word says where it lives and since when
(`host/pid-namespace/pid/start`), which tells the dead from the living without a table of our own.
"""

import os
import socket
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, ParamSpec

import structlog
from django.db import OperationalError, close_old_connections, transaction
from django.db.models import Q, QuerySet
from django.utils.module_loading import autodiscover_modules
from django_tasks.base import Task, TaskResultStatus, task
from django_tasks_db.models import DBTaskResult, get_date_max

from traam.kit.compiled import Compiled

P = ParamSpec("P")
Clock = Callable[[], datetime]
Run = DBTaskResult[Any, Any]

POLL = 0.4  # seconds between two looks at an empty queue
UPKEEP = timedelta(seconds=5)  # between two rounds of the reaper and the schedule
SILENCE_MAX = timedelta(minutes=30)  # after which a job of another machine is taken for dead
DELAY_MAX = timedelta(hours=1)
KEPT = timedelta(days=7)  # a job that succeeded
KEPT_FAILED = timedelta(days=60)
BACKEND = "default"
_PERIODS = uuid.UUID("6f1c1f5e-6a35-4a5c-9a55-2f6f0d1a7c11")  # names the scheduled runs
LOG = structlog.get_logger("traam.jobs")


@dataclass(frozen=True, slots=True)
class Plan:
    """How many times a job is tried again, how long it waits the first time, and its name on
    screen."""

    retries: int = 0
    delay: timedelta = timedelta(seconds=30)
    label: str = ""

    def wait(self, attempts: int) -> timedelta:
        """The delay after this many attempts: doubled each time, an hour at most."""
        doubled: timedelta = self.delay * 2 ** (attempts - 1)
        return min(doubled, DELAY_MAX)


PLANS: dict[str, Plan] = {}
SCHEDULE: dict[str, timedelta] = {}


def job(
    *, retries: int = 3, delay: timedelta = timedelta(seconds=30), label: str = ""
) -> Callable[[Callable[P, None]], Task[P, None]]:
    """Makes a function a job: `function.enqueue(...)` asks for one run, in the transaction."""

    def decorate(function: Callable[P, None]) -> Task[P, None]:
        made: Task[P, None] = task()(function)
        PLANS[made.module_path] = Plan(retries, delay, label)
        return made

    return decorate


@cache
def _discover() -> None:
    """Import every job once: a page names fifty of them."""
    autodiscover_modules("tasks")


def label_of(path: str) -> str:
    """« remettre le courrier »: what the job of this path does; the path when it is not said."""
    _discover()
    return PLANS.get(path, Plan()).label or path


def every(
    *, hours: int = 0, minutes: int = 0, seconds: int = 0
) -> Callable[[Task[P, None]], Task[P, None]]:
    """Puts a job on the schedule: `@every(minutes=5)` above `@job()`."""
    period = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if not period:
        raise ValueError("a period is longer than nothing")

    def decorate(made: Task[P, None]) -> Task[P, None]:
        SCHEDULE[made.module_path] = period
        return made

    return decorate


def wake(*, path: str, now: datetime) -> None:
    """Ask for one run of the job named by its path, unless one already awaits."""
    if not _AWAITING.rows(path):
        _ask(path, now=now, key=uuid.uuid4())


def _awaiting(path: str) -> QuerySet[Run, tuple[Any, ...]]:
    """One run of this job that nobody has begun."""
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=path)
    return ready.order_by().values_list("pk")[:1]


_AWAITING = Compiled(_awaiting, str)  # asked at each message


def _ask(path: str, *, now: datetime, key: uuid.UUID) -> None:
    """One run; nothing when this key was asked already, were it by another process just now."""
    row: Run = DBTaskResult(
        id=key,
        task_path=path,
        run_after=now,
        backend_name=BACKEND,
        args_kwargs={"args": [], "kwargs": {}},
    )
    DBTaskResult.objects.bulk_create([row], ignore_conflicts=True)


def enqueue_due(*, now: datetime) -> None:
    """Ask for each scheduled job once in each of its periods, unless its last run is not over.

    The run's key is drawn from the job and the period, so that the table's primary key is the
    guard when several workers do this at once.
    """
    for path, period in SCHEDULE.items():
        key = uuid.uuid5(
            _PERIODS, f"{path} {period} {int(now.timestamp() // period.total_seconds())}"
        )
        known = DBTaskResult.objects.filter(task_path=path)
        unfinished = known.filter(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING))
        if not (unfinished.exists() or known.filter(pk=key).exists()):
            _ask(path, now=now, key=key)


def prune(*, now: datetime) -> None:
    """Forget the runs that are long over."""
    over = DBTaskResult.objects.order_by()
    over.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - KEPT).delete()
    over.filter(status=TaskResultStatus.FAILED, finished_at__lt=now - KEPT_FAILED).delete()


def is_pending(*, key: uuid.UUID) -> bool:
    """Whether this run awaits, or is under way."""
    unfinished = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return bool(DBTaskResult.objects.filter(pk=key, status__in=unfinished).exists())


def relaunch(*, key: uuid.UUID, now: datetime) -> bool:
    """Give a failed run all its attempts again; False when it is no longer there, or not failed."""
    failed = DBTaskResult.objects.filter(pk=key, status=TaskResultStatus.FAILED)
    return bool(
        failed.update(
            status=TaskResultStatus.READY,
            run_after=now,
            worker_ids=[],
            started_at=None,
            finished_at=None,
        )
    )


def worker_word() -> str:
    """This process: its machine, its number there, and when it started (numbers are reused)."""
    return f"{_machine()}/{os.getpid()}/{_started(os.getpid())}"


def _machine() -> str:
    try:
        return f"{socket.gethostname()}/{os.readlink('/proc/self/ns/pid')}"
    except OSError:
        return f"{socket.gethostname()}/"


def _started(pid: int) -> str:
    """The process's start in clock ticks, empty when there is none (or no /proc)."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    return text.rpartition(")")[2].split()[19]


def _is_dead(row: Run, *, now: datetime) -> bool:
    """A worker reaps between two jobs: what bears its own word was left behind by itself."""
    word: str = (row.worker_ids or [""])[-1]
    place, _, start = word.rpartition("/")
    machine, _, pid = place.rpartition("/")
    if machine == _machine() and pid.isdigit() and start:
        return word == worker_word() or _started(int(pid)) != start
    started: datetime | None = row.started_at
    return started is None or now - started > SILENCE_MAX


def reap(*, now: datetime) -> int:
    """Put back the runs whose worker is dead, or fail those that have no attempt left; how many."""
    found = 0
    with transaction.atomic():
        running = DBTaskResult.objects.running().order_by("pk")
        for row in running.select_for_update(skip_locked=True, of=("self",)):
            if _is_dead(row, now=now):
                _again_or_failed(row, ChildProcessError("the worker died"), now=now)
                found += 1
    return found


def _again_or_failed(row: Run, error: BaseException, *, now: datetime) -> None:
    plan, attempts = PLANS.get(row.task_path, Plan()), len(row.worker_ids)
    LOG.warning("job_stumbled", job=row.task_path, attempt=attempts, error=repr(error))
    if attempts > plan.retries:
        row.set_failed(error)
        return
    row.status, row.run_after = TaskResultStatus.READY, now + plan.wait(attempts)
    row.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
    row.save(update_fields=["status", "run_after", "exception_class_path"])


def run_next(now: Clock) -> bool:
    """Claim one run that is due and do it; False when there is none."""
    due = Q(run_after__lte=now()) | Q(run_after=get_date_max())  # the latter: « at once »
    ready = DBTaskResult.objects.filter(due, status=TaskResultStatus.READY)
    if not ready.exists():  # before taking SQLite's lock for nothing
        return False
    with transaction.atomic():
        row = ready.order_by("-priority", "run_after", "enqueued_at", "pk").get_locked()
        if row is None:
            return False
        row.claim(worker_word())
    _run(row, now=now)
    return True


def _run(row: Run, *, now: Clock) -> None:
    try:
        given: dict[str, Any] = row.args_kwargs
        row.task.call(*given["args"], **given["kwargs"])
    except Exception as error:
        _again_or_failed(row, error, now=now())
    else:
        row.set_successful(None)


def work(stop: threading.Event, now: Clock) -> None:
    """The worker: does what is due, one job at a time, until `stop` is set; ends after its job."""
    autodiscover_modules("tasks")
    upkeep_at = now()
    while not stop.is_set():
        close_old_connections()
        busy = False
        try:
            if now() >= upkeep_at:
                upkeep_at = now() + UPKEEP
                _keep_up(now())
            busy = run_next(now)
        except OperationalError as error:  # the database is locked, or away: it will come back
            LOG.warning("database_away", error=str(error))
        if not busy:
            stop.wait(POLL)


def _keep_up(now: datetime) -> None:
    reap(now=now)
    enqueue_due(now=now)
    prune(now=now)
