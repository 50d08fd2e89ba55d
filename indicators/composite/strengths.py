"""On which indicators a unit stands best and worst, among all units or its peers."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from indicators.composite.index import Index
from indicators.composite.panel import Marks, Numbers
from indicators.composite.ranks import ranks


@dataclass(frozen=True)
class Standing:
    code: str
    rank: int
    of: int


def strengths(
    index: Index, unit: str, period: str, *, most: int = 5, among: Collection[str] | None = None
) -> tuple[list[Standing], list[Standing]]:
    """The best and the worst, by rank over the number of units that have the indicator; ties as in the tree.

    Left out: indicators the unit has no score on (a filled score says nothing of it), and those where it is last
    together with most units. No indicator is in both lists; with few, the better half are strengths.
    """
    names, at = index.panel.units, index.panel.periods.index(period)
    here = names.index(unit)
    inside = np.array([among is None or name in among or name == unit for name in names])
    found = []
    for leaf in index.recipe.leaves:
        filled = index.leaves.filled(leaf.code)[at]
        scores = np.where(inside & ~filled, index.scores[leaf.code][at], np.nan)
        given, count = ranks(scores, best=index.recipe.rank.best), int((~np.isnan(scores)).sum())
        if (
            leaf.code in index.under[index.root]
            and not np.isnan(given[here])
            and count > 1
            and not _last_with_most(given, here)
        ):
            found.append(Standing(leaf.code, int(given[here]), count))
    found.sort(key=lambda standing: (standing.rank - 1) / (standing.of - 1))
    best = found[: min(most, (len(found) + 1) // 2)]
    return best, found[len(best) :][::-1][:most]


def _last_with_most(given: Numbers, here: int) -> bool:
    tied: Marks = given == given[here]
    return bool(given[here] == np.nanmax(given) and tied.sum() * 2 > (~np.isnan(given)).sum())
