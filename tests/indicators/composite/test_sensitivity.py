"""Sobol indices of functions whose indices are known, then of an index."""

import numpy as np
import pytest

from indicators.composite.refusal import Refused
from indicators.composite.sensitivity import Effect, sensitivity, sobol
from tests.indicators.composite.making import index, leaf, node

TABLE = {
    "x": {"A": 9, "B": 6, "C": 3, "D": 1},
    "y": {"A": 1, "B": 2, "C": 6, "D": 9},
    "z": {"A": 5, "B": 7, "C": 4, "D": 8},
}


def made(**uncertainty):
    return index(node("all", *(leaf(name, "minmax", range=[1, 100]) for name in TABLE)), TABLE, uncertainty=uncertainty)


def test_inputs_that_add_up_explain_their_share_of_the_variance_alone():
    found = sobol(lambda rows: 2 * rows[:, 0] + rows[:, 1], ("a", "b", "idle"), 20_000, 1)
    for name, share in (("a", 0.8), ("b", 0.2), ("idle", 0)):
        assert (found[name].first, found[name].total) == pytest.approx((share, share), abs=0.02)


def test_inputs_that_only_interact_explain_nothing_alone():
    found = sobol(lambda rows: (rows[:, 0] - 0.5) * (rows[:, 1] - 0.5), ("a", "b"), 20_000, 1)
    for effect in found.values():
        assert (effect.first, effect.total) == pytest.approx((0, 1), abs=0.03)


def test_what_never_changes_has_no_effects():
    assert sobol(lambda rows: np.ones(len(rows)), ("a",), 10, 1) == {"a": Effect(0, 0)}


def test_the_only_choice_that_is_free_drives_all_shifts():
    found = sensitivity(made(delta=0, vary=["leave_one_out", "aggregate"]), "2020", runs=600, seed=1)
    assert set(found) == {"weights", "leave_one_out", "aggregate"}
    assert found["weights"] == Effect(0, 0)
    assert found["leave_one_out"].total > found["aggregate"].total
    alone = sensitivity(made(delta=1), "2020", runs=600, seed=1)
    assert alone["weights"].total == pytest.approx(1, abs=0.15)


def test_a_choice_that_is_not_defined_is_refused_by_name():
    tree, table = node("all", leaf("x"), leaf("y")), {"x": {"A": 0, "B": 3}, "y": {"A": 1, "B": 1}}
    found = index(tree, table, uncertainty={"vary": ["aggregate"]})
    with pytest.raises(Refused, match="geometric .tree: A, 2020, x is 0"):
        sensitivity(found, "2020", runs=20, seed=1)
    for period, runs in (("1999", 20), ("2020", 1)):
        with pytest.raises(Refused, match="needs a period of the data and from 2 to 100000 runs"):
            sensitivity(found, period, runs=runs, seed=1)
