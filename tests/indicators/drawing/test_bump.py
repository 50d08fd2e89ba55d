import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from indicators.drawing import bump
from indicators.drawing.bump import Line, lines, spread


def test_every_place_is_a_line_and_the_coloured_ones_are_named_at_both_ends_with_their_ranks():
    svg = lines(["2020", "2021"], [Line("Ahead & co", [1, 2], 1), Line("Behind", [2, 1])])
    texts = [text.text for text in ElementTree.fromstring(svg).iter("text")]  # noqa: S314 - our own drawing
    assert texts == ["2020", "2021", "Ahead & co 1", "2 Ahead & co"]
    assert svg.count("<path") == 2 and svg.count("cs-grey") == 1


def test_the_first_stands_above_the_second():
    heights = [float(y) for y in re.findall(r'<circle[^>]*cy="([\d.]+)"', lines(["2020"], [Line("One", [1], 1)]))]
    heights += [float(y) for y in re.findall(r'<circle[^>]*cy="([\d.]+)"', lines(["2020"], [Line("Two", [2], 1)]))]
    assert heights[0] < heights[1]


@given(st.lists(st.floats(0, 1000), max_size=10))
def test_names_keep_apart_and_in_order(heights):
    moved = spread(heights)
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    assert all(moved[b] - moved[a] >= bump.APART - 1e-6 for a, b in zip(order, order[1:], strict=False))
    assert all(new >= old for new, old in zip(moved, heights, strict=True))
