from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from indicators import numbers
from indicators.claims import Claim
from indicators.models import Indicator
from indicators.numbers import claim_text, number, rank_among, rank_text
from tests import factories as make

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
        ("-3.5", 1, "−3.5"),
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


STORED = st.decimals(min_value=-(10**15), max_value=10**15, places=6, allow_nan=False, allow_infinity=False)
FACTORS = st.sampled_from([1, 10**4, 10**6, 10**8, 10**9, 10**12])


@given(value=STORED, factor=FACTORS, decimals=st.integers(0, 4), code=st.sampled_from(["en", "zh-hans"]))
def test_a_number_in_full_never_loses_a_digit(value, factor, decimals, code):
    indicator = Indicator(
        unit="CNY", unit_zh="元", shown_factor=factor, shown_factor_zh=factor, decimals=decimals, decimals_zh=decimals
    )
    with override(code), numbers.in_full():
        text = numbers.shown(value, indicator)
    assert D(text.replace(",", "").replace("−", "-")) == value
    assert "E" not in text


def test_full_numbers_are_in_the_base_unit_of_the_language():
    claim = Claim("more_than", D("4026960000000"))
    with numbers.in_full():
        said = claim_text(claim, GDP)
        assert (said.text, said.spoken) == ("> 4,026,960,000,000", "more than 4,026,960,000,000")
        assert said.unit == "yuan"
        assert numbers.factor(GDP) == 1
        with override("zh-hans"):
            assert claim_text(claim, GDP).unit == "元"
    assert numbers.factor(GDP) == 10**9
    assert claim_text(claim, GDP).text == "> 4,026.96"


def test_absence_and_rank_stay_words_in_full():
    with numbers.in_full():
        assert claim_text(Claim("rank_only"), GDP).text == "rank only"
        assert claim_text(Claim("range", D(10**9), D(2 * 10**9)), GDP).text == "1,000,000,000–2,000,000,000"


def test_the_choice_ends_with_the_request():
    with pytest.raises(ZeroDivisionError), numbers.in_full():
        raise ZeroDivisionError
    assert not numbers.are_full()


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_the_address_chooses_how_numbers_are_written_and_the_page_links_to_the_other_way(client, prefix):
    indicator = make.make_indicator(
        unit="persons", unit_zh="人", shown_factor=10**6, shown_unit="million persons", decimals=1,
        shown_factor_zh=10**4, shown_unit_zh="万人", decimals_zh=1,
    )  # fmt: skip
    row = make.make_observation(series=make.make_series(indicator=indicator), value=24_900_000)
    address = f"{prefix}/figures/{row.uid}/"
    short = "2,490.0" if prefix else "24.9"
    page = client.get(address).text
    assert f">{short}<" in page and 'href="?numbers=full"' in page and "js/numbers" not in page
    page = client.get(f"{address}?numbers=full").text
    assert ">24,900,000<" in page and f">{short}<" not in page
    assert f'href="{address}"' in page and "js/numbers" in page
    assert f">{short}<" in client.get(f"{address}?numbers=%00").text
    assert f">{short}<" in client.get(address).text


@pytest.mark.django_db
def test_the_other_way_keeps_the_rest_of_the_address(client):
    indicator = make.make_indicator()
    address = indicator.get_absolute_url()
    page = client.get(f"{address}?period=2021&numbers=full").text
    assert f'href="{address}?period=2021"' in page
    assert 'href="?period=2021&amp;numbers=full"' in client.get(f"{address}?period=2021").text


def test_every_page_has_the_switch_so_that_the_choice_is_not_lost_on_the_way(client, db):
    for address in ("/about/accessibility/", "/policies/", "/search/"):
        assert "number-switch" in client.get(address).text
        assert "js/numbers" in client.get(f"{address}?numbers=full").text
    assert "number-switch" not in client.get("/admin/login/").text
