"""Ranks of scores. The one ranking of claims is `indicators/rankings.py`; it weighs bounds in exact decimals, one
place at a time. Scores are plain binary numbers in their tens of thousands (a rank a unit, period and draw), and
two equal cities may differ in the last binary place: hence whole tables at once and ties within a hair.
"""

import numpy as np

from indicators.composite.panel import Codes, Marks, Numbers

HAIR = 1e-12  # of the larger of two neighbours; scores this close are equal
DUST = 1e-15  # of the largest score: around zero


def ranks(scores: Numbers, *, ties: str = "competition", best: str = "high") -> Numbers:
    """Ranks along the last axis; NaN where there is no score. `ordinal` breaks ties by place, that is by unit."""
    keys = scores if best == "low" else -scores
    order = np.argsort(keys, axis=-1, kind="stable")  # NaN comes last
    sorted_ = np.take_along_axis(keys, order, axis=-1)
    places = np.broadcast_to(np.arange(1.0, scores.shape[-1] + 1), scores.shape)
    starts = np.ones(scores.shape, dtype=bool)
    starts[..., 1:] = ~_close(sorted_)
    first = np.maximum.accumulate(np.where(starts, places, 0), axis=-1)
    if ties == "ordinal":
        order = _by_unit_within_ties(order, first)
    if ties in ("modified", "fractional"):
        ends = np.concatenate([starts[..., 1:], np.ones((*scores.shape[:-1], 1), dtype=bool)], axis=-1)
        last = np.where(ends, places, np.inf)[..., ::-1]
        last = np.minimum.accumulate(last, axis=-1)[..., ::-1]
        found = last if ties == "modified" else (first + last) / 2
    else:
        found = {"competition": first, "dense": np.cumsum(starts, axis=-1, dtype=float), "ordinal": places}[ties]
    given = np.empty(scores.shape)
    np.put_along_axis(given, order, found, axis=-1)
    given[np.isnan(scores)] = np.nan
    return given


def _by_unit_within_ties(order: Codes, first: Numbers) -> Codes:
    """Equal scores in the order of the units, even where they differ by a hair."""
    inside = np.lexsort((order, first), axis=-1)
    return np.take_along_axis(order, inside, axis=-1)


def _close(sorted_: Numbers) -> Marks:
    """Which neighbours of a sorted table are equal; a missing score equals nobody."""
    left, right = sorted_[..., :-1], sorted_[..., 1:]
    size = np.maximum(np.abs(left), np.abs(right))
    with np.errstate(invalid="ignore"):
        dust = DUST * np.nanmax(np.abs(sorted_), axis=-1, keepdims=True, initial=0.0)
        close: Marks = right - left <= np.maximum(HAIR * size, dust)
    return close


def places(keys: Numbers) -> tuple[Codes, bool]:
    """Competition places of many draws at once, small key first, and whether any score was missing.

    One sort a row. Ties are looked for in the sorted table; in most blocks of draws there are none and the order is
    the answer.
    """
    order = np.argsort(keys, axis=1)
    sorted_ = np.take_along_axis(keys, order, axis=1)
    count = keys.shape[1]
    numbers = np.broadcast_to(np.arange(1, count + 1), keys.shape)
    missing = bool(np.isnan(sorted_[:, -1]).any())
    ends = sorted_ if missing else sorted_[:, [0, -1]]
    top = float(np.fmax.reduce(np.abs(ends), axis=None, initial=0.0))
    gap = sorted_[:, 1:] - sorted_[:, :-1]
    if bool((gap <= HAIR * top).any()):  # perhaps ties: look closely
        starts = np.ones(keys.shape, dtype=bool)
        starts[:, 1:] = ~_close(sorted_)
        numbers = np.maximum.accumulate(np.where(starts, numbers, 0), axis=1)
    given = np.empty(keys.shape, dtype=np.int64)
    np.put_along_axis(given, order, numbers, axis=1)
    return given, missing
