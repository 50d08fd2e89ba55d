"""What a chart's data says, apart from how it is drawn. Pure: the dict that static/js/charts.js draws, and facts of it.

    {type: "bar" | "line" | "slope" | "scatter", labels: […], unit, highlight: [names],
     series: [{name, colour, points: [{x, y, low, high, label, name, url, kind}]}]}

`picture` is the server's drawing of the same data; `facts` is what the note and the summary under it are made of.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from indicators.drawing import charts

Data = Mapping[str, Any]
ABSENT, EXACT, ESTIMATE, RANGE = "absent", "exact", "estimate", "range"
OPENED = {"estimate": "about", "bound_low": "up", "bound_high": "down", "range": "range"}


@dataclass(frozen=True, slots=True)
class Told:
    """One point that has a value: `words` as printed, `x` as on the axis."""

    x: str
    value: float
    words: str
    name: str
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Change:
    before: Told
    after: Told

    @property
    def by(self) -> float:
        return self.after.value - self.before.value


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """`largest` is the largest change between neighbouring exact values; None where there is none."""

    name: str
    told: tuple[Told, ...]
    largest: Change | None

    @property
    def lowest(self) -> Told:
        return min(self.told, key=lambda told: told.value)

    @property
    def highest(self) -> Told:
        return max(self.told, key=lambda told: told.value)


@dataclass(frozen=True, slots=True)
class Facts:
    type: str
    series: tuple[SeriesFacts, ...]
    kinds: Mapping[str, int] = field(default_factory=dict)
    absent: int = 0
    decimals: int = 0


def value_of(point: Mapping[str, Any]) -> float | None:
    """Where a point is drawn: its value, else the middle of its range, else its one bound; None for what is absent."""
    low, high = point.get("low"), point.get("high")
    if point.get("kind") == ABSENT:
        return None
    if point.get("y") is not None:
        return float(point["y"])
    if low is not None and high is not None:
        return (float(low) + float(high)) / 2
    bound = high if low is None else low
    return None if bound is None else float(bound)


def places(data: Data) -> list[str]:
    """What stands along the axis, in order; years keep their distance, so a year without a figure has a place too."""
    labels = [str(label) for label in data.get("labels") or ()]
    if data["type"] != "line" or not labels or not all(len(one) == 4 and one.isdecimal() for one in labels):
        return labels
    first, last = min(map(int, labels)), max(map(int, labels))
    return [str(year) for year in range(first, last + 1)] if last - first <= 60 else labels


def along(data: Data, series: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any] | None]]:
    """Each place of the axis with its point, None where the series has none."""
    if data["type"] == "scatter":
        return [(str(point["x"]), point) for point in series["points"]]
    by_x = {str(point["x"]): point for point in series["points"]}
    return [(x, by_x.get(x)) for x in places(data)]


def facts(data: Data) -> Facts:
    kinds: Counter[str] = Counter()
    found, absent, decimals = [], 0, 0
    for series in data["series"]:
        told: list[Told | None] = []
        for x, point in along(data, series):
            value = None if point is None else value_of(point)
            if point is None or value is None:
                absent += point is not None
                told.append(None)
                continue
            kind = point.get("kind") or EXACT
            kinds[kind] += 1
            words = str(point.get("label") or charts.short(value))
            decimals = max(decimals, _decimals(words))
            told.append(Told(x, value, words, str(point.get("name") or series["name"]), kind == EXACT))
        known = tuple(one for one in told if one)
        absent += _gaps(data, series) if data["type"] == "line" else 0
        if known:
            found.append(SeriesFacts(str(series["name"]), known, _largest(told)))
    return Facts(data["type"], tuple(found), dict(kinds), absent, decimals)


def _gaps(data: Data, series: Mapping[str, Any]) -> int:
    """Places inside a line's own span for which nothing at all is given; before and after it nothing is missing."""
    given = [point is not None for _x, point in along(data, series)]
    inside = given[given.index(True) : len(given) - given[::-1].index(True)] if any(given) else []
    return inside.count(False)


def _decimals(words: str) -> int:
    """How many digits the words print after the point."""
    tail = words.rpartition(".")[2] if "." in words else ""
    digits = len(tail) - len(tail.lstrip("0123456789"))
    return digits if digits < 7 else 0


