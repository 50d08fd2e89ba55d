"""The picture of a timeline as SVG text. Pure; colours and type are classes of static/css/charts.css.

Its links are for the pointer alone: the list below has the same, in the same order, for the keyboard and the ear.
"""

from collections.abc import Sequence
from html import escape

from indicators.drawing.charts import SHAPES, stroke, text
from policies.timeline import COLUMNS, Label, Mark, Timeline

STRIPES = "M-3.5 1 1-3.5M-1 3.5 3.5-1"  # inside every shape


def svg(timeline: Timeline, names: Sequence[str] = (), *, shelf: str) -> str:
    """`names` head the rows of a comparison, `shelf` says what stands on the shelf."""
    parts = [stroke("cl-grid", x, 0, x, timeline.axis_y) for x, _year in timeline.ticks]
    parts += [stroke("cl-axis", x, timeline.axis_y, x, timeline.axis_y + 6) for x, _year in timeline.ticks]
    parts += [text(x + 4, timeline.axis_y + 18, year, "ct-muted") for x, year in timeline.ticks if year]
    if timeline.axis_y:
        parts.append(stroke("cl-axis", 0, timeline.axis_y, timeline.width, timeline.axis_y))
    for group, y in timeline.heads:
        parts.append(stroke("cl-grid", 0, y - 15, timeline.width, y - 15) if y > 16 else "")
        parts.append(
            f'<g class="cs-{group + 1}">{_shape(group + 1, 8, y - 4)}{text(20, y, names[group], "ct ct-name")}</g>'
        )
    parts += _columns(timeline)
    if timeline.shelf or timeline.loose:
        parts.append(text(0, timeline.shelf_y, shelf, "ct-muted"))
    parts += [_mark(mark) for mark in (*timeline.marks, *timeline.shelf)]
    size = f'width="{timeline.width}" height="{timeline.height:.0f}"'
    viewbox = f'viewBox="0 0 {timeline.width} {timeline.height:.0f}"'
    return f'<svg {viewbox} {size} aria-hidden="true" focusable="false">{"".join(parts)}</svg>'


def swatch(name: str) -> str:
    """One mark for the key of the picture."""
    drawn = {
        "dot": _shape(1, 0, 0),
        "title": _shape(2, 0, 0),
        "bar": _bar(-11, 22, 0, hatched=False),
        "hatched": _bar(-11, 22, 0, hatched=True),
        "until": _until(-12, 24, 0),
        "band": _rect("cb-band", -12, -4, 24, 8),
    }[name]
    size = 'viewBox="-13 -7 26 14" width="26" height="14"'
    return f'<svg class="key-mark cs-{2 if name == "title" else 1}" {size} aria-hidden="true">{drawn}</svg>'


def _mark(mark: Mark) -> str:
    event, y = mark.event, mark.y
    parts = [f"<title>{escape(event.title)}</title>" if event.title else ""]
    if mark.band:
        parts.append(_rect("cb-band", mark.band[0], y - 4, mark.band[1], 8))
    if mark.shape == "until":
        parts.append(_until(mark.x, mark.width, y, hatched=event.inferred))
    elif mark.shape == "bar":
        parts.append(_bar(mark.x, mark.width, y, hatched=event.inferred))
    elif mark.shape:
        parts.append(
            _shape(event.colour, mark.x, y, "cm-open" if event.inferred or mark.shape == "shelf" else "cm-full")
        )
        if event.inferred:
            parts.append(f'<path class="c-stripes" transform="translate({mark.x:.1f} {y:.1f})" d="{STRIPES}"/>')
    parts.append(_label(mark.label))
    return f'<a class="cs-{event.colour}" href="#{escape(event.key)}" tabindex="-1">{"".join(parts)}</a>'


def _label(label: Label) -> str:
    if not label.words:
        return (
            f'<text class="ct-number" x="{label.x:.1f}" y="{label.y:.1f}">{label.number}</text>' if label.number else ""
        )
    number = f'<tspan class="ct-name">{label.number}</tspan><tspan dx="6">' if label.number else "<tspan>"
    return f'<text class="ct" x="{label.x:.1f}" y="{label.y:.1f}">{number}{escape(label.words)}</tspan></text>'


def _shape(colour: int, x: float, y: float, css: str = "cm-full") -> str:
    return f'<path class="{css}" transform="translate({x:.1f} {y:.1f})" d="{SHAPES[colour - 1]}"/>'


def _rect(css: str, x: float, y: float, width: float, height: float, rest: str = "") -> str:
    return f'<rect class="{css}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"{rest}/>'


def _bar(x: float, width: float, y: float, *, hatched: bool) -> str:
    """Stripes are the slanted dashes of one thick line: they take the colour of their group, which no pattern does."""
    if not hatched:
        return _rect("cb-full", x, y - 4, width, 8, ' rx="4"')
    stripes = f'<path class="c-hatch" transform="translate({x:.1f} {y:.1f}) skewX(-45)" d="M4 0H{width - 3:.1f}"/>'
    return stripes + _rect("c-frame", x, y - 4, width, 8, ' rx="4"')


def _until(x: float, width: float, y: float, *, hatched: bool = False) -> str:
    """A bar without a beginning: an arrow to the left, and the last day it may mean as its end."""
    arrow = f'<path class="cl-line" d="M{x + 5:.1f} {y - 5:.1f}l-5 5 5 5M{x:.1f} {y:.1f}h8"/>'
    return arrow + _bar(x + 8, width - 8, y, hatched=hatched)


def _columns(timeline: Timeline) -> list[str]:
    """Surely of the year: full; on it what is only possible: hatched."""
    most = max((column.sure + column.may for column in timeline.columns), default=1)
    parts = []
    for column in timeline.columns:
        sure, may = ((COLUMNS - 20) * count / most for count in (column.sure, column.may))
        x, width, foot = column.x + 2, column.width - 4, timeline.axis_y
        middle, top = x + width / 2, foot - sure - may
        parts.append(text(middle, foot + 18, column.name, "ct-number ct-mid"))
        if not column.sure + column.may:
            continue
        drawn = _rect("cb-full", x, foot - sure, width, sure) if sure else ""
        if may:
            rungs = f'<path class="c-rungs" d="M{middle:.1f} {foot - sure:.1f}v{-may:.1f}" stroke-width="{width:.1f}"/>'
            drawn += rungs + _rect("c-frame", x, top, width, may)
        parts.append(f'<g class="cs-1">{drawn}{text(middle, top - 5, column.words, "ct-number ct-mid")}</g>')
    return parts
