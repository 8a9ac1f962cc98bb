"""What surrounds a page (assets, header, footer), drawn once for all the strangers who see the
same."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from jinja2 import Environment
from markupsafe import Markup

from traam.kit.layout import Layout

HOUSE = "kit/parts/house.html"
KEPT = 256  # different surroundings kept


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The three pieces that `kit/page.html` writes around a page."""

    assets: Markup
    header: Markup
    footer: Markup


def drawers(made: Environment) -> dict[str, Callable[[Layout, str], Surroundings]]:
    """The global `surroundings`, which takes the layout and Django's CSRF input."""

    def draw(chrome: Layout, csrf_input: str) -> Surroundings:
        house = made.get_template(HOUSE).module
        return Surroundings(
            assets=house.site_assets(chrome),  # type: ignore[attr-defined]  # macros, all escaped
            header=house.site_header(chrome, csrf_input),  # type: ignore[attr-defined]
            footer=house.site_footer(chrome),  # type: ignore[attr-defined]
        )

    @lru_cache(maxsize=KEPT)
    def draw_for_strangers(chrome: Layout) -> Surroundings:
        return draw(chrome, "")

    def surroundings(chrome: Layout, csrf_input: str) -> Surroundings:
        if chrome.is_signed_in:
            return draw(chrome, csrf_input)
        return draw_for_strangers(replace(chrome, canonical="", messages=()))

    return {"surroundings": surroundings}
