"""Means, gaps, blends and transforms by hand; every refusal with its cell."""

import pytest

from indicators.composite.refusal import Refused
from tests.indicators.composite.making import index, leaf, node, ranks, scores

RENORMALISE = {"rule": "renormalise"}


def of(values, aggregate="arithmetic", weights=(), missing=None, **rest):
    """An index of the columns of {unit: (y1, y2, …)}."""
    count = len(next(iter(values.values())))
    children = [leaf(f"y{at}", weight=weights[at] if weights else 1) for at in range(count)]
    table = {f"y{at}": {unit: row[at] for unit, row in values.items()} for at in range(count)}
    return index(
        node("all", *children, aggregate=aggregate, **({"missing": missing} if missing else {}), **rest), table
    )


@pytest.mark.parametrize(
    ("aggregate", "expected"),
    [
        ("arithmetic", 3.5),  # (3·2 + 8) / 4
        ("geometric", 8**0.5),  # (2³·8)^¼
        ("harmonic", 4 / (3 / 2 + 1 / 8)),
        ({"method": "power", "p": 2}, (76 / 4) ** 0.5),
        ({"method": "power", "p": 1}, 3.5),
        ({"method": "power", "p": 0}, 8**0.5),
        ({"method": "power", "p": -1}, 4 / (3 / 2 + 1 / 8)),
        ({"method": "power", "p": 0.5}, ((3 * 2**0.5 + 8**0.5) / 4) ** 2),
    ],
)
def test_weighted_means_by_hand(aggregate, expected):
    assert scores(of({"A": (2, 8)}, aggregate, (3, 1)))["A"] == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("aggregate", ["arithmetic", "geometric", "harmonic", {"method": "power", "p": 3}])
def test_every_mean_renormalises_over_a_gap(aggregate):
    found = of({"A": (4, None, 4), "B": (None, None, None)}, aggregate, (1, 2, 3), RENORMALISE)
    assert scores(found) == {"A": pytest.approx(4), "B": None}


@pytest.mark.parametrize(
    ("missing", "scored"),
    [
        ({"rule": "require_all"}, ""),
        (RENORMALISE, "ABC"),
        ({"rule": "renormalise", "min_coverage": 0.5}, "AB"),  # A and B have two of four, C one
        ({"rule": "renormalise", "min_coverage": 0.5, "coverage_by": "weight"}, "BC"),  # A has 3 of 10, C 5
        ({"rule": "renormalise", "min_coverage": 0.7, "coverage_by": "weight"}, "B"),
    ],
)
def test_a_node_is_missing_below_its_coverage_by_count_or_by_weight(missing, scored):
    rows = {"A": (1, 1, None, None), "B": (None, 1, None, 1), "C": (None, None, None, 1), "D": (None,) * 4}
    found = scores(of(rows, weights=(1, 2, 2, 5), missing=missing))
    assert {unit for unit, score in found.items() if score is not None} == set(scored)


def test_a_gap_is_skipped_by_the_weights_of_what_is_there():
    assert scores(of({"A": (10, None, 40)}, weights=(1, 5, 2), missing=RENORMALISE)) == {"A": 30}


def test_copeland_counts_whom_a_unit_beats_on_more_than_half_the_weight():
    # A beats B on y0 (3 of 5), loses to C on y1 and y2 ties; B and C: 3 lost, 2 won
    found = of({"A": (3, 1), "B": (1, 2), "C": (2, 3)}, "copeland", (3, 2))
    assert scores(found) == {"A": 2, "B": -2, "C": 0}
    tied = of({"A": (3, 1), "B": (1, 3), "C": (1, 1)}, "copeland")
    assert scores(tied) == {"A": 1, "B": 1, "C": -2}  # A and B: a weight each


def test_copeland_compares_on_what_both_have_and_leaves_out_who_is_missing():
    found = of({"A": (3, None), "B": (1, 9), "C": (None, 1)}, "copeland", missing=RENORMALISE)
    assert scores(found) == {"A": 1, "B": 0, "C": -1}  # A and C have nothing in common
    assert scores(of({"A": (3, None), "B": (1, 9), "C": (2, 1)}, "copeland")) == {"A": None, "B": 0, "C": 0}


