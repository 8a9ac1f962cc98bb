"""Mail addresses and telephone numbers in a text that is to be public. Pure."""

import re

_MAIL = re.compile(r"[\w.+-]+\s?(?:@|\[at\]|\(at\))\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\w.,])(?:(?:\+|00)33[\s.()/-]*(?:\(?0\)?)?|0)[1-9](?:[\s./-]?\d{2}){4}(?!\d)"
)


def found_in(text: str) -> list[str]:
    """What reads as a mail address or a French telephone number, as written, each once."""
    found = [match[0] for pattern in (_MAIL, _PHONE) for match in pattern.finditer(text)]
    return list(dict.fromkeys(found))
