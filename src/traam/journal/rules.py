"""What an entry may hold, its canonical form, and the chain of seals: pure functions.

**Canonical form** (version 1). An entry is one line of JSON, UTF-8, no spaces, keys sorted:
`[id, "at", actor, on_behalf_of, "verb", "subject", before, after]`, where `at` is the instant in
UTC with six decimals (`2026-03-20T09:30:00.000000Z`). A seal covers the lines of its entries in
the order of their ids: it is the SHA-256, in hexadecimal, of these lines, each ended by a line
feed: `traam-journal-1`, the digest of the seal before (64 zeros for the first), the seal's number,
its instant, its count of entries, then the entries. Whoever keeps one digest elsewhere can prove
later that nothing before it was altered, removed or added.

Beside its digest a seal keeps a **mark** for each entry: the first 16 hexadecimal digits of the
SHA-256 of its line, its id left out. Marks prove nothing by themselves; where the digest says that
something changed, they name which entry was altered, is missing, was added or was put elsewhere.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

VALUE_MAX = 200  # characters
MARK_LENGTH = 16  # hexadecimal digits: enough to tell ten thousand entries apart
FIRST = "0" * 64
_VERB = re.compile(r"[a-z_]+(\.[a-z_]+)+")
_SUBJECT = re.compile(r"[a-z_]+:[^\s@]{1,100}")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")

Scalar = str | int | bool | date | datetime | None
Plain = str | int | bool | None


class Unfit(ValueError):
    """A value that the journal may not keep: a fault of the caller, never of a visitor."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it is sealed."""

    id: int
    at: datetime
    actor: int | None
    on_behalf_of: int | None
    verb: str
    subject: str
    before: Mapping[str, Plain]
    after: Mapping[str, Plain]

    def mark(self) -> str:
        """What names the entry among those of its seal, wherever it is put."""
        said = json.loads(self.canonical())[1:]
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:MARK_LENGTH]

    def canonical(self) -> str:
        """The line that is hashed; see the module's text."""
        parts = [self.id, instant(self.at), self.actor, self.on_behalf_of]
        parts += [self.verb, self.subject, dict(self.before), dict(self.after)]
        return json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def instant(value: datetime) -> str:
    """UTC with six decimals, whatever the zone and whatever the database returned."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def digest(
    *, previous: str, number: int, sealed_at: datetime, lines: Iterable[Line]
) -> tuple[str, int]:
    """The seal of these lines, and how many they are. Lines come in the order of their ids."""
    canonical = [line.canonical() for line in lines]
    head = ["traam-journal-1", previous, str(number), instant(sealed_at), str(len(canonical))]
    text = "".join(f"{part}\n" for part in (*head, *canonical))
    return hashlib.sha256(text.encode()).hexdigest(), len(canonical)


def named_faults(sealed: Mapping[int, str], present: Mapping[int, str]) -> list[tuple[int, str]]:
    """Which entries are not as they were sealed, by id, and what is wrong, in French. Both are
    marks by id: those that the seal keeps, those of the entries that are there."""
    at = {mark: key for key, mark in sealed.items()}
    found = []
    for key in sorted({*sealed, *present}):
        expected, given = sealed.get(key), present.get(key)
        if expected == given:
            continue
        if given is None:
            found.append((key, "elle manque."))
        elif given in at:
            found.append((key, f"à sa place se trouve celle qui portait le n° {at[given]}."))
        elif expected is None:
            found.append((key, "elle n’était pas là au moment du sceau."))
        else:
            found.append((key, "elle a été modifiée."))
    return found


def check(*, verb: str, subject: str) -> None:
    """Raises `Unfit` unless the verb reads « notice.publish » and the subject « notice:key »."""
    if len(verb) > 60 or not _VERB.fullmatch(verb):
        raise Unfit(f"a verb reads like 'notice.publish' (got {verb!r})")
    if not _SUBJECT.fullmatch(subject):
        raise Unfit(
            f"a subject reads like 'notice:t1abc', without a space or '@' (got {subject!r})"
        )


def plain(values: Mapping[str, Scalar] | None) -> dict[str, Plain]:
    """The values as the journal keeps them: keys, codes, states, dates, numbers and digests.

    Raises `Unfit` on a list, a float, a text of more than `VALUE_MAX` characters or with an '@'.
    """
    return {_fit_key(key): _fit(key, value) for key, value in (values or {}).items()}


def _fit_key(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise Unfit(f"a key of the journal is a short identifier (got {key!r})")
    return key


def _fit(key: str, value: Scalar) -> Plain:
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int):
        return value
    if not isinstance(value, str):
        raise Unfit(f"{key}: the journal keeps scalars only (got {type(value).__name__})")
    if len(value) > VALUE_MAX or "@" in value or "\n" in value:
        raise Unfit(f"{key}: codes and digests only, at most {VALUE_MAX} characters, no '@'")
    return str(value)
