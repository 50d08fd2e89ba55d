"""What a ranking page says of change: against a baseline year, and over the years of a series."""

from functools import cached_property
from math import ceil

from indicators import change, periods, rankings
from indicators.comparability import COMPARABLE, LEVELS, NOT_COMPARABLE, difference, judge, rounded_percent
from indicators.figures import basis
from indicators.rankings import Rank


def valued(page, rows):
    """Place → claim, for figures that take part in ranks."""
    return {row.place_id: row.claim for row in rows if row.claim.has_value and not page.notes.excludes(row)}


def printed(page, rows):
    """Place → the rank its source prints, for the same."""
    ranked = [row for row in rows if row.published_rank and not page.notes.excludes(row)]
    return {row.place_id: Rank(row.published_rank, row.published_rank_to or row.published_rank) for row in ranked}


class Baseline:
    """The figures of another year beside those of the page, and how far the two may be compared."""

    @classmethod
    def against(cls, page, key):
        """In the series that compares best; None where no series has three of the cities in that year."""
        here = {row.place_id for row in page.chosen}
        found = []
        for series in page.all_series:
            rows = page.figures(series, key)
            if len(here & {row.place_id for row in rows}) >= rankings.FEWEST:
                found.append(cls(page, key, series, rows))
        return max(found, key=lambda one: LEVELS.index(one.judgement.level), default=None)

    def __init__(self, page, key, series, rows):
        self.page, self.key, self.series = page, key, series
        self.rows = {row.place_id: row for row in rows}
        self.judgement = judge(basis(page.chosen[0]), basis(rows[0]), over_time=True)

    @cached_property
    def is_printed(self):
        """Ranks of the source are compared where it ranks in both years; else those worked out here."""
        now, then = printed(self.page, self.page.chosen), printed(self.page, self.rows.values())
        return len(now.keys() & then.keys()) >= rankings.FEWEST

    @cached_property
    def change(self):
        page, then = self.page, list(self.rows.values())
        if self.is_printed:
            return change.printed(printed(page, then), printed(page, page.chosen))
        return change.compare(
            valued(page, then),
            valued(page, page.chosen),
            direction=page.indicator.direction,
            group_size=page.size,
            minimum_coverage=page.indicator.minimum_coverage,
        )

    @property
    def shifts(self):
        return {} if self.judgement.level == NOT_COMPARABLE else self.change.shifts

    def value_change(self, row):
        """(difference, change in %) of two figures that may be compared; (None, None) where they are withheld."""
        before = self.rows.get(row.place_id)
        if self.judgement.level != COMPARABLE or before is None or self.page.notes.excludes(before):
            return None, None
        percent = rounded_percent(row.claim, before.claim) if row.series.indicator.unit != "%" else None
        return difference(row.claim, before.claim), percent


def baselines(page):
    """The years that can stand beside the page's, each with its level, newest first."""
    if page.period == "latest" or not page.chosen:
        return []
    keys = {key for series in page.all_series for key in page.periods_of(series)} - {page.period, periods.UNDATED}
    found = [(key, Baseline.against(page, key)) for key in keys]
    found = [(key, one) for key, one in found if one and one.shifts]
    return sorted(found, key=lambda pair: periods.sort_key(periods.parse(pair[0])), reverse=True)


class History:
    """Ranks over the years of one series, among the same cities throughout. `found` is None where there is none."""

    @classmethod
    def found(cls, page):
        """In the page's series, else in the first one that has three years."""
        first = [page.series] if page.series else []
        for series in [*first, *(one for one in page.all_series if one != page.series)]:
            one = cls(page, series)
            if one.years:
                return one
        return None

    def __init__(self, page, series):
        self.page, self.series, self.years = page, series, []
        keys = [key for key in reversed(page.periods_of(series)) if periods.parse(key).precision == periods.YEAR]
        if len(keys) < change.FEWEST_PERIODS:
            return
        figures = [page.figures(series, key) for key in keys]
        self.is_printed = len(printed(page, figures[-1])) >= rankings.FEWEST
        told = [(printed if self.is_printed else valued)(page, rows) for rows in figures]
        span = change.longest_span([frozenset(one) for one in told], self._needed())
        if span is None:
            return
        run = slice(span[0], span[1] + 1)
        self.years, told = keys[run], told[run]
        self.figures = [{row.place_id: row for row in rows} for rows in figures[run]]
        self.ranks = self._ranks(told)
        self.shifts = {key: change.Shift(ranks[0], ranks[-1]) for key, ranks in self.ranks.items()}
        self.up, self.down = change.movers(self.shifts)

    def _needed(self):
        if self.is_printed:
            return rankings.FEWEST
        return max(rankings.FEWEST, ceil(self.page.indicator.minimum_coverage * (self.page.size or 0)))

    def _ranks(self, told):
        if not self.is_printed:
            return change.history(told, direction=self.page.indicator.direction)
        rows = {key: [one[key] for one in told] for key in told[-1] if all(key in one for one in told)}
        return dict(sorted(rows.items(), key=lambda item: (item[1][-1].best, item[1][-1].worst)))
