"""Rounding as publications do it: in decimals, where 0.8305 is a half though no binary number is.

A score stands within a few units of its last binary place of the decimal it means; whatever lies that close to a
half is taken for one, then goes up (away from zero) or to the even neighbour.
"""

import numpy as np

from indicators.composite.panel import Numbers

NEAR = 1e-14  # of the score, or of 1 where that is more: scores are differences of figures of that size


def rounded(scores: Numbers, digits: int | None, rule: str = "half_up") -> Numbers:
    """At `digits` decimals; unchanged for None."""
    if digits is None:
        return scores
    by = 10.0**digits
    size = np.abs(scores)
    scaled = size * by
    near = NEAR * np.maximum(size, 1.0) * by
    below = np.floor(scaled + near)  # what is a whole number but for the noise is one
    part = scaled - below
    up = part >= 0.5 - near
    if rule == "half_even":
        tie = np.abs(part - 0.5) <= near
        up = np.where(tie, below % 2 == 1, up)
    # Where digits are finer than a binary number tells apart there is nothing to round.
    found = np.where(near >= 0.25, size, (below + up) / by)
    return np.copysign(found, scores) + 0.0
