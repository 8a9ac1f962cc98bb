"""Places and actors that several tests stand on: Lille, mathematics, theme t1, team e1."""

from datetime import date

from traam.access.actor import Actor, Mandate
from traam.access.place import Flag, Place
from traam.access.roles import Role

TODAY = date(2026, 3, 20)
ALICE, BOB, CHARLIE = 1, 2, 3
LILLE, NANTES = frozenset({"09"}), frozenset({"17"})
MATHS, SVT = frozenset({"MATHS"}), frozenset({"SVT"})
T1, T2 = frozenset({"t1"}), frozenset({"t2"})
E1, E2 = frozenset({"e1"}), frozenset({"e2"})
REACH = {"academies": LILLE, "disciplines": MATHS, "themes": T1, "teams": E1}


def who(role: Role, **reach) -> Actor:
    return Actor(ALICE, (Mandate(role=role, **(reach or REACH)),), TODAY)


def here(*flags: Flag, state: str = "", **facts) -> Place:
    """A thing of Lille, maths, theme t1, team e1, whose author is someone else."""
    base = {"academies": LILLE, "disciplines": MATHS, "themes": T1, "teams": E1}
    return Place(**(base | facts), state=state, flags=frozenset(flags))
