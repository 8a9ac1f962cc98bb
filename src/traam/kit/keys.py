"""A key, a version or a rank as a form or an address gives it: any text at all."""

DIGITS_MAX = 9  # every integer column holds that


def count_in(text: str | None) -> int | None:
    """The whole number that a text is, 0 included; None for any other text, or a longer one."""
    given = text or ""
    is_number = given.isascii() and given.isdecimal() and len(given) <= DIGITS_MAX
    return int(given) if is_number else None


def number_in(text: str | None) -> int:
    """The same; 0, which no key is, where there is none."""
    return count_in(text) or 0
