"""Rights over findings and syntheses (`rules.md` §1 and §2)."""

from traam.access.place import Flag
from traam.access.policy.choice import DELIBERATING, EXPERT, IG, INSPECTOR
from traam.access.policy.grants import (
    InState,
    Is,
    IsNot,
    Right,
    Scope,
    right,
    to,
    to_each,
    to_public,
)
from traam.access.policy.house import DAN, GROUP_ROLES, PILOT, TEAM_ROLES
from traam.access.roles import Role

REFERENT, PARTNER = Role.REFERENT, Role.PARTNER
BEING_WRITTEN = InState(
    frozenset({"draft", "corrections_asked"}),
    "en brouillon ou quand des corrections sont demandées",
)
IN_VALIDATION = InState(frozenset({"in_validation"}), "pendant la validation")
TO_SIGN = InState(frozenset({"validated"}), "une fois la synthèse validée")
SIGNED = InState(frozenset({"signed"}), "une fois la synthèse signée")
PUBLISHED_STATE = InState(frozenset({"published"}), "une fois la synthèse publiée")
NOT_PUBLISHED = IsNot(Flag.PUBLISHED, "tant que rien n’est publié")

SYNTHESES: tuple[Right, ...] = (
    right(
        "academic_synthesis.write",
        "écrire une synthèse académique",
        to_each(TEAM_ROLES, Scope.TEAM, BEING_WRITTEN),
    ),
    right(
        "academic_synthesis.submit",
        "soumettre une synthèse académique à la validation",
        to(REFERENT, Scope.TEAM, BEING_WRITTEN),
    ),
    right(
        "academic_synthesis.validate",
        "valider une synthèse académique, ou demander des corrections",
        to(INSPECTOR, Scope.TEAM, IN_VALIDATION),
    ),
    right(
        "academic_synthesis.read",
        "lire une synthèse académique",
        to_each(GROUP_ROLES, Scope.TEAM),
        to_each(GROUP_ROLES, Scope.GROUP, Is(Flag.VALIDATED)),
        to(EXPERT, Scope.THEME, Is(Flag.VALIDATED)),
        to_each((DAN, Role.RECTOR), Scope.ACADEMY, Is(Flag.VALIDATED)),
        to_each((Role.DGESCO, IG), Is(Flag.VALIDATED)),
        to(PARTNER, Scope.TEAM, Is(Flag.DISTRIBUTED)),
        to_public(Is(Flag.PUBLISHED)),
    ),
    right(
        "finding.write",
        "écrire un constat et l’appuyer",
        to(EXPERT, Scope.THEME, NOT_PUBLISHED),
        to(REFERENT, Scope.GROUP, NOT_PUBLISHED),
    ),
    right(
        "finding.review",
        "relire les preuves d’un constat publié",
        to(EXPERT, Scope.THEME, Is(Flag.PUBLISHED)),
    ),
    right(
        "academic_synthesis.publish",
        "publier une synthèse académique ou pluriacadémique",
        to(EXPERT, Scope.THEME, TO_SIGN),
    ),
    right(
        "academic_synthesis.correct",
        "publier un erratum à une synthèse académique",
        to(EXPERT, Scope.THEME, PUBLISHED_STATE),
    ),
    right(
        "academic_synthesis.reopen",
        "rouvrir une synthèse académique validée, la retirer, la rétablir",
        to(INSPECTOR, Scope.TEAM),
        to(EXPERT, Scope.THEME, Is(Flag.VALIDATED)),
    ),
    right(
        "national_synthesis.reopen",
        "rouvrir une synthèse nationale validée, la retirer, la rétablir",
        to(EXPERT, Scope.THEME),
        to(IG, Scope.THEME),
    ),
    right(
        "academic_synthesis.distribute",
        "diffuser une synthèse académique",
        to(INSPECTOR, Scope.TEAM, Is(Flag.VALIDATED)),
        to(EXPERT, Scope.THEME, Is(Flag.VALIDATED)),
    ),
    right(
        "national_synthesis.distribute",
        "diffuser une synthèse nationale",
        to(PILOT, Is(Flag.VALIDATED)),
        to(EXPERT, Scope.THEME, Is(Flag.VALIDATED)),
    ),
    right(
        "national_synthesis.write",
        "écrire une synthèse nationale",
        to(EXPERT, Scope.THEME, BEING_WRITTEN),
        to(REFERENT, Scope.GROUP, BEING_WRITTEN),
    ),
    right(
        "national_synthesis.submit",
        "soumettre une synthèse nationale à la validation",
        to(EXPERT, Scope.THEME, BEING_WRITTEN),
    ),
    right(
        "national_synthesis.validate",
        "valider une synthèse nationale, ou demander des corrections",
        to(IG, Scope.THEME, IN_VALIDATION),
    ),
    right(
        "national_synthesis.sign_ig",
        "signer une synthèse nationale pour l’inspection générale, avec ou sans réserve",
        to(IG, Scope.THEME, TO_SIGN),
    ),
    right(
        "national_synthesis.sign_expert",
        "signer une synthèse nationale pour la DNE, avec ou sans réserve",
        to(EXPERT, Scope.THEME, TO_SIGN),
    ),
    right(
        "national_synthesis.publish",
        "publier une synthèse nationale",
        to(PILOT, SIGNED),
        to(EXPERT, Scope.THEME, SIGNED),
    ),
    right(
        "national_synthesis.correct",
        "publier un erratum à une synthèse nationale",
        to(PILOT, PUBLISHED_STATE),
        to(EXPERT, Scope.THEME, PUBLISHED_STATE),
    ),
    right(
        "national_synthesis.read",
        "lire une synthèse nationale",
        to(PILOT),
        to_each(DELIBERATING, Scope.THEME),
        to(REFERENT, Scope.GROUP),
        to_each((*GROUP_ROLES, PARTNER), Scope.GROUP, Is(Flag.DISTRIBUTED)),
        to_each((DAN, Role.RECTOR, PARTNER), Scope.ACADEMY, Is(Flag.DISTRIBUTED)),
        to_each((Role.DGESCO, IG), Is(Flag.DISTRIBUTED)),
        to_public(Is(Flag.PUBLISHED)),
    ),
    right(
        "indicators.read",
        "lire les indicateurs d’une campagne",
        to_each((PILOT, Role.DGESCO, EXPERT, IG)),
        to_each((DAN, Role.RECTOR), Scope.ACADEMY),
    ),
)
