"""The roles of the programme, as `rules.md` §1 decides them."""

from traam.kit.labels import Labelled


class Role(Labelled):
    """What a mandate makes of a person."""

    PILOT = "pilot", "pilote national·e (DNE)"
    EXPERT = "expert", "expert·e DNE"
    GENERAL_INSPECTOR = "general_inspector", "inspection générale (IGÉSR)"
    DGESCO = "dgesco", "DGESCO"
    RECTOR = "rector", "recteur, rectrice"
    DIGITAL_DELEGATE = "digital_delegate", "DAN (délégué·e académique au numérique)"
    INSPECTOR = "inspector", "inspecteur, inspectrice (IA-IPR, IEN)"
    CORRESPONDENT = "correspondent", "IAN (interlocuteur académique numérique)"
    REFERENT = "referent", "professeur·e référent·e"
    TEACHER = "teacher", "enseignant·e"
    PARTNER = "partner", "partenaire"
