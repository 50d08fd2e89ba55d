"""What makes the difference between two units: parts that add up to the gap exactly, gaps in the data included.

A mean is a sum on its own scale: arithmetic of the scores, geometric of their logarithms (the parts then add up to
the logarithm of the ratio), power of their powers. A part is followed down the tree as long as the scale stays the
same; where it changes, or a score is rounded, the part is that node as a whole.
"""

from dataclasses import dataclass

import numpy as np

from indicators.composite.aggregate import exponent, linear
from indicators.composite.index import Index
from indicators.composite.panel import Numbers
from indicators.composite.recipe import COPELAND, Node
from indicators.composite.refusal import Refused

GROUP_MEAN = "group mean"


@dataclass(frozen=True)
class Gap:
    """`power` 1: points of the score; 0: logarithm of the ratio. `total` is the sum of `parts`, largest first."""

    parts: dict[str, float]
    total: float
    power: float


def gap(index: Index, first: str, second: str | None, period: str, node: str = "") -> Gap:
    """How far `first` is ahead of `second`, or of the mean of all units with a score."""
    panel, top = index.panel, index.recipe.nodes.get(node or index.root)
    if top is None:
        raise Refused(f"no node is called “{node}”")
    if period not in panel.periods:
        raise Refused(f"the data have no period “{period}”")
    at = panel.periods.index(period)
    terms = parts(index, top, at)
    scored = ~np.isnan(index.exact[top.code][at])
    for name in (first, second):
        if name is not None and (name not in panel.units or not scored[panel.units.index(name)]):
            raise Refused(f"{name} has no score in {period}", top.path)
    one = panel.units.index(first)
    apart = {
        code: float(term[one] - (term[scored].mean() if second is None else term[panel.units.index(second)]))
        for code, term in terms.items()
    }
    ordered = dict(sorted(apart.items(), key=lambda item: -abs(item[1])))
    return Gap(ordered, sum(ordered.values()), exponent(top))


def parts(index: Index, node: Node, period: int) -> dict[str, Numbers]:
    """For each part its term in the sum that the score of every unit is, 0 where the part is missing."""
    if not node.children or node.aggregate == COPELAND:
        raise Refused("is no weighted mean: it has no contributions", node.path)
    p = exponent(node)
    if node.blend and p != 1:
        raise Refused("mixes a mean that is no sum of scores with its group: it has no contributions", node.path)
    children = node.weighed
    table = np.stack([index.scores[child.code][period] for child in children])
    there = ~np.isnan(table)
    weights = np.array([[child.weight] for child in children]) * there
    total = weights.sum(axis=0)
    shares = weights / np.where(total > 0, total, 1.0)
    own = 1 - (node.blend or 0.0)
    found: dict[str, Numbers] = {}
    for child, share, scores, known in zip(children, shares, table, there, strict=True):
        same = child.children and child.aggregate != COPELAND and exponent(child) == p
        if same and child.round is None and not (child.blend and p != 1):
            for code, term in parts(index, child, period).items():
                name = f"{child.code}: {code}" if code == GROUP_MEAN else code
                found[name] = np.where(known, term, 0.0) * share * own
        else:
            found[child.code] = linear(np.where(known, scores, 1.0), p) * share * own
    if node.blend:
        found[GROUP_MEAN] = np.nan_to_num(index.exact[node.code][period] - sum(found.values()))
    return found
