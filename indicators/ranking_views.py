"""One ranking as a picture: what `view=` asks for, drawn from the rows the page lists."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from indicators import charts, claims, ranking_words
from indicators.figures import present
from indicators.where import group_words
from indicators.words import in_chinese, localized

SIZES = ((7, "s"), (12, "m"), (18, "l"), (26, "xl"))  # rows a chart holds at each height


def view(page):
    """What indicators/_views.html prints for the view asked for; None for the table alone."""
    views = {"chart": as_bars}
    return views[page.view](page) if page.view in views else None


def as_bars(page):
    return {"kind": "chart", "chart": chart(page)}


def chart(page):
    factor = page.indicator.shown_factor_zh if in_chinese() else page.indicator.shown_factor
    bars, points = [], []
    for row in page.listed:
        claim, words, name = row.claim, present(row), localized(row.place, "name")
        low, high = (None if value is None else float(value / factor) for value in (claim.low, claim.high))
        top, start = low if high is None else high, low if claim.kind == claims.RANGE else 0
        marked, note = row.place.slug == page.query.get("city"), "" if claim.has_value else words["text"]
        bars.append(charts.Bar(name, top, charts.OPEN.get(row.kind, ""), start, note, marked))
        kind = charts.POINT.get(row.kind, "exact") if claim.has_value else "absent"
        points.append({"x": name, "y": top, "kind": kind, "label": words["spoken"], "url": words["url"]})
    title = _("%(indicator)s, %(period)s")
    title = title % {"indicator": localized(page.indicator, "name"), "period": ranking_words.period_label(page)}
    data = {"type": "bar", "labels": [bar.label for bar in bars], "series": [{"name": title, "points": points}]}
    data |= {"unit": ranking_words.unit(page), "highlight": [bar.label for bar in bars if bar.marked]}
    size = next((size for most, size in SIZES if len(bars) <= most), "xxl")
    told = {
        "id": "chart",
        "level": 2,
        "title": title,
        "subtitle": f"{ranking_words.unit(page)} · {group_words(page.group)}",
    }
    return told | {"svg": SafeString(charts.bars(bars)), "data": data, "size": size, "table_id": "ranking"}
