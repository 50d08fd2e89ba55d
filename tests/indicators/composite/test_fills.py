"""Filled cells by hand, and that they are never taken for figures of the source."""

import numpy as np
import pytest

from indicators.composite.refusal import Refused
from tests.indicators.composite.making import data, index, leaf, node, scores

YEARS = {"2018": 10, "2019": None, "2020": None, "2021": None, "2022": 50, "2023": None}
GROUPS = {"A": "n", "B": "n", "C": "n", "D": "n", "E": "s"}


def over_years(rule, years=YEARS):
    values = {year: {"A": value, "B": 1} for year, value in years.items()}
    found = index(node("all", leaf("x", fill=rule)), {"x": values})
    return [None if np.isnan(value) else float(value) for value in found.scores["all"][:, 0]], found


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"method": "last"}, [10, 10, 10, 10, 50, 50]),
        ({"method": "last", "max_age": 2}, [10, 10, 10, None, 50, 50]),
        ({"method": "last", "max_age": 0}, [10, None, None, None, 50, None]),
        ({"method": "linear"}, [10, 20, 30, 40, 50, 50]),
        ({"method": "linear", "on": "normalised"}, [10, 20, 30, 40, 50, 50]),
    ],
)
def test_gaps_in_time(rule, expected):
    found, _index = over_years(rule)
    assert found == [value if value is None else pytest.approx(value) for value in expected]


def test_age_and_slope_are_in_years_not_in_rows():
    gaps = {"2010": 10, "2018": None, "2020": 20}
    assert over_years({"method": "last", "max_age": 7}, gaps)[0] == [10, None, 20]
    assert over_years({"method": "linear"}, gaps)[0] == [10, 18, 20]
    flat = over_years({"method": "linear"}, {"2010": None, "2011": 4, "2012": None})[0]
    assert flat == [4, 4, 4]


def test_periods_that_are_no_years_count_as_steps():
    assert over_years({"method": "linear"}, {"2020-Q1": 1, "2020-Q2": None, "2020-Q4": 3})[0] == [1, 2, 3]


@pytest.mark.parametrize(("method", "centre"), [("group_mean", 5), ("group_median", 4)])
def test_a_gap_takes_the_centre_of_its_group_on_raw_or_normalised_values(method, centre):
    values = {"A": 1, "B": 4, "C": 10, "D": None, "E": 100}
    raw = index(node("all", leaf("x", fill={"method": method})), {"x": values}, GROUPS)
    assert scores(raw)["D"] == centre
    rule = {"method": method, "on": "normalised"}
    logs = leaf("x", "log_goalposts", worst=1, best=100, fill=rule)
    expected = np.log([1, 4, 10]).mean() if method == "group_mean" else np.log(4)
    assert scores(index(node("all", logs), {"x": values}, GROUPS))["D"] == pytest.approx(100 * expected / np.log(100))


def test_filled_cells_count_as_filled_and_not_as_covered():
    tree = node("all", leaf("x", fill={"method": "group_mean"}), leaf("y"))
    found = index(tree, {"x": {"A": 1, "B": None}, "y": {"A": 2, "B": 2}}, GROUPS)
    assert found.coverage("all").tolist() == [[1, 0.5]]
    assert found.filled("all").tolist() == [[0, 0.5]]
    assert found.leaves.filled("x").tolist() == [[False, True]]
    assert scores(found) == {"A": 1.5, "B": 1.5}


def test_a_group_without_any_value_fills_nothing():
    found = index(node("all", leaf("x", fill={"method": "group_mean"})), {"x": {"A": 1, "E": None}}, GROUPS)
    assert scores(found) == {"A": 1, "E": None}


def test_a_unit_without_any_row_in_a_period_is_not_made_up_by_its_group():
    values = {"2020": {"A": 1, "B": 3}, "2021": {"A": 1}}
    found = index(node("all", leaf("x", fill={"method": "group_mean"})), {"x": values}, GROUPS)
    assert scores(found, period="2021") == {"A": 1, "B": None}


def test_filling_by_group_needs_groups():
    tree = node("all", leaf("x", fill={"method": "group_mean"}))
    with pytest.raises(Refused, match=r"tree.children\[0\].fill: needs groups, but the data have no column"):
        index(tree, {"x": {"A": 1, "B": None}})
    with pytest.raises(Refused, match=r"tree.children\[0\].fill: needs groups, but B, 2020 has none"):
        index(tree, {"x": {"A": 1, "B": None}}, {"A": "n"})


def test_a_unit_keeps_its_group_in_periods_that_do_not_say_and_may_change_it():
    rows = data({"x": {"2020": {"A": 1}, "2021": {"A": 2}}}, {"A": "n"})
    assert rows.group_of.tolist() == [[0], [0]]
