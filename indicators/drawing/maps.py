"""Maps drawn by the server: a coastline, and cities on it. Pure: text in, SVG text out.

Albers equal-area conic for East Asia, in kilometres from 36° N 105° E, y downwards. Places stand at shares of the
picture's width and height, so that a map grows and shrinks while its words keep their size; the aspect of each
frame is a class of static/css/maps.css. Coastline only: no border is drawn, and every map has to say so.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from math import cos, floor, log10, radians, sin, sqrt
from pathlib import Path
from typing import SupportsFloat

from indicators.drawing import labels
from indicators.drawing.labels import Anchor

BASEMAP = Path(__file__).parent / "basemap" / "coastline.geojson"
EARTH = 6371.0
SOUTH, NORTH, LATITUDE, MERIDIAN = 25.0, 47.0, 36.0, 105.0
_N = (sin(radians(SOUTH)) + sin(radians(NORTH))) / 2
_C = cos(radians(SOUTH)) ** 2 + 2 * _N * sin(radians(SOUTH))

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the projected plane; `css` carries its aspect."""

    css: str
    left: float
    top: float
    width: float
    height: float

    def share(self, spot: Spot) -> Spot:
        """Where a place stands, as shares of width and height."""
        return (spot[0] - self.left) / self.width, (spot[1] - self.top) / self.height

    @property
    def diagonal(self) -> float:
        """What a radius in per cent is a part of."""
        return sqrt((self.width**2 + self.height**2) / 2)

    def holds(self, spot: Spot) -> bool:
        x, y = self.share(spot)
        return 0.01 <= x <= 0.99 and 0.01 <= y <= 0.99


@dataclass(frozen=True, slots=True)
class Bubble:
    """`value` None draws a cross: a rank and no figure. `open` as in charts.Bar; a range runs from `low`."""

    name: str
    latitude: float
    longitude: float
    value: float | None
    title: str
    url: str
    open: str = ""
    low: float = 0.0
    marked: bool = False


EAST = Frame("map-east", -480, -1520, 2780, 3560)
CHINA = Frame("map-china", -2600, -2180, 4850, 4220)


def project(latitude: float, longitude: float) -> Spot:
    """Kilometres east and south of 36° N 105° E."""
    rho = _rho(latitude)
    theta = _N * radians(longitude - MERIDIAN)
    return rho * sin(theta), rho * cos(theta) - _rho(LATITUDE)


def _rho(latitude: float) -> float:
    return EARTH * sqrt(_C - 2 * _N * sin(radians(latitude))) / _N


def holds(latitude: SupportsFloat | None, longitude: SupportsFloat | None) -> bool:
    """Whether a place is known and lies on the map."""
    return latitude is not None and longitude is not None and CHINA.holds(project(float(latitude), float(longitude)))


def frame_of(spots: Sequence[Spot]) -> Frame:
    """The east where every place lies in it, else the whole extent of China."""
    return EAST if all(EAST.holds(spot) for spot in spots) else CHINA


@lru_cache(maxsize=1)
def _rings() -> list[list[Spot]]:
    shape = json.loads(BASEMAP.read_text())["geometry"]["coordinates"]
    return [[project(latitude, longitude) for longitude, latitude in polygon[0]] for polygon in shape]


@lru_cache(maxsize=8)
def coastline(frame: Frame, unit: float) -> str:
    """The coast inside a frame as path data in steps of `unit` kilometres, cut a little outside the frame."""
    pad = 0.02 * frame.width
    path = ""
    for ring in _rings():
        cut = _cut(
            ring, (frame.left - pad, frame.top - pad, frame.left + frame.width + pad, frame.top + frame.height + pad)
        )
        steps = [(round((x - frame.left) / unit), round((y - frame.top) / unit)) for x, y in cut]
        steps = [spot for i, spot in enumerate(steps) if spot != steps[i - 1]]
        if len(steps) > 2:
            moves = zip(steps, steps[1:], strict=False)
            path += f"M{steps[0][0]} {steps[0][1]}l" + " ".join(f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in moves) + "z"
    return path.replace(" -", "-")


