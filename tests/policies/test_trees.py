from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from policies.trees import nested, outline


def rows(parents):
    return [SimpleNamespace(pk=pk, parent_id=parent) for pk, parent in parents.items()]


def test_each_stands_right_under_its_parent_in_the_order_given():
    given_rows = rows({1: None, 2: None, 3: 1, 4: 2, 5: 1, 6: 3})
    found = [(row.pk, depth) for row, depth in outline(nested(given_rows))]
    assert found == [(1, 0), (3, 1), (6, 2), (5, 1), (2, 0), (4, 1)]


def test_what_stands_under_nothing_of_these_is_at_the_top():
    assert [(row.pk, depth) for row, depth in outline(nested(rows({2: 1, 3: 2})))] == [(2, 0), (3, 1)]


@given(st.lists(st.integers(0, 30), max_size=30))
def test_none_is_lost_and_depth_counts_the_rows_above(choices):
    """Each hangs under an earlier one or under nothing, so that there is no circle."""
    parents = {pk: choice % pk or None for pk, choice in enumerate(choices, 1)}
    found = {row.pk: depth for row, depth in outline(nested(rows(parents)))}

    def above(pk):
        return 0 if parents[pk] is None else 1 + above(parents[pk])

    assert found == {pk: above(pk) for pk in parents}
