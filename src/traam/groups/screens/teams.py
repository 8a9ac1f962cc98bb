"""A team as its page shows it to who reads it: what they may do, and what awaits it."""

from dataclasses import dataclass
from functools import cached_property

from traam.access.actor import Actor
from traam.access.place import Place
from traam.access.roles import Role
from traam.groups.models import Member, Team
from traam.groups.queries import teams as queries
from traam.groups.rules.life import Bond, TeamState


@dataclass(frozen=True, slots=True)
class Door:
    """An act that the reader may begin: the end of its address, its words."""

    act: str
    label: str


class TeamPage:
    """A team and its reader."""

    def __init__(self, team: Team, actor: Actor) -> None:
        self.team, self.actor = team, actor

    @cached_property
    def place(self) -> Place:
        return self.team.place()

    @property
    def state(self) -> TeamState:
        return TeamState(self.team.state)

    @property
    def may_edit(self) -> bool:
        return self.actor.allows(queries.EDIT, self.place)

    @property
    def may_read(self) -> bool:
        return self.actor.allows(queries.READ, self.place)

    @property
    def reads_hours(self) -> bool:
        return self.actor.allows("hours.read", self.place)

    @property
    def is_living(self) -> bool:
        return self.state is not TeamState.WITHDRAWN

    def may_change(self, member: Member) -> bool:
        """May this reader invite, describe or end this member?"""
        if member.role == Role.INSPECTOR:
            return self.actor.allows(queries.AGREE, self.place) or self.actor.allows(
                queries.FORM, self.place
            )
        return self.may_edit

    @property
    def bonds(self) -> list[tuple[str, str]]:
        """(« Nantes », « académie associée »)."""
        found = [(one.academy.name, Bond(one.kind).label) for one in self.team.bonds.all()]
        return sorted(found)

    @cached_property
    def doors(self) -> list[Door]:
        """The acts upon the team that its reader may begin."""
        found = []
        launched = self._launched()
        if self.state is TeamState.AT_WORK:
            if self.actor.allows("participation.complete", launched):
                found.append(Door("achever", "Déclarer les travaux achevés"))
            if self._may_withdraw:
                found.append(Door("retirer", "Retirer l’équipe"))
            if self.team.participation is not None and self._is_pilot:
                found.append(Door("reprendre", "Reprendre le lancement"))
        elif self.state is TeamState.COMPLETED:
            if self.actor.allows("participation.complete", launched):
                found.append(Door("rouvrir", "Rouvrir les travaux"))
        elif self._may_reinstate:
            found.append(Door("retablir", "Rétablir l’équipe"))
        return found

    def _launched(self) -> Place:
        return Place(academies=self.place.academies, themes=self.place.themes, state="launched")

    @property
    def _is_pilot(self) -> bool:
        return self.actor.allows(
            "participation.launch", Place(themes=self.place.themes, state="retained")
        )

    @property
    def _may_withdraw(self) -> bool:
        right = "participation.withdraw" if self.team.participation else queries.FORM
        return self.actor.allows(right, self.place)

    @property
    def _may_reinstate(self) -> bool:
        if self.team.participation is not None:
            return self._is_pilot
        return self.actor.allows(queries.FORM, self.place)
