"""Who is told of what becomes of a production, and by which text (`jinja2/productions/post/`)."""

from collections.abc import Iterable
from datetime import datetime

from traam.access.roles import Role
from traam.post.actions import send
from traam.productions.models import Production, Reprise
from traam.productions.queries.people import experts, of_team

SHORT = 150  # characters
REASON_SHORT = 250
TEAM = (Role.REFERENT, Role.TEACHER)


def proposed(production: Production, *, now: datetime) -> None:
    """The inspectors of the team: a production awaits their validation."""
    _tell("productions/proposed", production, inspectors(production, now=now), now=now)


def validated(production: Production, *, now: datetime) -> None:
    """The team, and the experts of the theme, who may publish it."""
    _tell("productions/validated", production, authors(production, now=now), now=now)
    _tell("productions/to_publish", production, experts(production, now=now), now=now)


def returned(production: Production, *, reason: str, now: datetime) -> None:
    """The team reads why."""
    people = authors(production, now=now)
    _tell("productions/returned", production, people, now=now, reason=_short(reason, REASON_SHORT))


def published(production: Production, *, now: datetime) -> None:
    """The team and its inspectors: everyone may read it now."""
    people = {*authors(production, now=now), *inspectors(production, now=now)}
    _tell("productions/published", production, people, now=now)


def withdrawn(production: Production, *, reason: str, now: datetime) -> None:
    """The team, its inspectors, and the teams that took it up."""
    people = {*authors(production, now=now), *inspectors(production, now=now)}
    for one in Reprise.objects.filter(source=production).select_related("production__team"):
        people |= set(of_team(one.production.team, now=now, roles=TEAM))
    said = _short(reason, REASON_SHORT)
    _tell("productions/withdrawn", production, people, now=now, reason=said)


def restored(production: Production, *, reason: str, now: datetime) -> None:
    """The team and its inspectors: it is a draft again."""
    people = {*authors(production, now=now), *inspectors(production, now=now)}
    said = _short(reason, REASON_SHORT)
    _tell("productions/restored", production, people, now=now, reason=said)


def withheld(production: Production, *, now: datetime) -> None:
    """The team, its inspectors and the experts: a file is shown no more."""
    people = {
        *authors(production, now=now),
        *inspectors(production, now=now),
        *experts(production, now=now),
    }
    _tell("productions/withheld", production, people, now=now)


def authors(production: Production, *, now: datetime) -> set[int]:
    """Its authors, and the référents of its team."""
    listed = {one.person_id for one in production.authors.all()}
    return listed | set(of_team(production.team, now=now, roles=(Role.REFERENT,)))


def inspectors(production: Production, *, now: datetime) -> list[int]:
    """The inspectors who follow the team today."""
    return of_team(production.team, now=now, roles=(Role.INSPECTOR,))


def _tell(
    kind: str, production: Production, people: Iterable[int], *, now: datetime, **params: str
) -> None:
    given: dict[str, str | int] = {
        "code": production.code,
        "title": _short(production.title or "sans titre", SHORT),
        "team": _short(production.team.named, SHORT),
        "theme": _short(production.team.group.theme.shown_title, SHORT),
        **params,
    }
    for person in sorted(set(people)):
        send(
            to=person,
            kind=kind,
            params=given,
            key=f"{kind}:{production.pk}:{now.timestamp():.6f}:{person}",
            now=now,
        )


def _short(text: str, limit: int) -> str:
    """On one line, without what a parameter may not hold."""
    line = " ".join(text.replace("@", " ").split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
