"""The states of a trial and of a cross-test, the words of an observation (`rules.md` §2, §3)."""

from traam.kit.labels import Labelled
from traam.kit.machines import Machine, Move


class TrialState(Labelled):
    """Where a class trial stands."""

    PLANNED = "planned", "à préparer"
    AT_WORK = "at_work", "en cours"
    CLOSED = "closed", "clos"
    ABANDONED = "abandoned", "abandonné"


T = TrialState
OPEN = frozenset({T.PLANNED, T.AT_WORK})

TRIAL_LIFE = Machine(
    initial=T.PLANNED,
    moves={
        "start": Move(frozenset({T.PLANNED}), T.AT_WORK, "consigner une première séance"),
        "close": Move(frozenset({T.AT_WORK}), T.CLOSED, "clore l’essai"),
        "abandon": Move(OPEN, T.ABANDONED, "abandonner l’essai"),
        # Every act has its counter-act, with a reason.
        "reopen": Move(frozenset({T.CLOSED, T.ABANDONED}), T.AT_WORK, "rouvrir l’essai"),
        "restart": Move(frozenset({T.ABANDONED}), T.PLANNED, "reprendre la préparation"),
    },
)


class AgreementState(Labelled):
    """Where the agreement of a school to a trial stands."""

    ASKED = "asked", "demandé"
    GIVEN = "given", "accordé"
    REFUSED = "refused", "refusé"
    TAKEN_BACK = "taken_back", "demande reprise"


A = AgreementState
ANSWERABLE = frozenset({A.ASKED, A.GIVEN, A.REFUSED})

AGREEMENT_LIFE = Machine(
    initial=A.ASKED,
    moves={
        # A mind may change until the trial ends; a refusal may be said better.
        "give": Move(ANSWERABLE, A.GIVEN, "accepter l’essai"),
        "refuse": Move(ANSWERABLE, A.REFUSED, "refuser l’essai"),
        # Every act has its counter-act.
        "take_back": Move(frozenset({A.ASKED}), A.TAKEN_BACK, "reprendre la demande d’accord"),
        "ask_again": Move(frozenset({A.REFUSED, A.TAKEN_BACK}), A.ASKED, "demander à nouveau"),
    },
)


class Outcome(Labelled):
    """What was seen of an indicator."""

    SEEN = "seen", "recherché et vu"
    NOT_SEEN = "not_seen", "recherché et non vu"
    CONTRARY = "contrary", "contraire"
    NOT_SOUGHT = "not_sought", "non recherché"


class Transferable(Labelled):
    """Could it be done elsewhere?"""

    AS_IS = "as_is", "telle quelle"
    ADAPTED = "adapted", "avec adaptation"
    NO = "no", "non"
    UNKNOWN = "unknown", "ne sait pas"


class Observer(Labelled):
    """Who observed."""

    SELF = "self", "l’enseignant·e de la classe"
    COLLEAGUE = "colleague", "un·e collègue d’une autre académie"
    NEARBY = "nearby", "un·e collègue de l’académie"
    INSPECTOR = "inspector", "l’inspection"


class Verdict(Labelled):
    """What the trial says of its hypothesis; a negative result is a full result."""

    CONFIRMED = "confirmed", "l’hypothèse est confirmée"
    PARTLY = "partly", "l’hypothèse est confirmée en partie"
    NOT_CONFIRMED = "not_confirmed", "l’hypothèse n’est pas confirmée"
    UNDECIDED = "undecided", "l’essai ne permet pas de conclure"


class CrossTestState(Labelled):
    """Where a cross-test stands."""

    ASKED = "asked", "demandé"
    ACCEPTED = "accepted", "accepté"
    CLOSED = "closed", "rendu"
    DECLINED = "declined", "décliné"
    CANCELLED = "cancelled", "annulé"


X = CrossTestState
COUNTED = frozenset({X.ASKED, X.ACCEPTED, X.CLOSED})

CROSS_TEST_LIFE = Machine(
    initial=X.ASKED,
    moves={
        "accept": Move(frozenset({X.ASKED}), X.ACCEPTED, "accepter le test croisé"),
        "close": Move(frozenset({X.ACCEPTED}), X.CLOSED, "rendre le test croisé"),
        "decline": Move(frozenset({X.ASKED, X.ACCEPTED}), X.DECLINED, "décliner le test croisé"),
        "cancel": Move(frozenset({X.ASKED, X.ACCEPTED}), X.CANCELLED, "annuler la demande"),
        # Every act has its counter-act, with a reason.
        "reopen": Move(frozenset({X.CLOSED}), X.ACCEPTED, "rouvrir le test croisé"),
        "ask_again": Move(frozenset({X.DECLINED, X.CANCELLED}), X.ASKED, "demander à nouveau"),
        "resume": Move(frozenset({X.DECLINED}), X.ACCEPTED, "reprendre l’essai abandonné"),
    },
)
