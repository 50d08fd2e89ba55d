"""The line chart of a profile: one indicator over the years, a line for each series."""

from collections import defaultdict

from django.utils.translation import gettext as _

from indicators import periods
from indicators.drawing import points
from indicators.figures import present
from indicators.numbers import claim_text, shown_unit
from indicators.words import localized


def chart(place, by_indicator, chosen):
    """A line for each series of the first indicator that has three years or more; no line crosses a series."""
    for indicator in [*chosen, *by_indicator]:
        rows = [r for r in by_indicator[indicator] if r.period_precision == periods.YEAR and r.claim.has_value]
        by_series = defaultdict(dict)
        for row in rows:
            by_series[row.series][row.period_end.year] = row
        by_series = {series: years for series, years in by_series.items() if len(years) > 1}
        told = {row.claim for years in by_series.values() for row in years.values()}  # a flat line tells nothing
        if max(map(len, by_series.values()), default=0) >= 3 and len(told) > 1:
            return _line_chart(place, indicator, by_series)
    return None


def _line_chart(place, indicator, by_series):
    all_years = sorted({year for years in by_series.values() for year in years})
    span = range(all_years[0], all_years[-1] + 1)
    data, names = [], [localized(series, "vintage") for series in by_series]
    rows = [row for years in by_series.values() for _year, row in sorted(years.items())]
    for series, years in by_series.items():
        name = localized(series, "vintage")
        if not name or names.count(name) > 1:
            name = localized(series, "name")
        data.append({"name": name, "points": [point(row) for row in years.values()]})
    title = {"indicator": localized(indicator, "name"), "place": localized(place, "name")}
    title |= {"first": all_years[0], "last": all_years[-1]}
    return {
        "id": "trend",
        "title": _("%(indicator)s of %(place)s, %(first)s–%(last)s") % title,
        "subtitle": shown_unit(indicator),
        "data": {"type": "line", "labels": [str(y) for y in span], "series": data, "unit": shown_unit(indicator)},
        "rows": [present(row) for row in rows],
        "breaks": [localized(s, "break_note") for s in by_series if s.break_note],
        "table_id": "trend-figures",
        "indicator": indicator,
        "topic": rows[0].series.indicator.topic,
        **points.source_line(rows),
    }


def point(row):
    """A year's figure with both its ends; the axis says its unit."""
    words = claim_text(row.claim, row.series.indicator).spoken
    return points.saved(row) | {"x": str(row.period_end.year), "label": words}
