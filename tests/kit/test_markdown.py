"""Markdown typed by anyone becomes HTML of a few tags, whatever was typed."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from tests.house.pages import check_part
from traam.kit.markdown import ATTRIBUTES, SCHEMES, TAGS, render

PIECES = st.sampled_from(
    [
        *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>"),
        *("[a](javascript:alert(1))", "[a](JaVa\tScript:alert(1))", "<javascript:alert(1)>"),
        *("[a](data:text/html,<script>)", "![a](https://traam.invalid/x.png)", "[a]: javascript:x"),
        *(
            '[a](/x "t\' onclick=x")',
            "`<b>`",
            "```html\n<b>\n```",
            "<!-- x -->",
            "<![CDATA[",
            "&lt;",
        ),
        *(
            "\n",
            "\n\n",
            "# ",
            "## ",
            "###### ",
            "- ",
            "1. ",
            "> ",
            "    ",
            "|",
            "|-|",
            "*",
            "_",
            "~~",
        ),
        *("[", "]", "(", ")", "<", ">", '"', "'", "&#106;avascript:", "\\", "\x00", "é", "a", " "),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=25).map("".join)


class Reader(HTMLParser):
    """Every tag and attribute that a browser would meet."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]


@given(text=TEXTS, top=st.integers(0, 7))
def test_markdown_holds_only_a_few_tags_and_safe_links(text, top) -> None:
    html = render(text, top)

    read = Reader(html)
    assert set(read.tags) <= TAGS
    for tag, name, value in read.attributes:
        assert name in ATTRIBUTES[tag] | ({"rel"} if tag == "a" else set())
        if name == "href":
            assert urlsplit(value).scheme in {"", *SCHEMES}
    check_part(html)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("Lire\nécrire", "<p>Lire<br>\nécrire</p>\n"),
        (
            "**gras**, *penché*, ~~barré~~",
            "<p><strong>gras</strong>, <em>penché</em>, <s>barré</s></p>\n",
        ),
        ("- un\n- deux", "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>\n"),
        ("3. trois", '<ol start="3">\n<li>trois</li>\n</ol>\n'),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"),
        (
            "[le site](https://traam.invalid/)",
            '<p><a href="https://traam.invalid/" rel="noopener noreferrer">le site</a></p>\n',
        ),
        ("[piège](javascript:alert(1))", "<p>[piège](javascript:alert(1))</p>\n"),
        ("# Un\n### Trois", "<h2>Un</h2>\n<h3>Trois</h3>\n"),
        (
            "| a |\n|:-:|\n| 1 |",
            '<table>\n<thead>\n<tr>\n<th scope="col">a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n'
            "<td>1</td>\n</tr>\n</tbody>\n</table>\n",
        ),
    ],
)
def test_markdown_is_written_in_plain_html(text, html) -> None:
    assert render(text) == html


def test_markdown_titles_begin_below_the_title_above_and_stop_at_six() -> None:
    html = render("#### Un\n\n# Deux\n\n###### Trois", 5)

    assert html == "<h6>Un</h6>\n<h5>Deux</h5>\n<h6>Trois</h6>\n"


def test_markdown_shows_no_picture_from_elsewhere() -> None:
    assert "<img" not in render("![plan](https://traam.invalid/plan.png)")


def test_markdown_filter_is_known_to_every_template() -> None:
    template = engines["jinja2"].from_string("{{ text | markdown(3) }}{{ '<b>' }}")

    assert template.render({"text": "# <i>"}) == "<h3>&lt;i&gt;</h3>\n&lt;b&gt;"
