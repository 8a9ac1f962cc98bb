"""Rights from the launch to the syntheses (`rules.md` §1 and §2); those of groups beside."""

from traam.access.place import Flag
from traam.access.policy.choice import DELIBERATING, DRAFT, EXPERT, INSPECTOR
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
from traam.access.policy.groups import PARTNER, REFERENT, RIGHTS_OF_THE_GROUPS
from traam.access.policy.house import GROUP_ROLES, PILOT, TEAM_ROLES
from traam.access.policy.thinking import SYNTHESES
from traam.access.roles import Role

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
OWED = InState(frozenset({"asked", "accepted"}), "tant que le test n’est pas rendu")
# A new version being written is read by its people alone, though the former one has its notice.
PUBLISHED_PRODUCTION = InState(
    frozenset({"published"}), "tant qu’aucune version nouvelle ne s’écrit"
)
NOT_PUBLISHED = IsNot(Flag.PUBLISHED, "tant que rien n’est publié")

PRODUCTIONS: tuple[Right, ...] = (
    right(
        "production.write",
        "écrire un scénario, ou toute autre production",
        to_each(TEAM_ROLES, Scope.TEAM, BEFORE_PROPOSAL),
        to_each(TEAM_ROLES, Tie.OWN, BEFORE_PROPOSAL),
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
    right(
        "production.take_back",
        "reprendre la proposition d’un scénario",
        to(REFERENT, Scope.TEAM, PROPOSED),
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
        "production.withhold",
        "retirer ou rendre l’autorisation d’un fichier d’un scénario",
        to(PILOT),
        to_each(GROUP_ROLES, Scope.TEAM),
        to(EXPERT, Scope.THEME),
    ),
    right(
        "tool.describe",
        "dire ce que l’on sait d’un outil",
        to_each((PILOT, EXPERT, Role.CORRESPONDENT)),
    ),
    right(
        "production.read",
        "lire un scénario",
        to_each(GROUP_ROLES, Scope.TEAM),
        to_each(TEAM_ROLES, Tie.OWN),
        to_each(GROUP_ROLES, Scope.GROUP, Is(Flag.SHARED)),
        to_each(DELIBERATING, Scope.THEME, Is(Flag.SHARED)),
        to(PARTNER, Scope.TEAM, Is(Flag.SHARED)),
        to_public(Is(Flag.PUBLISHED), PUBLISHED_PRODUCTION),
    ),
)

_READERS_OF_A_TRIAL = (
    to_each(TEAM_ROLES, Scope.TEAM),
    to_each(TEAM_ROLES, Tie.OWN),
    to(INSPECTOR, Scope.TEAM, Is(Flag.STARTED)),
    to_each(GROUP_ROLES, Scope.GROUP, Is(Flag.CLOSED)),
    to_each(DELIBERATING, Scope.THEME, Is(Flag.CLOSED)),
)

_OF_A_TRIAL_TEAM = (
    to_each(TEAM_ROLES, Scope.TEAM),
    to_each(TEAM_ROLES, Tie.OWN),
    to(INSPECTOR, Scope.TEAM, Is(Flag.STARTED)),
)

TRIALS: tuple[Right, ...] = (
    right("trial.begin", "commencer un nouvel essai en classe", to_each(TEAM_ROLES, Scope.TEAM)),
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
    right(
        "trial.agree",
        "accepter ou refuser un essai dans son établissement",
        to(PARTNER, Scope.TEAM, Tie.ASKED, OPEN_TRIAL),
    ),
    right(
        "agreement.read",
        "lire une demande d’accord pour un essai",
        to(PARTNER, Scope.TEAM, Tie.ASKED),
    ),
    right("trial.read", "lire un essai en classe", *_READERS_OF_A_TRIAL),
    right(
        "observation.write",
        "noter une nouvelle observation",
        *_OF_A_TRIAL_TEAM,
    ),
    right(
        "observation.correct",
        "corriger ou retirer une observation",
        to_each((*TEAM_ROLES, INSPECTOR), Tie.OWN),
    ),
    right(
        "observation.settle",
        "reprendre ou écarter une observation mise de côté",
        to_each(TEAM_ROLES, Tie.OWN),
    ),
    right(
        "observation.proofread",
        "relire une observation avant toute publication",
        to(EXPERT, Scope.THEME, Is(Flag.CLOSED)),
    ),
    right("observation.read", "lire une observation", *_READERS_OF_A_TRIAL),
    right(
        "observation.read_all",
        "voir d’une observation ce qui ne sort pas de l’équipe : une image à autoriser, un retrait",
        *_OF_A_TRIAL_TEAM,
    ),
    right(
        "cross_test.plan",
        "composer et adopter le plan de tests croisés d’un groupe national",
        to_each(DELIBERATING, Scope.THEME),
        to(PILOT),
    ),
    right(
        "cross_test.ask",
        "demander un nouveau test croisé",
        to_each(TEAM_ROLES, Scope.TEAM),
        to_each(DELIBERATING, Scope.THEME),
    ),
    right(
        "cross_test.answer",
        "répondre à une demande de test croisé",
        to(REFERENT, Scope.TEAM, OWED),
    ),
    right(
        "cross_test.read",
        "lire un test croisé",
        to_each(GROUP_ROLES, Scope.GROUP),
        to_each(DELIBERATING, Scope.THEME),
        to(PILOT),
    ),
)

RIGHTS_OF_THE_WORK = (
    *RIGHTS_OF_THE_GROUPS,
    ("Les scénarios et autres productions", PRODUCTIONS),
    ("Les essais, les observations, les tests croisés", TRIALS),
    ("Les synthèses et les constats", SYNTHESES),
)
