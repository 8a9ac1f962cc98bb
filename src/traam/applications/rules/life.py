"""The life of an application, from its first word to its deposit (`rules.md` §2)."""

from traam.kit.labels import Labelled
from traam.kit.machines import Machine, Move


class ApplicationState(Labelled):
    """Where an application stands."""

    DRAFT = "draft", "brouillon"
    AWAITING_AGREEMENT = "awaiting_agreement", "en attente de l’accord de l’inspection"
    AWAITING_VISA = "awaiting_visa", "en attente du visa du DAN"
    DEPOSITED = "deposited", "déposée"
    WITHDRAWN = "withdrawn", "retirée"
    LAPSED = "lapsed", "caduque, faute d’accord ou de visa à temps"


S = ApplicationState
AWAITING = frozenset({S.AWAITING_AGREEMENT, S.AWAITING_VISA})
UNDEPOSITED = frozenset({S.DRAFT, *AWAITING})  # still written, agreed to or endorsed
LIVING = UNDEPOSITED | {S.DEPOSITED}

APPLICATION_LIFE = Machine(
    initial=S.DRAFT,
    moves={
        "submit": Move(frozenset({S.DRAFT}), S.AWAITING_AGREEMENT, "soumettre à l’accord"),
        "agree": Move(frozenset({S.AWAITING_AGREEMENT}), S.AWAITING_VISA, "donner son accord"),
        "endorse": Move(frozenset({S.AWAITING_VISA}), S.DEPOSITED, "viser et déposer"),
        "return": Move(frozenset({*AWAITING, S.DEPOSITED}), S.DRAFT, "renvoyer aux auteurs"),
        "take_back": Move(AWAITING, S.DRAFT, "reprendre pour modifier"),
        "withdraw": Move(LIVING, S.WITHDRAWN, "retirer"),
        "lapse": Move(UNDEPOSITED, S.LAPSED, "constater la caducité"),
        # The counter-acts, with a reason: the pilot's, for one academy.
        "restore": Move(frozenset({S.WITHDRAWN}), S.DRAFT, "rétablir"),
        "reopen": Move(frozenset({S.LAPSED, S.DEPOSITED}), S.DRAFT, "rouvrir"),
    },
)


class ConflictKind(Labelled):
    """Why someone should not judge an application (`rules.md`: typed conflicts)."""

    ACADEMY = "academy", "même académie"
    REGION = "region", "même région académique"
    TEAM = "team", "membre d’une équipe de cette académie dans les deux dernières années"
    DECLARED = "declared", "conflit déclaré"


class Standing(Labelled):
    """Whether someone called to judge an application may read it; without a row, they may not."""

    CLEAR = "clear", "sans conflit connu"
    FOUND = "found", "conflit trouvé"
    PINNED = "pinned", "conflit confirmé"
    DISMISSED = "dismissed", "conflit écarté, avec un motif"


MAY_READ = frozenset({Standing.CLEAR, Standing.DISMISSED})
