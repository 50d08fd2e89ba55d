"""Ranks over the years as lines, the first on top. Pure: text in, SVG text out; colours are classes of charts.css."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, LEFT, RIGHT, TOP = 640.0, 186.0, 454.0, 34.0
APART = 20.0  # names closer than this would cover each other


@dataclass(frozen=True, slots=True)
class Line:
    """One place's rank in each year. `colour` 1-10 names it at both ends; 0 leaves it a grey line."""

    label: str
    ranks: Sequence[int]
    colour: int = 0


def lines(years: Sequence[str], rows: Sequence[Line]) -> str:
    deepest = max((rank for row in rows for rank in row.ranks), default=1)
    step = 22.0 if deepest <= 15 else 11.0
    gap = (RIGHT - LEFT) / max(len(years) - 1, 1)
    bottom = TOP + step * deepest
    parts = []
    for i, year in enumerate(years):
        x = LEFT + gap * i
        parts.append(f'<text class="ct-strong ct-mid" x="{x:.1f}" y="16">{escape(year)}</text>')
        parts.append(f'<line class="cl-grid" x1="{x:.1f}" y1="24" x2="{x:.1f}" y2="{bottom:.1f}"/>')
    for row in sorted(rows, key=lambda row: row.colour > 0):
        spots = [(LEFT + gap * i, TOP + step * (rank - 0.5)) for i, rank in enumerate(row.ranks)]
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in spots)
        css = f"cs-{row.colour or 'grey'}"
        dots = "".join(
            f'<circle class="cm-full" cx="{x:.1f}" cy="{y:.1f}" r="{4 if row.colour else 2}"/>' for x, y in spots
        )
        width = "" if row.colour else ' stroke-opacity="0.6"'
        parts.append(f'<g class="{css}"><path class="cl-line"{width} d="{path}"/>{dots}</g>')
    named = [row for row in rows if row.colour]
    for end, x, css in ((0, LEFT - 12, "ct-strong ct-end"), (-1, RIGHT + 12, "ct-strong")):
        heights = spread([TOP + step * (row.ranks[end] - 0.5) for row in named])
        for row, y in zip(named, heights, strict=True):
            words = escape(f"{row.label} {row.ranks[end]}" if end == 0 else f"{row.ranks[end]} {row.label}")
            parts.append(
                f'<g class="cs-{row.colour}"><text class="{css}" x="{x:.1f}" y="{y + 4.5:.1f}">{words}</text></g>'
            )
    return f'<svg viewBox="0 0 {WIDTH:.0f} {bottom + 8:.0f}" focusable="false">{"".join(parts)}</svg>'


def spread(heights: Sequence[float]) -> list[float]:
    """The same heights, moved down as far as keeps names apart; order kept."""
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    moved = list(heights)
    for above, below in zip(order, order[1:], strict=False):
        moved[below] = max(moved[below], moved[above] + APART)
    return moved
