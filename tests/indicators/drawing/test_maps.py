"""Maps: the projection against points worked out by hand, areas that are values, and nothing drawn for absence."""

import json
from math import radians, sin
from xml.etree import ElementTree

import pytest

from indicators.drawing import maps
from indicators.drawing.maps import CHINA, EAST, Bubble


def parse(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 - our own text


def of_class(svg, css):
    return [element for element in parse(svg).iter() if css in element.get("class", "").split()]


def bubble(name, value, latitude=31.2, longitude=121.5, **more):
    return Bubble(name, latitude, longitude, value, f"{name}: {value}", f"/figures/{name}/", **more)


def shares(svg, css):
    return [float(circle.get("r").removesuffix("%")) for circle in of_class(svg, css)]


def on_land(latitude, longitude):
    x, y = maps.project(latitude, longitude)
    inside = False
    for ring in maps._rings():
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                inside = not inside
    return inside


# --- The projection ---


@pytest.mark.parametrize(
    ("place", "east", "south"),
    [
        ((36, 105), 0, 0),
        # n = (sin 25° + sin 47°) / 2 = 0.576986, C = cos² 25° + 2 n sin 25° = 1.309088, radius at 36° N = 8,769.8 km;
        # Beijing: radius 8,327.4 km, angle 0.576986 · 11.39723° = 6.5760°.
        ((39.9075, 116.39723), 953.7, -497.2),
        # Its mirror image west of the meridian.
        ((39.9075, 93.60277), -953.7, -497.2),
        # Along the meridian the angle is zero: radius at 20° N 10,558.8 km.
        ((20, 105), 0, 1789.0),
    ],
)
def test_places_stand_where_the_formula_puts_them(place, east, south):
    assert maps.project(*place) == pytest.approx((east, south), abs=1.5)


@pytest.mark.parametrize(("south", "west"), [(22, 100), (30, 120), (45, 80), (50, 125)])
def test_the_projection_keeps_areas(south, west):
    steps = [i / 20 for i in range(20)]
    edge = [(south, west + t) for t in steps] + [(south + t, west + 1) for t in steps]
    edge += [(south + 1, west + 1 - t) for t in steps] + [(south + 1 - t, west) for t in steps]
    spots = [maps.project(*place) for place in edge]
    area = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(spots, [*spots[1:], spots[0]], strict=True))) / 2
    on_the_sphere = 6371**2 * radians(1) * (sin(radians(south + 1)) - sin(radians(south)))
    assert area == pytest.approx(on_the_sphere, rel=0.001)


# --- The coast ---


@pytest.mark.parametrize("city", [(34.26, 108.93), (43.8, 87.6), (19.6, 109.9), (24.0, 121.0), (37.5, 127.5)])
def test_cities_and_islands_lie_on_land(city):
    assert on_land(*city)


@pytest.mark.parametrize("sea", [(30, 125), (20, 116), (38.5, 119.5), (39.5, 133)])
def test_the_seas_are_no_land(sea):
    assert not on_land(*sea)


@pytest.mark.parametrize("frame", [EAST, CHINA])
def test_the_coast_of_a_map_is_a_small_path(frame):
    assert 1500 < len(maps.coastline(frame, 5)) < 12_000


def test_the_base_map_holds_outlines_of_land_and_nothing_else():
    kept = json.loads(maps.BASEMAP.read_text())
    assert kept["geometry"]["type"] == "MultiPolygon"
    assert all(len(polygon) == 1 for polygon in kept["geometry"]["coordinates"])
    assert "public domain" in (maps.BASEMAP.parent / "README.md").read_text()


def test_the_frame_holds_every_place_or_the_place_is_on_no_map():
    east, west = maps.project(31.2, 121.5), maps.project(43.8, 87.6)
    assert maps.frame_of([east]) is EAST
    assert maps.frame_of([east, west]) is CHINA
    for corner in [(39.5, 76.0), (53.3, 122.4), (48.3, 134.3), (18.3, 109.5)]:
        assert maps.holds(*corner)
    assert not maps.holds(51.5, -0.1)
    assert not maps.holds(-90, 180)
    assert not maps.holds(None, 121.5)


