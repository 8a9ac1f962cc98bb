"""Resumption tokens: the whole request and the last row seen, signed; nothing is kept here.

A token can be replayed at will and gives the rows after the same one; changes made during a
harvest only move notices towards its end.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.core import signing

from traam.dissemination.oai.errors import Code, Fault, OaiError

_SIGNER = signing.Signer(salt="traam.dissemination.oai")


@dataclass(frozen=True, kw_only=True)
class Position:
    """Where a list stopped. `seen`: how many were given so far; `size`: of the complete list."""

    verb: str
    prefix: str = ""
    spec: str = ""  # the set harvested
    since: datetime | None = None
    until: datetime | None = None
    after_datestamp: datetime | None = None
    after_pk: int = 0
    after_spec: str = ""  # for ListSets
    seen: int
    size: int


def _seconds(instant: datetime | None) -> int | None:
    """Seconds since 1970; what is naive is in UTC."""
    if instant is None:
        return None
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return int(aware.timestamp())


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def write(position: Position) -> str:
    """Deterministic: the same position gives the same token. Safe in an address."""
    return _SIGNER.sign_object(
        [
            position.verb,
            position.prefix,
            position.spec,
            _seconds(position.since),
            _seconds(position.until),
            _seconds(position.after_datestamp),
            position.after_pk,
            position.after_spec,
            position.seen,
            position.size,
        ]
    )


def read(token: str, *, verb: str) -> Position:
    """The position that `write` signed for this verb. Raises `OaiError` (badResumptionToken)."""
    try:
        values = _SIGNER.unsign_object(token)
    except (signing.BadSignature, ValueError):
        values = [""]
    if values[0] != verb:
        raise OaiError(
            Fault(
                Code.BAD_RESUMPTION_TOKEN,
                f"Ce resumptionToken n’a pas été donné ici pour {verb} : recommencez la liste.",
            )
        )
    _, prefix, spec, since, until, after, after_pk, after_spec, seen, size = values
    return Position(
        verb=verb,
        prefix=prefix,
        spec=spec,
        since=_instant(since),
        until=_instant(until),
        after_datestamp=_instant(after),
        after_pk=after_pk,
        after_spec=after_spec,
        seen=seen,
        size=size,
    )
