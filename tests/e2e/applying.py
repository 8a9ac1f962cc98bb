"""A server whose call is open, and the forms of those who answer it."""

import json
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page

from tests.e2e.failing import until
from tests.e2e.serving import Site

FILES = 12  # applications begun
SAVED = "#enregistrement[data-state=saved]"
BY_SOMEONE = re.compile(r"\bpar\b")  # « Enregistré par … »
# What this device holds of what is typed; the database is not made where there is none.
DRAFTS = """async () => {
  const bases = await indexedDB.databases();
  if (!bases.some(({ name }) => name === "traam-brouillons")) return [];
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("traam-brouillons");
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      const all = asked.result.transaction("textes").objectStore("textes").getAll();
      all.onsuccess = () => resolve(all.result);
      asked.result.close();
    };
  });
}"""


@dataclass(frozen=True)
class Call:
    """What the applications begun on this server say, by their codes."""

    site: Site

    @property
    def address(self) -> str:
        return self.site.address

    @property
    def codes(self) -> list[str]:
        return list(self.site.found)

    def present(self, code: str) -> dict[str, object]:
        """What is saved in each field."""
        return dict(self._read("applications_answer", code))

    def texts(self, code: str, *fields: str) -> set[str]:
        """Every text that these fields were ever given."""
        rows = self._read("applications_answerversion", code)
        return {str(value or "") for name, value in rows if name in fields}

    def _read(self, table: str, code: str) -> list[tuple[str, object]]:
        """Field and value, straight from the file that the server writes in."""
        query = f"""
            SELECT one.field, one.value FROM {table} one
            JOIN applications_application file ON file.id = one.application_id
            WHERE file.code = ? ORDER BY one.id"""
        with closing(sqlite3.connect(f"{self.site.folder}/traam.sqlite3")) as data:
            return [(field, json.loads(value)) for field, value in data.execute(query, [code])]


def form(context: BrowserContext, code: str, step: str = "projet") -> Page:
    """The form, whose script is at work."""
    page = context.new_page()
    page.goto(f"/candidatures/{code}/modifier/?etape={step}")
    page.wait_for_selector("form[data-ready=yes]")
    return page


def saved(page: Page) -> None:
    """What one typed here is saved, and the line does not speak of someone else's text."""
    page.locator(SAVED).filter(has_not_text=BY_SOMEONE).wait_for()


def on_the_device(page: Page) -> None:
    """The one text that waits is written on its disk."""
    until(lambda: kept(page) == 1)


def kept(page: Page) -> int:
    """How many texts wait on this device."""
    return len(page.evaluate(DRAFTS))
