"""Which cities are nearest in size: by the larger of the ratios between their measures."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

SHOWN = 4
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Near:
    """`times`: no measure of the two cities differs by more than this factor (1 and above)."""

    key: Hashable
    times: Decimal


def nearest(own: Sequence[Decimal | None], others: Mapping[Hashable, Sequence[Decimal | None]]) -> list[Near]:
    """The four cities nearest in every measure at once: the larger ratio counts, which is the larger log-distance.

    Cities of which a measure is missing take no part; fewer than three neighbours are none.
    """
    if not own or any(value is None or value <= 0 for value in own):
        return []
    found = []
    for key, values in others.items():
        pairs = [(mine, value) for mine, value in zip(own, values, strict=True) if mine and value and value > 0]
        if len(pairs) == len(own):
            found.append(Near(key, max(max(mine, value) / min(mine, value) for mine, value in pairs)))
    found.sort(key=lambda near: (near.times, str(near.key)))
    return found[:SHOWN] if len(found) >= FEWEST else []
