"""Jobs are retried, scheduled once a period, put back when their worker dies, and pruned."""

import os
import subprocess
import sys
import threading
import time
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from tests.kit import sample_jobs
from tests.kit.sample_jobs import DONE, fails, long, recurs, succeeds
from traam.kit import jobs

SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _only_our_schedule(monkeypatch):
    monkeypatch.setattr(jobs, "SCHEDULE", {recurs.module_path: timedelta(minutes=5)})
    DONE.clear()


def later(now, **span):
    """A clock stopped after `now`, and after the real enqueueing."""
    return lambda: now + timedelta(**span)


def only() -> DBTaskResult:
    return DBTaskResult.objects.get()


def dead_word() -> str:
    """The word of a worker of this machine that is no longer there."""
    machine = jobs.worker_word().rsplit("/", 2)[0]
    return f"{machine}/{os.getpid()}/1"  # this number, but started long before


@pytest.mark.django_db
def test_job_runs_once_with_its_words(now):
    succeeds.enqueue(word="now")

    assert [jobs.run_next(later(now)), jobs.run_next(later(now))] == [True, False]
    assert DONE == ["succeeds now"]
    assert only().status == "SUCCESSFUL"


@pytest.mark.django_db
def test_job_waits_for_its_instant(now):
    succeeds.using(run_after=now + SECOND).enqueue()

    assert jobs.run_next(later(now)) is False
    assert jobs.run_next(later(now, seconds=1)) is True


@pytest.mark.django_db
def test_job_is_forgotten_with_the_act_that_fails():
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012 (the act, then its fault)
        succeeds.enqueue()
        raise RuntimeError

    assert DBTaskResult.objects.count() == 0


@pytest.mark.django_db
def test_job_that_fails_is_tried_again_later_and_later_then_stays_failed(now):
    fails.enqueue(word="x")

    waits, at = [], now
    for _ in range(2):
        assert jobs.run_next(later(at)) is True
        waits.append(only().run_after - at)
        assert (only().status, jobs.run_next(later(at))) == ("READY", False)
        at = only().run_after
    jobs.run_next(later(at))

    assert waits == [timedelta(seconds=10), timedelta(seconds=20)]
    assert DONE == ["fails x"] * 3
    assert (only().status, only().exception_class_path) == ("FAILED", "builtins.ValueError")
    assert "ValueError: x" in only().traceback


def test_waits_double_up_to_an_hour():
    plan = jobs.Plan(retries=20, delay=timedelta(minutes=1))

    minutes = [plan.wait(attempts) // timedelta(minutes=1) for attempts in range(1, 9)]

    assert minutes == [1, 2, 4, 8, 16, 32, 60, 60]


@pytest.mark.django_db
def test_failed_job_is_relaunched_with_all_its_attempts(now):
    fails.enqueue()
    for minute in range(3):
        jobs.run_next(later(now, minutes=minute))
    assert only().status == "FAILED"

    assert jobs.relaunch(key=only().pk, now=now) is True

    assert (only().status, only().worker_ids) == ("READY", [])
    assert jobs.relaunch(key=only().pk, now=now) is False
    assert jobs.relaunch(key=uuid.UUID(int=0), now=now) is False


@pytest.mark.django_db
def test_job_that_left_the_program_fails_and_does_not_stop_the_worker(now):
    gone = DBTaskResult.objects.create(
        task_path="traam.gone.tasks.old",
        args_kwargs={"args": [], "kwargs": {}},
        run_after=now,
        backend_name="default",
    )
    succeeds.using(run_after=now + SECOND).enqueue()

    while jobs.run_next(later(now, hours=1)):
        pass

    gone.refresh_from_db()
    assert (gone.status, gone.exception_class_path) == ("FAILED", "builtins.ModuleNotFoundError")
    assert DONE == ["succeeds "]


@pytest.mark.django_db
def test_wake_asks_once_while_a_run_awaits(now):
    for _ in range(3):
        jobs.wake(path=succeeds.module_path, now=now)
    jobs.run_next(later(now))
    jobs.wake(path=succeeds.module_path, now=now)

    assert list(DBTaskResult.objects.order_by("status").values_list("status", flat=True)) == [
        "READY",
        "SUCCESSFUL",
    ]


@pytest.mark.django_db
def test_schedule_asks_once_a_period(now):
    """09:30 is the beginning of a period of five minutes."""
    asked = []
    for minute in (0, 1, 4, 5, 9, 10):
        jobs.enqueue_due(now=now + timedelta(minutes=minute))
        asked.append(jobs.run_next(later(now, minutes=minute)))

    assert asked == [True, False, False, True, False, True]


@pytest.mark.django_db
def test_schedule_waits_for_the_last_run_to_be_over(now):
    for minute in (0, 5, 10):
        jobs.enqueue_due(now=now + timedelta(minutes=minute))

    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db
def test_schedule_asks_once_when_two_workers_look_at_the_same_time(now, monkeypatch):
    """Neither sees the other's row: the primary key alone is the guard."""
    with monkeypatch.context() as patch:
        nothing = DBTaskResult.objects.none()
        patch.setattr(type(DBTaskResult.objects), "filter", lambda self, *a, **k: nothing)
        jobs.enqueue_due(now=now)
        jobs.enqueue_due(now=now)

    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db
def test_schedule_of_a_day_or_more_has_its_own_periods(now, monkeypatch):
    monkeypatch.setattr(jobs, "SCHEDULE", {recurs.module_path: timedelta(days=1)})

    asked = []
    for hour in (0, 12, 24):
        jobs.enqueue_due(now=now + timedelta(hours=hour))
        asked.append(jobs.run_next(later(now, hours=hour)))

    assert asked == [True, False, True]


def test_every_refuses_an_empty_period():
    with pytest.raises(ValueError, match="longer than nothing"):
        jobs.every()


def running(word: str, *, started, attempts: int = 1) -> DBTaskResult:
    row = DBTaskResult.objects.get(pk=long.enqueue().id)
    row.status, row.started_at, row.worker_ids = "RUNNING", started, [word] * attempts
    row.save()
    return row


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("word", "silence", "dead"),
    [
        ("dead", SECOND, True),
        ("own", SECOND, True),  # left behind by this very worker, which is between two jobs
        ("alive", timedelta(days=1), False),
        ("elsewhere/pid:[1]/7/7", SECOND, False),
        ("elsewhere/pid:[1]/7/7", jobs.SILENCE_MAX + SECOND, True),
        ("", jobs.SILENCE_MAX + SECOND, True),
    ],
)
def test_reaper_tells_the_dead_from_the_living(now, word, silence, dead):
    machine, parent = jobs.worker_word().rsplit("/", 2)[0], os.getppid()
    alive = f"{machine}/{parent}/{jobs._started(parent)}"
    words = {"dead": dead_word(), "own": jobs.worker_word(), "alive": alive}
    row = running(words.get(word, word), started=now - silence)

    assert jobs.reap(now=now) == int(dead)

    row.refresh_from_db()
    assert row.status == ("READY" if dead else "RUNNING")


