"""What a recipe may say, and that every mistake is named by its path."""

import copy
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.composite import reading, recipe
from indicators.composite.index import compute
from indicators.composite.refusal import Refused
from indicators.composite.uncertainty import simulate
from tests.indicators.composite.making import data, index, leaf, node, scores

GOOD = {
    "recipe": 1,
    "title": "Two parts",
    "tree": {
        "code": "all",
        "children": [
            {"indicator": "x", "normalise": {"method": "goalposts", "worst": 0, "best": 10}},
            {"code": "p", "children": [{"indicator": "y", "normalise": {"method": "minmax"}, "direction": "lower"}]},
        ],
    },
}


def changed(path, value):
    """GOOD with one place set (or, for ..., taken away)."""
    made = copy.deepcopy(GOOD)
    *way, last = path
    at = made
    for step in way:
        at = at[step] if isinstance(at, list) else at.setdefault(step, {})
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return made


X, P = ("tree", "children", 0), ("tree", "children", 1)
WRONG = [
    (("recipe",), 2, "recipe: is 2; this engine reads recipe 1"),
    (("recipe",), ..., "recipe: is missing"),
    (("tree",), ..., "tree: is missing"),
    (("tree",), [], "tree: is to be an object, not []"),
    (("treee",), {}, "treee: is not a key known here"),
    (("tree",), GOOD["tree"]["children"][0], "tree: is a single indicator; an index has children"),
    (("tree", "code"), ..., "tree.code: is missing"),
    (("tree", "code"), "x", "tree.children[0].code: “x” is already the code of tree"),
    ((*X, "code"), " ", 'tree.children[0].code: is to be a text, not " "'),
    (("tree", "children"), [], "tree.children: is to be a list of at least one node"),
    (("tree", "aggregate"), "mean", 'tree.aggregate: is "mean", but one of arithmetic, geometric, harmonic, copeland'),
    (("tree", "aggregate"), {"method": "power"}, "tree.aggregate.p: is missing"),
    (("tree", "missing"), {"rule": "skip"}, 'tree.missing.rule: is "skip", but one of require_all, renormalise'),
    (
        ("tree", "missing"),
        {"rule": "renormalise", "min_coverage": 1.5},
        "tree.missing.min_coverage: is 1.5, but from 0 to 1",
    ),
    (("tree", "round"), 2.5, "tree.round: is to be a whole number, not 2.5"),
    (("tree", "round"), -1, "tree.round: is -1, but from 0 to 15 is needed"),
    (("tree", "blend"), {"with": "mean", "share": 0.5}, 'tree.blend.with: is "mean", but one of group_mean'),
    (("tree", "blend"), {"with": "group_mean"}, "tree.blend.share: is missing"),
    ((*X, "weight"), -1, "tree.children[0].weight: is -1, but 0 or more is needed"),
    ((*X, "weight"), None, "tree.children[0].weight: is blank; give a number, or set blank_weight to zero"),
    ((*X, "weight"), "1", 'tree.children[0].weight: is to be a number, not "1"'),
    ((*X, "weight"), True, "tree.children[0].weight: is to be a number, not true"),
    ((*X, "weight"), float("nan"), "tree.children[0].weight: is to be a finite number"),
    ((*X, "weight"), 10**400, "tree.children[0].weight: is to be a finite number"),
    ((*P, "children", 0, "weight"), 0, "tree.children[1].children: the weights of its children are all zero"),
    ((*X, "direction"), "up", 'tree.children[0].direction: is "up", but one of higher, lower'),
    ((*X, "indicator"), 5, "tree.children[0].indicator: is to be a text, not 5"),
    ((*X, "normalise"), ..., "tree.children[0].normalise: is missing"),
    ((*X, "normalise", "method"), "max", 'tree.children[0].normalise.method: is "max", but one of minmax, goalposts'),
    ((*X, "normalise", "best"), 0, "tree.children[0].normalise.best: is 0, the same as worst"),
    ((*X, "normalise", "best"), ..., "tree.children[0].normalise.best: is missing"),
    ((*X, "normalise", "target"), 4, "tree.children[0].normalise.target: is not a key known here"),
    ((*X, "normalise", "clip"), "low", 'tree.children[0].normalise.clip: is "low", but one of none, top, both'),
    ((*X, "normalise", "range"), [1], "tree.children[0].normalise.range: is to be two numbers"),
    ((*X, "normalise", "range"), [1, 1], "tree.children[0].normalise.range: begins and ends at the same number"),
    ((*X, "normalise", "range"), [0, "a"], 'tree.children[0].normalise.range[1]: is to be a number, not "a"'),
    ((*X, "normalise", "method"), "log_goalposts", "tree.children[0].normalise.worst: is to be above 0"),
    ((*X, "normalise"), {"method": "zscore", "sd": 0}, "tree.children[0].normalise.sd: is 0"),
    ((*X, "normalise"), {"method": "base_year", "period": [1]}, "tree.children[0].normalise.period: is to be a text"),
    ((*X, "if_constant"), "keep", 'tree.children[0].if_constant: is to be a number, not "keep"'),
    ((*X, "fill"), {"method": "mean"}, 'tree.children[0].fill.method: is "mean", but one of group_mean, group_median'),
    ((*X, "fill"), {"method": "linear", "max_age": 2}, "tree.children[0].fill.max_age: belongs to the method last"),
    ((*X, "per"), {"scale": 2}, "tree.children[0].per.indicator: is missing"),
    ((*X, "per"), {"indicator": "y", "lag": -1}, "tree.children[0].per.lag: is -1, but 0 or more is needed"),
    (
        (*P, "transform"),
        {"method": "ratio", "of": ["x", "all"]},
        "tree.children[1].children: does not go together with",
    ),
    (
        P,
        {"code": "r", "transform": {"method": "ratio", "of": ["x"]}},
        "tree.children[1].transform.of: names 1 nodes; a ratio",
    ),
    (
        P,
        {"code": "r", "transform": {"method": "ratio", "of": ["x", "q"]}},
        "tree.children[1].transform.of[1]: no node is called “q”",
    ),
    (
        P,
        {"code": "r", "transform": {"method": "ratio", "of": ["x", "all"]}},
        "the nodes are worked out from each other: r → all → r",
    ),
    (("limits",), "frozen", 'limits: is "frozen", but one of per_period, pooled'),
    (("rounding",), "down", 'rounding: is "down", but one of half_up, half_even'),
    (("rank",), {"ties": "ordinal"}, "rank.tie_break: is missing: ordinal ranks need a written rule"),
    (("rank",), {"on": "both"}, 'rank.on: is "both", but one of unrounded, rounded'),
    (("outliers",), {"method": "trim"}, 'outliers.method: is "trim", but one of winsorise_then_log'),
    (("min_unit_coverage",), 80, "min_unit_coverage: is 80, but from 0 to 1 is needed"),
    (("uncertainty",), {"delta": 2}, "uncertainty.delta: is 2, but from 0 to 1 is needed"),
    (("uncertainty",), {"noise": "dirichlet", "delta": 0}, "uncertainty.delta: is 0, but a Dirichlet draw"),
    (("uncertainty",), {"vary": ["weights"]}, 'uncertainty.vary[0]: is "weights", but one of normalise, aggregate'),
    (("uncertainty",), {"top_n": 0}, "uncertainty.top_n: is 0, but 1 or more is needed"),
]


