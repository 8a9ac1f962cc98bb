"""A paper's blocks as the few nodes that every form writes: cleaned, their headings in order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from traam.kit import markdown
from traam.kit.paper import blocks
from traam.kit.text import SCHEMES, address, writable

if TYPE_CHECKING:
    from markdown_it.token import Token

Kind = Literal[
    "heading",
    "paragraph",
    "bullets",
    "numbers",
    "item",
    "quote",
    "code",
    "table",
    "facts",
    "figure",
    "signature",
    "rule",
    "page",
]
Mark = Literal["strong", "emph", "strike", "code"]
DEEPEST = 6  # as PDF 1.7 counts them
_NESTED: dict[str, Kind] = {
    "bullet_list": "bullets",
    "ordered_list": "numbers",
    "list_item": "item",
    "blockquote": "quote",
}
_SHOWN = ("rule", "page", "figure")  # even without a text
_MARKS: dict[str, Mark] = {"strong": "strong", "em": "emph", "s": "strike"}


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look; a line break is « \\n »."""

    text: str
    marks: tuple[Mark, ...] = ()
    href: str = ""


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """`level`: of a heading, or the first number of a list. `rows`: the first is the header of a
    table; those of facts are pairs. `runs`: a text, or the caption of a table or a figure; `image`
    and `alt`: the SVG of a figure, and what it says."""

    kind: Kind
    runs: Line = ()
    level: int = 0
    nodes: "tuple[Node, ...]" = ()
    rows: tuple[tuple[Line, ...], ...] = ()
    image: str = ""
    alt: str = ""


def plain(text: str) -> Line:
    """A run of plain text; none for a blank."""
    cleaned = _lines(writable(text)).strip()
    return (Run(cleaned),) if cleaned else ()


def _lines(text: str) -> str:
    return text.replace("\t", " ").replace("\u2028", "\n").replace("\u2029", "\n")


def title(paper: blocks.Paper) -> str:
    """Its title on one line; a paper always has one."""
    return " ".join(writable(paper.title).split()) or "Document"


def nodes(paper: blocks.Paper) -> tuple[Node, ...]:
    """All that the paper says below its title; blank texts are left out, no heading is skipped."""
    return tuple(_in_order(_all(paper.blocks)))


def _all(given: Iterable[blocks.Block]) -> Iterator[Node]:
    level = 0
    for block in given:
        if isinstance(block, blocks.Heading):
            level = block.level
        yield from _nodes(block, level)


def _nodes(block: blocks.Block, level: int) -> Iterator[Node]:
    match block:
        case blocks.Heading(text):
            yield Node("heading", plain(text), level=level)
        case blocks.Paragraph(text) | blocks.Signature(text):
            is_signature = isinstance(block, blocks.Signature)
            yield Node("signature" if is_signature else "paragraph", plain(text))
        case blocks.Markdown(text):
            yield from _typed(text, level)
        case blocks.Bullets(items) | blocks.Numbered(items):
            yield _list(items, "bullets" if isinstance(block, blocks.Bullets) else "numbers")
        case blocks.Facts(pairs):
            rows = tuple((plain(term), plain(value)) for term, value in pairs)
            yield Node("facts", rows=tuple(row for row in rows if all(row)))
        case blocks.Table(caption, headers, rows_):
            yield _table(
                plain(caption), [[plain(cell) for cell in row] for row in (headers, *rows_)]
            )
        case blocks.Figure(svg, description, caption):
            yield Node("figure", plain(caption), image=svg, alt=_said(description))
        case blocks.NewPage():
            yield Node("page")


def _said(description: str) -> str:
    """A description on one line; a figure always has one."""
    return " ".join(writable(description).split()) or "Figure"


def _list(items: Sequence[str], kind: Literal["bullets", "numbers"]) -> Node:
    texts = (plain(text) for text in items)
    lines = tuple(Node("item", nodes=(Node("paragraph", line),)) for line in texts if line)
    return Node(kind, level=1, nodes=lines)


