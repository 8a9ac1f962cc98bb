"""A synthesis as plain values: what is shown, compared, digested, signed and frozen."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from traam.syntheses.rules.counts import Counts
from traam.syntheses.rules.life import FindingKind, Mark, Support
from traam.syntheses.rules.skeleton import Section


@dataclass(frozen=True, slots=True)
class Cited:
    """An observation on which a finding rests, at the version that was read."""

    key: str
    version: int
    support: Support
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class Stated:
    """A finding as a synthesis states it, with what it counts."""

    code: str
    kind: FindingKind
    text: str
    scope: str = ""
    counts: Counts = field(default_factory=Counts)
    evidence: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or a paragraph; `finding`: the code of the one it states, or ""."""

    text: str
    mark: Mark = Mark.NONE
    finding: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section and its passages."""

    section: Section
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that a synthesis says today. `findings`: those it states, in order, each once."""

    kind: str
    title: str
    summary: str = ""
    parts: tuple[Part, ...] = ()
    findings: tuple[Stated, ...] = ()

    def stated(self, code: str) -> Stated | None:
        """The finding of this code, if it is stated here."""
        return next((one for one in self.findings if one.code == code), None)

    def as_data(self) -> dict[str, Any]:
        """The canonical values: the same for the same text, findings, counts and evidence."""
        return {
            "kind": str(self.kind),
            "title": self.title,
            "summary": self.summary,
            "parts": [
                {
                    "section": part.section.key,
                    "passages": [
                        {"text": one.text, "mark": one.mark.value, "finding": one.finding}
                        for one in part.passages
                    ],
                }
                for part in self.parts
            ],
            "findings": [_finding(one) for one in self.findings],
        }

    def digest(self) -> str:
        """SHA-256 (hexadecimal) of the canonical JSON: what signatories sign."""
        return digest_of(self.as_data())

    def prose(self) -> str:
        """All that it says, as one text to compare with another version."""
        return prose_of(
            self.as_data(), {part.section.key: part.section.title for part in self.parts}
        )


def _finding(one: Stated) -> dict[str, Any]:
    """A finding, and what it rests on in an order that depends on nothing else."""
    evidence = sorted(
        (each.key, each.version, each.support.value, each.is_stale) for each in one.evidence
    )
    return {
        "code": one.code,
        "kind": one.kind.value,
        "text": one.text,
        "scope": one.scope,
        "counts": one.counts.as_data(),
        "evidence": [list(each) for each in evidence],
    }


def digest_of(data: Mapping[str, Any]) -> str:
    """The digest of the content that `as_data` wrote like this."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def prose_of(data: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """A content kept by `as_data`, as lines: title, summary, then each section's passages."""
    return "\n".join(_lines(data, titles))


def _lines(data: Mapping[str, Any], titles: Mapping[str, str]) -> Iterable[str]:
    texts = {one["code"]: one["text"] for one in data.get("findings", ())}
    yield from (str(data.get("title", "")), "", str(data.get("summary", "")))
    for part in data.get("parts", ()):
        yield from ("", titles.get(part["section"], part["section"]))
        for one in part["passages"]:
            mark = Mark(one["mark"])
            said = one["text"] or texts.get(one["finding"], "")
            yield said if mark is Mark.NONE else f"{said} [{mark.label}]"
