"""Where the events of a timeline stand, without inventing precision.

A day is a dot; a month, year or span is a bar over every day it may mean; what an editor inferred is hatched; a date
without a first day is only an end, open to the left; a programme period is a band. What has no date stands on a shelf
below the axis, never on it. Every event has the number it has in the list below. More than fit with their words keep
only their numbers; more than that are counted by year.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from indicators.drawing.charts import clip, wide
from indicators.periods import DAY, UNKNOWN, UNTIL, Period, sort_key

WIDTH, NARROW = 800, 320  # a picture for pages, one for phones: words keep their size in both
TALLEST = {WIDTH: 640, NARROW: 900}
SIZE, SMALL, REACH, EDGE, GAP = 13, 11, 7, 8, 6  # letters, numbers, half a mark, the margin, what keeps two apart
HEAD, AXIS, SHELF, SHELF_ROW, COLUMNS = 24, 26, 24, 22, 150
BROAD = 1.1  # some systems' letters are broader than most
STUB = 26.0  # the drawn end of what has no first day
SHAPES = {DAY: "dot", UNTIL: "until", UNKNOWN: ""}
STEPS = (1, 2, 5, 10, 25, 50, 100, 1_000, 10_000)
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Event:
    """`programme` is the period an act covers, apart from the day it was decided; `colour` 1-10 is also the shape.

    `title` is said of the mark; `key` is the anchor it leads to; `group` is the place among the rows of a comparison.
    """

    key: str
    label: str
    period: Period
    inferred: bool = False
    programme: Period | None = None
    colour: int = 1
    group: int = 0
    number: int = 0
    title: str = ""

    @property
    def band(self) -> tuple[date, date] | None:
        """First and last day of the programme; "to 2025" begins with the event, and without one is not drawn."""
        if self.programme is None or self.programme.end is None:
            return None
        start = self.programme.start or self.period.start
        return (start, self.programme.end) if start and start <= self.programme.end else None


@dataclass(frozen=True, slots=True)
class Label:
    """`words` are clipped to their room and stand after the number; `y` is the foot of the letters."""

    number: str
    words: str
    x: float
    y: float
    width: float

    @property
    def box(self) -> Box:
        return self.x, self.y - SIZE, self.x + self.width, self.y + 4


@dataclass(frozen=True, slots=True)
class Mark:
    """One event in pixels. `shape` is dot, bar, until, shelf or, of a band alone, empty; `band` is x and width."""

    event: Event
    shape: str
    x: float
    width: float
    y: float
    band: tuple[float, float] | None
    label: Label


@dataclass(frozen=True, slots=True)
class Column:
    """The events of one year or of `years`: `sure` are surely in it, `may` are those whose date spans more."""

    first: int
    years: int
    x: float
    width: float
    sure: int = 0
    may: int = 0

    @property
    def name(self) -> str:
        last = self.first + self.years - 1
        return str(self.first) if self.years == 1 else f"{self.first}–{last % 100 if self.years < 100 else last:02}"

    @property
    def words(self) -> str:
        return f"≤{self.sure + self.may}" if self.may else str(self.sure)


@dataclass(frozen=True, slots=True)
class Timeline:
    """`heads` name the rows of a comparison: (group, y). `loose` is how many have no column; `shelf_y` says where."""

    width: int = WIDTH
    height: float = 0
    axis_y: float = 0
    shelf_y: float = 0
    marks: Sequence[Mark] = ()
    shelf: Sequence[Mark] = ()
    heads: Sequence[tuple[int, float]] = ()
    ticks: Sequence[tuple[float, str]] = ()
    columns: Sequence[Column] = ()
    loose: int = 0
    left_out: bool = False  # programme periods that the list alone has


@dataclass(frozen=True, slots=True)
class _Style:
    """How much of each event is drawn, and for how many at most."""

    most: int
    row: int
    words: bool
    bands: bool


STYLES = (_Style(60, 34, True, True), _Style(120, 18, False, True), _Style(300, 18, False, False))


def order(events: Iterable[Event]) -> list[Event]:
    """Newest first by the last day an event may mean, so none stands before one that surely followed it; undated last.

    Events that cannot be told apart keep the order they came in.
    """
    given = list(events)
    dated = sorted((event for event in given if event.period.end), key=lambda e: sort_key(e.period), reverse=True)
    return dated + [event for event in given if not event.period.end]


def layout(events: Iterable[Event], *, width: int = WIDTH, grouped: bool = False) -> Timeline:
    """Every event once, on the axis or on the shelf, as richly as stays readable; else counts by year."""
    ordered = order(events)
    for style in STYLES:
        if len(ordered) <= style.most:
            drawn = _drawn(ordered, style, width, grouped)
            if drawn.height <= TALLEST[width]:
                return drawn
    days = ((event.period.start, event.period.end) for event in ordered)
    years = Counter((start.year if start else None, end.year if end else None) for start, end in days)
    return by_year(years, width=width)


def _drawn(ordered: Sequence[Event], style: _Style, width: int, grouped: bool) -> Timeline:
    left_out = not style.bands and any(event.band for event in ordered)
    if not style.bands:
        ordered = [replace(event, programme=None) for event in ordered]
    on_axis = [event for event in ordered if event.period.end or event.band]
    days = [day for event in on_axis for day in (event.period.start, event.period.end, *(event.band or ())) if day]
    axis = _Axis(min(days).year, max(days).year, width, EDGE if style.words else 30) if days else None
    marks, heads, y = _rows(on_axis, axis, style, grouped=grouped) if axis else ([], [], 0.0)
    axis_y = y + 4 if axis else 0.0
    below = axis_y + AXIS if axis else 0.0
    shelf = _shelf([event for event in ordered if not (event.period.end or event.band)], style, width, below + SHELF)
    height = shelf[-1].y + 12 if shelf else below
    ticks = axis.ticks() if axis else []
    return Timeline(width, height, axis_y, below + 14, marks, shelf, heads, ticks, left_out=left_out)


def _rows(
    events: Sequence[Event], axis: "_Axis", style: _Style, *, grouped: bool
) -> tuple[list[Mark], list[tuple[int, float]], float]:
    """The marks, the heads of the groups where there are any, and how deep both are."""
    marks: list[Mark] = []
    heads: list[tuple[int, float]] = []
    y = 0.0
    for group in sorted({event.group for event in events}):
        if grouped:
            heads.append((group, y + 16))
            y += HEAD
        lanes = _Lanes(axis, style, y)
        marks += [lanes.place(event) for event in events if event.group == group]
        y += lanes.height
    return marks, heads, y


@dataclass(frozen=True, slots=True)
class _Axis:
    first: int
    last: int
    width: int
    edge: int  # room at the end, for a number beside the last mark

    def x(self, day: date) -> float:
        start, end = date(self.first, 1, 1).toordinal(), date(self.last, 12, 31).toordinal()
        return round(EDGE + (day.toordinal() - start) / (end - start) * (self.width - EDGE - self.edge), 1)

    def ticks(self) -> list[tuple[float, str]]:
        """The first day of years, as many as stay apart; a name that would leave the picture is not written."""
        room = (self.width - EDGE - self.edge) / 42
        step = next(step for step in STEPS if (self.last - self.first + 1) / step <= room)
        at = [(self.x(date(year, 1, 1)), str(year)) for year in range(self.first, self.last + 1) if year % step == 0]
        return [(x, year if x + 34 <= self.width else "") for x, year in at]


@dataclass(slots=True)
class _Lanes:
    """The first lane with room for the mark, its band and its label; a later event never hides an earlier one."""

    axis: _Axis
    style: _Style
    top: float
    taken: list[list[tuple[float, float]]] = field(default_factory=list)

    @property
    def height(self) -> float:
        return len(self.taken) * self.style.row

    def place(self, event: Event) -> Mark:
        axis, period = self.axis, event.period
        band = (axis.x(event.band[0]), axis.x(event.band[1])) if event.band else None
        end = axis.x(period.end) if period.end else band[0] if band else 0.0
        shape = SHAPES.get(period.precision, "bar")
        x = axis.x(period.start) if period.start else end - STUB if shape == "until" else end
        long = STUB if shape == "until" else max(end - x, 12.0) if shape == "bar" else 0.0
        x = max(EDGE, min(x, axis.width - EDGE - long))
        left, right = min(x - REACH, *(band or (x,))), max(x + long + (0 if long else REACH), *(band or (x,)))
        label = self._label(event, x - (0 if long else REACH), x + (long or REACH), right)
        left, right = min(left, label.x), max(right, label.x + label.width)
        lane = next((n for n, row in enumerate(self.taken) if all(right < a or left > b for a, b in row)), None)
        if lane is None:
            lane = len(self.taken)
            self.taken.append([])
        self.taken[lane].append((left - GAP, right + GAP))
        top = self.top + lane * self.style.row
        y, foot = (top + 25, top + 14) if self.style.words else (top + 9, top + 13)
        return Mark(event, shape, x, long, y, band and (band[0], max(band[1] - band[0], 2.0)), replace(label, y=foot))

    def _label(self, event: Event, left: float, right: float, end: float) -> Label:
        """Above the mark: from its beginning on in the left half, up to its end in the right; or a number after it."""
        label = _label(event, self.style, self.axis.width - 2)
        if not self.style.words:
            return replace(label, x=end + 3)
        width = self.axis.width
        x = left if left + right <= width else right - label.width
        return replace(label, x=max(1.0, min(x, width - 1 - label.width)))


def _label(event: Event, style: _Style, room: float) -> Label:
    number = str(event.number) if event.number else ""
    if not style.words:
        return Label(number, "", 0, 0, wide(number, SMALL * BROAD))
    ahead = wide(number, SIZE * BROAD) + 6 if number else 0.0
    words = clip(event.label[:80], (min(room, 380) - ahead) / BROAD)
    return Label(number, words, 0, 0, ahead + wide(words, SIZE * BROAD))


def _shelf(events: Sequence[Event], style: _Style, width: int, top: float) -> list[Mark]:
    """In rows, as many in each as have room."""
    found: list[Mark] = []
    x, y = float(EDGE), top + 8
    for event in events:
        label = _label(event, style, width - 2 * EDGE - REACH - 8)
        if x > EDGE and x + REACH + 4 + label.width > width - 1:
            x, y = float(EDGE), y + SHELF_ROW
        found.append(Mark(event, "shelf", x, 0, y, None, replace(label, x=x + REACH + 4, y=y + 4)))
        x += 2 * REACH + 18 + label.width
    return found


def by_year(spans: Mapping[tuple[int | None, int | None], int], *, width: int = WIDTH) -> Timeline:
    """Counts for more events than can be told apart: how many of each first and last year they may mean.

    Who has no first day stands in no column; a date that spans several columns is counted in each as possible.
    """
    years = Counter({(start, end): n for (start, end), n in spans.items() if start and end})
    loose = sum(spans.values()) - years.total()
    if not years:
        return Timeline(width, SHELF if spans else 0, shelf_y=14, loose=loose)
    columns = next(filter(None, (_columns(years, step, width) for step in STEPS)))
    below = COLUMNS + AXIS
    return Timeline(width, below + SHELF if loose else below, COLUMNS, below + 14, columns=columns, loose=loose)


def _columns(years: Counter[tuple[int, int]], step: int, width: int) -> list[Column]:
    """As many years in each as `step` says; none where the words would touch each other."""
    spans = [(start // step, end // step) for start, end in years]
    bins = range(min(start for start, _end in spans), max(end for _start, end in spans) + 1)
    long = min((width - 2 * EDGE) / len(bins), 72.0)
    if long < 30 and step != STEPS[-1]:
        return []
    sure, may = Counter[int](), Counter[int]()
    for (start, end), n in zip(spans, years.values(), strict=True):
        for at in range(start, end + 1):
            (sure if start == end else may)[at] += n
    columns = [Column(at * step, step, EDGE + long * i, long, sure[at], may[at]) for i, at in enumerate(bins)]
    fits = all(wide(words, SMALL * BROAD) + 4 <= long for column in columns for words in (column.name, column.words))
    return columns if fits or step == STEPS[-1] else []