def _cut(ring: list[Spot], box: tuple[float, float, float, float]) -> list[Spot]:
    """Sutherland and Hodgman: a polygon cut at the four sides of a box."""
    for side in range(4):
        axis, sign = side % 2, 1 if side < 2 else -1
        kept: list[Spot] = []
        for before, here in zip([*ring[-1:], *ring], ring, strict=False):
            a, b = sign * (before[axis] - box[side]), sign * (here[axis] - box[side])
            if (a < 0) != (b < 0):
                t = a / (a - b)
                kept.append((before[0] + t * (here[0] - before[0]), before[1] + t * (here[1] - before[1])))
            if b >= 0:
                kept.append(here)
        ring = kept
    return ring


def _ground(frame: Frame, unit: float) -> str:
    """The coast as a picture inside the picture: it scales, its stroke does not."""
    box = f"0 0 {frame.width / unit:.0f} {frame.height / unit:.0f}"
    return f'<svg class="map-ground" viewBox="{box}"><path class="map-coast" d="{coastline(frame, unit)}"/></svg>'


def locator(latitude: float, longitude: float) -> str:
    """Where a place lies, the size of a stamp: a coast and one dot."""
    spot = project(latitude, longitude)
    frame = frame_of([spot])
    x, y = (100 * share for share in frame.share(spot))
    dot = f'<circle class="map-halo" cx="{x:.1f}%" cy="{y:.1f}%" r="9"/>'
    dot += f'<circle class="map-dot" cx="{x:.1f}%" cy="{y:.1f}%" r="4.5"/>'
    ground = _ground(frame, frame.width / 160)
    return f'<svg class="map map-locator {frame.css}" aria-hidden="true" focusable="false">{ground}{dot}</svg>'


# --- Bubbles ---

LARGEST = 0.05  # radius of the largest bubble, as a share of the diagonal
SMALLEST = 0.0035  # what would be smaller is a dot
COLUMN = 400.0  # the map of dots stands in a column of a wide page, in pixels
CROSS = "M-3.5 0h7M0-3.5v7"
KEY_BOX = (0.0, 0.0, 0.42, 0.17)  # where the key of sizes stands, in shares: over land without a city of ours


def radius(value: float, largest: float) -> float:
    """As a share of the diagonal: the area is proportional to the value."""
    return LARGEST * sqrt(abs(value) / largest) if largest else 0.0


def largest_of(points: Sequence[Bubble]) -> float:
    return max((abs(point.value) for point in points if point.value is not None), default=0.0)


def in_order(points: Sequence[Bubble]) -> list[Bubble]:
    """The largest first, so that the smaller ones are drawn over it and tabs run down the ranking; crosses last."""
    return sorted(points, key=lambda p: -1.0 if p.value is None else abs(p.value), reverse=True)


def key_values(largest: float) -> list[float]:
    """Two round values for the key of sizes, the larger at most the largest drawn."""
    if largest <= 0:
        return []
    power = 10.0 ** floor(log10(largest))
    step = next(m for m in (5, 2, 1) if m * power <= largest * 1.0001)
    return [step * power, {5: 1, 2: 0.5, 1: 0.2}[step] * power]


def bubbles(
    points: Sequence[Bubble], *, key: Sequence[tuple[float, str]] = (), names: tuple[int, int] = (12, 30)
) -> str:
    """Circles whose areas are the values, each a link; names of the largest where they fit. Absence draws nothing.

    `key` holds values of the key of sizes with their words; `names` how many names at most on a phone and else.
    """
    points = in_order(points)
    spots = [project(point.latitude, point.longitude) for point in points]
    frame, largest = frame_of(spots), largest_of(points)
    places = [frame.share(spot) for spot in spots]
    marks = [_bubble(point, *place, largest) for point, place in zip(points, places, strict=True)]
    anchors = [_anchor(point, place, largest, frame) for point, place in zip(points, places, strict=True)]
    first = [anchor for anchor, point in zip(anchors, points, strict=True) if point.marked]
    ranked = first + [anchor for anchor in anchors if anchor not in first]
    tall = frame.height / frame.width
    taken = [KEY_BOX] if key else []
    found = labels.placed(ranked, narrow=tall, wide=tall, taken=taken, most=names, strong=first, lines=True)
    words = labels.drawn(found, first)
    body = f'<g data-steps="">{"".join(marks)}</g><g class="pt-names" aria-hidden="true">{"".join(words)}</g>'
    body += _key(key, largest, frame)
    return f'<svg class="map map-bubbles {frame.css}" focusable="false">{_ground(frame, 5)}{body}</svg>'


