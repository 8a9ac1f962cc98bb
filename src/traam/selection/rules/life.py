"""The states of a review, of a decision and of an academy's part, as `rules.md` §2 prints them."""

from collections.abc import Sequence

from traam.kit.labels import Labelled
from traam.kit.machines import Machine, Move


class ReviewState(Labelled):
    """Where a review stands."""

    ASSIGNED = "assigned", "confié"
    BEGUN = "begun", "commencé"
    SUBMITTED = "submitted", "rendu"
    DECLINED = "declined", "décliné"


class DeclineReason(Labelled):
    """Why a reviewer declines."""

    CONFLICT = "conflict", "conflit d’intérêts"
    TIME = "time", "manque de temps"
    OTHER = "other", "autre raison"


R = ReviewState

REVIEW_LIFE = Machine(
    initial=R.ASSIGNED,
    moves={
        "begin": Move(frozenset({R.ASSIGNED}), R.BEGUN, "commencer l’avis"),
        "submit": Move(frozenset({R.BEGUN}), R.SUBMITTED, "rendre l’avis"),
        "decline": Move(frozenset({R.ASSIGNED, R.BEGUN}), R.DECLINED, "décliner l’avis"),
        # Every act has its counter-act, with a reason.
        "reopen": Move(frozenset({R.SUBMITTED}), R.BEGUN, "rouvrir l’avis"),
        "assign_again": Move(frozenset({R.DECLINED}), R.ASSIGNED, "confier l’avis à nouveau"),
    },
)


class DecisionKind(Labelled):
    """What is decided of an application."""

    RETAINED = "retained", "retenue"
    RESERVE = "reserve", "en réserve", "sur liste complémentaire"
    NOT_RETAINED = "not_retained", "non retenue"


class DecisionState(Labelled):
    """Whether a decision is known outside: applicants read « à l’étude » until it is announced."""

    PREPARED = "prepared", "préparée", "candidature à l’étude"
    ANNOUNCED = "announced", "annoncée"


D = DecisionState

DECISION_LIFE = Machine(
    initial=D.PREPARED,
    moves={
        "announce": Move(frozenset({D.PREPARED}), D.ANNOUNCED, "annoncer la décision"),
        "take_back": Move(frozenset({D.ANNOUNCED}), D.PREPARED, "reprendre la décision"),
    },
)


def decision_faults(*, kind: DecisionKind, rank: int | None) -> list[str]:
    """What forbids to prepare such a decision, in French; `rank`: place in the reserve, 1 first."""
    is_reserve = kind is DecisionKind.RESERVE
    if is_reserve and (rank is None or rank < 1):
        got = "aucun" if rank is None else rank
        return [f"Le rang en réserve (reçu : {got}) doit être un nombre à partir de 1."]
    if not is_reserve and rank is not None:
        return [
            f"Le rang en réserve (reçu : {rank}) n’a pas lieu d’être : la décision est "
            f"« {kind.label} »."
        ]
    return []


def announcement_faults(*, kind: DecisionKind, reason: str) -> list[str]:
    """What forbids to announce a decision that may be prepared: a refusal gives its reason."""
    if kind is not DecisionKind.NOT_RETAINED or reason.strip():
        return []
    return ["Le motif manque : une décision « non retenue » se motive avant d’être annoncée."]


def reserve_faults(ranks: Sequence[int]) -> list[str]:
    """What is wrong with the ranks of a theme's reserve: they must be 1, 2, 3… each once."""
    expected = list(range(1, len(ranks) + 1))
    if sorted(ranks) == expected:
        return []
    got = ", ".join(map(str, sorted(ranks)))
    last = f"1 à {len(ranks)}, chacun une fois" if len(ranks) > 1 else "1"
    return [f"Les rangs de la réserve (reçu : {got}) doivent être : {last}."]


class ParticipationState(Labelled):
    """The part of an academy in a theme, from the announcement on."""

    RETAINED = "retained", "retenue"
    LAUNCHED = "launched", "au travail"
    COMPLETED = "completed", "achevée"
    WITHDRAWN = "withdrawn", "retirée"
    RESERVE = "reserve", "en réserve", "sur liste complémentaire"
    CALLED = "called", "appelée de la réserve", "retenue, réponse attendue"
    DECLINED = "declined", "place déclinée"
    LAPSED = "lapsed", "délai passé sans réponse"


P = ParticipationState

# It starts at `first_participation` of the decision: retained, or reserve.
PARTICIPATION_LIFE = Machine(
    initial=P.RETAINED,
    moves={
        "launch": Move(frozenset({P.RETAINED}), P.LAUNCHED, "lancer les travaux"),
        "complete": Move(frozenset({P.LAUNCHED}), P.COMPLETED, "achever les travaux"),
        "withdraw": Move(frozenset({P.RETAINED, P.LAUNCHED}), P.WITHDRAWN, "retirer l’académie"),
        "call": Move(frozenset({P.RESERVE}), P.CALLED, "appeler l’académie"),
        "accept": Move(frozenset({P.CALLED}), P.RETAINED, "accepter la place"),
        "decline": Move(frozenset({P.RESERVE, P.CALLED}), P.DECLINED, "décliner la place"),
        "let_pass": Move(frozenset({P.CALLED}), P.LAPSED, "laisser passer le délai"),
        # Every act has its counter-act, with a reason.
        "take_back_launch": Move(frozenset({P.LAUNCHED}), P.RETAINED, "reprendre le lancement"),
        "reopen": Move(frozenset({P.COMPLETED}), P.LAUNCHED, "rouvrir les travaux"),
        "reinstate": Move(frozenset({P.WITHDRAWN}), P.RETAINED, "rétablir l’académie"),
        "take_back_call": Move(frozenset({P.CALLED}), P.RESERVE, "reprendre l’appel"),
        "call_again": Move(frozenset({P.DECLINED, P.LAPSED}), P.CALLED, "rappeler l’académie"),
        "put_back": Move(frozenset({P.DECLINED, P.LAPSED}), P.RESERVE, "remettre en réserve"),
    },
)


def first_participation(kind: DecisionKind) -> ParticipationState | None:
    """The part that a decision opens when it is announced; none for those not retained."""
    return {
        DecisionKind.RETAINED: ParticipationState.RETAINED,
        DecisionKind.RESERVE: ParticipationState.RESERVE,
    }.get(kind)
