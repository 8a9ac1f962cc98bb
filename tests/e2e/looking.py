"""What a page in a browser is looked at for: accessible, and no wider than the screen."""

import os
from collections.abc import Collection
from dataclasses import dataclass

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Error, Page, ViewportSize

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 740}
SCREENS = {"desktop": {"viewport": WIDE}, "phone": {"viewport": PHONE, "has_touch": True}}
BLANK = "about:blank"
# All that opens is open while it is measured: what it holds must fit too.
FITS = """(() => {
  const shut = [...document.querySelectorAll("details:not([open])")];
  for (const one of shut) one.open = true;
  const isFit = document.documentElement.scrollWidth <= innerWidth + 1;
  for (const one of shut) one.open = false;
  return isFit;
})()"""
AXE = """async (rules) => {
  const found = await axe.run(
    document, { resultTypes: ["violations"], selectors: false, rules });
  return found.violations.flatMap((one) =>
    one.nodes.map((node) => `${one.id}: ${one.help} — ${node.html.slice(0, 160)}`));
}"""
# Every control that shows takes the focus, in the order of the page, and shows that it has it: on
# itself, or on what the design system draws in its place (a box before its label).
KEYBOARD = """() => {
  const controls = "a[href], area[href], button, input, select, textarea, summary, [tabindex]";
  const drawn = (one) => [one, one.nextElementSibling, one.parentElement].map((each) => each
    && [null, "::before", "::after"].map((part) => {
      const style = getComputedStyle(each, part);
      return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow];
    })).join();
  const found = [];
  for (const one of document.querySelectorAll(controls)) {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.closest("[inert]")
      || one.matches(":disabled") || one.tabIndex < 0) continue;
    const said = one.outerHTML.slice(0, 160);
    if (one.tabIndex > 0) found.push(`keyboard: out of its turn — ${said}`);
    document.activeElement.blur();
    const without = drawn(one);
    one.focus({ preventScroll: true });
    if (document.activeElement !== one) found.push(`keyboard: never reached — ${said}`);
    else if (drawn(one) === without) found.push(`keyboard: nothing shows where one is — ${said}`);
  }
  return found;
}"""
CONTRAST = frozenset({"color-contrast"})  # half the time of axe, and the same where colours are


@dataclass(frozen=True)
class Look:
    """How a page is looked at: its width and height, and the rules that say nothing more there
    (`fits_only`: none does); `keyboard`: whether all of it can be reached and seen by keyboard."""

    width: int
    height: int
    but: Collection[str] = ()
    forced_colours: bool = False
    fits_only: bool = False
    keyboard: bool = False

    def put_on(self, page: Page) -> None:
        page.set_viewport_size(ViewportSize(width=self.width, height=self.height))
        if self.forced_colours:
            page.emulate_media(forced_colors="active")

    def take_off(self, page: Page) -> None:
        if self.forced_colours:
            page.emulate_media(forced_colors="none")


# Colours are those of the same components: contrasts are measured where there is room for all; and
# a page that is zoomed is laid out as on a phone.
LOOKS = {
    "phone": Look(**PHONE, but=CONTRAST),
    "zoom 200 %": Look(640, 450, fits_only=True),  # what a screen of 1 280 pixels shows then
    "desktop": Look(**WIDE, keyboard=True),
}
FORCED_COLOURS = Look(**WIDE, but=CONTRAST, forced_colours=True)


def fits(page: Page) -> bool:
    """Whether the page, all open, is no wider than the screen; one that is being left is not the
    one meant: what comes after it is."""
    try:
        return bool(page.evaluate(FITS))
    except Error:
        page.wait_for_load_state()
        return bool(page.evaluate(FITS))


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
        if look.keyboard:
            page.keyboard.press("Tab")  # a focus given afterwards is that of a keyboard
            wrong += [f"{name}: {one}" for one in page.evaluate(KEYBOARD)]
        if not fits(page):
            wrong.append(f"{name}: wider than the screen")
        picture(page, shot)
        look.take_off(page)
    return wrong


def picture(page: Page, name: str) -> None:
    """A picture of the page, where `SHOTS` names a folder."""
    folder = os.environ.get("SHOTS")
    if folder and name:
        width = page.viewport_size["width"] if page.viewport_size else 0
        plain = name.replace(", ", "-").replace(" ", "-")
        page.screenshot(path=f"{folder}/{plain}-{width}.png", full_page=True)