def dots(points: Sequence[Bubble], *, names: tuple[int, int] = (16, 40)) -> str:
    """Where places lie: a dot each, all of one size, in the order given; names of the largest values come first."""
    spots = [project(point.latitude, point.longitude) for point in points]
    frame = frame_of(spots)
    places = [frame.share(spot) for spot in spots]
    anchors = [Anchor(*place, point.name) for point, place in zip(points, places, strict=True)]
    tall = frame.height / frame.width
    order = sorted(range(len(points)), key=lambda i: -(points[i].value or 0))
    ranked = [anchors[i] for i in order]
    found = labels.placed(ranked, narrow=tall, wide=tall, most=names, lines=True, page=COLUMN)
    marks = "".join(_dot(point, *place) for point, place in zip(points, places, strict=True))
    body = f'<g data-steps="">{marks}</g><g class="pt-names" aria-hidden="true">{"".join(labels.drawn(found))}</g>'
    return f'<svg class="map map-dots {frame.css}" focusable="false">{_ground(frame, 5)}{body}</svg>'


def _dot(point: Bubble, x: float, y: float) -> str:
    at = f'cx="{100 * x:.2f}%" cy="{100 * y:.2f}%"'
    mark = f'<circle class="spot-hit" {at} r="11"/><circle class="spot-full" {at} r="4"/>'
    return f'<a class="spot" href="{escape(point.url)}"><title>{escape(point.title)}</title>{mark}</a>'


def _bubble(point: Bubble, x: float, y: float, largest: float) -> str:
    at = f'cx="{100 * x:.2f}%" cy="{100 * y:.2f}%"'
    css = "spot spot-on" if point.marked else "spot"
    if point.value is None:
        cross = (
            f'<svg class="spot-at" x="{100 * x:.2f}%" y="{100 * y:.2f}%"><path class="spot-cross" d="{CROSS}"/></svg>'
        )
        mark = f'<circle class="spot-hit" {at} r="9"/>{cross}'
    elif radius(point.value, largest) < SMALLEST:
        mark = f'<circle class="spot-hit" {at} r="9"/><circle class="spot-dot" {at} r="1.75"/>'
    else:
        shape = "spot-open" if point.open or point.value < 0 else "spot-full"
        mark = f'<circle class="{shape}" {at} r="{100 * radius(point.value, largest):.2f}%"/>'
        if point.open == "range" and point.low > 0:
            mark += f'<circle class="spot-open" {at} r="{100 * radius(point.low, largest):.2f}%"/>'
    return f'<a class="{css}" href="{escape(point.url)}"><title>{escape(point.title)}</title>{mark}</a>'


def _anchor(point: Bubble, place: Spot, largest: float, frame: Frame) -> Anchor:
    r = 0.0 if point.value is None else radius(point.value, largest) * frame.diagonal
    return Anchor(*place, point.name, r / frame.width, r / frame.height)


def _key(key: Sequence[tuple[float, str]], largest: float, frame: Frame) -> str:
    """Circles of round values, one in the other, each with its words."""
    if not key:
        return ""
    most = LARGEST * frame.diagonal
    x, foot = 0.035 + most / frame.width, 0.03 + 2 * most / frame.height
    parts = []
    for value, words in key:
        r = radius(value, largest)
        y = foot - r * frame.diagonal / frame.height
        top = foot - 2 * r * frame.diagonal / frame.height
        right = x + most / frame.width
        parts.append(f'<circle class="key-circle" cx="{100 * x:.2f}%" cy="{100 * y:.2f}%" r="{100 * r:.2f}%"/>')
        ends = f'x1="{100 * x:.2f}%" x2="{100 * right:.2f}%" y1="{100 * top:.2f}%" y2="{100 * top:.2f}%"'
        parts.append(f'<line class="key-line" {ends}/>')
        parts.append(
            f'<text class="pt-name" x="{100 * right:.2f}%" y="{100 * top:.2f}%" dx="4" dy="4">{escape(words)}</text>'
        )
    return f'<g class="map-key" aria-hidden="true">{"".join(parts)}</g>'
