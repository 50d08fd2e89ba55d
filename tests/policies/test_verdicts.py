"""Verdicts against hand-worked cases, and what must hold for any of them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.claims import Claim
from indicators.periods import parse
from policies import verdicts
from policies.verdicts import Goal, Measurement, judge

TODAY = date(2026, 11, 24)


def goal(comparator="reach", low=None, high=None, due="2025", **values):
    low, high = (None if end is None else Decimal(end) for end in (low, high))
    return Goal(comparator, low, high, parse(due), **values)


def measured(kind, low=None, high=None, period="2025"):
    low, high = (None if end is None else Decimal(end) for end in (low, high))
    if kind in ("exact", "about", "nearly"):
        high = low
    return Measurement(Claim(kind, low, high), parse(period))


def said(one, *rows, today=TODAY):
    verdict = judge(one, rows, today=today)
    return verdict.said, verdict.why


@pytest.mark.parametrize(
    ("asked", "found", "expected"),
    [
        (("reach", 300), ("exact", 300), "met"),
        (("reach", 300), ("exact", 299), "missed"),
        (("at_least", 300), ("exact", 300), "met"),
        (("achieve", 10), ("exact", 10), "met"),
        (("more_than", 1000), ("exact", 1000), "missed"),
        (("more_than", 1000), ("exact", 1001), "met"),
        (("more_than", 1000), ("at_least", 1000), "undecided"),
        (("more_than", 1000), ("more_than", 1000), "met"),
        (("reach", 1000), ("more_than", 900), "undecided"),
        (("reach", 1000), ("less_than", None, 1000), "missed"),
        (("reach", 1000), ("at_most", None, 1000), "undecided"),
        (("reach", 1000), ("range", 1000, 1200), "met"),
        (("reach", 1000), ("range", 900, 1200), "undecided"),
        (("reach", 1000), ("range", 800, 900), "missed"),
        (("reach", 300), ("nearly", 450), "met"),
        (("reach", 300), ("nearly", 300), "missed"),
        (("reach", 300), ("about", 300), "undecided"),
        (("reach", 300), ("about", 316), "met"),
        (("reach", 300), ("about", 280), "missed"),
        (("between", 5, 10), ("exact", 5), "met"),
        (("between", 5, 10), ("exact", 10), "met"),
        (("between", 5, 10), ("exact", 4), "missed"),
        (("between", 5, 10), ("exact", 11), "above"),
        (("between", 5, 10), ("more_than", 10), "above"),
        (("between", 5, 10), ("more_than", 5), "undecided"),
        (("about", 200), ("exact", 190), "met"),
        (("about", 200), ("exact", 189), "missed"),
        (("about", 200), ("exact", 211), "above"),
        (("at_most", None, 20), ("exact", 20), "met"),
        (("at_most", None, 20), ("exact", 21), "missed"),
        (("less_than", None, 20), ("exact", 20), "missed"),
        (("less_than", None, 20), ("less_than", None, 20), "met"),
        (("less_than", None, 20), ("at_most", None, 20), "undecided"),
    ],
)
def test_the_verdict_respects_the_words_of_both(asked, found, expected):
    assert said(goal(*asked), measured(*found))[0] == expected


def test_beijing_kept_its_300_billion_on_approximate_figures():
    promise = goal("reach", 300)
    rows = measured("nearly", 350, period="2024"), measured("nearly", 450)
    verdict = judge(promise, rows, today=TODAY)
    assert (verdict.said, verdict.approximate, verdict.gap, verdict.share) == ("met", True, 150, 50)
    assert said(promise, rows[0]) == ("met_early", "")


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (goal("achieve"), "words"),
        (goal("more_than", 10, measure="growth", growth="not_stated"), "growth_period"),
        (goal("more_than", 10, measure="growth", growth="whole"), "growth_period"),
        (goal("increase", 10), "change_since"),
        (goal("between", 5, 10, measure="new"), "new_since"),
        (goal("reach", 10, superseded=True), "superseded"),
        (goal("reach", 10, has_indicator=False), "no_indicator"),
        (goal("reach", 10, same_unit=False), "other_unit"),
    ],
)
def test_what_cannot_be_judged_says_why(one, why):
    assert said(one, measured("exact", 100)) == ("none", why)


def test_yearly_growth_is_judged_by_the_growth_of_its_year():
    assert said(goal("more_than", 10, measure="growth", growth="yearly"), measured("exact", 12)) == ("met", "")


@pytest.mark.parametrize(
    ("rank", "expected"), [((1, 1), "met"), ((3, 3), "met"), ((4, 4), "missed"), ((2, 5), "undecided")]
)
def test_a_rank_is_reached_from_behind(rank, expected):
    for comparator in ("reach", "maintain", "achieve"):
        assert said(goal(comparator, 3, measure="rank"), measured("range", *rank))[0] == expected


def test_what_should_fall_is_reached_from_above():
    down = goal("reach", 20, less_is_better=True)
    assert said(down, measured("exact", 20))[0] == said(down, measured("exact", 18))[0] == "met"
    assert said(down, measured("exact", 21))[0] == "missed"


def test_an_estimate_of_the_source_is_an_approximate_figure():
    row = measured("exact", 300)
    assert not judge(goal("reach", 300), [row], today=TODAY).approximate
    assert judge(goal("reach", 300), [replace(row, estimated=True)], today=TODAY).approximate


def test_new_ones_count_beyond_the_baseline():
    one = goal("between", 5, 10, measure="new", baseline=(Decimal(20), parse("2022")))
    assert said(one, measured("exact", 27))[0] == "met"
    assert said(one, measured("exact", 24))[0] == "missed"
    reserved = goal("reach", 50, measure="new", baseline=(Decimal(1000), parse("2022")))
    assert said(reserved, measured("about", 1060))[0] == "undecided"  # 7 to 113 new ones
    path = goal("reach", 50, due="2030", measure="new", baseline=(Decimal(20), parse("2020")))
    assert said(path, measured("exact", 46))[0] == "on_path"
    assert said(path, measured("exact", 44))[0] == "below_path"


def test_a_change_counts_from_the_baseline():
    more = goal("increase", 10, baseline=(Decimal(100), parse("2020")))
    assert [said(more, measured("exact", value))[0] for value in (110, 109)] == ["met", "missed"]
    less = goal("decrease", 10, baseline=(Decimal(100), parse("2020")))
    assert [said(less, measured("exact", value))[0] for value in (90, 91)] == ["met", "missed"]


def test_what_should_fall_is_reached_and_kept_from_above():
    for comparator in ("reach", "achieve", "maintain"):
        one = goal(comparator, 30, less_is_better=True)
        assert [said(one, measured("exact", value))[0] for value in (30, 31)] == ["met", "missed"]


def test_a_month_decides_only_what_is_due_within_one():
    rows = measured("exact", 450), measured("exact", 40, period="2025-12")
    assert said(goal("reach", 300), *rows)[0] == "met"
    assert said(goal("reach", 30, due="2025-12"), *rows)[0] == "met"


def test_a_day_within_the_year_decides_only_by_having_reached_it():
    assert said(goal("reach", 300), measured("exact", 280, period="2025-01-15")) == ("none", "not_at_date")
    assert said(goal("reach", 300), measured("exact", 300, period="2025-01-15"))[0] == "met_early"


def test_a_yearly_rate_over_several_years_is_kept_in_each_of_them():
    one = goal("at_least", 10, due="2023/2025", measure="growth", growth="yearly")
    years = ("2023", "2024", "2025")
    assert said(one, *(measured("exact", 10, period=year) for year in years))[0] == "met"
    assert said(one, *(measured("exact", 10, period=year) for year in years[1:])) == ("none", "not_every_year")
    rows = measured("exact", 2, period="2023"), measured("exact", 11, period="2025")
    verdict = judge(one, rows, today=TODAY)
    assert (verdict.said, verdict.by.period.key) == ("missed", "2023")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], ("none", "not_measured")),
        ([measured("rank_only")], ("none", "not_measured")),
        ([measured("exact", 200, period="2025-01/2025-06")], ("none", "not_measured")),
        ([measured("exact", 200, period="2024")], ("none", "not_at_date")),
        ([measured("exact", 200, period="2026")], ("none", "later_only")),
        ([measured("exact", 400, period="2024"), measured("exact", 200)], ("missed", "")),
        ([measured("exact", 200, period="2025-03-31"), measured("exact", 300, period="2025-12-31")], ("met", "")),
    ],
)
def test_the_measurement_at_the_date_decides(rows, expected):
    assert said(goal("reach", 300), *rows) == expected


def test_to_2025_and_a_span_that_ends_then_are_judged_in_2025():
    for due in ("../2025", "2023/2025"):
        assert said(goal("reach", 300, due=due), measured("exact", 300)) == ("met", "")
        assert said(goal("reach", 300, due=due), measured("exact", 200, period="2024")) == ("none", "not_at_date")


def test_without_a_date_only_a_number_that_is_reached_says_something():
    assert said(goal("reach", 300, due="undated"), measured("exact", 300))[0] == "met"
    assert said(goal("reach", 300, due="undated"), measured("exact", 200)) == ("none", "no_date")


class TestBeforeTheDate:
    one = goal("reach", 200, due="2030", baseline=(Decimal(100), parse("2020")))

    def test_the_straight_path_from_the_baseline_decides(self):
        verdict = judge(self.one, [measured("exact", 150)], today=TODAY)
        days, whole = (date(2025, 12, 31) - date(2020, 12, 31)).days, (date(2030, 12, 31) - date(2020, 12, 31)).days
        assert verdict.needed == 100 + Decimal(100) * Decimal(days) / Decimal(whole)
        assert verdict.said == "on_path"
        assert said(self.one, measured("exact", 149))[0] == "below_path"
        assert said(self.one, measured("more_than", 140)) == ("undecided", "overlap")

    def test_without_a_baseline_the_first_measurement_begins_the_path(self):
        one = goal("reach", 200, due="2030")
        rows = measured("exact", 100, period="2020"), measured("exact", 151)
        assert said(one, *rows)[0] == "on_path"
        assert said(one, rows[0]) == ("ahead", "")

    def test_only_what_lasts_is_kept_early(self):
        assert said(goal("reach", 300, due="2030"), measured("exact", 320))[0] == "met_early"
        for one in (goal("at_most", None, 300, due="2030"), goal("maintain", 100, due="2030")):
            assert said(one, measured("exact", 200))[0] == "kept"
        assert said(goal("at_most", None, 300), measured("exact", 200, period="2024")) == ("none", "not_at_date")

    def test_the_newest_earlier_figure_decides(self):
        rows = measured("exact", 320, period="2022"), measured("exact", 280, period="2024")
        assert said(goal("reach", 300, due="2030"), *rows)[0] == "ahead"

    def test_a_bound_that_may_have_reached_it_leaves_it_open(self):
        for due in ("2030", "undated"):
            assert said(goal("reach", 300, due=due), measured("more_than", 280)) == ("undecided", "overlap")

    def test_a_rate_has_no_path(self):
        one = goal("more_than", 10, due="2030", measure="growth", growth="yearly")
        assert said(one, measured("exact", 2, period="2021"), measured("exact", 6))[0] == "ahead"

    def test_a_path_may_lead_down(self):
        one = goal("at_most", None, 50, due="2030", baseline=(Decimal(100), parse("2020")))
        assert said(one, measured("exact", 70))[0] == "on_path"
        assert said(one, measured("exact", 80))[0] == "below_path"

    def test_a_year_that_is_not_over_says_nothing_final(self):
        one = goal("reach", 300, due="2026")
        assert said(one, measured("exact", 200, period="2026-06-30"))[0] == "ahead"
        assert said(one, measured("exact", 300, period="2026-06-30"))[0] == "met_early"

    def test_what_lies_beyond_a_band_is_not_said_to_be_on_its_way(self):
        assert said(goal("between", 5, 10, due="2027"), measured("exact", 12))[0] == "above"
        assert said(goal("about", 200, due="2027"), measured("exact", 250))[0] == "above"

    def test_a_path_begins_neither_at_a_bound_nor_beyond_the_number(self):
        rows = measured("more_than", 100, period="2020"), measured("exact", 151)
        assert said(goal("reach", 200, due="2030"), *rows) == ("ahead", "")
        fallen = goal("at_least", 50, due="2030", baseline=(Decimal(100), parse("2020")))
        assert said(fallen, measured("exact", 40)) == ("ahead", "")


NUMBERS = st.integers(-1000, 1000).map(Decimal)
GOALS = st.one_of(
    st.builds(Goal, st.sampled_from(["reach", "at_least", "more_than", "achieve", "about"]), NUMBERS),
    st.builds(lambda kind, high: Goal(kind, None, high), st.sampled_from(["at_most", "less_than"]), NUMBERS),
    st.builds(lambda kind, low: Goal(kind, low, less_is_better=True), st.sampled_from(verdicts.REACHED), NUMBERS),
    st.builds(lambda kind, low: Goal(kind, low, measure="rank"), st.sampled_from(verdicts.REACHED), NUMBERS),
    st.builds(lambda a, b: Goal("between", min(a, b), max(a, b) + 1), NUMBERS, NUMBERS),
)
ENDS = st.tuples(NUMBERS, NUMBERS).map(sorted)


def region_holds(one, value):
    """The slow reading of a goal: one value, asked directly."""
    low, high = one.low, one.high
    if one.comparator == "about":
        return abs(value - low) <= abs(low) * verdicts.TOLERANCE
    if one.less_is_better or one.measure == "rank":
        return value <= low
    return {
        "more_than": lambda: value > low,
        "less_than": lambda: value < high,
        "at_most": lambda: value <= high,
        "between": lambda: low <= value <= high,
    }.get(one.comparator, lambda: value >= low)()


@given(GOALS, NUMBERS)
def test_an_exact_number_is_judged_as_the_words_say(one, value):
    row = measured("exact", value)
    assert row.interval.inside(one.region) == region_holds(one, value)
    assert row.interval.inside(one.region) + row.interval.below(one.region) + row.interval.above(one.region) == 1


@given(GOALS, ENDS, st.data())
def test_a_verdict_on_a_range_holds_for_every_value_in_it(one, ends, data):
    row = Measurement(Claim("range", *ends), parse("2025"))
    value = data.draw(st.integers(int(ends[0]), int(ends[1])).map(Decimal))
    if row.interval.inside(one.region):
        assert region_holds(one, value)
    if row.interval.below(one.region) or row.interval.above(one.region):
        assert not region_holds(one, value)


@given(NUMBERS, NUMBERS, st.integers(0, 500))
def test_a_higher_number_never_breaks_a_promise_of_at_least(low, value, more):
    one = Goal("at_least", low, due=parse("2025"))
    if said(one, measured("exact", value))[0] == "met":
        assert said(one, measured("exact", value + more))[0] == "met"
