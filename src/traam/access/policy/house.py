"""Rights over the house itself: the archive, vocabularies, notices, messages, people."""

from traam.access.place import Flag
from traam.access.policy.grants import Is, Right, Scope, Tie, right, to, to_each, to_public
from traam.access.roles import Role

EVERY_ROLE = tuple(Role)
PILOT, DAN = Role.PILOT, Role.DIGITAL_DELEGATE
TEAM_ROLES = (Role.REFERENT, Role.TEACHER)
GROUP_ROLES = (*TEAM_ROLES, Role.INSPECTOR)

ARCHIVE: tuple[Right, ...] = (
    right("archive.load", "charger des fichiers de l’archive", to(PILOT)),
    right("archive.read_reports", "lire les comptes rendus de chargement", to(PILOT)),
    right("reference.edit", "modifier un référentiel", to(PILOT)),
    right("reference.read", "lire un référentiel", to_each(EVERY_ROLE)),
    right("notice.read", "lire une notice publiée", to_public()),
    right(
        "notice.prepare",
        "préparer une notice",
        to(PILOT),
        to(Role.CORRESPONDENT, Scope.ACADEMY, Scope.DISCIPLINE),
    ),
    right("notice.publish", "publier une notice", to(PILOT)),
    right("notice.correct", "corriger une notice publiée", to(PILOT)),
    right("notice.withdraw", "retirer une notice publiée", to(PILOT)),
    right(
        "document.read",
        "ouvrir un document",
        to_public(Is(Flag.PUBLISHED)),
        to_each(EVERY_ROLE, Tie.OWN),
        to_each(GROUP_ROLES, Scope.TEAM),
        to_each(GROUP_ROLES, Scope.GROUP, Is(Flag.SHARED)),
        to_each((Role.EXPERT, Role.GENERAL_INSPECTOR), Scope.THEME, Is(Flag.SHARED)),
        to(Role.PARTNER, Scope.TEAM, Is(Flag.SHARED)),
        to(DAN, Scope.ACADEMY, Is(Flag.SHARED)),
    ),
)

RUNNING: tuple[Right, ...] = (
    right("post.read", "suivre le courrier sortant", to(PILOT)),
    right("jobs.read", "suivre les tâches de fond", to(PILOT)),
    right("journal.read", "lire le journal des actes", to(PILOT)),
)

PEOPLE: tuple[Right, ...] = (
    right(
        "people.read",
        "lire un compte et ses mandats",
        to(PILOT),
        to(DAN, Scope.ACADEMY),
        to_each(EVERY_ROLE, Tie.SELF),
    ),
    right("people.invite", "inviter une nouvelle personne", to(PILOT), to(DAN, Scope.ACADEMY)),
    right("people.close", "fermer un compte", to(PILOT)),
    right("people.reopen", "rouvrir un compte fermé", to(PILOT)),
    right("people.erase", "effacer un compte", to(PILOT)),
    right(
        "mandate.grant",
        "donner un nouveau mandat",
        to(PILOT),
        to(DAN, Scope.ACADEMY, Is(Flag.ACADEMIC)),
    ),
    right(
        "mandate.end",
        "mettre fin à un mandat",
        to(PILOT),
        to(DAN, Scope.ACADEMY, Is(Flag.ACADEMIC)),
    ),
    right("mandate.delegate", "déléguer un mandat", to(PILOT), to_each(EVERY_ROLE, Tie.SELF)),
    right(
        "mandate.withdraw_delegation",
        "retirer une délégation",
        to(PILOT),
        to_each(EVERY_ROLE, Tie.SELF),
    ),
)

RIGHTS_OF_THE_HOUSE = (
    ("L’archive et les référentiels", ARCHIVE),
    ("La marche du système", RUNNING),
    ("Les personnes et leurs mandats", PEOPLE),
)
