"""Markdown typed by people, as HTML that holds no surprise: no raw HTML, no picture, no script."""

from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from traam.kit.text import writable

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

DEEPEST = 6  # <h6>
TAGS = {
    *("p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
    *("table", "thead", "tbody", "tr", "th", "td", "h2", "h3", "h4", "h5", "h6"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "th": {"scope"}}
SCHEMES = {"http", "https", "mailto", "tel"}


def render(text: str, top: int = 2) -> Markup:
    """The HTML of a text; its highest title is a `<h2>`, or lower with `top`, and none is skipped.

    A line typed alone stays alone. Links are followed without telling where from.
    """
    import nh3  # noqa: PLC0415  (only pages that show such a text pay for it)

    tokens = parse(text)
    _set_titles(tokens, max(top, 2))
    for token in tokens:
        if token.type == "th_open":
            token.attrs["scope"] = "col"
    parser = _parser()
    html = parser.renderer.render(tokens, parser.options, {})
    return Markup(  # noqa: S704  (cleaned)
        nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES)
    )


def parse(text: str) -> "list[Token]":
    """What the text holds, for who writes something else than HTML with it."""
    return _parser().parse(writable(text))


def _set_titles(tokens: "list[Token]", top: int) -> None:
    titles = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    ranks = {tag: rank for rank, tag in enumerate(sorted({title.tag for title in titles}))}
    for title in titles:
        title.tag = f"h{min(top + ranks[title.tag], DEEPEST)}"


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415  (as above)

    made = MarkdownIt("commonmark", {"html": False, "breaks": True})
    return made.enable(["table", "strikethrough"]).disable("image")