REFUSED = {
    "geometric zero": ("geometric", (0, 1), "tree: A, 2020, y0 is 0: a geometric mean needs scores above 0"),
    "geometric negative": ("geometric", (1, -2), "tree: A, 2020, y1 is -2: a geometric mean needs scores above 0"),
    "harmonic negative": ("harmonic", (-1, 2), "tree: A, 2020, y0 is -1: a harmonic mean needs scores above 0"),
    "harmonic zero": ("harmonic", (0, 2), "tree: A, 2020, y0 is 0: a harmonic mean needs scores above 0"),
    "power negative": (
        {"method": "power", "p": 2},
        (-1, 2),
        "A, 2020, y0 is -1: a power (2) mean needs scores of 0 or more",
    ),
    "power of a zero": (
        {"method": "power", "p": -2},
        (0, 2),
        "A, 2020, y0 is 0: a power (-2) mean needs scores above 0",
    ),
    "too large": ("arithmetic", (1.5e308, 1.5e308), "A, 2020, all becomes larger than a number can be"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_mean_that_is_not_defined_is_refused_with_the_cell(case):
    aggregate, row, said = REFUSED[case]
    with pytest.raises(Refused) as refused:
        of({"A": row, "B": (1, 1)}, aggregate)
    assert said in str(refused.value)


def test_what_a_mean_does_not_use_is_not_refused():
    assert scores(of({"A": (0, 4, 9)}, "geometric", (0, 1, 1)))["A"] == pytest.approx(6)
    assert scores(of({"A": (0, None)}, "geometric")) == {"A": None}


def test_a_stated_shift_or_range_makes_a_geometric_mean_of_zeros_possible():
    tree = node("all", leaf("x", "minmax", range=[1, 100]), leaf("y", shift=1), aggregate="geometric")
    found = index(tree, {"x": {"A": 0, "B": 9}, "y": {"A": 0, "B": 0}})
    assert scores(found) == pytest.approx({"A": 1, "B": 10})


def test_a_node_whose_children_all_drop_out_drops_out_of_its_parent():
    tree = node("all", node("flat", leaf("x", "minmax")), leaf("y"))
    assert scores(index(tree, {"x": {"A": 1, "B": 1}, "y": {"A": 4, "B": 5}})) == {"A": 4, "B": 5}


def test_half_way_to_the_mean_of_the_group():
    tree = node("all", leaf("x"), blend={"with": "group_mean", "share": 0.5})
    found = index(tree, {"x": {"A": 10, "B": 20, "C": 60, "D": None}}, {"A": "n", "B": "n", "C": "s", "D": "s"})
    assert scores(found) == {"A": 12.5, "B": 17.5, "C": 60, "D": None}
    with pytest.raises(Refused, match="tree.blend: needs groups, but the data have no column"):
        index(tree, {"x": {"A": 10}})
    with pytest.raises(Refused, match="tree.blend: needs groups, but B, 2020 has none"):
        index(tree, {"x": {"A": 10, "B": 3}}, {"A": "n"})


def test_transforms_work_on_rounded_scores_and_may_look_up_the_tree():
    parts = [
        node("one", leaf("x"), round=1),
        node("two", leaf("y"), round=0),
        {
            "code": "loss",
            "weight": 0,
            "transform": {"method": "ratio", "of": ["all", "two"], "scale": -100, "offset": 100},
        },
        {"code": "gap", "weight": 0, "transform": {"method": "difference", "of": ["two", "one"]}},
        {"code": "area", "weight": 0, "transform": {"method": "product", "of": ["two", "one", "y"], "scale": 0.5}},
    ]
    found = index(node("all", *parts), {"x": {"A": 1.26}, "y": {"A": 4.4}})
    assert found.exact["one"][0, 0] == 1.26
    assert scores(found) == {"A": pytest.approx(2.65)}  # of 1.3 and 4
    assert scores(found, "loss")["A"] == pytest.approx(100 - 100 * 2.65 / 4)
    assert scores(found, "gap")["A"] == pytest.approx(2.7)
    assert scores(found, "area")["A"] == pytest.approx(0.5 * 4 * 1.3 * 4.4)
    assert found.coverage("loss")[0, 0] == 1


def test_a_ratio_to_a_score_of_zero_is_missing_and_says_so():
    part = {"code": "r", "weight": 0, "transform": {"method": "ratio", "of": ["x", "y"]}}
    found = index(node("all", leaf("x"), leaf("y"), part), {"x": {"A": 1, "B": 6}, "y": {"A": 0, "B": 3}})
    assert scores(found, "r") == {"A": None, "B": 2}
    assert found.notices == ("tree.children[2].transform: A, 2020, y is 0; r is missing",)


def test_a_transform_larger_than_a_number_is_refused_with_the_cell():
    part = {"code": "r", "transform": {"method": "product", "of": ["x", "x"], "scale": 10}}
    with pytest.raises(Refused, match=r"tree.children\[1\].transform: A, 2020, r becomes larger than a number can be"):
        index(node("all", leaf("x"), part), {"x": {"A": 1e200, "B": None}})


def test_a_power_mean_neither_overflows_nor_vanishes():
    for p in (900, -900, 3, -3):
        found = of({"A": (0.5, 0.25), "B": (1e200, 1e200)}, {"method": "power", "p": p})
        exact = {
            900: 0.5 * 0.5 ** (1 / 900),
            -900: 0.25 * 2 ** (1 / 900),
            3: (0.140625 / 2) ** (1 / 3),
            -3: 36 ** (-1 / 3),
        }[p]
        assert scores(found) == {"A": pytest.approx(exact), "B": pytest.approx(1e200)}


def test_a_unit_with_too_few_figures_has_parts_but_no_score_of_the_whole():
    tree = node("all", leaf("x"), leaf("y"), leaf("z"), missing=RENORMALISE)
    table = {"x": {"A": 1, "B": 5}, "y": {"A": 3, "B": None}, "z": {"A": None, "B": None}}
    found = index(tree, table, min_unit_coverage=2 / 3)
    assert scores(found) == {"A": 2, "B": None}
    assert scores(found, "x")["B"] == 5
    assert ranks(found) == {"A": 1, "B": None}
    assert found.coverage("all").tolist() == [[pytest.approx(2 / 3), pytest.approx(1 / 3)]]


def test_nested_means_of_three_levels():
    tree = node(
        "all",
        node("g", node("a", leaf("x"), leaf("y", weight=3)), leaf("z"), aggregate="geometric", weight=2),
        node("h", leaf("x", code="again"), leaf("z", code="z2"), aggregate="harmonic"),
    )
    found = index(tree, {"x": {"A": 4}, "y": {"A": 8}, "z": {"A": 28}})
    assert scores(found, "a")["A"] == 7
    assert scores(found, "g")["A"] == pytest.approx(14)
    assert scores(found, "h")["A"] == pytest.approx(7)
    assert scores(found)["A"] == pytest.approx((28 + 7) / 3)
