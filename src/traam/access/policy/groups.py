"""Rights over participations, national groups, teams and their hours (`rules.md` §1 and §2)."""

from traam.access.place import Flag
from traam.access.policy.choice import DELIBERATING, EXPERT, INSPECTOR
from traam.access.policy.grants import InState, Is, Right, Scope, right, to, to_each
from traam.access.policy.house import DAN, GROUP_ROLES, PILOT
from traam.access.roles import Role

REFERENT, PARTNER = Role.REFERENT, Role.PARTNER
RETAINED = InState(frozenset({"retained"}), "tant qu’elle n’est pas lancée")
LAUNCHED = InState(frozenset({"launched"}), "une fois lancée")
RESERVE_CALLED = InState(frozenset({"called"}), "une fois la liste complémentaire appelée")

GROUPS: tuple[Right, ...] = (
    right("participation.launch", "lancer une participation", to(PILOT, RETAINED)),
    right(
        "participation.complete",
        "déclarer une participation achevée",
        to(PILOT, LAUNCHED),
        to(EXPERT, Scope.THEME, LAUNCHED),
    ),
    right("participation.withdraw", "retirer une participation", to(PILOT), to(DAN, Scope.ACADEMY)),
    right("participation.call_reserve", "appeler la liste complémentaire", to(PILOT)),
    right(
        "participation.answer_call",
        "répondre à un appel de la liste complémentaire",
        to(DAN, Scope.ACADEMY, RESERVE_CALLED),
    ),
    right("group.form", "former un nouveau groupe national", to(PILOT), to(EXPERT, Scope.THEME)),
    right("group.lead", "réunir et animer un groupe national", to_each(DELIBERATING, Scope.THEME)),
    right(
        "group.write",
        "écrire dans un groupe national",
        to_each(DELIBERATING, Scope.THEME),
        to(REFERENT, Scope.GROUP),
    ),
    right(
        "group.read",
        "lire un groupe national et ses documents",
        to_each(DELIBERATING, Scope.THEME),
        to_each(GROUP_ROLES, Scope.GROUP),
        to(DAN, Scope.ACADEMY),
    ),
    right(
        "group.follow",
        "suivre un groupe national : ses équipes, ses échéances",
        to(PILOT),
        to_each(DELIBERATING, Scope.THEME),
        to_each(GROUP_ROLES, Scope.GROUP),
        to(DAN, Scope.ACADEMY),
    ),
)

_READERS_OF_A_TEAM = (
    to_each(GROUP_ROLES, Scope.TEAM),
    to(DAN, Scope.ACADEMY),
    to_each(DELIBERATING, Scope.THEME),
    to(Role.CORRESPONDENT, Scope.ACADEMY, Scope.DISCIPLINE),
    to(PARTNER, Scope.TEAM, Is(Flag.SHARED)),
    to(PARTNER, Scope.ACADEMY, Is(Flag.SHARED)),
)

TEAMS: tuple[Right, ...] = (
    right("team.form", "former une nouvelle équipe", to(PILOT), to(DAN, Scope.ACADEMY)),
    right(
        "team.edit",
        "modifier une équipe et ses documents",
        to_each((REFERENT, INSPECTOR), Scope.TEAM),
    ),
    right(
        "team.write",
        "écrire à une équipe",
        to_each(GROUP_ROLES, Scope.TEAM),
    ),
    right("team.load", "charger les équipes d’une campagne en cours", to(PILOT)),
    right("team.agree", "donner son accord à une équipe", to(INSPECTOR, Scope.TEAM)),
    right(
        "team.read",
        "lire une équipe et ses documents",
        *_READERS_OF_A_TEAM,
    ),
    right(
        "team.follow",
        "suivre une équipe : ses membres, son état",
        to(PILOT),
        *_READERS_OF_A_TEAM,
    ),
    right("hours.grant", "attribuer des heures à une équipe", to(DAN, Scope.ACADEMY)),
    right("hours.record", "déclarer des heures", to(REFERENT, Scope.TEAM)),
    right("hours.agree", "attester des heures", to(INSPECTOR, Scope.TEAM)),
    right(
        "hours.read",
        "lire des heures",
        to_each(GROUP_ROLES, Scope.TEAM),
        to(DAN, Scope.ACADEMY),
        to_each(DELIBERATING, Scope.THEME),
    ),
)

RIGHTS_OF_THE_GROUPS = (
    ("Les participations et les groupes nationaux", GROUPS),
    ("L’équipe et ses heures", TEAMS),
)
