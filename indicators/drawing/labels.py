"""Which names fit beside their points, so that none covers another name or another point. Pure.

A picture keeps its words at one size while it grows with the page. Names are therefore placed twice, in a picture
as narrow as a phone and in one as wide as a column: what fits both always stands, the rest is for wide pages. A name
that finds no room beside its point may stand a little off, at the end of a thin line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, radians, sin

NARROW, WIDE = 286.0, 580.0  # widths in CSS pixels
HEIGHT, GAP, AIR, REACH = 13.0, 5.0, 3.0, 4.0  # a line of words; to its point; to other names; least radius of a point

Box = tuple[float, float, float, float]
Size = tuple[float, float]
Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A point at shares of width and height; `rx` and `ry` are its radius in the same shares, 0 for a small mark."""

    x: float
    y: float
    words: str
    rx: float = 0.0
    ry: float = 0.0


@dataclass(frozen=True, slots=True)
class Side:
    """A direction from the point, and how many pixels beyond its rim the name stands; `line` joins the two."""

    across: float
    down: float
    away: float
    line: bool


def _side(angle: float, away: float = GAP, *, line: bool = False) -> Side:
    return Side(round(cos(radians(angle)), 4), round(sin(radians(angle)), 4), away, line)


BESIDE = tuple(_side(angle) for angle in (0.0, 180.0, -90.0, 90.0))
OFF = tuple(
    _side(angle, away, line=True)
    for away in (12.0, 22.0, 34.0, 48.0, 62.0)
    for angle in (0.0, -25.0, 25.0, -50.0, 50.0, 180.0, -155.0, 155.0)
)


@dataclass(frozen=True, slots=True)
class Label:
    """`wide` when it fits wide pages only."""

    anchor: Anchor
    side: Side
    wide: bool


def width(words: str) -> float:
    """About how wide the words are at 12.5 px; Chinese characters are square."""
    return sum(13.0 if ord(letter) > 0x2E7F else 6.9 for letter in words)


class _Room:
    """A picture at one size: what is taken already."""

    def __init__(self, size: Size, anchors: Sequence[Anchor], taken: Sequence[Box]) -> None:
        self.size = size
        self.points = [_around(anchor, size) for anchor in anchors]
        self.names = [(a * size[0], b * size[1], c * size[0], d * size[1]) for a, b, c, d in taken]
        self.lines: list[tuple[Spot, Spot]] = []

    def fits(self, anchors: Sequence[Anchor], i: int, side: Side, *, over_points: bool = False) -> bool:
        left, top, right, bottom = _box(anchors[i], side, self.size)
        if left < 0 or top < 0 or right > self.size[0] or bottom > self.size[1]:
            return False
        for a, b, c, d in self.names:
            if left < c + AIR and a < right + AIR and top < d and b < bottom:
                return False
        if not over_points:
            for j, (a, b, c, d) in enumerate(self.points):
                if left < c and a < right and top < d and b < bottom and j != i:
                    return False
        return not side.line or self._free(anchors[i], i, side)

    def _free(self, anchor: Anchor, i: int, side: Side) -> bool:
        """A line runs through no name, no small point and no other line."""
        start, end = _ends(anchor, side, self.size)
        small = [point for j, point in enumerate(self.points) if j != i and point[2] - point[0] <= 3 * REACH]
        steps = [(start[0] + (end[0] - start[0]) * t / 12, start[1] + (end[1] - start[1]) * t / 12) for t in range(13)]
        if any(_holds(box, spot) for box in (*self.names, *small) for spot in steps):
            return False
        return not any(_cross(start, end, *line) for line in self.lines)

    def take(self, anchor: Anchor, side: Side) -> None:
        self.names.append(_box(anchor, side, self.size))
        if side.line:
            self.lines.append(_ends(anchor, side, self.size))


def placed(
    anchors: Sequence[Anchor],
    *,
    narrow: float,
    wide: float,
    taken: Sequence[Box] = (),
    most: tuple[int, int] = (99, 99),
    strong: Sequence[Anchor] = (),
    lines: bool = False,
    page: float = WIDE,
) -> list[Label]:
    """The names that fit, the first anchors first.

    `narrow` and `wide` are heights by widths of the picture at both sizes, `taken` are boxes in shares that no name
    may enter, `most` is how many names stand at each size. `strong` ones stand even over other points; `lines` lets
    names stand off. `page` is how wide the picture is at least on a wide page. An anchor without words is only in the
    way of others.
    """
    small = _Room((NARROW, NARROW * narrow), anchors, taken)
    large = _Room((page, page * wide), anchors, taken)
    found: dict[int, Label] = {}
    for rooms, limit, only_wide in (((small, large), most[0], False), ((large,), most[1], True)):
        for i, anchor in enumerate(anchors):
            if i in found or not anchor.words or len(found) >= limit:
                continue
            sides = BESIDE + OFF if lines else BESIDE
            able = (side for side in sides if all(room.fits(anchors, i, side) for room in rooms))
            side = next(able, None)
            if side is None and anchor in strong:
                over = (s for s in BESIDE if all(room.fits(anchors, i, s, over_points=True) for room in rooms))
                side = next(over, None)
            if side is not None:
                found[i] = Label(anchor, side, only_wide)
                for room in rooms:
                    room.take(anchor, side)
    return list(found.values())


