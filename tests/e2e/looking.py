"""What a page in a browser is looked at for: accessible, and no wider than the screen."""

import os
from collections.abc import Collection
from dataclasses import dataclass

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 740}
SCREENS = {"desktop": {"viewport": WIDE}, "phone": {"viewport": PHONE, "has_touch": True}}
BLANK = "about:blank"
FITS = "document.documentElement.scrollWidth <= innerWidth + 1"
AXE = """async (rules) => {
  const found = await axe.run(document, { resultTypes: ["violations"], rules });
  return found.violations.flatMap((one) =>
    one.nodes.map((node) => `${one.id}: ${one.help} — ${node.html.slice(0, 160)}`));
}"""
CONTRAST = frozenset({"color-contrast"})  # half the time of axe, and the same where colours are


@dataclass(frozen=True)
class Look:
    """How a page is looked at: its width and height, and the rules that say nothing more there
    (`fits_only`: none does)."""

    width: int
    height: int
    but: Collection[str] = ()
    forced_colours: bool = False
    fits_only: bool = False

    def put_on(self, page: Page) -> None:
        page.set_viewport_size(ViewportSize(width=self.width, height=self.height))
        page.emulate_media(forced_colors="active" if self.forced_colours else "none")


LOOKS = {
    "phone": Look(**PHONE),
    "zoom 200 %": Look(640, 450, but=CONTRAST),  # what a screen of 1 280 pixels shows then
    "desktop": Look(**WIDE),
}
FORCED_COLOURS = Look(**WIDE, but=CONTRAST, forced_colours=True)


def violations(page: Page, *, but: Collection[str] = ()) -> list[str]:
    """What axe found, a line each; empty on an accessible page. `but`: the rules left out."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(AXE, {rule: {"enabled": False} for rule in but})
    return found


def faults(
    page: Page,
    address: str,
    *,
    status: int = 200,
    shot: str = "",
    looks: dict[str, Look] = LOOKS,
) -> list[str]:
    """What is wrong at this address, a line each: its status, and in each look, what axe found and
    what overflows.

    It opens in the first look, then is resized as one does by zooming or turning a screen. It is
    left at once: a page that stays open goes on drawing, and costs the next ones.
    """
    next(iter(looks.values())).put_on(page)
    answer = page.goto(address)
    wrong = looked_over(page, looks, shot=shot)
    if answer is None or answer.status != status:
        wrong.append(f"status {answer and answer.status}")
    page.goto(BLANK)
    return [f"{address}: {one}" for one in wrong]


def looked_over(page: Page, looks: dict[str, Look] = LOOKS, *, shot: str = "") -> list[str]:
    """What is wrong in each look of the page that is open."""
    wrong = []
    for name, look in looks.items():
        look.put_on(page)
        if not look.fits_only:
            wrong += [f"{name}: {one}" for one in violations(page, but=look.but)]
        if not page.evaluate(FITS):
            wrong.append(f"{name}: wider than the screen")
        picture(page, shot)
    return wrong


def picture(page: Page, name: str) -> None:
    """A picture of the page, where `SHOTS` names a folder."""
    folder = os.environ.get("SHOTS")
    if folder and name:
        width = page.viewport_size["width"] if page.viewport_size else 0
        plain = name.replace(", ", "-").replace(" ", "-")
        page.screenshot(path=f"{folder}/{plain}-{width}.png", full_page=True)
