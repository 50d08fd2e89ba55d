"""The data: figures by indicator, period and unit, with the group each unit belongs to.

Units and periods are put in order here, so that no result depends on the order of the rows. NaN stands for a missing
figure and for nothing else: what cannot be worked out is refused, or drops out with a notice.
"""

import csv
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.composite.refusal import Refused

Numbers = NDArray[np.float64]
Marks = NDArray[np.bool_]
Codes = NDArray[np.int64]

COLUMNS = ("unit", "period", "indicator", "value")
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
NO_GROUP = -1


@dataclass(frozen=True)
class Panel:
    """`values[indicator]` is a table of periods by units; `listed` marks the units a period has any row of."""

    units: tuple[str, ...]
    periods: tuple[str, ...]
    values: dict[str, Numbers]
    listed: Marks
    group_of: Codes  # periods by units, numbers into `groups`; NO_GROUP where none is stated
    groups: tuple[str, ...] = ()

    @property
    def times(self) -> Numbers:
        """Where periods stand in time: years where all are whole numbers, else their places in order."""
        if all(re.fullmatch(r"-?[0-9]+", period) for period in self.periods):
            return np.array([int(period) for period in self.periods], dtype=np.float64)
        return np.arange(len(self.periods), dtype=np.float64)

    def cell(self, at: tuple[int, int]) -> str:
        period, unit = at
        return f"{self.units[unit]}, {self.periods[period]}"

    def of(self, indicator: str, path: str) -> Numbers:
        if indicator not in self.values:
            raise Refused(f"the data have no row about “{indicator}”", path)
        return self.values[indicator]

    def need_groups(self, cells: Marks, path: str) -> None:
        """Where a group's mean is wanted its group must be known."""
        if not self.groups:
            raise Refused("needs groups, but the data have no column “group”", path)
        lost = np.argwhere(cells & (self.group_of == NO_GROUP))
        if lost.size:
            raise Refused(f"needs groups, but {self.cell(tuple(lost[0]))} has none", path)


Row = tuple[str, str, str, float, str]


def by_time(periods: Iterable[str]) -> list[str]:
    """Years by number, everything else by name."""
    found = list(periods)
    if all(re.fullmatch(r"-?[0-9]+", period) for period in found):
        return sorted(found, key=lambda period: (int(period), period))
    return sorted(found)


def build(rows: Iterable[Row]) -> Panel:
    """From (unit, period, indicator, value or NaN, group or empty); a cell given twice is refused."""
    cells: dict[str, dict[tuple[str, str], float]] = {}
    groups: dict[tuple[str, str], str] = {}
    for unit, period, indicator, value, group in rows:
        of_indicator = cells.setdefault(indicator, {})
        if (unit, period) in of_indicator:
            raise Refused(f"{unit}, {period}, {indicator} is given twice")
        of_indicator[unit, period] = value
        if groups.setdefault((unit, period), group) != group:
            if group and groups[unit, period]:
                raise Refused(f"{unit}, {period} is in two groups, “{groups[unit, period]}” and “{group}”")
            groups[unit, period] = group or groups[unit, period]
    units = tuple(sorted({unit for unit, _ in groups}))
    periods = tuple(by_time({period for _, period in groups}))
    unit_at, period_at = ({name: at for at, name in enumerate(names)} for names in (units, periods))
    shape = (len(periods), len(units))
    values, listed = {}, np.zeros(shape, dtype=bool)
    for indicator, given in cells.items():
        table = np.full(shape, np.nan)
        at = ([period_at[period] for _, period in given], [unit_at[unit] for unit, _ in given])
        table[at] = list(given.values())
        listed[at] = True
        values[indicator] = table
    names = tuple(sorted(set(groups.values()) - {""}))
    group_of = np.full(shape, NO_GROUP, dtype=np.int64)
    number = {name: at for at, name in enumerate(names)} | {"": NO_GROUP}
    for (unit, period), name in groups.items():
        group_of[period_at[period], unit_at[unit]] = number[name]
    _spread(group_of)
    return Panel(units, periods, values, listed, group_of, names)


def _spread(group_of: Codes) -> None:
    """A unit that is in one group whenever it is in any belongs to it in the periods that do not say."""
    for unit in range(group_of.shape[1]):
        column = group_of[:, unit]
        known = set(column[column != NO_GROUP].tolist())
        if len(known) == 1:
            column[:] = known.pop()


def read(lines: Iterable[str]) -> Panel:
    """The panel of a CSV text: unit, period, indicator, value and perhaps group; an empty value is missing."""
    reader = csv.DictReader(lines)
    names = [(name or "").strip() for name in reader.fieldnames or ()]
    if missing := [name for name in COLUMNS if name not in names]:
        raise Refused(f"the data have no column {', '.join(missing)}; they need {', '.join(COLUMNS)}")
    if twice := [name for name in (*COLUMNS, "group") if names.count(name) > 1]:
        raise Refused(f"the data have the column {twice[0]} twice")
    reader.fieldnames = names

    def rows() -> Iterable[Row]:
        for row in reader:
            if None in row:
                raise Refused(f"line {reader.line_num} has more cells than the first line")
            unit, period, indicator, value, group = ((row.get(name) or "").strip() for name in (*COLUMNS, "group"))
            for name, text in (("unit", unit), ("period", period), ("indicator", indicator)):
                if not text:
                    raise Refused(f"line {reader.line_num} has no {name}")
            yield unit, period, indicator, number(value, f"line {reader.line_num}"), group

    try:
        panel = build(rows())
    except csv.Error as error:
        raise Refused(f"line {reader.line_num} of the data is no CSV: {error}") from None
    if not panel.units:
        raise Refused("the data have no rows")
    return panel


def number(text: str, where: str) -> float:
    """NaN for an empty text; anything but a finite number is refused."""
    if not text:
        return math.nan
    if not NUMBER.fullmatch(text) or math.isinf(float(text)):
        raise Refused(f"{where}: “{text[:40]}” is not a number")
    return float(text)
