"""A paper as an ODT that one may amend: real headings, lists, headers of tables, in French."""

import re
from collections.abc import Iterable
from datetime import datetime, time
from itertools import count
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from traam.kit import opendocument
from traam.kit.paper import flow, odt_styles
from traam.kit.paper.blocks import Paper
from traam.kit.paper.flow import Line, Node, Run
from traam.kit.text import short_day

if TYPE_CHECKING:
    from odfdo import Document

BODY = "Text_20_body"
FIGURE_WIDTH = 16.0  # cm
_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_SPANS = {
    "strong": "TraamStrong",
    "emph": "TraamEmph",
    "strike": "TraamStrike",
    "code": "TraamCode",
}
_LISTS = {"bullets": "TraamBullets", "numbers": "TraamNumbers"}


def to_odt(paper: Paper) -> bytes:
    """Its bytes; the same paper, the same bytes."""
    from odfdo import Document, Element  # noqa: PLC0415  (half a second to import)

    document = Document("text")
    document.language = "fr-FR"
    _describe(document, paper)
    odt_styles.add(document)
    page: Any = document.get_style("master-page", "Standard")
    for name, content in (("header", _header(paper)), ("footer", _footer(paper))):
        page.append(Element.from_tag(f"<style:{name}>{content}</style:{name}>"))
    document.body.clear()
    document.body.append(Element.from_tag(opendocument.place()))
    writer = _Writer()
    body = writer.body(paper)
    _add_images(document, writer.images)
    return opendocument.closed(document, body=body)


def _add_images(document: "Document", images: Iterable[tuple[str, str]]) -> None:
    """Put each figure in the file, and say that it is there."""
    container: Any = document.container
    for name, svg in images:
        container.set_part(name, svg.encode())
        document.manifest.add_full_path(name, "image/svg+xml")


def _describe(document: "Document", paper: Paper) -> None:
    meta = document.meta
    meta.title = flow.title(paper)
    author = flow.plain(paper.author)
    meta.creator = meta.initial_creator = author[0].text if author else ""
    day = datetime.combine(paper.date, time()) if paper.date else datetime(1980, 1, 1)
    meta.creation_date = meta.date = day


def _header(paper: Paper) -> str:
    return _paragraph(flow.plain(paper.mark), "TraamRight")


def _footer(paper: Paper) -> str:
    reference = "".join(map(_run, flow.plain(paper.reference)))
    pages = "<text:page-number/> / <text:page-count/>"
    return f'<text:p text:style-name="TraamFooter">{reference}<text:tab/>{pages}</text:p>'


def _paragraph(line: Line, style: str = BODY) -> str:
    return f'<text:p text:style-name="{style}">{_line(line)}</text:p>'


def _line(line: Iterable[Run]) -> str:
    return "".join(map(_run, line))


def _run(run: Run) -> str:
    written = opendocument.spaced(run.text).replace("\n", "<text:line-break/>")
    for mark in run.marks:
        written = f'<text:span text:style-name="{_SPANS[mark]}">{written}</text:span>'
    if run.href:
        written = f'<text:a xlink:type="simple" xlink:href={quoteattr(run.href)}>{written}</text:a>'
    return written


class _Writer:
    """Writes the nodes; each table has its number."""

    def __init__(self) -> None:
        self.tables = count(1)
        self.images: list[tuple[str, str]] = []  # name within the file, SVG

    def body(self, paper: Paper) -> str:
        """The whole text, from who speaks to who signs."""
        day = flow.plain(short_day(paper.date)) if paper.date else ()
        official = flow.plain("République française") if paper.official else ()
        above = (
            (official, "TraamState"),
            (flow.plain(paper.issuer), "TraamIssuer"),
            (flow.plain(paper.recipient), "TraamAside"),
            (day, "TraamRight"),
            ((Run(flow.title(paper)),), "Title"),
        )
        head = "".join(_paragraph(line, style) for line, style in above if line)
        return head + self.nodes(flow.nodes(paper))

    def nodes(self, nodes: Iterable[Node], style: str = BODY) -> str:
        return "".join(self.node(node, style) for node in nodes)

    def node(self, node: Node, style: str) -> str:
        match node.kind:
            case "heading":
                named = f'text:style-name="Heading_20_{node.level}"'
                inside = _line(node.runs)
                return f'<text:h {named} text:outline-level="{node.level}">{inside}</text:h>'
            case "bullets" | "numbers":
                return self.list(node)
            case "quote":
                return self.nodes(node.nodes, "TraamQuote")
            case "table":
                return self.table(node)
            case "figure":
                return self.figure(node)
            case "facts":
                return "".join(_fact(term, value) for term, value in node.rows)
            case "page":
                return _paragraph((), "TraamPage")
        styles = {"code": "Preformatted_20_Text", "signature": "TraamAside", "rule": "TraamRule"}
        return _paragraph(node.runs, styles.get(node.kind, style))

    def list(self, node: Node) -> str:
        items = [f"{self.nodes(item.nodes)}</text:list-item>" for item in node.nodes]
        first = f'<text:list-item text:start-value="{node.level}">'
        opened = [first if node.kind == "numbers" else "<text:list-item>"]
        opened += ["<text:list-item>"] * (len(items) - 1)
        inside = "".join(start + rest for start, rest in zip(opened, items, strict=False))
        return f'<text:list text:style-name="{_LISTS[node.kind]}">{inside}</text:list>'

    def figure(self, node: Node) -> str:
        """As wide as the text; its height follows the drawing's own proportions."""
        name = f"Pictures/figure{len(self.images) + 1}.svg"
        self.images.append((name, node.image))
        caption = _paragraph(node.runs, "Caption") if node.runs else ""
        height = FIGURE_WIDTH * _proportion(node.image)
        frame = (
            f'<draw:frame draw:name="Figure{len(self.images)}" text:anchor-type="as-char"'
            f' svg:width="{FIGURE_WIDTH:.2f}cm" svg:height="{height:.2f}cm">'
            f'<draw:image xlink:href="{name}" xlink:type="simple" xlink:show="embed"'
            f' xlink:actuate="onLoad"/><svg:title>{escape(node.alt)}</svg:title></draw:frame>'
        )
        return f'{caption}<text:p text:style-name="{BODY}">{frame}</text:p>'

    def table(self, node: Node) -> str:
        caption = _paragraph(node.runs, "Caption") if node.runs else ""
        head, *rows = node.rows
        columns = f'<table:table-column table:number-columns-repeated="{len(head)}"/>'
        return (
            f'{caption}<table:table table:name="Tableau{next(self.tables)}">{columns}'
            f"<table:table-header-rows>{_row(head, 'TraamHead')}</table:table-header-rows>"
            f"{''.join(_row(row, BODY) for row in rows)}</table:table>"
        )


def _proportion(svg: str) -> float:
    """Height over width, from the drawing's `viewBox`."""
    found = _BOX.search(svg)
    return float(found[2]) / float(found[1]) if found else 0.5


def _row(cells: Iterable[Line], style: str) -> str:
    start = '<table:table-cell table:style-name="TraamCell" office:value-type="string">'
    inside = "".join(f"{start}{_paragraph(cell, style)}</table:table-cell>" for cell in cells)
    return f"<table:table-row>{inside}</table:table-row>"


def _fact(term: Line, value: Line) -> str:
    named = Run(f"{term[0].text}\u00a0: ", ("strong",))
    return _paragraph((named, *value))
