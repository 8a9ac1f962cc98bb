"""Text for XML 1.0: every piece is cleaned of what XML forbids, then escaped; nothing else writes
data into an answer."""

import re

# Control characters, lone surrogates, U+FFFE and U+FFFF. Source: XML 1.0 (5th ed.), §2.2, « Char ».
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Without the characters that XML 1.0 forbids."""
    return _FORBIDDEN.sub("", text)


def escape(text: str) -> str:
    """For the content of an element."""
    cleaned = _FORBIDDEN.sub("", text)
    return cleaned.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """For a value between double quotes."""
    escaped = escape(text).replace('"', "&quot;")
    return escaped.replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")
