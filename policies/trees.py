"""Rows that stand under one another, as trees."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Node:
    provision: Any
    children: "list[Node]" = field(default_factory=list)


def nested(provisions: Iterable[Any]) -> list[Node]:
    """The trees, in the order given; what stands under nothing of these is at the top."""
    nodes = {provision.pk: Node(provision) for provision in provisions}
    top: list[Node] = []
    for node in nodes.values():
        above = nodes.get(node.provision.parent_id)
        (above.children if above else top).append(node)
    return top


def outline(nodes: Iterable[Node], depth: int = 0) -> Iterator[tuple[Any, int]]:
    """Each with how deep it stands, from the top down."""
    for node in nodes:
        yield node.provision, depth
        yield from outline(node.children, depth + 1)
