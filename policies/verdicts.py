"""A target held against what was measured, in the strength of both their words.

A target asks for a region of values, a measurement covers an interval; the verdict falls only where the interval lies
wholly inside or wholly outside the region. "More than 1 trillion" leaves out 1 trillion itself, "reach" does not,
"5 to 10" is a band. "About" and "nearly" are read within 5 %, and the verdict says so. What cannot be judged says why.
Values are in the unit of the target; no verdict speaks of causes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from indicators import claims
from indicators.periods import DAY, MONTH, SPAN, YEAR, Period, sort_key

# What is said
MET, MET_EARLY, MISSED, ABOVE = "met", "met_early", "missed", "above"
ON_PATH, BELOW_PATH, AHEAD, KEPT = "on_path", "below_path", "ahead", "kept"
UNDECIDED, NONE = "undecided", "none"
# Why nothing is said
WORDS, SUPERSEDED, NO_INDICATOR, OTHER_UNIT = "words", "superseded", "no_indicator", "other_unit"
GROWTH_PERIOD, NEW_SINCE, CHANGE_SINCE = "growth_period", "new_since", "change_since"
NOT_MEASURED, NOT_AT_DATE, LATER_ONLY = "not_measured", "not_at_date", "later_only"
NO_DATE, OVERLAP, NOT_EVERY_YEAR = "no_date", "overlap", "not_every_year"

TOLERANCE = Decimal("0.05")
REACHED = ("reach", "achieve", "maintain")  # upwards, or downwards where less is better
LASTING = ("reach", "achieve", claims.AT_LEAST, claims.MORE_THAN)  # once there it has been reached
UNCERTAIN = (claims.ABOUT, claims.NEARLY)


@dataclass(frozen=True, slots=True)
class Interval:
    """None where there is no end; `open_` ends do not belong to it."""

    low: Decimal | None = None
    high: Decimal | None = None
    open_low: bool = False
    open_high: bool = False

    def inside(self, other: "Interval") -> bool:
        low = other.low is None or (
            self.low is not None
            and (self.low > other.low or (self.low == other.low and (self.open_low or not other.open_low)))
        )
        high = other.high is None or (
            self.high is not None
            and (self.high < other.high or (self.high == other.high and (self.open_high or not other.open_high)))
        )
        return low and high

    def below(self, other: "Interval") -> bool:
        """Every value lies under the other's lower end."""
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or (self.high == other.low and (self.open_high or other.open_low))

    def above(self, other: "Interval") -> bool:
        return other.below(self)

    def shifted(self, by: Decimal) -> "Interval":
        low, high = (None if end is None else end + by for end in (self.low, self.high))
        return Interval(low, high, self.open_low, self.open_high)


@dataclass(frozen=True, slots=True)
class Goal:
    """`comparator`, `measure`, `growth` as in models.Target; `due` may be undated."""

    comparator: str
    low: Decimal | None = None
    high: Decimal | None = None
    due: Period = Period("undated", None, None, "unknown")
    measure: str = "level"
    growth: str = ""
    baseline: tuple[Decimal, Period] | None = None
    superseded: bool = False
    has_indicator: bool = True
    same_unit: bool = True
    less_is_better: bool = False

    @property
    def base(self) -> Decimal:
        """What the number counts from: of new ones and of a change the baseline, else nothing."""
        from_baseline = self.measure == "new" or self.comparator in ("increase", "decrease")
        return self.baseline[0] if from_baseline and self.baseline else Decimal(0)

    @property
    def ends(self) -> tuple[Decimal | None, Decimal | None]:
        """The numbers promised, as a measurement would say them."""
        sign = -1 if self.comparator == "decrease" else 1
        low, high = (None if end is None else self.base + sign * end for end in (self.low, self.high))
        return low, high

    @property
    def region(self) -> Interval:
        """Values that keep the promise. Rank 3 is reached by being first too; what should fall, from above."""
        if self.comparator == claims.ABOUT:
            return around(self.low if self.low is not None else self.high).shifted(self.base)
        low, high = self.ends
        downwards = self.measure == "rank" or (self.less_is_better and self.comparator in REACHED)
        if high is None and (downwards or self.comparator == "decrease"):
            return Interval(None, low)
        return Interval(low, high, self.comparator == claims.MORE_THAN, self.comparator == claims.LESS_THAN)

    @property
    def lasts(self) -> bool:
        return self.comparator in LASTING and self.measure != "growth"


