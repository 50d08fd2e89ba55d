"""From the data to the scores of single indicators: per, fill raw, outliers, direction, normalise, fill normalised."""

from dataclasses import dataclass

import numpy as np

from indicators.composite import outliers
from indicators.composite.fills import fill
from indicators.composite.normalise import FIXED, normalise
from indicators.composite.panel import Marks, Numbers, Panel
from indicators.composite.recipe import NORMALISED, POOLED, RAW, Node, Normalise, Per, Recipe
from indicators.composite.refusal import Refused


@dataclass(frozen=True)
class Treatment:
    """What was done to one set of an indicator; `moved` are cells (period, unit). Period None: all pooled."""

    code: str
    period: str | None
    what: str
    moved: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Leaves:
    """Stacks of leaves by periods by units, in the order of the tree. `raw` is what the data say (a ratio, where
    the recipe asks for one), `used` what was normalised; `filled` marks what stands where the data had a gap."""

    codes: tuple[str, ...]
    raw: Numbers
    used: Numbers
    scores: Numbers
    filled: Marks
    dropped: Marks  # leaves by periods
    treatments: tuple[Treatment, ...]
    notices: tuple[str, ...]

    @property
    def present(self) -> Marks:
        return ~np.isnan(self.raw)

    def at(self, code: str) -> int:
        return self.codes.index(code)


def leaves(recipe: Recipe, panel: Panel) -> Leaves:
    nodes = recipe.leaves
    raw = np.stack([_raw(node, panel) for node in nodes])
    used = _filled(raw, nodes, panel, RAW)
    treatments: list[Treatment] = []
    if recipe.outliers:
        used, treatments = _treated(used, nodes, recipe, panel)
    scores, dropped, notices = _scores(used, nodes, recipe, panel)
    complete = _filled(scores, nodes, panel, NORMALISED)
    complete[dropped] = np.nan
    filled = np.isnan(raw) & ~np.isnan(complete)
    codes = tuple(node.code for node in nodes)
    return Leaves(codes, raw, used, complete, filled, dropped, tuple(treatments), tuple(notices))


def _raw(node: Node, panel: Panel) -> Numbers:
    leaf = node.leaf
    if leaf is None:
        raise ValueError(f"{node.code} is no leaf")
    values = panel.of(leaf.indicator, f"{node.path}.indicator")
    return values if leaf.per is None else ratio(values, leaf.per, panel, f"{node.path}.per")


def ratio(values: Numbers, per: Per, panel: Panel, path: str) -> Numbers:
    """Missing where a part is missing or the denominator is 0; a negative denominator is refused."""
    below = panel.of(per.indicator, f"{path}.indicator")
    if (below < 0).any():
        cell = panel.cell(tuple(np.argwhere(below < 0)[0]))
        raise Refused(f"{cell}, {per.indicator} is below 0, and nothing can be told per less than nothing", path)
    if per.lag:
        earlier = panel.times[:, None] - per.lag == panel.times[None, :]
        below = np.where(earlier.any(axis=1)[:, None], below[earlier.argmax(axis=1)], np.nan)
    return np.where(below > 0, values / np.where(below > 0, below, 1.0) * per.scale, np.nan)


def _filled(values: Numbers, nodes: list[Node], panel: Panel, on: str) -> Numbers:
    found = values.copy()
    for at, node in enumerate(nodes):
        rule = node.leaf.fill if node.leaf else None
        if rule and rule.on == on:
            found[at] = fill(values[at], rule, panel, f"{node.path}.fill")
    return found


def _treated(values: Numbers, nodes: list[Node], recipe: Recipe, panel: Panel) -> tuple[Numbers, list[Treatment]]:
    """Each indicator, in each set that its limits are taken over."""
    found, notes = values.copy(), []
    sets = [slice(None)] if recipe.limits == POOLED else [slice(at, at + 1) for at in range(len(panel.periods))]
    for at, node in enumerate(nodes):
        for rows in sets:
            table = found[at, rows]
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


def _scores(used: Numbers, nodes: list[Node], recipe: Recipe, panel: Panel) -> tuple[Numbers, Marks, list[str]]:
    """Leaves with one rule are normalised as one stack: sixty indicators cost little more than one."""
    alike: dict[Normalise, list[int]] = {}
    for at, node in enumerate(nodes):
        if node.leaf:
            alike.setdefault(node.leaf.normalise, []).append(at)
    scores, dropped = np.empty_like(used), np.zeros(used.shape[:2], dtype=bool)
    notices: list[str] = []
    for at_all in alike.values():
        stack, out, said = normalise([nodes[at] for at in at_all], used[at_all], panel, recipe.limits)
        scores[at_all], dropped[at_all] = stack, out
        notices += said
    return scores, dropped, notices
