"""Normalising: from figures in their units to scores, larger is better. Formulas and names as in the OECD/JRC handbook.

All functions take a stack of tables, indicators by periods by units. Relative methods look at a set of values: each
period of an indicator, or all its periods pooled. Goalposts, targets and base years look at nobody else.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NoReturn

import numpy as np

from indicators.composite.panel import Marks, Numbers, Panel
from indicators.composite.ranks import HAIR, ranks
from indicators.composite.recipe import LOWER, POOLED, Node, Normalise
from indicators.composite.refusal import Refused

SPREADING = frozenset(
    {"minmax", "zscore", "distance_to_leader", "distance_to_reference"}
)  # undefined where all values are equal
NEEDS_TWO = SPREADING | {"percentile"}
FIXED = frozenset({"goalposts", "log_goalposts", "distance_to_target", "base_year"})  # limits in the figure's unit


@dataclass(frozen=True)
class Sets:
    """A stack of leaves that are normalised alike, and the axes of the sets they are compared in."""

    nodes: list[Node]
    x: Numbers  # as it stands
    s: Numbers  # +1 or -1 for each leaf
    panel: Panel
    pooled: bool

    @property
    def rule(self) -> Normalise:
        leaf = self.nodes[0].leaf
        if leaf is None:
            raise ValueError("only leaves are normalised")
        return leaf.normalise

    @property
    def axes(self) -> tuple[int, ...]:
        return (1, 2) if self.pooled else (2,)

    @cached_property
    def u(self) -> Numbers:
        return self.x * self.s

    def refuse(self, at: tuple[int, ...], sentence: str) -> NoReturn:
        """Name the cell `at` of the stack, with its value."""
        leaf, period, unit = (int(one) for one in at)
        where = f"{self.panel.cell((period, unit))}, {self.nodes[leaf].code} is {self.x[leaf, period, unit]:.12g}"
        raise Refused(f"{where}: {sentence}", f"{self.nodes[leaf].path}.normalise")

    def refuse_where(self, wrong: Marks, sentence: str) -> None:
        if wrong.any():
            self.refuse(tuple(np.argwhere(wrong)[0]), sentence)


def normalise(nodes: list[Node], x: Numbers, panel: Panel, limits: str) -> tuple[Numbers, Marks, list[str]]:
    """Scores; which leaf drops out of which period (leaves by periods); notices. `nodes` share one rule."""
    s = np.array([-1.0 if node.leaf and node.leaf.direction == LOWER else 1.0 for node in nodes])[:, None, None]
    sets = Sets(nodes, x, s, panel, limits == POOLED)
    rule = sets.rule
    if rule.floor is not None:
        sets = Sets(nodes, np.maximum(x, rule.floor), s, panel, sets.pooled)
    scores = METHODS[rule.method](sets)
    scores, dropped, notices = _undefined(sets, scores)
    if rule.shift:
        scores = scores + rule.shift
    lost = ~np.isnan(sets.x) & ~np.isfinite(scores) & ~dropped[:, :, None]
    if rule.method == "base_year":
        without = np.isnan(sets.x[:, _base_at(sets)][:, None]) & lost
        for leaf, unit in np.argwhere(without.any(axis=1)):
            why = f"{panel.units[unit]} has no figure in {rule.text('period')}"
            notices.append(f"{nodes[leaf].path}: {why}; its {nodes[leaf].code} is missing")
        lost &= ~without
    sets.refuse_where(lost, f"{rule.method} gives no finite number for it")
    return scores, dropped, notices


def _undefined(sets: Sets, scores: Numbers) -> tuple[Numbers, Marks, list[str]]:
    """Sets without a second value or without spread: set to the stated constant, dropped with a notice, or refused."""
    rule, present = sets.rule, ~np.isnan(sets.x)
    dropped = np.zeros(scores.shape[:2], dtype=bool)
    if rule.method not in NEEDS_TWO:
        return scores, dropped, []
    counts = present.sum(axis=sets.axes)
    undefined = counts < 2
    if rule.method in SPREADING:
        undefined |= (~_spread(sets)).reshape(counts.shape)
    notices = []
    for at in np.argwhere(undefined & (counts > 0)):
        node = sets.nodes[at[0]]
        when = "all periods" if sets.pooled else sets.panel.periods[at[1]]
        alone = int(counts[tuple(at)]) == 1
        if alone and len(sets.panel.units) == 1:
            raise Refused(
                f"{rule.method} needs two units, and {sets.panel.units[0]} is alone", f"{node.path}.normalise"
            )
        why = f"{rule.method} needs two values and there is one" if alone else "all values are equal"
        if rule.if_constant is None:
            notices.append(f"{node.path}: {why} in {when}; {node.code} drops out")
            dropped[at[0], slice(None) if sets.pooled else at[1]] = True
        else:
            notices.append(f"{node.path}: {why} in {when}; {node.code} is set to {rule.if_constant:g}")
        table = scores[at[0]] if sets.pooled else scores[at[0], at[1]]
        there = present[at[0]] if sets.pooled else present[at[0], at[1]]
        table[there] = np.nan if rule.if_constant is None else rule.if_constant
    return scores, dropped, notices


def _extremes(values: Numbers, axes: tuple[int, ...]) -> tuple[Numbers, Numbers]:
    """The lowest and highest value present; crossed infinities where there is none."""
    low = np.fmin.reduce(values, axis=axes, keepdims=True, initial=np.inf)
    high = np.fmax.reduce(values, axis=axes, keepdims=True, initial=-np.inf)
    return low, high


def _spread(sets: Sets) -> Marks:
    """Whether the values of a set differ, by more than the noise of a quotient."""
    low, high = _extremes(sets.u, sets.axes)
    differ: Marks = high - low > HAIR * np.maximum(np.abs(low), np.abs(high))
    return differ & (high > low)


def _to_range(share: Numbers, rule: Normalise) -> Numbers:
    clip = rule.text("clip")
    if clip in ("top", "both"):
        share = np.minimum(share, 1.0)
    if clip == "both":
        share = np.maximum(share, 0.0)
    a, b = rule.range
    return a + (b - a) * share if a else b * share


def _minmax(sets: Sets) -> Numbers:
    low, high = _extremes(sets.u, sets.axes)
    return _to_range((sets.u - low) / (high - low), sets.rule)


def _goalposts(sets: Sets) -> Numbers:
    worst, best = sets.rule.number("worst"), sets.rule.number("best")
    return _to_range((sets.x - worst) / (best - worst), sets.rule)


def _log_goalposts(sets: Sets) -> Numbers:
    sets.refuse_where(sets.x <= 0, "a logarithm needs a figure above 0; state a floor, or correct it")
    worst, best = np.log(sets.rule.number("worst")), np.log(sets.rule.number("best"))
    return _to_range((np.log(sets.x) - worst) / (best - worst), sets.rule)


def _zscore(sets: Sets) -> Numbers:
    present = ~np.isnan(sets.u)
    n = present.sum(axis=sets.axes, keepdims=True)
    centred = sets.u - np.where(present, sets.u, 0).sum(axis=sets.axes, keepdims=True) / n
    deviation = np.sqrt(np.where(present, centred**2, 0).sum(axis=sets.axes, keepdims=True) / (n - 1))
    return np.asarray(sets.rule.number("mean", 0.0) + sets.rule.number("sd", 1.0) * centred / deviation)


def _rank(sets: Sets) -> Numbers:
    """Ascending, 1 the worst; equal values share the lowest."""
    flat = sets.u.reshape(len(sets.u), 1, -1) if sets.pooled else sets.u
    return ranks(flat, best="low").reshape(sets.u.shape)


def _borda(sets: Sets) -> Numbers:
    return _rank(sets) - 1


def _percentile(sets: Sets) -> Numbers:
    others = (~np.isnan(sets.u)).sum(axis=sets.axes, keepdims=True) - 1
    return np.asarray((_rank(sets) - 1) / others)


def _distance_to_leader(sets: Sets) -> Numbers:
    low, high = _extremes(sets.u, sets.axes)
    return 1 - (high - sets.u) / (high - low)


def _share_of_leader(sets: Sets) -> Numbers:
    sets.refuse_where(sets.x < 0, "a share of the leader needs figures of 0 or more")
    _low, high = _extremes(sets.x, sets.axes)
    at = np.argwhere((~np.isnan(sets.x)) & (high == 0))
    if at.size:
        sets.refuse(tuple(at[0]), "the largest figure is 0: nothing has a share of it")
    return np.asarray(sets.x / high)


def _distance_to_reference(sets: Sets) -> Numbers:
    """The reference unit's own figure of the period, against the worst of the set."""
    name, path = sets.rule.text("unit"), f"{sets.nodes[0].path}.normalise.unit"
    if name not in sets.panel.units:
        raise Refused(f"the data have no unit “{name}”", path)
    at = sets.panel.units.index(name)
    ref = sets.u[:, :, at : at + 1]
    low, _high = _extremes(sets.u, sets.axes)
    asked = _spread(sets) & (~np.isnan(sets.u)).any(axis=2, keepdims=True)  # a set without spread is not defined anyway
    for wrong, why in ((np.isnan(ref), "has no figure"), (ref <= low, "is the worst")):
        bad = np.argwhere(wrong & asked)
        if bad.size:
            leaf, period, _ = bad[0]
            cell = f"{name}, {sets.panel.periods[period]}, {sets.nodes[leaf].code}"
            raise Refused(f"{cell}: the reference {why}, so that no distance is defined", path)
    return _capped(1 - (ref - sets.u) / (ref - low), sets.rule)


