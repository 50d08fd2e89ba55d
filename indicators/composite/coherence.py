"""What the weights say and what the data do: effective weights beside correlations with the whole."""

from dataclasses import dataclass

import numpy as np

from indicators.composite.index import Index
from indicators.composite.panel import Numbers
from indicators.composite.ranks import ranks
from indicators.composite.recipe import Recipe

FEWEST = 3  # with two points every correlation is 1


@dataclass(frozen=True)
class Coherence:
    """`correlation` (Pearson) is None where it is not defined: fewer than three units with both, or no spread."""

    code: str
    effective_weight: float
    correlation: float | None
    units: int


def effective_weights(recipe: Recipe) -> dict[str, float]:
    """Of every node its share of the whole: the product of the shares up the tree. Those of the leaves sum to 1."""
    found = {recipe.tree.code: 1.0}
    for node in reversed(list(recipe.tree.walk())):
        for child in node.children:
            found[child.code] = found[node.code] * node.shares().get(child.code, 0.0)
    return found


def coherence(index: Index, period: str, *, against: str = "") -> list[Coherence]:
    """Every node but the whole, in the order of the tree."""
    at, weights = index.panel.periods.index(period), effective_weights(index.recipe)
    whole = index.exact[against or index.root][at]
    rows = []
    for node in index.recipe.tree.walk():
        if node is not index.recipe.tree:
            value, units = correlation(index.exact[node.code][at], whole)
            rows.append(Coherence(node.code, weights[node.code], value, units))
    return rows


def correlation(one: Numbers, other: Numbers) -> tuple[float | None, int]:
    """Pearson's, over the units that have both, and how many they are."""
    both = ~np.isnan(one) & ~np.isnan(other)
    count = int(both.sum())
    if count < FEWEST or not (_spreads(one[both]) and _spreads(other[both])):
        return None, count
    a, b = (values[both] - values[both].mean() for values in (one, other))
    a, b = a / np.abs(a).max(), b / np.abs(b).max()
    return float(np.clip((a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum()), -1, 1)), count


def rank_correlation(one: Numbers, other: Numbers) -> tuple[float | None, int]:
    """Spearman's: Pearson's of the ranks, ties at the mean of their places, among the units that have both."""
    both = ~np.isnan(one) & ~np.isnan(other)
    placed = (ranks(np.where(both, values, np.nan), ties="fractional") for values in (one, other))
    return correlation(*placed)


def correlations(index: Index, period: str, codes: list[str]) -> list[list[float | None]]:
    """Of every node with every other."""
    at = index.panel.periods.index(period)
    return [[correlation(index.exact[a][at], index.exact[b][at])[0] for b in codes] for a in codes]


def _spreads(values: Numbers) -> bool:
    return bool(np.ptp(values) > 1e-12 * np.abs(values).max())
