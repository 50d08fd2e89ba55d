"""The index: a recipe run over data, with everything a page needs to show how a score came about."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from indicators.composite.leaves import Leaves, leaves
from indicators.composite.panel import Marks, Numbers, Panel
from indicators.composite.ranks import ranks
from indicators.composite.recipe import Node, Recipe, leaves_under
from indicators.composite.tree import Walk


@dataclass(frozen=True)
class Index:
    """Tables of periods by units for every node. `scores` are rounded where the recipe rounds, `exact` never."""

    recipe: Recipe
    panel: Panel
    leaves: Leaves
    scores: dict[str, Numbers]
    exact: dict[str, Numbers]
    notices: tuple[str, ...]  # what dropped out, was set or is missing for a reason other than the data

    @property
    def root(self) -> str:
        return self.recipe.tree.code

    @cached_property
    def under(self) -> dict[str, frozenset[str]]:
        return leaves_under(self.recipe)

    def coverage(self, code: str) -> Numbers:
        """Share of the node's leaves with a figure in the data, before filling."""
        return coverage(self.leaves, self.under[code])

    def filled(self, code: str) -> Numbers:
        """Share of the node's leaves that were filled."""
        return np.asarray(np.mean([self.leaves.filled(leaf) for leaf in self.under[code]], axis=0))

    def ranks(self, code: str) -> Numbers:
        rule = self.recipe.rank
        table = (self.scores if rule.on == "rounded" else self.exact)[code]
        return ranks(table, ties=rule.ties, best=rule.best)


def coverage(of: Leaves, codes: frozenset[str]) -> Numbers:
    return np.asarray(np.mean([of.present(code) for code in codes], axis=0))


def barred(recipe: Recipe, of: Leaves) -> Marks:
    """Units with figures for too small a share of the leaves get no score of the whole."""
    if not recipe.min_unit_coverage:
        return np.zeros((1, 1), dtype=bool)
    share = coverage(of, leaves_under(recipe)[recipe.tree.code])
    return share < recipe.min_unit_coverage - 1e-12


def weights(node: Node) -> Numbers:
    return np.array([[child.weight] for child in node.weighed])


def compute(recipe: Recipe, panel: Panel) -> Index:
    """Refused where a step is not defined, with the cell or the place in the recipe."""
    with np.errstate(all="ignore"):  # every result is looked at; what is no number is refused or known as missing
        found = leaves(recipe, panel)
        walk = Walk(
            recipe=recipe,
            panel=panel,
            leaves=dict(zip(found.codes, found.scores, strict=True)),
            weights=weights,
            rows=len(panel.periods),
            out=dict(zip(found.codes, found.dropped, strict=True)),
            barred=barred(recipe, found),
            group_of=panel.group_of,
        ).run()
    notices = (*recipe.notices, *found.notices, *walk.notices)
    return Index(recipe, panel, found, walk.scores, walk.exact, notices)
