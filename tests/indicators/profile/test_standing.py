"""Where a city stands, worked by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest

from indicators.claims import Claim
from indicators.profile import standing
from indicators.profile.standing import Standing, Steps
from indicators.rankings import Entry, Rank, rank


def exact(value):
    return Claim("exact", Decimal(value), Decimal(value))


def at_least(value):
    return Claim("at_least", Decimal(value))


def median_of(*values):
    return standing.middle([exact(value) for value in values])


@pytest.mark.parametrize(
    ("own", "band"),
    [
        (0, standing.ZERO),
        (44, standing.BELOW_HALF),
        (45, standing.HALF),
        (57, standing.HALF),
        (58, standing.WELL_BELOW),
        (79, standing.WELL_BELOW),
        (80, standing.BELOW),
        (95, standing.BELOW),
        (96, standing.SAME),
        (100, standing.SAME),
        (105, standing.SAME),
        (106, standing.ABOVE),
        (125, standing.ABOVE),
        (126, standing.WELL_ABOVE),
        (175, standing.WELL_ABOVE),
        (176, standing.TWICE),
        (225, standing.TWICE),
        (226, standing.ABOVE_TWICE),
    ],
)
def test_a_figure_is_graded_against_a_median_of_a_hundred(own, band):
    assert standing.grade(exact(own), median_of(90, 100, 700)) == band


def test_the_median_of_an_even_number_lies_between_the_two_in_the_middle():
    assert (median_of(1, 3, 4, 90).point, median_of(1, 3, 4, 90).n) == (Decimal("3.5"), 4)
    assert standing.middle([Claim("rank_only")]) is None


def test_a_bound_is_graded_only_where_every_value_it_allows_has_the_same_grade():
    middle = median_of(90, 100, 110)
    assert standing.grade(at_least(300), middle) == standing.ABOVE_TWICE
    assert standing.grade(at_least(130), middle) == standing.OVER
    assert standing.grade(at_least(90), middle) == ""
    assert standing.grade(Claim("at_most", None, Decimal(40)), middle) == standing.UNDER
    assert standing.grade(Claim("range", Decimal(130), Decimal(170)), middle) == standing.WELL_ABOVE
    assert standing.grade(Claim("range", Decimal(130), Decimal(300)), middle) == standing.OVER
    assert standing.grade(Claim("rank_only"), middle) == ""


def test_a_median_that_bounds_leave_open_is_an_interval():
    middle = standing.middle([exact(10), at_least(20), exact(100)])
    assert (middle.low, middle.high, middle.point) == (20, 100, None)
    assert standing.grade(exact(10), middle) == standing.UNDER
    assert standing.grade(exact(300), middle) == standing.ABOVE_TWICE
    assert standing.grade(exact(50), middle) == ""


def test_where_values_may_be_negative_only_the_side_is_said():
    middle = median_of(-5, 2, 9)
    assert [standing.grade(exact(value), middle) for value in (9, -5, 2)] == ["over", "under", "same"]
    assert standing.grade(exact(3), median_of(0, 0, 3)) == standing.OVER
    assert standing.grade(exact(0), median_of(0, 0, 3)) == standing.SAME


# --- Neighbours ---


def ranks(**values):
    return rank(
        [Entry(key, value if isinstance(value, Claim) else exact(value)) for key, value in values.items()],
        direction="higher",
        minimum_coverage=Decimal(0),
    ).ranks


def test_the_neighbours_are_one_rank_up_and_one_down():
    found = ranks(a=9, b=7, c=5)
    assert standing.steps(found, "b") == Steps(("a",), ("c",))
    assert standing.steps(found, "a") == Steps((), ("b",))
    assert standing.steps(found, "c") == Steps(("b",), ())
    assert standing.steps(found, "unknown") == Steps()


def test_cities_of_equal_rank_are_stepped_over_and_met_together():
    found = ranks(a=9, b=7, c=7, d=5)
    assert standing.steps(found, "b") == Steps(("a",), ("d",))
    assert standing.steps(found, "d") == Steps(("b", "c"), ())
    assert standing.steps(found, "a") == Steps((), ("b", "c"))


def test_an_interval_between_hides_the_neighbour():
    found = ranks(a=9, b=at_least(6), c=5, d=4)
    assert found["b"] == Rank(1, 2)
    assert standing.steps(found, "b") == Steps()
    assert standing.steps(found, "c") == Steps((), ("d",))


def test_a_rank_nobody_printed_is_not_stepped_over():
    assert standing.steps({"a": Rank(1, 1), "c": Rank(3, 3), "d": Rank(4, 4)}, "c") == Steps((), ("d",))
    assert standing.steps({"a": Rank(10, 10), "b": Rank(11, 20)}, "a") == Steps()


# --- What stands out ---


def test_the_share_behind_counts_equal_ranks_half():
    found = ranks(a=9, b=7, c=7, d=5, e=1)
    assert [standing.behind(found, key) for key in "abde"] == [1, Fraction(5, 8), Fraction(1, 4), 0]
    assert standing.behind(ranks(a=at_least(1), b=2, c=3), "a") is None


def test_third_or_better_counts_only_with_all_who_share_the_rank():
    found = ranks(a=9, b=7, c=7, d=5)
    assert [standing.among_first(found, key) for key in "abd"] == [True, True, False]
    assert not standing.among_first(ranks(a=9, b=7, c=7, d=7), "b")


def made(n, *, topics=4, size=False, **values):
    """Indicators 0 … n-1 with 0, 1/n, 2/n … of the cities behind, their topics in turn."""
    return [Standing(i, i % topics, Fraction(i, n), i > n - 3, size and i > 1, **values) for i in range(n)]


def test_the_three_with_most_and_the_three_with_fewest_behind_come_from_different_topics():
    found = standing.stands_out(made(13))
    assert [one.key for one in found.best] == [12, 11, 10]
    assert [one.key for one in found.worst] == [0, 1, 2]
    assert (found.among_first, found.of) == (2, 13)
    assert [one.key for one in standing.stands_out([*made(13), Standing(99, 0, Fraction(1), True, False)]).best] == [
        99,
        11,
        10,
    ]


def test_nothing_stands_out_of_too_few_indicators_or_topics_or_of_size_alone():
    assert standing.stands_out(made(11)) is None
    assert standing.stands_out(made(12, topics=2)) is None
    assert standing.stands_out(made(12, size=True)) is None
    assert standing.stands_out(made(12)) is not None


def test_indicators_without_a_direction_take_no_part():
    assert standing.stands_out([*made(11), *made(5, has_direction=False)]) is None
    found = standing.stands_out([*made(12), Standing(99, 9, Fraction(1), True, False, has_direction=False)])
    assert 99 not in {one.key for one in found.best} and found.of == 12


def test_a_city_ahead_everywhere_has_no_lowest_rank():
    ahead = [Standing(i, i % 3, Fraction(9, 10), True, False) for i in range(12)]
    assert standing.stands_out(ahead).worst == ()


@pytest.mark.parametrize(
    ("unit", "form", "size"),
    [
        ("companies", "", True),
        ("CNY", "total", True),
        ("%", "", False),
        ("CNY per person", "", False),
        ("persons", "inhabitant", False),
        ("points", "", False),
        ("2012 = 100", "", False),
    ],
)
def test_counts_and_sums_are_sizes(unit, form, size):
    assert standing.is_size(unit, form) is size
