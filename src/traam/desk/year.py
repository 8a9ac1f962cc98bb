"""What each role will find here, step by step of the year. Data only."""

from traam.access.roles import Role

Step = tuple[str, str]  # when, what

_DEPOSIT = "Pendant l’appel"
_REVIEWS = "Après la clôture de l’appel"
_ANNOUNCED = "À l’annonce des décisions"
_WORK = "Pendant l’année"
_SYNTHESES = "En fin d’année"

STEPS: dict[Role, tuple[Step, ...]] = {
    Role.PILOT: (
        ("Avant l’appel", "les thèmes qui attendent votre signature"),
        (_REVIEWS, "les avis qui manquent, les arbitrages à rendre, l’annonce à préparer"),
        (_WORK, "ce qui est bloqué, et par qui"),
    ),
    Role.EXPERT: (
        ("Avant l’appel", "vos thèmes à écrire et à soumettre"),
        (_REVIEWS, "les avis que vous devez"),
        (_WORK, "la santé de vos groupes : productions, essais, tests croisés"),
        (_SYNTHESES, "la synthèse nationale à écrire"),
    ),
    Role.GENERAL_INSPECTOR: (
        ("Avant l’appel", "les thèmes à signer"),
        (_REVIEWS, "les avis que vous devez, les délibérations"),
        (_SYNTHESES, "les synthèses à valider et à signer"),
    ),
    Role.DGESCO: (
        (_ANNOUNCED, "la liste des académies retenues"),
        (_SYNTHESES, "les synthèses validées qui vous sont adressées"),
    ),
    Role.RECTOR: (
        (_DEPOSIT, "les candidatures déposées par votre académie"),
        (_ANNOUNCED, "les décisions qui la concernent"),
        (_SYNTHESES, "les synthèses de ses équipes"),
    ),
    Role.DIGITAL_DELEGATE: (
        (_DEPOSIT, "les candidatures de l’académie à viser et à classer avant l’échéance"),
        (_ANNOUNCED, "les décisions qui concernent l’académie"),
        (_WORK, "les équipes de l’académie, leurs heures"),
    ),
    Role.INSPECTOR: (
        (_DEPOSIT, "les candidatures qui vous nomment et attendent votre accord"),
        (_WORK, "vos équipes, ce qui est en retard, les scénarios à valider"),
        (_SYNTHESES, "les synthèses académiques à valider"),
    ),
    Role.CORRESPONDENT: (
        (_DEPOSIT, "les candidatures que vous écrivez"),
        (_WORK, "les équipes de votre discipline dans l’académie"),
    ),
    Role.REFERENT: (
        (_DEPOSIT, "votre candidature, ce qui lui manque, son échéance"),
        (_WORK, "ce que doit votre équipe : observations à clore, tests à donner et à recevoir"),
        (_SYNTHESES, "la synthèse académique à écrire"),
    ),
    Role.TEACHER: (
        (_WORK, "vos essais en classe : à préparer, en cours, à clore"),
        (_WORK, "les scénarios d’autres académies que l’on vous demande d’essayer"),
    ),
    Role.PARTNER: (
        (_WORK, "ce que les équipes qui vous ont invité partagent avec vous"),
        (_WORK, "les essais pour lesquels votre accord est demandé"),
    ),
}


def steps_for(roles: list[Role]) -> list[Step]:
    """The steps of these roles, each once, in the roles' order."""
    return list(dict.fromkeys(step for role in roles for step in STEPS[role]))
