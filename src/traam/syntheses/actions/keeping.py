"""What a synthesis said after each save, and texts put aside: nothing typed is lost."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from traam.access.acting import person_of
from traam.access.actor import Actor
from traam.syntheses.models import Synthesis, SynthesisVersion
from traam.syntheses.queries.contents import content_of
from traam.syntheses.rules.content import digest_of

SAME_SITTING = timedelta(minutes=10)  # saves of one person that make one version


def keep_version(synthesis: Synthesis, *, now: datetime, actor: Actor | None) -> Synthesis:
    """Count this save, and keep what it says now; the saves of one sitting make one version."""
    content = content_of(synthesis).as_data()
    last = synthesis.versions.order_by("-number", "pk").first()
    if last is not None and _goes_on(last, now=now, person=person_of(actor)):
        last.content, last.digest, last.saved_at = content, digest_of(content), now
        last.save(update_fields=["content", "digest", "saved_at"])
        _changed(synthesis, now=now)
    else:
        _add(synthesis, content, now=now, actor=actor)
    return synthesis


def _goes_on(last: SynthesisVersion, *, now: datetime, person: int | None) -> bool:
    is_recent = last.saved_at <= now < last.saved_at + SAME_SITTING
    return is_recent and last.saved_by_id == person and "aside" not in last.content


def put_aside(
    synthesis: Synthesis, *, place: str, text: str, now: datetime, actor: Actor | None
) -> None:
    """A text that another had overtaken: kept among the versions, whatever becomes of the page."""
    content = {**content_of(synthesis).as_data(), "aside": {"place": place, "text": text}}
    _add(synthesis, content, now=now, actor=actor)


def _add(
    synthesis: Synthesis, content: Mapping[str, Any], *, now: datetime, actor: Actor | None
) -> None:
    _changed(synthesis, now=now)
    SynthesisVersion.objects.create(
        synthesis=synthesis,
        number=synthesis.version,
        content=content,
        digest=digest_of(content),
        saved_at=now,
        saved_by_id=person_of(actor),
    )


def _changed(synthesis: Synthesis, *, now: datetime) -> None:
    synthesis.version += 1
    synthesis.changed_at = now
    synthesis.save(update_fields=["version", "changed_at"])
