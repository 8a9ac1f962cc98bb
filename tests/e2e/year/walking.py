"""What a walk through the year stands on: a clock that is moved, people who change, their pages.

The server runs in this process, so that moving the clock moves it for the pages and the jobs alike.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import urlsplit

import time_machine
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import resolve
from django.utils.module_loading import autodiscover_modules
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import Browser, Locator, Page, Response

from tests.e2e.looking import BLANK, PHONE, WIDE, fits
from tests.e2e.year.names import address_of
from traam.kit import jobs
from traam.kit.clock import PARIS, now
from traam.people.models import User
from traam.people.personas import BY_SLUG

log = logging.getLogger(__name__)
SAVED = "#enregistrement[data-state=saved]:has-text('Enregistré à')"
NAMED = "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"
TABS_MAX = 120
TIMEOUT = 30_000  # milliseconds, for whatever a page must show


class Walk:
    """A browser for each person, the clock, and all the faults met on the way.

    `codes`: of the themes and applications, by title.
    """

    def __init__(self, browser: Browser, address: str) -> None:
        autodiscover_modules("tasks")
        self.browser, self.address = browser, address
        self.faults: list[str] = []
        self.codes: dict[str, str] = {}
        self.without_script: set[Page] = set()
        self._looked_at: set[str] = set()
        self._expected = False
        self._pages: dict[str, Page] = {}
        self._strangers: list[Page] = []
        self._ways: set[Callable[..., None]] = set()  # of signing in, once walked through
        self._clock: time_machine.travel | None = None

    def through(self, steps: Iterable[Callable[["Walk"], None]]) -> None:
        """One after the other; between two, everybody leaves their page."""
        for step in steps:
            begun = time.perf_counter()
            try:
                step(self)
            except Exception as error:
                error.add_note("\n".join([*self._open(), *self.faults]))
                raise
            self._rest()
            log.info("%s: %.1f s", step.__name__, time.perf_counter() - begun)

    def _rest(self) -> None:
        """A page that stays open goes on asking, drawing and costing; that of nobody is closed."""
        for page in self._strangers:
            page.context.close()
        self._strangers.clear()
        for page in self._pages.values():
            if page.url != BLANK:
                page.goto(BLANK)

    def _open(self) -> list[str]:
        """Where everybody is, and what their page is about."""
        pages = [page for page in (*self._strangers, *self._pages.values()) if page.url != BLANK]
        return [f"{page.url}: {page.locator('main').all_inner_texts()}" for page in pages]

    def end(self) -> None:
        """The browsers close, and it is today again."""
        for page in (*self._strangers, *self._pages.values()):
            page.context.close()
        self._stop()

    # -- time

    def at(self, year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
        """That instant has come, in Paris, and the worker does what is due."""
        self._stop()
        instant = datetime(year, month, day, hour, minute, tzinfo=PARIS)
        self._clock = time_machine.travel(instant, tick=True)
        self._clock.start()
        self.work()

    def work(self) -> None:
        """What the worker does when it wakes up; no job fails."""
        jobs.enqueue_due(now=now())
        while jobs.run_next(now):
            pass
        wrong = DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL)
        assert [(one.task_path, one.exception_class_path) for one in wrong] == []

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.stop()
            self._clock = None

    # -- people

    def be(self, slug: str, **options: object) -> Page:
        """The page of this person, who signs in the first time.

        The first persona by its card, the first other person by a code received; to the next ones
        their session is given, which costs no page.
        """
        key = f"{slug} {options or ''}"
        if key not in self._pages:
            page = self._pages[key] = self._opened(**options)
            way = self._by_card if slug in BY_SLUG else self._by_code
            (self._at_once if way in self._ways else way)(page, slug)
            self._ways.add(way)
        return self._pages[key]

    def stranger(self) -> Page:
        """A browser that has never been here, until the end of the step."""
        self._strangers.append(self._opened())
        return self._strangers[-1]

    def _opened(self, **options: object) -> Page:
        """What goes wrong in it is written down."""
        given = {"base_url": self.address, "locale": "fr-FR", "viewport": WIDE} | options
        page = self.browser.new_context(**given).new_page()  # type: ignore[arg-type]
        page.set_default_timeout(TIMEOUT)
        if not given.get("java_script_enabled", True):
            self.without_script.add(page)
        page.on("response", self._received)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", lambda said: self._said(page.url, said.type, said.text))
        return page

    def _received(self, answer: Response) -> None:
        if answer.status >= 400 and not self._expected:
            self.faults.append(f"{answer.status} {answer.url}")

    def _said(self, address: str, kind: str, text: str) -> None:
        if kind == "error" and not text.startswith("Failed to load resource"):
            self.faults.append(f"{address}: {text}")

    @contextmanager
    def refused(self) -> Iterator[None]:
        """What is done meanwhile is refused, and that is no fault."""
        self._expected = True
        yield
        self._expected = False

    def _by_card(self, page: Page, slug: str) -> None:
        page.goto("/connexion/demo/")
        page.locator(f"button[value={slug}]").click()
        page.wait_for_url("**/tableau-de-bord/")

    def _by_code(self, page: Page, slug: str) -> None:
        page.goto("/connexion/")
        page.locator("#id_email").fill(address_of(slug))
        self.press(page, "Recevoir un code")
        page.locator("#id_code").fill(_code(mail.outbox[-1].body))
        self.press(page, "Se connecter")
        page.wait_for_url("**/tableau-de-bord/")

    def _at_once(self, page: Page, slug: str) -> None:
        client = Client()
        client.force_login(User.objects.get(email=address_of(slug)))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        given = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.address}
        page.context.add_cookies([given])  # type: ignore[list-item]

    # -- pages

    def go(self, page: Page, address: str) -> Page:
        page.goto(address)
        return self.look(page)

    def press(self, page: Page, name: str, *, exact: bool = True) -> Page:
        """A button of the page."""
        return self._then(page, page.locator("main").get_by_role("button", name=name, exact=exact))

    def follow(self, page: Page, name: str, *, exact: bool = True) -> Page:
        """A link of the page."""
        return self._then(page, page.locator("main").get_by_role("link", name=name, exact=exact))

    def _then(self, page: Page, found: Locator) -> Page:
        found.first.click()
        page.wait_for_load_state()
        return self.look(page)

    def look(self, page: Page, state: str = "") -> Page:
        """Each type of page, once: no wider than a phone. The rest is in `test_every_page`."""
        kind = f"{resolve(urlsplit(page.url).path).url_name} {state}".strip()
        if kind in self._looked_at or page in self.without_script:
            return page
        self._looked_at.add(kind)
        own = page.viewport_size
        for size in (PHONE, WIDE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            if not fits(page):
                self.faults.append(f"{kind}: wider than {size['width']} px")
        if own != WIDE:
            page.set_viewport_size(own)  # type: ignore[arg-type]
        return page

    def shows(self, page: Page, *words: str) -> None:
        """The page says this, in its own words."""
        for each in words:
            page.locator("main").get_by_text(each, exact=False).first.wait_for(state="attached")

    def saved(self, page: Page) -> None:
        page.wait_for_selector(SAVED)

    # -- the keyboard alone

    def tab_to(self, page: Page, name: str) -> None:
        """Go there with Tab, and press Enter."""
        for _ in range(TABS_MAX):
            page.keyboard.press("Tab")
            if " ".join((page.evaluate(NAMED) or "").split()).startswith(name):
                break
        else:
            raise AssertionError(f"« {name} » is not reached with Tab on {page.url}")
        page.keyboard.press("Enter")
        page.wait_for_load_state()


def _code(body: str) -> str:
    """The code of a mail: the line that is a word of eight letters and a dash."""
    lines = (line.strip() for line in body.splitlines())
    return next(line for line in lines if len(line) == 9 and line[4] == "-")
