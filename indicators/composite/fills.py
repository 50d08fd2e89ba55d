"""Filling gaps. Each function returns the table with gaps filled where its rule allows; the rest stays missing."""

import numpy as np

from indicators.composite.panel import NO_GROUP, Codes, Numbers, Panel
from indicators.composite.recipe import Fill


def fill(values: Numbers, rule: Fill, panel: Panel, path: str) -> Numbers:
    if rule.method == "last":
        return last(values, panel.times, rule.max_age)
    if rule.method == "linear":
        return linear(values, panel.times)
    gaps = np.isnan(values) & panel.listed  # a unit without any row in a period is not made up
    panel.need_groups(gaps, path)
    of_group = group_centre(values, panel.group_of, len(panel.groups), median=rule.method == "group_median")
    return np.where(gaps, of_group, values)


def group_centre(values: Numbers, group_of: Codes, groups: int, *, median: bool = False) -> Numbers:
    """For every cell the mean or median of what its group has in that row; NaN where the group has nothing."""
    found = np.full(values.shape, np.nan)
    present = ~np.isnan(values)
    if not median:
        rows = np.arange(len(values))[:, None] * groups
        at = np.where(group_of == NO_GROUP, 0, group_of) + rows
        use = present & (group_of != NO_GROUP)
        size = len(values) * groups
        sums = np.bincount(at[use], weights=values[use], minlength=size)
        counts = np.bincount(at[use], minlength=size)
        means = np.divide(sums, counts, out=np.full(size, np.nan), where=counts > 0)
        return np.where(group_of == NO_GROUP, np.nan, means[at])
    for row in range(len(values)):
        for group in range(groups):
            inside = group_of[row] == group
            if (inside & present[row]).any():
                found[row, inside] = np.median(values[row, inside & present[row]])
    return found


def last(values: Numbers, times: Numbers, max_age: int | None = None) -> Numbers:
    """The last earlier value, if it is at most `max_age` years old (steps, where periods are not years)."""
    at = np.where(np.isnan(values), -1, np.arange(len(values))[:, None])
    at = np.maximum.accumulate(at, axis=0)
    age = times[:, None] - times[np.maximum(at, 0)]
    usable = (at >= 0) & (age <= (np.inf if max_age is None else max_age))
    return np.where(usable, np.take_along_axis(values, np.maximum(at, 0), axis=0), np.nan)


def linear(values: Numbers, times: Numbers) -> Numbers:
    """On the line between the neighbouring values; before the first and after the last value flat."""
    found = values.copy()
    for unit in range(values.shape[1]):
        known = ~np.isnan(values[:, unit])
        if known.any():
            found[~known, unit] = np.interp(times[~known], times[known], values[known, unit])
    return found
