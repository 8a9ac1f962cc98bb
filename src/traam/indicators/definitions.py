"""What is measured of a campaign, in words: each figure and its definition. Pure."""

from traam.kit.labels import Labelled


class Measure(Labelled):
    """A figure of a campaign. The label names it; `DEFINITIONS` says what is counted."""

    TEACHERS = "enseignants", "enseignants et enseignantes engagés"
    NEWCOMERS = "nouveaux", "participent pour la première fois"
    TEAMS = "equipes", "équipes au travail"
    LEFT = "retraits", "équipes retirées en cours d’année"
    ACADEMIES = "academies", "académies engagées"
    DISCIPLINES = "disciplines", "disciplines"
    GRANTED = "heures-attribuees", "heures attribuées aux équipes"
    SPENT = "heures-employees", "heures déclarées par les équipes"
    PRODUCTIONS = "productions", "productions partagées"
    SHARED_DISCIPLINES = "plusieurs-disciplines", "productions de deux disciplines ou plus"
    SHARED_CYCLES = "plusieurs-cycles", "productions de deux cycles ou plus"
    TESTED = "testees", "productions testées dans une autre académie"
    TESTED_TWICE = "testees-deux-fois", "productions testées deux fois ou plus"
    TRIALS = "essais-clos", "essais en classe clos"
    ABANDONED = "essais-abandonnes", "essais en classe abandonnés"
    OBSERVATIONS = "observations", "observations recueillies"
    PUBLISHED = "publiees", "productions publiées"
    SYNTHESES = "syntheses", "synthèses publiées"
    DELAY = "delai", "jours de la fin de l’année à la publication des synthèses"


DEFINITIONS: dict[Measure, str] = {
    Measure.TEACHERS: (
        "Personnes qui sont, ou ont été, membres d’une équipe non retirée comme enseignant·e ou "
        "professeur·e référent·e. Une personne de deux équipes compte une fois ; une personne "
        "nommée par la candidature et pas encore invitée compte."
    ),
    Measure.NEWCOMERS: "Parmi elles, celles que leur équipe dit nouvelles dans le programme.",
    Measure.TEAMS: "Équipes académiques des groupes nationaux, celles qui sont parties exclues.",
    Measure.LEFT: "Équipes formées, puis retirées avec un motif et une date.",
    Measure.ACADEMIES: (
        "Académies d’au moins une équipe non retirée. Deux académies qui ont fusionné en font une."
    ),
    Measure.DISCIPLINES: "Disciplines des thèmes sur lesquels une équipe au moins travaille.",
    Measure.GRANTED: "Heures que les DAN ont données aux équipes, reprises déduites.",
    Measure.SPENT: "Heures déclarées par les référent·es, attestées ou non, annulées exclues.",
    Measure.PRODUCTIONS: (
        "Scénarios et autres productions partagés avec leur groupe, proposés, validés ou publiés."
    ),
    Measure.SHARED_DISCIPLINES: "Parmi elles, celles qui servent deux disciplines au moins.",
    Measure.SHARED_CYCLES: "Parmi elles, celles qui s’adressent à deux cycles au moins.",
    Measure.TESTED: (
        "Parmi elles, celles dont un test croisé au moins est rendu : un essai clos, mené par "
        "l’équipe d’une autre académie."
    ),
    Measure.TESTED_TWICE: "Parmi elles, celles dont deux tests croisés au moins sont rendus.",
    Measure.TRIALS: "Essais dont l’évaluation est donnée, tests croisés compris.",
    Measure.ABANDONED: (
        "Essais abandonnés avec un motif. Ils comptent : savoir ce qui n’a pu se faire sert."
    ),
    Measure.OBSERVATIONS: "Observations des essais clos, retirées exclues.",
    Measure.PUBLISHED: "Productions qui ont leur notice publique.",
    Measure.SYNTHESES: "Synthèses nationales, académiques et pluriacadémiques publiées.",
    Measure.DELAY: (
        "Médiane, sur les synthèses nationales publiées, des jours écoulés depuis la fin de la "
        "campagne telle que son calendrier la fixe. Négatif : publiée avant."
    ),
}

# What a figure is a part of, where it is one.
PART_OF: dict[Measure, Measure] = {
    Measure.NEWCOMERS: Measure.TEACHERS,
    Measure.SPENT: Measure.GRANTED,
    Measure.SHARED_DISCIPLINES: Measure.PRODUCTIONS,
    Measure.SHARED_CYCLES: Measure.PRODUCTIONS,
    Measure.TESTED: Measure.PRODUCTIONS,
    Measure.TESTED_TWICE: Measure.PRODUCTIONS,
    Measure.PUBLISHED: Measure.PRODUCTIONS,
}

CHAPTERS: tuple[tuple[str, tuple[Measure, ...]], ...] = (
    (
        "Qui travaille",
        (
            *(Measure.TEACHERS, Measure.NEWCOMERS, Measure.TEAMS, Measure.LEFT),
            *(Measure.ACADEMIES, Measure.DISCIPLINES, Measure.GRANTED, Measure.SPENT),
        ),
    ),
    (
        "Ce qui s’écrit et se met à l’épreuve",
        (
            *(Measure.PRODUCTIONS, Measure.SHARED_DISCIPLINES, Measure.SHARED_CYCLES),
            *(Measure.TESTED, Measure.TESTED_TWICE, Measure.TRIALS, Measure.ABANDONED),
            Measure.OBSERVATIONS,
        ),
    ),
    ("Ce qui se diffuse", (Measure.PUBLISHED, Measure.SYNTHESES, Measure.DELAY)),
)
