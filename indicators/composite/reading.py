"""From JSON to a recipe. What cannot be meant is refused with its path; an unknown key is a mistake, not a wish."""

import json
import math
from collections.abc import Mapping
from typing import Any, NoReturn

from indicators.composite import recipe as r
from indicators.composite.refusal import Refused

GOALPOSTS = ("goalposts", "log_goalposts")
# Of each normalising method: what it must be told, and what it may be.
METHODS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "minmax": ((), ("range", "clip")),
    "goalposts": (("worst", "best"), ("range", "clip")),
    "log_goalposts": (("worst", "best"), ("range", "clip")),
    "zscore": ((), ("mean", "sd")),
    "rank": ((), ()),
    "borda": ((), ()),
    "percentile": ((), ()),
    "distance_to_leader": ((), ()),
    "share_of_leader": ((), ()),
    "distance_to_reference": (("unit",), ("cap",)),
    "distance_to_target": (("target",), ("cap",)),
    "base_year": (("period",), ("base",)),
    "none": ((), ()),
}
FREE = frozenset({"title", "note"})  # words for readers, anywhere
VARY = ("normalise", "aggregate", "fill", "leave_one_out")
VARY_ALSO = {"normaliser": "normalise", "normalisation": "normalise", "mean": "aggregate", "leave_out": "leave_one_out"}


class Part:
    """One JSON object and where it stands; keys that nobody asked for are refused at the end."""

    def __init__(self, value: Any, path: str) -> None:
        self.path = path
        if not isinstance(value, dict):
            raise Refused(f"is to be an object, not {shown(value)}", path or "the recipe")
        self.value, self.asked = value, set(FREE)

    def fail(self, sentence: str, name: str = "") -> NoReturn:
        raise Refused(sentence, ".".join(filter(None, (self.path, name))) or "the recipe")

    def at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def get(self, name: str, default: Any = None) -> Any:
        self.asked.add(name)
        found = self.value.get(name)
        return default if found is None else found

    def has(self, name: str) -> bool:
        self.asked.add(name)
        return self.value.get(name) is not None

    def must(self, name: str) -> Any:
        if not self.has(name):
            self.fail("is missing", name)
        return self.value[name]

    def text(self, name: str, default: str | None = None) -> str:
        found = self.must(name) if default is None else self.get(name, default)
        if not isinstance(found, str) or (default is None and not found.strip()):
            self.fail(f"is to be a text, not {shown(found)}", name)
        return found

    def one_of(self, name: str, options: tuple[str, ...], default: str | None = None) -> str:
        found = self.must(name) if default is None else self.get(name, default)
        if found not in options:
            self.fail(f"is {shown(found)}, but one of {', '.join(options)} is needed", name)
        return str(found)

    def number(
        self, name: str, default: float | None = None, *, least: float = -math.inf, most: float = math.inf
    ) -> float:
        return self.checked(self.must(name) if default is None else self.get(name, default), name, least, most)

    def checked(self, found: Any, name: str, least: float = -math.inf, most: float = math.inf) -> float:
        if isinstance(found, bool) or not isinstance(found, (int, float)):
            self.fail(f"is to be a number, not {shown(found)}", name)
        try:
            value = float(found)
        except OverflowError:
            value = math.inf
        if not math.isfinite(value):
            self.fail("is to be a finite number", name)
        if not least <= value <= most:
            bounds = f"{least:g} or more" if most == math.inf else f"from {least:g} to {most:g}"
            self.fail(f"is {found}, but {bounds} is needed", name)
        return value

    def whole(self, name: str, default: int, *, least: int = 0, most: float = math.inf) -> int:
        found = self.number(name, default, least=least, most=most)
        if found != int(found):
            self.fail(f"is to be a whole number, not {found:g}", name)
        return int(found)

    def close(self) -> None:
        for name in self.value:
            if name not in self.asked:
                self.fail(f"is not a key known here; known are {', '.join(sorted(self.asked - FREE))}", name)


def shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:40]


