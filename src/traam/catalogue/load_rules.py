"""The life of a load: pure."""

from traam.kit.labels import Labelled
from traam.kit.machines import Machine, Move

AT_ONCE = 2_000  # rows: a longer file is checked, then loaded, by a job


class FileKind(Labelled):
    """What a loaded file holds."""

    CAMPAIGNS = "campaigns", "campagnes et thèmes"
    PRODUCTIONS = "productions", "productions"


class LoadState(Labelled):
    """Where a load stands."""

    CHECKING = "checking", "en cours de vérification"
    CHECKED = "checked", "vérifié, à charger"
    LOADING = "loading", "en cours de chargement"
    DONE = "done", "chargé"
    ABANDONED = "abandoned", "abandonné"


S = LoadState
OPEN = frozenset({S.CHECKING, S.CHECKED, S.LOADING})

LOAD_LIFE = Machine(
    initial=S.CHECKING,
    moves={
        "check": Move(frozenset({S.CHECKING}), S.CHECKED, "vérifier"),
        "ask": Move(frozenset({S.CHECKED, S.LOADING}), S.LOADING, "demander le chargement"),
        "load": Move(frozenset({S.CHECKED, S.LOADING}), S.DONE, "charger"),
        "abandon": Move(OPEN, S.ABANDONED, "abandonner"),
    },
)
