"""A random walk on one open application: two people, two tabs each, and everything that fails.

Each step writes in a random field of a random tab; between steps a page is killed or reloaded, a
browser is killed, a session expires, the network or an answer is lost, the server is killed, two
tabs write one field, two texts are put together. After each failure, everything typed more than
three seconds before must be on the server or on the device; `Memory` knows what that is.
"""

import json
import random
import sqlite3
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Error, Page, Response, Route

from tests.e2e.applying import DRAFTS
from tests.e2e.failing import Mortal, Person, until
from tests.e2e.memory import Memory, mark, marks

FIELDS = ("title", "summary", "problem", "protocol")
PAUSES = (0, 0, 0, 0, 0.1, 0.5, 1, 3.5)  # seconds of the browser's clock, after an edit
LASTS = (1, 2, 4, 8)  # edits until what is cut comes back
FAILURES = {
    "reload": 3,
    "close": 3,
    "crash": 2,
    "kill_browser": 1,
    "cut": 4,
    "expire": 3,
    "swallow": 3,
    "kill_server": 1,
    "clash": 4,
    "join": 8,
}
OFTEN = 0.2  # failures for one edit
JOINED = 6  # pairs of texts that one puts together, at most
JOIN = "button:has-text('Mettre les deux à la suite')"


@dataclass(eq=False)
class Tab:
    """A window of someone's browser; without a page, it was killed and is not open again yet."""

    person: Person
    page: Page | None = None


