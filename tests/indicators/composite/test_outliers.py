"""Skewness and kurtosis by hand, and when points are moved, logged or left alone."""

import math

import numpy as np
import pytest

from indicators.composite import outliers
from indicators.composite.recipe import Outliers
from indicators.composite.refusal import Refused
from tests.indicators.composite.making import index, leaf, node, scores

RULE = Outliers()


def treated(*values, rule=RULE):
    return outliers.treat(np.array(values, dtype=float), rule, "tree.children[0]")


def test_skewness_and_kurtosis_by_hand():
    # deviations -2 -1 0 3: squares 14, cubes 18, fourth powers 98
    values = np.array([1.0, 2.0, 3.0, 6.0])
    assert outliers.skewness(values) == pytest.approx(math.sqrt(12) / 2 * (2 * 18 / 14**1.5))
    assert outliers.kurtosis(values) == pytest.approx((5 * (4 * 98 / 196 - 3) + 6) * 3 / (2 * 1))


@pytest.mark.parametrize("values", [(), (1,), (1, 2), (1, 1, 1, 1, 1), (1, 2, 3), (0.1 + 0.2, 0.3, 0.3, 0.3, 0.3)])
def test_too_few_or_equal_values_are_not_tested(values):
    found = treated(*values)
    assert (found.what, found.values.tolist()) == (outliers.NOT_TESTED, list(values))


def test_nearly_all_values_equal_is_not_tested():
    found = treated(0, 0, 0, 0, 0, 0, 0, 0, 0, 9)
    assert (found.what, found.moved.any(), found.values.max()) == (outliers.NOT_TESTED, False, 9)


def test_skewness_alone_is_no_reason():
    values = np.array([0.0] * 9 + [1.0, 1.0])
    assert outliers.skewness(values) > 1.9
    assert treated(*values, rule=Outliers(skewness=1.5)).what == outliers.UNTOUCHED


def test_the_extreme_on_the_side_of_the_skew_moves_to_the_next_value_and_is_kept_on_record():
    found = treated(1, 2, 3, 4, 5, 6, 7, 8, 9, 100)
    assert found.what == outliers.WINSORISED
    assert found.values.tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9, 9]
    assert np.flatnonzero(found.moved).tolist() == [9]
    low = treated(-100, 2, 3, 4, 5, 6, 7, 8, 9, 10)
    assert low.values.tolist() == [2, 2, 3, 4, 5, 6, 7, 8, 9, 10]


def test_tied_extremes_move_together():
    found = treated(*range(1, 40), 1000, 1000)
    assert found.values[-3:].tolist() == [39, 39, 39]
    assert found.moved.sum() == 2


def test_where_five_points_are_not_enough_all_values_become_logarithms():
    values = [1.2**n for n in range(100)]
    found = treated(*values)
    assert found.what == outliers.LOGGED
    assert not found.moved.any()
    assert found.values[0] == pytest.approx(math.log(0.01 * (values[-1] - 1)))
    assert found.values[-1] == pytest.approx(math.log(1.01 * (values[-1] - 1)))
    assert treated(*values, rule=Outliers(max_points=100)).what == outliers.WINSORISED


def test_the_logarithm_of_the_gii_type():
    found = outliers.logarithm(np.array([0.0, 50.0, 100.0]), "gii", "")
    assert found.tolist() == pytest.approx([0, math.log(99 * 0.5 + 1), math.log(100)])
    with pytest.raises(Refused, match="x: the logarithm of the GII type needs a largest value above 0, here -1"):
        outliers.logarithm(np.array([-3.0, -1.0]), "gii", "x")


def test_an_index_treats_each_set_and_keeps_raw_beside_treated():
    values = {f"u{n:02}": n for n in range(1, 10)} | {"u10": 100}
    top = {"outliers": {"method": "winsorise_then_log"}}
    found = index(node("all", leaf("x", "minmax")), {"x": values}, **top)
    assert scores(found)["u09"] == scores(found)["u10"] == 100
    assert found.leaves.raw[0][0, -1] == 100
    assert found.leaves.used[0][0, -1] == 9
    assert [(t.code, t.period, t.what, t.moved) for t in found.leaves.treatments] == [
        ("x", "2020", "winsorised", ((0, 9),))
    ]


def test_the_logarithm_does_not_meet_limits_that_are_not_logarithms():
    values = {f"u{n:02}": 1.2**n for n in range(100)}
    with pytest.raises(Refused, match=r"tree.children\[0\]: outliers would turn x into logarithms, but the limits"):
        index(
            node("all", leaf("x", "goalposts", worst=0, best=9)),
            {"x": values},
            outliers={"method": "winsorise_then_log"},
        )
