"""The states of a campaign, the part an academy has in a theme, and what a list may say of it."""

from traam.kit.labels import Labelled
from traam.kit.machines import Machine, Move

UNKNOWN = "non connu"


class CampaignState(Labelled):
    """Where a campaign stands (`rules.md` §2)."""

    PREPARATION = "preparation", "en préparation"
    CALL_OPEN = "call_open", "appel ouvert"
    CALL_CLOSED = "call_closed", "appel clos", "candidatures à l’étude"
    ANNOUNCED = "announced", "décisions annoncées"
    AT_WORK = "at_work", "au travail"
    CLOSED = "closed", "close", "terminée"


S = CampaignState

CAMPAIGN_LIFE = Machine(
    initial=S.PREPARATION,
    moves={
        "open_call": Move(frozenset({S.PREPARATION}), S.CALL_OPEN, "ouvrir l’appel"),
        "close_call": Move(frozenset({S.CALL_OPEN}), S.CALL_CLOSED, "clore l’appel"),
        "announce": Move(frozenset({S.CALL_CLOSED}), S.ANNOUNCED, "annoncer les décisions"),
        "launch": Move(frozenset({S.ANNOUNCED}), S.AT_WORK, "lancer les travaux"),
        "close": Move(frozenset({S.AT_WORK}), S.CLOSED, "clore la campagne"),
        # Every act has its counter-act, with a reason.
        "take_back_call": Move(frozenset({S.CALL_OPEN}), S.PREPARATION, "reprendre l’appel"),
        "reopen_call": Move(frozenset({S.CALL_CLOSED}), S.CALL_OPEN, "rouvrir l’appel"),
        "take_back_announcement": Move(
            frozenset({S.ANNOUNCED}), S.CALL_CLOSED, "reprendre l’annonce"
        ),
        "reopen": Move(frozenset({S.CLOSED}), S.AT_WORK, "rouvrir la campagne"),
    },
)


MOVE_CLOSING = "campaign.move_closing"  # told to the academies, with its reason
CALL_OPENED_ON = frozenset({S.CALL_OPEN, S.CALL_CLOSED, S.ANNOUNCED, S.AT_WORK, S.CLOSED})
CALL_CLOSED_ON = CALL_OPENED_ON - {S.CALL_OPEN}
ANNOUNCED_ON = CALL_CLOSED_ON - {S.CALL_CLOSED}


class Part(Labelled):
    """What an academy is to a theme."""

    RETAINED = "retained", "retenue"
    ASSOCIATED = "associated", "associée"
    WITHDRAWN = "withdrawn", "retirée en cours d’année"


def how_many_known(*, known: int, total: int | None, is_complete: bool) -> str:
    """« 5 connues sur 7 », « 6 », « 2 connues, d’autres peut-être », « non connues »."""
    if total is not None and known < total:
        return f"{_known(known)} sur {total}"
    if is_complete or total is not None:
        return str(known)
    if not known:
        return "non connues"
    return f"{_known(known)}, d’autres peut-être"


def _known(count: int) -> str:
    if not count:
        return "aucune connue"
    return f"{count} {'connue' if count < 2 else 'connues'}"
