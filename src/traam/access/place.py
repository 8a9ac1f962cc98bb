"""Where a thing stands: the facts by which `access` judges it, and nothing about any model."""

from dataclasses import dataclass, field

from traam.kit.labels import Labelled

Codes = frozenset[str]
People = frozenset[int]


class Flag(Labelled):
    """A fact that is true or false of a thing; the label says what it limits."""

    CALL_OPEN = "call_open", "une fois l’appel ouvert"
    CALL_CLOSED = "call_closed", "une fois l’appel clos"
    ANNOUNCED = "announced", "une fois les décisions annoncées"
    RETAINED = "retained", "pour les candidatures retenues"
    SHARED = "shared", "une fois le partage décidé par l’équipe"
    STARTED = "started", "dès la première séance consignée"
    CLOSED = "closed", "une fois l’essai clos"
    VALIDATED = "validated", "une fois la validation donnée"
    DISTRIBUTED = "distributed", "dans la mesure de la diffusion décidée"
    PUBLISHED = "published", "une fois la publication faite"
    ACADEMIC = "academic", "pour un rôle d’académie"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The facts of one thing. Codes are those of addresses; people are account keys."""

    academies: Codes = frozenset()
    disciplines: Codes = frozenset()
    themes: Codes = frozenset()
    teams: Codes = frozenset()  # the teams whose thing it is
    group_teams: Codes = frozenset()  # every team of the national group it belongs to
    authors: People = frozenset()
    inspectors: People = frozenset()  # those the thing names
    persons: People = frozenset()  # those whom the thing is about: an account, a mandate
    reviewers: People = frozenset()
    asked: People = frozenset()  # those from whom an agreement is asked
    reviewed_by: People = frozenset()  # those who have given their own review on the same matter
    cleared: People = frozenset()  # those who may judge it: checked, and free of any conflict
    state: str = ""
    flags: frozenset[Flag] = frozenset()
    academy_names: tuple[str, ...] = field(default=(), compare=False)  # for sentences only


NOWHERE = Place()
