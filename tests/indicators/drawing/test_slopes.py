"""Ranks at two ends as lines."""

from xml.etree import ElementTree

from indicators.drawing import slopes
from indicators.drawing.slopes import Pair


def parse(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 - our own text


def pair(name, before, after, **more):
    return Pair(name, before, after, str(before), str(after), f"{name} said", f"/figures/{name}/", **more)


def lines(svg):
    return [line for line in parse(svg).iter("line") if "slope-line" in line.get("class")]


def test_a_line_runs_from_rank_to_rank_in_the_order_of_the_later_column():
    svg = slopes.slope(("2020", "2023"), [pair("falls", 1, 2), pair("rises", 2, 1)])
    assert [link.get("href") for link in parse(svg).iter("a")] == ["/figures/rises/", "/figures/falls/"]
    rises, falls = lines(svg)
    assert int(rises.get("y1")) - int(rises.get("y2")) == slopes.STEP
    assert int(falls.get("y2")) - int(falls.get("y1")) == slopes.STEP


def test_equal_ranks_take_lines_of_their_own_and_gaps_stay():
    assert slopes.levels([(1, 1), (2, 3), (2, 2), (4, 4)]) == [1, 3, 2, 4]
    assert slopes.levels([(3, 1), (10, 2)]) == [3, 10]
    assert slopes.levels([(2, 1), (2, 2), (3, 3)]) == [2, 3, 4]  # a list that counts 1-2-2-3


def test_movers_and_the_marked_city_say_by_how_many_places():
    svg = slopes.slope(("a", "b"), [pair("up", 5, 2, moved=True), pair("down", 1, 4, marked=True), pair("quiet", 2, 1)])
    words = ["".join(text.itertext()) for text in parse(svg).iter("text")]
    assert "2 up ↑3" in words and "4 down ↓3" in words and "1 quiet" in words


def test_lines_between_two_series_are_dashed():
    assert "slope-dashed" not in slopes.slope(("a", "b"), [pair("x", 1, 1)])
    assert "slope-dashed" in slopes.slope(("a", "b"), [pair("x", 1, 1)], dashed=True)


def test_the_picture_is_as_tall_as_its_ranks_and_carries_no_colour():
    svg = slopes.slope(("<a>", "b"), [pair("x", 1, 1), pair("y", 40, 2)])
    assert int(parse(svg).get("height")) > 39 * slopes.STEP
    assert not any(word in svg for word in ("style=", "fill=", "stroke=", "#", "<a>"))
