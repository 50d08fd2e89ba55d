"""Pictures drawn by the server: bars, lines, slopes, strips, sparks. Pure: text in, SVG text out.

Colours, type and weights are classes of static/css/charts.css. What is not known is not drawn; what is a bound is
drawn open. The figures themselves stand in the table beside the picture, each with its link.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from math import floor, log10

from indicators import claims

WIDTH, NARROW = 640, 320  # a picture for pages, one for phones: words keep their size in both

# How a claim is drawn: in bars and tables, and as a point of a chart's data.
OPEN = {claims.ABOUT: "about", claims.NEARLY: "about", claims.RANGE: "range"}
OPEN |= dict.fromkeys(claims.LOWER_BOUNDS, "up") | dict.fromkeys(claims.UPPER_BOUNDS, "down")
POINT = {claims.ABOUT: "estimate", claims.NEARLY: "estimate", claims.RANGE: "range"}
POINT |= dict.fromkeys(claims.LOWER_BOUNDS, "bound_low") | dict.fromkeys(claims.UPPER_BOUNDS, "bound_high")


@dataclass(frozen=True, slots=True)
class Bar:
    """`value` None draws nothing but `note`; `open` is "up", "down", "about" or "range" (from `low`)."""

    label: str
    value: float | None
    open: str = ""
    low: float = 0
    note: str = ""
    marked: bool = False
    words: str = ""  # printed at the end of the bar


@dataclass(frozen=True, slots=True)
class Point:
    """`kind` as in POINT, for arrows and whiskers; `low` and `high` are the ends of a range."""

    x: float
    y: float | None
    open: bool = False
    kind: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """`colour` 1-10 is also the shape of its marks; 0 counts the lines, GREY is for lines that are context."""

    label: str
    points: Sequence[Point]
    colour: int = 0


@dataclass(frozen=True, slots=True)
class Flag:
    """A numbered mark at a date: `x` in the units of the points, so 2023.1 lies a little right of 2023."""

    x: float
    number: int


@dataclass(frozen=True, slots=True)
class Slope:
    """One place's rank in each column, None where there is none. `colour` 1-10, 0 for grey."""

    label: str
    ranks: Sequence[int | None]
    colour: int = 0


GREY = -1
# Ten marks that differ without colour, about their middle; static/js/charts-paint.js has the same.
SHAPES = (
    "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
    "M-4.5-4.5h9v9h-9z",
    "M0-5.8 5.6 4.4h-11.2z",
    "M0-6 6 0 0 6-6 0z",
    "M0 5.8 5.6-4.4h-11.2z",
    "M0-5.8 5.6-1.8 3.5 4.8h-7L-5.6-1.8z",
    "M-1.9-5.6h3.8v3.7h3.7v3.8h-3.7v3.7h-3.8v-3.7h-3.7v-3.8h3.7z",
    "M-5.6 0-2.8-5h5.6l2.8 5-2.8 5h-5.6z",
    "M-5.3-2.6l2.7-2.7L0-2.7l2.6-2.6 2.7 2.7L2.7 0l2.6 2.6-2.7 2.7L0 2.7l-2.6 2.6-2.7-2.7L-2.7 0z",
    "M0-6.4 1.6-2.2l4.6.2-3.6 2.9 1.2 4.4L0 2.8l-3.8 2.5 1.2-4.4L-6.2-2l4.6-.2z",
)


def ticks(highest: float, wanted: int = 4) -> list[float]:
    """Round steps from zero to the first one that holds `highest`."""
    if highest <= 0:
        return [0.0, 1.0]
    raw = highest / wanted
    power = 10.0 ** floor(log10(raw))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= raw * 0.999)
    count = 1
    while count * step < highest:
        count += 1
    return [round(i * step, 10) for i in range(count + 1)]


def short(value: float) -> str:
    return f"{value:,.10g}" if abs(value) < 1e6 else f"{value:,.0f}"


