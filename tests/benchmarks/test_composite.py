"""The index engine against the plain numpy arithmetic it cannot do without, both in one run: `make bench`.

Plain means: no names, no rules, no messages, one formula after the other. Run with -s to see the numbers.
"""

import time
import tracemalloc

import numpy as np

from indicators.composite import panel, reading
from indicators.composite.index import compute
from indicators.composite.uncertainty import simulate
from tests.indicators.composite.making import leaf, node

CITIES, INDICATORS, YEARS, PILLARS, DRAWS, BLOCK = 300, 60, 15, 8, 10_000, 500
RENORMALISE = {"rule": "renormalise"}
MOST_MEMORY = 300 * 2**20


def made(years, gaps):
    rng = np.random.default_rng(1)
    values = rng.lognormal(size=(INDICATORS, years, CITIES))
    values[rng.random(values.shape) < gaps] = np.nan
    return panel.Panel(
        units=tuple(f"city {n:03}" for n in range(CITIES)),
        periods=tuple(str(2008 + n) for n in range(years)),
        values={f"x{n:02}": values[n] for n in range(INDICATORS)},
        listed=np.ones(values.shape[1:], dtype=bool),
        group_of=np.full(values.shape[1:], panel.NO_GROUP),
    )


def tree():
    leaves = np.array_split([leaf(f"x{n:02}", "minmax") for n in range(INDICATORS)], PILLARS)
    pillars = [node(f"p{n}", *part.tolist(), missing=RENORMALISE) for n, part in enumerate(leaves)]
    halves = [node(f"h{n}", *pillars[4 * n : 4 * n + 4], missing=RENORMALISE) for n in range(2)]
    return node("all", *halves, missing=RENORMALISE)


def plain_index(values):
    """Pooled min-max, 60 → 8 → 2 → 1 by weights renormalised over what is there, competition ranks: of one array."""
    low, high = np.nanmin(values, axis=(1, 2), keepdims=True), np.nanmax(values, axis=(1, 2), keepdims=True)
    level = 100 * (values - low) / (high - low)
    for parts in (PILLARS, 2, 1):
        means = []
        for part in np.array_split(level, parts):
            there, weights = ~np.isnan(part), np.ones((len(part), 1, 1))
            means.append((weights * np.where(there, part, 0)).sum(axis=0) / (weights * there).sum(axis=0))
        level = np.stack(means)
    scores = level[0]
    order = np.argsort(-scores, axis=1)
    sorted_ = np.take_along_axis(scores, order, axis=1)
    place = np.broadcast_to(np.arange(1, CITIES + 1), scores.shape)
    new = np.concatenate([np.ones((len(scores), 1), bool), sorted_[:, 1:] < sorted_[:, :-1]], axis=1)
    ranks = np.empty(scores.shape)
    np.put_along_axis(ranks, order, np.maximum.accumulate(np.where(new, place, 0), axis=1), axis=1)
    return scores, ranks


def plain_draws(scores):
    """Weights, scores, one sort a draw, a count a rank: what intervals of ranks cannot be had without."""
    rng = np.random.default_rng(1)
    counts = np.zeros(CITIES * CITIES, dtype=np.int64)
    places, at = np.arange(CITIES)[None], np.arange(CITIES) * CITIES
    for _ in range(DRAWS // BLOCK):
        weights = rng.uniform(0.75, 1.25, (BLOCK, INDICATORS))
        weights /= weights.sum(axis=1, keepdims=True)
        order = np.argsort(-(weights @ scores), axis=1)
        ranks = np.empty_like(order)
        np.put_along_axis(ranks, order, np.broadcast_to(places, order.shape), axis=1)
        counts += np.bincount((ranks + at).ravel(), minlength=counts.size)
    reached = counts.reshape(CITIES, CITIES).cumsum(axis=1)
    return [(reached < q * DRAWS).sum(axis=1) + 1 for q in (0.05, 0.5, 0.95)]


def side_by_side(one, other, times):
    """The quickest of several runs of each, taken in turn so that a busy neighbour slows both."""
    spent = ([], [])
    for _ in range(times):
        for action, kept in zip((one, other), spent, strict=True):
            begun = time.perf_counter()
            action()
            kept.append(time.perf_counter() - begun)
    return min(spent[0]), min(spent[1])


def memory(action):
    tracemalloc.start()
    action()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def judge(name, engine, plain, allowed, most):
    print(f"\n{name}: {1000 * engine:.1f} ms, plain {1000 * plain:.1f} ms, {most / 2**20:.0f} MB")  # noqa: T201
    assert engine <= allowed * plain, f"{name}: {engine / plain:.1f} times the plain arithmetic"
    assert most < MOST_MEMORY


def test_300_cities_60_indicators_15_years_cost_at_most_three_times_the_plain_arithmetic():
    data = made(YEARS, 0.05)
    recipe = reading.read({"recipe": 1, "limits": "pooled", "tree": tree()})
    values = np.stack(list(data.values.values()))

    def engine():
        found = compute(recipe, data)
        return found.scores["all"], found.ranks("all")

    for ours, theirs in zip(engine(), plain_index(values), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-12)
    judge("index", *side_by_side(engine, lambda: plain_index(values), 40), 3, memory(engine))


def test_10000_reweightings_to_rank_intervals_cost_at_most_twice_the_plain_sort_and_count():
    leaves = [leaf(f"x{n:02}", "minmax") for n in range(INDICATORS)]
    found = compute(reading.read({"recipe": 1, "tree": node("all", *leaves)}), made(1, 0))

    def engine():
        return simulate(found, draws=DRAWS, seed=1).spreads["all"]

    scores = np.stack([table[0] for table in found.leaves.scores])
    ours, theirs = engine(), plain_draws(scores)
    for one, other in zip((ours.p5, ours.median, ours.p95), theirs, strict=True):
        assert np.abs(one[0] - other).max() <= 10  # another seed's draws
        assert np.abs(one[0] - other).mean() < 0.5
    judge("draws", *side_by_side(engine, lambda: plain_draws(scores), 7), 2, memory(engine))


def test_draws_through_a_tree_with_gaps_and_varied_methods_stay_small():
    vary = {"vary": ["normalise", "aggregate", "fill", "leave_one_out"]}
    found = compute(
        reading.read({"recipe": 1, "limits": "pooled", "tree": tree(), "uncertainty": vary}), made(YEARS, 0.05)
    )
    begun = time.perf_counter()
    most = memory(lambda: simulate(found, draws=1000, seed=1))
    print(f"\nvaried: {time.perf_counter() - begun:.1f} s for 1,000 draws of {YEARS} years, {most / 2**20:.0f} MB")  # noqa: T201
    assert most < MOST_MEMORY
