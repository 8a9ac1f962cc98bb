"""The no-break spaces of French, put in once when a template is compiled: pages cost no more.

Authors type plain spaces; a reader never meets « : » or « » » alone at the beginning of a line.
"""

import re
from collections.abc import Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from traam.kit.text import FIXED

_BEFORE = re.compile(r"(?<!\s) (?=[;:?!»](?:[\s<\"'.,)…]|$))")
_AFTER = re.compile(r"« (?=\S|$)")
_WRITTEN = ("data", "string")  # the text of a template, and the words of its expressions


def fixed(text: str) -> str:
    """« Lille : 3 » with its space fixed; what is fixed already stays."""
    return _AFTER.sub(f"«{FIXED}", _BEFORE.sub(FIXED, text))


class FrenchSpaces(Extension):
    """Fixes the spaces of every text written in a template; what it is given stays as given."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        for token in stream:
            if token.type in _WRITTEN:
                token = Token(token.lineno, token.type, fixed(token.value))  # noqa: PLW2901
            yield token
