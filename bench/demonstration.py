"""The demonstration: a whole year replayed through the real acts, beside as many rows just saved.

Goal: 126 teams and 700 teachers in 90 s at most.
"""

import time

SEED = 1
FLOOR_ROWS = 5_000  # saved one by one, then counted for as many as the year has


def run(*, large: bool) -> dict[str, float]:
    """Seconds and CPU of a year at scale 1 (3 when `large`); the floor: each row it holds saved by
    a bare Django, one by one, without any rule, right, journal or mail."""
    from django.apps import apps

    from traam.config import demonstration
    from traam.groups.models import Member, Team
    from traam.kit.clock import now

    begun, spent = time.perf_counter(), time.process_time()
    demonstration.load(now=now(), seed=SEED, scale=3 if large else 1)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - spent
    rows = sum(one._base_manager.count() for one in apps.get_models())
    floor = _floor() * rows
    return {
        "teams": Team.objects.count(),
        "people in teams": Member.objects.exclude(person=None).values("person").distinct().count(),
        "rows": rows,
        "seconds": round(seconds, 1),
        "seconds of CPU": round(cpu, 1),
        "as many rows saved one by one, seconds of CPU": round(floor, 1),
        "ratio to that floor": round(cpu / floor, 2),
    }


def _floor() -> float:
    """CPU seconds of one saved row."""
    from django.db import transaction

    from traam.kit.clock import now
    from traam.post.models import Message

    instant, begun = now(), time.process_time()
    for rank in range(FLOOR_ROWS):
        with transaction.atomic():
            Message(
                to=1, kind="bench", key=f"{rank}", created_at=instant, next_try_at=instant
            ).save()
    spent = time.process_time() - begun
    Message.objects.filter(kind="bench").delete()
    return spent / FLOOR_ROWS
