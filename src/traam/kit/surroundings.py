"""Header and footer of a page, drawn once for all the strangers who see the same ones."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from jinja2 import Environment
from markupsafe import Markup

from traam.kit.layout import Layout

HOUSE = "kit/parts/house.html"
KEPT = 256  # different headers and footers kept


def drawers(made: Environment) -> dict[str, Callable[[Layout, str], Markup]]:
    """The globals `header_of` and `footer_of`, which take the layout and Django's CSRF input."""

    def draw(macro: str, chrome: Layout, csrf_input: str) -> Markup:
        return Markup(getattr(made.get_template(HOUSE).module, macro)(chrome, csrf_input))  # noqa: S704

    @lru_cache(maxsize=KEPT)
    def draw_for_strangers(macro: str, chrome: Layout) -> Markup:
        return draw(macro, chrome, "")

    def drawer(macro: str) -> Callable[[Layout, str], Markup]:
        def drawn(chrome: Layout, csrf_input: str) -> Markup:
            if chrome.is_signed_in:
                return draw(macro, chrome, csrf_input)
            return draw_for_strangers(macro, replace(chrome, canonical="", messages=()))

        return drawn

    return {"header_of": drawer("site_header"), "footer_of": drawer("site_footer")}