def scale(lowest: float, highest: float) -> list[float]:
    """As `ticks`, and the same steps below zero where values are."""
    if lowest >= 0:
        return ticks(highest)
    step = ticks(max(highest, -lowest))[1]
    below, above = -floor(lowest / step), -floor(-max(highest, 0.0) / step)
    return [round(i * step, 10) for i in range(-below, above + 1)]


def wide(words: str, size: float = 13) -> float:
    """About how wide the words are; Chinese characters are square."""
    return sum(size * 1.04 if ord(letter) > 0x2E7F else size * 0.555 for letter in words)


def clip(words: str, room: float) -> str:
    if wide(words) <= room:
        return words
    while len(words) > 1 and wide(words + "…") > room:
        words = words[:-1]
    return words.rstrip() + "…"


def wrapped(words: str, room: float, most: int = 3) -> list[str]:
    """In as many rows as `room` asks for, Chinese between any two characters; clipped only after `most` rows."""
    rows = [""]
    for piece in re.findall(r"[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*|\s+", words):
        if rows[-1] and len(rows) < most and wide((rows[-1] + piece).rstrip()) > room:
            rows.append("")
        rows[-1] += piece
    return [clip(row.strip(), room) for row in rows]


def text(x: float, y: float, words: str, css: str = "ct") -> str:
    return f'<text class="{css}" x="{x:.1f}" y="{y:.1f}">{escape(words)}</text>'