@dataclass(frozen=True, slots=True)
class Measurement:
    claim: claims.Claim
    period: Period
    estimated: bool = False

    @property
    def interval(self) -> Interval:
        kind, low, high = self.claim.kind, self.claim.low, self.claim.high
        if kind == claims.ABOUT:
            return around(low)
        if kind == claims.NEARLY:
            near = around(low)
            return Interval(near.low, low, open_high=True) if low and low > 0 else near
        return Interval(low, high, open_low=kind == claims.MORE_THAN, open_high=kind == claims.LESS_THAN)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`by` is the measurement it rests on; `gap` its distance from the number promised, in the unit, and `share` in %.

    `needed` is where the straight path to the number stands at that measurement; None without a start of the path.
    """

    said: str
    why: str = ""
    by: Measurement | None = None
    approximate: bool = False
    gap: Decimal | None = None
    share: Decimal | None = None
    needed: Decimal | None = None


def around(value: Decimal | None) -> Interval:
    """Within 5 % of a number said with reserve."""
    if value is None:
        return Interval()
    ends = sorted((value * (1 - TOLERANCE), value * (1 + TOLERANCE)))
    return Interval(ends[0], ends[1])


def precisions(due: Period) -> tuple[str, ...]:
    """Of which figures decide: a year or a day. A month is a part of a year, so only for what is due within one."""
    return (DAY, MONTH, YEAR) if due.precision in (DAY, MONTH) else (DAY, YEAR)


def judge(goal: Goal, measured: Iterable[Measurement], *, today: date) -> Verdict:
    """The measurement at the due date decides; before it a promise can be kept early, or be on its way."""
    why = _cannot(goal)
    if why:
        return Verdict(NONE, why)
    usable = precisions(goal.due)
    rows = [one for one in measured if one.claim.has_value and one.period.end and one.period.precision in usable]
    rows.sort(key=lambda one: sort_key(one.period))
    if not rows:
        return Verdict(NONE, NOT_MEASURED)
    end = goal.due.end
    if end is None:
        return _not_yet(goal, rows[-1], NONE, NO_DATE)
    if goal.measure == "growth" and goal.due.precision == SPAN:
        return _every_year(goal, rows, today)
    at_date = [one for one in rows if one.period.end == end]
    if at_date and end <= today:
        return _decided(goal, at_date[-1])
    before = [one for one in rows if one.period.end and one.period.end <= end]
    if not before:
        return Verdict(NONE, LATER_ONLY, rows[0])
    last = before[-1]
    if last.interval.inside(goal.region) and (goal.lasts or end > today):
        return _about(goal, last, MET_EARLY if goal.lasts else KEPT)
    return Verdict(NONE, NOT_AT_DATE, last) if end < today else _under_way(goal, before)


def _cannot(goal: Goal) -> str:
    if goal.superseded:
        return SUPERSEDED
    if goal.low is None and goal.high is None:
        return WORDS
    if goal.measure == "growth" and goal.growth != "yearly":
        return GROWTH_PERIOD
    if goal.comparator in ("increase", "decrease") and goal.baseline is None:
        return CHANGE_SINCE
    if not goal.has_indicator:
        return NO_INDICATOR
    if not goal.same_unit:
        return OTHER_UNIT
    return NEW_SINCE if goal.measure == "new" and goal.baseline is None else ""


def _every_year(goal: Goal, rows: Sequence[Measurement], today: date) -> Verdict:
    """A yearly rate over several years is kept in each of them or not at all."""
    start, end = goal.due.start, goal.due.end
    within = [one for one in rows if start and end and one.period.end and start <= one.period.end <= end]
    failed = [one for one in within if _outside(one.interval, goal.region)]
    if failed:
        return _about(goal, failed[0], MISSED)
    if not within or not end:
        return Verdict(NONE, NOT_AT_DATE, rows[-1])
    open_ = [one for one in within if not one.interval.inside(goal.region)]
    if open_:
        return _about(goal, open_[-1], UNDECIDED, OVERLAP)
    if end > today:
        return _about(goal, within[-1], KEPT)
    years = {one.period.end.year for one in within if one.period.end}
    whole = start is not None and len(years) == end.year - start.year + 1
    return _about(goal, within[-1], MET) if whole else Verdict(NONE, NOT_EVERY_YEAR, within[-1])


def _decided(goal: Goal, one: Measurement) -> Verdict:
    interval, region = one.interval, goal.region
    if interval.inside(region):
        return _about(goal, one, MET)
    if interval.above(region) and region.low is not None:
        return _about(goal, one, ABOVE)
    if _outside(interval, region):
        return _about(goal, one, MISSED)
    return _about(goal, one, UNDECIDED, OVERLAP)


def _under_way(goal: Goal, before: Sequence[Measurement]) -> Verdict:
    """Against the straight line from the baseline, else from the first measurement, to the number promised."""
    first, last, end = before[0], before[-1], goal.due.end
    if last.interval.above(goal.region) and goal.region.low is not None:
        return _about(goal, last, ABOVE)
    start = goal.baseline
    if start is None and first is not last and first.claim.point is not None and not first.claim.is_bound:
        start = first.claim.point, first.period
    number = _number(goal, start[0]) if start and goal.measure != "growth" else None  # a rate has no path
    if start is None or number is None or start[1].end is None or end is None:
        return _not_yet(goal, last, AHEAD)
    span, gone = (end - start[1].end).days, (sort_key(last.period)[0] - start[1].end).days
    if span <= 0 or gone <= 0:
        return _not_yet(goal, last, AHEAD)
    needed = start[0] + (number - start[0]) * Decimal(gone) / Decimal(span)
    path = Interval(needed, None) if number > start[0] else Interval(None, needed)
    interval = last.interval
    said = ON_PATH if interval.inside(path) else BELOW_PATH if _outside(interval, path) else UNDECIDED
    return _about(goal, last, said, OVERLAP if said == UNDECIDED else "", needed)


def _not_yet(goal: Goal, one: Measurement, said: str, why: str = "") -> Verdict:
    """Without a date or a path: reached, surely not reached, or left open by the words of the figure."""
    if one.interval.inside(goal.region):
        return _about(goal, one, MET)
    return (
        _about(goal, one, said, why) if _outside(one.interval, goal.region) else _about(goal, one, UNDECIDED, OVERLAP)
    )


def _outside(interval: Interval, region: Interval) -> bool:
    return interval.below(region) or interval.above(region)


def _number(goal: Goal, start: Decimal) -> Decimal | None:
    """Which number promised a path from there leads to; None where it already starts at or beyond it."""
    region, (low, high) = goal.region, goal.ends
    if region.low is not None and start < region.low:
        return high if low is None else low
    if region.high is not None and start > region.high:
        return low if high is None else high
    return None


def _about(goal: Goal, one: Measurement, said: str, why: str = "", needed: Decimal | None = None) -> Verdict:
    approximate = one.estimated or one.claim.kind in UNCERTAIN or goal.comparator == claims.ABOUT
    edge, point = _edge(goal, one), one.claim.point
    gap = None if point is None or edge is None or one.claim.is_bound else point - edge
    share = gap / abs(edge) * 100 if gap is not None and edge else None
    return Verdict(said, why, one, approximate, gap, share, needed)


def _edge(goal: Goal, one: Measurement) -> Decimal | None:
    """The number promised; of a band the end that is nearer."""
    low, high = goal.ends
    if low is None or high is None:
        return high if low is None else low
    point = one.claim.point
    return high if point is not None and abs(point - high) < abs(point - low) else low
