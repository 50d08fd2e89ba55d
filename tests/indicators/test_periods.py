from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.periods import parse, within

GOOD = [
    ("2021", date(2021, 1, 1), date(2021, 12, 31), "year"),
    ("2022-02", date(2022, 2, 1), date(2022, 2, 28), "month"),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
    ("2022-Q3", date(2022, 7, 1), date(2022, 9, 30), "quarter"),
    ("2023-05-30", date(2023, 5, 30), date(2023, 5, 30), "day"),
    ("2013/2021", date(2013, 1, 1), date(2021, 12, 31), "span"),
    ("2023-05-12/2023-05-19", date(2023, 5, 12), date(2023, 5, 19), "span"),
    ("../2025", None, date(2025, 12, 31), "until"),
    ("undated", None, None, "unknown"),
    ("", None, None, "unknown"),
]


@pytest.mark.parametrize(("key", "start", "end", "precision"), GOOD)
def test_a_key_is_read_as_the_days_it_allows(key, start, end, precision):
    period = parse(key)
    assert (period.start, period.end, period.precision) == (start, end, precision)


@pytest.mark.parametrize(
    "key",
    [
        "2021-13",
        "2021-02-30",
        "21",
        "next year",
        "2025/2021",
        "2021/",
        "/2021",
        "2021-Q5",
        "２０２１-1",
        "0001",
        "1899",
        "2200-01",
    ],
)
def test_what_is_no_period_is_refused_with_a_sentence(key):
    with pytest.raises(ValueError, match=r"\.$"):
        parse(key)


def test_a_month_lies_within_its_year_but_an_open_period_lies_in_nothing():
    assert within(parse("2022-10"), parse("2022"))
    assert not within(parse("2022"), parse("2022-10"))
    assert not within(parse("../2022"), parse("2022"))
    assert not within(parse("undated"), parse("2022"))


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_lies_in_its_month_its_quarter_and_its_year(day):
    inner = parse(day.isoformat())
    quarter = f"{day.year}-Q{(day.month + 2) // 3}"
    assert all(within(inner, parse(key)) for key in (f"{day:%Y-%m}", quarter, f"{day:%Y}"))
