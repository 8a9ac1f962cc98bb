"""Rights from the launch to the syntheses (`rules.md` §1 and §2)."""

from traam.access.place import Flag
from traam.access.policy.choice import DELIBERATING, DRAFT, EXPERT, IG, INSPECTOR
from traam.access.policy.grants import (
    InState,
    Is,
    IsNot,
    Right,
    Scope,
    Tie,
    right,
    to,
    to_each,
    to_public,
)
from traam.access.policy.house import DAN, GROUP_ROLES, PILOT, TEAM_ROLES
from traam.access.roles import Role

REFERENT, PARTNER = Role.REFERENT, Role.PARTNER
RETAINED = InState(frozenset({"retained"}), "tant qu’elle n’est pas lancée")
LAUNCHED = InState(frozenset({"launched"}), "une fois lancée")
RESERVE_CALLED = InState(frozenset({"called"}), "une fois la liste complémentaire appelée")
UNVALIDATED = InState(
    frozenset({"draft", "shared", "proposed"}), "tant que la validation n’est pas donnée"
)
BEFORE_PROPOSAL = InState(frozenset({"draft", "shared"}), "tant que rien n’est proposé")
PROPOSED = InState(frozenset({"proposed"}), "une fois la production proposée")
VALIDATED = InState(frozenset({"validated"}), "une fois la production validée")
OPEN_TRIAL = InState(
    frozenset({"planned", "at_work"}), "tant que l’essai n’est ni clos ni abandonné"
)
ENDED_TRIAL = InState(frozenset({"closed", "abandoned"}), "une fois l’essai clos ou abandonné")
ASKED = InState(frozenset({"asked"}), "tant que la réponse est attendue")
BEING_WRITTEN = InState(
    frozenset({"draft", "corrections_asked"}),
    "en brouillon ou quand des corrections sont demandées",
)
IN_VALIDATION = InState(frozenset({"in_validation"}), "pendant la validation")
TO_SIGN = InState(frozenset({"validated"}), "une fois la synthèse validée")
SIGNED = InState(frozenset({"signed"}), "une fois la synthèse signée")
PUBLISHED_STATE = InState(frozenset({"published"}), "une fois la synthèse publiée")
NOT_PUBLISHED = IsNot(Flag.PUBLISHED, "tant que rien n’est publié")

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
)

