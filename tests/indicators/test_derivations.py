from decimal import Decimal
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators import claims
from indicators.claims import Claim
from indicators.derivations import (
    BELOW_MINIMUM,
    NO_NUMBER,
    UNBOUNDED,
    ZERO,
    Derived,
    base_index,
    compound_growth,
    growth,
    ratio,
)

D = Decimal


def exact(n):
    return Claim(claims.EXACT, D(n), D(n))


def about(n):
    return Claim(claims.ABOUT, D(n), D(n))


def more_than(n):
    return Claim(claims.MORE_THAN, D(n), None)


def less_than(n):
    return Claim(claims.LESS_THAN, None, D(n))


def between(low, high):
    return Claim(claims.RANGE, D(low), D(high))


HAND_WORKED = [
    ("exact by exact", exact(10), exact(4), exact("2.50")),
    ("zero of something is zero", exact(0), exact(4), exact("0.00")),
    ("more than by exact", more_than(10), exact(4), more_than("2.50")),
    ("at least by exact", Claim(claims.AT_LEAST, D(10)), exact(4), Claim(claims.AT_LEAST, D("2.50"))),
    ("less than by exact", less_than(10), exact(4), less_than("2.50")),
    ("exact by more than", exact(10), more_than(4), less_than("2.50")),
    ("exact by at least", exact(10), Claim(claims.AT_LEAST, D(4)), Claim(claims.AT_MOST, None, D("2.50"))),
    ("exact by less than", exact(10), less_than(4), more_than("2.50")),
    ("range by exact", between(10, 20), exact(4), between("2.50", "5.00")),
    ("exact by range", exact(10), between(4, 5), between("2.00", "2.50")),
    ("range by range", between(10, 20), between(4, 5), between("2.00", "5.00")),
    ("more than by range", more_than(10), between(4, 5), more_than("2.00")),
    ("about by exact", about(10), exact(4), about("2.50")),
    ("exact by about", exact(10), about(4), about("2.50")),
    ("nearly by exact", Claim(claims.NEARLY, D(10), D(10)), exact(4), Claim(claims.NEARLY, D("2.50"), D("2.50"))),
    ("a loss by exact", exact(-10), exact(4), exact("-2.50")),
    ("a range across zero by a range", between(-10, 20), between(4, 5), between("-2.50", "5.00")),
]


@pytest.mark.parametrize(("top", "bottom", "result"), [row[1:] for row in HAND_WORKED], ids=[r[0] for r in HAND_WORKED])
def test_a_ratio_is_as_strong_as_its_parts(top, bottom, result):
    assert ratio(top, bottom, decimals=2) == Derived(result)


def test_lower_bounds_round_down_and_upper_bounds_up():
    assert ratio(more_than(10000), exact(21886000), scale=D(10000), decimals=2).claim == more_than("4.56")
    assert ratio(more_than(10000), exact(17682000), scale=D(10000), decimals=2).claim == more_than("5.65")
    assert ratio(less_than(10), exact(3), decimals=1).claim == less_than("3.4")
    assert ratio(between(1, 2), exact(3), decimals=1).claim == between("0.3", "0.7")


NOTHING = [
    ("a rank gives nothing", Claim(claims.RANK_ONLY), exact(4), NO_NUMBER),
    ("nothing by a missing figure", exact(4), Claim(claims.NOT_PUBLISHED), NO_NUMBER),
    ("nothing by zero", exact(4), exact(0), ZERO),
    ("nothing of two open ends", more_than(4), more_than(2), UNBOUNDED),
]


@pytest.mark.parametrize(("top", "bottom", "reason"), [row[1:] for row in NOTHING], ids=[row[0] for row in NOTHING])
def test_where_nothing_can_be_said_the_reason_is(top, bottom, reason):
    assert ratio(top, bottom, decimals=2) == Derived(None, reason)


def test_a_negative_denominator_is_refused():
    with pytest.raises(ValueError, match="negative denominator"):
        ratio(exact(4), exact(-1), decimals=2)


def test_a_denominator_that_may_lie_below_the_minimum_gives_no_share():
    assert ratio(exact(3), exact(9), decimals=2, minimum=D(10)).reason == BELOW_MINIMUM
    assert ratio(exact(3), less_than(20), decimals=2, minimum=D(10)).reason == BELOW_MINIMUM
    assert ratio(exact(3), exact(10), scale=D(100), decimals=2, minimum=D(10)).claim == exact("30.00")


def test_growth_is_the_change_in_percent_of_the_earlier_figure():
    assert growth(exact(110), exact(100), decimals=1).claim == exact("10.0")
    assert growth(exact(90), exact(100), decimals=1).claim == exact("-10.0")
    assert growth(more_than(110), exact(100), decimals=1).claim == more_than("10.0")
    assert growth(exact(110), exact(0), decimals=1) == Derived(None, ZERO)


def test_the_national_index_grew_24_percent_a_year_and_patents_40():
    assert compound_growth(exact("5610.60"), exact(1000), years=8, decimals=2).claim == exact("24.06")
    assert compound_growth(exact(74656), exact(5067), years=8, decimals=2).claim == exact("39.97")


def test_compound_growth_refuses_what_has_no_root():
    with pytest.raises(ValueError, match="negative"):
        compound_growth(exact(-1), exact(2), years=2, decimals=1)
    with pytest.raises(ValueError, match="one year"):
        compound_growth(exact(1), exact(2), years=0, decimals=1)


def test_an_index_is_turned_round_where_less_is_better():
    assert base_index(exact(74656), exact(5067), at_base=D(1000), decimals=1).claim == exact("14733.8")
    assert base_index(exact(5), exact(10), lower_is_better=True, decimals=0).claim == exact("200")


positive = st.integers(1, 30).map(D)
whole = st.integers(-5, 30).map(D)
tops = st.one_of(
    st.builds(exact, whole), st.builds(more_than, whole), st.builds(less_than, whole),
    st.builds(lambda n, more: between(n, n + more), whole, positive),
)  # fmt: skip
bottoms = st.one_of(
    st.builds(exact, positive),
    st.builds(more_than, positive),
    st.builds(lambda n, more: between(n, n + more), positive, positive),
)


def values(claim):
    """Some of the values a claim allows, near its ends and far from them."""
    if claim.kind == claims.RANGE:
        return [claim.low, (claim.low + claim.high) / 2, claim.high]
    if claim.kind == claims.MORE_THAN:
        return [claim.low + D("0.001"), claim.low + 7, claim.low + 5000]
    if claim.kind == claims.LESS_THAN:
        return [claim.high - D("0.001"), claim.high - 7, claim.high - 5000]
    return [claim.low]


@given(tops, bottoms)
def test_the_result_covers_every_ratio_its_parts_allow(top, bottom):
    claim = ratio(top, bottom, decimals=3).claim
    assume(claim is not None)
    half = D("0.0005")  # a point is rounded to the nearest
    for n, d in product(values(top), values(bottom)):
        assert claim.low is None or claim.low - half <= n / d
        assert claim.high is None or n / d <= claim.high + half
