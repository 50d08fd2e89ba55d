from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import claims
from indicators import comparability as c
from indicators.claims import Claim
from indicators.comparability import Basis, Said

BASE = Basis("s", "2021", "nbs", "d", "t", "v", "CNY")


def exact(value):
    return Claim(claims.EXACT, Decimal(value), Decimal(value))


def more_than(value):
    return Claim(claims.MORE_THAN, Decimal(value), None)


def between(low, high):
    return Claim(claims.RANGE, Decimal(low), Decimal(high))


RANK_ONLY = Claim(claims.RANK_ONLY)


@pytest.mark.parametrize(
    ("changes", "level", "reasons"),
    [
        ({}, c.COMPARABLE, ()),
        ({"series": "x"}, c.WITH_CARE, ()),
        ({"series": "x", "family": "other"}, c.WITH_CARE, (c.PUBLISHER,)),
        ({"series": "x", "vintage": "after"}, c.WITH_CARE, (c.VINTAGE,)),
        ({"series": "x", "family": "o", "vintage": "after"}, c.WITH_CARE, (c.PUBLISHER, c.VINTAGE)),
        ({"series": "x", "definition": "other"}, c.NOT_COMPARABLE, (c.DEFINITION,)),
        ({"series": "x", "territory": "core"}, c.NOT_COMPARABLE, (c.TERRITORY,)),
        ({"series": "x", "unit": "USD"}, c.NOT_COMPARABLE, (c.UNIT,)),
        ({"period": "2022"}, c.NOT_COMPARABLE, (c.PERIOD,)),
        ({"series": "x", "family": "o", "period": "2022"}, c.NOT_COMPARABLE, (c.PUBLISHER, c.PERIOD)),
    ],
)
def test_the_level_follows_from_what_differs(changes, level, reasons):
    other = Basis(**({name: getattr(BASE, name) for name in Basis.__slots__} | changes))
    assert c.judge(BASE, other) == c.judge(other, BASE) == c.Judgement(level, reasons)


def test_over_time_the_period_is_the_question():
    later = Basis("s", "2023", "nbs", "d", "t", "v", "CNY")
    assert c.judge(BASE, later, over_time=True).level == c.COMPARABLE
    revised = Basis("s2", "2024", "nbs", "d", "t", "after the census", "CNY")
    assert c.judge(BASE, revised, over_time=True) == c.Judgement(c.WITH_CARE, (c.VINTAGE,))


@pytest.mark.parametrize(
    ("one", "other", "ahead", "by"),
    [
        (exact(200), exact(100), c.FIRST, c.BY_VALUE),
        (exact(100), exact(100), c.EVEN, c.BY_VALUE),
        (exact(105), exact(100), c.EVEN, c.CLOSE),  # 5 % is within 5 %
        (exact("105.01"), exact(100), c.FIRST, c.BY_VALUE),
        (more_than(10000), more_than(9000), c.EVEN, c.OVERLAP),
        (more_than(10000), exact(9000), c.FIRST, c.BY_VALUE),
        (more_than(10000), exact(10000), c.FIRST, c.BY_VALUE),  # 10,000 itself is not more than 10,000
        (Claim(claims.AT_LEAST, Decimal(10000), None), exact(10000), c.EVEN, c.OVERLAP),
        (between(1, 3), exact(2), c.EVEN, c.OVERLAP),
        (exact(0), exact(0), c.EVEN, c.BY_VALUE),
        (exact(1), exact(0), c.FIRST, c.BY_VALUE),
    ],
)
def test_values_decide_and_their_bounds_may_overlap(one, other, ahead, by):
    said = c.verdict(Said(one), Said(other))
    assert (said.ahead, said.by) == (ahead, by)
    turned = {c.FIRST: c.SECOND, c.EVEN: c.EVEN}[ahead]
    assert c.verdict(Said(other), Said(one)).ahead == turned
    assert c.verdict(Said(one), Said(other), lower_is_better=True).ahead == turned


