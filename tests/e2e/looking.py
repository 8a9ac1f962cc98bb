"""What a page in a browser is looked at for: accessible, and no wider than the screen."""

import os
from collections.abc import Collection

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 740}
SCREENS = {"desktop": {"viewport": WIDE}, "phone": {"viewport": PHONE, "has_touch": True}}
BLANK = "about:blank"
FITS = "document.documentElement.scrollWidth <= innerWidth + 1"
AXE = """async (rules) => {
  const found = await axe.run(document, { resultTypes: ["violations"], rules });
  return found.violations.flatMap((one) =>
    one.nodes.map((node) => `${one.id}: ${one.help} — ${node.html.slice(0, 160)}`));
}"""


def violations(page: Page, *, but: Collection[str] = ()) -> list[str]:
    """What axe found, a line each; empty on an accessible page. `but`: the rules left out."""
    page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(AXE, {rule: {"enabled": False} for rule in but})
    return found


def faults(page: Page, address: str, *, status: int = 200, shot: str = "") -> list[str]:
    """What is wrong at this address, a line each: its status, what axe found, what overflows.

    The page is left at once: one that stays open goes on drawing, and costs the next ones.
    """
    answer = page.goto(address)
    wrong = violations(page)
    if answer is None or answer.status != status:
        wrong.append(f"status {answer and answer.status}")
    if not page.evaluate(FITS):
        wrong.append("wider than the screen")
    picture(page, shot)
    page.goto(BLANK)
    return [f"{address}: {one}" for one in wrong]


def picture(page: Page, name: str) -> None:
    """A picture of the page, where `SHOTS` names a folder."""
    folder = os.environ.get("SHOTS")
    if folder and name:
        width = page.viewport_size["width"] if page.viewport_size else 0
        plain = name.replace(", ", "-").replace(" ", "-")
        page.screenshot(path=f"{folder}/{plain}-{width}.png", full_page=True)
