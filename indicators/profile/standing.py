"""Where a city stands: against the median, beside its neighbours in rank, and in which indicators it stands out.

Nothing is said that a bound does not allow: a claim covers an interval of values, a median of such claims is an
interval too, and words are chosen only where every value inside gives the same ones.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median

from indicators.claims import Claim
from indicators.comparability import CLOSE_RATIO
from indicators.rankings import INFINITE, Rank

# Against the median: the bands of `grade`, from nothing at all to more than twice as much.
ZERO, BELOW_HALF, HALF, WELL_BELOW, BELOW, SAME = "zero", "below_half", "half", "well_below", "below", "same"
ABOVE, WELL_ABOVE, TWICE, ABOVE_TWICE = "above", "well_above", "twice", "above_twice"
OVER, UNDER = "over", "under"  # without a grade: only on which side
UPWARDS = ((CLOSE_RATIO, SAME), (Decimal("1.25"), ABOVE), (Decimal("1.75"), WELL_ABOVE), (Decimal("2.25"), TWICE))
MIRRORED = {SAME: SAME, ABOVE: BELOW, WELL_ABOVE: WELL_BELOW, TWICE: HALF, ABOVE_TWICE: BELOW_HALF}

# What stands out is said of at least so many indicators in so many topics, some of them apart from sheer size.
FEWEST_INDICATORS, FEWEST_TOPICS, FEWEST_APART_FROM_SIZE = 12, 3, 3
SHOWN, TOP, HALF_OF_THEM = 3, 3, Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Middle:
    """The median of `n` claims lies between `low` and `high`; `signed` where a value below zero is possible."""

    low: Decimal
    high: Decimal
    n: int
    signed: bool = False

    @property
    def point(self) -> Decimal | None:
        return self.low if self.low == self.high else None


def ends(claim: Claim) -> tuple[Decimal, Decimal]:
    """The smallest and the largest value the claim allows."""
    return (
        -INFINITE if claim.low is None else claim.low,
        INFINITE if claim.high is None else claim.high,
    )


def middle(values: Sequence[Claim]) -> Middle | None:
    """The median of the lower ends and that of the upper ones: the true median lies between them."""
    usable = [ends(claim) for claim in values if claim.has_value]
    if not usable:
        return None
    low, high = (median(sorted(side)) for side in zip(*usable, strict=True))
    return Middle(low, high, len(usable), signed=any(claim.low is not None and claim.low < 0 for claim in values))


def grade(own: Claim, mid: Middle) -> str:
    """How `own` stands to the median, in bands of their ratio; empty where the bounds do not allow a word."""
    if not own.has_value:
        return ""
    low, high = ends(own)
    side = OVER if low > mid.high else UNDER if high < mid.low else ""
    same = low == high == mid.low == mid.high
    if mid.signed or mid.low <= 0:  # a ratio to nothing, or across zero, says nothing
        return SAME if same else side
    if low == high == 0:
        return ZERO
    if low < 0:
        return side
    least = Decimal(0) if mid.high == INFINITE else low / mid.high
    most = INFINITE if high == INFINITE else high / mid.low
    return _band(least) if _band(least) == _band(most) else side


def _band(ratio: Decimal) -> str:
    up = ratio >= 1
    times = ratio if up else 1 / ratio if ratio else INFINITE
    band = next((name for edge, name in UPWARDS if times <= edge), ABOVE_TWICE)
    return band if up else MIRRORED[band]


# --- Neighbours in rank ---


@dataclass(frozen=True, slots=True)
class Steps:
    """Who stands directly above and directly below; several where they share a rank."""

    above: tuple[Hashable, ...] = ()
    below: tuple[Hashable, ...] = ()


def steps(ranks: Mapping[Hashable, Rank], key: Hashable) -> Steps:
    """The cities one rank up and one down. Where an interval, or a place nobody printed, comes between: none."""
    own = ranks.get(key)
    if own is None or own.best != own.worst:
        return Steps()
    sure: dict[int, list[Hashable]] = {}
    for other, rank in ranks.items():
        if rank.best == rank.worst:
            sure.setdefault(rank.best, []).append(other)
    blurred = [rank for rank in ranks.values() if rank.best != rank.worst]
    upper = max((best for best in sure if best < own.best), default=0)
    above = tuple(sure[upper]) if upper and upper + len(sure[upper]) == own.best else ()
    below = tuple(sure.get(own.best + len(sure[own.best]), ()))
    if any(rank.best < own.best and rank.worst >= upper for rank in blurred):
        above = ()
    if any(rank.best <= own.best + len(sure[own.best]) <= rank.worst for rank in blurred):
        below = ()
    return Steps(above, below)


# --- What stands out ---


@dataclass(frozen=True, slots=True)
class Standing:
    """One ranked indicator of a city. `behind` is the share of the other cities behind it, equal ones counted half."""

    key: Hashable
    topic: Hashable
    behind: Fraction
    among_first: bool
    is_size: bool
    has_direction: bool = True


@dataclass(frozen=True, slots=True)
class StandsOut:
    best: tuple[Standing, ...]
    worst: tuple[Standing, ...]
    among_first: int
    of: int


def behind(ranks: Mapping[Hashable, Rank], key: Hashable) -> Fraction | None:
    """The share of the other ranked cities behind `key`; None where its rank is an interval or nobody else has one."""
    own = ranks.get(key)
    if own is None or own.best != own.worst or len(ranks) < 2:
        return None
    equal = Counter((rank.best, rank.worst) for rank in ranks.values())[own.best, own.worst] - 1
    after = len(ranks) - own.best - equal
    return (after + Fraction(equal, 2)) / (len(ranks) - 1)


def among_first(ranks: Mapping[Hashable, Rank], key: Hashable) -> bool:
    """Third or better, with all who share the rank."""
    own = ranks.get(key)
    equal = Counter((rank.best, rank.worst) for rank in ranks.values())
    return own is not None and own.best == own.worst and own.best + equal[own.best, own.worst] - 1 <= TOP


def stands_out(standings: Sequence[Standing]) -> StandsOut | None:
    """Of those with more than half of the other cities behind, the three with the most; of the others, the fewest.

    No topic stands twice on a side; only indicators that have a direction count. None where they are too few, in too
    few topics, or say little beyond size.
    """
    able = [one for one in standings if one.has_direction]
    apart = sum(not one.is_size for one in able)
    topics = {one.topic for one in able}
    if len(able) < FEWEST_INDICATORS or len(topics) < FEWEST_TOPICS or apart < FEWEST_APART_FROM_SIZE:
        return None
    best = _one_a_topic(sorted((one for one in able if one.behind > HALF_OF_THEM), key=lambda one: -one.behind))
    worst = _one_a_topic(sorted((one for one in able if one.behind < HALF_OF_THEM), key=lambda one: one.behind))
    if not best and not worst:
        return None
    return StandsOut(best, worst, sum(one.among_first for one in able), len(able))


def _one_a_topic(ordered: Sequence[Standing]) -> tuple[Standing, ...]:
    found: dict[Hashable, Standing] = {}
    for one in ordered:
        found.setdefault(one.topic, one)
    return tuple(found.values())[:SHOWN]


def is_size(unit: str, form: str = "") -> bool:
    """Whether the indicator counts or sums: then a large city has more of it because it is large."""
    if form:
        return form == "total"
    return not ("%" in unit or " per " in f" {unit}" or "=" in unit or unit in ("points", "rank"))
