"""Claims: what a source says about a quantity, with the strength it says it.

A claim is a kind with a lower and an upper bound in one unit. "More than 10,000" is a lower bound that is not
reached; "about 12,000" is a point said with reserve; a rank without a value has no bounds at all. Absence is
named, never zero.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

EXACT, ABOUT, NEARLY = "exact", "about", "nearly"
AT_LEAST, MORE_THAN, AT_MOST, LESS_THAN, RANGE = "at_least", "more_than", "at_most", "less_than", "range"
RANK_ONLY, TIER_ONLY, LEADING = "rank_only", "tier_only", "leading"
NOT_PUBLISHED, NOT_COLLECTED, NOT_APPLICABLE, WITHHELD = "not_published", "not_collected", "not_applicable", "withheld"

POINTS = (EXACT, ABOUT, NEARLY)
LOWER_BOUNDS = (AT_LEAST, MORE_THAN)
UPPER_BOUNDS = (AT_MOST, LESS_THAN)
VALUED = (*POINTS, *LOWER_BOUNDS, *UPPER_BOUNDS, RANGE)
ORDINAL = (RANK_ONLY, TIER_ONLY, LEADING)
ABSENT = (NOT_PUBLISHED, NOT_COLLECTED, NOT_APPLICABLE, WITHHELD)
KINDS = (*VALUED, *ORDINAL, *ABSENT)

MARKS = {ABOUT: "≈", NEARLY: "≲", AT_LEAST: "≥", MORE_THAN: ">", AT_MOST: "≤", LESS_THAN: "<"}


@dataclass(frozen=True, slots=True)
class Claim:
    """`low` and `high` in the same unit; None where the claim says nothing on that side."""

    kind: str
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def has_value(self) -> bool:
        return self.kind in VALUED

    @property
    def is_bound(self) -> bool:
        """Said on one side only: drawn open, ranked as an interval."""
        return self.kind in LOWER_BOUNDS or self.kind in UPPER_BOUNDS

    @property
    def is_absent(self) -> bool:
        return self.kind in ABSENT

    @property
    def end(self) -> Decimal | None:
        """Where a mark of it ends: the upper bound, else the lower one; None without a value."""
        return self.low if self.high is None else self.high

    @property
    def point(self) -> Decimal | None:
        """The number printed, whatever the reserve; the middle of a range is nobody's number, so None there."""
        if self.kind == RANGE:
            return None
        return self.low if self.low is not None else self.high


def _(sentence: str) -> str:
    """Marks a sentence for the catalogue; whoever shows it translates it."""
    return sentence


def problems(
    kind: str, low: Decimal | None, high: Decimal | None, rank: int | None = None, tier: str = ""
) -> dict[str, str]:
    """What is wrong with these values for this kind, by field, in an editor's words; empty when nothing is."""
    point, lower, upper, valueless = kind in POINTS, kind in LOWER_BOUNDS, kind in UPPER_BOUNDS, kind not in VALUED
    value = _("Give the value. If the source prints none, choose “rank only” or “no figure published”.")
    one_value = _("One value has no upper bound. For two numbers choose “between”.")
    two_bounds = _("A range has two bounds.")
    no_value = _("This kind of statement has no value. Clear it or choose another kind.")
    no_low, no_high = low is None, high is None
    up = low is None or high is None or low < high
    rules = (
        (point and no_low, "low", value),
        (point and not (no_low or no_high) and high != low, "high", one_value),
        (lower and no_low, "low", _("Give the number that is exceeded.")),
        (lower and not no_high, "high", _("“More than” and “at least” have no upper bound.")),
        (upper and no_high, "high", _("Give the number that is not exceeded.")),
        (upper and not no_low, "low", _("“Less than” and “at most” have no lower bound.")),
        (kind == RANGE and no_low, "low", two_bounds),
        (kind == RANGE and no_high, "high", two_bounds),
        (kind == RANGE and not up, "low", _("The lower bound is not below the upper bound.")),
        (valueless and not no_low, "low", no_value),
        (valueless and not no_high, "high", no_value),
        (kind == RANK_ONLY and rank is None, "published_rank", _("“Rank only” needs the rank.")),
        (kind == TIER_ONLY and not tier, "tier", _("“Tier only” needs the tier as printed.")),
        (kind in ABSENT and rank is not None, "published_rank", _("A missing figure has no rank. Choose “rank only”.")),
    )
    return {field: sentence for broken, field, sentence in rules if broken}


def bounds_condition(q: Callable[..., Any], f: Callable[[str], Any]) -> Any:
    """The same rule as `problems`, for the database; `q` and `f` are the ORM's, so that this module stays pure."""
    return (
        q(kind__in=POINTS, low__isnull=False, high__isnull=False, high=f("low"))
        | q(kind__in=LOWER_BOUNDS, low__isnull=False, high__isnull=True)
        | q(kind__in=UPPER_BOUNDS, low__isnull=True, high__isnull=False)
        | q(kind=RANGE, low__isnull=False, high__isnull=False, low__lt=f("high"))
        | q(kind=RANK_ONLY, low__isnull=True, high__isnull=True, published_rank__isnull=False)
        | (q(kind=TIER_ONLY, low__isnull=True, high__isnull=True) & ~q(tier=""))
        | q(kind=LEADING, low__isnull=True, high__isnull=True)
        | q(kind__in=ABSENT, low__isnull=True, high__isnull=True, published_rank__isnull=True)
    )