def _largest(told: Sequence[Told | None]) -> Change | None:
    """Over a gap or a figure that is not exact nothing is worked out."""
    pairs = zip(told, told[1:], strict=False)
    changes = [Change(a, b) for a, b in pairs if a and b and a.is_exact and b.is_exact and a.value != b.value]
    return max(changes, key=lambda change: abs(change.by), default=None)


def year_of(start: date, end: date) -> float:
    """The middle of the days a date may mean, on an axis of years: 2023 alone is 2023.0, 30 May 2023 is 2022.9."""
    middle = start + (end - start) / 2
    return middle.year + (middle.timetuple().tm_yday - 0.5) / 365 - 0.5


def axis_place(data: Data, year: float) -> float | None:
    """Where a date stands among the places of the axis, counted from the first; None outside them or without years.

    A year's figure stands in the middle of its year, so every date of 2023 lies nearest to the place of 2023.
    """
    labels = places(data)
    if data["type"] != "line" or not labels or not all(one.isdecimal() for one in labels):
        return None
    years = [int(one) for one in labels]
    if not years[0] - 0.5 <= year <= years[-1] + 0.5:
        return None
    if len(years) == 1:
        return year - years[0]
    for i, (left, right) in enumerate(zip(years, years[1:], strict=False)):
        if year <= right or i == len(years) - 2:
            return i + (year - left) / (right - left)
    return None


def picture(data: Data, *, narrow: bool = False) -> str:
    """The server's drawing, for a page or for a phone; empty for a type another module draws."""
    width = charts.NARROW if narrow else charts.WIDTH
    if data["type"] == "bar":
        return charts.bars(_bars(data), width=width)
    if data["type"] == "slope":
        return charts.slope(places(data), _slopes(data), width=width)
    if data["type"] == "line":
        flags = [charts.Flag(event["at"], event["number"]) for event in data.get("annotations") or () if "at" in event]
        labels = {float(i): words for i, words in enumerate(places(data))}
        return charts.lines(_lines(data), labels=labels, marks=flags, width=width)
    return ""


def _colour(data: Data, series: Mapping[str, Any], at: int) -> int:
    """With highlighted series those have the colours, in their order; else a series its own, or its place."""
    marked = data.get("highlight") or ()
    if marked:
        return list(marked).index(series["name"]) % 10 + 1 if series["name"] in marked else charts.GREY
    return int(series.get("colour") or at % 10 + 1)


def _lines(data: Data) -> list[charts.Line]:
    drawn = []
    for at, series in enumerate(data["series"]):
        points = []
        for i, (_x, point) in enumerate(along(data, series)):
            value, kind = (None, "") if point is None else (value_of(point), str(point.get("kind") or EXACT))
            ends = (point or {}).get("low"), (point or {}).get("high")
            points.append(charts.Point(i, value, kind not in (EXACT, ""), kind, *ends))
        drawn.append(charts.Line(str(series["name"]), points, _colour(data, series, at)))
    return drawn


def _bars(data: Data) -> list[charts.Bar]:
    several, marked, rows = len(data["series"]) > 1, data.get("highlight") or (), []
    for series in data["series"]:
        for x, point in along(data, series):
            label = f"{x}, {series['name']}" if several else x
            value, words = (None, "–") if point is None else (value_of(point), str(point.get("label") or ""))
            if point is None or value is None:
                rows.append(charts.Bar(label, None, note=words, marked=x in marked))
                continue
            opened = OPENED.get(point.get("kind", ""), "")
            low, high = point.get("low"), point.get("high")
            top, start = value, 0.0
            if opened == "range" and low is not None and high is not None:
                top, start = float(high), float(low)
            rows.append(charts.Bar(label, top, opened, start, marked=x in marked, words=words or charts.short(value)))
    return rows


def _slopes(data: Data) -> list[charts.Slope]:
    drawn = []
    for at, series in enumerate(data["series"]):
        values = [None if point is None else value_of(point) for _x, point in along(data, series)]
        ranks = [None if value is None else round(value) for value in values]
        drawn.append(charts.Slope(str(series["name"]), ranks, max(_colour(data, series, at), 0)))
    return drawn
