"""Enums whose members carry a French label, and a public one where applicants read another word."""

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """`NAME = "value", "label"` or `NAME = "value", "label", "public label"`."""

    label: str
    public_label: str

    def __new__(cls, value: str, label: str = "", public_label: str = "") -> Self:
        # `label` has a default only so that type checkers accept the look-up `Name(value)`.
        if not label:
            raise TypeError(f"{cls.__name__}: the value {value!r} has no French label")
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.public_label = public_label or label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """The pairs that a model field or a form wants."""
        return [(member.value, member.label) for member in cls]
