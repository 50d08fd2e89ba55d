"""A scenario is a second recipe over the same data: who moves, and how much in all."""

from dataclasses import dataclass

import numpy as np

from indicators.composite.coherence import rank_correlation
from indicators.composite.index import Index
from indicators.composite.ranks import ranks
from indicators.composite.refusal import Refused


@dataclass(frozen=True)
class Shift:
    """`gained` places; below zero lost."""

    unit: str
    before: int
    now: int

    @property
    def gained(self) -> int:
        return self.before - self.now


@dataclass(frozen=True)
class Comparison:
    """Among the units scored by both, best first under the base; `only` are those that one of them does not score."""

    shifts: list[Shift]
    only: list[str]
    spearman: float | None
    mean_absolute_shift: float | None


def compare(base: Index, scenario: Index, period: str) -> Comparison:
    """Competition ranks of the whole, worked out anew among the units that have a score in both."""
    if base.panel.units != scenario.panel.units or period not in base.panel.periods:
        raise Refused("a scenario is compared over the same data, in one of their periods")
    tables = []
    for index in (base, scenario):
        scores = index.scores if index.recipe.rank.on == "rounded" else index.exact
        tables.append(scores[index.root][index.panel.periods.index(period)])
    both = ~np.isnan(tables[0]) & ~np.isnan(tables[1])
    one = ~np.isnan(tables[0]) ^ ~np.isnan(tables[1])
    before, now = (
        ranks(np.where(both, table, np.nan), best=index.recipe.rank.best)
        for table, index in zip(tables, (base, scenario), strict=True)
    )
    shifts = [Shift(base.panel.units[at], int(before[at]), int(now[at])) for at in np.flatnonzero(both)]
    shifts.sort(key=lambda shift: shift.before)
    signs = (1.0 if index.recipe.rank.best == "high" else -1.0 for index in (base, scenario))
    spearman, _units = rank_correlation(*(table * sign for table, sign in zip(tables, signs, strict=True)))
    moved = sum(abs(shift.gained) for shift in shifts) / len(shifts) if shifts else None
    return Comparison(shifts, [base.panel.units[at] for at in np.flatnonzero(one)], spearman, moved)