@pytest.mark.django_db
def test_reaper_fails_what_killed_its_worker_at_every_attempt(now):
    row = running(dead_word(), started=now, attempts=2)

    jobs.reap(now=now)

    row.refresh_from_db()
    assert (row.status, row.exception_class_path) == ("FAILED", "builtins.ChildProcessError")


@pytest.mark.django_db
def test_prune_forgets_what_is_long_over_and_nothing_else(now):
    ages = {
        ("SUCCESSFUL", 8): False,
        ("SUCCESSFUL", 6): True,
        ("FAILED", 61): False,
        ("FAILED", 59): True,
    }
    for status, days in ages:
        row = DBTaskResult.objects.get(pk=long.enqueue().id)
        row.status, row.finished_at = status, now - timedelta(days=days)
        row.save()
    long.enqueue()

    jobs.prune(now=now)

    kept = set(DBTaskResult.objects.values_list("status", "finished_at"))
    assert kept == {("READY", None)} | {
        (status, now - timedelta(days=days)) for (status, days), stays in ages.items() if stays
    }


@pytest.mark.django_db
def test_worker_does_all_that_is_due_and_ends_when_told(now):
    stop = threading.Event()
    succeeds.enqueue(word="first")
    real_run = jobs.run_next

    def run(clock) -> bool:
        busy = real_run(clock)
        if not busy:
            stop.set()
        return busy

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "run_next", run)
        patch.setattr(jobs, "close_old_connections", lambda: None)
        jobs.work(stop, later(now))

    assert sorted(DONE) == ["recurs", "succeeds first"]


class Workers:
    """A folder with its own database, and workers as processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "slow").touch()

    def start(self, *verbs: str) -> subprocess.Popen[str]:
        root = Path(__file__).resolve().parents[2]
        kept = {name: text for name, text in os.environ.items() if not name.startswith("TRAAM_")}
        given = {
            "TRAAM_DATA": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "traam.config.settings",
            "PYTHONPATH": f"{root / 'src'}:{root}",
        }
        line = [sys.executable, sample_jobs.__file__, *verbs]
        return subprocess.Popen(line, env=kept | given, stdout=subprocess.PIPE, text=True)

    def do(self, *verbs: str) -> str:
        process = self.start(*verbs)
        out, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        return out

    def log(self) -> list[str]:
        path = self.folder / "log"
        return path.read_text().split() if path.exists() else []

    def wait_for(self, *lines: str) -> None:
        deadline = time.monotonic() + 60
        while self.log() != list(lines):
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.05)


@pytest.mark.sqlite
def test_job_of_a_killed_worker_is_done_by_another(tmp_path):
    workers = Workers(tmp_path)
    workers.do("prepare", "ask")
    victim = workers.start("work")
    workers.wait_for("begun")
    victim.kill()
    victim.communicate()
    assert workers.do("show") == '[["RUNNING", 1]]'

    (tmp_path / "slow").unlink()
    heir = workers.start("work")
    workers.wait_for("begun", "begun", "done")
    heir.terminate()
    heir.communicate(timeout=60)

    assert heir.returncode == 0
    assert workers.do("show") == '[["SUCCESSFUL", 2]]'


@pytest.mark.sqlite
def test_worker_told_to_stop_finishes_its_job_and_begins_no_other(tmp_path):
    workers = Workers(tmp_path)
    workers.do("prepare", "ask", "ask")
    worker = workers.start("work")
    workers.wait_for("begun")

    worker.terminate()
    with pytest.raises(subprocess.TimeoutExpired):
        worker.wait(timeout=0.5)
    (tmp_path / "slow").unlink()
    worker.communicate(timeout=60)

    assert (worker.returncode, workers.log()) == (0, ["begun", "done"])
    assert workers.do("show") == '[["SUCCESSFUL", 1], ["READY", 0]]'


@pytest.mark.sqlite
def test_two_workers_never_do_the_same_job(tmp_path):
    workers = Workers(tmp_path)
    (tmp_path / "slow").unlink()
    workers.do("prepare", *["ask"] * 20)

    both = [workers.start("work") for _ in range(2)]
    deadline = time.monotonic() + 60
    while workers.log().count("done") < 20 and time.monotonic() < deadline:
        time.sleep(0.05)
    for worker in both:
        worker.terminate()
        worker.communicate(timeout=60)

    assert workers.log().count("begun") == 20
    assert workers.do("show").count('["SUCCESSFUL", 1]') == 20
