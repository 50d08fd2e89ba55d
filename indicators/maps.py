"""Maps drawn by the server: a coastline, and cities on it. Pure: text in, SVG text out.

Albers equal-area conic for East Asia, in kilometres from 36° N 105° E, y downwards. Places stand at shares of the
picture's width and height, so that a map grows and shrinks while its words keep their size; the aspect of each
frame is a class of static/css/maps.css. Coastline only: no border is drawn, and every map has to say so.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sin, sqrt
from pathlib import Path

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

    def holds(self, spot: Spot) -> bool:
        x, y = self.share(spot)
        return 0.02 <= x <= 0.98 and 0.02 <= y <= 0.98


EAST = Frame("map-east", -480, -1500, 2640, 3520)
CHINA = Frame("map-china", -2600, -2100, 4800, 4140)


def project(latitude: float, longitude: float) -> Spot:
    """Kilometres east and south of 36° N 105° E."""
    rho = _rho(latitude)
    theta = _N * radians(longitude - MERIDIAN)
    return rho * sin(theta), rho * cos(theta) - _rho(LATITUDE)


def _rho(latitude: float) -> float:
    return EARTH * sqrt(_C - 2 * _N * sin(radians(latitude))) / _N


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
