"""The states of a production, and the words of its files (`rules.md` §2 and §3)."""

from traam.kit.labels import Labelled
from traam.kit.machines import Machine, Move


class ProductionState(Labelled):
    """Where a scenario, or any other production, stands."""

    DRAFT = "draft", "brouillon"
    SHARED = "shared", "partagée avec le groupe"
    PROPOSED = "proposed", "proposée à la validation"
    VALIDATED = "validated", "validée"
    PUBLISHED = "published", "publiée"
    WITHDRAWN = "withdrawn", "retirée"


P = ProductionState
BEING_WRITTEN = frozenset({P.DRAFT, P.SHARED})
LIVING = frozenset(ProductionState) - {P.WITHDRAWN}
SHARED_ON = frozenset({P.SHARED, P.PROPOSED, P.VALIDATED, P.PUBLISHED})

PRODUCTION_LIFE = Machine(
    initial=P.DRAFT,
    moves={
        "share": Move(frozenset({P.DRAFT}), P.SHARED, "partager avec le groupe national"),
        "propose": Move(frozenset({P.DRAFT, P.SHARED}), P.PROPOSED, "proposer à la validation"),
        "validate": Move(frozenset({P.PROPOSED}), P.VALIDATED, "valider"),
        "publish": Move(frozenset({P.VALIDATED}), P.PUBLISHED, "publier"),
        "withdraw": Move(LIVING, P.WITHDRAWN, "retirer"),
        # A published one is written again as a new version; its notice stays until then.
        "new_version": Move(frozenset({P.PUBLISHED}), P.SHARED, "ouvrir une nouvelle version"),
        # Every act has its counter-act, with a reason.
        "unshare": Move(frozenset({P.SHARED}), P.DRAFT, "reprendre le partage"),
        "take_back": Move(frozenset({P.PROPOSED}), P.SHARED, "reprendre la proposition"),
        "return": Move(frozenset({P.PROPOSED, P.VALIDATED}), P.SHARED, "renvoyer à l’équipe"),
        "restore": Move(frozenset({P.WITHDRAWN}), P.DRAFT, "rétablir"),
    },
)


class FileUse(Labelled):
    """What a file of a production is for."""

    ATTACHMENT = "attachment", "document"
    PICTURE = "picture", "image"
    SOUND = "sound", "son"
    VIDEO = "video", "vidéo"
    PUPIL_WORK = "pupil_work", "travail d’élève"


NEEDS_AUTHORISATION = frozenset(FileUse) - {FileUse.ATTACHMENT}


class Recognisable(Labelled):
    """« Un élève est-il reconnaissable ? » (face, voice, handwriting, name)."""

    UNSAID = "unsaid", "non renseigné"
    NO = "no", "non, aucun élève n’est reconnaissable"
    YES = "yes", "oui"


class Authorisation(Labelled):
    """Where the authorisation of a picture, a sound or a pupil's work stands."""

    NOT_NEEDED = "not_needed", "sans objet"
    MISSING = "missing", "à obtenir"
    OBTAINED = "obtained", "obtenue"
    WITHDRAWN = "withdrawn", "retirée"


class Uses(Labelled):
    """Whether a tool makes use of artificial intelligence, as far as is known."""

    UNKNOWN = "unknown", "non connu"
    NO = "no", "sans intelligence artificielle"
    YES = "yes", "avec intelligence artificielle"
