"""How the acts on applications are allowed, locked and written down. The doors are in `actions`."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db.models import QuerySet

from traam.access.actor import Actor
from traam.access.place import Flag, Place
from traam.access.web import require
from traam.applications.models import Application, Event
from traam.applications.queries.calls import deadline_of
from traam.applications.rules.deadline import Deadline
from traam.applications.rules.life import APPLICATION_LIFE, ApplicationState
from traam.campaigns.models import campaign_flags
from traam.journal.actions import record
from traam.journal.rules import Scalar
from traam.kit.compiled import Compiled
from traam.kit.refusals import NotAllowed, Refusal

REASON_MAX = 2_000  # characters
CHANNEL_MAX = 100  # characters
NO_REASON = "Le motif manque : dites pourquoi, en une phrase. Les personnes concernées le liront."


def _kept(key: int) -> QuerySet[Application]:
    found = Application.objects.select_related(
        "campaign", "theme", "academy", "extension", "questionnaire"
    )
    kept = found.select_for_update(of=("self",)).filter(pk=key)
    return kept.prefetch_related("authors", "campaign__milestones")


_HELD = Compiled(_kept, int)


def held(application: Application) -> Application:
    """The application as it is now, with what judges it, kept from other acts until the end of
    the transaction."""
    return _HELD.get(application.pk)


def person_of(actor: Actor | None) -> int | None:
    return actor.person if actor is not None else None


def key_of(actor: Actor) -> int:
    """Whoever is signed in: what a row that needs a person keeps."""
    if actor.person is None:
        raise NotAllowed("Il faut être connecté pour cela.")
    return actor.person


def writers_place(application: Application) -> Place:
    """What the rights of those who write look at: `Application.place` without its other queries.

    The end of the call is left out: it is judged on the instant (`need_open`).
    """
    return Place(
        academies=frozenset({application.academy.code}),
        academy_names=(application.academy.name,),
        themes=frozenset({application.theme.code}),
        authors=frozenset(one.person_id for one in application.authors.all()),
        state=application.state,
        flags=campaign_flags(application.campaign.state) - {Flag.CALL_CLOSED},
    )


def may_write(
    application: Application, right: str, *, actor: Actor | None, channel: str = ""
) -> int | None:
    """The person on whose behalf the actor writes, None for oneself. Raises `NotAllowed`.

    What is entered from a letter or a mail (`channel`, or that of the application) is so by those
    who may enter it on behalf of its authors.
    """
    place = writers_place(application)
    return may_write_there(place, right, actor=actor, channel=channel or application.channel)


def may_write_there(place: Place, right: str, *, actor: Actor | None, channel: str) -> int | None:
    """The same, of what stands there (`writers_place`) and was entered from this channel."""
    if actor is None:
        return None
    if channel and actor.allows("application.enter_on_behalf", place):
        return actor.on_behalf_of("application.enter_on_behalf", place)
    require(actor, right, place)
    return actor.on_behalf_of(right, place)


def allowed(
    application: Application, right: str, *, actor: Actor | None, channel: str = ""
) -> int | None:
    """The same for the acts of those who do not write: the whole place is looked at.

    With a channel, the state is judged by the table of moves alone.
    """
    if actor is None:
        return None
    place = application.place()
    wanted = "application.enter_on_behalf" if channel else right
    require(actor, wanted, replace(place, academy_names=(application.academy.name,)))
    return actor.on_behalf_of(wanted, place)


def need_open(application: Application, *, now: datetime) -> None:
    """Raises `Refusal` when the call is not open for it at this very instant."""
    need_open_until(deadline_of(application), now=now)


def need_open_until(limit: Deadline, *, now: datetime) -> None:
    """The same, of an application whose deadline this is."""
    if not limit.is_open(now):
        raise Refusal(limit.why_closed(now))


def need_time(application: Application, *, now: datetime) -> None:
    """Raises `Refusal` when the grace after the closing is over at this very instant."""
    limit = deadline_of(application)
    if not limit.is_before_grace_ends(now):
        raise Refusal(limit.why_too_late(now))


def need_reason(reason: str) -> str:
    """The reason, stripped. Raises `Refusal` without one, or on one too long."""
    words = reason.strip()
    if not words:
        raise Refusal(NO_REASON)
    if len(words) > REASON_MAX:
        raise Refusal(f"Le motif ({len(words)} caractères) doit tenir en {REASON_MAX}.")
    return words


def need_channel(channel: str) -> str:
    """« courriel du 3 avril », stripped. Raises `Refusal` on one too long."""
    words = " ".join(channel.split())
    if len(words) > CHANNEL_MAX:
        raise Refusal(f"Le canal ({len(words)} caractères) doit tenir en {CHANNEL_MAX}.")
    return words


def move(application: Application, name: str, *, now: datetime, **changes: object) -> str:
    """Move it; the state before. Raises `MoveRefused`."""
    before = application.state
    application.state = APPLICATION_LIFE.after(ApplicationState(before), name)
    application.state_at = now
    for field, value in changes.items():
        setattr(application, field, value)
    application.save(update_fields=["state", "state_at", *changes])
    return before


def note(
    verb: str,
    application: Application,
    *,
    actor: Actor | None,
    now: datetime,
    behalf: int | None = None,
    channel: str = "",
    reason: str = "",
    before: Mapping[str, Scalar] | None = None,
    after: Mapping[str, Scalar] | None = None,
) -> Event:
    """One line of the journal, and the event that its people read, with its reason."""
    record(
        actor=person_of(actor),
        verb=verb,
        subject=f"application:{application.code}",
        now=now,
        before=before,
        after=after,
        on_behalf_of=behalf,
    )
    return Event.objects.create(
        application=application,
        verb=verb,
        at=now,
        person_id=person_of(actor),
        on_behalf_of_id=behalf,
        channel=channel,
        reason=reason,
    )
