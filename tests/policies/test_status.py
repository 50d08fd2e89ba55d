from datetime import date

import pytest

from indicators.periods import parse
from policies.status import legal_status

TODAY = date(2024, 6, 1)


def status(*events, programme="undated", **options):
    steps = [(type_, parse(key)) for type_, key in events]
    return legal_status(steps, parse(programme), today=TODAY, **options)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], "unknown"),
        ([("consulted", "2023-05-12/2023-05-19")], "draft"),
        ([("announced", "2023")], "announced"),
        ([("issued", "2023-05-30")], "in_force"),
        ([("issued", "undated")], "in_force"),
        ([("adopted", "2022-11-25"), ("effective", "2023-01-01")], "in_force"),
        ([("adopted", "2024-05-25"), ("effective", "2025-01-01")], "announced"),
        ([("issued", "2025-01-01")], "announced"),
        ([("issued", "2023"), ("repealed", "2024-05-31")], "repealed"),
        ([("issued", "2023"), ("superseded", "2024-03")], "superseded"),
        ([("issued", "2023"), ("repealed", "2024-12-31")], "in_force"),
    ],
)
def test_the_last_step_that_surely_lies_behind_us_decides(events, expected):
    assert status(*events) == expected


def test_an_ending_whose_day_is_uncertain_has_not_surely_come():
    assert status(("issued", "2023"), ("repealed", "2024")) == "in_force"


def test_the_end_of_the_programme_period_ends_the_act():
    issued = ("issued", "2021-03-01")
    assert status(issued, programme="2021/2023") == "expired"
    assert status(issued, programme="../2023") == "expired"
    assert status(issued, programme="2023/2025") == "in_force"


def test_a_repeal_outweighs_the_programme_period():
    assert status(("issued", "2021"), ("repealed", "2022"), programme="2021/2023") == "repealed"


def test_a_white_paper_decides_nothing():
    assert status(("published", "2023-02-13"), decides=False) == "unknown"
