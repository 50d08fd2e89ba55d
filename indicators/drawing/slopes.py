"""Ranks at two ends as lines between two columns. Pure: text in, SVG text out.

Every city has a line of its own: equal ranks take the places that a shared rank leaves free. Across, columns stand
at shares of the picture; down, a line has a fixed height, so that names keep their size on every page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

STEP, HEAD, FOOT = 20, 44, 10  # pixels: of a line, above the first and below the last
LEFT, RIGHT = 41.0, 59.0  # columns in per cent; names stand outside


@dataclass(frozen=True, slots=True)
class Pair:
    """A city's ranks; `before_words` and `after_words` as printed ("=3"). `moved` stands out, `marked` most."""

    name: str
    before: int
    after: int
    before_words: str
    after_words: str
    title: str
    url: str
    moved: bool = False
    marked: bool = False

    @property
    def rise(self) -> int:
        return self.before - self.after


def levels(ranks: Sequence[tuple[int, int]]) -> list[int]:
    """A line for each (rank, rank at the other end): its rank, or the next free one below."""
    order = sorted(range(len(ranks)), key=lambda i: ranks[i])
    found, last = [0] * len(ranks), 0
    for i in order:
        last = max(ranks[i][0], last + 1)
        found[i] = last
    return found


def slope(columns: tuple[str, str], pairs: Sequence[Pair], *, dashed: bool = False) -> str:
    """Lines in the order of the later column; `dashed` where the two ends come from two series."""
    pairs = sorted(pairs, key=lambda pair: (pair.after, pair.before))
    before = levels([(pair.before, pair.after) for pair in pairs])
    after = levels([(pair.after, pair.before) for pair in pairs])
    height = HEAD + STEP * (max([*before, *after], default=1) - 1) + FOOT + STEP // 2
    parts = [
        f'<text class="pt-head{css}" x="{x}%" y="16">{escape(words)}</text>'
        for x, words, css in ((LEFT, columns[0], " ct-end"), (RIGHT, columns[1], ""))
    ]
    parts.append('<line class="cl-zero" x1="0" x2="100%" y1="25" y2="25"/>')
    lines = [_line(pair, before[i], after[i], dashed) for i, pair in enumerate(pairs)]
    body = f'<g aria-hidden="true">{"".join(parts)}</g><g data-steps="">{"".join(lines)}</g>'
    return f'<svg class="slopes" height="{height}" focusable="false">{body}</svg>'


def _line(pair: Pair, before: int, after: int, dashed: bool) -> str:
    y1, y2 = (HEAD + STEP * (level - 1) for level in (before, after))
    css = "slope" + (" slope-on" if pair.marked else " slope-moved" if pair.moved else "")
    ends = f'x1="{LEFT + 1}%" y1="{y1}" x2="{RIGHT - 1}%" y2="{y2}"'
    change = f" {'↑' if pair.rise > 0 else '↓'}{abs(pair.rise)}" if pair.rise and (pair.moved or pair.marked) else ""
    inner = f'<line class="slope-hit" {ends}/><line class="slope-line{" slope-dashed" if dashed else ""}" {ends}/>'
    for x, y in ((LEFT + 1, y1), (RIGHT - 1, y2)):
        inner += f'<circle class="slope-end" cx="{x}%" cy="{y}" r="3"/>'
    left = f'{escape(pair.name)} <tspan class="slope-rank">{escape(pair.before_words)}</tspan>'
    right = f'<tspan class="slope-rank">{escape(pair.after_words)}</tspan> {escape(pair.name)}{change}'
    inner += f'<text class="slope-name ct-end" x="{LEFT}%" y="{y1}" dx="-2" dy="4.5">{left}</text>'
    inner += f'<text class="slope-name" x="{RIGHT}%" y="{y2}" dx="2" dy="4.5">{right}</text>'
    return f'<a class="{css}" href="{escape(pair.url)}"><title>{escape(pair.title)}</title>{inner}</a>'
