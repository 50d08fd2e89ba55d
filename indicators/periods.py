"""Periods as keys: what a figure, an event or a target says about time, without inventing precision.

A key is the whole truth about a period's extent (SDMX observational time period, reduced to what sources print):

    2021                 a year            2022-10              a month
    2023-05-30           a day             2022-Q3              a quarter
    2013/2021            a span of years (each end a year, month, quarter or day)
    ../2025              only the end is known ("to 2025")
    undated              no date is given

Keys are never null in the database, so that a unique key over series, place and period collides as it must.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

UNDATED = "undated"
DAY, MONTH, QUARTER, YEAR, SPAN, UNTIL, UNKNOWN = "day", "month", "quarter", "year", "span", "until", "unknown"

EARLIEST, LATEST = 1900, 2199  # years outside are slips of the pen

_PART = re.compile(r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?")


@dataclass(frozen=True, slots=True)
class Period:
    """`start` and `end` are the first and last day the words allow (None where nothing is said)."""

    key: str
    start: date | None
    end: date | None
    precision: str


class Unreadable(ValueError):
    """`sentence` is for the catalogue, so that whoever shows it can translate it."""

    def __init__(self, sentence: str, text: str) -> None:
        super().__init__(sentence % {"text": text})
        self.sentence, self.text = sentence, text


def _(sentence: str) -> str:
    return sentence


def parse(key: str) -> Period:
    """Read a key. Raises Unreadable with a sentence an editor can act on."""
    key = key.strip()
    if key in ("", UNDATED):
        return Period(UNDATED, None, None, UNKNOWN)
    if "/" not in key:
        start, end, precision = _part(key)
        return Period(key, start, end, precision)
    left, _slash, right = key.partition("/")
    if left == "..":
        return Period(key, None, _part(right)[1], UNTIL)
    start, end = _part(left)[0], _part(right)[1]
    if start > end:
        raise Unreadable(_("“%(text)s” ends before it begins."), key)
    return Period(key, start, end, SPAN)


def _part(text: str) -> tuple[date, date, str]:
    match = _PART.fullmatch(text)
    if not match:
        raise Unreadable(
            _("“%(text)s” is not a period. Write 2021, 2022-10, 2023-05-30, 2022-Q3, 2013/2021, ../2025 or undated."),
            text,
        )
    year = int(match["year"])
    if not EARLIEST <= year <= LATEST:
        raise Unreadable(_("“%(text)s” is no year between 1900 and 2199."), text)
    try:
        if match["quarter"]:
            first = 3 * int(match["quarter"]) - 2
            return date(year, first, 1), _last_day(year, first + 2), QUARTER
        if match["day"]:
            day = date(year, int(match["month"]), int(match["day"]))
            return day, day, DAY
        if match["month"]:
            month = int(match["month"])
            return date(year, month, 1), _last_day(year, month), MONTH
        return date(year, 1, 1), date(year, 12, 31), YEAR
    except ValueError as error:
        raise Unreadable(_("“%(text)s” is no day of the calendar."), text) from error


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def within(inner: Period, outer: Period) -> bool:
    """True when every day `inner` may mean lies inside `outer`; an undated or open period is inside nothing."""
    if None in (inner.start, inner.end, outer.start, outer.end):
        return False
    return outer.start <= inner.start and inner.end <= outer.end  # type: ignore[operator]


def sort_key(period: Period) -> tuple[date, date]:
    """Latest information last; undated first, so that "latest" never picks an undated figure over a dated one."""
    end = period.end or date.min
    return end, period.start or date.min
