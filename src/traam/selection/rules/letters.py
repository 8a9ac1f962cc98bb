"""The words of a decision's letter, from what was decided: pure. A person may retouch them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from traam.kit.french import fixed
from traam.kit.text import day, instant, of, plural
from traam.selection.rules.life import DecisionKind

SUBJECT_MAX = 300  # characters
TEXT_MAX = 20_000  # characters
TITLE_MAX = 180  # characters of a title within a subject
VOWELS = "aeiouyàâéèêëîïôùûh"
D = DecisionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """All that a letter says. `territory`: « académie », « vice-rectorat »; `address`: of the page
    of the decision."""

    kind: DecisionKind
    rank: int | None
    reason: str
    remarks: str
    campaign: str
    theme: str
    application: str
    academy: str
    territory: str
    associated: Sequence[str] = ()
    launches_at: datetime | None = None
    replies_until: datetime | None = None
    acceptance_days: int
    address: str = ""


def named(territory: str, academy: str) -> str:
    """« l’académie de Lille », « l’académie d’Amiens », « le vice-rectorat de Mayotte »."""
    article = "l’" if territory[:1].lower() in VOWELS else "le "
    return f"{article}{territory} {of(academy)}"


def of_the(territory: str, academy: str) -> str:
    """« de l’académie de Lille », « du vice-rectorat de Mayotte »."""
    whole = named(territory, academy)
    return f"du {whole[3:]}" if whole.startswith("le ") else f"de {whole}"


def joined(names: Sequence[str]) -> str:
    """« Lille », « Lille et Nantes », « Lille, Nantes et Nice »."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} et {names[-1]}"


def subject(facts: LetterFacts) -> str:
    """What the letter is about, without saying what it decides: others may see it on a screen."""
    title = facts.theme if len(facts.theme) <= TITLE_MAX else f"{facts.theme[: TITLE_MAX - 1]}…"
    line = f"TraAM {facts.campaign} : votre candidature au thème « {title} »"
    return fixed(" ".join(line.split()))[:SUBJECT_MAX]


def text(facts: LetterFacts) -> str:
    """The letter, in Markdown: the decision, its reason, the remarks, what comes next."""
    parts = [
        "Madame, Monsieur,",
        *_decided(facts),
        *_associated(facts),
        *(["## Le motif", facts.reason.strip()] if facts.kind is D.NOT_RETAINED else []),
        *_remarks(facts),
        "## La suite",
        *_next(facts),
    ]
    return "\n\n".join(fixed(part) for part in parts)


def closing(facts: LetterFacts) -> str:
    """What ends every letter, retouched or not: the right of reply, whose deadline is exact."""
    parts = [*_reply(facts), "Nous vous remercions, ainsi que l’équipe, de votre engagement."]
    return "\n\n".join(fixed(part) for part in parts)


def _decided(facts: LetterFacts) -> list[str]:
    application = f"« {facts.application} »" if facts.application else ""
    who = of_the(facts.territory, facts.academy)
    candidate = f"La candidature {who} {application}".strip()
    where = (
        f"le thème « {facts.theme} » des travaux académiques mutualisés, campagne {facts.campaign}"
    )
    if facts.kind is D.RETAINED:
        return [
            f"{candidate} est **retenue** sur {where}. Nous en félicitons l’équipe qui l’a écrite."
        ]
    if facts.kind is D.RESERVE:
        return [
            f"{candidate} est inscrite sur la **liste complémentaire**, au rang {facts.rank}, pour "
            f"{where}.",
            "Sa qualité est reconnue : les places du thème ne permettaient pas de la retenir "
            "d’emblée.",
        ]
    return [
        f"Après étude, {candidate[:1].lower()}{candidate[1:]} n’est **pas retenue** sur {where}.",
        "Nous savons le travail que demande une candidature, et nous remercions l’équipe de "
        "l’avoir proposée.",
    ]


def _remarks(facts: LetterFacts) -> list[str]:
    remarks = facts.remarks.strip()
    return ["## Remarques à votre intention", remarks] if remarks else []


def _associated(facts: LetterFacts) -> list[str]:
    if not facts.associated:
        return []
    are = "Est associée" if len(facts.associated) == 1 else "Sont associées"
    return [f"{are} à cette candidature : {joined(facts.associated)}."]


def _next(facts: LetterFacts) -> list[str]:
    if facts.kind is D.RETAINED:
        return [
            _launch(facts),
            "Si l’académie ne peut finalement pas participer, dites-le au plus tôt sur la page de "
            "la décision : une académie de la liste complémentaire pourra être appelée.",
        ]
    if facts.kind is D.RESERVE:
        delay = plural(facts.acceptance_days, "jour")
        return [
            "Si une place se libère, les académies de la liste sont appelées dans l’ordre des "
            f"rangs. Le délégué ou la déléguée académique au numérique aura alors {delay} pour "
            "accepter ou décliner la place. D’ici là, vous n’avez rien à faire.",
        ]
    return [
        "Une nouvelle candidature pourra répondre à un prochain appel ; elle peut repartir du "
        "texte de celle-ci."
    ]


def _launch(facts: LetterFacts) -> str:
    if facts.launches_at is None:
        return "La date de lancement des travaux vous sera donnée prochainement."
    return (
        f"Les travaux sont lancés le {day(facts.launches_at)}. L’équipe y rejoint le groupe "
        "national du thème."
    )


def _reply(facts: LetterFacts) -> list[str]:
    where = f" : {facts.address}" if facts.address else "."
    if facts.replies_until is None:
        return [f"La décision est aussi sur sa page{where}"]
    return [
        "## Votre droit de réponse",
        f"Vous pouvez faire part de vos observations jusqu’au {instant(facts.replies_until)}, sur "
        f"la page de la décision{where}",
        "Une réponse vous sera faite.",
    ]