def parse(text: str) -> r.Recipe:
    """The recipe a JSON text holds."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if twice := {name for name, _ in pairs if [n for n, _ in pairs].count(name) > 1}:
            raise Refused(f"the key {', '.join(sorted(twice))} is given twice in one object", "the recipe")
        return dict(pairs)

    try:
        return read(json.loads(text, object_pairs_hook=once))
    except json.JSONDecodeError as error:
        where = f"line {error.lineno} column {error.colno}"
        raise Refused(f"{where} is no JSON: {error.msg}", "the recipe") from None
    except RecursionError:
        raise Refused("is nested too deeply", "the recipe") from None


def read(value: Any) -> r.Recipe:
    """The recipe of decoded JSON."""
    top = Part(value, "")
    if top.must("recipe") != 1 or isinstance(top.must("recipe"), bool):
        top.fail(f"is {shown(top.must('recipe'))}; this engine reads recipe 1", "recipe")
    reader = _Tree(blank_is_zero=top.one_of("blank_weight", ("refuse", "zero"), "refuse") == "zero")
    recipe = r.Recipe(
        tree=reader.node(top.must("tree"), "tree"),
        title=top.text("title", ""),
        limits=top.one_of("limits", (r.PER_PERIOD, r.POOLED), r.PER_PERIOD),
        outliers=_outliers(top),
        rounding=top.one_of("rounding", ("half_up", "half_even"), "half_up"),
        rank=_rank(Part(top.get("rank", {}), "rank")),
        min_unit_coverage=top.number("min_unit_coverage", 0, least=0, most=1),
        uncertainty=_uncertainty(Part(top.get("uncertainty", {}), "uncertainty")),
        notices=tuple(reader.notices),
    )
    top.close()
    if recipe.tree.leaf:
        raise Refused("is a single indicator; an index has children", "tree")
    for node in recipe.nodes.values():
        for at, code in enumerate(node.transform.of if node.transform else ()):
            if code not in recipe.nodes:
                raise Refused(f"no node is called “{code}”", f"{node.path}.transform.of[{at}]")
    r.in_order(recipe)
    return recipe


def _outliers(top: Part) -> r.Outliers | None:
    if not top.has("outliers"):
        return None
    part = Part(top.get("outliers"), "outliers")
    part.one_of("method", ("winsorise_then_log",))
    found = r.Outliers(
        max_points=part.whole("max_points", 5),
        skewness=part.number("skewness", 2, least=0),
        kurtosis=part.number("kurtosis", 3.5),
        log=part.one_of("log", ("shifted", "gii"), "shifted"),
    )
    part.close()
    return found


def _rank(part: Part) -> r.Ranking:
    ties = part.one_of("ties", ("competition", "modified", "dense", "ordinal", "fractional"), "competition")
    tie_break = part.one_of("tie_break", ("unit",), "unit") if part.has("tie_break") else ""
    if ties == "ordinal" and not tie_break:
        part.fail('is missing: ordinal ranks need a written rule for ties, such as "unit"', "tie_break")
    on = part.one_of("on", ("unrounded", "rounded"), "unrounded")
    found = r.Ranking(ties, on, part.one_of("best", ("high", r.LOW), "high"))
    part.close()
    return found


def _uncertainty(part: Part) -> r.Uncertainty:
    noise = part.one_of("noise", ("jrc", "uniform", "dirichlet"), "jrc").replace("uniform", "jrc")
    delta = part.number("delta", 1 if noise == "dirichlet" else 0.25, least=0, most=100 if noise == "dirichlet" else 1)
    if noise == "dirichlet" and not delta:
        part.fail("is 0, but a Dirichlet draw needs a spread above 0", "delta")
    vary = part.get("vary", [])
    for at, name in enumerate(vary if isinstance(vary, list) else [vary]):
        if VARY_ALSO.get(str(name), name) not in VARY:
            part.fail(f"is {shown(name)}, but one of {', '.join(VARY)} is needed", f"vary[{at}]")
    named = dict.fromkeys(str(VARY_ALSO.get(name, name)) for name in (vary if isinstance(vary, list) else [vary]))
    found = r.Uncertainty(noise, delta, tuple(named), part.whole("top_n", 10, least=1))
    part.close()
    return found


class _Tree:
    def __init__(self, *, blank_is_zero: bool) -> None:
        self.blank_is_zero, self.notices = blank_is_zero, list[str]()
        self.paths: dict[str, str] = {}

    def node(self, value: Any, path: str) -> r.Node:
        part = Part(value, path)
        is_leaf = part.has("indicator")
        code = part.text("indicator" if is_leaf and not part.has("code") else "code")
        if code in self.paths:
            part.fail(f"“{code}” is already the code of {self.paths[code]}; give one of them another", "code")
        self.paths[code] = path
        parsed = self.leaf(part, code) if is_leaf else self.inner(part, code)
        part.close()
        return parsed

    def common(self, part: Part) -> dict[str, Any]:
        blend = None
        if part.has("blend"):
            inside = Part(part.get("blend"), part.at("blend"))
            inside.one_of("with", ("group_mean",), "group_mean")
            blend = inside.number("share", least=0, most=1)
            inside.close()
        digits = part.whole("round", 0, most=15) if part.has("round") else None
        return {"path": part.path, "weight": self.weight(part), "round": digits, "blend": blend}

    def weight(self, part: Part) -> float:
        if "weight" in part.value and part.value["weight"] is None:
            part.asked.add("weight")
            if not self.blank_is_zero:
                part.fail("is blank; give a number, or set blank_weight to zero", "weight")
            self.notices.append(f"{part.at('weight')}: blank, counted as 0")
            return 0.0
        return part.number("weight", 1, least=0)

    def leaf(self, part: Part, code: str) -> r.Node:
        direction = part.one_of("direction", (r.HIGHER, r.LOWER), r.HIGHER)
        leaf = r.Leaf(
            indicator=part.text("indicator"),
            normalise=self.normalise(part, stated=direction if part.has("direction") else ""),
            direction=direction,
            per=self.per(part),
            fill=self.fill(part),
        )
        return r.Node(code=code, leaf=leaf, **self.common(part))

    def inner(self, part: Part, code: str) -> r.Node:
        common = self.common(part)
        if part.has("transform"):
            for name in ("aggregate", "children", "missing"):
                if part.has(name):
                    part.fail("does not go together with transform", name)
            return r.Node(code=code, transform=self.transform(part), **common)
        method, power = self.aggregate(part)
        missing = self.missing(part)
        given = part.must("children")
        if not isinstance(given, list) or not given:
            part.fail("is to be a list of at least one node", "children")
        children = tuple(self.node(child, f"{part.path}.children[{at}]") for at, child in enumerate(given))
        found = r.Node(code=code, aggregate=method, power=power, missing=missing, children=children, **common)
        if not found.weighed:
            part.fail("the weights of its children are all zero", "children")
        if not math.isfinite(sum(child.weight for child in children)):
            part.fail("the weights of its children are too large to add up", "children")
        return found

    def aggregate(self, part: Part) -> tuple[str, float]:
        given = part.get("aggregate", r.ARITHMETIC)
        simple = (r.ARITHMETIC, r.GEOMETRIC, r.HARMONIC, r.COPELAND)
        if isinstance(given, str):
            return part.one_of("aggregate", simple, r.ARITHMETIC), 1.0
        inside = Part(given, part.at("aggregate"))
        method = inside.one_of("method", (*simple, r.POWER))
        power = inside.number("p") if method == r.POWER else 1.0
        inside.close()
        return (r.GEOMETRIC, 1.0) if method == r.POWER and power == 0 else (method, power)

    def missing(self, part: Part) -> r.Missing:
        inside = Part(part.get("missing", {}), part.at("missing"))
        rule = inside.one_of("rule", (r.REQUIRE_ALL, r.RENORMALISE), r.REQUIRE_ALL)
        least = inside.number("min_coverage", 0, least=0, most=1)
        by = inside.one_of("coverage_by", (r.COUNT, r.WEIGHT), r.COUNT)
        inside.close()
        return r.Missing(rule, least, by)

    def transform(self, part: Part) -> r.Transform:
        inside = Part(part.get("transform"), part.at("transform"))
        method = inside.one_of("method", ("ratio", "difference", "product"))
        of = inside.must("of")
        if not isinstance(of, list) or not all(isinstance(code, str) for code in of):
            inside.fail("is to be a list of codes", "of")
        if len(of) != 2 and not (method == "product" and len(of) > 2):
            inside.fail(f"names {len(of)} nodes; a {method} needs two", "of")
        scale, offset = inside.number("scale", 1), inside.number("offset", 0)
        inside.close()
        return r.Transform(method, tuple(of), scale, offset)

    def per(self, part: Part) -> r.Per | None:
        if not part.has("per"):
            return None
        inside = Part(part.get("per"), part.at("per"))
        found = r.Per(inside.text("indicator"), inside.number("scale", 1), inside.whole("lag", 0))
        inside.close()
        return found

    def fill(self, part: Part) -> r.Fill | None:
        if not part.has("fill"):
            return None
        inside = Part(part.get("fill"), part.at("fill"))
        method = inside.one_of("method", ("group_mean", "group_median", "last", "linear"))
        on = inside.one_of("on", (r.RAW, r.NORMALISED), r.RAW)
        max_age = inside.whole("max_age", 0) if inside.has("max_age") else None
        if max_age is not None and method != "last":
            inside.fail(f"belongs to the method last, not to {method}", "max_age")
        inside.close()
        return r.Fill(method, on, max_age)

    def normalise(self, leaf: Part, *, stated: str) -> r.Normalise:
        part = Part(leaf.must("normalise"), leaf.at("normalise"))
        method = part.one_of("method", tuple(METHODS))
        needed, allowed = METHODS[method]
        how: dict[str, r.Parameter] = {}
        for name in needed + tuple(name for name in allowed if part.has(name)):
            how[name] = _PARAMETERS.get(name, Part.number)(part, name)
        if method in GOALPOSTS:
            self.goalposts(part, method, how, stated)
        if method == "share_of_leader" and stated == r.LOWER:
            leaf.fail("share_of_leader is the share of the largest value: only higher can be better", "direction")
        if method == "zscore" and how.get("sd", 1) == 0:
            part.fail("is 0, which would make all scores equal", "sd")
        constant, floor, shift = (self.either(leaf, part, name) for name in ("if_constant", "floor", "shift"))
        part.close()
        kept = None if constant in (None, "drop") else leaf.checked(constant, "if_constant")
        return r.Normalise(
            method,
            tuple(how.items()),
            kept,
            None if floor is None else leaf.checked(floor, "floor"),
            0.0 if shift is None else leaf.checked(shift, "shift"),
        )

    def goalposts(self, part: Part, method: str, how: Mapping[str, r.Parameter], stated: str) -> None:
        worst, best = float(how["worst"]), float(how["best"])  # type: ignore[arg-type]
        if worst == best:
            part.fail(f"is {best:g}, the same as worst: nothing lies between them", "best")
        if method == "log_goalposts" and min(worst, best) <= 0:
            part.fail("is to be above 0: goalposts of logarithms are", "worst" if worst <= 0 else "best")
        if stated and (stated == r.LOWER) != (best < worst):
            self.notices.append(f"{part.path}: worst and best say which way is good, not the direction “{stated}”")

    @staticmethod
    def either(leaf: Part, part: Part, name: str) -> Any:
        """Stated beside the method or inside it, but not twice."""
        if leaf.has(name) and part.has(name):
            part.fail("is given twice, here and on the indicator", name)
        return leaf.get(name, part.get(name))


def _range(part: Part, name: str) -> tuple[float, float]:
    found = part.must(name)
    if not isinstance(found, list) or len(found) != 2:
        part.fail("is to be two numbers, [from, to]", name)
    low, high = (part.checked(end, f"{name}[{at}]") for at, end in enumerate(found))
    if low == high:
        part.fail("begins and ends at the same number", name)
    return low, high


def _cap(part: Part, name: str) -> bool | float:
    """True caps at 1; a number caps there."""
    found = part.must(name)
    return found if isinstance(found, bool) else part.checked(found, name)


def _period(part: Part, name: str) -> str:
    found = part.must(name)
    return str(found) if isinstance(found, int) and not isinstance(found, bool) else part.text(name)


def _clip(part: Part, name: str) -> str:
    return part.one_of(name, ("none", "top", "both"), "none")


_PARAMETERS: dict[str, Any] = {"range": _range, "cap": _cap, "period": _period, "clip": _clip, "unit": Part.text}
