"""Which choice drives the ranks: Sobol indices of the mean shift from the ranks under the recipe.

The inputs are the draw of the weights and whatever `vary` names, each a number from 0 to 1. First order: the share
of the variance that an input explains alone; total: with all its interactions. N(d + 2) runs, estimated as in the
OECD/JRC handbook: S = mean(yB (yAB - yA)) / Var, S_T = mean((yA - yAB)²) / 2 Var.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from indicators.composite import recipe as r
from indicators.composite.index import Index
from indicators.composite.panel import Codes, Numbers
from indicators.composite.ranks import places, ranks
from indicators.composite.refusal import Refused
from indicators.composite.tree import Walk, needed
from indicators.composite.uncertainty import BLOCK, weights
from indicators.composite.variants import choices, draws_of, variant

WEIGHTS = "weights"
METHODS = ("normalise", "aggregate", "fill")  # in the order of `choices`
MOST_RUNS = 100_000


@dataclass(frozen=True)
class Effect:
    first: float
    total: float


def sobol(run: Callable[[Numbers], Numbers], names: tuple[str, ...], runs: int, seed: int) -> dict[str, Effect]:
    """Of `run`, a function of rows of inputs from 0 to 1; no effects where its result never changes."""
    rng = np.random.default_rng(seed)
    a, b = rng.random((2, runs, len(names)))
    y_a, y_b = run(a), run(b)
    middle, variance = np.concatenate([y_a, y_b]).mean(), np.concatenate([y_a, y_b]).var(ddof=1)
    found = {}
    for at, name in enumerate(names):
        mixed = a.copy()
        mixed[:, at] = b[:, at]
        y_ab = run(mixed)
        first, total = ((y_b - middle) * (y_ab - y_a)).mean(), ((y_a - y_ab) ** 2).mean() / 2
        found[name] = Effect(float(first / variance), float(total / variance)) if variance > 0 else Effect(0.0, 0.0)
    return found


def sensitivity(index: Index, period: str, *, runs: int, seed: int) -> dict[str, Effect]:
    """Effects on the mean absolute shift of ranks of the whole in one period."""
    if period not in index.panel.periods or not 1 < runs <= MOST_RUNS:
        raise Refused(f"sensitivity needs a period of the data and from 2 to {MOST_RUNS} runs")
    rule, at = index.recipe.uncertainty, index.panel.periods.index(period)
    names = (WEIGHTS, *rule.vary)
    ways = choices(index)
    drawn = weights(np.random.default_rng(seed), needed(index.recipe, [index.root]), rule, runs)

    def picked(inputs: Numbers, name: str, count: int) -> Codes:
        column = inputs[:, names.index(name)] if name in names else np.zeros(len(inputs))
        return np.asarray((column * count).astype(np.int64))

    def run(inputs: Numbers) -> Numbers:
        chosen = np.stack([picked(inputs, name, len(of)) for name, of in zip(METHODS, ways, strict=True)])
        which = picked(inputs, WEIGHTS, runs)
        left_out = picked(inputs, "leave_one_out", len(index.leaves.codes) + 1) - 1
        shifts = np.empty(len(inputs))
        for scale, mean, fill in np.unique(chosen, axis=1).T:
            of = variant(index, (ways[0][scale], ways[1][mean], ways[2][fill]))
            rows = np.flatnonzero((chosen[0] == scale) & (chosen[1] == mean) & (chosen[2] == fill))
            for part in np.split(rows, range(BLOCK, len(rows), BLOCK)):
                here = {code: table[:, which[part]] for code, table in drawn.items()}
                shifts[part] = _shift(index, draws_of(index, of, at, here, left_out[part]), at)
        return shifts

    with np.errstate(all="ignore"):
        return sobol(run, names, runs, seed)


def _shift(index: Index, walk: Walk, period: int) -> Numbers:
    """Of each draw: mean distance from the rank under the recipe, over the units that have both."""
    walk.run(needed(walk.recipe, [index.root]))
    rule = index.recipe.rank
    ours, theirs = (index.scores, walk.scores) if rule.on == "rounded" else (index.exact, walk.exact)
    nominal = ranks(ours[index.root][period], best=rule.best)
    keys = theirs[index.root] * (1.0 if rule.best == r.LOW else -1.0)
    keys = np.broadcast_to(keys, (walk.rows, len(nominal)))
    away = np.where(np.isnan(keys), np.nan, np.abs(places(keys)[0] - nominal))
    there = ~np.isnan(away)
    return np.asarray(np.where(there, away, 0.0).sum(axis=1) / np.maximum(there.sum(axis=1), 1))