def _around(anchor: Anchor, size: Size) -> Box:
    x, y = anchor.x * size[0], anchor.y * size[1]
    rx, ry = max(anchor.rx * size[0], REACH), max(anchor.ry * size[1], REACH)
    return x - rx, y - ry, x + rx, y + ry


def _rim(anchor: Anchor, side: Side, size: Size) -> Spot:
    left, top, right, bottom = _around(anchor, size)
    return (left + right) / 2 + side.across * (right - left) / 2, (top + bottom) / 2 + side.down * (bottom - top) / 2


def _box(anchor: Anchor, side: Side, size: Size) -> Box:
    x, y = _rim(anchor, side, size)
    x, y, long = x + side.across * side.away, y + side.down * side.away, width(anchor.words)
    if abs(side.across) < 0.01:
        top = y - HEIGHT + 2 if side.down < 0 else y - 2
        return x - long / 2, top, x + long / 2, top + HEIGHT
    left = x if side.across > 0 else x - long
    return left, y - HEIGHT / 2, left + long, y + HEIGHT / 2


def _ends(anchor: Anchor, side: Side, size: Size) -> tuple[Spot, Spot]:
    x, y = _rim(anchor, side, size)
    middle = anchor.x * size[0], anchor.y * size[1]
    return middle, (x + side.across * side.away, y + side.down * side.away)


def _cross(a: Spot, b: Spot, c: Spot, d: Spot) -> bool:
    def turn(p: Spot, q: Spot, r: Spot) -> bool:
        return (q[0] - p[0]) * (r[1] - p[1]) > (q[1] - p[1]) * (r[0] - p[0])

    return turn(a, b, c) != turn(a, b, d) and turn(c, d, a) != turn(c, d, b)


def _holds(box: Box, spot: Spot) -> bool:
    return box[0] <= spot[0] <= box[2] and box[1] <= spot[1] <= box[3]


def drawn(labels: Sequence[Label], strong: Sequence[Anchor] = ()) -> Iterator[str]:
    """SVG text: places in per cent, distances in pixels."""
    for label in labels:
        anchor, side = label.anchor, label.side
        x, y = anchor.x + side.across * anchor.rx, anchor.y + side.down * anchor.ry
        away = side.away + (0 if anchor.rx else REACH)
        dx, dy = side.across * away, side.down * away
        extra = " pt-wide" if label.wide else ""
        if side.line:
            yield _lead(anchor, (x, y), (dx, dy), extra)
        if abs(side.across) < 0.01:
            css, drop = "pt-name ct-mid", dy - 1 if side.down < 0 else dy + 8
        else:
            css, drop = "pt-name" if side.across > 0 else "pt-name ct-end", dy + 4.5
        css += extra + (" pt-strong" if anchor in strong else "")
        at = f'x="{100 * x:.2f}%" y="{100 * y:.2f}%" dx="{dx:.1f}" dy="{drop:.1f}"'
        yield f'<text class="{css}" {at}>{escape(anchor.words)}</text>'


def _lead(anchor: Anchor, rim: Spot, off: Spot, css: str) -> str:
    """A thin line from the middle of the point to its rim, in shares, and on to the name, in pixels."""
    x, y = (f"{100 * share:.2f}%" for share in (anchor.x, anchor.y))
    to_x, to_y = (f"{100 * share:.2f}%" for share in rim)
    line = f'<line class="pt-lead" x1="{x}" y1="{y}" x2="{to_x}" y2="{to_y}"/>'
    line += f'<circle class="pt-tack" cx="{x}" cy="{y}" r="1.25"/>'
    path = f'<path class="pt-lead" d="M0 0L{off[0] * 0.95:.1f} {off[1] * 0.95:.1f}"/>'
    return f'<g class="{css.strip()}">{line}<svg class="spot-at" x="{to_x}" y="{to_y}">{path}</svg></g>'
