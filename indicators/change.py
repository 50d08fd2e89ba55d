"""How ranks move between periods: within a constant panel, the places that stand in both.

Ranks of two periods are compared only among the places ranked in both, so that nobody rises because somebody else
was left out; who came and who went is named beside it. Where bounds give intervals of ranks, the gain is an
interval too, and a move that is not sure is not called one. Ranks a source prints are compared as it prints them.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import TypeVar

from indicators.claims import Claim
from indicators.rankings import Entry, Rank, rank

Key = TypeVar("Key", bound=Hashable)

UP, DOWN, SAME, UNCLEAR = "up", "down", "same", "unclear"
FEWEST_PERIODS = 3  # With fewer there is no history, only a change.
NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Shift:
    """One place's rank then and now."""

    before: Rank
    now: Rank

    @property
    def gained(self) -> tuple[int, int]:
        """Fewest and most places it may have risen; below zero it fell."""
        return self.before.best - self.now.worst, self.before.worst - self.now.best

    @property
    def steps(self) -> int:
        """Places it surely rose (fell, below zero); 0 where it stayed or nobody can say."""
        least, most = self.gained
        return max(least, 0) or min(most, 0)

    @property
    def is_exact(self) -> bool:
        least, most = self.gained
        return least == most

    @property
    def direction(self) -> str:
        if self.steps:
            return UP if self.steps > 0 else DOWN
        return SAME if self.is_exact else UNCLEAR


@dataclass(frozen=True, slots=True)
class Change:
    """`shifts` of the panel; `entered` and `left` stand in one period only; `refusal`: why there are no shifts."""

    shifts: dict[Hashable, Shift]
    entered: list[Hashable]
    left: list[Hashable]
    refusal: str = ""


def valued(claims: Mapping[Key, Claim]) -> dict[Key, Claim]:
    return {key: claim for key, claim in claims.items() if claim.has_value}


def compare(
    before: Mapping[Key, Claim],
    now: Mapping[Key, Claim],
    *,
    direction: str,
    group_size: int | None = None,
    minimum_coverage: Decimal = NONE,
) -> Change:
    """Ranks worked out here, in both periods among the places with a value in both."""
    then, today = valued(before), valued(now)
    panel = [key for key in today if key in then]
    ranked = [
        rank(
            [Entry(key, claims[key]) for key in panel],
            direction=direction,
            group_size=group_size,
            minimum_coverage=minimum_coverage,
        )
        for claims in (then, today)
    ]
    first, last = ranked[0].ranks, ranked[1].ranks
    shifts: dict[Hashable, Shift] = {key: Shift(first[key], last[key]) for key in panel if key in last}
    return Change(shifts, [k for k in today if k not in then], [k for k in then if k not in today], ranked[1].refusal)


def printed(before: Mapping[Key, Rank], now: Mapping[Key, Rank]) -> Change:
    """Ranks as a source prints them in both periods; its list may have grown between them."""
    shifts: dict[Hashable, Shift] = {key: Shift(before[key], now[key]) for key in now if key in before}
    return Change(shifts, [k for k in now if k not in before], [k for k in before if k not in now])


def movers(shifts: Mapping[Key, Shift], most: int = 5) -> tuple[list[Key], list[Key]]:
    """Who rose and who fell, the largest sure move first; whoever equals the last one named is named too."""
    found = []
    for sign in (1, -1):
        moved = sorted((key for key in shifts if shifts[key].steps * sign > 0), key=lambda k: -abs(shifts[k].steps))
        edge = abs(shifts[moved[most - 1]].steps) if len(moved) > most else 0
        kept = [key for key in moved if abs(shifts[key].steps) >= edge]
        found.append(kept if len(kept) < 2 * most else [key for key in moved if abs(shifts[key].steps) > edge])
    return found[0], found[1]


def longest_span(places: Sequence[frozenset[Key]], needed: int) -> tuple[int, int] | None:
    """Of periods in order, each with its places, the longest run of three or more that `needed` places span.

    Returns the first and the last index; of equally long runs the newest; None where there is none.
    """
    for length in range(len(places), FEWEST_PERIODS - 1, -1):
        for first in range(len(places) - length, -1, -1):
            if len(reduce(frozenset.intersection, places[first : first + length])) >= needed:
                return first, first + length - 1
    return None


def history(periods: Sequence[Mapping[Key, Claim]], *, direction: str) -> dict[Key, list[Rank]]:
    """Ranks in every period among the places with a value in all of them, in the order of the last period."""
    panel = [key for key in valued(periods[-1]) if all(key in valued(one) for one in periods)] if periods else []
    ranked = [
        rank([Entry(key, one[key]) for key in panel], direction=direction, minimum_coverage=NONE).ranks
        for one in periods
    ]
    rows = {key: [ranks[key] for ranks in ranked] for key in panel if ranked[-1]}
    return dict(sorted(rows.items(), key=lambda item: (item[1][-1].best, item[1][-1].worst)))
