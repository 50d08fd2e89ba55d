"""Two indicators as a picture: a mark a city, its name where it fits. Pure: text in, SVG text out.

Marks stand at shares of the picture, so that it grows while words and marks keep their size. A bound is an open
mark with an arrow to the side the figure may lie on; a range is a line between two open marks. No trend line is
drawn unless asked for, and a correlation is nobody's cause.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10
from statistics import median

from indicators.drawing import charts, labels
from indicators.drawing.labels import Anchor

LEFT, RIGHT, TOP, BOTTOM = 0.025, 0.975, 0.11, 0.87  # the plot inside the picture, in shares
NARROW, WIDE = 1.25, 0.7  # heights by widths; static/css/maps.css has the same
SPREAD = 100  # values this many times apart make a logarithmic scale sensible
FROM_ZERO = 0.4  # a scale starts at zero when the smallest value is below this part of the largest

ARROWS = {
    ("x", "up"): "M7 0h9M12-3.5 16 0l-4 3.5",
    ("x", "down"): "M-7 0h-9M-12-3.5-16 0l4 3.5",
    ("y", "up"): "M0-7v-9M-3.5-12 0-16l3.5 4",
    ("y", "down"): "M0 7v9M-3.5 12 0 16l3.5-4",
}


@dataclass(frozen=True, slots=True)
class Value:
    """`at` is what is drawn, `open` as in charts.Bar; a range runs from `low` to `at`."""

    at: float
    open: str = ""
    low: float | None = None

    @property
    def single(self) -> bool:
        return self.open in ("", "about")


@dataclass(frozen=True, slots=True)
class Dot:
    name: str
    x: Value
    y: Value
    title: str
    url: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    ticks: tuple[float, ...]
    log: bool = False

    def share(self, value: float) -> float:
        """Where a value stands between the first tick and the last."""
        first, last, at = self.ticks[0], self.ticks[-1], value
        if self.log:
            first, last, at = log10(first), log10(last), log10(value)
        return (at - first) / (last - first)


def wide_apart(values: Sequence[float]) -> bool:
    """Whether a logarithmic scale shows more: all above zero and more than two orders of magnitude apart."""
    return bool(values) and min(values) > 0 and max(values) / min(values) > SPREAD


def axis(values: Sequence[float], *, log: bool = False) -> Axis:
    low, high = min(values), max(values)
    if log and low > 0:
        steps = [m * 10.0**power for power in range(floor(log10(low)), ceil(log10(high)) + 1) for m in (1, 2, 5)]
        first = max((step for step in steps if step <= low * 1.0001), default=steps[0])
        last = min((step for step in steps if step >= high * 0.9999), default=steps[-1])
        shown = [step for step in steps if first <= step <= last]
        if len(shown) > 6:
            shown = [step for step in shown if step in (first, last) or round(log10(step), 6).is_integer()]
        return Axis(tuple(shown if len(shown) > 1 else (first, first * 10)), log=True)
    if 0 <= low <= FROM_ZERO * high or low == high == 0:
        return Axis(tuple(charts.ticks(high)))
    step = charts.ticks((high - low) or abs(high))[1]
    first, count = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return Axis(tuple(round(i * step, 10) for i in range(first, max(count, first + 1) + 1)))


def least_squares(pairs: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """Slope and intercept; None with fewer than three points or without spread."""
    if len(pairs) < 3:
        return None
    mean_x, mean_y = (sum(column) / len(pairs) for column in zip(*pairs, strict=True))
    spread = sum((x - mean_x) ** 2 for x, _y in pairs)
    if not spread:
        return None
    slope = sum((x - mean_x) * (y - mean_y) for x, y in pairs) / spread
    return slope, mean_y - slope * mean_x


def at(x: Axis, y: Axis, dot: Dot) -> tuple[float, float]:
    return _across(x.share(dot.x.at)), _down(y.share(dot.y.at))


def _across(share: float) -> float:
    return LEFT + (RIGHT - LEFT) * share


def _down(share: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * share


def scatter(
    dots: Sequence[Dot],
    *,
    x: Axis,
    y: Axis,
    x_ticks: Sequence[str],
    y_ticks: Sequence[str],
    x_title: str,
    y_title: str,
    trend: bool = False,
) -> str:
    """The dots in the order given, which is also the order of the keyboard."""
    parts, taken = _grid(x, y, x_ticks, y_ticks)
    parts += _titles(x_title, y_title)
    if trend:
        parts.append(_trend(dots, x, y))
    spots = [at(x, y, dot) for dot in dots]
    marks = "".join(_mark(dot, x, y) for dot in dots)
    anchors = [Anchor(*spot, dot.name) for dot, spot in zip(dots, spots, strict=True)]
    strong = [anchor for anchor, dot in zip(anchors, dots, strict=True) if dot.marked]
    ranked = strong + [anchor for anchor in _outermost(anchors) if anchor not in strong]
    found = labels.placed(ranked, narrow=NARROW, wide=WIDE, taken=taken, most=(16, 60), strong=strong)
    names = "".join(labels.drawn(found, strong))
    body = f'<g aria-hidden="true">{"".join(parts)}</g><g data-steps="">{marks}</g>'
    body += f'<g class="pt-names" aria-hidden="true">{names}</g>'
    return f'<svg class="plot" focusable="false">{body}</svg>'


def _outermost(anchors: Sequence[Anchor]) -> list[Anchor]:
    """Farthest from the middle of the crowd first: those a reader asks about."""
    if not anchors:
        return []
    x, y = median(anchor.x for anchor in anchors), median(anchor.y for anchor in anchors)
    return sorted(anchors, key=lambda anchor: (anchor.x - x) ** 2 + (anchor.y - y) ** 2, reverse=True)


def _grid(x: Axis, y: Axis, x_ticks: Sequence[str], y_ticks: Sequence[str]) -> tuple[list[str], list[labels.Box]]:
    """Horizontal lines with their values at the right end, values of the other axis below; and what they take."""
    parts, taken = [], [(0.0, 0.0, 1.0, TOP * 0.8), (0.0, BOTTOM + 0.005, 1.0, 1.0)]
    for value, words in zip(y.ticks, y_ticks, strict=True):
        level = 100 * _down(y.share(value))
        css = "cl-zero" if value == y.ticks[0] else "cl-grid"
        parts.append(f'<line class="{css}" x1="0" x2="100%" y1="{level:.2f}%" y2="{level:.2f}%"/>')
        parts.append(f'<text class="pt-tick ct-end" x="100%" y="{level:.2f}%" dy="-4">{escape(words)}</text>')
        wide, high = labels.width(words) / labels.NARROW, 16 / (labels.NARROW * NARROW)
        taken.append((1 - wide, level / 100 - high, 1.0, level / 100))
    widest = max((labels.width(words) + 14 for words in x_ticks), default=0.0)
    every = next((n for n in (1, 2) if len(x_ticks) / n * widest < labels.NARROW), len(x_ticks) - 1)
    for i, (value, words) in enumerate(zip(x.ticks, x_ticks, strict=True)):
        place = 100 * _across(x.share(value))
        foot = f'x1="{place:.2f}%" x2="{place:.2f}%" y1="{100 * BOTTOM:.2f}%" y2="{100 * BOTTOM + 1:.2f}%"'
        parts.append(f'<line class="cl-zero" {foot}/>')
        anchor = "" if i == 0 else " ct-end" if i == len(x.ticks) - 1 else " ct-mid"
        anchor += " pt-wide" if every and i % every else ""
        parts.append(
            f'<text class="pt-tick{anchor}" x="{place:.2f}%" y="{100 * BOTTOM:.2f}%" dy="19">{escape(words)}</text>'
        )
    return parts, taken


def _titles(x_title: str, y_title: str) -> list[str]:
    """What the axes measure: above the plot and below it, in lines a phone holds."""
    above, below = wrapped(f"↑ {y_title}"), wrapped(f"{x_title} →")
    parts = [
        f'<text class="pt-axis" x="0" y="0" dy="{11 + 15 * i}">{escape(line)}</text>' for i, line in enumerate(above)
    ]
    for i, line in enumerate(reversed(below)):
        parts.append(f'<text class="pt-axis ct-end" x="100%" y="100%" dy="{-3 - 15 * i}">{escape(line)}</text>')
    return parts


def wrapped(words: str, room: float = labels.NARROW) -> list[str]:
    """At most two lines; a Chinese text breaks anywhere, others between words."""
    pieces = words.split(" ") if " " in words.strip("↑→ ") else list(words)
    glue = " " if len(pieces) and len(pieces[0]) > 1 or " " in words.strip("↑→ ") else ""
    first = ""
    for i, piece in enumerate(pieces):
        longer = f"{first}{glue}{piece}" if first else piece
        if first and labels.width(longer) > room:
            return [first, glue.join(pieces[i:])]
        first = longer
    return [first]


def _trend(dots: Sequence[Dot], x: Axis, y: Axis) -> str:
    pairs = [(x.share(dot.x.at), y.share(dot.y.at)) for dot in dots if dot.x.single and dot.y.single]
    fit = least_squares(pairs)
    if fit is None:
        return ""
    slope, start = fit
    ends = [0.0, 1.0]
    if slope:
        crossings = sorted(((0 - start) / slope, (1 - start) / slope))
        ends = [max(0.0, crossings[0]), min(1.0, crossings[1])]
    (x1, y1), (x2, y2) = ((100 * _across(end), 100 * _down(start + slope * end)) for end in ends)
    return f'<line class="cl-target pt-trend" x1="{x1:.2f}%" y1="{y1:.2f}%" x2="{x2:.2f}%" y2="{y2:.2f}%"/>'


def _mark(dot: Dot, x: Axis, y: Axis) -> str:
    across, down = at(x, y, dot)
    where = f'cx="{100 * across:.2f}%" cy="{100 * down:.2f}%"'
    css = "spot spot-on" if dot.marked else "spot"
    shape = "spot-full" if not dot.x.open and not dot.y.open else "spot-open"
    arrows = [ARROWS[name, value.open] for name, value in (("x", dot.x), ("y", dot.y)) if (name, value.open) in ARROWS]
    mark = _ranges(dot, x, y, across, down)
    if arrows:
        path = "".join(f'<path class="spot-arrow" d="{arrow}"/>' for arrow in arrows)
        mark += f'<svg class="spot-at" x="{100 * across:.2f}%" y="{100 * down:.2f}%">{path}</svg>'
    mark += f'<circle class="spot-hit" {where} r="11"/><circle class="{shape}" {where} r="5"/>'
    return f'<a class="{css}" href="{escape(dot.url)}"><title>{escape(dot.title)}</title>{mark}</a>'


def _ranges(dot: Dot, x: Axis, y: Axis, across: float, down: float) -> str:
    mark = ""
    for value, name in ((dot.x, "x"), (dot.y, "y")):
        if value.open != "range" or value.low is None:
            continue
        start = (_across(x.share(value.low)), down) if name == "x" else (across, _down(y.share(value.low)))
        ends = f'x1="{100 * start[0]:.2f}%" y1="{100 * start[1]:.2f}%" x2="{100 * across:.2f}%" y2="{100 * down:.2f}%"'
        mark += f'<line class="spot-arrow" {ends}/>'
        mark += f'<circle class="spot-open" cx="{100 * start[0]:.2f}%" cy="{100 * start[1]:.2f}%" r="5"/>'
    return mark
