"""Edits at random in a real browser while everything fails: nothing typed is lost.

A few edits in the suite. For a thousand, from another seed, with their figures (in real time, and
much longer: SPEED=1):

    EDITS=1000 SEED=1 ./traam test tests/e2e/test_edits.py -k typed -s -n0
"""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.applying import DRAFTS
from tests.e2e.failing import Mortal, Person, until
from tests.e2e.memory import GRACE, mark
from tests.e2e.serving import run
from tests.e2e.wandering import FAILURES, Clock, Walk, opened

pytestmark = pytest.mark.browser

EDITS = int(os.environ.get("EDITS", "30"))
SEED = int(os.environ.get("SEED", "2026"))
SPEED = float(os.environ.get("SPEED", "4"))  # how many times faster the pages' time goes
PEOPLE = ("referent-lille", "enseignant-lille")


@pytest.fixture(scope="module")
def server(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mortal]:
    """A server of this module's own, since it is killed; `codes` are those of open applications."""
    folder = tmp_path_factory.mktemp("edits") / "data"
    shutil.copytree(base, folder)
    server = Mortal(str(folder), run("calls", folder, "4")[:2])
    yield server
    server.kill()


@pytest.fixture
def walk(browser: Browser, server: Mortal, tmp_path: Path) -> Iterator[Walk]:
    """Two people who write in an application where nobody has written yet."""
    clock = Clock(time.time(), SPEED)
    people = [Person(browser, one, tmp_path / one, clock.words()) for one in PEOPLE]
    yield Walk(server=server, people=people, code=server.codes.pop(), seed=SEED, clock=clock)
    for person in people:
        person.close()


def test_browser_killed_without_network_gives_the_text_back(walk) -> None:
    tab, (person, _) = walk.tabs[0], walk.people
    walk.open(tab)
    person.cut(is_offline=True)
    walk.write(tab, "summary")
    tab.page.wait_for_timeout(GRACE / SPEED)

    person.kill()
    page = opened(person.open(walk.server.address), walk.code)
    until(lambda: page.evaluate(DRAFTS) == [])

    assert mark(1) in page.locator("#q-summary").input_value()
    assert walk.on_server() == {1}


def test_nothing_typed_more_than_three_seconds_before_is_lost(walk) -> None:
    walk.go(EDITS)
    lost = walk.end()

    print(f"\n{walk.told()}")  # noqa: T201 (the figures of a long run)
    assert lost == []
    assert EDITS < 1000 or set(walk.met) == set(FAILURES)
