"""The personas of the demonstration: functions, never persons. Data only."""

from dataclasses import dataclass
from datetime import date

from traam.access.roles import Role

LILLE, NANTES = frozenset({"09"}), frozenset({"17"})
MATHS = frozenset({"MATHS"})
NOWHERE: frozenset[str] = frozenset()
PERSONA_STAYS = (
    "Ce compte est un personnage de la démonstration : il n’appartient à personne, et c’est par "
    "lui que les visiteurs entrent. Il ne se ferme ni ne s’efface."
)


@dataclass(frozen=True, slots=True)
class Persona:
    """`summary`: who it is; `sees`: what a visitor will see with it. Both are shown on its card."""

    slug: str
    name: str
    role: Role
    academies: frozenset[str]
    disciplines: frozenset[str]
    summary: str
    sees: str

    @property
    def address(self) -> str:
        """An address that no mail can ever reach (RFC 2606)."""
        return f"{self.slug}@demonstration.invalid"


def mandates_start(today: date) -> date:
    """The first of September two years before the present school year: they took part in the
    campaigns that the demonstration holds."""
    return date(today.year - (2 if today.month >= 9 else 3), 9, 1)


PERSONAS: tuple[Persona, ...] = (
    Persona(
        "pilote-national",
        "Pilotage national",
        Role.PILOT,
        NOWHERE,
        NOWHERE,
        "Prépare les campagnes et pilote le programme pour la DNE.",
        "La campagne et son calendrier, l’appel, les avis à confier, le choix à calculer et à "
        "annoncer, le courrier, les tâches.",
    ),
    Persona(
        "expert",
        "Expertise DNE, mathématiques",
        Role.EXPERT,
        NOWHERE,
        MATHS,
        "Écrit les thèmes, donne des avis, anime un groupe national.",
        "Ses thèmes à écrire, les avis à rendre, la délibération, son groupe national.",
    ),
    Persona(
        "inspection-generale",
        "Inspection générale, mathématiques",
        Role.GENERAL_INSPECTOR,
        NOWHERE,
        MATHS,
        "Signe les thèmes, délibère, valide les synthèses.",
        "Les thèmes à signer, ses avis, la délibération, les synthèses à valider.",
    ),
    Persona(
        "dgesco",
        "DGESCO",
        Role.DGESCO,
        NOWHERE,
        NOWHERE,
        "Reçoit ce qui lui est adressé et suit ce qui est publié.",
        "Les synthèses qui lui sont adressées, les campagnes et ce qui est publié.",
    ),
    Persona(
        "recteur-lille",
        "Rectorat de Lille",
        Role.RECTOR,
        LILLE,
        NOWHERE,
        "La boîte fonctionnelle du recteur ou de la rectrice.",
        "Les candidatures que son académie a déposées, leurs décisions, ce qui y a été publié.",
    ),
    Persona(
        "dan-lille",
        "DAN de Lille",
        Role.DIGITAL_DELEGATE,
        LILLE,
        NOWHERE,
        "Vise et classe les candidatures de l’académie, suit ses équipes.",
        "Les candidatures à comparer, classer et viser, les décisions, les équipes de l’académie.",
    ),
    Persona(
        "inspecteur-lille",
        "Inspection de Lille, mathématiques",
        Role.INSPECTOR,
        LILLE,
        MATHS,
        "Donne son accord aux équipes, valide leurs scénarios.",
        "Les candidatures qui attendent son accord, les productions à valider.",
    ),
    Persona(
        "correspondant-lille",
        "IAN de Lille, mathématiques",
        Role.CORRESPONDENT,
        LILLE,
        MATHS,
        "Interlocuteur académique pour le numérique dans sa discipline.",
        "Les candidatures où on l’invite à écrire, l’archive de sa discipline.",
    ),
    Persona(
        "referent-lille",
        "Professeur·e référent·e, Lille",
        Role.REFERENT,
        LILLE,
        MATHS,
        "Écrit la candidature, puis conduit l’équipe.",
        "Ses candidatures et leurs décisions, son équipe, ses essais, ses productions.",
    ),
    Persona(
        "enseignant-lille",
        "Enseignant·e, Lille",
        Role.TEACHER,
        LILLE,
        MATHS,
        "Essaie en classe, observe, écrit.",
        "Les candidatures où on l’invite à écrire, ses essais en classe, son équipe.",
    ),
    Persona(
        "dan-nantes",
        "DAN de Nantes",
        Role.DIGITAL_DELEGATE,
        NANTES,
        NOWHERE,
        "Vise et classe les candidatures de l’académie, suit ses équipes.",
        "Les candidatures à comparer, classer et viser, les décisions, les équipes de l’académie.",
    ),
    Persona(
        "inspecteur-nantes",
        "Inspection de Nantes, mathématiques",
        Role.INSPECTOR,
        NANTES,
        MATHS,
        "Donne son accord aux équipes, valide leurs scénarios.",
        "Les candidatures qui attendent son accord, les productions à valider.",
    ),
    Persona(
        "referent-nantes",
        "Professeur·e référent·e, Nantes",
        Role.REFERENT,
        NANTES,
        MATHS,
        "Écrit la candidature, puis conduit l’équipe.",
        "Ses candidatures et leurs décisions, son équipe, ses essais, ses productions.",
    ),
    Persona(
        "enseignant-nantes",
        "Enseignant·e, Nantes",
        Role.TEACHER,
        NANTES,
        MATHS,
        "Essaie en classe, observe, écrit.",
        "Les candidatures où on l’invite à écrire, ses essais en classe, son équipe.",
    ),
    Persona(
        "partenaire-lille",
        "Partenaire, Lille",
        Role.PARTNER,
        LILLE,
        NOWHERE,
        "Chef d’établissement, CARDIE, formateur ou chercheur, invité par une équipe.",
        "Ses mandats, l’archive de son académie.",
    ),
)
BY_SLUG = {persona.slug: persona for persona in PERSONAS}
