"""What a paper is made of. Every text is plain, but for `Markdown`; its lines are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812  (`date` is a field)


@dataclass(frozen=True, slots=True)
class Heading:
    """A title: 1 for a part of the paper. A level that would be skipped is raised."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Markdown:
    """A text typed by people; its titles go below the last heading."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: Sequence[str]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A list whose order counts, from 1."""

    items: Sequence[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """(term, value) pairs, one a line."""

    items: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; its headers are said to be so, and repeated on each page."""

    caption: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing, as SVG of our own; `description` says all that it shows to who does not see it."""

    svg: str
    description: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: a line each (quality, then name), on the right, never alone on a page."""

    text: str


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins a page."""


Block = (
    Heading
    | Paragraph
    | Markdown
    | Bullets
    | Numbered
    | Facts
    | Table
    | Figure
    | Signature
    | NewPage
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to be read, printed or signed. The same paper always gives the same bytes.

    `reference` stands on each page; `issuer` and `recipient` are lines above the title; `mark` is
    what each page must warn of (« Données de démonstration »). `official` puts « République
    française » above the issuer: only for who may speak in the State's name.
    """

    title: str
    author: str
    blocks: Sequence[Block]
    date: Date | None = None
    reference: str = ""
    issuer: str = ""
    recipient: str = ""
    mark: str = ""
    official: bool = False