TEAMS: tuple[Right, ...] = (
    right("team.form", "former une nouvelle équipe", to(PILOT), to(DAN, Scope.ACADEMY)),
    right(
        "team.edit",
        "modifier une équipe et ses documents",
        to_each((REFERENT, INSPECTOR), Scope.TEAM),
    ),
    right("team.agree", "donner son accord à une équipe", to(INSPECTOR, Scope.TEAM)),
    right(
        "team.read",
        "lire une équipe et ses documents",
        to_each(GROUP_ROLES, Scope.TEAM),
        to(DAN, Scope.ACADEMY),
        to_each(DELIBERATING, Scope.THEME),
        to(Role.CORRESPONDENT, Scope.ACADEMY, Scope.DISCIPLINE),
        to(PARTNER, Scope.TEAM, Is(Flag.SHARED)),
        to(PARTNER, Scope.ACADEMY, Is(Flag.SHARED)),
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

PRODUCTIONS: tuple[Right, ...] = (
    right(
        "production.write",
        "écrire un scénario, ou toute autre production",
        to_each(TEAM_ROLES, Scope.TEAM, BEFORE_PROPOSAL),
    ),
    right(
        "production.share",
        "partager un scénario avec le groupe national",
        to_each(TEAM_ROLES, Scope.TEAM, DRAFT),
    ),
    right(
        "production.propose",
        "proposer un scénario à la validation",
        to(REFERENT, Scope.TEAM, BEFORE_PROPOSAL),
    ),
    right("production.validate", "valider un scénario", to(INSPECTOR, Scope.TEAM, PROPOSED)),
    right(
        "production.return",
        "renvoyer un scénario à l’équipe",
        to(INSPECTOR, Scope.TEAM, PROPOSED),
        to(EXPERT, Scope.THEME, VALIDATED),
    ),
    right("production.publish", "publier un scénario", to(EXPERT, Scope.THEME, VALIDATED)),
    right(
        "production.new_version",
        "ouvrir une nouvelle version d’un scénario publié",
        to_each(TEAM_ROLES, Scope.TEAM, Is(Flag.PUBLISHED)),
    ),
    right(
        "production.withdraw",
        "retirer un scénario",
        to(PILOT),
        to(EXPERT, Scope.THEME),
        to(REFERENT, Scope.TEAM, NOT_PUBLISHED),
    ),
    right(
        "production.read",
        "lire un scénario",
        to_each(GROUP_ROLES, Scope.TEAM),
        to_each(GROUP_ROLES, Scope.GROUP, Is(Flag.SHARED)),
        to_each(DELIBERATING, Scope.THEME, Is(Flag.SHARED)),
        to(PARTNER, Scope.TEAM, Is(Flag.SHARED)),
        to_public(Is(Flag.PUBLISHED)),
    ),
)

_READERS_OF_A_TRIAL = (
    to_each(TEAM_ROLES, Scope.TEAM),
    to_each(TEAM_ROLES, Tie.OWN),
    to(INSPECTOR, Scope.TEAM, Is(Flag.STARTED)),
    to_each(GROUP_ROLES, Scope.GROUP, Is(Flag.CLOSED)),
    to_each(DELIBERATING, Scope.THEME, Is(Flag.CLOSED)),
)

TRIALS: tuple[Right, ...] = (
    right(
        "trial.write",
        "préparer et mener un essai en classe",
        to_each(TEAM_ROLES, Tie.OWN, OPEN_TRIAL),
    ),
    right("trial.close", "clore un essai en classe", to_each(TEAM_ROLES, Tie.OWN, OPEN_TRIAL)),
    right(
        "trial.abandon", "abandonner un essai en classe", to_each(TEAM_ROLES, Tie.OWN, OPEN_TRIAL)
    ),
    right("trial.reopen", "rouvrir un essai en classe", to_each(TEAM_ROLES, Tie.OWN, ENDED_TRIAL)),
    right("trial.agree", "accepter un essai dans son établissement", to(PARTNER, Scope.TEAM)),
    right("trial.read", "lire un essai en classe", *_READERS_OF_A_TRIAL),
    right(
        "observation.write",
        "noter une nouvelle observation",
        to_each((*TEAM_ROLES, INSPECTOR), Tie.OWN, OPEN_TRIAL),
    ),
    right(
        "observation.proofread",
        "relire une observation avant toute publication",
        to(EXPERT, Scope.THEME, Is(Flag.CLOSED)),
    ),
    right("observation.read", "lire une observation", *_READERS_OF_A_TRIAL),
    right(
        "cross_test.ask",
        "demander un nouveau test croisé",
        to_each(TEAM_ROLES, Scope.TEAM),
        to(EXPERT, Scope.THEME),
    ),
    right(
        "cross_test.answer",
        "répondre à une demande de test croisé",
        to(REFERENT, Scope.TEAM, ASKED),
    ),
    right(
        "cross_test.read",
        "lire un test croisé",
        to_each(GROUP_ROLES, Scope.GROUP),
        to_each(DELIBERATING, Scope.THEME),
    ),
)

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
        to_public(Is(Flag.PUBLISHED)),
    ),
    right(
        "finding.write",
        "écrire un constat et l’appuyer",
        to(EXPERT, Scope.THEME, NOT_PUBLISHED),
        to(REFERENT, Scope.GROUP, NOT_PUBLISHED),
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
        to_each((DAN, Role.RECTOR), Scope.ACADEMY, Is(Flag.DISTRIBUTED)),
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

RIGHTS_OF_THE_WORK = (
    ("Les participations et les groupes nationaux", GROUPS),
    ("L’équipe et ses heures", TEAMS),
    ("Les scénarios et autres productions", PRODUCTIONS),
    ("Les essais, les observations, les tests croisés", TRIALS),
    ("Les synthèses et les constats", SYNTHESES),
)