@pytest.mark.parametrize(("path", "value", "said"), WRONG, ids=lambda value: None)
def test_a_mistake_is_named_by_its_path(path, value, said):
    with pytest.raises(Refused) as refused:
        reading.read(changed(path, value))
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "the recipe: line 1 column 2 is no JSON"),
        ("[]", "the recipe: is to be an object, not []"),
        ('{"recipe": 1, "recipe": 1}', "the recipe: the key recipe is given twice in one object"),
        ('{"tree": ' + '{"a": ' * 5000 + "1" + "}" * 5001, "the recipe: is nested too deeply"),
    ],
)
def test_a_text_that_is_no_recipe_is_refused(text, said):
    with pytest.raises(Refused) as refused:
        reading.parse(text)
    assert said in str(refused.value)


def test_what_is_not_said_has_the_defaults_of_the_format():
    made = reading.parse(json.dumps(GOOD))
    assert (made.limits, made.rounding, made.outliers, made.min_unit_coverage) == ("per_period", "half_up", None, 0)
    assert (made.tree.aggregate, made.tree.missing.rule, made.tree.weight) == ("arithmetic", "require_all", 1)
    assert made.rank == recipe.Ranking("competition", "unrounded", "high")
    assert made.nodes["x"].leaf.normalise.range == (0, 100)
    assert reading.read({**GOOD, "outliers": {"method": "winsorise_then_log"}}).outliers == recipe.Outliers(
        5, 2, 3.5, "shifted"
    )