def test_a_locator_has_one_dot_where_the_city_is():
    (dot,) = of_class(maps.locator(31.2, 121.5), "map-dot")
    x, y = EAST.share(maps.project(31.2, 121.5))
    assert dot.get("cx") == f"{100 * x:.1f}%"
    assert dot.get("cy") == f"{100 * y:.1f}%"


# --- Bubbles ---


def test_areas_are_proportional_to_values():
    small, large = sorted(shares(maps.bubbles([bubble("a", 25), bubble("b", 100, 23)]), "spot-full"))
    assert (large / small) ** 2 == pytest.approx(4, rel=0.01)


def test_a_bound_is_open_a_range_two_circles_a_rank_a_cross_and_a_tiny_figure_a_dot():
    bound = maps.bubbles([bubble("a", 10, open="up")])
    assert of_class(bound, "spot-open") and not of_class(bound, "spot-full")
    inner, outer = sorted(shares(maps.bubbles([bubble("a", 100, open="range", low=25)]), "spot-open"))
    assert (outer / inner) ** 2 == pytest.approx(4, rel=0.01)
    rank = maps.bubbles([bubble("a", None)])
    assert of_class(rank, "spot-cross") and not of_class(rank, "spot-full")
    both = maps.bubbles([bubble("a", 1000), bubble("b", 0, 23)])
    assert len(of_class(both, "spot-dot")) == len(of_class(both, "spot-full")) == 1


def test_a_figure_below_zero_is_drawn_open():
    svg = maps.bubbles([bubble("a", -4), bubble("b", 1, 23)])
    assert len(of_class(svg, "spot-open")) == len(of_class(svg, "spot-full")) == 1


def test_no_point_draws_no_mark():
    assert not list(parse(maps.bubbles([])).iter("a"))


def test_links_run_from_the_largest_to_the_smallest_and_ranks_come_last():
    svg = maps.bubbles([bubble("rank", None, 40), bubble("small", 1, 23), bubble("large", 9)])
    assert [link.get("href") for link in parse(svg).iter("a")] == [f"/figures/{n}/" for n in ("large", "small", "rank")]
    assert [link[0].text for link in parse(svg).iter("a")] == ["large: 9", "small: 1", "rank: None"]


def test_the_marked_city_stands_out_and_keeps_its_name_in_a_crowd():
    crowd = [bubble(f"city {i}", 50 + i, 31 + i / 20, 121 + i / 20) for i in range(12)]
    svg = maps.bubbles([*crowd, bubble("marked", 1, 31.2, 121.2, marked=True)])
    assert [mark.get("href") for mark in of_class(svg, "spot-on")] == ["/figures/marked/"]
    assert [name.text for name in of_class(svg, "pt-strong")] == ["marked"]


@pytest.mark.parametrize(
    ("largest", "round_values"), [(5393, [5000, 1000]), (2, [2, 0.5]), (0.19, [0.1, 0.02]), (0, [])]
)
def test_the_key_of_sizes_has_two_round_values_within_what_is_drawn(largest, round_values):
    assert maps.key_values(largest) == pytest.approx(round_values)


def test_the_circles_of_the_key_have_the_size_of_their_values():
    svg = maps.bubbles([bubble("a", 100)], key=[(100, "100"), (20, "20")])
    (full,) = shares(svg, "spot-full")
    assert shares(svg, "key-circle") == pytest.approx([full, full * 0.2**0.5], abs=0.01)


def test_a_map_of_dots_keeps_the_order_of_its_list():
    svg = maps.dots([bubble("b", 1), bubble("a", 9, 23)])
    assert [link.get("href") for link in parse(svg).iter("a")] == ["/figures/b/", "/figures/a/"]
    assert len(of_class(svg, "spot-full")) == 2


def test_no_map_carries_a_colour_a_style_or_raw_markup():
    svg = maps.bubbles([bubble("<b>", 1)], key=[(1, "<i>")]) + maps.locator(31.2, 121.5) + maps.dots([bubble("&", 1)])
    assert not any(word in svg for word in ("style=", "fill=", "stroke=", "#", "<b>", "<i>"))
