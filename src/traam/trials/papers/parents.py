"""The notice for the parents: what is tried in class, what is noted, what is never noted."""

from datetime import date

from traam.kit.paper import Bullets, Facts, Heading, NewPage, Paper, Paragraph, Signature
from traam.trials.models import Trial

AUTHOR = "Travaux académiques mutualisés (TraAM)"
MARK = "Données de démonstration"
BLANK = "………………………………………………"


def parents_notice(trial: Trial, *, day: date) -> Paper:
    """A page to read, and a slip to return for the pictures. Nobody is named in it: the teacher
    writes by hand what the family needs."""
    return Paper(
        title="Un essai pédagogique dans la classe de votre enfant",
        author=AUTHOR,
        date=day,
        reference=f"TraAM {trial.campaign.label} · {trial.code}",
        recipient="Aux parents et aux responsables légaux des élèves",
        mark=MARK if trial.campaign.is_demonstration else "",
        blocks=[*_what(trial), *_noted(), *_rights(), NewPage(), *_slip(trial)],
    )


def _what(trial: Trial) -> list[Paragraph | Heading | Facts]:
    return [
        Paragraph(
            "Les travaux académiques mutualisés réunissent des équipes d’enseignants de plusieurs "
            "académies qui préparent des séances avec le numérique, les essaient en classe et "
            "disent ce qu’elles ont observé, pour que d’autres classes en profitent."
        ),
        Heading("Ce qui sera essayé"),
        Facts(
            [
                ("Séance", trial.production.title or trial.code),
                ("Classe", BLANK),
                ("Établissement", BLANK),
                ("Enseignant·e", BLANK),
            ]
        ),
        Paragraph(
            "Les élèves suivent le programme de leur classe. L’essai ne donne lieu à aucune note "
            "particulière et ne sert à évaluer ni un élève, ni un enseignant."
        ),
    ]


def _noted() -> list[Heading | Bullets | Paragraph]:
    return [
        Heading("Ce qui est noté, et ce qui ne l’est jamais"),
        Bullets(
            [
                "L’enseignant·e, ou un·e collègue, note en quelques phrases ce que la classe "
                "fait : « trois groupes ont repris leurs mesures ».",
                "Sont notés le niveau de la classe, le nombre d’élèves présents, le matériel.",
                "Ne sont jamais notés : le nom d’un élève, sa santé, un handicap, une adresse, un "
                "numéro de téléphone.",
                "Ce qui devient public est compté sur plusieurs classes, sans nom d’établissement, "
                "d’équipe ni de personne.",
            ]
        ),
        Paragraph(
            "Une image où un élève se reconnaît n’est montrée hors de l’équipe qu’avec votre "
            "autorisation écrite. Le lieu et l’appareil inscrits dans le fichier en sont effacés."
        ),
    ]


def _rights() -> list[Heading | Paragraph]:
    return [
        Heading("Vos droits"),
        Paragraph(
            "Vous pouvez refuser qu’une image de votre enfant soit prise, sans conséquence pour "
            "lui : il suit la même séance. Vous pouvez retirer une autorisation à tout moment "
            "auprès de l’enseignant·e ou du chef d’établissement : l’image est alors masquée "
            "aussitôt. Pour toute question sur les données personnelles, adressez-vous au délégué "
            "à la protection des données de l’académie."
        ),
    ]


def _slip(trial: Trial) -> list[Heading | Paragraph | Facts | Bullets | Signature]:
    return [
        Heading("À rendre à l’enseignant·e : autorisation d’image"),
        Paragraph(f"Séance : {trial.production.title or trial.code}. Essai {trial.code}."),
        Facts([("Élève", BLANK), ("Classe", BLANK), ("Responsable légal", BLANK)]),
        Bullets(
            [
                "☐ J’autorise que des images où mon enfant se reconnaît soient prises pendant ces "
                "séances et montrées aux équipes et au public des travaux académiques mutualisés.",
                "☐ J’autorise qu’elles soient prises et montrées à la seule équipe de la classe.",
                "☐ Je n’autorise aucune image où mon enfant se reconnaît.",
            ]
        ),
        Signature("Date et signature\n\n…………………………"),
    ]
