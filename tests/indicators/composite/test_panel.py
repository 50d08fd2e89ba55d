"""Reading the data: every row that cannot be meant is named by its line."""

import numpy as np
import pytest

from indicators.composite import panel
from indicators.composite.refusal import Refused


def read(*lines, head="unit,period,indicator,value"):
    return panel.read([f"{line}\n" for line in (head, *lines)])


def test_rows_in_any_order_make_the_same_panel():
    lines = ["B,2021,x,2", "A,2020,x,1.5e0", "A,2021,y,", "A,999,x,-3"]
    found = read(*lines)
    assert (found.units, found.periods) == (("A", "B"), ("999", "2020", "2021"))
    np.testing.assert_array_equal(found.values["x"], [[-3, np.nan], [1.5, np.nan], [np.nan, 2]])
    np.testing.assert_array_equal(found.listed, [[True, False], [True, False], [True, True]])
    np.testing.assert_array_equal(read(*reversed(lines)).values["x"], found.values["x"])


def test_groups_come_from_any_row_of_the_unit_and_may_change_with_time():
    head = "period,unit,group,indicator,value"
    found = read("2020,A,n,x,1", "2020,A,,y,1", "2021,A,s,x,1", "2020,B,s,x,1", "2021,B,,x,1", head=head)
    assert found.groups == ("n", "s")
    assert found.group_of.tolist() == [[0, 1], [1, 1]]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "the data have no rows"),
        (["A,2020,x,one"], "line 2: “one” is not a number"),
        (["A,2020,x,nan"], "line 2: “nan” is not a number"),
        (["A,2020,x,1", "B,2020,x,inf"], "line 3: “inf” is not a number"),
        (["A,2020,x,1e999"], "line 2: “1e999” is not a number"),
        (["A,2020,x,1_000"], "line 2: “1_000” is not a number"),
        (["A,2020,x,٣"], "line 2: “٣” is not a number"),
        (['A,2020,x,"1,000"'], "line 2: “1,000” is not a number"),
        (["A,2020,x,1,000"], "line 2 has more cells than the first line"),
        ([",2020,x,1"], "line 2 has no unit"),
        (["A,,x,1"], "line 2 has no period"),
        (["A,2020,,1"], "line 2 has no indicator"),
        (["A,2020,x,1", "A,2020,x,1"], "A, 2020, x is given twice"),
    ],
)
def test_a_wrong_row_is_named(lines, said):
    with pytest.raises(Refused) as refused:
        read(*lines)
    assert said in str(refused.value)


def test_columns_and_groups_that_cannot_be_meant_are_named():
    with pytest.raises(Refused, match="no column indicator, value; they need unit, period, indicator, value"):
        read("A,2020", head="unit,period")
    with pytest.raises(Refused, match="the data have the column value twice"):
        read("A,2020,x,1,2", head="unit,period,indicator,value,value")
    with pytest.raises(Refused, match="A, 2020 is in two groups, “n” and “s”"):
        read("A,2020,x,1,n", "A,2020,y,1,s", head="unit,period,indicator,value,group")
