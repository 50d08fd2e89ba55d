"""Putting children together: weighted means, and Copeland's count of won comparisons.

A stack of children (children by rows by units) is put together row by row; rows are periods, or draws of weights. A
stack of one row stands for the same children in every draw: then a mean is one matrix product.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NoReturn

import numpy as np

from indicators.composite.panel import Marks, Numbers
from indicators.composite.ranks import HAIR
from indicators.composite.recipe import ARITHMETIC, COPELAND, COUNT, GEOMETRIC, HARMONIC, REQUIRE_ALL, Node
from indicators.composite.refusal import Refused

Name = Callable[[int, int, int], str]
SLICE = 50  # draws at a time where units are compared in pairs


def exponent(node: Node) -> float:
    """Of the power mean a node's mean is: 1 arithmetic, 0 geometric, -1 harmonic."""
    return {ARITHMETIC: 1.0, GEOMETRIC: 0.0, HARMONIC: -1.0}.get(node.aggregate, node.power)


def linear(scores: Numbers, p: float) -> Numbers:
    """Scores on the scale on which the mean of exponent `p` is a sum."""
    if p == 1:
        return scores
    return np.log(scores) if p == 0 else scores**p


def back(sums: Numbers, p: float) -> Numbers:
    if p == 1:
        return sums
    return np.exp(sums) if p == 0 else sums ** (1 / p)


@dataclass(frozen=True)
class Stack:
    """Children of a node, their weights (children by rows; 0 leaves a child out of a row), and names for cells."""

    node: Node
    children: Numbers
    weights: Numbers
    name: Name

    @cached_property
    def present(self) -> Marks:
        return ~np.isnan(self.children)

    def sum(self, values: Numbers, weights: Numbers) -> Numbers:
        """Over the children: rows by units."""
        if values.shape[1] == 1:
            return np.asarray(weights.T @ values[:, 0])
        return np.asarray(np.einsum("jp,jpu->pu", weights, values))


def aggregate(stack: Stack) -> Numbers:
    """Missing where the node's rule for missing children says so."""
    usable, weight = _usable(stack)
    if stack.node.aggregate == COPELAND:
        return _copeland(stack, usable)
    p = exponent(stack.node)
    children = stack.children
    if p != 1:
        _check(stack, usable, p)
        bad = children <= 0 if p <= 0 else children < 0  # not used where it stands: it was checked
        children = np.where(bad, 1.0, children)
    with np.errstate(all="ignore"):
        found = _mean(stack, children, weight, p)
    found[~usable] = np.nan
    if not np.isfinite(found[usable]).all():
        row, unit = np.argwhere(usable & ~np.isfinite(found))[0]
        raise Refused(f"{stack.name(-1, row, unit)} becomes larger than a number can be", stack.node.path)
    return found


def _mean(stack: Stack, children: Numbers, weight: Numbers, p: float) -> Numbers:
    if p in (0, 1):
        values = np.where(stack.present, linear(children, p), 0.0)
        return back(stack.sum(values, stack.weights) / weight, p)
    # Powers of scores over the largest (of powers below 0: the smallest) can neither overflow nor vanish.
    edge = (np.fmax if p > 0 else np.fmin).reduce(children, axis=0, keepdims=True)
    edge = np.where(edge > 0, edge, 1.0)
    values = np.where(stack.present, linear(children / edge, p), 0.0)
    return np.asarray(back(stack.sum(values, stack.weights) / weight, p) * edge[0])


def _usable(stack: Stack) -> tuple[Marks, Numbers]:
    """Where the node has a score, and the weight of the children present."""
    rule = stack.node.missing
    total = stack.weights.sum(axis=0)[:, None]
    if stack.present.all():
        shape = (len(total), stack.children.shape[2])
        return np.broadcast_to(total > 0, shape), np.broadcast_to(np.where(total > 0, total, 1.0), shape)
    there = stack.present.astype(float)
    weight = stack.sum(there, stack.weights)
    usable, divisor = weight > 0, np.where(weight > 0, weight, 1.0)
    if rule.rule == REQUIRE_ALL or (rule.min_coverage and rule.coverage_by == COUNT):
        counted = (stack.weights > 0).astype(float)
        share = stack.sum(there, counted) / np.maximum(counted.sum(axis=0)[:, None], 1)
        usable = usable & (share >= (1.0 if rule.rule == REQUIRE_ALL else rule.min_coverage) - HAIR)
    elif rule.min_coverage:
        usable = usable & (weight / np.where(total > 0, total, 1.0) >= rule.min_coverage - HAIR)
    return usable, divisor


def _check(stack: Stack, usable: Marks, p: float) -> None:
    wrong = (stack.children <= 0) if p <= 0 else (stack.children < 0)
    if not wrong.any():
        return
    wrong = wrong & (stack.weights > 0)[:, :, None] & usable
    if wrong.any():
        _refuse(stack, tuple(int(one) for one in np.argwhere(wrong)[0]), p)


def _refuse(stack: Stack, at: tuple[int, ...], p: float) -> NoReturn:
    child, row, unit = at
    value = stack.children[child, min(row, stack.children.shape[1] - 1), unit]
    method = stack.node.aggregate if p in (0, -1) else f"power ({p:g})"
    need = "above 0" if p <= 0 else "of 0 or more"
    raise Refused(
        f"{stack.name(child, row, unit)} is {value:.12g}: a {method} mean needs scores {need}, by a range or a shift",
        stack.node.path,
    )


def _copeland(stack: Stack, usable: Marks) -> Numbers:
    """+1 for every unit beaten on more than half the weight that both have, -1 for every lost, summed."""
    rows, units = usable.shape
    found = np.full((rows, units), np.nan)
    for row in range(0, rows, SLICE if stack.children.shape[1] == 1 else 1):
        part = slice(row, row + (SLICE if stack.children.shape[1] == 1 else 1))
        children = stack.children[:, 0 if stack.children.shape[1] == 1 else row]
        if row == 0 or stack.children.shape[1] > 1:
            won = _won(children)
        net = (stack.weights[:, part].T @ won.reshape(len(won), -1)).reshape(-1, units, units)
        edge = HAIR * stack.weights[:, part].sum(axis=0)[:, None, None]
        net = np.where(np.abs(net) <= edge, 0.0, np.sign(net))
        found[part] = np.einsum("pab,pb->pa", net, usable[part].astype(float))
    return np.where(usable, found, np.nan)


def _won(children: Numbers) -> Numbers:
    """For each child and pair of units 1, 0 or -1; 0 where one of them is missing."""
    left, right = children[:, :, None], children[:, None, :]
    gap = left - right
    close = np.abs(gap) <= HAIR * np.maximum(np.abs(left), np.abs(right))
    return np.where(close | np.isnan(gap), 0.0, np.sign(gap))
