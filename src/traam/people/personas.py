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
        "L’appel, les avis à confier, le choix à calculer et à annoncer ; les équipes à lancer, ce "
        "qui est en retard, les synthèses à publier, les indicateurs ; le courrier, les tâches.",
    ),
    Persona(
        "expert",
        "Expertise DNE, mathématiques",
        Role.EXPERT,
        NOWHERE,
        MATHS,
        "Écrit les thèmes, donne des avis, anime un groupe national.",
        "Ses thèmes, les avis à rendre, la délibération ; son groupe national, les productions à "
        "publier, les tests croisés à répartir, les observations à relire, les constats, la "
        "synthèse nationale.",
    ),
    Persona(
        "inspection-generale",
        "Inspection générale, mathématiques",
        Role.GENERAL_INSPECTOR,
        NOWHERE,
        MATHS,
        "Signe les thèmes, délibère, anime le groupe, valide et signe la synthèse nationale.",
        "Les thèmes à signer, ses avis, la délibération ; son groupe national, la synthèse "
        "nationale à valider et à signer.",
    ),
    Persona(
        "dgesco",
        "DGESCO",
        Role.DGESCO,
        NOWHERE,
        NOWHERE,
        "Reçoit ce qui lui est adressé et suit ce qui est publié.",
        "Les synthèses qui lui sont adressées, les indicateurs et les lignes qu’ils comptent, ce "
        "qui est publié.",
    ),
    Persona(
        "recteur-lille",
        "Rectorat de Lille",
        Role.RECTOR,
        LILLE,
        NOWHERE,
        "La boîte fonctionnelle du recteur ou de la rectrice.",
        "Les candidatures que son académie a déposées, leurs décisions ; les synthèses de ses "
        "équipes, ses indicateurs, ce qui y a été publié.",
    ),
    Persona(
        "dan-lille",
        "DAN de Lille",
        Role.DIGITAL_DELEGATE,
        LILLE,
        NOWHERE,
        "Vise et classe les candidatures de l’académie, suit ses équipes.",
        "Les candidatures à comparer, classer et viser, les décisions ; les équipes de "
        "l’académie, leurs heures, leurs synthèses.",
    ),
    Persona(
        "inspecteur-lille",
        "Inspection de Lille, mathématiques",
        Role.INSPECTOR,
        LILLE,
        MATHS,
        "Donne son accord aux équipes, les conduit, valide leurs scénarios et leurs synthèses.",
        "Les candidatures qui attendent son accord ; ses équipes et leurs échéances, les heures à "
        "attester, les productions et les synthèses à valider.",
    ),
    Persona(
        "correspondant-lille",
        "IAN de Lille, mathématiques",
        Role.CORRESPONDENT,
        LILLE,
        MATHS,
        "Interlocuteur académique pour le numérique dans sa discipline.",
        "Les candidatures où on l’invite à écrire ; les équipes de sa discipline, ce que l’on "
        "sait des outils, l’archive.",
    ),
    Persona(
        "referent-lille",
        "Professeur·e référent·e, Lille",
        Role.REFERENT,
        LILLE,
        MATHS,
        "Écrit la candidature, puis conduit l’équipe et parle pour elle.",
        "Ses candidatures et leurs décisions ; son équipe, ses réunions, ses échéances, ses "
        "heures, les tests croisés à accepter, les constats et la synthèse à écrire.",
    ),
    Persona(
        "enseignant-lille",
        "Enseignant·e, Lille",
        Role.TEACHER,
        LILLE,
        MATHS,
        "Essaie en classe, observe, écrit.",
        "Ses essais en classe, une observation à noter, même sans réseau ; les scénarios à écrire, "
        "les tests croisés à rendre, son équipe.",
    ),
    Persona(
        "dan-nantes",
        "DAN de Nantes",
        Role.DIGITAL_DELEGATE,
        NANTES,
        NOWHERE,
        "Vise et classe les candidatures de l’académie, suit ses équipes.",
        "Les candidatures à comparer, classer et viser, les décisions ; les équipes de "
        "l’académie, leurs heures, leurs synthèses.",
    ),
    Persona(
        "inspecteur-nantes",
        "Inspection de Nantes, mathématiques",
        Role.INSPECTOR,
        NANTES,
        MATHS,
        "Donne son accord aux équipes, les conduit, valide leurs scénarios et leurs synthèses.",
        "Les candidatures qui attendent son accord ; ses équipes et leurs échéances, les heures à "
        "attester, les productions et les synthèses à valider.",
    ),
    Persona(
        "referent-nantes",
        "Professeur·e référent·e, Nantes",
        Role.REFERENT,
        NANTES,
        MATHS,
        "Écrit la candidature, puis conduit l’équipe et parle pour elle.",
        "Ses candidatures et leurs décisions ; son équipe, ses réunions, ses échéances, ses "
        "heures, les tests croisés à accepter, les constats et la synthèse à écrire.",
    ),
    Persona(
        "enseignant-nantes",
        "Enseignant·e, Nantes",
        Role.TEACHER,
        NANTES,
        MATHS,
        "Essaie en classe, observe, écrit.",
        "Ses essais en classe, une observation à noter, même sans réseau ; les scénarios à écrire, "
        "les tests croisés à rendre, son équipe.",
    ),
    Persona(
        "partenaire-lille",
        "Partenaire, Lille",
        Role.PARTNER,
        LILLE,
        NOWHERE,
        "Chef d’établissement, CARDIE, formateur ou chercheur, invité par une équipe.",
        "Ce que les équipes qui l’ont invité partagent, les synthèses qui lui sont adressées, "
        "l’archive de son académie.",
    ),
)
BY_SLUG = {persona.slug: persona for persona in PERSONAS}
