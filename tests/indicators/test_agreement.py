from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.agreement import spearman


def slow(pairs):
    """Pearson's correlation of average ranks, counted one by one, squared and with its sign: exact."""

    def ranks(values):
        return [Fraction(sum(v < x for v in values) + sum(v <= x for v in values) + 1, 2) for x in values]

    left, right = (ranks([pair[side] for pair in pairs]) for side in (0, 1))
    middle = Fraction(len(pairs) + 1, 2)
    shared = sum((a - middle) * (b - middle) for a, b in zip(left, right, strict=True))
    spread = sum((a - middle) ** 2 for a in left) * sum((b - middle) ** 2 for b in right)
    return (shared**2 / spread) * (1 if shared >= 0 else -1) if spread else None


@pytest.mark.parametrize(
    ("pairs", "rho"),
    [
        ([(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)], 1),
        ([(1, 5), (2, 4), (3, 3), (4, 2), (5, 1)], -1),
        # Differences -1, 1, 0, -1, 1 among the five: 1 - 6·4 / (5·24).
        ([(1, 20), (2, 10), (7, 30), (8, 90), (50, 40)], 0.8),
        # The two second places share rank 2.5; against 1 to 5: 9.5 / √(9.5 · 10).
        ([(1, 1), (2, 2), (2, 3), (4, 4), (5, 5)], 0.974679),
    ],
)
def test_lists_agree_as_worked_out_by_hand(pairs, rho):
    agreement = spearman(pairs)
    assert agreement.n == 5
    assert agreement.rho == pytest.approx(rho, abs=1e-6)


def test_below_five_common_cities_and_without_spread_nothing_is_worked_out():
    assert spearman([]).rho is None
    assert spearman([(1, 1), (2, 2), (3, 3), (4, 4)]).rho is None
    assert spearman([(1, n) for n in range(6)]).rho is None
    assert spearman([(1, n) for n in range(6)]).n == 6


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 300)), min_size=5, max_size=51))
def test_the_correlation_equals_a_slow_count_and_does_not_care_for_order_or_sides(pairs):
    found, exact = spearman(pairs).rho, slow(pairs)
    if exact is None:
        assert found is None
        return
    assert found * abs(found) == pytest.approx(float(exact), abs=1e-12)
    assert -1 - 1e-12 <= found <= 1 + 1e-12
    assert spearman(pairs[::-1]).rho == pytest.approx(found)
    assert spearman([(b, a) for a, b in pairs]).rho == pytest.approx(found)
