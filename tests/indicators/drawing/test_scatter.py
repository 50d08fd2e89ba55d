"""Two indicators as a picture: scales, arrows for bounds, no trend unless asked, ranks compared by hand."""

from xml.etree import ElementTree

import pytest

from indicators.agreement import spearman
from indicators.drawing import labels, scatter
from indicators.drawing.scatter import Dot, Value


def parse(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 - our own text


def of_class(svg, css):
    return [element for element in parse(svg).iter() if css in element.get("class", "").split()]


def dot(name, x, y, **more):
    x, y = (value if isinstance(value, Value) else Value(value) for value in (x, y))
    return Dot(name, x, y, f"{name} said", f"/figures/{name}/", **more)


def drawn(*dots, trend=False, log=False):
    x, y = (scatter.axis([getattr(d, name).at for d in dots], log=log) for name in ("x", "y"))
    ticks = {f"{name}_ticks": [f"{tick:g}" for tick in one.ticks] for name, one in (("x", x), ("y", y))}
    return scatter.scatter(dots, x=x, y=y, **ticks, x_title="across", y_title="up", trend=trend)


def test_spearman_by_hand():
    # Ranks 1 2 3 4 5 against 2 1 3 4 5: the differences squared add up to 2, so 1 - 6 · 2 / (5 · 24) = 0.9.
    assert spearman([(1, 2), (2, 1), (3, 3), (4, 4), (5, 5)]).rho == pytest.approx(0.9)
    assert spearman([(i, -i) for i in range(6)]).rho == pytest.approx(-1)
    assert spearman([(1, 1), (2, 2)]).rho is None


def test_least_squares_by_hand():
    assert scatter.least_squares([(0, 1), (1, 3), (2, 5)]) == pytest.approx((2, 1))
    # Means 1 and 2; products of the distances 0 + 0 + 1, squares 1 + 0 + 1: slope 0.5.
    assert scatter.least_squares([(0, 2), (1, 1), (2, 3)]) == pytest.approx((0.5, 1.5))
    assert scatter.least_squares([(1, 1), (1, 2), (1, 3)]) is None
    assert scatter.least_squares([(0, 0), (1, 1)]) is None


@pytest.mark.parametrize(
    ("values", "first"), [([1, 100], 0), ([60, 90], 60), ([-5, 20], -10), ([0, 0], 0), ([7, 7], 6), ([-3, -3], -3)]
)
def test_a_scale_starts_at_zero_unless_the_figures_lie_close_together(values, first):
    axis = scatter.axis(values)
    assert axis.ticks[0] == pytest.approx(first)
    assert all(0 <= axis.share(value) <= 1 for value in values)


@pytest.mark.parametrize("values", [[0.2, 3], [1, 12_000], [350, 351]])
def test_a_logarithmic_scale_holds_its_figures(values):
    axis = scatter.axis(values, log=True)
    assert axis.log
    assert all(0 <= axis.share(value) <= 1 for value in values)
    assert axis.share(axis.ticks[0]) == 0 and axis.share(axis.ticks[-1]) == 1


def test_only_figures_above_zero_and_far_apart_ask_for_a_logarithmic_scale():
    assert scatter.wide_apart([1, 101])
    assert not scatter.wide_apart([1, 100])
    assert not scatter.wide_apart([0, 1000])
    assert not scatter.wide_apart([])


def test_every_dot_is_a_link_in_the_order_given():
    svg = drawn(dot("b", 1, 2), dot("a", 3, 4))
    assert [link.get("href") for link in parse(svg).iter("a")] == ["/figures/b/", "/figures/a/"]
    assert [link[0].text for link in parse(svg).iter("a")] == ["b said", "a said"]


def test_a_bound_is_open_and_points_to_where_the_figure_lies():
    svg = drawn(dot("a", Value(5, "up"), 5), dot("b", 2, Value(8, "down")), dot("c", 9, 1))
    assert len(of_class(svg, "spot-open")) == 2
    assert len(of_class(svg, "spot-full")) == 1
    paths = [arrow.get("d") for arrow in of_class(svg, "spot-arrow")]
    assert paths == [scatter.ARROWS["x", "up"], scatter.ARROWS["y", "down"]]


def test_a_range_is_a_line_between_two_open_marks():
    svg = drawn(dot("a", Value(8, "range", 2), 5), dot("b", 9, 1))
    (line,) = of_class(svg, "spot-arrow")
    assert float(line.get("x1").rstrip("%")) < float(line.get("x2").rstrip("%"))
    assert line.get("y1") == line.get("y2")
    assert len(of_class(svg, "spot-open")) == 2


def test_a_trend_line_is_drawn_only_when_asked_for_and_stays_inside():
    dots = [dot("a", 1, 1), dot("b", 2, 4), dot("c", 3, 9), dot("d", 50, Value(10, "up"))]
    assert not of_class(drawn(*dots), "pt-trend")
    (line,) = of_class(drawn(*dots, trend=True), "pt-trend")
    for end in ("y1", "y2"):
        assert 100 * scatter.TOP - 0.1 <= float(line.get(end).rstrip("%")) <= 100 * scatter.BOTTOM + 0.1
    # y = 4 x - 3.33 of the three single figures: it leaves the plot at the top long before x = 50.
    assert float(line.get("x2").rstrip("%")) < 20


def test_the_marked_city_is_named_in_the_accent():
    svg = drawn(*[dot(f"n{i}", i % 3, i % 4) for i in range(12)], dot("marked", 1, 1, marked=True))
    assert [name.text for name in of_class(svg, "pt-strong")] == ["marked"]


@pytest.mark.parametrize(
    "title", ["Short", "Digital technology patent applications, pieces, 2021 " * 2, "数字技术专利申请" * 5]
)
def test_a_title_takes_two_lines_at_most_and_loses_no_letter(title):
    lines = scatter.wrapped(f"↑ {title.strip()}")
    assert len(lines) <= 2
    assert "".join(lines).replace(" ", "") == f"↑{title}".replace(" ", "")
    assert labels.width(lines[0]) <= labels.NARROW


def test_no_picture_carries_a_colour_a_style_or_raw_markup():
    svg = drawn(dot("<b>", 1, 2), dot("&", 3, 4), trend=True)
    assert not any(word in svg for word in ("style=", "fill=", "stroke=", "#", "<b>"))
