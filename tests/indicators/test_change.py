from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import change, claims
from indicators.change import DOWN, SAME, UNCLEAR, UP, Shift, compare, history, longest_span, movers, printed
from indicators.claims import Claim
from indicators.rankings import COVERAGE, TOO_FEW, Rank

D = Decimal


def exact(n):
    return Claim(claims.EXACT, D(n), D(n))


def figures(**values):
    return {name: exact(value) if isinstance(value, int) else value for name, value in values.items()}


def shift(before, now):
    return Shift(Rank(*before), Rank(*now))


def test_a_rank_change_counts_only_places_ranked_in_both_periods():
    found = compare(figures(a=9, b=7, c=5, gone=8), figures(a=9, b=10, c=5, new=11), direction="higher")
    moved = {key: (one.before.text, one.now.text, one.steps) for key, one in found.shifts.items()}
    assert moved == {"a": ("1", "2", -1), "b": ("2", "1", 1), "c": ("3", "3", 0)}
    assert (found.entered, found.left) == (["new"], ["gone"])


def test_less_is_better_turns_rise_and_fall_round():
    found = compare(figures(a=1, b=2, c=3), figures(a=5, b=2, c=3), direction="lower")
    assert {key: one.steps for key, one in found.shifts.items()} == {"a": -2, "b": 1, "c": 1}


def test_an_absent_figure_is_no_member_of_the_panel():
    now = figures(a=1, b=2, c=3) | {"d": Claim(claims.NOT_PUBLISHED)}
    found = compare(figures(a=1, b=2, c=3, d=9), now, direction="higher")
    assert set(found.shifts) == {"a", "b", "c"} and found.left == ["d"] and not found.entered


def test_a_panel_too_small_or_too_thin_has_no_shifts_and_says_why():
    small = compare(figures(a=1, b=2), figures(a=1, b=2), direction="higher")
    assert (small.shifts, small.refusal) == ({}, TOO_FEW)
    several = figures(a=1, b=2, c=3)
    thin = compare(several, several, direction="higher", group_size=10, minimum_coverage=D("0.5"))
    assert (thin.shifts, thin.refusal) == ({}, COVERAGE)


def test_a_move_between_intervals_is_one_only_where_it_is_sure():
    assert (shift((5, 7), (2, 3)).steps, shift((5, 7), (2, 3)).direction) == (2, UP)
    assert (shift((2, 3), (5, 7)).steps, shift((2, 3), (5, 7)).direction) == (-2, DOWN)
    assert (shift((2, 4), (3, 3)).steps, shift((2, 4), (3, 3)).direction) == (0, UNCLEAR)
    assert shift((3, 3), (3, 3)).direction == SAME
    assert shift((5, 5), (3, 3)).is_exact and not shift((5, 7), (2, 3)).is_exact


def test_ranks_of_a_source_are_compared_as_printed():
    found = printed({"a": Rank(1, 1), "b": Rank(11, 20), "gone": Rank(2, 2)}, {"a": Rank(3, 3), "b": Rank(4, 4)})
    assert {key: one.steps for key, one in found.shifts.items()} == {"a": -2, "b": 7}
    assert found.left == ["gone"]


def test_movers_name_everybody_who_equals_the_last_one_named():
    shifts = {
        name: shift((20, 20), (20 - steps, 20 - steps))
        for name, steps in zip("abcdef", [5, 2, 2, 2, -1, 0], strict=True)
    }
    assert movers(shifts, most=3) == (["a", "b", "c", "d"], ["e"])


def test_a_tie_too_wide_for_the_list_is_left_out_whole():
    shifts = {
        name: shift((20, 20), (20 - steps, 20 - steps))
        for name, steps in zip("abcdef", [5, 2, 2, 2, 2, 2], strict=True)
    }
    assert movers(shifts, most=2) == (["a"], [])


@pytest.mark.parametrize(
    ("places", "needed", "expected"),
    [
        (["abc", "abc", "abc", "abc"], 3, (0, 3)),
        (["ab", "abc", "abc", "abc"], 3, (1, 3)),
        (["abc", "abc", "abc", "ab"], 3, (0, 2)),
        (["abc", "abd", "abc"], 3, None),
        (["abc", "abc"], 3, None),
        ([], 3, None),
    ],
)
def test_the_longest_span_is_the_longest_run_enough_places_stand_through(places, needed, expected):
    assert longest_span([frozenset(one) for one in places], needed) == expected


def test_a_history_ranks_the_same_places_in_every_period():
    rows = history([figures(a=3, b=2, c=1, d=9), figures(a=3, b=4, c=1), figures(a=3, b=4, c=5)], direction="higher")
    assert {key: [rank.text for rank in ranks] for key, ranks in rows.items()} == {
        "c": ["3", "3", "1"],
        "b": ["2", "1", "2"],
        "a": ["1", "2", "3"],
    }
    assert list(rows) == ["c", "b", "a"], "in the order of the last period"


values = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 5).map(exact), max_size=8)


@given(values, values)
def test_exact_moves_of_a_panel_without_ties_add_up_to_nothing(before, now):
    found = compare(before, now, direction="higher")
    panel = set(before) & set(now)
    assert set(found.shifts) == (panel if len(panel) >= 3 else set())
    assert set(found.entered) == set(now) - set(before) and set(found.left) == set(before) - set(now)
    if not any(one.before.tied or one.now.tied for one in found.shifts.values()):
        assert sum(one.steps for one in found.shifts.values()) == 0


@given(values, values)
def test_the_way_back_is_the_way_there_turned_round(before, now):
    there, back = compare(before, now, direction="higher"), compare(now, before, direction="higher")
    assert {key: -one.steps for key, one in there.shifts.items()} == {k: one.steps for k, one in back.shifts.items()}


@given(values, values)
def test_movers_moved_and_nobody_left_out_moved_more(before, now):
    shifts = compare(before, now, direction="higher").shifts
    for sign, named in zip((1, -1), movers(shifts, most=2), strict=True):
        assert all(shifts[key].steps * sign > 0 for key in named)
        rest = [shifts[key].steps * sign for key in shifts if key not in named]
        assert not named or max(rest, default=0) <= min(shifts[key].steps * sign for key in named)


@given(st.lists(st.frozensets(st.sampled_from("abcd")), max_size=6), st.integers(1, 4))
def test_no_span_longer_than_the_one_found_would_do(places, needed):
    found = longest_span(places, needed)
    runs = [
        (first, last)
        for first in range(len(places))
        for last in range(first + change.FEWEST_PERIODS - 1, len(places))
        if len(set.intersection(*map(set, places[first : last + 1]))) >= needed
    ]
    assert found == max(runs, key=lambda run: (run[1] - run[0], run[1]), default=None)
