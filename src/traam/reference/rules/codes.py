"""Codes for words that arrive by a load: short, in ASCII, safe in an address."""

from collections.abc import Container

from traam.reference.rules.files import CODE_MAX
from traam.reference.rules.text import fold


def slug(text: str) -> str:
    """« L’Histoire par l’image » gives « l-histoire-par-l-image »; what is not ASCII is dropped."""
    words = (fold(text).encode("ascii", "ignore").decode()).replace("+", " plus ")
    return "-".join(words.replace("#", " ").split())


def free_code(label: str, *, prefix: str, taken: Container[str]) -> str:
    """A code for this label that is not taken; the same label gives the same code."""
    base = (prefix + (slug(label) or "mot"))[: CODE_MAX - 5].rstrip("-")
    code, number = base, 1
    while code in taken:
        number += 1
        code = f"{base}-{number}"
    return code
