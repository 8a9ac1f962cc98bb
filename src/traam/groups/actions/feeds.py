"""The secret addresses by which a calendar program follows a person's agenda, or a group's."""

import secrets
from datetime import datetime

from django.db import transaction

from traam.access.acting import allowed, key_of
from traam.access.actor import Actor
from traam.groups.models import Feed, NationalGroup
from traam.journal import acting

TOKEN_BYTES = 32  # 256 bits: nobody guesses one


@transaction.atomic
def open_feed(*, group: NationalGroup | None, now: datetime, actor: Actor) -> Feed:
    """The address of one's own agenda, or of a group's as one reads it. Twice is once."""
    person = key_of(actor)
    if group is not None:
        allowed(actor, "group.read", group.place())
    feed, is_new = Feed.objects.get_or_create(
        person_id=person,
        group=group,
        revoked_at=None,
        defaults={"token": secrets.token_urlsafe(TOKEN_BYTES), "created_at": now},
    )
    if is_new:
        acting.note("feed.open", f"feed:{feed.pk}", actor=actor, now=now)
    return feed


@transaction.atomic
def revoke_feed(*, feed: Feed, now: datetime, actor: Actor) -> Feed:
    """The address answers no more. One's own only: raises `Feed.DoesNotExist` otherwise."""
    mine = Feed.objects.select_for_update(of=("self",))
    held = mine.get(pk=feed.pk, person=key_of(actor))
    if held.revoked_at is None:
        held.revoked_at = now
        held.save(update_fields=["revoked_at"])
        acting.note("feed.revoke", f"feed:{held.pk}", actor=actor, now=now)
    return held
