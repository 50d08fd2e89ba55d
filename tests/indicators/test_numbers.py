from decimal import Decimal

import pytest
from django.utils.translation import override

from indicators.claims import Claim
from indicators.models import Indicator
from indicators.numbers import claim_text, number, rank_among, rank_text

D = Decimal
GDP = Indicator(
    unit="CNY", unit_zh="元", shown_factor=10**9, shown_unit="billion yuan", decimals=2,
    shown_factor_zh=10**8, shown_unit_zh="亿元", decimals_zh=2,
)  # fmt: skip
COMPANIES = Indicator(unit="companies", unit_zh="家")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("813000", 0, "813,000"),
        ("5.86", 2, "5.86"),
        ("5610.6", 2, "5,610.60"),
        ("0", 0, "0"),
        ("-3.5", 1, "-3.5"),
        ("30.5", 1, "30.5"),
    ],
)
def test_numbers_are_grouped_at_a_fixed_number_of_decimals(value, decimals, text):
    assert number(D(value), decimals) == text


def test_too_few_decimals_never_change_a_figure():
    assert number(D("5.86"), 0) == "5.86"
    assert number(D("0.4"), 0) == "0.4"
    assert number(D("40269.6"), 0) == "40,270"


def test_the_unit_follows_the_language_and_the_figure_is_the_same():
    claim = Claim("exact", D("4026960000000"), D("4026960000000"))
    with override("en"):
        assert (claim_text(claim, GDP).text, claim_text(claim, GDP).unit) == ("4,026.96", "billion yuan")
    with override("zh-hans"):
        assert (claim_text(claim, GDP).text, claim_text(claim, GDP).unit) == ("40,269.60", "亿元")


def test_the_strength_of_a_claim_is_a_mark_and_a_word():
    over = claim_text(Claim("more_than", D(10000)), COMPANIES)
    assert (over.text, over.mark, over.spoken) == ("> 10,000", ">", "more than 10,000")
    between = claim_text(Claim("range", D(5), D(10)), COMPANIES)
    assert (between.text, between.spoken) == ("5–10", "between 5 and 10")


def test_absence_is_named_and_never_a_number():
    assert claim_text(Claim("not_published"), COMPANIES).text == "no figure published"
    assert claim_text(Claim("rank_only"), COMPANIES).text == "rank only"
    assert claim_text(Claim("exact", D(0), D(0)), COMPANIES).text == "0"


def test_a_rank_always_says_among_how_many_or_among_whom():
    assert rank_among(rank_text(3), 50, None) == "3 of 50"
    assert rank_among(rank_text(11, 20), 50, None) == "11–20 of 50"
