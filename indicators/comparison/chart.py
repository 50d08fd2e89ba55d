"""The line chart of a comparison: one indicator, one series, a line for each city, coloured by its position."""

from collections import defaultdict
from html import unescape

from django.utils.translation import gettext as _

from indicators import numbers, periods
from indicators.comparison.phrases import name
from indicators.drawing import points
from indicators.figures import present
from indicators.profile import trend
from indicators.words import listed, localized

YEARS = 3


def by_year(page, indicator, series):
    """Place → year → row of one series; only whole years with a value that no known problem shuts out."""
    found = defaultdict(dict)
    for row in page.by_series[indicator.pk, series]:
        if row.period_precision == periods.YEAR and row.claim.has_value and not page.notes.excludes(row):
            found[row.place_id][row.period_end.year] = row
    return found


def able(page):
    """(indicator, years by place) of every comparison over time: three years that two cities have in common."""
    found = []
    for line in page.lines:
        years = by_year(page, line.indicator, line.pairing.anchor.series)
        long = [set(mine) for mine in years.values() if len(mine) >= YEARS]
        if len(long) > 1 and len(set.intersection(*sorted(long, key=len)[-2:])) >= YEARS:
            found.append((line, years))
    return found


def chart(page):
    """The one `chart=` names, else the first that can be drawn; None where nothing can."""
    lines, asked = able(page), page.query.get("chart")
    fitting = [found for found in lines if asked in (None, found[0].indicator.slug)]
    if asked and not fitting:
        page.notices.append(_("“%(value)s” cannot be drawn over time for these cities.") % {"value": asked})
    if not fitting:
        return None
    line, years = fitting[0]
    return _drawn(page, line, years) | {
        "choices": [
            {
                "slug": one.indicator.slug,
                "label": localized(one.indicator, "name"),
                "current": one.indicator == line.indicator,
            }
            for one, _years in lines
        ],
        "topic": line.indicator.topic,
    }


def _drawn(page, line, years):
    indicator = line.indicator
    unit = numbers.shown_unit(indicator)
    every = sorted({year for mine in years.values() for year in mine})
    data, rows, drawn = [], [], []
    for at, place in enumerate(page.places, 1):
        mine = [row for _year, row in sorted(years.get(place.pk, {}).items())]
        if mine:
            data.append({"name": name(place), "colour": at, "points": [trend.point(row) for row in mine]})
            rows.append({"name": name(place), "figures": [present(row) for row in mine]})
            drawn += mine
    told = {"indicator": localized(indicator, "name"), "first": every[0], "last": every[-1]}
    told["places"] = unescape(listed(name(place) for place in page.places if place.pk in years))
    return {
        "id": "over-time",
        "title": _("%(indicator)s of %(places)s, %(first)s–%(last)s") % told,
        "subtitle": unit,
        "data": {"type": "line", "labels": [str(year) for year in every], "series": data, "unit": unit},
        "rows": rows,
        "table_id": "over-time-figures",
        **points.source_line(drawn),
    }
