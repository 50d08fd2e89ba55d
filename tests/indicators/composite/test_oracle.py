"""Random recipes over random panels, against the same method written cell by cell with nothing but Python."""

import math
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.composite import reading
from indicators.composite.index import compute
from tests.indicators.composite.making import data

UNITS, YEARS, NAMES = "ABCD", ("2019", "2020", "2022"), ("w", "x", "y", "z")
GROUPS = {"A": "n", "B": "n", "C": "s", "D": "s"}

figures = st.one_of(st.none(), st.integers(1, 400).map(lambda n: n / 4))
tables = st.lists(figures, min_size=48, max_size=48).map(
    lambda drawn: {
        name: {year: {unit: drawn[n * 12 + t * 4 + u] for u, unit in enumerate(UNITS)} for t, year in enumerate(YEARS)}
        for n, name in enumerate(NAMES)
    }
)
fills = st.sampled_from(
    [
        None,
        {"method": "group_mean"},
        {"method": "last", "max_age": 1},
        {"method": "linear"},
        {"method": "group_mean", "on": "normalised"},
    ]
)
methods = st.sampled_from(
    [
        {"method": "goalposts", "worst": -10, "best": 150},
        {"method": "log_goalposts", "worst": 0.1, "best": 200},
        {"method": "minmax", "range": [1, 100], "if_constant": 50},
        {"method": "none"},
    ]
)
aggregates = st.sampled_from(
    ["arithmetic", "geometric", "harmonic", "copeland", {"method": "power", "p": 2}, {"method": "power", "p": -2.5}]
)
missing = st.sampled_from(
    [
        {"rule": "require_all"},
        {"rule": "renormalise"},
        {"rule": "renormalise", "min_coverage": 0.6},
        {"rule": "renormalise", "min_coverage": 0.6, "coverage_by": "weight"},
    ]
)
whole = st.integers(0, 4)


@st.composite
def recipes(draw):
    def a_leaf(name):
        made = {"indicator": name, "weight": draw(whole), "normalise": draw(methods)}
        return made | ({"fill": rule} if (rule := draw(fills)) else {})

    inner = {
        "code": "p", "weight": 1 + draw(whole), "aggregate": draw(aggregates.filter(lambda how: how != "copeland")),
        "missing": draw(missing), "children": [a_leaf("w"), {**a_leaf("x"), "weight": 1}, a_leaf("y")],
    }  # fmt: skip
    if draw(st.booleans()):
        inner["blend"] = {"with": "group_mean", "share": 0.25}
    if draw(st.booleans()):
        inner["round"] = 1
    tree = {"code": "all", "aggregate": draw(aggregates), "missing": draw(missing), "children": [inner, a_leaf("z")]}
    return {"recipe": 1, "tree": tree, "limits": draw(st.sampled_from(["per_period", "pooled"]))}


def slow_fill(table, rule):
    found = {year: dict(values) for year, values in table.items()}
    for year in YEARS:
        for unit in UNITS:
            if table[year][unit] is not None:
                continue
            if rule["method"] == "group_mean":
                mates = [table[year][u] for u in UNITS if GROUPS[u] == GROUPS[unit] and table[year][u] is not None]
                found[year][unit] = mean(mates) if mates else None
                continue
            known = [(int(y), table[y][unit]) for y in YEARS if table[y][unit] is not None]
            before, after = [k for k in known if k[0] < int(year)], [k for k in known if k[0] > int(year)]
            if rule["method"] == "last":
                near = bool(before) and int(year) - before[-1][0] <= rule["max_age"]
                found[year][unit] = before[-1][1] if near else None
            elif before and after:
                (t0, v0), (t1, v1) = before[-1], after[0]
                found[year][unit] = v0 + (v1 - v0) * (int(year) - t0) / (t1 - t0)
            elif known:
                found[year][unit] = before[-1][1] if before else after[0][1]
    return found


def slow_normalise(table, how, pooled):
    found = {}
    for year, values in table.items():
        among = [v for y in YEARS if pooled or y == year for v in table[y].values() if v is not None]
        found[year] = {unit: None if x is None else slow_score(x, how, among) for unit, x in values.items()}
    return found