def test_a_blank_weight_may_count_as_zero_and_says_so():
    made = reading.read({**changed((*X, "weight"), None), "blank_weight": "zero"})
    assert made.nodes["x"].weight == 0
    assert made.notices == ("tree.children[0].weight: blank, counted as 0",)


def test_goalposts_that_contradict_the_direction_hold_and_say_so():
    made = reading.read(changed((*X, "direction"), "lower"))
    assert made.notices == (
        "tree.children[0].normalise: worst and best say which way is good, not the direction “lower”",
    )


def test_one_indicator_may_stand_twice_under_codes_of_its_own():
    tree = node("all", leaf("x"), leaf("x", code="x per y", per={"indicator": "y"}))
    assert scores(index(tree, {"x": {"A": 8}, "y": {"A": 2}})) == {"A": 6}


def test_an_indicator_nobody_has_data_on_is_refused():
    with pytest.raises(Refused, match=r"tree.children\[0\].indicator: the data have no row about “z”"):
        index(node("all", leaf("z")), {"x": {"A": 1}})
    with pytest.raises(Refused, match=r"tree.children\[0\].per.indicator: the data have no row about “z”"):
        index(node("all", leaf("x", per={"indicator": "z"})), {"x": {"A": 1}})


def test_a_scenario_changes_weights_and_refuses_what_no_index_can_have():
    made = reading.read(GOOD)
    assert recipe.reweighted(made, {"x": 3}).nodes["x"].weight == 3
    assert made.nodes["x"].weight == 1
    for weights, said in (
        ({"q": 1}, "no node is called “q”"),
        ({"x": -1}, "tree.children[0]: a weight is zero or more"),
        ({"x": float("nan")}, "tree.children[0]: a weight is zero or more"),
        ({"x": 0, "p": 0}, "tree: the weights of its children are all zero"),
    ):
        with pytest.raises(Refused) as refused:
            recipe.reweighted(made, weights)
        assert said in str(refused.value)


RICH = {
    "recipe": 1,
    "limits": "pooled",
    "outliers": {"method": "winsorise_then_log", "max_points": 2, "log": "gii"},
    "rank": {"ties": "dense", "on": "rounded", "best": "low"},
    "min_unit_coverage": 0.2,
    "uncertainty": {"noise": "dirichlet", "delta": 1, "vary": ["normalise"], "top_n": 2},
    "tree": {
        "code": "all",
        "aggregate": {"method": "power", "p": 2},
        "missing": {"rule": "renormalise", "min_coverage": 0.1, "coverage_by": "weight"},
        "round": 2,
        "blend": {"with": "group_mean", "share": 0.5},
        "children": [
            leaf("x", "minmax", range=[1, 100], fill={"method": "last", "max_age": 3}),
            leaf("y", "distance_to_reference", unit="C", cap=True, direction="lower", per={"indicator": "x", "lag": 0}),
            leaf("x", "base_year", code="x2", period="2020", base=100, floor=1, shift=2, if_constant=3),
            {"code": "t", "transform": {"method": "product", "of": ["x", "x2"], "scale": 2, "offset": 1}},
        ],
    },
}
JUNK = st.sampled_from(
    [None, True, -1, 0, 2.5, 1e308, 10**400, "", "x", "all", "harmonic", [], [1, 1], ["all"], {}, {"a": 1}]
)


def run(made):
    table = {"x": {"2020": {"A": 1, "B": 2, "C": 9}, "2021": {"A": 2, "B": None}}}
    table["y"] = {"2020": {"A": 5, "B": 9, "C": 7}}
    found = compute(reading.read(made), data(table, {"A": "n", "B": "n", "C": "s"}))
    return found, simulate(found, draws=5, seed=1)


def test_a_recipe_with_a_bit_of_everything_runs():
    found, drawn = run(RICH)
    assert scores(found, period="2020").keys() == {"A", "B", "C"}
    assert None not in scores(found, period="2020").values()
    assert drawn.notices == ()


def places(value, path=()):
    yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(inner, (*path, key))


@settings(max_examples=600)
@given(st.sampled_from([path for path in places(RICH) if path]), JUNK)
def test_junk_anywhere_in_a_recipe_is_refused_or_runs(path, junk):
    made = copy.deepcopy(RICH)
    at = made
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = junk
    try:
        found, _drawn = run(made)
    except Refused as refused:
        assert str(refused).strip()
    else:
        assert not any(np.isinf(table).any() for table in found.scores.values())
