"""Severity: what its correction gains on simulated juries, beside the raw mean as the floor.

Goal of each design: Kendall's τ with the true quality never less than the raw mean's by more than
0.02 on average, and more in the sparse design, the whole 95 % interval above 0.
"""

import time

from bench import _juries


def run(*, large: bool) -> dict[str, float]:
    """For each design: both τ, the gain with its interval, the worst of the seeds, CPU of all."""
    figures: dict[str, float] = {}
    for name, design in _juries.DESIGNS.items():
        start = time.process_time()
        gain = _juries.gain(design, seeds=_juries.SEEDS * (5 if large else 1))
        seconds = time.process_time() - start
        figures |= {
            f"{name}, τ of the raw mean": round(gain.raw, 4),
            f"{name}, τ corrected": round(gain.corrected, 4),
            f"{name}, gain": round(gain.mean, 4),
            f"{name}, gain, 95 %, low": round(gain.low, 4),
            f"{name}, gain, 95 %, high": round(gain.high, 4),
            f"{name}, gain, worst seed": round(gain.worst, 4),
            f"{name}, seconds": round(seconds, 2),
        }
    same = _juries.gain(_juries.sparse, severity=0.0)
    return {**figures, "sparse, nobody severe, gain": round(same.mean, 4)}
