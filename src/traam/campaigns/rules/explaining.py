"""How the choice is made, in plain French, from the rules of a campaign: the same words on the
public page, in the letter and in the cahier des charges."""

from dataclasses import asdict, dataclass

from traam.campaigns.rules.call import WEIGHT_LABELS, CallRules, shown
from traam.kit.text import between

POINTS = {
    "score": "pour chaque point de la note, sur 20",
    "rank": "pour la candidature que l’académie met en premier, la moitié pour la deuxième, le "
    "tiers pour la troisième, et ainsi de suite",
    "served": "pour chaque académie qui a au moins un thème",
    "region": "pour chaque région académique représentée",
    "overseas": "pour chaque académie d’outre-mer représentée",
    "newcomer": "pour chaque candidature nouvelle venue",
    "balance": "de moins pour chaque candidature qui manque à un niveau ou à un genre "
    "d’établissement pour y avoir sa juste part",
}
ADVICE = (
    "Le calcul propose, des personnes décident : pour chaque thème, les expert·es et l’inspection "
    "générale délibèrent ; le pilotage national arbitre entre les thèmes. Ce qui s’écarte de la "
    "proposition est écrit, avec son motif."
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A rule with its weight: « L’ordre donné par l’académie », « 0,5 point », when it counts."""

    label: str
    points: str
    when: str


@dataclass(frozen=True, slots=True)
class Share:
    """A criterion of the grid: how it is scored, and its share of the total."""

    label: str
    scale: str
    percent: str
    help: str = ""


def hard_rules(rules: CallRules) -> list[str]:
    """What the choice never breaks, and how applications are read."""
    themes = rules.themes_per_academy_max
    return [
        f"Chaque thème retient {between(rules.academies_min, rules.academies_max, 'académie')}, "
        "sauf indication contraire du thème.",
        f"Une académie est retenue sur {themes} thème{'s' if themes > 1 else ''} au plus.",
        f"Chaque candidature reçoit {rules.reviews_per_application} avis, de personnes sans "
        "conflit d’intérêts : ni la même académie, ni la même région académique, ni une équipe "
        "commune depuis deux ans.",
        f"Quand les avis s’écartent (de {shown(rules.disagreement)} points ou plus), la "
        "candidature est discutée.",
        "Les règles, les poids et la grille sont gelés avant que le premier avis ne s’ouvre.",
    ]


def shares(rules: CallRules) -> list[Share]:
    """The grid, criterion by criterion."""
    total = sum(one.weight for one in rules.grid.criteria) or 1
    return [
        Share(
            one.label,
            f"de 0 à {one.maximum}",
            f"{shown(round(100 * one.weight / total))} %",
            one.help,
        )
        for one in rules.grid.criteria
    ]


def weighed(rules: CallRules) -> list[Weighed]:
    """What else counts, the heaviest first; what weighs nothing is left out."""
    given = sorted(asdict(rules.weights).items(), key=lambda one: -one[1])
    return [
        Weighed(
            WEIGHT_LABELS[name], f"{shown(value)} point{'s' if value >= 2 else ''}", POINTS[name]
        )
        for name, value in given
        if value
    ]


def answering(rules: CallRules) -> list[str]:
    """What an academy must know to answer."""
    return [
        f"Une équipe compte au moins {rules.team_min} enseignants.",
        "L’inspecteur ou l’inspectrice que la candidature désigne donne son accord ; puis la ou le "
        "délégué académique au numérique classe les candidatures de l’académie et les vise, ce qui "
        "les dépose.",
        f"Ce qui attend encore un accord ou un visa à la clôture a {rules.grace_hours} heures de "
        "plus ; ensuite, c’est caduc.",
        f"Chaque candidature joint {rules.pieces_max} pièces au plus, de {rules.piece_max_mb} Mo "
        "chacune.",
        f"Après l’annonce, une académie a {rules.reply_days} jours pour répondre aux remarques.",
    ]
