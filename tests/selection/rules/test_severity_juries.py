"""Severity on 200 simulated juries of each design: never worse than the mean, better where due.

The figures are those of `docs/mesures.md`; `./traam bench severity` gives them again.
"""

import pytest

from bench import _juries
from traam.selection.rules.severity import Effect, correct


@pytest.fixture(scope="module")
def gains() -> dict[str, _juries.Gain]:
    return {name: _juries.gain(design) for name, design in _juries.DESIGNS.items()}


@pytest.mark.parametrize("design", _juries.DESIGNS)
def test_corrected_ranking_is_never_much_worse(design: str, gains: dict[str, _juries.Gain]) -> None:
    assert gains[design].mean >= -0.02, gains[design]
    assert gains[design].worst >= -0.05, gains[design]


@pytest.mark.parametrize("design", ["sparse", "disjoint_sparse", "thin"])
def test_corrected_ranking_is_better_where_files_are_shared_by_chance(
    design: str, gains: dict[str, _juries.Gain]
) -> None:
    assert gains[design].low > 0, gains[design]


@pytest.mark.parametrize("design", ["complete", "disjoint"])
def test_ranking_is_the_same_where_each_jury_reads_all(
    design: str, gains: dict[str, _juries.Gain]
) -> None:
    assert (gains[design].mean, gains[design].worst) == (0, 0)


def test_corrected_ranking_is_hardly_worse_when_nobody_is_severe() -> None:
    assert _juries.gain(_juries.sparse, severity=0.0).low > -0.005


def test_deviations_are_found_again() -> None:
    found = [correct(_juries.simulate(_juries.sparse, seed).scores) for seed in range(50)]
    severities = [one.severity_deviation or 0 for one in found]
    noises = [one.noise_deviation or 0 for one in found]

    assert sum(severities) / 50 == pytest.approx(_juries.SEVERITY, abs=0.1)
    assert sum(noises) / 50 == pytest.approx(_juries.NOISE, abs=0.1)


def test_disjoint_juries_are_fourteen_parts() -> None:
    parts = correct(_juries.simulate(_juries.disjoint, 0).scores).parts

    assert [part.effect for part in parts] == [Effect.COMPLETE] * 14


def test_kendall_counts_pairs_and_ties() -> None:
    values = {1: 1.0, 2: 2.0, 3: 3.0}

    assert _juries.kendall(values, values) == 1
    assert _juries.kendall(values, {1: 3.0, 2: 2.0, 3: 1.0}) == -1
    assert _juries.kendall(values, {1: 1.0, 2: 1.0, 3: 2.0}) == pytest.approx(2 / 6**0.5)
