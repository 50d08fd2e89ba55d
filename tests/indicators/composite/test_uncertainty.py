"""Draws against slow obvious oracles: counting ranks draw by draw, quantiles by numpy, weights one at a time."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.composite import uncertainty
from indicators.composite.index import compute
from indicators.composite.recipe import in_order, reweighted
from indicators.composite.refusal import Refused
from indicators.composite.uncertainty import quantile, simulate
from tests.indicators.composite.making import data, index, leaf, node

CITIES = {"A": (9, 1, 5), "B": (5, 5, 5), "C": (2, 9, 4), "D": (1, 2, 3)}
TABLE = {f"x{at}": {unit: row[at] for unit, row in CITIES.items()} for at in range(3)}
GROUPS = {"A": "n", "B": "n", "C": "s", "D": "s"}
RENORMALISE = {"rule": "renormalise"}


def nested(groups=None, table=TABLE, **top):
    tree = node(
        "all", node("p", leaf("x0"), leaf("x1"), missing=RENORMALISE), leaf("x2", weight=2), missing=RENORMALISE
    )
    return index(tree, table, groups, **top)


@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=1, max_size=3), st.floats(0, 1))
def test_quantiles_of_counted_ranks_are_those_of_numpy(counts, q):
    counts = [row if any(row) else [1, 0, 0] for row in counts]
    expected = [np.quantile(np.repeat([1, 2, 3], row), q) for row in counts]
    assert quantile(np.array(counts), q).tolist() == pytest.approx(expected)


@pytest.mark.parametrize("noise", ["jrc", "dirichlet"])
def test_draws_equal_running_the_index_once_for_every_draw(noise):
    found = nested(uncertainty={"noise": noise, "top_n": 2})
    drawn = uncertainty.weights(np.random.default_rng([7][0]), [], found.recipe.uncertainty, 1)
    assert drawn == {}
    rng = np.random.default_rng(7)
    rng.multinomial(60, [1.0])
    drawn = uncertainty.weights(rng, in_order(found.recipe), found.recipe.uncertainty, 60)
    ranks, firsts = [], 0
    for at in range(60):
        given_weights = {
            c.code: w[at] for n in ("p", "all") for c, w in zip(found.recipe.nodes[n].children, drawn[n], strict=True)
        }
        one = compute(reweighted(found.recipe, given_weights), found.panel)
        ranks.append(one.ranks("all")[0])
        firsts += one.scores["all"][0, 0] > one.scores["all"][0, 1]
    run = simulate(found, draws=60, seed=7, pairs=[("A", "B")])
    spread = run.spreads["all"]
    assert spread.median[0].tolist() == np.median(ranks, axis=0).tolist()
    assert spread.p5[0] == pytest.approx(np.quantile(ranks, 0.05, axis=0))
    assert spread.p95[0] == pytest.approx(np.quantile(ranks, 0.95, axis=0))
    assert spread.top_n_share[0] == pytest.approx((np.array(ranks) <= 2).mean(axis=0))
    assert spread.mean_shift[0] == pytest.approx(np.abs(np.array(ranks) - found.ranks("all")[0]).mean())
    assert run.beats["A", "B"][0] == pytest.approx(firsts / 60)
    assert 0 < firsts < 60


def test_the_same_seed_gives_the_same_and_another_seed_does_not():
    found = nested()
    one, same, other = (simulate(found, draws=1200, seed=seed).spreads["all"] for seed in (1, 1, 2))
    assert one.deviation.tolist() == same.deviation.tolist() != other.deviation.tolist()


def test_jrc_noise_stays_within_its_bounds_and_dirichlet_keeps_the_mean_share():
    found = nested(uncertainty={"delta": 0.1})
    rng = np.random.default_rng(3)
    order = in_order(found.recipe)
    jrc = uncertainty.weights(rng, order, found.recipe.uncertainty, 4000)["all"]
    assert jrc[0].min() >= 0.9 / 3 and jrc[0].max() <= 1.1 / 3 and jrc[1].max() <= 1.1 * 2 / 3
    rule = replace(found.recipe.uncertainty, noise="dirichlet", delta=1.0)
    dirichlet = uncertainty.weights(rng, order, rule, 4000)["all"]
    assert dirichlet.sum(axis=0) == pytest.approx(1)
    assert dirichlet.mean(axis=1) == pytest.approx([1 / 3, 2 / 3], abs=0.02)
    flat = uncertainty.weights(rng, order, rule, 4000)["p"]  # two equal shares: any division is as likely
    assert np.histogram(flat[0], bins=4, range=(0, 1))[0] == pytest.approx(1000, abs=120)


def test_without_noise_every_rank_is_the_one_of_the_recipe():
    found = nested(uncertainty={"delta": 0})
    spread = simulate(found, draws=50, seed=1, nodes=["all", "p"]).spreads
    for code in ("all", "p"):
        for quantity in (spread[code].median, spread[code].p5, spread[code].p95):
            assert quantity.tolist() == found.ranks(code).tolist()
        assert spread[code].mean_shift.tolist() == [0]
        assert spread[code].deviation[0] == pytest.approx(0, abs=1e-12)


def test_a_unit_without_a_score_has_no_interval():
    table = TABLE | {"x0": {"A": 9, "D": None}, "x1": {"A": 1, "D": None}, "x2": {"A": 5, "D": None}}
    run = simulate(nested(table=table), draws=20, seed=1, pairs=[("A", "D")])
    spread = run.spreads["all"]
    assert np.isnan(run.beats["A", "D"]).all()
    assert np.isnan(spread.median).tolist() == [[False, True]]
    assert np.isnan(spread.top_n_share).tolist() == [[False, True]]


def test_methods_are_varied_where_the_recipe_asks_and_named():
    found = nested(GROUPS, uncertainty={"vary": ["normalise", "aggregate", "fill", "leave_one_out"]})
    run = simulate(found, draws=400, seed=1)
    assert {
        "minmax",
        "rank",
        "geometric",
        "zscore, geometric",
        "minmax, fill group_mean",
    } <= set(run.methods)
    assert (run.spreads["all"].p95 > simulate(nested(GROUPS), draws=400, seed=1).spreads["all"].p95 - 1).all()
    assert run.spreads["all"].mean_shift[0] > 0


def test_a_combination_that_is_not_defined_is_left_out_and_says_so():
    table = TABLE | {"x2": {"A": 0, "B": 1, "C": 2, "D": 3}}
    run = simulate(nested(table=table, uncertainty={"vary": ["aggregate"]}), draws=10, seed=1)
    assert run.methods == ()
    assert len(run.notices) == 1
    assert "left out of the draws: geometric (tree: A, 2020, x2 is 0" in run.notices[0]


def test_leaving_one_out_leaves_each_out_about_as_often_as_none():
    tree = node("all", leaf("x"), leaf("y"))
    found = index(
        tree, {"x": {"A": 1, "B": 0}, "y": {"A": 0, "B": 1.5}}, uncertainty={"delta": 0, "vary": ["leave_one_out"]}
    )
    share = simulate(found, draws=3000, seed=1, pairs=[("A", "B")]).beats["A", "B"][0]
    assert share == pytest.approx(1 / 3, abs=0.03)  # A is ahead only without y


def test_copeland_and_blends_are_drawn_too():
    tree = node(
        "all", leaf("x0"), leaf("x1"), leaf("x2"), aggregate="copeland", blend={"with": "group_mean", "share": 0.5}
    )
    found = index(tree, TABLE, GROUPS, uncertainty={"delta": 0})
    assert simulate(found, draws=120, seed=1).spreads["all"].median.tolist() == found.ranks("all").tolist()


def test_low_scores_may_be_best_and_rounded_scores_ranked():
    tree = node("all", leaf("x"), round=0)
    found = index(tree, {"x": {"A": 1.2, "B": 1.4, "C": 5}}, rank={"on": "rounded", "best": "low"})
    spread = simulate(found, draws=20, seed=1).spreads["all"]
    assert spread.median.tolist() == [[1, 1, 3]]
    assert spread.top_n_share.tolist() == [[1, 1, 1]]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"draws": 0, "seed": 1}, "at least one draw"),
        ({"draws": 10**7, "seed": 1}, "at most 1000000, not 10000000"),
        ({"draws": 5, "seed": -1}, "a seed is 0 or more"),
        ({"draws": 5, "seed": 1, "pairs": [("A", "Z")]}, "no unit “Z”"),
    ],
)
def test_what_cannot_be_drawn_is_refused(asked, said):
    with pytest.raises(Refused, match=said):
        simulate(nested(), **asked)


def test_periods_see_the_same_draws():
    years = {name: dict.fromkeys(("2020", "2021"), values) for name, values in TABLE.items()}
    found = compute(nested().recipe, data(years))
    spread = simulate(found, draws=100, seed=1).spreads["all"]
    assert spread.deviation[0].tolist() == spread.deviation[1].tolist()
