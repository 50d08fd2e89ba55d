"""Targets drawn on the chart of the indicator that measures them: one mark at the date, as strong as its words."""

from django.utils.translation import gettext as _

from indicators import periods
from indicators.drawing import points
from indicators.numbers import factor, shown_unit
from indicators.profile.trend import point
from indicators.words import localized
from policies import promises
from policies.models import Target


def is_drawn(target):
    """A level in the indicator's unit with a year."""
    plain = target.measure in (Target.Measure.LEVEL, Target.Measure.SHARE)
    has_number = target.low is not None or target.high is not None
    return bool(plain and has_number and target.period_end and target.unit == target.indicator.unit)


def series(shown):
    """A series of one point. `shown`: promises.held."""
    target = shown["target"]
    by, region = factor(target.indicator), promises.goal(target).region
    low, high = (None if end is None else float(end / by) for end in (region.low, region.high))
    kind = "bound_low" if high is None else "bound_high" if low is None else "range"
    words = _("%(value)s %(unit)s, %(period)s") % {
        "value": shown["text"], "unit": shown["unit"], "period": shown["period"]
    }  # fmt: skip
    mark = {
        "x": str(target.period_end.year), "y": low if high is None else high, "low": low, "high": high,
        "kind": kind, "label": words, "url": shown["url"],
    }  # fmt: skip
    return {"name": _("Target %(year)s") % {"year": target.period_end.year}, "points": [mark]}


def chart(shown):
    """The figures of a target's indicator by year, and the target; None where there is nothing to draw."""
    target, rows = shown["target"], shown["held"]["rows"]
    rows = [row for row in rows if row.period_precision == periods.YEAR and row.claim.has_value]
    if not rows or not is_drawn(target):
        return None
    years = [row.period_end.year for row in rows] + [target.period_end.year]
    told = {"indicator": localized(target.indicator, "name"), "place": localized(target.place, "name")}
    measured = {"name": localized(rows[0].series, "name"), "points": [point(row) for row in rows]}
    return {
        "id": "target", "title": _("%(indicator)s of %(place)s and the target") % told,
        "subtitle": shown_unit(target.indicator), "level": 3, "size": "s", "table_id": "held",
        "data": {
            "type": "line", "labels": [str(year) for year in range(min(years), max(years) + 1)],
            "series": [measured, series(shown)],
            "unit": shown_unit(target.indicator),
        },
        **points.source_line(rows),
    }  # fmt: skip


def marked(chart_, shown):
    """A chart of years with the targets of its indicator; the years reach to the last of them."""
    drawn = [one for one in shown if is_drawn(one["target"])]
    if not drawn:
        return chart_
    data = chart_["data"]
    years = [int(label) for label in data["labels"]] + [one["target"].period_end.year for one in drawn]
    labels = [str(year) for year in range(min(years), max(years) + 1)]
    bare = {key: value for key, value in chart_.items() if key not in ("svg", "svg_narrow")}
    return bare | {
        "data": data | {"labels": labels, "series": [*data["series"], *map(series, drawn)]},
        "targets": drawn,
    }