def _distance_to_target(sets: Sets) -> Numbers:
    target = sets.rule.number("target")
    low, _high = _extremes(sets.u, sets.axes)
    goal = sets.s * target
    sets.refuse_where(
        (sets.u <= low) & (low >= goal), f"the target {target:g} lies on the wrong side of the worst figure"
    )
    return _capped((sets.u - low) / (goal - low), sets.rule)


def _capped(scores: Numbers, rule: Normalise) -> Numbers:
    cap = dict(rule.how).get("cap")
    if cap is None or cap is False:
        return scores
    return np.minimum(scores, 1.0 if cap is True else float(cap))  # type: ignore[arg-type]


def _base_at(sets: Sets) -> int:
    name = sets.rule.text("period")
    if name not in sets.panel.periods:
        raise Refused(f"the data have no period “{name}”", f"{sets.nodes[0].path}.normalise.period")
    return sets.panel.periods.index(name)


def _base_year(sets: Sets) -> Numbers:
    """A unit without a figure in the base period cannot enter; a base of 0 or less is no base."""
    at = _base_at(sets)
    base = sets.x[:, at : at + 1, :]
    wrong = np.zeros(sets.x.shape, dtype=bool)
    wrong[:, at] = base[:, 0] <= 0
    sets.refuse_where(wrong, "a base figure is to be above 0")
    falls = np.broadcast_to(sets.s < 0, sets.x.shape)
    sets.refuse_where(falls & (sets.x <= 0), "where less is better an index over the base needs figures above 0")
    times = sets.rule.number("base", 100.0)
    return times * np.where(falls, base / sets.x, sets.x / base)


def _none(sets: Sets) -> Numbers:
    return sets.u


METHODS = {
    "minmax": _minmax,
    "goalposts": _goalposts,
    "log_goalposts": _log_goalposts,
    "zscore": _zscore,
    "rank": _rank,
    "borda": _borda,
    "percentile": _percentile,
    "distance_to_leader": _distance_to_leader,
    "share_of_leader": _share_of_leader,
    "distance_to_reference": _distance_to_reference,
    "distance_to_target": _distance_to_target,
    "base_year": _base_year,
    "none": _none,
}
