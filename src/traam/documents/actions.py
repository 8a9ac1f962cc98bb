"""The verbs of files: store bytes once checked, withhold a file, show it again."""

from collections.abc import Collection
from datetime import datetime

from traam.documents import antivirus, pictures, rules, sniffing, storage
from traam.documents.models import StoredFile, Withholding
from traam.kit.refusals import Refusal


def store(
    *, content: bytes, name: str, limit: int, accepted: Collection[str], now: datetime
) -> StoredFile:
    """Keep these bytes; the same bytes twice are one file. `limit` in bytes. A picture is kept
    without what its camera wrote: neither place, nor instant, nor device.

    `accepted`: media types. Raises `Refusal` when the bytes are empty, too heavy, of an unknown or
    unwanted type, named as another type, a trap (a picture or an archive that would unfold beyond
    reason), or not cleared by the antivirus where there is one. That may take seconds: call it
    before locking rows.
    """
    kind = sniffing.media_type(content, name=name) if len(content) <= limit else None
    found = rules.reasons(
        name=name, weight=len(content), limit=limit, media_type=kind, accepted=accepted
    )
    if found or kind is None:
        raise Refusal(*found)
    sniffing.check_depth(content, kind=kind, name=name)
    antivirus.check(content, name=name)
    content = pictures.bare(content, media_type=kind, name=name)
    stored, _ = StoredFile.objects.get_or_create(
        digest=storage.write(content),
        defaults={"media_type": kind, "size": len(content), "created_at": now},
    )
    return stored


def withhold(*, digest: str, reason: str, now: datetime) -> None:
    """Show this file to nobody from now on. The same reason twice is one."""
    file = StoredFile.objects.get(digest=digest)
    Withholding.objects.get_or_create(file=file, reason=reason, until=None, defaults={"since": now})


def show_again(*, digest: str, reason: str, now: datetime) -> None:
    """End what withheld this file for this reason."""
    open_ = Withholding.objects.filter(file__digest=digest, reason=reason, until=None)
    open_.update(until=now)
