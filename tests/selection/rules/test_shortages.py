"""What is said where reviews are missing, how many and why; where numbers have no sense."""

import pytest

from traam.kit.refusals import Refusal
from traam.selection.rules.assignment import Reader, Shortage, ShortageKind, ToRead, assign


def shortage(kind: ShortageKind, given_: int, sentence: str) -> tuple[Shortage, ...]:
    return (Shortage(application=5, given=given_, kind=kind, sentence=sentence),)


LINKED = "(les autres ont un lien avec elle, ou la lisent déjà)."
NONE_FREE = (
    "la lire, mais les charges maximales sont atteintes, y compris chez tous ceux qui pourraient "
    "prendre le relais."
)


def test_shortage_says_when_nobody_is_proposed() -> None:
    found = assign([], [ToRead(5)], reviews=3)

    assert found.shortages == shortage(
        ShortageKind.BARRED, 0, "0 avis sur 3 : aucun évaluateur n’est proposé."
    )


@pytest.mark.parametrize(
    ("barred", "can"), [(4, "aucun ne peut"), (3, "1 seul peut"), (2, "2 peuvent")]
)
def test_shortage_says_when_too_few_may_read(barred: int, can: str) -> None:
    found = assign(
        [Reader(key, 9) for key in range(4)],
        [ToRead(5)],
        reviews=3,
        barred=[(key, 5) for key in range(barred)],
    )

    assert found.shortages == shortage(
        ShortageKind.BARRED,
        4 - barred,
        f"{4 - barred} avis sur 3 : sur 4 évaluateurs, {can} encore lire cette candidature "
        f"{LINKED}",
    )


def test_shortage_says_when_loads_are_reached() -> None:
    found = assign([Reader(1, 1), Reader(2, 0)], [ToRead(5)], reviews=2, kept=[(1, 9)], barred=[])

    assert found.shortages == shortage(
        ShortageKind.FULL, 0, f"0 avis sur 2 : 2 évaluateurs peuvent {NONE_FREE}"
    )


def test_shortage_of_one_possible_reviewer_is_singular() -> None:
    found = assign([Reader(1, 0)], [ToRead(5)], reviews=1)

    assert found.shortages == shortage(
        ShortageKind.FULL, 0, f"0 avis sur 1 : 1 évaluateur peut {NONE_FREE}"
    )


@pytest.mark.parametrize(
    ("reviews", "mismatch", "extra", "maximum", "faults"),
    [
        (0, 0, 0, 0, ["Le nombre d’avis par candidature (reçu : 0) doit être au moins 1."]),
        (1, -1, 0, 0, ["Le coût d’une discipline ou d’un choix doit être 0 ou plus."]),
        (1, 0, -1, 0, ["Le coût d’une discipline ou d’un choix doit être 0 ou plus."]),
        (
            1,
            0,
            0,
            -1,
            ["La charge maximale d’un évaluateur (reçu : -1) doit être 0 ou plus."],
        ),
    ],
)
def test_numbers_without_a_sense_are_refused(
    reviews: int, mismatch: int, extra: int, maximum: int, faults: list[str]
) -> None:
    with pytest.raises(Refusal) as refused:
        assign(
            [Reader(1, 5), Reader(2, maximum)],
            [ToRead(1)],
            reviews=reviews,
            mismatch=mismatch,
            extra={(1, 1): extra},
        )

    assert refused.value.reasons == faults
