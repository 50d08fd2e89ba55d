"""A recipe: how an index is made, as data. The tree names what is measured, each node how it is put together.

Every object is frozen; a scenario is a second recipe (`reweighted`), never a changed one. What a JSON text must
look like to become a recipe stands in `indicators/composite/reading.py`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from indicators.composite.refusal import Refused

ARITHMETIC, GEOMETRIC, HARMONIC, POWER, COPELAND = "arithmetic", "geometric", "harmonic", "power", "copeland"
PER_PERIOD, POOLED = "per_period", "pooled"
REQUIRE_ALL, RENORMALISE = "require_all", "renormalise"
COUNT, WEIGHT = "count", "weight"
RAW, NORMALISED = "raw", "normalised"
HIGHER, LOWER = "higher", "lower"
LOW = "low"

Parameter = float | str | bool | tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Normalise:
    """`how` holds what the method asks for: worst, best, clip, range, mean, sd, unit, target, cap, period, base."""

    method: str
    how: tuple[tuple[str, Parameter], ...] = ()
    if_constant: float | None = None  # None: the indicator drops out of the set
    floor: float | None = None
    shift: float = 0.0

    def number(self, name: str, default: float = 0.0) -> float:
        found = dict(self.how).get(name, default)
        return float(found) if isinstance(found, (int, float)) else default

    def text(self, name: str) -> str:
        found = dict(self.how).get(name)
        return found if isinstance(found, str) else ""

    @property
    def range(self) -> tuple[float, float]:
        found = dict(self.how).get("range")
        return found if isinstance(found, tuple) else (0.0, 100.0)


@dataclass(frozen=True, slots=True)
class Per:
    """A ratio: the figure over `indicator` of `lag` periods (years, where periods are years) before, times `scale`."""

    indicator: str
    scale: float = 1.0
    lag: int = 0


@dataclass(frozen=True, slots=True)
class Fill:
    method: str
    on: str = RAW
    max_age: int | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    indicator: str
    normalise: Normalise
    direction: str = HIGHER
    per: Per | None = None
    fill: Fill | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    rule: str = REQUIRE_ALL
    min_coverage: float = 0.0
    coverage_by: str = COUNT


@dataclass(frozen=True, slots=True)
class Transform:
    method: str
    of: tuple[str, ...]
    scale: float = 1.0
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class Node:
    """A leaf, a mean of children, or a transform of other nodes. `path` is where it stands in the JSON."""

    code: str
    path: str
    weight: float = 1.0
    leaf: Leaf | None = None
    aggregate: str = ARITHMETIC
    power: float = 1.0
    missing: Missing = Missing()
    transform: Transform | None = None
    round: int | None = None
    blend: float | None = None  # share of the group's mean
    children: tuple["Node", ...] = ()

    def walk(self) -> Iterator["Node"]:
        """Itself and everything below, children before their parent."""
        for child in self.children:
            yield from child.walk()
        yield self

    @property
    def weighed(self) -> tuple["Node", ...]:
        """The children that count: a weight of zero is the same as not being there."""
        return tuple(child for child in self.children if child.weight > 0)

    def shares(self) -> dict[str, float]:
        total = sum(child.weight for child in self.weighed)
        return {child.code: child.weight / total for child in self.weighed}


@dataclass(frozen=True, slots=True)
class Outliers:
    max_points: int = 5
    skewness: float = 2.0
    kurtosis: float = 3.5
    log: str = "shifted"


@dataclass(frozen=True, slots=True)
class Ranking:
    ties: str = "competition"
    on: str = "unrounded"
    best: str = "high"


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """JRC: weight x U(1-delta, 1+delta). Dirichlet: shares around the recipe's; delta 1 and equal weights: any."""

    noise: str = "jrc"
    delta: float = 0.25
    vary: tuple[str, ...] = ()
    top_n: int = 10


@dataclass(frozen=True, slots=True)
class Recipe:
    tree: Node
    title: str = ""
    limits: str = PER_PERIOD
    outliers: Outliers | None = None
    rounding: str = "half_up"
    rank: Ranking = Ranking()
    min_unit_coverage: float = 0.0
    uncertainty: Uncertainty = Uncertainty()
    notices: tuple[str, ...] = field(default=(), compare=False)

    @property
    def nodes(self) -> dict[str, Node]:
        return {node.code: node for node in self.tree.walk()}

    @property
    def leaves(self) -> list[Node]:
        return [node for node in self.tree.walk() if node.leaf]


def depends_on(node: Node) -> tuple[str, ...]:
    """The codes a node is worked out from."""
    return node.transform.of if node.transform else tuple(child.code for child in node.weighed)


def in_order(recipe: Recipe) -> list[Node]:
    """Every node after the nodes it is worked out from; a circle is refused."""
    nodes, done, open_ = recipe.nodes, dict[str, Node](), list[str]()

    def visit(code: str) -> None:
        if code in open_:
            circle = " → ".join([*open_[open_.index(code) :], code])
            raise Refused(f"the nodes are worked out from each other: {circle}", nodes[code].path)
        if code in done:
            return
        open_.append(code)
        for other in depends_on(nodes[code]):
            visit(other)
        open_.pop()
        done[code] = nodes[code]

    for code in nodes:
        visit(code)
    return list(done.values())


def leaves_under(recipe: Recipe) -> dict[str, frozenset[str]]:
    """The leaves that count for each node, itself for a leaf."""
    found: dict[str, frozenset[str]] = {}
    for node in in_order(recipe):
        parts = (found[code] for code in depends_on(node))
        found[node.code] = frozenset({node.code}) if node.leaf else frozenset().union(*parts)
    return found


def mapped(node: Node, change: Callable[[Node], Node]) -> Node:
    """The same tree with `change` made to every node."""
    return change(replace(node, children=tuple(mapped(child, change) for child in node.children)))


def reweighted(recipe: Recipe, weights: Mapping[str, float]) -> Recipe:
    """A scenario: the same recipe under other weights; 0 leaves a node out."""
    for code, weight in weights.items():
        if code not in recipe.nodes:
            raise Refused(f"no node is called “{code}”")
        if not 0 <= weight < float("inf"):
            raise Refused(f"a weight is zero or more, not {weight}", recipe.nodes[code].path)
    tree = mapped(recipe.tree, lambda node: replace(node, weight=float(weights.get(node.code, node.weight))))
    for node in tree.walk():
        if node.children and not node.weighed:
            raise Refused("the weights of its children are all zero", node.path)
    return replace(recipe, tree=tree)
