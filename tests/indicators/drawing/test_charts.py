"""Pictures drawn by the server: well-formed, without colour of their own, and silent about what is not known."""

from xml.etree import ElementTree

import pytest

from indicators.drawing import charts
from indicators.drawing.charts import Bar, Flag, Line, Point, Slope


def parse(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 - our own text


def texts(svg):
    return [element.text for element in parse(svg).iter("text")]


def of_class(svg, css):
    return [element for element in parse(svg).iter() if css in element.get("class", "").split()]


@pytest.mark.parametrize("highest", [0.03, 1, 3.58, 10_000, 813_000])
def test_ticks_start_at_zero_and_hold_the_largest_value(highest):
    ticks = charts.ticks(highest)
    assert ticks[0] == 0
    assert ticks[-2] < highest <= ticks[-1]


def test_a_bar_is_as_long_as_its_value_and_absence_draws_none():
    svg = charts.bars([Bar("Shenzhen", 10), Bar("Shanghai", 5), Bar("Beijing", None, note="rank only")])
    wide, narrow = (float(bar.get("width")) for bar in of_class(svg, "cb-full"))
    assert wide == pytest.approx(2 * narrow, abs=0.2)
    assert "rank only" in texts(svg)


def test_a_lower_bound_ends_in_an_arrow_and_an_upper_bound_is_hollow():
    assert of_class(charts.bars([Bar("Beijing", 10, "up")]), "cl-line")
    assert of_class(charts.bars([Bar("Beijing", 10, "down")]), "cb-open")
    assert not of_class(charts.bars([Bar("Beijing", 10, "down")]), "cb-full")


def test_a_range_starts_at_its_lower_bound():
    (bar,) = of_class(charts.bars([Bar("Beijing", 10, "range", low=5)]), "cb-open")
    assert float(bar.get("x")) > 300


def test_a_line_breaks_where_a_year_is_missing():
    points = [Point(2020, 1), Point(2021, None), Point(2022, 3), Point(2023, 4, open=True)]
    svg = charts.lines([Line("GDP", points)], labels={2020: "2020", 2023: "2023"})
    (path,) = of_class(svg, "cl-dash")  # 2020 stands alone; the line from 2022 leads to a figure that is not exact
    assert path.get("d").count("M") == 1
    assert len(of_class(svg, "cm-full")) == 2
    assert len(of_class(svg, "cm-open")) == 1
    assert charts.lines([Line("nothing", [Point(2020, None)])], labels={}) == ""


@pytest.mark.parametrize("name", ["GDP", "after the fifth economic census", "第五次全国经济普查后"])
def test_the_name_at_the_end_of_a_line_fits_the_picture(name):
    svg = charts.lines([Line(name, [Point(2020, 1), Point(2021, 2)])], labels={})
    (end,) = (element for element in parse(svg).iter("text") if element.text == name)
    letters = 13 if name[0] > "z" else 6.5
    assert float(end.get("x")) + letters * len(name) <= charts.WIDTH


def test_a_long_name_keeps_its_last_word_on_a_phone():
    svg = charts.lines([Line("第五次全国经济普查后", [Point(2020, 1), Point(2021, 2)])], labels={}, width=charts.NARROW)
    assert "".join(texts(svg)).endswith("第五次全国经济普查后")
    assert "…" not in svg


def test_bounds_point_the_way_the_figure_may_lie_and_a_range_has_both_ends():
    up = charts.lines([Line("a", [Point(0, 5, True, "bound_low")])], labels={})
    down = charts.lines([Line("a", [Point(0, 5, True, "bound_high")])], labels={})
    (rising,), (falling,) = of_class(up, "cl-line"), of_class(down, "cl-line")
    assert "v-9" in rising.get("d")
    assert "v9" in falling.get("d")
    between = of_class(charts.lines([Line("a", [Point(0, 5, True, "range", 2, 8)])], labels={}), "cl-line")
    assert float(between[0].get("y1")) > float(between[0].get("y2"))


def test_flags_stand_at_their_dates_and_those_of_one_day_under_each_other():
    flags = [Flag(2020.9, 1), Flag(2022.0, 2), Flag(2022.0, 3), Flag(2031, 4)]
    svg = charts.lines(
        [Line("GDP", [Point(2020, 1), Point(2023, 2)])], labels={2020: "2020", 2023: "2023"}, marks=flags
    )
    spots = [(float(c.get("cx")), float(c.get("cy"))) for c in of_class(svg, "c-event") for c in c.iter() if c.get("r")]
    assert len(spots) == 3  # 2031 is outside the picture
    assert spots[0][0] < spots[1][0] == spots[2][0]
    assert spots[1][1] < spots[2][1]
    year = {t.text: float(t.get("x")) for t in parse(svg).iter("text")}
    share = (spots[1][0] - year["2020"]) / (year["2023"] - year["2020"])
    assert share == pytest.approx(2 / 3, abs=0.01)


def test_values_below_zero_hang_under_the_zero_line():
    assert charts.scale(-3, 8) == [-4.0, -2.0, 0.0, 2.0, 4.0, 6.0, 8.0]
    below, above = of_class(charts.bars([Bar("a", -3), Bar("b", 8)]), "cb-full")
    assert float(below.get("x")) + float(below.get("width")) == pytest.approx(float(above.get("x")), abs=0.2)


def test_the_ten_marks_differ():
    assert len(set(charts.SHAPES)) == 10


@pytest.mark.parametrize("draw", [
    lambda width: charts.bars([Bar("Shijiazhuang", 10, words="between 10 and 15")], width=width),
    lambda width: charts.slope(["total", "per inhabitant", "as a share"], [Slope("Guangzhou", [1, 2, 3])], width=width),
    lambda width: charts.slope([str(year) for year in range(2010, 2025)], [Slope("Wenzhou", [1] * 15)], width=width),
])  # fmt: skip
def test_a_phone_gets_a_drawing_of_its_own_in_which_no_word_leaves_the_picture(draw):
    svg = draw(charts.NARROW)
    assert svg.startswith('<svg viewBox="0 0 320 ')
    for element in parse(svg).iter("text"):
        css, x, long = element.get("class"), float(element.get("x")), charts.wide(element.text, 12)
        left = x - (long if "ct-end" in css else long / 2 if "ct-mid" in css else 0)
        assert left > -4
        assert left + long < 324


def test_a_slope_of_many_years_names_the_rank_where_marks_are_too_small_for_it():
    svg = charts.slope([str(year) for year in range(2010, 2025)], [Slope("Wenzhou", [4] * 15)], width=charts.NARROW)
    assert texts(svg).count("4 Wenzhou") == 2


def test_a_slope_links_neighbouring_lists_only():
    rows = [Slope("Beijing", [1, 2, 3], 1), Slope("Chengdu", [7, None, 12]), Slope("Hefei", [None, 9, None])]
    svg = charts.slope(["total", "per inhabitant", "share"], rows)
    assert len(of_class(svg, "cl-line")) == 2
    assert texts(svg).count("Chengdu") == 2
    assert texts(svg).count("Hefei") == 1


def test_names_are_escaped():
    assert "<b>" in texts(charts.bars([Bar("<b>", 1)]))


def test_a_spark_needs_three_values_and_a_strip_needs_a_crowd():
    assert charts.spark([1, 2]) == ""
    assert charts.spark([1, None, 2, 3]).count("M") == 2
    assert charts.strip([1, 2], 1) == ""
    assert charts.strip([1, -2, 3], 1) == ""
    assert charts.strip([1, 2, 3], 2).count('r="3.5"') == 3


def test_no_picture_carries_a_colour_or_a_style():
    svg = charts.bars([Bar("a", 1)]) + charts.slope(["a", "b"], [Slope("x", [1, 2], 1)]) + charts.spark([1, 2, 3])
    assert not any(word in svg for word in ("style=", "fill=", "stroke=", "#"))
