"""A team at work and its people; productions as far as each test needs them."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse

from tests.groups.factories import NOW, TODAY, TeamFactory, leader, member, national
from tests.house.pages import CheckedClient
from traam.access.actor import Actor
from traam.access.roles import Role
from traam.groups.models import Team
from traam.people.models import User
from traam.productions import actions
from traam.productions.actions import Write
from traam.productions.models import Production

BACKEND = "django.contrib.auth.backends.ModelBackend"
TO_SHARE: dict[str, Any] = {
    "title": "Mesurer la pousse d’un haricot",
    "hook": "Deux classes comparent leurs mesures.",
    "disciplines": ["SVT"],
    "levels": ["5E", "4E"],
    "aim": "Construire un protocole.",
    "steps": "1. Poser le problème.\n2. Mesurer.",
    "tools": "GeoGebra\nUn capteur maison",
    "duration": "3 séances de 55 minutes",
}
TO_PUBLISH: dict[str, Any] = {
    "summary": "Des élèves mesurent une plante et comparent avec une autre classe.",
    "competences": ["CRCN-1.3", "SOCLE-4.1"],
    "skills": "Interpréter des mesures",
    "programmes": ["P2015-C4"],
    "licence": "cc-by-sa-4.0",
}


@dataclass
class World:
    """One team of one academy, and its people."""

    team: Team = field(default_factory=TeamFactory)

    @cached_property
    def referent(self) -> Actor:
        return member(self.team, Role.REFERENT)

    @cached_property
    def teacher(self) -> Actor:
        return member(self.team)

    @cached_property
    def inspector(self) -> Actor:
        return member(self.team, Role.INSPECTOR)

    @cached_property
    def expert(self) -> Actor:
        return leader(self.team.group)

    @cached_property
    def pilot(self) -> Actor:
        return national(Role.PILOT)

    @cached_property
    def other_team(self) -> Team:
        """Of another academy, in the same national group."""
        return TeamFactory(group=self.team.group)

    @cached_property
    def fellow(self) -> Actor:
        return member(self.other_team, Role.REFERENT)

    @cached_property
    def stranger(self) -> Actor:
        return member(TeamFactory())

    def begin(self, actor: Actor | None = None, **given: Any) -> Production:
        wanted = {"kind": "scenario", "team": self.team, "now": NOW} | given
        return actions.begin(actor=actor or self.referent, **wanted)

    def write(self, production: Production, actor: Actor | None = None, **fields: Any):
        """These fields, over what they say now."""
        fresh = Production.objects.get(pk=production.pk)
        writes = [
            Write(name, value, base=fresh.traces.get(name, {}).get("version", 0))
            for name, value in fields.items()
        ]
        held, saved = actions.save(
            production=fresh, writes=writes, now=NOW, actor=actor or self.referent
        )
        assert (saved.rivals, saved.faults) == ([], {})
        return held

    def sharable(self, **given: Any) -> Production:
        return self.write(self.begin(**given), **TO_SHARE)

    def shared(self, **given: Any) -> Production:
        return actions.share(production=self.sharable(**given), now=NOW, actor=self.referent)

    def publishable(self, **given: Any) -> Production:
        made = self.write(self.shared(**given), **TO_PUBLISH)
        actions.add_link(
            production=made, url="https://exemple.fr/fiche", now=NOW, actor=self.referent
        )
        return self.again(made)

    def proposed(self, **given: Any) -> Production:
        return actions.propose(production=self.publishable(**given), now=NOW, actor=self.referent)

    def validated(self, **given: Any) -> Production:
        return actions.validate(production=self.proposed(**given), now=NOW, actor=self.inspector)

    @staticmethod
    def again(production: Production) -> Production:
        return Production.objects.get(pk=production.pk)


def client_of(actor: Actor) -> CheckedClient:
    """A browser signed in as this person, whose every page is checked."""
    client = CheckedClient()
    client.force_login(User.objects.get(pk=actor.person), backend=BACKEND)
    return client


def at(name: str, production: Production | None = None, **words: Any) -> str:
    """The address of a page, of this production where there is one."""
    given = {"code": production.code} if production is not None else {}
    return reverse(name, kwargs=given | words)


def page(actor: Actor, address: str, status: int = 200) -> str:
    """The words of a page as this person reads it."""
    answer = client_of(actor).get(address)
    assert answer.status_code == status, (answer.status_code, answer.get("Location"))
    text: str = answer.content.decode()
    return text


__all__ = ["NOW", "TODAY", "TO_PUBLISH", "TO_SHARE", "World", "at", "client_of", "page"]
