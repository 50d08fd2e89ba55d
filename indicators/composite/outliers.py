"""Outliers: moved to the next value, a few points at most; where that is not enough, the logarithm of all values."""

import math
from dataclasses import dataclass

import numpy as np

from indicators.composite.panel import Marks, Numbers
from indicators.composite.recipe import Outliers
from indicators.composite.refusal import Refused

UNTOUCHED, NOT_TESTED, WINSORISED, LOGGED, STILL = "untouched", "not tested", "winsorised", "logarithm", "still skewed"


@dataclass(frozen=True)
class Treated:
    """`moved` marks the points that were winsorised; a logarithm changes all values and moves none."""

    values: Numbers
    what: str
    moved: Marks


def skewness(values: Numbers) -> float | None:
    """G1; None where it is not defined: fewer than three values, or no spread."""
    n, d = len(values), values - values.mean() if len(values) else values
    spread = float((d**2).sum())
    if n < 3 or not _spreads(values):
        return None
    return math.sqrt(n * (n - 1)) / (n - 2) * math.sqrt(n) * float((d**3).sum()) / math.pow(spread, 1.5)


def kurtosis(values: Numbers) -> float | None:
    """G2, the excess; None with fewer than four values, or no spread."""
    n, d = len(values), values - values.mean() if len(values) else values
    if n < 4 or not _spreads(values):
        return None
    r = n * float((d**4).sum()) / float((d**2).sum()) ** 2
    return ((n + 1) * (r - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))


def _spreads(values: Numbers) -> bool:
    """Whether the values differ by more than the noise of adding them up, in numbers their powers can hold."""
    spread = float(np.ptp(values))
    return spread > 1e-12 * float(np.abs(values).max()) and 1e-70 < spread < 1e70


def treat(values: Numbers, rule: Outliers, where: str) -> Treated:
    """One set of present values (no NaN)."""

    def fails(now: Numbers) -> bool:
        skew, kurt = skewness(now), kurtosis(now)
        return skew is not None and kurt is not None and abs(skew) >= rule.skewness and kurt >= rule.kurtosis

    nothing = np.zeros(values.shape, dtype=bool)
    if kurtosis(values) is None:
        return Treated(values, NOT_TESTED, nothing)
    if not fails(values):
        return Treated(values, UNTOUCHED, nothing)
    now = values.copy()
    while fails(now) and (now != values).sum() < rule.max_points:
        high = (skewness(now) or 0) >= 0
        edge = now == (now.max() if high else now.min())
        now[edge] = now[~edge].max() if high else now[~edge].min()
    if kurtosis(now) is None:  # nearly all values are the same
        return Treated(values, NOT_TESTED, nothing)
    if not fails(now):
        return Treated(now, WINSORISED, now != values)
    logged = logarithm(values, rule.log, where)
    return Treated(logged, STILL if fails(logged) else LOGGED, nothing)


def logarithm(values: Numbers, kind: str, where: str) -> Numbers:
    low, high = values.min(), values.max()
    if kind == "gii":
        if high <= 0:
            raise Refused(f"the logarithm of the GII type needs a largest value above 0, here {high:g}", where)
        found: Numbers = np.log((high - 1) * (values - low) / (high - low) + 1)
        return found
    return np.asarray(np.log(values - low + 0.01 * (high - low)))
