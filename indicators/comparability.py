"""Whether two figures of one indicator may be compared, how far, and which is ahead.

Comparable: one series, hence one publisher family, definition, territory and vintage, and one period. With care:
publisher or vintage differs: ranks are shown with the mark, differences of values withheld. Not comparable:
definition, territory, unit or period differs: no difference, no winner, no rank. Over time (one city, two periods)
the period is the question and not a hindrance.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from indicators import claims, derivations
from indicators.claims import Claim
from indicators.rankings import span

COMPARABLE, WITH_CARE, NOT_COMPARABLE = "comparable", "with_care", "not_comparable"
LEVELS = (NOT_COMPARABLE, WITH_CARE, COMPARABLE)

# Why a comparison is limited or refused.
PUBLISHER, VINTAGE, DEFINITION, TERRITORY, UNIT, PERIOD = (
    "publisher",
    "vintage",
    "definition",
    "territory",
    "unit",
    "period",
)
REFUSED = (DEFINITION, TERRITORY, UNIT, PERIOD)

# What can be said of two figures.
FIRST, SECOND, EVEN, UNKNOWN = "first", "second", "even", "unknown"
# Why: by the values, by ranks in one list (then no difference is given), bounds that overlap, values within 5 %.
BY_VALUE, BY_RANK, OVERLAP, CLOSE, WITHOUT = "value", "rank", "overlap", "close", "without"
CLOSE_RATIO = Decimal("1.05")


@dataclass(frozen=True, slots=True)
class Basis:
    """What a figure rests on. `series` is its key; the words of the others are compared as they stand."""

    series: Hashable
    period: str
    family: str = ""
    definition: str = ""
    territory: str = ""
    vintage: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    level: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A figure as a comparison sees it. `rank` and `rank_to` are the source's own; `list` is where it ranks."""

    claim: Claim
    rank: int | None = None
    rank_to: int | None = None
    list: Hashable = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`ahead` by `by`. `difference` and `ratio` (larger by smaller) may be None."""

    ahead: str
    by: str
    difference: Claim | None = None
    ratio: Claim | None = None


def judge(one: Basis, other: Basis, *, over_time: bool = False) -> Judgement:
    """How far the two may be compared, and every reason why not further."""
    differs = {
        PUBLISHER: one.family != other.family,
        VINTAGE: one.vintage != other.vintage,
        DEFINITION: one.definition != other.definition,
        TERRITORY: one.territory != other.territory,
        UNIT: one.unit != other.unit,
        PERIOD: not over_time and one.period != other.period,
    }
    if one.series == other.series:
        differs = {PERIOD: differs[PERIOD]}
    reasons = tuple(reason for reason, yes in differs.items() if yes)
    if any(reason in REFUSED for reason in reasons):
        return Judgement(NOT_COMPARABLE, reasons)
    if reasons or one.series != other.series:
        return Judgement(WITH_CARE, reasons)
    return Judgement(COMPARABLE)


def verdict(one: Said, other: Said, *, lower_is_better: bool = False) -> Verdict:
    """Of two comparable figures: which stands ahead (more is ahead unless `lower_is_better`), and by how much.

    Values first: bounds that overlap and values within 5 % of each other are even. Where a value is missing, ranks
    in one list decide and the difference is withheld.
    """
    if one.claim.has_value and other.claim.has_value:
        return _by_value(one.claim, other.claim, lower_is_better)
    if one.rank is None or other.rank is None or one.list is None or one.list != other.list:
        return Verdict(UNKNOWN, WITHOUT)
    if (one.rank_to or one.rank) < other.rank:
        return Verdict(FIRST, BY_RANK)
    if (other.rank_to or other.rank) < one.rank:
        return Verdict(SECOND, BY_RANK)
    return Verdict(EVEN, BY_RANK)


def _by_value(one: Claim, other: Claim, lower_is_better: bool) -> Verdict:
    (one_low, one_high), (other_low, other_high) = span(one), span(other)
    if one_low == one_high == other_low == other_high:
        return Verdict(EVEN, BY_VALUE, difference(one, other), ratio(one, other))
    if one_high >= other_low and other_high >= one_low:
        return Verdict(EVEN, OVERLAP)
    larger, smaller, larger_is = (one, other, FIRST) if one_low > other_high else (other, one, SECOND)
    how = difference(larger, smaller), ratio(larger, smaller)
    nearest = larger.low / smaller.high if larger.low and smaller.high and smaller.high > 0 else None
    points = larger.kind in claims.POINTS and smaller.kind in claims.POINTS
    if points and nearest is not None and nearest <= CLOSE_RATIO:
        return Verdict(EVEN, CLOSE, *how)
    ahead = larger_is if not lower_is_better else {FIRST: SECOND, SECOND: FIRST}[larger_is]
    return Verdict(ahead, BY_VALUE, *how)


def difference(one: Claim, other: Claim) -> Claim | None:
    """one − other with the strength of both: “more than 10,000” less 500 is “more than 9,500”; None without numbers."""
    if not (one.has_value and other.has_value):
        return None
    low = None if one.low is None or other.high is None else one.low - other.high
    high = None if one.high is None or other.low is None else one.high - other.low
    if low is None and high is None:
        return None
    if high is None:
        strict = one.kind == claims.MORE_THAN or other.kind == claims.LESS_THAN
        return Claim(claims.MORE_THAN if strict else claims.AT_LEAST, low, None)
    if low is None:
        strict = one.kind == claims.LESS_THAN or other.kind == claims.MORE_THAN
        return Claim(claims.LESS_THAN if strict else claims.AT_MOST, None, high)
    if low < high:
        return Claim(claims.RANGE, low, high)
    return Claim(claims.EXACT if one.kind == other.kind == claims.EXACT else claims.ABOUT, low, low)


def ratio(one: Claim, other: Claim) -> Claim | None:
    """one ÷ other, finer than it is ever printed, so that it is rounded once; None where nothing can be divided."""
    try:
        return derivations.ratio(one, other, decimals=8).claim
    except ValueError:  # a negative denominator
        return None


def rounded_percent(later: Claim, earlier: Claim) -> Claim | None:
    """Change in % of the earlier, one decimal, with their reserve; None unless both are single positive values."""
    points = later.kind in claims.POINTS and earlier.kind in claims.POINTS
    if not points or later.low is None or earlier.low is None or earlier.low <= 0:
        return None
    percent = ((later.low / earlier.low - 1) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    exact = later.kind == earlier.kind == claims.EXACT
    return Claim(claims.EXACT if exact else claims.ABOUT, percent, percent)
