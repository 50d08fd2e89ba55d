"""What must hold of every index, whatever the numbers: Hypothesis looks for the ones that break it."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.composite import panel, reading
from indicators.composite.coherence import coherence, correlation, correlations, effective_weights, rank_correlation
from indicators.composite.contributions import gap
from indicators.composite.index import compute
from indicators.composite.recipe import reweighted
from indicators.composite.refusal import Refused
from indicators.composite.scenarios import compare
from indicators.composite.strengths import Standing, strengths
from tests.indicators.composite.making import data, index, leaf, node, ranks, scores

UNITS, YEARS, NAMES = "ABCDE", ("2020", "2021"), ("x", "y", "z")
RENORMALISE = {"rule": "renormalise"}
figures = st.one_of(st.none(), st.integers(1, 1000).map(lambda n: n / 8))
tables = st.lists(figures, min_size=30, max_size=30).map(
    lambda drawn: {
        name: {year: {unit: drawn[n * 10 + t * 5 + u] for u, unit in enumerate(UNITS)} for t, year in enumerate(YEARS)}
        for n, name in enumerate(NAMES)
    }
)
methods = st.sampled_from(["minmax", "zscore", "rank", "percentile", "distance_to_leader", "share_of_leader"])
weights = st.lists(st.integers(1, 5), min_size=4, max_size=4)


def recipe(method, w, limits="per_period", **top):
    deep = node("p", leaf("x", method, weight=w[0]), leaf("y", method, weight=w[1]), weight=w[2], missing=RENORMALISE)
    tree = node("all", deep, leaf("z", method, weight=w[3]), missing=RENORMALISE)
    return reading.read({"recipe": 1, "tree": tree, "limits": limits, **top})


@given(tables, methods, weights, st.randoms(use_true_random=False), st.sampled_from(["per_period", "pooled"]))
def test_scores_do_not_depend_on_the_order_of_rows(table, method, w, random, limits):
    rows = [
        (unit, year, name, math.nan if value is None else value, "")
        for name, years in table.items()
        for year, values in years.items()
        for unit, value in values.items()
    ]
    one = compute(recipe(method, w, limits), panel.build(rows))
    random.shuffle(rows)
    other = compute(recipe(method, w, limits), panel.build(rows))
    for code in one.scores:
        np.testing.assert_array_equal(one.scores[code], other.scores[code])


@given(tables, methods, weights, st.sampled_from([0.001, 0.3, 7, 1e6]))
def test_ranks_do_not_depend_on_a_common_positive_factor(table, method, w, factor):
    times = {
        n: {y: {u: v and v * factor for u, v in values.items()} for y, values in years.items()}
        for n, years in table.items()
    }
    one, other = (compute(recipe(method, w), data(given_)) for given_ in (table, times))
    np.testing.assert_array_equal(one.ranks("all"), other.ranks("all"))


@given(tables, methods, weights)
def test_a_weight_of_zero_is_the_same_as_removal(table, method, w):
    zero = compute(reweighted(recipe(method, w), {"y": 0}), data(table))
    short = node("p", leaf("x", method, weight=w[0]), weight=w[2], missing=RENORMALISE)
    tree = node("all", short, leaf("z", method, weight=w[3]), missing=RENORMALISE)
    without = compute(reading.read({"recipe": 1, "tree": tree}), data(table))
    for code in ("all", "p", "z"):
        np.testing.assert_array_equal(zero.scores[code], without.scores[code])
        np.testing.assert_array_equal(zero.coverage(code), without.coverage(code))


@given(tables, methods, weights)
def test_arithmetic_contributions_sum_to_the_gap_over_gaps_in_the_data(table, method, w):
    found = compute(recipe(method, w), data(table))
    scored = [unit for unit, score in scores(found, period="2021").items() if score is not None]
    for first in scored:
        for second in [*scored, None]:
            other = np.nanmean(found.exact["all"][1]) if second is None else scores(found, period="2021")[second]
            apart = gap(found, first, second, "2021")
            assert set(apart.parts) == set(NAMES)
            assert apart.total == pytest.approx(scores(found, period="2021")[first] - other, abs=1e-9)


@given(tables, weights)
def test_arithmetic_scores_equal_the_slow_obvious_sum(table, w):
    found = compute(recipe("share_of_leader", w), data(table))
    for year in YEARS:
        for unit in UNITS:
            ys = {
                n: table[n][year][unit] and table[n][year][unit] / max(filter(None, table[n][year].values()))
                for n in NAMES
            }
            inner = [(w[0], ys["x"]), (w[1], ys["y"])]
            outer = [(w[2], slow_mean(inner)), (w[3], ys["z"])]
            assert scores(found, period=year)[unit] == pytest.approx(slow_mean(outer))


def slow_mean(pairs):
    there = [(weight, value) for weight, value in pairs if value is not None]
    return sum(w * v for w, v in there) / sum(w for w, _ in there) if there else None


@given(st.lists(st.integers(1, 50), min_size=3, max_size=3), weights)
def test_harmonic_geometric_and_arithmetic_stand_in_that_order(row, w):
    table = {name: {"A": value} for name, value in zip(NAMES, row, strict=True)}
    leaves = [leaf(name, weight=w[at]) for at, name in enumerate(NAMES)]
    h, g, a = (
        scores(index(node("all", *leaves, aggregate=how), table))["A"]
        for how in ("harmonic", "geometric", "arithmetic")
    )
    assert h <= g * (1 + 1e-12) and g <= a * (1 + 1e-12)


@pytest.mark.parametrize(("later", "base"), [("2021", "2019"), ("2021", "2020")])
def test_a_geometric_index_over_a_base_grows_the_same_whatever_the_base(later, base):
    table = {
        "x": {"2019": {"A": 2}, "2020": {"A": 4}, "2021": {"A": 6}},
        "y": {"2019": {"A": 9}, "2020": {"A": 3}, "2021": {"A": 4}},
    }
    tree = node("all", leaf("x", "base_year", period=base), leaf("y", "base_year", period=base), aggregate="geometric")
    found = index(tree, table)
    assert scores(found, period=later)["A"] / scores(found, period="2020")["A"] == pytest.approx((1.5 * 4 / 3) ** 0.5)


def test_contributions_of_a_geometric_index_sum_to_the_log_of_the_ratio():
    tree = node("all", leaf("x"), node("p", leaf("y"), leaf("z"), aggregate="geometric"), aggregate="geometric")
    found = index(tree, {"x": {"A": 8, "B": 2}, "y": {"A": 3, "B": 3}, "z": {"A": 1, "B": 4}})
    apart = gap(found, "A", "B", "2020")
    assert apart.power == 0
    assert apart.parts == pytest.approx({"x": 0.5 * math.log(4), "z": 0.25 * math.log(1 / 4), "y": 0})
    assert apart.total == pytest.approx(math.log(scores(found)["A"] / scores(found)["B"]))


def test_contributions_stop_where_the_scale_changes_or_a_score_is_rounded():
    mixed = node(
        "all",
        leaf("x"),
        node("p", leaf("y"), leaf("z")),
        node("q", leaf("y", code="y2"), round=0),
        aggregate="geometric",
    )
    found = index(mixed, {"x": {"A": 8, "B": 2}, "y": {"A": 3, "B": 2.6}, "z": {"A": 1, "B": 4}})
    assert set(gap(found, "A", "B", "2020").parts) == {"x", "p", "q"}
    assert gap(found, "A", "B", "2020").total == pytest.approx(
        math.log(found.exact["all"][0, 0] / found.exact["all"][0, 1])
    )


def test_contributions_name_the_mean_of_the_group():
    half = {"with": "group_mean", "share": 0.5}
    tree = node("all", node("p", leaf("x"), leaf("y"), blend=half), leaf("z"), blend=half)
    found = index(
        tree,
        {"x": {"A": 8, "B": 2, "C": 1}, "y": {"A": 3, "B": 3, "C": 5}, "z": {"A": 1, "B": 2, "C": 3}},
        dict(zip("ABC", "nns", strict=True)),
    )
    apart = gap(found, "A", "C", "2020")
    assert set(apart.parts) == {"x", "y", "z", "p: group mean", "group mean"}
    assert apart.total == pytest.approx(scores(found)["A"] - scores(found)["C"])
    assert apart.parts["x"] == pytest.approx((8 - 1) / 16)


def test_contributions_are_refused_where_there_are_none():
    found = index(node("all", leaf("x"), aggregate="copeland"), {"x": {"A": 1, "B": None}})
    for asked, said in (
        (("A", None, "2020"), "tree: is no weighted mean"),
        (("A", None, "1999"), "no period “1999”"),
        (("A", None, "2020", "q"), "no node is called “q”"),
    ):
        with pytest.raises(Refused, match=said):
            gap(found, *asked)
    plain = index(node("all", leaf("x")), {"x": {"A": 1, "B": None}})
    with pytest.raises(Refused, match="tree: B has no score in 2020"):
        gap(plain, "B", "A", "2020")


def test_effective_weights_multiply_up_the_tree_and_sum_to_one():
    found = effective_weights(recipe("minmax", (1, 3, 2, 2)))
    assert found == {"all": 1, "p": 0.5, "z": 0.5, "x": 0.125, "y": 0.375}


def test_correlations_stand_beside_effective_weights():
    found = index(
        node("all", leaf("x", weight=3), leaf("y")),
        {"x": {"A": 1, "B": 2, "C": 3, "D": 4}, "y": dict.fromkeys("ABCD", 7)},
    )
    rows = {row.code: row for row in coherence(found, "2020")}
    assert (rows["x"].effective_weight, rows["x"].correlation, rows["x"].units) == (0.75, pytest.approx(1), 4)
    assert rows["y"].correlation is None  # no spread
    assert correlations(found, "2020", ["x", "all"]) == [[pytest.approx(1), pytest.approx(1)]] * 2
    one, other = np.array([1.0, 2, 3, np.nan]), np.array([2.0, 1, 4, 9])
    assert correlation(one, other) == (pytest.approx(2 / (2 * 14 / 3) ** 0.5), 3)  # d: -1 0 1 and -1/3 -4/3 5/3
    assert rank_correlation(one, other) == (pytest.approx(0.5), 3)
    assert correlation(one[:2], other[:2]) == (None, 2)


def test_strengths_leave_out_gaps_fills_and_a_last_place_shared_with_most():
    table = {
        "best": {"A": 9, "B": 5, "C": 1, "D": 2},
        "worst": {"A": 1, "B": 5, "C": 3, "D": 2},
        "middle": {"A": 4, "B": 5, "C": 3, "D": 2},
        "few have": {"A": 0, "B": 0, "C": 0, "D": 2},
        "gap": {"A": None, "B": 0, "C": 0, "D": 2},
        "filled": {"A": None, "B": 1, "C": 1, "D": 2},
        "zero": {"A": 9, "B": 0, "C": 0, "D": 2},
    }
    fill = {"filled": {"fill": {"method": "group_mean"}}, "zero": {"weight": 0}}
    tree = node("all", *(leaf(name, **fill.get(name, {})) for name in table), missing=RENORMALISE)
    found = index(tree, table, dict.fromkeys("ABCD", "g"))
    best, worst = strengths(found, "A", "2020", most=2)
    assert best == [Standing("best", 1, 4), Standing("middle", 2, 4)]
    assert worst == [Standing("worst", 4, 4)]
    peers, _worst = strengths(found, "A", "2020", among=["C"])
    assert peers == [Standing("best", 1, 2), Standing("middle", 1, 2)]


def test_a_scenario_is_compared_over_the_units_that_both_score():
    base = index(
        node("all", leaf("x"), leaf("y", weight=0)),
        {"x": {"A": 9, "B": 8, "C": 7, "D": None}, "y": {"A": 1, "B": 5, "C": 3, "D": 9}},
    )
    scenario = compute(reweighted(base.recipe, {"x": 0, "y": 1}), base.panel)
    found = compare(base, scenario, "2020")
    assert [(shift.unit, shift.before, shift.now, shift.gained) for shift in found.shifts] == [
        ("A", 1, 3, -2),
        ("B", 2, 1, 1),
        ("C", 3, 2, 1),
    ]
    assert found.only == ["D"]
    assert found.mean_absolute_shift == pytest.approx(4 / 3)
    assert found.spearman == pytest.approx(1 - 6 * (4 + 1 + 1) / (3 * 8))
    with pytest.raises(Refused, match="compared over the same data"):
        compare(base, index(node("all", leaf("x")), {"x": {"Z": 1}}), "2020")


def test_nothing_present_is_missing_and_not_ranked():
    tree = node("all", leaf("x", "minmax"), leaf("y", "zscore"), missing=RENORMALISE)
    found = index(tree, {"x": {"A": None, "B": 1, "C": 2}, "y": {"A": None, "B": 1, "C": 2}})
    assert scores(found)["A"] is None
    assert ranks(found) == {"A": None, "B": 2, "C": 1}
    assert found.coverage("all").tolist() == [[0, 1, 1]]
