"""How sure a rank is: the index worked out again under weights, and if asked under methods, drawn by chance.

Weights are drawn at every level of the tree: each multiplied by U(1-delta, 1+delta) and renormalised (JRC), or the
shares among siblings drawn from a Dirichlet distribution around the recipe's. Every period sees the same draws, so
does every run with the same seed. Ranks in draws are competition ranks; quantiles are those of R type 7 and numpy.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indicators.composite import recipe as r
from indicators.composite.index import Index
from indicators.composite.panel import Codes, Numbers
from indicators.composite.ranks import places, ranks
from indicators.composite.refusal import Refused
from indicators.composite.tree import Walk, needed
from indicators.composite.variants import Variant, draws_of, variants

BLOCK = 500  # draws at a time: a block of 300 cities stays in the processor's cache
MOST_DRAWS = 1_000_000


@dataclass(frozen=True)
class Spread:
    """Of one node: tables of periods by units, NaN for units without a rank in every draw of the period."""

    median: Numbers
    p5: Numbers
    p95: Numbers
    top_n_share: Numbers
    deviation: Numbers  # of the score
    mean_shift: Numbers  # by period: mean distance from the rank under the recipe itself


@dataclass(frozen=True)
class Simulation:
    draws: int
    seed: int
    spreads: dict[str, Spread]
    beats: dict[tuple[str, str], Numbers]  # by period: share of draws with the first ahead of the second
    methods: tuple[str, ...]  # what was drawn beside the weights
    notices: tuple[str, ...]


def simulate(
    index: Index, *, draws: int, seed: int, nodes: Sequence[str] = (), pairs: Sequence[tuple[str, str]] = ()
) -> Simulation:
    """Rank intervals of `nodes` (the whole index, if none are named); `pairs` of units are compared in the whole."""
    if not 1 <= draws <= MOST_DRAWS:
        raise Refused(f"at least one draw is needed and at most {MOST_DRAWS}, not {draws}")
    if seed < 0:
        raise Refused(f"a seed is 0 or more, not {seed}")
    codes = list(nodes) or [index.root]
    for name in (name for pair in pairs for name in pair):
        if name not in index.panel.units:
            raise Refused(f"the data have no unit “{name}”")
    found, notices = variants(index)
    spreads: dict[str, list[tuple[Numbers, ...]]] = {code: [] for code in codes}
    beats: dict[tuple[str, str], list[float]] = {pair: [] for pair in pairs}
    with np.errstate(all="ignore"):
        for period in range(len(index.panel.periods)):
            tallies = {code: Tally.of(index, code, period) for code in {*codes, index.root} if code in codes or pairs}
            won = {pair: np.zeros(2, dtype=np.int64) for pair in pairs}  # draws won, draws in which both have a rank
            for walk in _walks(index, found, period, draws, seed, list(tallies)):
                for code, tally in tallies.items():
                    placed = tally.add(walk)
                    for first, second in pairs if code == index.root else ():
                        a, b = (placed[:, index.panel.units.index(name)] for name in (first, second))
                        both = (a > 0) & (b > 0)
                        won[first, second] += [(both & (a < b)).sum(), both.sum()]
            for code in codes:
                spreads[code].append(tallies[code].spread(draws, index.recipe.uncertainty.top_n))
            for pair, (ahead, both_ranked) in won.items():
                beats[pair].append(ahead / both_ranked if both_ranked else np.nan)
    return Simulation(
        draws,
        seed,
        {code: Spread(*(np.array(part) for part in zip(*rows, strict=True))) for code, rows in spreads.items()},
        {pair: np.array(shares) for pair, shares in beats.items()},
        tuple(variant.name for variant in found[1:]),
        tuple(notices),
    )


@dataclass
class Tally:
    """Counts of ranks of one node in one period: units by ranks, column 0 for draws without a rank."""

    code: str
    rule: r.Ranking
    nominal: Numbers
    nominal_ranks: Numbers
    counts: Codes
    sums: Numbers
    squares: Numbers

    @classmethod
    def of(cls, index: Index, code: str, period: int) -> "Tally":
        rule = index.recipe.rank
        nominal = (index.scores if rule.on == "rounded" else index.exact)[code][period]
        units = len(nominal)
        counts = np.zeros((units, units + 1), dtype=np.int64)
        zero = np.where(np.isnan(nominal), 0.0, nominal)
        return cls(code, rule, zero, ranks(nominal, best=rule.best), counts, np.zeros(units), np.zeros(units))

    def add(self, walk: Walk) -> Codes:
        """Count a block of draws; its places, 0 where a unit has none."""
        table = (walk.scores if self.rule.on == "rounded" else walk.exact)[self.code]
        table = np.broadcast_to(table, (walk.rows, table.shape[1]))
        placed, missing = places(table if self.rule.best == r.LOW else -table)
        off = table - self.nominal
        if missing:
            placed = np.where(np.isnan(table), 0, placed)
            off = np.where(np.isnan(table), 0.0, off)
        units = table.shape[1]
        at = placed + np.arange(0, units * (units + 1), units + 1)
        self.counts += np.bincount(at.ravel(), minlength=self.counts.size).reshape(self.counts.shape)
        self.sums += off.sum(axis=0)
        self.squares += np.einsum("du,du->u", off, off)
        return placed

    def spread(self, draws: int, top_n: int) -> tuple[Numbers, ...]:
        counts = self.counts[:, 1:]
        n = counts.sum(axis=1)
        ranked = n > 0
        middle, low, high = (np.where(ranked, quantile(counts, q), np.nan) for q in (0.5, 0.05, 0.95))
        top = np.where(ranked, counts[:, :top_n].sum(axis=1) / draws, np.nan)
        variance = np.maximum(self.squares - self.sums**2 / np.maximum(n, 1), 0) / np.maximum(n - 1, 1)
        deviation = np.where(ranked, np.sqrt(variance), np.nan)
        away = np.abs(np.arange(1, counts.shape[1] + 1) - self.nominal_ranks[:, None]) * counts
        both = ranked & ~np.isnan(self.nominal_ranks)
        shift = np.asarray(away[both].sum() / n[both].sum() if both.any() else np.nan)
        return middle, low, high, top, deviation, shift


def quantile(counts: Codes, q: float) -> Numbers:
    """The q-quantile (type 7) of ranks 1, 2, … that occur so often; a row a unit. No sorting: ranks are counted."""
    reached = counts.cumsum(axis=1)
    at = q * np.maximum(reached[:, -1] - 1, 0)
    below = np.floor(at)
    low = (reached <= below[:, None]).sum(axis=1) + 1.0
    high = (reached <= np.minimum(below + 1, reached[:, -1] - 1)[:, None]).sum(axis=1) + 1.0
    return np.asarray(low + (at - below) * (high - low))


def _walks(index: Index, found: list[Variant], period: int, draws: int, seed: int, codes: list[str]) -> Iterator[Walk]:
    """The draws, in blocks of one variant each."""
    rng = np.random.default_rng(seed)
    shares = rng.multinomial(draws, [1 / len(found)] * len(found))
    leave_out = "leave_one_out" in index.recipe.uncertainty.vary
    for variant, count in zip(found, shares.tolist(), strict=True):
        order = needed(variant.recipe, codes)
        for begin in range(0, count, BLOCK):
            rows = min(BLOCK, count - begin)
            drawn = weights(rng, order, variant.recipe.uncertainty, rows)
            names = variant.leaves.codes
            left_out = rng.integers(len(names) + 1, size=rows) if leave_out else np.full(rows, -1)
            yield draws_of(index, variant, period, drawn, left_out).run(order)


def weights(rng: np.random.Generator, order: list[r.Node], rule: r.Uncertainty, rows: int) -> dict[str, Numbers]:
    """For each node the weights of its children, children by draws."""
    drawn = {}
    for node in order:
        if not node.children:
            continue
        given = np.array(list(node.shares().values()))[:, None]
        if rule.noise == "dirichlet":
            gammas = rng.standard_gamma(given * len(given) / rule.delta, size=(len(given), rows))
            total = gammas.sum(axis=0)
            drawn[node.code] = np.where(total > 0, gammas / np.where(total > 0, total, 1), given)
        else:
            drawn[node.code] = given * rng.uniform(1 - rule.delta, 1 + rule.delta, size=(len(given), rows))
    return drawn
