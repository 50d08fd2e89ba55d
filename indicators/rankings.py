"""Ranks worked out here, from claims of unequal strength.

Standard competition ranking (1-2-2-4). Every claim covers an interval of values it allows; a place's best rank
is one more than the number of places surely ahead of it, its worst rank one more than the number of places that
may be ahead. Exact figures that are equal tie; bounds that overlap give an interval ("2–4"). Ranks printed by a
source never enter here. Below a stated coverage of the group no rank is worked out.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators import claims
from indicators.claims import Claim

FEWEST = 3  # With fewer places there is nothing to rank.

# Why no rank is worked out.
TOO_FEW, COVERAGE = "too_few", "coverage"

# A bound is a value and a side: (10000, 1) lies just above 10,000.
Bound = tuple[Decimal, int]
INFINITE = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the group. `excluded` keeps a disputed figure out of the order, not out of the page."""

    key: Hashable
    claim: Claim | None
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Rank:
    """From `best` to `worst`; `tied` when an equal figure shares it."""

    best: int
    worst: int
    tied: bool = False

    @property
    def text(self) -> str:
        if self.best != self.worst:
            return f"{self.best}–{self.worst}"
        return f"={self.best}" if self.tied else str(self.best)


@dataclass(frozen=True, slots=True)
class Ranking:
    """`have` of `of` places can be ordered; `refusal` is empty, or the reason why there are no ranks."""

    ranks: dict[Hashable, Rank]
    have: int
    of: int
    refusal: str = ""


def rank(
    entries: Sequence[Entry], *, direction: str, group_size: int | None = None, minimum_coverage: Decimal
) -> Ranking:
    """Order `entries`, the places of one group in one period of one series.

    `direction` is "lower" where less is better; otherwise the largest figure comes first ("neither": a size
    order without praise). `group_size` is the stated size of the group when its members are not all known, else
    the number of entries. `minimum_coverage` is a share, 0 to 1.
    """
    usable = [e for e in entries if e.claim is not None and e.claim.has_value and not e.excluded]
    size = max(group_size or len(entries), len(usable))
    if len(usable) < FEWEST:
        return Ranking({}, len(usable), size, TOO_FEW)
    if Decimal(len(usable)) < minimum_coverage * size:
        return Ranking({}, len(usable), size, COVERAGE)
    spans = {e.key: span(e.claim, lower_is_better=direction == "lower") for e in usable}  # type: ignore[arg-type]
    floors = sorted(low for low, _ in spans.values())
    ceilings = sorted(high for _, high in spans.values())
    twins = Counter(spans.values())
    ranks = {}
    for key, (low, high) in spans.items():
        ahead = len(floors) - bisect_right(floors, high)
        may_be_ahead = len(ceilings) - bisect_right(ceilings, low) - (high > low)
        ranks[key] = Rank(ahead + 1, may_be_ahead + 1, tied=low == high and twins[low, high] > 1)
    return Ranking(ranks, len(usable), size)


def of_group(
    found: Mapping[Hashable, Claim],
    *,
    members: Collection[Hashable] | None,
    stated_size: int | None = None,
    excluded: Collection[Hashable] = (),
    direction: str,
    minimum_coverage: Decimal,
) -> Ranking:
    """The ranks of a group: of its `members` where they are known, else of whoever is `found`, of `stated_size`."""
    entries = [Entry(key, found.get(key), key in excluded) for key in (found if members is None else members)]
    size = stated_size if members is None else None
    return rank(entries, direction=direction, group_size=size, minimum_coverage=minimum_coverage)


def span(claim: Claim, *, lower_is_better: bool = False) -> tuple[Bound, Bound]:
    """The worst and the best value a claim allows, mirrored when less is better."""
    low: Bound = (-INFINITE, 0) if claim.low is None else (claim.low, 1 if claim.kind == claims.MORE_THAN else 0)
    high: Bound = (INFINITE, 0) if claim.high is None else (claim.high, -1 if claim.kind == claims.LESS_THAN else 0)
    if lower_is_better:
        return (-high[0], -high[1]), (-low[0], -low[1])
    return low, high


def coverage(claims_of_group: Sequence[Claim | None], group_size: int | None = None) -> tuple[int, int]:
    """How many places say anything at all (ranks and bounds count), of how many."""
    have = sum(1 for claim in claims_of_group if claim is not None and not claim.is_absent)
    return have, max(group_size or len(claims_of_group), have)
