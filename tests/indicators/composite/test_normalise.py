"""Every formula by hand, and what each says where it is not defined."""

import math

import pytest

from indicators.composite.refusal import Refused
from tests.indicators.composite.making import index, leaf, node, scores

FOUR = {"A": 2, "B": 4, "C": 4, "D": 10}


def normalised(method, values=None, groups=None, limits="per_period", **rest):
    tree = node("all", leaf("x", method, **rest), missing={"rule": "renormalise"})
    return index(tree, {"x": values or FOUR}, groups, limits=limits)


BY_HAND = {
    "minmax": ("minmax", {}, [0, 25, 25, 100]),
    "minmax, lower is better": ("minmax", {"direction": "lower"}, [100, 75, 75, 0]),
    "minmax to 1-100": ("minmax", {"range": [1, 100]}, [1, 25.75, 25.75, 100]),
    "goalposts": ("goalposts", {"worst": 0, "best": 8}, [25, 50, 50, 125]),
    "goalposts, low is good": ("goalposts", {"worst": 10, "best": 2, "direction": "lower"}, [100, 75, 75, 0]),
    "goalposts clipped at the top": ("goalposts", {"worst": 3, "best": 8, "clip": "top"}, [-20, 20, 20, 100]),
    "goalposts clipped at both": ("goalposts", {"worst": 3, "best": 8, "clip": "both"}, [0, 20, 20, 100]),
    "goalposts to 0-1": ("goalposts", {"worst": 0, "best": 20, "range": [0, 1]}, [0.1, 0.2, 0.2, 0.5]),
    "log goalposts": (
        "log_goalposts",
        {"worst": 1, "best": 16, "range": [0, 1]},
        [0.25, 0.5, 0.5, math.log(10) / math.log(16)],
    ),
    # mean 5, squares 9 + 1 + 1 + 25 = 36 over n - 1 = 3: deviation √12
    "zscore": ("zscore", {}, [-3 / 12**0.5, -1 / 12**0.5, -1 / 12**0.5, 5 / 12**0.5]),
    "zscore of 50 and 10": ("zscore", {"mean": 50, "sd": 10}, [50 + 10 * d / 12**0.5 for d in (-3, -1, -1, 5)]),
    "rank": ("rank", {}, [1, 2, 2, 4]),
    "rank, lower is better": ("rank", {"direction": "lower"}, [4, 2, 2, 1]),
    "borda": ("borda", {}, [0, 1, 1, 3]),
    "percentile": ("percentile", {}, [0, 1 / 3, 1 / 3, 1]),
    "distance to leader": ("distance_to_leader", {}, [0, 0.25, 0.25, 1]),
    "distance to leader, lower is better": ("distance_to_leader", {"direction": "lower"}, [1, 0.75, 0.75, 0]),
    "share of leader": ("share_of_leader", {}, [0.2, 0.4, 0.4, 1]),
    "distance to a reference": ("distance_to_reference", {"unit": "B"}, [0, 1, 1, 4]),
    "distance to a reference, capped": ("distance_to_reference", {"unit": "B", "cap": True}, [0, 1, 1, 1]),
    "distance to a target": ("distance_to_target", {"target": 6}, [0, 0.5, 0.5, 2]),
    "distance to a target, capped": ("distance_to_target", {"target": 6, "cap": True}, [0, 0.5, 0.5, 1]),
    "distance to a target below": ("distance_to_target", {"target": 6, "direction": "lower"}, [2, 1.5, 1.5, 0]),
    "none": ("none", {}, [2, 4, 4, 10]),
    "none, lower is better": ("none", {"direction": "lower"}, [-2, -4, -4, -10]),
    "floor, on raw figures": ("goalposts", {"worst": 0, "best": 10, "floor": 3}, [30, 40, 40, 100]),
    "shift, on scores": ("minmax", {"range": [0, 1], "shift": 0.01}, [0.01, 0.26, 0.26, 1.01]),
}


@pytest.mark.parametrize("case", BY_HAND)
def test_every_method_gives_what_it_gives_by_hand(case):
    method, how, expected = BY_HAND[case]
    assert list(scores(normalised(method, **how)).values()) == pytest.approx(expected, abs=1e-12)


