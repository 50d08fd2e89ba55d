"""Walking up the tree: from the scores of leaves to those of every node, for all periods, or all draws, at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from indicators.composite.aggregate import Stack, aggregate
from indicators.composite.fills import group_centre
from indicators.composite.panel import Codes, Marks, Numbers, Panel
from indicators.composite.recipe import Node, Recipe, depends_on, in_order
from indicators.composite.refusal import Refused
from indicators.composite.rounding import rounded

Weights = Callable[[Node], Numbers]


@dataclass
class Walk:
    """Rows are periods or draws. `out` marks rows in which a leaf does not count, `barred` units that get no score
    of the whole (too few of their indicators are there). After `run`: `exact` scores, and `scores` as rounded."""

    recipe: Recipe
    panel: Panel
    leaves: Mapping[str, Numbers]
    weights: Weights
    rows: int
    out: Mapping[str, Marks]
    barred: Marks
    group_of: Codes
    period: int | None = None  # of all rows, where rows are draws
    exact: dict[str, Numbers] = field(default_factory=dict)
    scores: dict[str, Numbers] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    idle: dict[str, Marks] = field(default_factory=dict)  # rows in which a node has nothing that counts

    def run(self, order: list[Node] | None = None) -> "Walk":
        for node in order or in_order(self.recipe):
            if node.leaf:
                found, self.idle[node.code] = self.leaves[node.code], self.out[node.code]
            else:
                found = self.transform(node) if node.transform else self.mean(node)
            if node is self.recipe.tree and self.barred.any():
                found = np.where(self.barred, np.nan, found)
            if node.blend:
                found = self.blend(node, found, node.blend)
            self.exact[node.code] = found
            self.scores[node.code] = rounded(found, node.round, self.recipe.rounding)
        return self

    def mean(self, node: Node) -> Numbers:
        children = node.weighed
        idle = np.stack([self.idle[child.code] for child in children])
        self.idle[node.code] = np.logical_and.reduce(idle)
        weights = np.broadcast_to(self.weights(node), idle.shape)
        if idle.any():
            weights = np.where(idle, 0.0, weights)
        tables = [self.scores[child.code] for child in children]
        rows = max(len(table) for table in tables)
        units = tables[0].shape[1]
        stack = np.stack([t if len(t) == rows else np.broadcast_to(t, (rows, units)) for t in tables])

        def name(child: int, row: int, unit: int) -> str:
            cell = self.panel.cell((row if self.period is None else self.period, unit))
            return f"{cell}, {node.code if child < 0 else children[child].code}"

        return aggregate(Stack(node, stack, weights, name))

    def transform(self, node: Node) -> Numbers:
        rule = node.transform
        if rule is None:
            raise ValueError(f"{node.code} is no transform")
        first, *others = (self.scores[code] for code in rule.of)
        self.idle[node.code] = np.zeros(self.rows, dtype=bool)
        for other in others:
            if rule.method == "ratio":
                self.note_zero(node, rule.of[1], other, first)
                first = first / np.where(other == 0, np.nan, other)
            else:
                first = first - other if rule.method == "difference" else first * other
        found = first * rule.scale + rule.offset
        for row, unit in np.argwhere(np.isinf(found)):
            cell = self.panel.cell((int(row) if self.period is None else self.period, int(unit)))
            raise Refused(f"{cell}, {node.code} becomes larger than a number can be", f"{node.path}.transform")
        return found

    def note_zero(self, node: Node, code: str, below: Numbers, above: Numbers) -> None:
        for row, unit in np.argwhere((below == 0) & ~np.isnan(above)) if self.period is None else ():
            cell = f"{self.panel.cell((int(row), int(unit)))}, {code}"
            self.notices.append(f"{node.path}.transform: {cell} is 0; {node.code} is missing")

    def blend(self, node: Node, own: Numbers, share: float) -> Numbers:
        group_of = np.broadcast_to(self.group_of, own.shape)
        if self.period is None or not self.panel.groups:
            self.panel.need_groups(~np.isnan(own), f"{node.path}.blend")
        return (1 - share) * own + share * group_centre(own, group_of, len(self.panel.groups))


def needed(recipe: Recipe, codes: list[str]) -> list[Node]:
    """What must be worked out for these nodes, in order."""
    wanted, nodes = set(codes), recipe.nodes
    open_ = list(codes)
    while open_:
        for code in depends_on(nodes[open_.pop()]):
            if code not in wanted:
                wanted.add(code)
                open_.append(code)
    return [node for node in in_order(recipe) if node.code in wanted]
