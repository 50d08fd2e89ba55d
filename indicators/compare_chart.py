"""The line chart of a comparison: one indicator, one series, a line for each city, coloured by its position."""

from collections import defaultdict

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from indicators import charts, periods
from indicators.compare_words import listed, name
from indicators.figures import present
from indicators.numbers import shown_unit
from indicators.words import in_chinese, localized

YEARS = 3


def by_year(page, indicator, series):
    """Place → year → row of one series; only whole years with a number."""
    found = defaultdict(dict)
    for row in page.by_series[indicator.pk, series]:
        if row.period_precision == periods.YEAR and row.claim.point is not None:
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
    lines = able(page)
    asked = page.query.get("chart")
    if not lines:
        return None
    line, years = next(((line, years) for line, years in lines if line.indicator.slug == asked), lines[0])
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
    factor = indicator.shown_factor_zh if in_chinese() else indicator.shown_factor
    every = sorted({year for mine in years.values() for year in mine})
    span = range(every[0], every[-1] + 1)
    lines, data, rows = [], [], []
    for place in page.places:
        mine = years.get(place.pk, {})
        points = [charts.Point(year, _height(mine.get(year), factor), _open(mine.get(year))) for year in span]
        lines.append(charts.Line(name(place), points))
        data.append({"name": name(place), "points": [_point(row, factor) for _y, row in sorted(mine.items())]})
        rows.append({"name": name(place), "figures": [present(row) for _y, row in sorted(mine.items())]})
    told = {"indicator": localized(indicator, "name"), "first": every[0], "last": every[-1]}
    told["places"] = listed(name(place) for place in page.places if place.pk in years)
    unit, source = shown_unit(indicator), line.common[0].source
    return {
        "id": "over-time",
        "title": _("%(indicator)s of %(places)s, %(first)s–%(last)s") % told,
        "subtitle": unit,
        "svg": SafeString(charts.lines(lines, labels={year: str(year) for year in span})),
        "data": {"type": "line", "labels": [str(year) for year in span], "series": data, "unit": unit},
        "rows": rows,
        "table_id": "over-time-figures",
        "source": localized(source, "title"),
        "source_url": source.get_absolute_url(),
        "source_meta": localized(source.publisher, "name"),
    }


def _height(row, factor):
    return None if row is None else float(row.claim.point / factor)


def _open(row):
    return bool(row and row.kind != "exact")


def _point(row, factor):
    words = present(row)
    return {
        "x": str(row.period_end.year),
        "y": float(row.claim.point / factor),
        "kind": charts.POINT.get(row.kind, "exact"),
        "label": words["spoken"],
        "url": words["url"],
    }