def test_ranks_of_one_list_decide_where_a_value_is_missing_and_no_difference_is_given():
    beijing, shanghai = Said(RANK_ONLY, 2, list="a"), Said(exact("3.58"), 3, list="a")
    assert c.verdict(beijing, shanghai) == c.Verdict(c.FIRST, c.BY_RANK)
    assert c.verdict(shanghai, beijing) == c.Verdict(c.SECOND, c.BY_RANK)
    assert c.verdict(beijing, Said(RANK_ONLY, 3, list="b")) == c.Verdict(c.UNKNOWN, c.WITHOUT)
    assert c.verdict(beijing, Said(RANK_ONLY)) == c.Verdict(c.UNKNOWN, c.WITHOUT)
    assert c.verdict(Said(RANK_ONLY, 11, 20, "a"), Said(RANK_ONLY, 14, list="a")).ahead == c.EVEN
    assert c.verdict(Said(RANK_ONLY, 11, 20, "a"), Said(RANK_ONLY, 21, list="a")).ahead == c.FIRST


def test_ranks_never_need_a_direction():
    assert c.verdict(Said(RANK_ONLY, 2, list="a"), Said(RANK_ONLY, 3, list="a"), lower_is_better=True).ahead == c.FIRST


def test_differences_and_ratios_keep_the_strength_of_their_parts():
    assert c.difference(more_than(10000), exact(500)) == more_than(9500)
    assert c.difference(exact(500), more_than(100)) == Claim(claims.LESS_THAN, None, Decimal(400))
    assert c.difference(between(1, 3), exact(1)) == between(0, 2)
    assert c.difference(Claim(claims.ABOUT, Decimal(9), Decimal(9)), exact(4)) == Claim(
        claims.ABOUT, Decimal(5), Decimal(5)
    )
    assert c.difference(more_than(1), more_than(2)) is None
    assert c.difference(RANK_ONLY, exact(1)) is None
    assert c.ratio(more_than(10000), exact(500)) == more_than(20)
    assert c.ratio(exact(1), exact(0)) is None
    assert c.ratio(exact(1), exact(-2)) is None
    assert c.verdict(Said(exact(300)), Said(exact(200))).ratio == exact("1.50")
    assert c.verdict(Said(exact(200)), Said(exact(300))).difference == exact(100)


def test_change_in_percent_needs_two_single_positive_values():
    about = Claim(claims.ABOUT, Decimal(110), Decimal(110))
    assert c.rounded_percent(exact(110), exact(100)) == exact("10.0")
    assert c.rounded_percent(exact(50), exact(100)) == exact("-50.0")
    assert c.rounded_percent(about, exact(100)) == Claim(claims.ABOUT, Decimal(10), Decimal(10))
    assert c.rounded_percent(exact(50), exact(0)) is None
    assert c.rounded_percent(more_than(50), exact(10)) is None


numbers = st.decimals(min_value=-1000, max_value=1000, places=1)


@st.composite
def valued(draw):
    kind = draw(st.sampled_from(claims.VALUED))
    low = draw(numbers)
    if kind == claims.RANGE:
        return Claim(kind, low, low + draw(st.decimals(min_value="0.1", max_value=50, places=1)))
    if kind in claims.LOWER_BOUNDS:
        return Claim(kind, low, None)
    return Claim(kind, None, low) if kind in claims.UPPER_BOUNDS else Claim(kind, low, low)


def samples(claim):
    """A few values the claim allows."""
    tiny = Decimal("0.01")
    if claim.kind in claims.POINTS:
        return [claim.low]
    if claim.kind == claims.RANGE:
        return [claim.low, claim.high]
    edge, step = (claim.low, 1) if claim.low is not None else (claim.high, -1)
    inside = 0 if claim.kind in (claims.AT_LEAST, claims.AT_MOST) else tiny * step
    return [edge + inside, edge + 5000 * step]


@given(valued(), valued())
def test_whoever_is_ahead_is_ahead_for_all_values_that_the_claims_allow(one, other):
    said = c.verdict(Said(one), Said(other))
    pairs = [(a, b) for a in samples(one) for b in samples(other)]
    if said.ahead == c.FIRST:
        assert all(a > b for a, b in pairs)
    if said.by == c.OVERLAP:
        assert not all(a > b for a, b in pairs) and not all(a < b for a, b in pairs)
    if (gap := c.difference(one, other)) is not None:
        for a, b in pairs:
            assert gap.low is None or a - b >= gap.low
            assert gap.high is None or a - b <= gap.high
