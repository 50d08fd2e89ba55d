"""Where the events of a timeline stand, without inventing precision.

A day is a dot; a month, year or span is a bar over every day it may mean; what an editor inferred is drawn open;
a programme period is a band. What has no date stands on a shelf below the axis, never on it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from indicators.periods import DAY, UNTIL, Period, sort_key

WIDTH, LABELLED, ROW, DENSE_ROW, SHELF, SHELF_ROW = 1000, 30, 38, 14, 60, 22


@dataclass(frozen=True, slots=True)
class Event:
    """`programme` is the period an act covers, apart from the day it was decided; `kind` chooses the mark's look."""

    key: str
    label: str
    period: Period
    inferred: bool = False
    programme: Period | None = None
    kind: str = "policy"

    @property
    def band(self) -> tuple[date, date] | None:
        """First and last day of the programme; "to 2025" begins with the event, and without one is not drawn."""
        if self.programme is None or self.programme.end is None:
            return None
        start = self.programme.start or self.period.start
        return (start, self.programme.end) if start and start <= self.programme.end else None

    @property
    def is_open(self) -> bool:
        return self.inferred or self.period.precision == UNTIL


@dataclass(frozen=True, slots=True)
class Mark:
    """One drawn event, in pixels. `shape` is dot, bar or, for a band without a date, empty; `band` is x and width."""

    event: Event
    shape: str
    x: int
    width: int
    y: int
    band: tuple[int, int] | None
    label_on_left: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    marks: list[Mark] = field(default_factory=list)
    shelf: list[tuple[Event, int]] = field(default_factory=list)
    ticks: list[tuple[int, int]] = field(default_factory=list)
    width: int = WIDTH
    axis_y: int = 0
    height: int = 0
    labelled: bool = True


def order(events: Iterable[Event]) -> list[Event]:
    """Newest first by the last day an event may mean, so none stands before one that surely followed it; undated last.

    Events that cannot be told apart keep the order they came in.
    """
    given = list(events)
    dated = sorted((event for event in given if event.period.end), key=lambda e: sort_key(e.period), reverse=True)
    return dated + [event for event in given if not event.period.end]


def layout(events: Iterable[Event], *, width: int = WIDTH) -> Timeline:
    """Every event once: drawn on the axis, or on the shelf."""
    ordered = order(events)
    drawn = [event for event in ordered if event.period.end or event.band]
    undated = [event for event in ordered if not (event.period.end or event.band)]
    days = [day for event in drawn for day in (event.period.start, event.period.end, *(event.band or ())) if day]
    labelled = len(drawn) <= LABELLED
    axis = _Axis(min(days).year, max(days).year, width) if days else None
    marks, lanes = _place(drawn, axis, labelled=labelled) if axis else ([], 0)
    axis_y = lanes * (ROW if labelled else DENSE_ROW) + 8 if axis else 0
    shelf = [(event, axis_y + SHELF + SHELF_ROW * index) for index, event in enumerate(undated)]
    height = shelf[-1][1] + 10 if shelf else axis_y + 26
    return Timeline(marks, shelf, axis.ticks() if axis else [], width, axis_y, height, labelled)


@dataclass(frozen=True, slots=True)
class _Axis:
    first: int
    last: int
    width: int

    def x(self, day: date) -> int:
        start, end = date(self.first, 1, 1).toordinal(), date(self.last, 12, 31).toordinal()
        return round((day.toordinal() - start) / (end - start) * self.width)

    def ticks(self) -> list[tuple[int, int]]:
        step = next(step for step in (1, 2, 5, 10, 25, 50, 100, 10_000) if (self.last - self.first) / step <= 14)
        return [(self.x(date(year, 1, 1)), year) for year in range(self.first, self.last + 1) if year % step == 0]


def _place(events: list[Event], axis: _Axis, *, labelled: bool) -> tuple[list[Mark], int]:
    """The first lane with room for the mark, its band and its label; a later event never hides an earlier one."""
    lanes: list[list[tuple[int, int]]] = []
    marks = []
    for event in events:
        band = (axis.x(event.band[0]), axis.x(event.band[1])) if event.band else None
        end = axis.x(event.period.end) if event.period.end else band[0] if band else 0
        x = axis.x(event.period.start) if event.period.start else 0 if event.period.end else end
        on_left = x > axis.width // 2
        words = _text_width(event.label) if labelled else 0
        left = min(x - 8, x - words if on_left else x, band[0] if band else x)
        right = max(end + 8, x if on_left else x + words, band[1] if band else end)
        lane = next((n for n, taken in enumerate(lanes) if all(right < a or left > b for a, b in taken)), len(lanes))
        lanes[lane:] = lanes[lane:] or [[]]
        lanes[lane].append((left - 6, right + 6))
        shape = "" if not event.period.end else "dot" if event.period.precision == DAY else "bar"
        y = lane * ROW + 28 if labelled else lane * DENSE_ROW + 9
        extent = (band[0], max(band[1] - band[0], 2)) if band else None
        marks.append(Mark(event, shape, x, max(end - x, 12) if shape == "bar" else 0, y, extent, on_left))
    return marks, len(lanes)


def _text_width(text: str) -> int:
    """About what 13-pixel letters take; Chinese characters are square."""
    return round(sum(13 if ord(letter) > 0x2E7F else 6.8 for letter in text))
