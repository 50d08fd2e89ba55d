"""Pictures drawn by the server: bars, lines, slopes, strips, sparks. Pure: text in, SVG text out.

Colours, type and weights are classes of static/css/charts.css. What is not known is not drawn; what is a bound is
drawn open. The figures themselves stand in the table beside the picture, each with its link.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import floor, log10

from indicators import claims

WIDTH = 640

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


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float | None
    open: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Slope:
    """One place's rank in each column, None where there is none. `colour` 1-10, 0 for grey."""

    label: str
    ranks: Sequence[int | None]
    colour: int = 0


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
    return f"{value:.10g}" if abs(value) < 1e6 else f"{value:.0f}"


def _wide(words: str) -> float:
    """About how wide the words are at 13 px; Chinese characters are square."""
    return sum(13.5 if ord(letter) > 0x2E7F else 7.2 for letter in words)


def _text(x: float, y: float, words: str, css: str = "ct") -> str:
    return f'<text class="{css}" x="{x:.1f}" y="{y:.1f}">{escape(words)}</text>'


def _line(css: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="{css}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _svg(width: float, height: float, parts: Sequence[str]) -> str:
    return f'<svg viewBox="0 0 {width:.0f} {height:.0f}" focusable="false">{"".join(parts)}</svg>'


def bars(rows: Sequence[Bar]) -> str:
    """One bar a row, longest scale shared, in the order given."""
    left, right, step, top = 190.0, WIDTH - 28.0, 26.0, 24.0
    scale = ticks(max((row.value for row in rows if row.value is not None), default=0.0))
    height = top + step * len(rows) + 4

    def x(value: float) -> float:
        return left + (right - left) * value / scale[-1]

    parts = [_line("cl-zero" if t == 0 else "cl-grid", x(t), top - 4, x(t), height) for t in scale]
    parts += [_text(x(t), top - 10, short(t), "ct-muted ct-mid") for t in scale]
    for i, row in enumerate(rows):
        y = top + step * i
        parts.append(f'<g class="{"cs-on" if row.marked else "cs-none"}">')
        parts.append(_text(left - 10, y + 17, row.label, "ct ct-end"))
        if row.value is None:
            parts.append(_text(left + 8, y + 17, row.note, "ct-muted"))
        else:
            css, start = "cb-open" if row.open in ("down", "about", "range") else "cb-full", x(row.low)
            width = max(x(row.value) - start, 0.5)
            parts.append(f'<rect class="{css}" x="{start:.1f}" y="{y + 5:.1f}" width="{width:.1f}" height="15"/>')
            if row.open == "up":
                parts.append(f'<path class="cl-line" d="M{x(row.value) + 5:.1f} {y + 6:.1f}l8 6.5-8 6.5"/>')
        parts.append("</g>")
    return _svg(WIDTH, height, parts)


def lines(series: Sequence[Line], *, labels: dict[float, str]) -> str:
    """Lines over years. A gap breaks the line, bounds are open circles, names stand at the ends."""
    points = [p for line in series for p in line.points if p.y is not None]
    if not points:
        return ""
    room = min(max(map(_wide, (line.label for line in series))) + 16, WIDTH / 2)
    left, right, top, bottom, height = 64.0, WIDTH - room, 16.0, 246.0, 276.0
    first, last = min(p.x for p in points), max(p.x for p in points)
    scale = ticks(max(p.y for p in points if p.y is not None))

    def x(value: float) -> float:
        return left + (right - left) * (value - first) / ((last - first) or 1)

    def y(value: float) -> float:
        return bottom - (bottom - top) * value / scale[-1]

    parts = [_line("cl-zero" if t == 0 else "cl-grid", left, y(t), right, y(t)) for t in scale]
    parts += [_text(left - 8, y(t) + 4, short(t), "ct-muted ct-end") for t in scale]
    parts += [_text(x(at), bottom + 20, words, "ct-muted ct-mid") for at, words in labels.items()]
    taken: list[float] = []
    for i, line in enumerate(series, 1):
        known = [(x(p.x), y(p.y), p.open) for p in line.points if p.y is not None]
        if not known:
            continue
        path, pen = "", "M"
        for p in line.points:
            path, pen = (f"{path}{pen}{x(p.x):.1f} {y(p.y):.1f}", "L") if p.y is not None else (path, "M")
        marks = "".join(
            f'<circle class="{"cm-open" if o else "cm-full"}" cx="{a:.1f}" cy="{b:.1f}" r="4.5"/>' for a, b, o in known
        )
        at = known[-1][1] + 4
        while any(abs(at - other) < 18 for other in taken):
            at += 18
        taken.append(at)
        name = _text(known[-1][0] + 10, at, line.label)
        parts.append(f'<g class="cs-{(i - 1) % 10 + 1}"><path class="cl-line" d="{path}"/>{marks}{name}</g>')
    return _svg(WIDTH, height, parts)


def slope(columns: Sequence[str], rows: Sequence[Slope]) -> str:
    """Ranks in several lists: a line where two neighbouring lists rank the place, a gap where one does not."""
    deepest = max((rank for row in rows for rank in row.ranks if rank is not None), default=1)
    left, right, top, step = 124.0, 436.0, 46.0, 27.0
    gap = (right - left) / max(len(columns) - 1, 1)
    parts = []
    for i, column in enumerate(columns):
        at = left + gap * i
        parts.append(_text(at, 20, column, "ct-strong ct-mid"))
        parts.append(_line("cl-grid", at, 32, at, top + step * (deepest - 1) + 14))
    for row in sorted(rows, key=lambda row: row.colour > 0):
        spots = [None if r is None else (left + gap * i, top + step * (r - 1)) for i, r in enumerate(row.ranks)]
        parts.append(f'<g class="cs-{row.colour or "grey"}">')
        for a, b in zip(spots, spots[1:], strict=False):
            if a and b:
                parts.append(_line("cl-line", *a, *b))
        parts += [_spot(spots, i, row) for i, spot in enumerate(spots) if spot]
        parts.append("</g>")
    return _svg(right + left, top + step * (deepest - 1) + 22, parts)


def _spot(spots: Sequence[tuple[float, float] | None], i: int, row: Slope) -> str:
    """A numbered mark, with its name at the outer columns and wherever the place stands alone."""
    x, y = spots[i] or (0.0, 0.0)
    css = "ct-strong" if row.colour else "ct"
    mark = f'<circle class="cm-open" cx="{x:.1f}" cy="{y:.1f}" r="10"/>'
    mark += f'<text class="ct-muted ct-mid" x="{x:.1f}" y="{y + 4:.1f}">{row.ranks[i]}</text>'
    before, after = i > 0 and spots[i - 1], i + 1 < len(spots) and spots[i + 1]
    if i == 0:
        return mark + _text(x - 16, y + 4.5, row.label, f"{css} ct-end")
    if i == len(spots) - 1 or not (before or after):
        return mark + _text(x + 16, y + 4.5, row.label, css)
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
    dots = "".join(f'<circle class="strip-dot" cx="{2 + 96 * v / highest:.1f}%" cy="50%" r="3.5"/>' for v in values)
    if own is not None:
        css = "strip-open" if own_open else "strip-on"
        dots += f'<circle class="{css}" cx="{2 + 96 * own / highest:.1f}%" cy="50%" r="6"/>'
    line = '<line class="strip-line" x1="0" x2="100%" y1="50%" y2="50%"/>'
    return f'<svg class="strip" aria-hidden="true" focusable="false">{line}{dots}</svg>'
