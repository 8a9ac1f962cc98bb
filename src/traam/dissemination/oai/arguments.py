"""Reads the arguments of an OAI-PMH request, strictly; pure.

An argument that is unknown, repeated, empty, misplaced or malformed is an error: no guess.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time

from traam.dissemination.oai.errors import Code, Fault, OaiError

_LISTING = ("from", "until", "set")
# verb: (required, optional, may a resumptionToken stand alone instead?)
VERBS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], bool]] = {
    "Identify": ((), (), False),
    "ListMetadataFormats": ((), ("identifier",), False),
    "ListSets": ((), (), True),
    "ListIdentifiers": (("metadataPrefix",), _LISTING, True),
    "ListRecords": (("metadataPrefix",), _LISTING, True),
    "GetRecord": (("identifier", "metadataPrefix"), (), False),
}
_PART = r"[A-Za-z0-9\-_.!~*'()]+"
PREFIX = re.compile(_PART)
SET = re.compile(rf"{_PART}(:{_PART})*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SECOND = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A well-formed request. `given`: its arguments as they came, verb included."""

    verb: str
    given: Mapping[str, str]
    prefix: str = ""
    identifier: str = ""
    spec: str = ""
    since: datetime | None = None  # inclusive, UTC
    until: datetime | None = None  # inclusive, UTC
    token: str = ""


def _bad(message: str) -> Fault:
    return Fault(Code.BAD_ARGUMENT, message)


def _verb(pairs: list[tuple[str, str]]) -> str:
    verbs = [value for name, value in pairs if name == "verb"]
    accepted = ", ".join(VERBS)
    if not verbs:
        raise OaiError(Fault(Code.BAD_VERB, f"L’argument verb manque ; acceptés : {accepted}."))
    if len(verbs) > 1:
        raise OaiError(Fault(Code.BAD_VERB, "L’argument verb est répété."))
    if verbs[0] not in VERBS:
        raise OaiError(
            Fault(Code.BAD_VERB, f"Le verbe « {verbs[0]} » n’existe pas ; acceptés : {accepted}.")
        )
    return verbs[0]


def _presence(verb: str, pairs: list[tuple[str, str]]) -> list[Fault]:
    required, optional, resumable = VERBS[verb]
    allowed = ("verb", *required, *optional, *(["resumptionToken"] if resumable else []))
    counts = Counter(name for name, _ in pairs)
    faults = [
        _bad(f"L’argument « {name} » n’est pas accepté par {verb}.")
        for name in counts
        if name not in allowed
    ]
    faults += [_bad(f"L’argument « {name} » est répété.") for name in counts if counts[name] > 1]
    faults += [_bad(f"L’argument « {name} » est vide.") for name, value in pairs if not value]
    if "resumptionToken" in counts:
        if len(counts) > 2:
            faults.append(_bad("L’argument resumptionToken s’emploie seul avec verb."))
    else:
        faults += [_bad(f"L’argument {name} manque.") for name in required if name not in counts]
    return faults


def _instant(text: str, end_of_day: bool) -> datetime | None:  # noqa: FBT001
    try:
        if _DAY.fullmatch(text):
            day = datetime.strptime(text, "%Y-%m-%d").date()
            return datetime.combine(day, time(23, 59, 59) if end_of_day else time(), UTC)
        if _SECOND.fullmatch(text):
            return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return None


def _range_faults(
    given: Mapping[str, str], since: datetime | None, until: datetime | None
) -> list[Fault]:
    faults = [
        _bad(f"La date {name} « {given[name]} » n’est ni AAAA-MM-JJ ni AAAA-MM-JJThh:mm:ssZ.")
        for name, read in (("from", since), ("until", until))
        if name in given and read is None
    ]
    if since and until:
        if len(given["from"]) != len(given["until"]):
            faults.append(_bad("Les dates from et until n’ont pas la même précision."))
        if since > until:
            faults.append(_bad(f"from « {given['from']} » est après until « {given['until']} »."))
    return faults


def _shape_faults(given: Mapping[str, str]) -> list[Fault]:
    shapes = (("metadataPrefix", PREFIX), ("set", SET))
    return [
        _bad(f"L’argument {name} « {given[name]} » contient des caractères interdits.")
        for name, shape in shapes
        if name in given and not shape.fullmatch(given[name])
    ]


def parse(pairs: Iterable[tuple[str, str]]) -> Asked:
    """The request of these (name, value) pairs, in any order. Raises `OaiError` with all faults."""
    listed = list(pairs)
    verb = _verb(listed)
    faults = _presence(verb, listed)
    if faults:
        raise OaiError(*faults)
    given = dict(listed)
    since = _instant(given.get("from", ""), end_of_day=False)
    until = _instant(given.get("until", ""), end_of_day=True)
    faults = _shape_faults(given) + _range_faults(given, since, until)
    if faults:
        raise OaiError(*faults)
    return Asked(
        verb=verb,
        given=given,
        prefix=given.get("metadataPrefix", ""),
        identifier=given.get("identifier", ""),
        spec=given.get("set", ""),
        since=since,
        until=until,
        token=given.get("resumptionToken", ""),
    )