def test_limits_are_those_of_the_period_or_of_all_periods_pooled():
    values = {"2020": {"A": 0, "B": 5}, "2021": {"A": 5, "B": 10}}
    alone, pooled = normalised("minmax", values), normalised("minmax", values, limits="pooled")
    assert [scores(alone, period=year)["B"] for year in ("2020", "2021")] == [100, 100]
    assert [scores(pooled, period=year)["B"] for year in ("2020", "2021")] == [50, 100]
    assert scores(normalised("rank", values, limits="pooled"), period="2021") == {"A": 2, "B": 4}
    assert scores(normalised("percentile", values, limits="pooled"), period="2021") == pytest.approx(
        {"A": 1 / 3, "B": 1}
    )


def test_an_index_over_a_base_year_grows_with_the_figure_and_falls_where_less_is_better():
    values = {"2013": {"A": 5067, "B": 10}, "2021": {"A": 74656, "B": 20}}
    up = normalised("base_year", values, period=2013, base=1000)
    assert scores(up, period="2021") == pytest.approx({"A": 14733.767515, "B": 2000})
    assert scores(normalised("base_year", values, period="2013", direction="lower"), period="2021")["B"] == 50


def test_a_unit_without_a_figure_in_the_base_year_cannot_enter_and_is_named():
    values = {"2013": {"A": 4, "B": None}, "2021": {"A": 8, "B": 20}}
    found = normalised("base_year", values, period="2013")
    assert scores(found, period="2021") == {"A": 200, "B": None}
    assert any("B has no figure in 2013" in notice for notice in found.notices)


