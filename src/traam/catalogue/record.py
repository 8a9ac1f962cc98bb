"""What a notice freezes: plain values, complete in themselves, that every channel reads.

A record refers to nothing: labels and addresses are copied beside the codes at publication, so that
a notice says for ever what was true that day. No person's name has a field here.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from traam.catalogue.findings import FrozenSynthesis

UNKNOWN = "non connu"


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a vocabulary: its code (as in addresses), its label, its URI if it has one."""

    code: str
    label: str
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An address outside: `role` is « original », « source » or « ressource »."""

    url: str
    role: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A stored file, by the SHA-256 of its bytes; the bytes pass through `documents`."""

    digest: str
    name: str
    media_type: str
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Section:
    """A part of what the work itself says, in Markdown: « aim », « Objectif », « Comparer… »."""

    code: str
    title: str
    text: str


def digest_of(data: Mapping[str, Any]) -> str:
    """The digest of the record that `as_data` wrote like this."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    """The value of a field, as `dataclasses.asdict` gives it."""
    if isinstance(value, tuple):
        return tuple(_plain(one) for one in value)
    if isinstance(value, FrozenSynthesis):
        return value.as_data()
    if isinstance(value, Term | Link | File | Section):
        return {name: getattr(value, name) for name in value.__slots__}
    return value


Terms = tuple[Term, ...]
_TERMS = (
    *("academies", "disciplines", "levels", "cycles", "school_types", "competences"),
    *("tools", "programmes", "dispositifs", "keywords", "based_on"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The frozen metadata of one notice. Empty means not known; nothing is invented."""

    title: str
    title_is_exact: bool = True
    kind: Term
    summary: str = ""
    summary_basis: str = ""  # "page_excerpt", "title_or_mention" or ""
    certainty: str = ""  # "explicite", "déduite" or "": is it sure to be a TraAM production?
    years: tuple[str, ...] = ()  # the school years covered, « 2016-2017 »
    year_text: str = ""  # as given, « 2021-2023 »
    campaign: Term | None = None  # code: the part of its address under /campagnes/
    theme: Term | None = None  # code: the part of its address under /themes/
    theme_text: str = ""  # as given, when it is not (yet) tied to a theme
    academies: Terms = ()
    disciplines: Terms = ()
    discipline_text: str = ""
    levels: Terms = ()
    cycles: Terms = ()
    level_text: str = ""
    school_types: Terms = ()
    competences: Terms = ()
    tools: Terms = ()
    programmes: Terms = ()
    dispositifs: Terms = ()
    keywords: Terms = ()
    links: tuple[Link, ...] = ()
    files: tuple[File, ...] = ()
    licence: Term | None = None
    sections: tuple[Section, ...] = ()  # what it says, part by part, where it was written here
    based_on: Terms = ()  # the notices that it takes up; code: the name of their ARK
    source: str = ""  # where it was seen
    note: str = ""
    language: str = "fr"
    is_archive: bool = False
    is_demonstration: bool = False
    synthesis: FrozenSynthesis | None = None  # what a synthesis written here says and counts

    def as_data(self) -> dict[str, Any]:
        """Plain JSON values; what is empty is left out. `from_data` gives the same record back."""
        # `dataclasses.asdict` says the same ten times slower, and a load asks for thousands.
        named = ((name, getattr(self, name)) for name in self.__slots__)
        return {name: _plain(value) for name, value in named if value not in ("", (), None)}

    def digest(self) -> str:
        """SHA-256 (hexadecimal) of the canonical JSON: equal records, equal digests."""
        return digest_of(self.as_data())

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """The record that `as_data` wrote. Raises TypeError on a field that does not exist."""
        values = dict(data)
        for name in _TERMS:
            values[name] = tuple(Term(**term) for term in values.get(name, ()))
        for name in ("kind", "campaign", "theme", "licence"):
            if values.get(name):
                values[name] = Term(**values[name])
        values["links"] = tuple(Link(**link) for link in values.get("links", ()))
        values["files"] = tuple(File(**file) for file in values.get("files", ()))
        values["sections"] = tuple(Section(**one) for one in values.get("sections", ()))
        values["years"] = tuple(values.get("years", ()))
        if values.get("synthesis"):
            values["synthesis"] = FrozenSynthesis.from_data(values["synthesis"])
        return cls(**values)
