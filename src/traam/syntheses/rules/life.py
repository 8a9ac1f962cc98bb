"""The states of a synthesis, and the words of findings and their evidence (`rules.md` §2, §3)."""

from traam.kit.labels import Labelled
from traam.kit.machines import Machine, Move


class SynthesisKind(Labelled):
    """What is written from the data; one model, several readers."""

    TRIAL_REPORT = "trial_report", "rapport d’essai"
    ACADEMIC = "academic", "synthèse académique"
    PLURI_ACADEMIC = "pluri_academic", "synthèse pluriacadémique"
    NATIONAL = "national", "synthèse nationale"


class SynthesisState(Labelled):
    """Where a synthesis stands."""

    DRAFT = "draft", "brouillon"
    IN_VALIDATION = "in_validation", "en validation"
    CORRECTIONS_ASKED = "corrections_asked", "corrections demandées"
    VALIDATED = "validated", "validée"
    SIGNED = "signed", "signée"
    PUBLISHED = "published", "publiée"
    WITHDRAWN = "withdrawn", "retirée"


S = SynthesisState
BEING_WRITTEN = frozenset({S.DRAFT, S.CORRECTIONS_ASKED})
VALIDATED_ON = frozenset({S.VALIDATED, S.SIGNED, S.PUBLISHED})

SYNTHESIS_LIFE = Machine(
    initial=S.DRAFT,
    moves={
        "submit": Move(BEING_WRITTEN, S.IN_VALIDATION, "soumettre à la validation"),
        "ask_corrections": Move(
            frozenset({S.IN_VALIDATION}), S.CORRECTIONS_ASKED, "demander des corrections"
        ),
        "validate": Move(frozenset({S.IN_VALIDATION}), S.VALIDATED, "valider"),
        # Once the IG and an expert have signed the same digest.
        "sign": Move(frozenset({S.VALIDATED}), S.SIGNED, "recueillir les deux signatures"),
        "publish": Move(frozenset({S.VALIDATED, S.SIGNED}), S.PUBLISHED, "publier"),
        # Every act has its counter-act, with a reason.
        "take_back": Move(frozenset({S.IN_VALIDATION}), S.DRAFT, "reprendre la soumission"),
        "reopen": Move(
            frozenset({S.VALIDATED, S.SIGNED}), S.CORRECTIONS_ASKED, "rouvrir la rédaction"
        ),
        "unsign": Move(frozenset({S.SIGNED}), S.VALIDATED, "reprendre une signature"),
        "withdraw": Move(
            frozenset(SynthesisState) - {S.WITHDRAWN}, S.WITHDRAWN, "retirer la synthèse"
        ),
        "restore": Move(frozenset({S.WITHDRAWN}), S.DRAFT, "rétablir la synthèse"),
    },
)


class FindingKind(Labelled):
    """What a finding is about."""

    GAIN_PUPILS = "gain_pupils", "plus-value pour les élèves"
    GAIN_TEACHING = "gain_teaching", "plus-value pour l’enseignement"
    OBSTACLE = "obstacle", "frein"
    LEVER = "lever", "levier"
    CONDITION = "condition", "condition de généralisation"
    DISCIPLINARY = "disciplinary", "compétence disciplinaire développée"
    TRANSVERSAL = "transversal", "compétence transversale développée"


class Support(Labelled):
    """What an observation does to a finding."""

    SUPPORTS = "supports", "appuie"
    QUALIFIES = "qualifies", "nuance"
    CONTRADICTS = "contradicts", "contredit"


class Mark(Labelled):
    """What a sentence is, where every sentence must say it."""

    NONE = "none", "sans marque"
    FINDING = "finding", "constat"
    FRAME = "frame", "cadre"
    OPINION = "opinion", "opinion"


class Capacity(Labelled):
    """In whose name a synthesis is validated or signed."""

    INSPECTOR = "inspector", "pour l’inspection"
    GENERAL_INSPECTION = "general_inspection", "pour l’inspection générale"
    DNE = "dne", "pour la DNE"


class Addressee(Labelled):
    """To whom a synthesis is sent."""

    ACADEMY = "academy", "académie"
    DGESCO = "dgesco", "DGESCO"
    GENERAL_INSPECTION = "general_inspection", "inspection générale"
    PARTNER = "partner", "partenaire"
