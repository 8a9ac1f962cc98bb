"""The demonstration's people: functions, never persons; accounts opened through the real acts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from django.utils.text import slugify

from traam.access.actor import Actor
from traam.access.roles import Role
from traam.kit.clock import PARIS
from traam.people import actions
from traam.people.models import User
from traam.people.personas import BY_SLUG
from traam.people.queries import actor_for
from traam.people.reach import Limits

HOST = "demonstration.invalid"  # RFC 2606: no mail can ever arrive there


class Cast:
    """Who plays: by function (« DAN de Lyon »), with their mandates from the first day on."""

    def __init__(self, *, since: date) -> None:
        self.since = since
        self.users: dict[str, User] = {
            user.persona: user for user in User.objects.personas() if user.persona
        }
        self.actors: dict[int, Actor] = {}  # by person, with their mandates of all days
        self.known: dict[int, User] = {}
        self.given: set[tuple[int, Role, Limits]] = set()

    def persona(self, slug: str) -> User:
        return self.users[slug]

    def play(
        self,
        name: str,
        role: Role,
        *,
        now: datetime,
        academies: frozenset[str] = frozenset(),
        disciplines: frozenset[str] = frozenset(),
        themes: frozenset[str] = frozenset(),
    ) -> User:
        """The person of this function, with this mandate; the same name is the same person."""
        limits = Limits(academies=academies, disciplines=disciplines, themes=themes)
        if (known := self.users.get(name)) is not None:
            self._grant(known, role, limits, now=now)
            return known
        done = actions.welcome(
            email=address_of(name),
            name=name,
            role=role,
            limits=limits,
            starts_on=self.since,
            ends_on=None,
            now=now,
            actor=None,
        )
        self.users[name] = done.person
        self.given.add((done.person.pk, role, limits))
        return done.person

    def named(self, person: User, role: Role, theme: str, *, now: datetime) -> None:
        """Name someone for a theme."""
        self._grant(person, role, Limits(themes=frozenset({theme})), now=now)

    def _grant(self, person: User, role: Role, limits: Limits, *, now: datetime) -> None:
        if (person.pk, role, limits) in self.given:
            return
        self.given.add((person.pk, role, limits))
        actions.grant(
            person=person,
            role=role,
            limits=limits,
            starts_on=self.since,
            ends_on=None,
            now=now,
            actor=None,
        )
        self.actors.pop(person.pk, None)

    def by_key(self, key: int) -> User:
        """The person of this key."""
        if key not in self.known:
            self.known[key] = User.objects.get(pk=key)
        return self.known[key]

    def is_persona(self, key: int) -> bool:
        """Is it one of those by whom visitors come in?"""
        return self.by_key(key).persona is not None

    def forget(self) -> None:
        """Mandates were given elsewhere than here: read them again."""
        self.actors.clear()

    def actor(self, person: User, now: datetime) -> Actor:
        """What this person may do that day."""
        today = now.astimezone(PARIS).date()
        known = self.actors.get(person.pk)
        if known is None:
            known = self.actors[person.pk] = actor_for(person, today)
        if known.today != today:
            known = self.actors[person.pk] = replace(known, today=today)
        return known


def address_of(name: str) -> str:
    """Where this function would write, if any mail left."""
    return f"{slugify(name)}@{HOST}"


PERSONA_OF: Mapping[tuple[Role, str], str] = {
    (persona.role, next(iter(persona.academies))): slug
    for slug, persona in BY_SLUG.items()
    if persona.academies
}
