"""Which names fit beside their points, so that none covers another name or another point. Pure.

A picture keeps its words at one size while it grows with the page. Names are therefore placed twice, in a picture
as narrow as a phone and in one as wide as a column: what fits on the phone always stands, the rest is for wide pages.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

NARROW, WIDE = 290.0, 640.0  # widths in CSS pixels
HEIGHT, GAP, REACH = 13.0, 5.0, 4.0  # of a line of words; from a point to its name; least radius of a point

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A point at shares of width and height; `rx` and `ry` are its radius in the same shares, 0 for a small mark."""

    x: float
    y: float
    words: str
    rx: float = 0.0
    ry: float = 0.0


@dataclass(frozen=True, slots=True)
class Label:
    """`side` of the anchor; `wide` when it fits wide pages only."""

    anchor: Anchor
    side: str
    wide: bool


def width(words: str) -> float:
    """About how wide the words are at 12.5 px; Chinese characters are square."""
    return sum(13.0 if ord(letter) > 0x2E7F else 6.9 for letter in words)


def placed(
    anchors: Sequence[Anchor],
    *,
    narrow: float,
    wide: float,
    taken: Sequence[Box] = (),
    most: tuple[int, int] = (99, 99),
) -> list[Label]:
    """The names that fit, in the order of `anchors`, the first ones first.

    `narrow` and `wide` are heights by widths of the picture at both sizes, `taken` are boxes in shares that no name
    may enter, `most` is how many names stand at each size. An anchor without words is in the way of others only.
    """
    sides: dict[int, str] = {}
    found: list[Label] = []
    for size, limit, only_wide in (((NARROW, NARROW * narrow), most[0], False), ((WIDE, WIDE * wide), most[1], True)):
        points = [_around(anchor, size) for anchor in anchors]
        boxes = [_box(anchors[i], side, size) for i, side in sides.items()]
        boxes += [(a * size[0], b * size[1], c * size[0], d * size[1]) for a, b, c, d in taken]
        for i, anchor in enumerate(anchors):
            if i in sides or not anchor.words or len(sides) >= limit:
                continue
            others = [*boxes, *points[:i], *points[i + 1 :]]
            side = next((side for side in SIDES if _fits(_box(anchor, side, size), others, size)), None)
            if side:
                sides[i] = side
                boxes.append(_box(anchor, side, size))
                found.append(Label(anchor, side, only_wide))
    return found


SIDES = ("right", "left", "above", "below")


def _around(anchor: Anchor, size: tuple[float, float]) -> Box:
    x, y = anchor.x * size[0], anchor.y * size[1]
    rx, ry = max(anchor.rx * size[0], REACH), max(anchor.ry * size[1], REACH)
    return x - rx, y - ry, x + rx, y + ry


def _box(anchor: Anchor, side: str, size: tuple[float, float]) -> Box:
    left, top, right, bottom = _around(anchor, size)
    x, y, long = anchor.x * size[0], anchor.y * size[1], width(anchor.words)
    if side == "right":
        return right, y - HEIGHT / 2, right + GAP + long, y + HEIGHT / 2
    if side == "left":
        return left - GAP - long, y - HEIGHT / 2, left, y + HEIGHT / 2
    if side == "above":
        return x - long / 2, top - HEIGHT - 2, x + long / 2, top - 1
    return x - long / 2, bottom + 1, x + long / 2, bottom + HEIGHT + 2


def _fits(box: Box, others: Sequence[Box], size: tuple[float, float]) -> bool:
    inside = box[0] >= 0 and box[1] >= 0 and box[2] <= size[0] and box[3] <= size[1]
    return inside and not any(_meet(box, other) for other in others)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def drawn(labels: Sequence[Label], strong: Sequence[Anchor] = ()) -> Iterator[str]:
    """SVG text: places in per cent, distances in pixels."""
    for label in labels:
        anchor, side = label.anchor, label.side
        x = anchor.x + {"right": anchor.rx, "left": -anchor.rx}.get(side, 0)
        y = anchor.y + {"above": -anchor.ry, "below": anchor.ry}.get(side, 0)
        small = 0 if anchor.rx else REACH
        dx = {"right": GAP + small, "left": -GAP - small}.get(side, 0)
        dy = {"above": -GAP - small, "below": HEIGHT + small}.get(side, 4.5)
        css = "pt-name" + {"left": " ct-end", "above": " ct-mid", "below": " ct-mid"}.get(side, "")
        css += (" pt-wide" if label.wide else "") + (" pt-strong" if anchor in strong else "")
        at = f'x="{100 * x:.2f}%" y="{100 * y:.2f}%" dx="{dx:.0f}" dy="{dy:.1f}"'
        yield f'<text class="{css}" {at}>{escape(anchor.words)}</text>'
