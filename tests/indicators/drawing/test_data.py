"""What a chart's data says: what is missing, what is qualified, where a date stands, and the server's drawing of it."""

from datetime import date

import pytest

from indicators.drawing import data as chart_data


def line(*points, labels=("2019", "2020", "2021", "2022"), **more):
    return {"type": "line", "labels": list(labels), "series": [{"name": "Beijing", "points": list(points)}]} | more


def point(x, y, kind="exact", **more):
    return {"x": x, "y": y, "kind": kind} | more


def test_a_gap_is_counted_inside_a_line_and_not_before_or_after_it():
    assert chart_data.facts(line(point("2020", 1), point("2022", 2))).absent == 1
    assert chart_data.facts(line(point("2020", 1), point("2021", 2))).absent == 0
    assert chart_data.facts(line(point("2021", None, "absent"))).absent == 1


def test_a_year_that_no_label_names_keeps_its_place():
    assert chart_data.places(line(labels=("2019", "2022"))) == ["2019", "2020", "2021", "2022"]
    assert chart_data.places({"type": "bar", "labels": ["2019", "2022"]}) == ["2019", "2022"]


def test_zero_is_a_value_and_absence_is_none():
    assert chart_data.value_of(point("a", 0)) == 0
    assert chart_data.value_of(point("a", 0, "absent")) is None
    assert chart_data.value_of({"low": 4, "high": 8}) == 6
    assert chart_data.value_of({"low": None, "high": 8}) == 8


def test_the_largest_change_is_worked_out_between_neighbouring_exact_figures_only():
    told = line(point("2019", 1), point("2020", 50, "estimate"), point("2021", 4), point("2022", 3))
    (series,) = chart_data.facts(told).series
    assert (series.largest.before.x, series.largest.by) == ("2021", -1)
    (series,) = chart_data.facts(line(point("2019", 1), point("2021", 9))).series
    assert series.largest is None


@pytest.mark.parametrize(
    ("start", "end", "year"),
    [(date(2023, 1, 1), date(2023, 12, 31), 2023.0), (date(2023, 1, 1), date(2023, 1, 1), 2022.5),
     (date(2023, 12, 31), date(2023, 12, 31), 2023.5)],
)  # fmt: skip
def test_every_date_of_a_year_lies_nearest_to_that_year(start, end, year):
    assert chart_data.year_of(start, end) == pytest.approx(year, abs=0.01)


def test_a_date_is_placed_by_its_years_and_not_by_the_length_of_the_list():
    assert chart_data.axis_place(line(), 2021.0) == 2
    assert chart_data.axis_place(line(labels=("2019", "2022")), 2021.0) == 2
    assert chart_data.axis_place(line(labels=("1900", "2000")), 1975.0) == 0.75
    assert chart_data.axis_place(line(labels=("2019",)), 2019.25) == 0.25
    for outside in (2018.4, 2022.6):
        assert chart_data.axis_place(line(), outside) is None
    assert chart_data.axis_place({"type": "bar", "labels": ["2019"]}, 2019.0) is None


@pytest.mark.parametrize("narrow", [False, True])
def test_the_server_draws_the_same_data_as_the_canvas(narrow):
    told = line(point("2019", 3, "bound_low"), point("2021", 4), annotations=[{"at": 1.4, "number": 7}])
    assert ">7</text>" in chart_data.picture(told, narrow=narrow)
    points = [point("a", 30, label="30 things"), point("b", None, "absent", label="rank only")]
    bars = {"type": "bar", "labels": ["a", "b"], "highlight": ["a"], "series": [{"name": "s", "points": points}]}
    svg = chart_data.picture(bars, narrow=narrow)
    for drawn in ("30 things", "rank only", 'class="cs-on"'):
        assert drawn in svg
    one, other = (
        {"name": "a", "points": [point("2020", 1), point("2021", 2)]},
        {"name": "b", "points": [point("2020", 2)]},
    )
    slope = {"type": "slope", "labels": ["2020", "2021"], "highlight": ["b"], "series": [one, other]}
    assert 'class="cs-1"' in chart_data.picture(slope, narrow=narrow)
    assert 'class="cs-grey"' in chart_data.picture(slope, narrow=narrow)


def test_a_colour_stays_with_its_city_whoever_stands_beside_it():
    told = line(point("2019", 3))
    told["series"][0]["colour"] = 4
    assert 'class="cs-4"' in chart_data.picture(told)
