"""Ranks and rounding: every convention by hand, ties within a hair, halves that are halves in decimals only."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.composite.ranks import places, ranks
from indicators.composite.rounding import rounded
from tests.indicators.composite.making import index, leaf, node
from tests.indicators.composite.making import ranks as ranks_of

NAN = float("nan")


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ("competition", [1, 2, 2, 4]),
        ("modified", [1, 3, 3, 4]),
        ("dense", [1, 2, 2, 3]),
        ("ordinal", [1, 2, 3, 4]),
        ("fractional", [1, 2.5, 2.5, 4]),
    ],
)
def test_every_convention_for_ties(ties, expected):
    assert ranks(np.array([9.0, 5.0, 5.0, 1.0]), ties=ties).tolist() == expected
    low = ranks(np.array([[1.0, 5.0, NAN, 5.0, 9.0]]), ties=ties, best="low")
    np.testing.assert_array_equal(low, [[*expected[:2], NAN, *expected[2:]]])


def test_scores_that_differ_by_the_noise_of_adding_are_tied():
    one, other = 0.1 + 0.2, 0.3
    assert one != other
    assert ranks(np.array([one, other, 0.0])).tolist() == [1, 1, 3]
    assert ranks(np.array([other, one, 0.0]), ties="ordinal").tolist() == [1, 2, 3]  # by unit, not by noise
    assert ranks(np.array([1.0, 1e-17, -1e-17])).tolist() == [1, 2, 2]
    assert ranks(np.array([1.0, 1.0 - 1e-9])).tolist() == [1, 2]


def test_nobody_is_ranked_without_a_score():
    assert np.isnan(ranks(np.full((2, 3), NAN))).all()


@given(st.lists(st.lists(st.one_of(st.none(), st.integers(-3, 3)), min_size=4, max_size=4), min_size=1, max_size=4))
def test_places_of_many_draws_equal_counting_who_is_better(rows):
    keys = np.array([[NAN if value is None else value for value in row] for row in rows], dtype=float)
    found, missing = places(keys)
    assert missing == bool(np.isnan(keys).any())
    for row, got in zip(keys, found, strict=True):
        for value, place in zip(row, got, strict=True):
            assert np.isnan(value) or place == 1 + (row < value).sum()


@pytest.mark.parametrize("digits", [0, 1, 3, 8])
@given(numerator=st.integers(-(10**9), 10**9), by=st.sampled_from([1, 2, 3, 8, 40, 60, 85, 2000]))
def test_halves_are_those_of_decimals(digits, numerator, by):
    exact = Decimal(numerator) / 1000 / by
    value = np.array([numerator / 1000 / by])
    for rule, decimal in (("half_up", ROUND_HALF_UP), ("half_even", ROUND_HALF_EVEN)):
        expected = float(exact.quantize(Decimal(1).scaleb(-digits), decimal))
        assert rounded(value, digits, rule)[0] == pytest.approx(expected, abs=1e-15)


def test_a_half_that_binary_numbers_miss_goes_up_or_to_the_even():
    value = np.array([(74.83 - 25) / 60, 2.675, 0.0005, -0.0025, NAN])  # the first is 0.8305 in decimals
    np.testing.assert_array_equal(rounded(value, 3), [0.831, 2.675, 0.001, -0.003, NAN])
    np.testing.assert_array_equal(rounded(value, 2), [0.83, 2.68, 0.0, 0.0, NAN])
    np.testing.assert_array_equal(rounded(value, 3, "half_even"), [0.83, 2.675, 0.0, -0.002, NAN])
    np.testing.assert_array_equal(rounded(value, None), value)


def test_ranks_are_of_the_rounded_or_of_the_exact_score():
    tree, table = node("all", leaf("x"), round=1), {"x": {"A": 1.24, "B": 1.21, "C": 1.0}}
    assert ranks_of(index(tree, table)) == {"A": 1, "B": 2, "C": 3}
    assert ranks_of(index(tree, table, rank={"on": "rounded"})) == {"A": 1, "B": 1, "C": 3}
    assert ranks_of(index(tree, table, rank={"on": "rounded", "best": "low"})) == {"A": 2, "B": 2, "C": 1}
    ordinal = {"on": "rounded", "ties": "ordinal", "tie_break": "unit"}
    assert ranks_of(index(tree, table, rank=ordinal)) == {"A": 1, "B": 2, "C": 3}


def test_parents_use_the_rounded_scores_of_their_children():
    tree = node("all", node("a", leaf("x"), round=0), node("b", leaf("y"), round=0), round=3)
    found = index(tree, {"x": {"A": 1.4}, "y": {"A": 2.4}})
    assert found.exact["all"][0, 0] == 1.5
