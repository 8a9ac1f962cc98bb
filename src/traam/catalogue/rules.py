"""Names and instants of notices: pure functions.

A name is « t », six characters of a permuted counter, and a check character, all from NOID's
« betanumeric » alphabet (digits and consonants: no word can form, nothing is mistaken for a one or
an « l »). The check is NOID's, over the name alone: a name stays right when the NAAN is set.
"""

import re
from datetime import UTC, datetime

ALPHABET = "0123456789bcdfghjkmnpqrstvwxz"
SHOULDER = "t"
BLADE = 6  # characters between the shoulder and the check
ROOM = len(ALPHABET) ** BLADE  # 594 823 321 names
# An affine permutation of the counter: the factor shares no divisor with 29, so none is met twice.
_FACTOR = 367_621_013
_SHIFT = 214_748_365
_NAME = re.compile(rf"{SHOULDER}[{ALPHABET}]{{{BLADE + 1}}}")


def check_character(text: str) -> str:
    """NOID's check character: the sum of position (from 1) times value, modulo 29.

    It catches one wrong character and two neighbours exchanged. Source: J. Kunze, noid(1), « NOID
    CHECK DIGIT ALGORITHM ».
    """
    total = sum(
        position * ALPHABET.find(character)
        for position, character in enumerate(text, start=1)
        if character in ALPHABET
    )
    return ALPHABET[total % len(ALPHABET)]


def ark_name(number: int) -> str:
    """The name number `number`, from 1. Raises ValueError when there is none left."""
    if not 1 <= number <= ROOM:
        raise ValueError(f"no name for number {number}: 1 to {ROOM}")
    rest = (number * _FACTOR + _SHIFT) % ROOM
    blade = ""
    for _ in range(BLADE):
        rest, value = divmod(rest, len(ALPHABET))
        blade += ALPHABET[value]
    return SHOULDER + blade + check_character(SHOULDER + blade)


def is_ark_name(text: str) -> bool:
    """Is it a name of ours, without a slip of the keyboard?"""
    return bool(_NAME.fullmatch(text)) and check_character(text[:-1]) == text[-1]


def datestamp(*, now: datetime, previous: datetime | None) -> datetime:
    """The instant of a version: whole seconds, UTC, never before the version it replaces."""
    stamp = now.astimezone(UTC).replace(microsecond=0)
    return stamp if previous is None else max(stamp, previous)
