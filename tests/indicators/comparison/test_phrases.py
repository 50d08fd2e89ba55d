"""Ratios in print: rounded so that what is said of a bound stays true."""

from decimal import Decimal

import pytest

from indicators import comparability
from indicators.claims import ABOUT, AT_MOST, EXACT, MORE_THAN, RANGE, Claim
from indicators.comparability import BY_VALUE, FIRST, Said, Verdict
from indicators.comparison.phrases import ratio_text, spoken_ratio


def verdict(kind, low, high=None):
    return Verdict(FIRST, BY_VALUE, None, Claim(kind, low and Decimal(low), high and Decimal(high)))


@pytest.mark.parametrize(
    "found, printed, spoken",
    [
        (verdict(MORE_THAN, "3.78"), "> 3.78", "more than 3.7"),
        (verdict(MORE_THAN, "12.78"), "> 12.7", "more than 12"),
        (verdict(AT_MOST, None, "3.72"), "≤ 3.72", "at most 3.8"),
        (verdict(EXACT, "3.78", "3.78"), "3.78", "3.8"),
        (verdict(ABOUT, "12.5", "12.5"), "≈ 12.5", "about 13"),
    ],
)
def test_lower_bounds_are_rounded_down_and_upper_ones_up(found, printed, spoken):
    assert (ratio_text(found), spoken_ratio(found)) == (printed, spoken)


def test_a_range_is_rounded_outwards():
    assert ratio_text(verdict(RANGE, "10.18", "12.11")) == "10.1–12.2"


def test_a_ratio_is_rounded_once():
    """39 ÷ 11 is 3.545…: by way of 3.55 it would become 3.6."""
    larger, smaller = (Said(Claim(EXACT, Decimal(value), Decimal(value))) for value in (39, 11))
    assert spoken_ratio(comparability.verdict(larger, smaller)) == "3.5"
