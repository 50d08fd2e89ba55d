"""Small indices for tests: `leaf`, `node` and `index` from plain numbers."""

import math

from indicators.composite import panel, reading
from indicators.composite.index import compute


def leaf(indicator, method="none", **rest):
    """Keys of the method and of the leaf in one: worst=0 goes to the method, weight=2 to the leaf."""
    of_leaf = {"weight", "direction", "per", "fill", "if_constant", "floor", "shift", "round", "blend", "code"}
    how = {name: value for name, value in rest.items() if name not in of_leaf}
    kept = {name: value for name, value in rest.items() if name in of_leaf}
    return {"indicator": indicator, "normalise": {"method": method, **how}, **kept}


def node(code, *children, **rest):
    return {"code": code, "children": list(children), **rest}


def data(table, groups=None):
    """{indicator: {unit: value}} in 2020, or {indicator: {period: {unit: value}}}; None is missing."""
    rows = []
    for indicator, of_indicator in table.items():
        by_period = of_indicator if any(isinstance(v, dict) for v in of_indicator.values()) else {"2020": of_indicator}
        for period, values in by_period.items():
            for unit, value in values.items():
                number = math.nan if value is None else float(value)
                rows.append((unit, period, indicator, number, (groups or {}).get(unit, "")))
    return panel.build(rows)


def index(tree, table, groups=None, **top):
    return compute(reading.read({"recipe": 1, "tree": tree, **top}), data(table, groups))


def scores(found, code=None, period=None):
    """{unit: score} of one node in one period (the only one, if not said); None where missing."""
    at = found.panel.periods.index(period) if period else 0
    row = found.scores[code or found.root][at]
    return {
        unit: None if math.isnan(value) else float(value) for unit, value in zip(found.panel.units, row, strict=True)
    }


def ranks(found, code=None, period=None):
    at = found.panel.periods.index(period) if period else 0
    row = found.ranks(code or found.root)[at]
    return {
        unit: None if math.isnan(value) else float(value) for unit, value in zip(found.panel.units, row, strict=True)
    }