REFUSED = {
    "a base of zero": ("base_year", {"period": "2020"}, {"A": 0, "B": 1}, "A, 2020, x is 0: a base figure"),
    "a base year not in the data": ("base_year", {"period": "1999"}, FOUR, "normalise.period: the data have no period"),
    "a logarithm of zero": ("log_goalposts", {"worst": 1, "best": 9}, {"A": 0}, "A, 2020, x is 0: a logarithm"),
    "a negative share": ("share_of_leader", {}, {"A": -1, "B": 1}, "A, 2020, x is -1: a share of the leader"),
    "a share of nothing": ("share_of_leader", {}, {"A": 0, "B": 0}, "A, 2020, x is 0: the largest figure is 0"),
    "a target below the worst": (
        "distance_to_target",
        {"target": 1},
        FOUR,
        "A, 2020, x is 2: the target 1 lies on the wrong",
    ),
    "a target at the only value": (
        "distance_to_target",
        {"target": 2},
        {"A": 2, "B": 2},
        "A, 2020, x is 2: the target 2",
    ),
    "a target above the worst, less being better": (
        "distance_to_target",
        {"target": 11, "direction": "lower"},
        FOUR,
        "D, 2020, x is 10: the target 11 lies on",
    ),
    "the worst as reference": ("distance_to_reference", {"unit": "A"}, FOUR, "A, 2020, x: the reference is the worst"),
    "a reference without figure": (
        "distance_to_reference",
        {"unit": "A"},
        {"A": None, "B": 1, "C": 2},
        "A, 2020, x: the reference has no figure",
    ),
    "a reference nobody knows": (
        "distance_to_reference",
        {"unit": "Z"},
        FOUR,
        "normalise.unit: the data have no unit “Z”",
    ),
    "minmax of one": ("minmax", {}, {"A": 1}, "minmax needs two units, and A is alone"),
    "zscore of one": ("zscore", {}, {"A": 1}, "zscore needs two units, and A is alone"),
    "percentile of one": ("percentile", {}, {"A": 1}, "percentile needs two units, and A is alone"),
    "distance to leader of one": ("distance_to_leader", {}, {"A": 1}, "needs two units, and A is alone"),
    "distance to reference of one": (
        "distance_to_reference",
        {"unit": "A"},
        {"A": 1},
        "needs two units, and A is alone",
    ),
    "a number too large": (
        "goalposts",
        {"worst": 0, "best": 1e-300},
        {"A": 1e300},
        "A, 2020, x is 1e+300: goalposts gives no finite",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_defined_is_refused_with_the_cell(case):
    method, how, values, said = REFUSED[case]
    with pytest.raises(Refused) as refused:
        normalised(method, values, **how)
    assert said in str(refused.value)
    assert str(refused.value).startswith("tree.children[0].normalise")


@pytest.mark.parametrize(
    ("method", "how", "expected"),
    [
        ("goalposts", {"worst": 0, "best": 2}, 50),
        ("distance_to_target", {"target": 2}, 0),
        ("base_year", {"period": "2020"}, 100),
        ("share_of_leader", {}, 1),
        ("rank", {}, 1),
        ("borda", {}, 0),
    ],
)
def test_one_unit_is_enough_for_methods_that_need_nobody_else(method, how, expected):
    assert scores(normalised(method, {"A": 1}, **how)) == {"A": expected}


@pytest.mark.parametrize("method", ["minmax", "zscore", "distance_to_leader"])
def test_an_indicator_without_spread_drops_out_with_a_notice_even_where_all_are_required(method):
    tree = node("all", leaf("x", method), leaf("y"))
    found = index(tree, {"x": {"A": 3, "B": 3}, "y": {"A": 1, "B": 2}})
    assert scores(found) == {"A": 1, "B": 2}
    assert scores(found, "x") == {"A": None, "B": None}
    assert found.notices == ("tree.children[0]: all values are equal in 2020; x drops out",)


def test_equal_but_for_the_last_binary_place_is_equal():
    table = {"n": {"A": 0.1, "B": 0.3}, "d": {"A": 1, "B": 3}, "y": {"A": 1, "B": 2}}
    found = index(node("all", leaf("n", "minmax", per={"indicator": "d"}), leaf("y")), table)
    assert 0.1 / 1 != 0.3 / 3
    assert "all values are equal" in found.notices[0]


def test_an_indicator_without_spread_may_be_set_to_a_constant():
    found = normalised("minmax", {"A": 3, "B": 3, "C": None}, if_constant=50)
    assert scores(found) == {"A": 50, "B": 50, "C": None}
    assert found.notices == ("tree.children[0]: all values are equal in 2020; x is set to 50",)


@pytest.mark.parametrize(("method", "expected"), [("rank", 1), ("borda", 0), ("percentile", 0), ("share_of_leader", 1)])
def test_equal_values_where_the_method_is_still_defined(method, expected):
    assert scores(normalised(method, {"A": 3, "B": 3})) == {"A": expected, "B": expected}
    assert scores(normalised("distance_to_target", {"A": 3, "B": 3}, target=5)) == {"A": 0, "B": 0}


def test_a_single_value_among_many_units_drops_out_and_says_so():
    found = normalised("minmax", {"A": 3, "B": None})
    assert scores(found) == {"A": None, "B": None}
    assert found.notices == ("tree.children[0]: minmax needs two values and there is one in 2020; x drops out",)


def test_a_ratio_is_missing_over_zero_or_nothing_and_refused_over_less_than_nothing():
    tree = node("all", leaf("n", per={"indicator": "d", "scale": 100}))
    found = index(tree, {"n": dict.fromkeys("ABC", 5), "d": {"A": 20, "B": 0, "C": None}})
    assert scores(found) == {"A": 25, "B": None, "C": None}
    assert found.notices == ("tree.children[0].per: B, 2020, d is 0; n is missing",)
    with pytest.raises(Refused, match=r"tree.children\[0\].per: A, 2020, d is below 0"):
        index(tree, {"n": {"A": 5}, "d": {"A": -1}})


def test_a_lag_takes_the_denominator_of_years_before():
    tree = node("all", leaf("n", per={"indicator": "d", "lag": 2}))
    values = {"2018": {"A": 1}, "2019": {"A": 1}, "2020": {"A": 12}}
    found = index(tree, {"n": values, "d": {"2018": {"A": 3}, "2019": {"A": 4}, "2020": {"A": 6}}})
    assert scores(found, period="2020") == {"A": 4}
    assert scores(found, period="2019") == {"A": None}  # 2017 is not in the data
