from decimal import Decimal

import pytest

from indicators import claims
from indicators.claims import Claim, problems

D = Decimal

FITTING = [
    (claims.EXACT, D(5), D(5), None, ""),
    (claims.EXACT, D(0), D(0), None, ""),
    (claims.ABOUT, D(12000), D(12000), 3, ""),
    (claims.MORE_THAN, D(10000), None, 1, ""),
    (claims.AT_LEAST, D(79), None, None, ""),
    (claims.LESS_THAN, None, D(5), None, ""),
    (claims.RANGE, D(5), D(10), None, ""),
    (claims.RANK_ONLY, None, None, 4, ""),
    (claims.TIER_ONLY, None, None, None, "first tier"),
    (claims.LEADING, None, None, None, ""),
    (claims.NOT_PUBLISHED, None, None, None, ""),
]
UNFIT = [
    ("an exact value without a number", claims.EXACT, None, None, None, "", "low"),
    ("an exact value with two numbers", claims.EXACT, D(5), D(6), None, "", "high"),
    ("more than with an upper bound", claims.MORE_THAN, D(5), D(6), None, "", "high"),
    ("more than without a number", claims.MORE_THAN, None, None, None, "", "low"),
    ("at most with a lower bound", claims.AT_MOST, D(1), D(6), None, "", "low"),
    ("at most without a number", claims.AT_MOST, None, None, None, "", "high"),
    ("a range upside down", claims.RANGE, D(9), D(5), None, "", "low"),
    ("a range of no width", claims.RANGE, D(5), D(5), None, "", "low"),
    ("a range with one bound", claims.RANGE, D(5), None, None, "", "high"),
    ("a rank with a value", claims.RANK_ONLY, D(5), None, 3, "", "low"),
    ("a rank without the rank", claims.RANK_ONLY, None, None, None, "", "published_rank"),
    ("a tier without the tier", claims.TIER_ONLY, None, None, None, "", "tier"),
    ("an absence with a value", claims.WITHHELD, None, D(4), None, "", "high"),
    ("an absence with a rank", claims.NOT_PUBLISHED, None, None, 3, "", "published_rank"),
]


@pytest.mark.parametrize(("kind", "low", "high", "rank", "tier"), FITTING)
def test_what_fits_its_kind_is_no_problem(kind, low, high, rank, tier):
    assert problems(kind, low, high, rank, tier) == {}


@pytest.mark.parametrize(
    ("kind", "low", "high", "rank", "tier", "field"), [row[1:] for row in UNFIT], ids=[row[0] for row in UNFIT]
)
def test_what_does_not_fit_is_named_at_its_field(kind, low, high, rank, tier, field):
    found = problems(kind, low, high, rank, tier)
    assert field in found
    assert found[field].endswith(".")


def test_the_number_of_a_bound_is_the_one_printed_and_a_range_has_none():
    assert Claim(claims.MORE_THAN, D(10), None).point == 10
    assert Claim(claims.AT_MOST, None, D(10)).point == 10
    assert Claim(claims.RANGE, D(5), D(10)).point is None


def test_every_kind_belongs_to_exactly_one_family():
    assert len(claims.KINDS) == len(set(claims.KINDS)) == 15
