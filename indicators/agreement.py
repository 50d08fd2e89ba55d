"""How far two rankings order the same cities alike: Spearman's rank correlation, equal ranks averaged."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

FEWEST = 5  # With fewer common cities a correlation says nothing.


@dataclass(frozen=True, slots=True)
class Agreement:
    """`rho` runs from 1 (same order) to -1 (reverse order); None below five cities or where a list has no spread."""

    n: int
    rho: float | None


def spearman(pairs: Sequence[tuple[int, int]]) -> Agreement:
    """The agreement of two lists of ranks, given as pairs, one pair a common city.

    The ranks are counted anew among the common cities, so that lists of unequal length compare.
    """
    n = len(pairs)
    if n < FEWEST:
        return Agreement(n, None)
    left = doubled_ranks([one for one, _other in pairs])
    right = doubled_ranks([other for _one, other in pairs])
    mean = n + 1  # of doubled ranks
    covariance = sum((a - mean) * (b - mean) for a, b in zip(left, right, strict=True))
    spread = sum((a - mean) ** 2 for a in left) * sum((b - mean) ** 2 for b in right)
    return Agreement(n, covariance / sqrt(spread) if spread else None)


def doubled_ranks(values: Sequence[int]) -> list[int]:
    """Twice the average rank, a whole number: values 7, 9, 9 have the ranks 1, 2.5, 2.5 and give 2, 5, 5."""
    met = Counter(values)
    before, ranks = 0, {}
    for value in sorted(met):
        ranks[value] = 2 * before + met[value] + 1
        before += met[value]
    return [ranks[value] for value in values]