def slow_score(x, how, among):
    if how["method"] == "none":
        return x
    if how["method"] == "goalposts":
        return 100 * (x - how["worst"]) / (how["best"] - how["worst"])
    if how["method"] == "log_goalposts":
        return 100 * math.log(x / how["worst"]) / math.log(how["best"] / how["worst"])
    low, high = min(among), max(among)
    return 50 if low == high else 1 + 99 * (x - low) / (high - low)


def slow_leaf(made, table, pooled):
    rule, values = made.get("fill"), table[made["indicator"]]
    if rule and rule.get("on", "raw") == "raw":
        values = slow_fill(values, rule)
    values = slow_normalise(values, made["normalise"], pooled)
    return slow_fill(values, rule) if rule and rule.get("on") == "normalised" else values


def slow_mean(pairs, how):
    total = sum(w for w, _ in pairs)
    if how == "geometric":
        return math.exp(sum(w * math.log(y) for w, y in pairs) / total)
    p = {"arithmetic": 1, "harmonic": -1}.get(how) if isinstance(how, str) else how["p"]
    return (sum(w * y**p for w, y in pairs) / total) ** (1 / p)


def slow_node(made, table, pooled):
    children = [child for child in made["children"] if child.get("weight", 1) > 0]
    scores = [slow_leaf(c, table, pooled) if "indicator" in c else slow_node(c, table, pooled) for c in children]
    weights = [child.get("weight", 1) for child in children]
    found = {}
    for year in YEARS:
        rows = {unit: [(w, s[year][unit]) for w, s in zip(weights, scores, strict=True)] for unit in UNITS}
        there = {unit: [(w, y) for w, y in row if y is not None] for unit, row in rows.items()}
        kept = {unit for unit in UNITS if slow_enough(there[unit], rows[unit], made["missing"])}
        if made["aggregate"] == "copeland":
            found[year] = {unit: slow_copeland(unit, rows, kept) if unit in kept else None for unit in UNITS}
        else:
            found[year] = {u: slow_mean(there[u], made["aggregate"]) if u in kept else None for u in UNITS}
        own = dict(found[year])
        for unit in kept if "blend" in made else ():
            mates = [own[u] for u in kept if GROUPS[u] == GROUPS[unit]]
            found[year][unit] = 0.75 * own[unit] + 0.25 * mean(mates)
        for unit in kept if "round" in made else ():
            found[year][unit] = math.floor(found[year][unit] * 10 + 0.5 + 1e-11) / 10
    return found


def slow_enough(there, row, rule):
    if rule["rule"] == "require_all":
        return len(there) == len(row)
    by_weight = rule.get("coverage_by") == "weight"
    share = sum(w for w, _ in there) / sum(w for w, _ in row) if by_weight else len(there) / len(row)
    return bool(there) and share >= rule.get("min_coverage", 0)


def slow_copeland(unit, rows, kept):
    score = 0
    for other in kept - {unit}:
        both = [(w, a - b) for (w, a), (_, b) in zip(rows[unit], rows[other], strict=True) if None not in (a, b)]
        net = sum(w * ((d > 1e-9) - (d < -1e-9)) for w, d in both)
        score += (net > 0) - (net < 0)
    return score


@settings(max_examples=400)
@given(recipes(), tables)
def test_the_engine_equals_the_method_written_cell_by_cell(recipe, table):
    found = compute(reading.read(recipe), data(table, GROUPS))
    pooled = recipe["limits"] == "pooled"
    parts = {"all": recipe["tree"], "p": recipe["tree"]["children"][0]}
    for code, made in parts.items():
        expected = slow_node(made, table, pooled)
        for at, year in enumerate(YEARS):
            for of, unit in enumerate(UNITS):
                got, want = (
                    found.exact[code][at, of] if "round" not in made else found.scores[code][at, of],
                    expected[year][unit],
                )
                assert math.isnan(got) if want is None else got == pytest.approx(want, rel=1e-9, abs=1e-9), (
                    code,
                    year,
                    unit,
                )
