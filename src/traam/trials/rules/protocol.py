"""A trial's protocol: what it must say, its canonical form and digest, its indicators."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from traam.kit.contacts import contact_faults

HYPOTHESIS = "Hypothèse"
SUCCESS = "Ce qui serait une réussite"
TEXT_MAX = 4_000  # characters, of the hypothesis and of the success
INDICATOR_MAX = 300  # characters
INDICATORS_MAX = 8


@dataclass(frozen=True, slots=True)
class Sought:
    """An indicator: its key is stable, so that observations refer to it. "" for a new one."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Protocol:
    """What is tried, what would count as success, what is looked for."""

    hypothesis: str = ""
    success: str = ""
    indicators: Sequence[Sought] = ()


def missing(protocol: Protocol) -> list[str]:
    """What the protocol lacks before a first session, as French sentences."""
    found = []
    if not protocol.hypothesis.strip():
        found.append("Le protocole n’a pas d’hypothèse : dites en une phrase ce que vous attendez.")
    if not protocol.success.strip():
        found.append("Le protocole ne dit pas ce qui serait une réussite.")
    if not any(one.text.strip() for one in protocol.indicators):
        found.append("Le protocole n’a aucun indicateur : notez au moins une chose à observer.")
    return found


def faults(protocol: Protocol) -> list[str]:
    """What may not be written, as French sentences; a protocol may be unfinished."""
    texts = {HYPOTHESIS: protocol.hypothesis, SUCCESS: protocol.success}
    found = [
        f"« {name} » compte {len(text)} caractères ; {TEXT_MAX} au plus."
        for name, text in texts.items()
        if len(text) > TEXT_MAX
    ]
    kept = [one.text.strip() for one in protocol.indicators if one.text.strip()]
    if len(kept) > INDICATORS_MAX:
        found.append(f"{len(kept)} indicateurs ; {INDICATORS_MAX} au plus : gardez les premiers.")
    for rank, text in enumerate(kept, 1):
        if len(text) > INDICATOR_MAX:
            found.append(f"L’indicateur {rank} ({len(text)} caractères) : {INDICATOR_MAX} au plus.")
    if len({_folded(text) for text in kept}) < len(kept):
        found.append("Deux indicateurs disent la même chose : gardez-en un.")
    numbered = {f"Indicateur {rank}": text for rank, text in enumerate(kept, 1)}
    return [*found, *contact_faults({**texts, **numbered})]


def _folded(text: str) -> str:
    """What two writings of the same indicator share: case, spaces and apostrophes tell nothing."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").replace("ʼ", "'")
    return " ".join(plain.casefold().split())


def named(protocol: Protocol, *, taken: Sequence[str]) -> Protocol:
    """The same, without empty indicators, each with a key; `taken`: every key of the trial."""
    used, kept = {*taken}, []
    for one in protocol.indicators:
        if text := " ".join(one.text.split()):
            key = one.key if one.key in taken else _free(used)
            used.add(key)
            kept.append(Sought(key, text))
    return Protocol(_clean(protocol.hypothesis), _clean(protocol.success), tuple(kept))


def _free(used: set[str]) -> str:
    number = 1
    while f"i{number}" in used:
        number += 1
    return f"i{number}"


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def as_data(protocol: Protocol, *, production: str, version: int) -> dict[str, Any]:
    """What is digested: the protocol, and the very version of the production that is tried."""
    return {
        "format": "traam-protocol-1",
        "production": production,
        "production_version": version,
        "hypothesis": protocol.hypothesis,
        "success": protocol.success,
        "indicators": [{"key": one.key, "text": one.text} for one in protocol.indicators],
    }


def canonical(data: Mapping[str, Any]) -> str:
    """JSON with sorted keys, no space, NFC: the same bytes for the same protocol, anywhere."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return unicodedata.normalize("NFC", text)


def digest(data: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()
