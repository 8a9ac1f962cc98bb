"""From the facts of a campaign to the instance that the choice is computed from; pure.

What is ours to decide, where the sources are silent:
- a case counts for its own academy alone; an associated academy keeps all its themes, but is not
  twice in one theme: a joint application and its own one on the same theme exclude each other;
- a two-year team already in stays, reviewed or not; any other is eligible once one review is given;
- an application that its academy did not rank comes after those that it could have ranked;
- levels and kinds of school are those of the team's schools, as the typed core asks them;
- a score corrected for severity may leave the scale by a little: it is brought back to its bounds.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from traam.campaigns.rules.call import CallRules
from traam.selection.optimiser.instance import (
    SCALE,
    Academy,
    Application,
    Instance,
    LockKind,
    Theme,
    Weights,
)

# The typed core's kinds of school → the words of the instance: level, kind of school.
SCHOOLS: Mapping[str, tuple[str, str]] = {
    "primary": ("école", "école"),
    "middle": ("collège", "collège"),
    "high": ("lycée", "LGT"),
    "vocational": ("lycée", "LP"),
    "higher": ("supérieur", "supérieur"),
    "other": ("", "autre"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeFacts:
    """A theme; None: the campaign's own number."""

    code: str
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcademyFacts:
    """An academy, or what takes its place overseas; `region` "" where it has none."""

    code: str
    region: str = ""
    overseas: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """A deposited application. `reviews`: the totals of its reviews, corrected for severity."""

    code: str
    theme: str
    academy: str
    associated: tuple[str, ...] = ()
    reviews: tuple[float, ...] = ()
    rank: int | None = None
    lock: LockKind | None = None
    is_continuing: bool = False
    is_newcomer: bool = False
    schools: tuple[str, ...] = ()  # keys of `SCHOOLS`


def build(
    *,
    themes: Iterable[ThemeFacts],
    academies: Iterable[AcademyFacts],
    cases: Sequence[CaseFacts],
    rules: CallRules,
    pairs: Iterable[Collection[str]] = (),
) -> Instance:
    """The instance, its rows by code. `pairs`: the codes of applications declared incompatible;
    those of which one is not studied any more forbid nothing."""
    codes = {one.code for one in cases}
    declared = {(min(pair), max(pair)) for pair in pairs if codes.issuperset(pair)}
    counts = Counter(one.academy for one in cases)
    used = {one.academy for one in cases}
    return Instance(
        themes=tuple(_theme(one, rules) for one in themes),
        academies=tuple(_academy(one, rules) for one in academies if one.code in used),
        applications=tuple(_application(one, last=counts[one.academy]) for one in cases),
        weights=Weights(**asdict(rules.weights)),
        incompatible=tuple(sorted({*_twice_in_a_theme(cases), *declared})),
    ).ordered()


def _theme(one: ThemeFacts, rules: CallRules) -> Theme:
    return Theme(
        id=one.code,
        minimum=rules.academies_min if one.minimum is None else one.minimum,
        maximum=rules.academies_max if one.maximum is None else one.maximum,
    )


def _academy(one: AcademyFacts, rules: CallRules) -> Academy:
    return Academy(
        id=one.code,
        maximum=rules.themes_per_academy_max,
        region=one.region or None,
        overseas=one.overseas,
    )


def _application(one: CaseFacts, *, last: int) -> Application:
    words = [SCHOOLS[key] for key in sorted(set(one.schools)) if key in SCHOOLS]
    reviews = tuple(_bounded(value) for value in one.reviews)
    return Application(
        id=one.code,
        theme=one.theme,
        academy=one.academy,
        score=_bounded(sum(one.reviews) / len(one.reviews)) if one.reviews else 0.0,
        rank=one.rank or last,
        eligible=bool(one.reviews) or one.is_continuing,
        lock=one.lock,
        continuing=one.is_continuing,
        newcomer=one.is_newcomer,
        levels=tuple(dict.fromkeys(level for level, _ in words if level)),
        school_types=tuple(dict.fromkeys(kind for _, kind in words)),
        reviews=reviews,
    )


def _bounded(value: float) -> float:
    """Within the scale, to the millionth of a point: what is kept is what is computed from."""
    return round(min(SCALE, max(0.0, value)), 6)


def _twice_in_a_theme(cases: Sequence[CaseFacts]) -> set[tuple[str, str]]:
    own = {(one.theme, one.academy): one.code for one in cases}
    return {
        (
            min(one.code, own[one.theme, academy]),
            max(one.code, own[one.theme, academy]),
        )
        for one in cases
        for academy in one.associated
        if (one.theme, academy) in own and own[one.theme, academy] != one.code
    }