def _table(caption: Line, rows: Sequence[Sequence[Line]]) -> Node:
    """Every row as long as the longest."""
    width = max(len(row) for row in rows)
    full = tuple((*row, *[()] * (width - len(row))) for row in rows)
    return Node("table", caption, rows=full)


def _in_order(given: Iterable[Node], before: list[int] | None = None) -> Iterator[Node]:
    """Without what says nothing; a heading is at most one level below the one before, be it in a
    list or a quotation. `before`: the level of that one, which changes."""
    before = before or [0]
    for node in given:
        if node.kind == "heading":
            if node.runs:
                before[0] = min(max(node.level, 1), before[0] + 1, DEEPEST)
                yield replace(node, level=before[0])
        elif node.runs or node.nodes or node.kind in _SHOWN or _has_text(node.rows):
            yield replace(node, nodes=tuple(_in_order(node.nodes, before)))


def _has_text(rows: Iterable[Iterable[Line]]) -> bool:
    return any(line for row in rows for line in row)


def _typed(text: str, level: int) -> Iterator[Node]:
    tokens = markdown.parse(text)
    tags = sorted({token.tag for token in tokens if token.type == "heading_open"})
    return iter(_Reader(tokens, {tag: level + 1 + rank for rank, tag in enumerate(tags)}).all())


class _Reader:
    """Reads the tokens of a Markdown text, in their order, into nodes."""

    def __init__(self, tokens: "Sequence[Token]", levels: dict[str, int]) -> None:
        self.tokens = iter(tokens)
        self.levels = levels

    def all(self, end: str = "") -> tuple[Node, ...]:
        """The nodes up to the token that ends them."""
        found: list[Node] = []
        for token in self.tokens:
            if token.type == end:
                break
            found.extend(self._nodes(token))
        return tuple(found)

    def _nodes(self, token: "Token") -> Iterator[Node]:
        if token.nesting > 0:
            yield from self._opened(token, token.type.removesuffix("_open"))
        elif token.type == "inline":
            yield Node("paragraph", _runs(token.children or []))
        elif token.type in ("fence", "code_block"):
            yield Node("code", (Run(token.content.rstrip("\n")),))
        elif token.type == "hr":
            yield Node("rule")

    def _opened(self, token: "Token", name: str) -> Iterator[Node]:
        if name == "table":
            yield self._table()
            return
        inside = self.all(f"{name}_close")
        if name == "heading":
            runs = tuple(run for node in inside for run in node.runs)
            yield Node("heading", runs, level=self.levels[token.tag])
        elif name in _NESTED:
            yield Node(_NESTED[name], level=int(token.attrs.get("start", 1)), nodes=inside)
        else:
            yield from inside

    def _table(self) -> Node:
        rows: list[list[Line]] = []
        for token in self.tokens:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(_runs(token.children or []))
        return _table((), rows)


def _runs(tokens: "Iterable[Token]") -> Line:
    """The runs of a line; a link that nobody should follow is plain text."""
    marks: list[Mark] = []
    href = ""
    found: list[Run] = []
    for token in tokens:
        name = token.type.removesuffix("_open").removesuffix("_close")
        if token.type == "link_open":
            href = _followed(str(token.attrs.get("href", "")))
        elif token.type == "link_close":
            href = ""
        elif name in _MARKS:
            marks = [*marks, _MARKS[name]] if token.nesting > 0 else marks[:-1]
        elif token.type == "code_inline":
            found.append(Run(token.content, (*marks, "code"), href))
        else:
            text = "\n" if token.type in ("softbreak", "hardbreak") else token.content
            found.append(Run(text, tuple(marks), href))
    return tuple(run for run in found if run.text)


def _followed(href: str) -> str:
    """An absolute address; a paper has no site to be relative to."""
    safe = address(href)
    return safe if safe.partition(":")[0] in SCHEMES[1:] else ""
