"""Cities nearest in size, worked by hand."""

from decimal import Decimal

from indicators.profile.alike import Near, nearest

OWN = (Decimal(100), Decimal(10))


def others(**sizes):
    return {key: tuple(None if value is None else Decimal(value) for value in pair) for key, pair in sizes.items()}


def test_the_larger_of_the_two_factors_decides():
    found = nearest(OWN, others(a=(200, 10), b=(100, 15), c=(80, 8), d=(100, 50), e=(101, 100)))
    assert found == [
        Near("c", Decimal("1.25")),
        Near("b", Decimal("1.5")),
        Near("a", Decimal(2)),
        Near("d", Decimal(5)),
    ]


def test_a_city_without_one_of_the_measures_takes_no_part():
    found = nearest(OWN, others(a=(200, 10), b=(100, None), c=(80, 8), d=(0, 8), e=(100, 20)))
    assert [near.key for near in found] == ["c", "a", "e"]


def test_fewer_than_three_are_none_and_so_is_a_city_of_unknown_size():
    assert nearest(OWN, others(a=(200, 10), b=(100, 15))) == []
    assert nearest((Decimal(1), None), others(a=(1, 1), b=(1, 1), c=(1, 1))) == []
    assert nearest((), {}) == []
