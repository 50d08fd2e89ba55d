"""Trends of several places the size of a word, on one scale, and the marks that stay with a position. Pure."""

from collections.abc import Sequence
from itertools import pairwise

from indicators.drawing import charts

MARKERS = charts.SHAPES  # a place has the same mark in the table's head and in the chart


def sparks(series: Sequence[Sequence[float | None]]) -> str:
    """One line a series, all over the same years; the last value is a dot. A gap breaks the line."""
    known = [value for values in series for value in values if value is not None]
    if not known:
        return ""
    low, reach = min(known), (max(known) - min(known)) or 1.0
    parts = []
    for at, values in enumerate(series, 1):
        wide = 132 / max(len(values) - 1, 1)
        spots = [None if v is None else (4 + wide * i, 28 - 24 * (v - low) / reach) for i, v in enumerate(values)]
        path = "".join(
            f"{'L' if before else 'M'}{spot[0]:.1f} {spot[1]:.1f}" for before, spot in pairwise([None, *spots]) if spot
        )
        last = next((spot for spot in reversed(spots) if spot), None)
        dot = f'<circle class="spark-end" cx="{last[0]:.1f}" cy="{last[1]:.1f}" r="3"/>' if last else ""
        parts.append(f'<g class="cs-{(at - 1) % 10 + 1}"><path class="spark-line" d="{path}"/>{dot}</g>')
    inside = "".join(parts)
    return f'<svg class="spark sparks" viewBox="0 0 140 32" aria-hidden="true" focusable="false">{inside}</svg>'
