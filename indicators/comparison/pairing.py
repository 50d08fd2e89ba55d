"""Which figures of several places are set side by side: the best common basis there is.

A common basis is one series in one period. Of all that exist the one that puts the most places into an order wins
(by their values, or by the ranks one list prints), then the preferred series, then the newest period. Whoever is not
on it is represented by the figure nearest to it, with the judgement of `comparability`.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators import rankings
from indicators.claims import Claim
from indicators.comparability import COMPARABLE, LEVELS, Basis, Judgement, judge

NEARNESS = {level: at for at, level in enumerate(LEVELS)}
VALUES, RANKS, NEITHER = "values", "ranks", ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One figure of one place. `age` sorts periods, the newest largest; `rank` is the source's own."""

    key: Hashable
    place: Hashable
    basis: Basis
    claim: Claim
    preference: int = 1
    age: tuple[int, ...] = ()
    rank: int | None = None
    rank_to: int | None = None
    excluded: bool = False  # by a known problem: shown, but put in no order

    @property
    def cell(self) -> tuple[Hashable, str]:
        return self.basis.series, self.basis.period

    @property
    def is_valued(self) -> bool:
        return self.claim.has_value and not self.excluded

    @property
    def is_ranked(self) -> bool:
        return self.rank is not None and not self.excluded


@dataclass(frozen=True, slots=True)
class Pairing:
    """`picked` and `judged` by place; `anchor` is the common basis, on which `judged` says comparable."""

    anchor: Basis
    picked: Mapping[Hashable, Candidate]
    judged: Mapping[Hashable, Judgement]

    @property
    def common(self) -> list[Candidate]:
        return [one for place, one in self.picked.items() if self.judged[place].level == COMPARABLE]


@dataclass(frozen=True, slots=True)
class Order:
    """Ranks among the compared, by place; `by` says whether values or the ranks of one list put them in order."""

    by: str
    ranks: Mapping[Hashable, rankings.Rank]

    @property
    def first(self) -> Hashable | None:
        """Who is alone and surely in front; None where nobody is."""
        lead = [place for place, rank in self.ranks.items() if rank.worst == 1]
        return lead[0] if len(lead) == 1 else None


def pair(candidates: Sequence[Candidate]) -> Pairing | None:
    """The best common basis of one indicator's figures, and who stands on it or near it."""
    cells: dict[tuple[Hashable, str], dict[Hashable, Candidate]] = defaultdict(dict)
    by_place: dict[Hashable, list[Candidate]] = defaultdict(list)
    for one in candidates:
        if not one.claim.is_absent:
            cells[one.cell].setdefault(one.place, one)
            by_place[one.place].append(one)
    if not cells:
        return None
    most = max(_reach(members) for members in cells.values())
    rivals = [members for members in cells.values() if _reach(members) == most]
    return max((_around(members, by_place) for members in rivals), key=_merit)


def _reach(members: Mapping[Hashable, Candidate]) -> tuple[int, int]:
    """How many places the cell orders, by values or by ranks; then how many it holds."""
    valued = sum(one.is_valued for one in members.values())
    ranked = sum(one.is_ranked for one in members.values())
    return max(valued, ranked), len(members)


def _around(members: Mapping[Hashable, Candidate], by_place: Mapping[Hashable, Sequence[Candidate]]) -> Pairing:
    anchor = next(iter(members.values())).basis
    picked, judged = {}, {}
    for place, rows in by_place.items():
        one = members.get(place) or max(rows, key=lambda row: _near(row, anchor))
        picked[place], judged[place] = one, judge(anchor, one.basis)
    return Pairing(anchor, picked, judged)


def _near(row: Candidate, anchor: Basis) -> tuple[int, int, int, tuple[int, ...]]:
    judgement = judge(anchor, row.basis)
    return NEARNESS[judgement.level], -len(judgement.reasons), -row.preference, row.age


def _merit(found: Pairing) -> tuple[int, int, tuple[int, ...], str]:
    """Nearest together, then the preferred series, then the newest period."""
    together = sum(NEARNESS[judgement.level] for judgement in found.judged.values())
    one = found.common[0]
    return together, -one.preference, one.age, str(one.cell)


def order(found: Pairing, *, lower_is_better: bool = False) -> Order:
    """Ranks among three or more on the common basis: by value where all have one, else by the ranks of the one list."""
    members = found.common
    if len(members) < rankings.FEWEST:
        return Order(NEITHER, {})
    if all(one.is_valued for one in members):
        entries = [rankings.Entry(one.place, one.claim) for one in members]
        direction = "lower" if lower_is_better else "higher"
        return Order(VALUES, rankings.rank(entries, direction=direction, minimum_coverage=Decimal(0)).ranks)
    if all(one.is_ranked for one in members):
        return Order(RANKS, {one.place: _among(one, members) for one in members})
    return Order(NEITHER, {})


def _among(one: Candidate, members: Sequence[Candidate]) -> rankings.Rank:
    best, worst = _span(one)
    spans = [_span(other) for other in members if other is not one]
    surely, possibly = sum(high < best for _low, high in spans), sum(low < worst for low, _high in spans)
    return rankings.Rank(surely + 1, possibly + 1, tied=best == worst and (best, worst) in spans)


def _span(one: Candidate) -> tuple[int, int]:
    low = one.rank or 0
    return low, one.rank_to or low
