"""What each kind of synthesis is made of: its sections, in their order, and what each asks."""

from collections.abc import Mapping
from dataclasses import dataclass

from traam.syntheses.rules.life import SynthesisKind

FINDINGS, CONDITIONS = "findings", "conditions"
MARKED = frozenset({FINDINGS, CONDITIONS})  # each sentence there is a finding, or says what it is


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a synthesis; `hint`: what its writers read. `is_required`: not left empty."""

    key: str
    title: str
    hint: str
    is_required: bool = False

    @property
    def is_marked(self) -> bool:
        return self.key in MARKED


_FINDINGS = Section(
    FINDINGS,
    "Constats",
    "Ce que les classes ont montré. Chaque phrase est un constat, ou dit qu’elle est un cadre ou "
    "une opinion.",
    is_required=True,
)
_CONDITIONS = Section(
    CONDITIONS,
    "Conditions",
    "À quelles conditions l’usage peut se généraliser. Chaque phrase est un constat, ou dit ce "
    "qu’elle est.",
)
_LIMITS = Section(
    "limits", "Ce que l’on ne sait pas", "Ce qui n’a pas été essayé, ce qui reste à vérifier."
)
_OF_A_TRIAL = (
    Section("context", "Contexte", "La classe, la discipline, l’équipement : sans rien nommer."),
    Section("protocol", "Protocole", "L’hypothèse, ce qui serait une réussite, les indicateurs."),
    Section("lessons", "Déroulement", "Les séances, ce qui a été adapté."),
    _FINDINGS,
    _CONDITIONS,
    _LIMITS,
)
_OF_ACADEMIES = (
    Section("context", "Contexte", "Le projet, les équipes, les classes."),
    Section("work", "Ce qui a été fait", "Les productions, les essais, les tests croisés."),
    _FINDINGS,
    _CONDITIONS,
    _LIMITS,
    Section("next", "Suites", "Ce que l’académie en fait : formations, diffusion."),
)
_OF_THE_NATION = (
    Section("problem", "Le problème", "Pourquoi ce thème, ce que l’on voulait savoir."),
    Section("method", "La méthode", "Combien d’essais, où, avec quels tests croisés."),
    _FINDINGS,
    _CONDITIONS,
    _LIMITS,
    Section("spreading", "Généraliser et diffuser", "Qui peut reprendre quoi, dès maintenant."),
)
SKELETONS: Mapping[SynthesisKind, tuple[Section, ...]] = {
    SynthesisKind.TRIAL_REPORT: _OF_A_TRIAL,
    SynthesisKind.ACADEMIC: _OF_ACADEMIES,
    SynthesisKind.PLURI_ACADEMIC: _OF_ACADEMIES,
    SynthesisKind.NATIONAL: _OF_THE_NATION,
}


def skeleton(kind: str) -> tuple[Section, ...]:
    """The sections of this kind. Raises ValueError on a kind that does not exist."""
    return SKELETONS[SynthesisKind(kind)]


def section_keys(kind: str) -> tuple[str, ...]:
    """Their keys, in order."""
    return tuple(one.key for one in skeleton(kind))
