"""What every page of the house must be: `check_page` lists its faults, and fails on any.

`checked_client` is Django's test client, each of whose HTML answers is checked by itself. A
conftest makes it known with `from tests.house.pages import checked_client`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from lxml import html as lxml_html
from lxml.html import HtmlElement

DATA_BLOCKS = ("application/ld+json", "application/json")
RESOURCES = ("icon", "stylesheet", "preload", "modulepreload", "manifest", "apple-touch-icon")
UNTYPED = ("hidden", "submit", "button", "image", "reset")
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls")
_ADDRESS = re.compile(r"[!#-;=?-Z\[\]_a-z~]*")  # ASCII, without space, quote, < or >
# What Python says of a thing that a template shows instead of calling it, or of reading its label.
_PYTHON = re.compile(r"&lt;(?:bound method|function|generator object|QuerySet)\b|object at 0x")


class PageFault(AssertionError):
    """The page breaks a rule of the house; the message lists all its faults."""


def _shown(node: HtmlElement) -> str:
    text = lxml_html.tostring(node, encoding="unicode", with_tail=False)
    return re.sub(r"\s+", " ", text)[:160]


def _name(node: HtmlElement) -> str:
    """What a screen reader would say of a link or a button, near enough."""
    titles = node.xpath(".//*[local-name()='title']/text()")
    words = [node.text_content(), node.get("aria-label", ""), node.get("title", "")]
    return "".join([*words, *titles, *node.xpath(".//img/@alt")]).strip()


def _inline(tree: HtmlElement) -> Iterator[str]:
    for node in tree.iter(lxml_html.etree.Element):
        for name, value in node.attrib.items():
            if name == "style" or name.startswith("on"):
                yield f"attribut « {name} » : {_shown(node)}"
            if re.match(r"\s*(javascript|vbscript|data:text/html)", value, re.IGNORECASE):
                yield f"adresse dangereuse : {_shown(node)}"
    for node in tree.xpath("//script[not(@src)]"):
        if node.get("type") not in DATA_BLOCKS and node.text_content().strip():
            yield f"script dans la page : {_shown(node)}"
    for node in tree.xpath("//style"):
        yield f"style dans la page : {_shown(node)}"


def _ids(tree: HtmlElement) -> Iterator[str]:
    counts = Counter(tree.xpath("//@id"))
    for name, count in counts.items():
        if count > 1 or not name or re.search(r"\s", name):
            yield f"id « {name} » : {count} fois"


def _references(tree: HtmlElement) -> Iterator[str]:
    counts = set(tree.xpath("//@id"))
    for attribute in REFERENCES:
        for node in tree.xpath(f"//*[@{attribute}]"):
            for name in node.get(attribute).split():
                if name not in counts:
                    yield f"{attribute} ne mène nulle part (« {name} ») : {_shown(node)}"
    for node in tree.xpath("//label[@for]"):
        if node.get("for") not in counts:
            yield f"étiquette sans champ : {_shown(node)}"
    for node in tree.xpath("//a[starts-with(@href, '#')]"):
        if node.get("href") != "#" and node.get("href")[1:] not in counts:
            yield f"lien vers un endroit absent de la page : {_shown(node)}"


def _controls(tree: HtmlElement) -> Iterator[str]:
    labelled = set(tree.xpath("//label/@for"))
    for node in tree.xpath("//input | //select | //textarea"):
        if node.get("type", "text") in UNTYPED:
            continue
        named = node.get("id") in labelled or node.xpath("ancestor::label")
        if not (named or node.get("aria-label") or node.get("aria-labelledby")):
            yield f"champ sans étiquette : {_shown(node)}"
    for node in tree.xpath("//a[@href] | //button | //summary"):
        if not _name(node):
            yield f"lien ou bouton sans texte : {_shown(node)}"
    for node in tree.xpath("//img[not(@alt)]"):
        yield f"image sans attribut alt : {_shown(node)}"


def _addresses(tree: HtmlElement) -> Iterator[str]:
    for node in tree.xpath("//*[@href or @action]"):
        for given in (node.get("href", ""), node.get("action", "")):
            if not _ADDRESS.fullmatch(given):
                yield f"adresse non encodée : {_shown(node)}"
    links = [
        (node, node.get("href", ""))
        for node in tree.xpath("//link")
        if set(node.get("rel", "").split()) & set(RESOURCES)
    ]
    for node, address in links + [(node, node.get("src")) for node in tree.xpath("//*[@src]")]:
        if urlsplit(address).netloc:
            yield f"ressource d’un autre site : {_shown(node)}"


def _frame(tree: HtmlElement) -> Iterator[str]:
    if tree.tag != "html" or not tree.get("lang"):
        yield "la page ne dit pas sa langue"
    if not "".join(tree.xpath("//head/title/text()")).strip():
        yield "la page n’a pas de titre (<title>)"
    headings = tree.xpath("//h1")
    if len(headings) != 1:
        yield f"{len(headings)} titres de premier niveau (h1) : il en faut un"
    if any(not node.text_content().strip() for node in tree.xpath("//h1|//h2|//h3|//h4|//h5|//h6")):
        yield "un titre est vide"
    if len(tree.xpath("//main")) != 1:
        yield "la page n’a pas un <main> et un seul"


def python_shown(html: str) -> list[str]:
    """The words of Python that a reader of this page would meet, with what follows."""
    return [html[found.start() : found.end() + 60] for found in _PYTHON.finditer(html)]


def _said_by_python(html: str) -> list[str]:
    return [f"texte de Python : {each}" for each in python_shown(html)]


PART: tuple[Callable[[HtmlElement], Iterator[str]], ...] = (_inline, _controls, _addresses)
PAGE = (*PART, _ids, _references, _frame)


def faults(html: str) -> list[str]:
    """Every fault of a whole page, in French; empty when there is none."""
    tree = lxml_html.document_fromstring(html)
    return [fault for rule in PAGE for fault in rule(tree)] + _said_by_python(html)


def check_page(html: str) -> None:
    """Fails, naming every fault, unless this whole page follows the rules of the house."""
    if found := faults(html):
        raise PageFault("\n".join(found))


def check_part(html: str) -> None:
    """The same for a piece of a page (an htmx answer): no frame, no ids to look up."""
    tree = lxml_html.document_fromstring(f"<div>{html}</div>")
    if found := [fault for rule in PART for fault in rule(tree)] + _said_by_python(html):
        raise PageFault("\n".join(found))


class CheckedClient(Client):
    """A test client that fails on any page that breaks a rule of the house."""

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if is_page and not response.streaming and (text := response.content.decode()):
            (check_page if "<html" in text[:500] else check_part)(text)
        return response


@pytest.fixture
def checked_client() -> CheckedClient:
    """A client for a stranger; `force_login` makes it somebody's."""
    return CheckedClient()
