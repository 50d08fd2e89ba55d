"""What lies within the days a reader asks for: surely, or possibly. Once for a period, once for the database.

Surely within: every day the date may mean lies inside. Possibly within: some day does. A date without a first day
("../2025") may mean any day before its end; a date nobody gives may mean any day, so it is possibly within anything
and surely within nothing. What an editor inferred is taken at the days inferred; pages mark it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from indicators.periods import Period

SURELY, POSSIBLY = "surely", "possibly"
SPREAD = "spread"  # the days a date may mean lie in several years


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day asked for; None where there is no bound."""

    first: date | None = None
    last: date | None = None

    @property
    def is_empty(self) -> bool:
        return self.first is not None and self.last is not None and self.first > self.last

    @property
    def has_bound(self) -> bool:
        return self.first is not None or self.last is not None

    def common(self, other: "Days") -> "Days":
        firsts = [day for day in (self.first, other.first) if day]
        lasts = [day for day in (self.last, other.last) if day]
        return Days(max(firsts, default=None), min(lasts, default=None))


def year(number: int) -> Days:
    return Days(date(number, 1, 1), date(number, 12, 31))


def year_of(period: Period) -> str:
    """The one year a date lies in; "" where it may be several, as "by October 2022" may, and of what has no date."""
    if period.start is None or period.end is None or period.start.year != period.end.year:
        return ""
    return str(period.end.year)


def surely(period: Period, days: Days) -> bool:
    if period.end is None:
        return False
    begins = days.first is None or (period.start is not None and days.first <= period.start)
    return begins and (days.last is None or period.end <= days.last)


def possibly(period: Period, days: Days) -> bool:
    if days.is_empty:
        return False
    begins = days.last is None or period.start is None or period.start <= days.last
    return begins and (days.first is None or period.end is None or days.first <= period.end)


def condition(how: str, days: Days, q: Callable[..., Any], *, start: str, end: str) -> Any:
    """`surely` or `possibly` as Q; `start` and `end` name the columns."""
    if how == SURELY:
        found = q(**{f"{end}__isnull": False})
        if days.first:
            found &= q(**{f"{start}__gte": days.first})
        return found & q(**{f"{end}__lte": days.last}) if days.last else found
    if days.is_empty:
        return q(pk__in=[])
    found = q()
    if days.first:
        found &= q(**{f"{end}__isnull": True}) | q(**{f"{end}__gte": days.first})
    if days.last:
        found &= q(**{f"{start}__isnull": True}) | q(**{f"{start}__lte": days.last})
    return found
