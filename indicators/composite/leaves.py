"""From the data to the scores of single indicators: per, fill raw, outliers, direction, normalise, fill normalised."""

from dataclasses import dataclass

import numpy as np

from indicators.composite import outliers
from indicators.composite.fills import fill
from indicators.composite.normalise import FIXED, normalise
from indicators.composite.panel import Marks, Numbers, Panel
from indicators.composite.recipe import NORMALISED, POOLED, RAW, Node, Normalise, Per, Recipe
from indicators.composite.refusal import Refused

Tables = list[Numbers]
STACK = 32_768  # figures normalised at once


@dataclass(frozen=True)
class Treatment:
    """What was done to one set of an indicator; `moved` are cells (period, unit). Period None: all pooled."""

    code: str
    period: str | None
    what: str
    moved: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Leaves:
    """For each leaf, in the order of the tree, a table of periods by units. `raw` is what the data say (a ratio,
    where the recipe asks for one), `used` what was normalised, `scores` what came of it, gaps filled."""

    codes: tuple[str, ...]
    raw: Tables
    used: Tables
    scores: Tables
    dropped: Marks  # leaves by periods
    treatments: tuple[Treatment, ...]
    notices: tuple[str, ...]

    def at(self, code: str) -> int:
        return self.codes.index(code)

    def present(self, code: str) -> Marks:
        return ~np.isnan(self.raw[self.at(code)])

    def filled(self, code: str) -> Marks:
        """What stands where the data have a gap."""
        return ~self.present(code) & ~np.isnan(self.scores[self.at(code)])


def leaves(recipe: Recipe, panel: Panel) -> Leaves:
    nodes = recipe.leaves
    notices: list[str] = []
    raw = [_raw(node, panel, notices) for node in nodes]
    used = _filled(raw, nodes, panel, RAW)
    treatments: list[Treatment] = []
    if recipe.outliers:
        used, treatments = _treated(used, nodes, recipe, panel)
    scores, dropped, said = _scores(used, nodes, recipe, panel)
    complete = _filled(scores, nodes, panel, NORMALISED)
    for leaf, period in np.argwhere(dropped):
        complete[leaf][period] = np.nan
    codes = tuple(node.code for node in nodes)
    return Leaves(codes, raw, used, complete, dropped, tuple(treatments), (*notices, *said))


def _raw(node: Node, panel: Panel, notices: list[str]) -> Numbers:
    leaf = node.leaf
    if leaf is None:
        raise ValueError(f"{node.code} is no leaf")
    values = panel.of(leaf.indicator, f"{node.path}.indicator")
    if leaf.per is None:
        return values
    found, zeros = ratio(values, leaf.per, panel, f"{node.path}.per")
    for at in np.argwhere(zeros & ~np.isnan(values)):
        cell = f"{panel.cell(tuple(at))}, {leaf.per.indicator}"
        notices.append(f"{node.path}.per: {cell} is 0; {node.code} is missing")
    return found


def ratio(values: Numbers, per: Per, panel: Panel, path: str) -> tuple[Numbers, Marks]:
    """Missing where a part is missing or the denominator is 0 (marked); a negative denominator is refused."""
    below = panel.of(per.indicator, f"{path}.indicator")
    if (below < 0).any():
        cell = panel.cell(tuple(np.argwhere(below < 0)[0]))
        raise Refused(f"{cell}, {per.indicator} is below 0, and nothing can be told per less than nothing", path)
    if per.lag:
        earlier = panel.times[:, None] - per.lag == panel.times[None, :]
        below = np.where(earlier.any(axis=1)[:, None], below[earlier.argmax(axis=1)], np.nan)
    return np.where(below > 0, values / np.where(below > 0, below, 1.0) * per.scale, np.nan), below == 0


def _filled(tables: Tables, nodes: list[Node], panel: Panel, on: str) -> Tables:
    rules = [node.leaf.fill if node.leaf else None for node in nodes]
    return [
        fill(table, rule, panel, f"{node.path}.fill") if rule and rule.on == on else table
        for table, node, rule in zip(tables, nodes, rules, strict=True)
    ]


def _treated(tables: Tables, nodes: list[Node], recipe: Recipe, panel: Panel) -> tuple[Tables, list[Treatment]]:
    """Each indicator, in each set that its limits are taken over."""
    found, notes = [table.copy() for table in tables], []
    sets = [slice(None)] if recipe.limits == POOLED else [slice(at, at + 1) for at in range(len(panel.periods))]
    for at, node in enumerate(nodes):
        for rows in sets:
            table = found[at][rows]
            cells = np.argwhere(~np.isnan(table))
            if not len(cells) or recipe.outliers is None:
                continue
            done = outliers.treat(table[tuple(cells.T)], recipe.outliers, node.path)
            if done.what in (outliers.LOGGED, outliers.STILL) and node.leaf and node.leaf.normalise.method in FIXED:
                limits = f"the limits of {node.leaf.normalise.method} are in the unit of the figure"
                raise Refused(f"outliers would turn {node.code} into logarithms, but {limits}", node.path)
            table[tuple(cells.T)] = done.values
            first = rows.start or 0
            moved = tuple((int(period) + first, int(unit)) for period, unit in cells[done.moved])
            notes.append(Treatment(node.code, None if rows.start is None else panel.periods[first], done.what, moved))
    return found, notes


def _scores(used: Tables, nodes: list[Node], recipe: Recipe, panel: Panel) -> tuple[Tables, Marks, list[str]]:
    """Leaves with one rule are normalised in stacks: sixty indicators cost little more than one, and no stack is so
    large that fetching its memory costs more than the arithmetic."""
    alike: dict[Normalise, list[int]] = {}
    for at, node in enumerate(nodes):
        if node.leaf:
            alike.setdefault(node.leaf.normalise, []).append(at)
    scores, dropped = list(used), np.zeros((len(used), len(panel.periods)), dtype=bool)
    notices: list[str] = []
    size = max(1, STACK // used[0].size)
    for together in alike.values():
        for begin in range(0, len(together), size):
            part = together[begin : begin + size]
            stack = np.stack([used[at] for at in part])
            tables, dropped[part], said = normalise([nodes[at] for at in part], stack, panel, recipe.limits)
            for at, table in zip(part, tables, strict=True):
                scores[at] = table
            notices += said
    return scores, dropped, notices
