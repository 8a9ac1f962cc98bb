"""What closing a trial asks, and how complete a trial is."""

from collections.abc import Sequence
from dataclasses import dataclass

from traam.kit.contacts import contact_faults
from traam.trials.rules.life import Transferable, Verdict

TEXT_MAX = 8_000  # characters
SHORT_MAX = 200  # characters
PUPILS_MAX = 200
TEXTS = {
    "conclusion": "Ce que l’essai montre",
    "gains_pupils": "Plus-values pour les élèves",
    "gains_teaching": "Plus-values pour l’enseignement",
    "obstacles": "Freins",
    "levers": "Leviers",
    "adaptations": "Adaptations faites",
    "equipment": "Équipement",
    "school": "Établissement",
}
SEEN_IN = ("gains_pupils", "gains_teaching", "obstacles", "levers")
SHORT = ("equipment", "school")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What is said of a trial once done, and of the class where it was."""

    verdict: Verdict | None = None
    conclusion: str = ""
    gains_pupils: str = ""
    gains_teaching: str = ""
    obstacles: str = ""
    levers: str = ""
    adaptations: str = ""
    transferable: Transferable | None = None
    level: str = ""
    school_type: str = ""
    school: str = ""
    is_priority: bool | None = None
    equipment: str = ""
    pupils: int | None = None
    competences: Sequence[str] = ()  # « scheme:code »


@dataclass(frozen=True, slots=True)
class Done:
    """What was done in class: sessions, with a duration or without, and observations that count."""

    sessions: int = 0
    timed: int = 0
    observations: int = 0


def missing(evaluation: Evaluation, done: Done) -> list[str]:
    """All that closing lacks, as French sentences, in the order of the page."""
    said = {name: getattr(evaluation, name).strip() for name in TEXTS}
    wanted = (
        (
            done.sessions,
            "Aucune séance n’est consignée : un essai qui n’a pas eu lieu s’abandonne.",
        ),
        (done.timed or not done.sessions, "Aucune séance ne dit combien de temps elle a duré."),
        (done.observations, "Aucune observation n’est notée."),
        (evaluation.verdict, "Le verdict manque : un résultat négatif est un résultat entier."),
        (said["conclusion"], "« Ce que l’essai montre » est vide : une phrase suffit."),
        (
            any(said[name] for name in SEEN_IN),
            "Aucune plus-value, aucun frein, aucun levier n’est dit : il en faut au moins un.",
        ),
        (evaluation.transferable, "Dites si ce travail est transférable, fût-ce « ne sait pas »."),
        (evaluation.level, "Le niveau de la classe manque."),
        (evaluation.school_type, "Le type d’établissement manque."),
        (evaluation.pupils, "Le nombre d’élèves manque."),
        (said["equipment"], "L’équipement manque : « un ordinateur pour deux », « aucun »…"),
    )
    return [sentence for value, sentence in wanted if not value]


def faults(evaluation: Evaluation) -> list[str]:
    """What may not be written; an evaluation may be unfinished."""
    texts = {label: getattr(evaluation, name) for name, label in TEXTS.items()}
    most = {label: SHORT_MAX if name in SHORT else TEXT_MAX for name, label in TEXTS.items()}
    found = [
        f"« {label} » compte {len(text)} caractères ; {most[label]} au plus."
        for label, text in texts.items()
        if len(text) > most[label]
    ]
    pupils = evaluation.pupils
    if pupils is not None and not 0 < pupils <= PUPILS_MAX:
        found.append(f"{pupils} élèves dans la classe : de 1 à {PUPILS_MAX}.")
    return [*found, *contact_faults(texts)]


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a trial, for its completeness: done or not, and what it lacks."""

    label: str
    lacks: Sequence[str]

    @property
    def is_done(self) -> bool:
        return not self.lacks


def steps(protocol: Sequence[str], evaluation: Sequence[str], done: Done) -> list[Step]:
    """Protocol, sessions, observations, verdict: what each lacks (`evaluation`: all that closing
    lacks, of which sessions and observations have their own step)."""
    sessions = [] if done.sessions else ["Aucune séance n’est consignée."]
    if done.sessions and not done.timed:
        sessions = ["Aucune séance ne dit combien de temps elle a duré."]
    observations = [] if done.observations else ["Aucune observation n’est notée."]
    others = [one for one in evaluation if "séance" not in one and "observation" not in one]
    return [
        Step("Protocole", protocol),
        Step("Séances", sessions),
        Step("Observations", observations),
        Step("Évaluation", others),
    ]