def stroke(css: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="{css}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _svg(width: float, height: float, parts: Sequence[str]) -> str:
    return f'<svg viewBox="0 0 {width:.0f} {height:.0f}" focusable="false">{"".join(parts)}</svg>'


def bars(rows: Sequence[Bar], *, width: float = WIDTH) -> str:
    """One bar a row, longest scale shared, in the order given."""
    step, top = 26.0, 24.0
    left = min(max((wide(row.label) for row in rows), default=0) + 16, width * (0.36 if width >= WIDTH else 0.44))
    room = min(max((wide(row.words or row.note) for row in rows), default=0), width * 0.3)
    right = width - max(room + 22, 28)
    values = [row.value for row in rows if row.value is not None]
    steps = scale(min(values, default=0.0), max(values, default=0.0))
    if width < WIDTH and len(steps) > 3:
        steps = [steps[0], *([0.0] if steps[0] < 0 else []), steps[-1]]
    height = top + step * len(rows) + 4

    def x(value: float) -> float:
        return left + (right - left) * (value - steps[0]) / (steps[-1] - steps[0])

    parts = [stroke("cl-zero" if t == 0 else "cl-grid", x(t), top - 4, x(t), height) for t in steps]
    parts += [text(x(t), top - 10, short(t), "ct-muted ct-mid") for t in steps]
    for i, row in enumerate(rows):
        y = top + step * i
        parts.append(f'<g class="{"cs-on" if row.marked else "cs-none"}">')
        parts.append(text(left - 10, y + 17, clip(row.label, left - 12), "ct ct-end"))
        if row.value is None:
            parts.append(text(x(0) + 8, y + 17, clip(row.note, width - x(0) - 10), "ct-muted"))
        else:
            parts.append(_bar(row, x, y))
            at = x(max(row.value, 0)) + (20 if row.open == "up" else 7)
            parts.append(text(at, y + 17, clip(row.words, width - at), "ct-value"))
        parts.append("</g>")
    return _svg(width, height, parts)


def _bar(row: Bar, x: Callable[[float], float], y: float) -> str:
    value = row.value or 0.0
    start, end = sorted((x(row.low), x(value)))
    css = "cb-open" if row.open in ("down", "about", "range") else "cb-full"
    drawn = f'<rect class="{css}" x="{start:.1f}" y="{y + 5:.1f}" width="{max(end - start, 0.5):.1f}" height="15"/>'
    if row.open == "up":
        drawn += f'<path class="cl-line" d="M{x(value) + 5:.1f} {y + 6:.1f}l8 6.5-8 6.5"/>'
    return drawn


def lines(series: Sequence[Line], *, labels: dict[float, str], marks: Sequence[Flag] = (), width: float = WIDTH) -> str:
    """Lines over years. A gap breaks the line, bounds are open, names stand at the ends, flags at the foot."""
    points = [p for line in series for p in line.points if p.y is not None]
    if not points:
        return ""
    room = min(max(wide(line.label, 14) for line in series) + 18, width * (0.5 if width >= WIDTH else 0.36))
    ends = [v for p in points for v in (p.y, p.low, p.high) if v is not None]
    steps = scale(min(ends), max(ends))
    left, right, top, bottom = max(wide(short(t), 12) for t in steps) + 14, width - room, 16.0, 246.0
    at = [*(p.x for p in points), *labels] if marks else [p.x for p in points]
    spare = 0.5 if marks else 0.1  # half a year, so that the first and the last year have room for their dates
    first, last = min(at) - spare, max(at) + spare

    def x(value: float) -> float:
        return left + (right - left) * (value - first) / ((last - first) or 1)

    def y(value: float) -> float:
        return bottom - (bottom - top) * (value - steps[0]) / (steps[-1] - steps[0])

    parts = [stroke("cl-zero" if t == 0 else "cl-grid", left, y(t), right, y(t)) for t in steps]
    parts += [text(left - 8, y(t) + 4, short(t), "ct-muted ct-end") for t in steps]
    flags, deep = _flags([(x(flag.x), flag.number) for flag in marks if first <= flag.x <= last], top, bottom)
    parts += flags
    shown = _thinned([(x(at), words) for at, words in labels.items() if first <= at <= last])
    parts += [text(at, bottom + 20 + deep, words, "ct-muted ct-mid") for at, words in shown]
    names = [wrapped(line.label, 0.92 * (width - _end(line.points, x))) for line in series]
    heights = _apart([_last(line.points, y) for line in series], [15.0 * len(rows) + 2 for rows in names], bottom)
    for i, (line, rows, height) in enumerate(zip(series, names, heights, strict=True), 1):
        if height is not None:
            parts.append(_drawn(line, line.colour or (i - 1) % 10 + 1, x, y, rows, height))
    return _svg(width, bottom + 30 + deep, parts)


def _end(points: Sequence[Point], x: Callable[[float], float]) -> float:
    """Where the name of a line begins."""
    return x(next((p.x for p in reversed(points) if p.y is not None), 0.0)) + 10


def _last(points: Sequence[Point], y: Callable[[float], float]) -> float | None:
    known = [p.y for p in points if p.y is not None]
    return y(known[-1]) + 4 if known else None


def _apart(heights: Sequence[float | None], sizes: Sequence[float], bottom: float) -> list[float | None]:
    """Names that would cover each other move apart, in the order their lines end."""
    order = sorted((i for i, h in enumerate(heights) if h is not None), key=lambda i: heights[i] or 0.0)
    moved = list(heights)
    for before, i in zip(order, order[1:], strict=False):
        moved[i] = max(moved[i] or 0.0, (moved[before] or 0.0) + sizes[before])
    limit = bottom + 19
    for i in reversed(order):
        moved[i] = min(moved[i] or 0.0, limit - sizes[i])
        limit = moved[i] or 0.0
    return moved


def _thinned(labels: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """Every label where there is room, else every second, third…; the last one always."""
    if len(labels) < 2:
        return list(labels)
    gap = (labels[-1][0] - labels[0][0]) / (len(labels) - 1)
    every = max(1, -floor(-(max(wide(words, 12) for _x, words in labels) + 8) / max(gap, 0.1)))
    return [label for i, label in enumerate(labels) if (len(labels) - 1 - i) % every == 0]


def _flags(spots: Sequence[tuple[float, int]], top: float, bottom: float) -> tuple[list[str], float]:
    """Numbered flags under the zero line, in as many rows as they need; and how deep the rows are."""
    rows: list[float] = []
    poles, parts = [], []
    for x, number in sorted(spots):
        row = next((i for i, taken in enumerate(rows) if x - taken >= 19), len(rows))
        rows[row : row + 1] = [x]
        y = bottom + 13 + 19 * row
        poles.append(stroke("cl-event", x, top, x, y - 8))
        parts.append(f'<g class="c-event"><circle cx="{x:.1f}" cy="{y:.1f}" r="8.5"/>')
        parts.append(f'<text x="{x:.1f}" y="{y + 4:.1f}">{number}</text></g>')
    return poles + parts, 19.0 * len(rows)


def _drawn(
    line: Line, colour: int, x: Callable[[float], float], y: Callable[[float], float], names: Sequence[str], at: float
) -> str:
    """One line: solid between exact figures, dashed to and from others, its marks and its name."""
    known = [p for p in line.points if p.y is not None]
    solid, dashed, before = "", "", None
    for p in line.points:
        if p.y is not None and before is not None and before.y is not None:
            step = f"M{x(before.x):.1f} {y(before.y):.1f}L{x(p.x):.1f} {y(p.y):.1f}"
            if p.open or before.open:
                dashed += step
            else:
                solid += step[step.index("L") :] if solid.endswith("L" + step[1 : step.index("L")]) else step
        before = p
    parts = [f'<path class="cl-line" d="{solid}"/>' if solid else ""]
    parts.append(f'<path class="cl-line cl-dash" d="{dashed}"/>' if dashed else "")
    parts += [_mark(p, colour, x(p.x), y) for p in known]
    parts += [text(_end(line.points, x), at + 15 * row, words, "ct ct-name") for row, words in enumerate(names)]
    return f'<g class="cs-{"grey" if colour == GREY else colour}">{"".join(parts)}</g>'


def _mark(point: Point, colour: int, x: float, y: Callable[[float], float]) -> str:
    at = y(point.y or 0.0)
    shape, css = SHAPES[max(colour, 1) - 1], "cm-open" if point.open else "cm-full"
    drawn = f'<path class="{css}" transform="translate({x:.1f} {at:.1f})" d="{shape}"/>'
    if point.low is not None and point.high is not None and point.low != point.high:
        drawn = stroke("cl-line", x, y(point.low), x, y(point.high)) + drawn
    if point.kind == "bound_low":
        drawn += f'<path class="cl-line" d="M{x:.1f} {at - 7:.1f}v-9m-3.5 4 3.5-4 3.5 4"/>'
    if point.kind == "bound_high":
        drawn += f'<path class="cl-line" d="M{x:.1f} {at + 7:.1f}v9m-3.5-4 3.5 4 3.5-4"/>'
    return drawn


def slope(columns: Sequence[str], rows: Sequence[Slope], *, width: float = WIDTH) -> str:
    """Ranks in several lists or years: a line where two neighbours rank the place, a gap where one does not."""
    deepest = max((rank for row in rows for rank in row.ranks if rank is not None), default=1)
    width = 560.0 if width >= WIDTH and len(columns) <= 3 else width
    side = min(max((wide(row.label) for row in rows), default=0) + 28, width * 0.31)
    left, right, step = side, width - side, 27.0
    gap = (right - left) / max(len(columns) - 1, 1)
    heads, deep = _heads(columns, left, gap)
    top = 30.0 + deep
    parts = [stroke("cl-grid", left + gap * i, deep + 16, left + gap * i, top + step * (deepest - 1) + 14)
             for i in range(len(columns))]  # fmt: skip
    parts += heads
    small = gap < 26
    room = side - (11 if small else 18)
    for row in sorted(rows, key=lambda row: row.colour > 0):
        spots = [None if r is None else (left + gap * i, top + step * (r - 1)) for i, r in enumerate(row.ranks)]
        parts.append(f'<g class="cs-{row.colour or "grey"}">')
        for a, b in zip(spots, spots[1:], strict=False):
            if a and b:
                parts.append(stroke("cl-line", *a, *b))
        parts += [_spot(spots, i, row, room, small) for i, spot in enumerate(spots) if spot]
        parts.append("</g>")
    return _svg(width, top + step * (deepest - 1) + 22, parts)


def _heads(columns: Sequence[str], left: float, gap: float) -> tuple[list[str], float]:
    """The columns' names: years thin out where they would touch, words break into lines; and how deep they are."""
    if len(columns) > 3 and max(map(wide, columns)) < 40:
        shown = _thinned([(left + gap * i, words) for i, words in enumerate(columns)])
        return [text(x, 18, words, "ct-strong ct-mid") for x, words in shown], 16.0
    broken = []
    for words in columns:
        rows = [""]
        for word in words.split():
            longer = f"{rows[-1]} {word}".strip()
            rows[-1:] = [longer] if not rows[-1] or wide(longer) < gap * 0.95 else [rows[-1], word]
        broken.append(rows)
    most, css = max(map(len, broken)), "ct-strong ct-mid" if gap > 90 else "ct-muted ct-mid"
    parts = [
        text(left + gap * i, 18 + 16 * (most - len(rows) + n), words, css)
        for i, rows in enumerate(broken)
        for n, words in enumerate(rows)
    ]
    return parts, 16.0 * most


def _spot(spots: Sequence[tuple[float, float] | None], i: int, row: Slope, room: float, small: bool) -> str:
    """A numbered mark, with its name at the outer columns and wherever the place stands alone."""
    x, y = spots[i] or (0.0, 0.0)
    css, name, off = "ct-strong" if row.colour else "ct", row.label, 9 if small else 16
    if small:
        mark, name = f'<circle class="cm-full" cx="{x:.1f}" cy="{y:.1f}" r="4"/>', f"{row.ranks[i]} {row.label}"
    else:
        mark = f'<circle class="cm-open" cx="{x:.1f}" cy="{y:.1f}" r="10"/>'
        mark += f'<text class="ct-muted ct-mid" x="{x:.1f}" y="{y + 4:.1f}">{row.ranks[i]}</text>'
    before, after = i > 0 and spots[i - 1], i + 1 < len(spots) and spots[i + 1]
    if i == 0:
        return mark + text(x - off, y + 4.5, clip(name, room), f"{css} ct-end")
    if i == len(spots) - 1 or not (before or after):
        return mark + text(x + off, y + 4.5, clip(name, room), css)
    return mark


def spark(values: Sequence[float | None]) -> str:
    """A trend the size of a word; the scale runs from the smallest to the largest value."""
    known = [v for v in values if v is not None]
    if len(known) < 3:
        return ""
    low, reach, wide = min(known), (max(known) - min(known)) or 1, 132 / (len(values) - 1)
    path, pen, spot = "", "M", (0.0, 0.0)
    for i, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        spot = 4 + wide * i, 24 - 20 * (value - low) / reach
        path, pen = f"{path}{pen}{spot[0]:.1f} {spot[1]:.1f}", "L"
    dot = f'<circle class="spark-end" cx="{spot[0]:.1f}" cy="{spot[1]:.1f}" r="3"/>'
    return (
        '<svg class="spark" viewBox="0 0 140 28" aria-hidden="true" focusable="false">'
        f'<path class="spark-line" d="{path}"/>{dot}</svg>'
    )


def strip(values: Sequence[float], own: float | None, own_open: bool = False) -> str:
    """All cities as dots on one line from zero to the largest, this one marked."""
    highest = max([*values, own or 0.0], default=0.0)
    if highest <= 0 or min(values, default=0.0) < 0 or len(values) < 3:
        return ""
    dots = "".join(f'<circle cx="{2 + 96 * v / highest:.1f}%" cy="50%" r="3.5"/>' for v in values)
    dots = f'<g class="strip-dot">{dots}</g>'
    if own is not None:
        css = "strip-open" if own_open else "strip-on"
        dots += f'<circle class="{css}" cx="{2 + 96 * own / highest:.1f}%" cy="50%" r="6"/>'
    line = '<line class="strip-line" x1="0" x2="100%" y1="50%" y2="50%"/>'
    return f'<svg class="strip" aria-hidden="true" focusable="false">{line}{dots}</svg>'
