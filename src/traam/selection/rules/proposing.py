"""From a computed choice to the decisions that it proposes, and what departs from it; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from traam.selection.optimiser.explain import Why
from traam.selection.optimiser.instance import Academy, Instance, Theme
from traam.selection.rules.kept import Computed
from traam.selection.rules.life import DecisionKind

RESERVES = 2  # per theme, unless asked otherwise


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a computed choice says of one case. `rank`: in the reserve, 1 first. `reason`: what the
    academy may read; "" where a person must write it."""

    kind: DecisionKind
    rank: int | None = None
    reason: str = ""


def proposals(computed: Computed, *, reserves: int = RESERVES) -> dict[str, Proposal]:
    """By code; the first `reserves` of each theme's reserve, then not retained."""
    retained = {str(code) for code in computed.choice.retained}
    ranks = {
        code: place
        for theme in computed.instance.themes
        for place, code in enumerate(computed.reserve(str(theme.id))[:reserves], 1)
    }
    found = {}
    for row in computed.instance.applications:
        code = str(row.id)
        if code in retained:
            found[code] = Proposal(DecisionKind.RETAINED)
        elif code in ranks:
            found[code] = Proposal(DecisionKind.RESERVE, ranks[code])
        else:
            found[code] = Proposal(DecisionKind.NOT_RETAINED, reason=reason_for(computed, code))
    return found


def proposes(computed: Computed | None, codes: Iterable[str]) -> bool:
    """Does it say something of one of these cases?"""
    if computed is None or not computed.is_possible:
        return False
    said = {str(row.id) for row in computed.instance.applications}
    return not said.isdisjoint(codes)


def reason_for(computed: Computed, code: str) -> str:
    """The reason that an academy may read, which names no other; "" where the rules give none."""
    out = computed.left_out().get(code)
    row = next((one for one in computed.instance.applications if str(one.id) == code), None)
    if out is None or row is None:
        return ""
    more = "les candidatures retenues réunissent ensemble davantage de points"
    match out.why:
        case Why.THEME_FULL:
            most = _theme(computed.instance, str(row.theme)).maximum
            places = f"{most} académie{'s' * ((most or 0) > 1)}"
            return f"Le thème retient au plus {places} ; selon les règles de l’appel, {more}."
        case Why.ACADEMY_FULL:
            most = _academy(computed.instance, str(row.academy)).maximum
            return (
                f"L’appel limite à {most} le nombre de thèmes par académie ; d’autres candidatures "
                "de votre académie sont retenues."
            )
        case Why.SCORE:
            return f"Selon les règles de l’appel, {more}."
        case _:
            return ""


def _theme(instance: Instance, code: str) -> Theme:
    return next(one for one in instance.themes if str(one.id) == code)


def _academy(instance: Instance, code: str) -> Academy:
    return next(one for one in instance.academies if str(one.id) == code)


def computed_kind(computed: Computed, code: str) -> DecisionKind | None:
    """What is computed of this case: retained, reserve where it may be called, else not retained;
    None when the computation did not know it, or found nothing possible."""
    if not computed.is_possible or code not in _codes(computed):
        return None
    if code in {str(one) for one in computed.choice.retained}:
        return DecisionKind.RETAINED
    theme = _codes(computed)[code]
    in_reserve = code in computed.reserve(theme)
    return DecisionKind.RESERVE if in_reserve else DecisionKind.NOT_RETAINED


def _codes(computed: Computed) -> Mapping[str, str]:
    return {str(row.id): str(row.theme) for row in computed.instance.applications}


def departs(computed: DecisionKind | None, decided: DecisionKind) -> bool:
    """Whether a decision departs from the computed choice: taken instead of left out, or the
    contrary. Whoever is left out may be put in reserve or not: the computation ranks, no more."""
    if computed is None:
        return False
    return (computed is DecisionKind.RETAINED) != (decided is DecisionKind.RETAINED)
