"""Other ways to make the same index: its scales, means and fills exchanged, for draws and for sensitivity."""

from dataclasses import dataclass, replace
from itertools import product

from indicators.composite import recipe as r
from indicators.composite.index import Index, barred, compute
from indicators.composite.leaves import Leaves
from indicators.composite.panel import Codes, Marks, Numbers
from indicators.composite.refusal import Refused
from indicators.composite.tree import Walk

OTHER_SCALES = (
    r.Normalise("minmax", (("range", (1.0, 100.0)),)),
    r.Normalise("zscore", (("mean", 50.0), ("sd", 10.0))),
    r.Normalise("rank"),
)
OTHER_MEANS = (r.ARITHMETIC, r.GEOMETRIC)
NO_FILL = r.Fill("none")
Choice = tuple[r.Normalise | None, str | None, r.Fill | None]  # scale, mean, fill; None as in the recipe


@dataclass(frozen=True)
class Variant:
    name: str
    recipe: r.Recipe
    leaves: Leaves
    bars: Marks


def choices(index: Index) -> tuple[tuple[r.Normalise | None, ...], tuple[str | None, ...], tuple[r.Fill | None, ...]]:
    """What the recipe asks to vary, each way beginning with its own."""
    vary = index.recipe.uncertainty.vary
    by_group = (r.Fill("group_mean"),) if index.panel.groups else ()
    return (
        (None, *OTHER_SCALES) if "normalise" in vary else (None,),
        (None, *OTHER_MEANS) if "aggregate" in vary else (None,),
        (None, NO_FILL, *by_group) if "fill" in vary else (None,),
    )


def variant(index: Index, choice: Choice) -> Variant:
    """Refused where the combination is not defined."""
    scale, mean, fill = choice
    name = ", ".join(part for part in (scale and scale.method, mean, fill and f"fill {fill.method}") if part)
    changed = replace(index.recipe, tree=r.mapped(index.recipe.tree, lambda node: _varied(node, scale, mean, fill)))
    found = index.leaves
    if changed.tree != index.recipe.tree:
        try:
            found = compute(changed, index.panel).leaves
        except Refused as refused:
            raise Refused(f"{name} ({refused})") from None
    return Variant(name, changed, found, barred(changed, found))


def variants(index: Index) -> tuple[list[Variant], list[str]]:
    """The recipe itself and every different combination that can be worked out; what cannot is said."""
    found, notices = list[Variant](), list[str]()
    for choice in product(*choices(index)):
        try:
            one = variant(index, choice)
        except Refused as refused:
            notices.append(f"left out of the draws: {refused}")
        else:
            if all(one.recipe.tree != other.recipe.tree for other in found):
                found.append(one)
    return found, notices


def draws_of(index: Index, of: Variant, period: int, drawn: dict[str, Numbers], left_out: Codes) -> Walk:
    """A walk of one period whose rows are draws: `drawn` weights by node, and the leaf left out (no leaf: -1)."""
    names, dropped = of.leaves.codes, of.leaves.dropped[:, period]
    return Walk(
        recipe=of.recipe,
        panel=index.panel,
        leaves={code: of.leaves.scores[at][period][None] for at, code in enumerate(names)},
        weights=lambda node: drawn[node.code],
        rows=len(left_out),
        out={code: (left_out == at) | dropped[at] for at, code in enumerate(names)},
        barred=of.bars[min(period, len(of.bars) - 1)][None],
        group_of=index.panel.group_of[period][None],
        period=period,
    )


def _varied(node: r.Node, scale: r.Normalise | None, mean: str | None, fill: r.Fill | None) -> r.Node:
    leaf = node.leaf
    if leaf and fill:
        leaf = replace(leaf, fill=None if fill is NO_FILL else fill)
    if leaf and scale:
        worst, best = (leaf.normalise.number(name) for name in ("worst", "best"))
        direction = leaf.direction if worst == best else r.LOWER if best < worst else r.HIGHER
        leaf = replace(leaf, normalise=replace(scale, floor=leaf.normalise.floor), direction=direction)
    changed = replace(node, leaf=leaf)
    if fill is NO_FILL and node.children:
        changed = replace(changed, missing=replace(node.missing, rule=r.RENORMALISE))
    if mean and node.children and node.aggregate != r.COPELAND:
        changed = replace(changed, aggregate=mean, power=1.0)
    return changed
