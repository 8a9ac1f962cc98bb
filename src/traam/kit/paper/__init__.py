"""A paper: a letter, a receipt, minutes. Written once in blocks, given as tagged PDF and as ODT."""

from traam.kit.paper.answer import FORMS, paper_response
from traam.kit.paper.blocks import (
    Block,
    Bullets,
    Facts,
    Figure,
    Heading,
    Markdown,
    NewPage,
    Numbered,
    Paper,
    Paragraph,
    Signature,
    Table,
)
from traam.kit.paper.odt import to_odt
from traam.kit.paper.pdf import to_pdf

__all__ = [
    "FORMS",
    "Block",
    "Bullets",
    "Facts",
    "Figure",
    "Heading",
    "Markdown",
    "NewPage",
    "Numbered",
    "Paper",
    "Paragraph",
    "Signature",
    "Table",
    "paper_response",
    "to_odt",
    "to_pdf",
]
