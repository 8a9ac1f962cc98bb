"""Who is told of an act upon an application, and by which text (`jinja2/applications/post/`).

No free text goes by mail: what was written is read on the application's page.
"""

from collections.abc import Iterable
from datetime import date, datetime

from traam.applications.models import Application, Event
from traam.applications.queries import people
from traam.applications.rules.life import ApplicationState
from traam.kit.text import instant
from traam.post.actions import send

TITLE_MAX = 150  # characters of a theme's title in a mail


def tell(
    application: Application,
    to: Iterable[int],
    kind: str,
    *,
    event: Event,
    now: datetime,
    **params: str | int,
) -> None:
    """Write to each of these people, once for this event; whoever did it is not told."""
    for person in sorted(set(to) - {event.person_id or 0}):
        send(
            to=person,
            kind=kind,
            params={**about(application), **params},
            key=f"{kind}:{event.pk}:{person}",
            now=now,
        )


def warn(
    application: Application,
    to: Iterable[int],
    *,
    key: str,
    now: datetime,
    **params: str | int,
) -> None:
    """Write to each of these people that the end is near, once for this key."""
    state = ApplicationState(application.state).label
    given = {**about(application), "state": state, **params}
    for person in sorted(set(to)):
        send(to=person, kind="applications/closing", params=given, key=f"{key}:{person}", now=now)


def about(application: Application) -> dict[str, str | int]:
    """What every message says of the application: codes, and the theme that all may read."""
    title = " ".join(application.theme.shown_title.replace("@", " ").split())
    return {
        "code": application.code,
        "campaign": application.campaign.label,
        "theme": title if len(title) <= TITLE_MAX else f"{title[:TITLE_MAX]}…",
        "academy": application.academy.name,
    }


def submitted(
    application: Application, *, event: Event, now: datetime, today: date, until: datetime
) -> None:
    """The named inspectors are asked for their agreement."""
    to = people.inspectors(application, today=today)
    tell(
        application, to, "applications/agreement_wanted", event=event, now=now, until=instant(until)
    )


def agreed(
    application: Application, *, event: Event, now: datetime, today: date, until: datetime
) -> None:
    """Every inspector has agreed: the delegate's turn, and the authors know."""
    to = people.delegates(academy=application.academy.code, today=today)
    tell(application, to, "applications/visa_wanted", event=event, now=now, until=instant(until))
    tell(application, people.authors(application), "applications/agreed", event=event, now=now)


def agreed_for(application: Application, person: int, *, event: Event, now: datetime) -> None:
    """Whoever acts for this inspector, or enters what they wrote, has agreed in their name."""
    tell(application, [person], "applications/agreed_for", event=event, now=now)


def deposited(
    application: Application,
    *,
    event: Event,
    now: datetime,
    today: date,
    receipt: str,
    digest: str,
) -> None:
    """The receipt, to its people and to the rector."""
    to = {
        *people.authors(application),
        *people.inspectors(application, today=today),
        *people.rectors(academy=application.academy.code, today=today),
    }
    more = {"receipt": receipt, "digest": digest, "at": instant(now)}
    tell(application, to, "applications/deposited", event=event, now=now, **more)


def around(application: Application, *, today: date) -> set[int]:
    """Its authors, its inspectors and the academy's delegates."""
    return {
        *people.authors(application),
        *people.inspectors(application, today=today),
        *people.delegates(academy=application.academy.code, today=today),
    }