class Walk:
    """The people, their tabs, the server, and what is remembered of all that was typed."""

    def __init__(
        self, *, server: Mortal, people: list[Person], code: str, seed: int, clock: "Clock"
    ) -> None:
        self.server, self.people, self.code, self.clock = server, people, code, clock
        self.chance = random.Random(seed)
        self.tabs = [Tab(person) for person in people for _ in range(2)]
        self.memory = Memory()
        self.edits = 0
        self.back: dict[Person, int] = {}  # the edit at which the network or the session comes back
        self.met: Counter[str] = Counter()  # failures met
        self.rivals = 0  # at most at once

    # -- one step

    def go(self, edits: int) -> None:
        """So many edits, then the end: everyone comes back."""
        while self.edits < edits:
            self.revive()
            self.write(self.chance.choice(self.living()), self.chance.choice(FIELDS))
            self.rest()
            if self.chance.random() < OFTEN:
                self.fail(self.chance.choices(list(FAILURES), list(FAILURES.values()))[0])
                self.check()

    def fail(self, name: str) -> None:
        self.met[name] += 1
        getattr(self, name)(self.chance.choice(self.living()))

    def write(self, tab: Tab, name: str) -> None:
        """In the place of what is there, or after it."""
        assert tab.page
        self.edits += 1
        text, place = f"essai {mark(self.edits)}", tab.page.locator(f"#q-{name}")
        if self.chance.random() < 0.3:
            place.focus()
            tab.page.keyboard.press("Control+End")
            tab.page.keyboard.insert_text(f" {text}")
        else:
            place.fill(text)
        for told in tab.page.evaluate("window.typed.splice(0)"):
            self.memory.note(tab, **told)
        assert self.edits in self.memory.typed

    def rest(self) -> None:
        """As people do, more or less; the pages go on meanwhile."""
        page = self.living()[0].page
        assert page
        page.wait_for_timeout(1000 * self.chance.choice(PAUSES) / self.clock.speed)

    def living(self) -> list[Tab]:
        return [tab for tab in self.tabs if tab.page]

    def revive(self) -> None:
        """What has lasted comes back; who can open a page again does so."""
        for person in self.people:
            if self.back.get(person, self.edits) <= self.edits:
                self.heal(person)
        if not self.living():
            self.heal(self.people[0])
        for tab in self.tabs:
            if not tab.page and not tab.person.is_offline and not tab.person.is_expired:
                self.open(tab)

    def heal(self, person: Person) -> None:
        """The network is there, the session too."""
        self.back.pop(person, None)
        if person.is_offline:
            person.cut(is_offline=False)
        if person.is_expired:
            self.server.wait()
            person.sign_in()

    def open(self, tab: Tab) -> None:
        self.server.wait()
        context = tab.person.open(self.server.address)
        tab.page = opened(context, self.code)

    # -- what fails

    def reload(self, tab: Tab) -> None:
        """The same tab, a new page, whatever had not left yet."""
        assert tab.page
        self.heal(tab.person)
        self.server.wait()
        tab.page.reload()
        tab.page.wait_for_selector("form[data-ready=yes]")

    def close(self, tab: Tab) -> None:
        assert tab.page
        tab.page.close(run_before_unload=False)
        self.died(tab)

    def crash(self, tab: Tab) -> None:
        tab.person.crash()
        self.all_died(tab.person)

    def kill_browser(self, tab: Tab) -> None:
        tab.person.kill()
        self.all_died(tab.person)
        tab.person.is_offline = tab.person.is_expired = False
        self.back.pop(tab.person, None)

    def all_died(self, person: Person) -> None:
        for tab in self.living():
            if tab.person is person:
                self.died(tab)

    def died(self, tab: Tab) -> None:
        tab.page = None
        self.memory.die(tab, at=self.clock.now())

    def cut(self, tab: Tab) -> None:
        tab.person.cut(is_offline=True)
        self.back[tab.person] = self.edits + self.chance.choice(LASTS)

    def expire(self, tab: Tab) -> None:
        tab.person.expire(self.server.folder)
        self.back[tab.person] = self.edits + self.chance.choice(LASTS)

    def swallow(self, tab: Tab) -> None:
        """The server writes, its answer is lost."""
        assert tab.page
        tab.page.route("**/enregistrer/", lose, times=1)

    def kill_server(self, _tab: Tab) -> None:
        self.server.kill()
        self.server.start()  # people go on while it starts

    def clash(self, tab: Tab) -> None:
        """Another tab writes the same field at the same time."""
        name = self.chance.choice(FIELDS)
        other = self.chance.choice(self.living())
        self.write(tab, name)
        self.write(other, name)
        self.write(tab, name)

    def join(self, tab: Tab) -> None:
        """Who sees two texts puts them together, and goes on."""
        assert tab.page
        self.heal(tab.person)
        self.server.wait()
        with tab.page.expect_response(heard):  # as one does on coming back to a tab
            tab.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        for _ in range(JOINED):
            button = tab.page.locator(JOIN).first
            if button.is_visible():
                with tab.page.expect_navigation():
                    button.click()
                tab.page.wait_for_selector("form[data-ready=yes]")

    # -- what must be there

    def check(self) -> None:
        """Nothing of what was typed more than three seconds ago is lost."""
        at = self.clock.now()
        if all(any(tab.person is person for tab in self.living()) for person in self.people):
            found = self.on_devices() | self.on_server()
            lost = self.memory.lost(found, at=at)
            assert lost == [], (lost, self.edits, self.met)

    def on_devices(self) -> set[int]:
        shown = {tab.person: tab.page for tab in self.living()}
        return marks(*(str(page.evaluate(DRAFTS)) for page in shown.values() if page))

    def on_server(self) -> set[int]:
        """What the application says, and what waits to be settled."""
        query = """
            SELECT one.value FROM applications_{} one
            JOIN applications_application file ON file.id = one.application_id
            WHERE file.code = ? {}"""
        waiting = "AND one.is_rival AND one.settled_at IS NULL"
        with closing(sqlite3.connect(f"{self.server.folder}/traam.sqlite3")) as data:
            aside = data.execute(query.format("answerversion", waiting), [self.code]).fetchall()
            said = data.execute(query.format("answer", ""), [self.code]).fetchall()
        self.rivals = max(self.rivals, len(aside))
        return marks(*(str(json.loads(value)) for (value,) in said + aside))

    def told(self) -> str:
        """The figures of this walk."""
        met = ", ".join(f"{name} {count}" for name, count in sorted(self.met.items()))
        early = f"{len(self.memory.excused)} typed less than three seconds before their tab died"
        return f"{self.edits} edits; {met}; {self.rivals} rivals at once; {early}"

    def end(self) -> list[int]:
        """Every page is killed; the next one of each person sends what their device still holds.
        What is then lost to who reads the page."""
        for tab in self.living():
            self.close(tab)
        for person in self.people:
            self.heal(person)
        for person in self.people:
            self.server.wait()
            page = opened(person.open(self.server.address), self.code)
            until(lambda page=page: page.evaluate(DRAFTS) == [])
            page.reload()
            page.wait_for_selector("form[data-ready=yes]")
        shown = page.locator("textarea, input[type=text], .applications-rival").evaluate_all(
            "all => all.map((one) => one.value ?? one.innerText)"
        )
        return self.memory.lost(marks(*shown), at=self.clock.now())


@dataclass(frozen=True)
class Clock:
    """The browser's: `speed` times ours, since `start` (seconds)."""

    start: float
    speed: float

    def now(self) -> float:
        """Milliseconds."""
        return 1000 * (self.start + (time.time() - self.start) * self.speed)

    def words(self) -> str:
        return json.dumps({"start": 1000 * self.start, "speed": self.speed})


def opened(context: BrowserContext, code: str) -> Page:
    page = context.new_page()
    page.goto(f"/candidatures/{code}/modifier/?etape=projet")
    page.wait_for_selector("form[data-ready=yes]")
    return page


def heard(answer: Response) -> bool:
    """The page knows what the server says now, and its token."""
    return answer.ok and answer.url.partition("?")[0].endswith(("/suivi/", "/enregistrer/"))


def lose(route: Route) -> None:
    with suppress(Error):  # the server may be dead, the page too
        route.fetch()
    with suppress(Error):
        route.abort()
