"""One ranking as a picture: what `view=` asks for, drawn from the rows the page lists."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from indicators import claims
from indicators.drawing import maps, points
from indicators.figures import present, source_rank
from indicators.ranking_page import words as ranking_words
from indicators.ranking_page.scatter import as_scatter
from indicators.ranking_page.slope import as_slope
from indicators.where import group_words, in_cell
from indicators.words import localized

FIRST = 10  # cities named beside the map
SIZES = ((7, "s"), (12, "m"), (18, "l"), (26, "xl"))  # rows a chart holds at each height


def view(page):
    """What indicators/_views.html prints for the view asked for; None for the table alone."""
    views = {"chart": as_bars, "map": as_map, "scatter": as_scatter, "slope": as_slope}
    return views[page.view](page) if page.view in views else None


def titled(page):
    title = _("%(indicator)s, %(period)s")
    return title % {"indicator": localized(page.indicator, "name"), "period": ranking_words.period_label(page)}


def subtitled(page):
    return f"{ranking_words.unit(page)} · {group_words(page.group)}"


# --- Bars ---


def as_bars(page):
    return {"kind": "chart", "chart": chart(page)}


def chart(page):
    marked = [localized(row.place, "name") for row in page.listed if row.place.slug == page.query.get("city")]
    data = saved(page, page.listed)
    marks = data["series"][0]["points"]
    for row, mark in zip(page.listed, marks, strict=True):
        mark["label"] = present(row)["spoken"]  # printed at the end of the bar
    data |= {"labels": [mark["x"] for mark in marks], "highlight": marked}
    size = next((size for most, size in SIZES if len(page.listed) <= most), "xxl")
    told = {"id": "chart", "level": 2, "title": titled(page), "subtitle": subtitled(page)}
    return told | points.source_line(page.listed) | {"data": data, "size": size, "table_id": "ranking"}


def saved(page, rows):
    marks = [points.saved(row) | {"x": localized(row.place, "name")} for row in rows]
    return {"type": "bar", "unit": ranking_words.unit(page), "series": [{"name": titled(page), "points": marks}]}


# --- The map ---


def as_map(page):
    """Bubbles of what is listed; who has no figure is named below the table and here not drawn."""
    drawn = [row for row in page.listed if maps.holds(row.place.latitude, row.place.longitude)]
    bubbles = [bubble(page, row) for row in drawn]
    largest = maps.largest_of(bubbles)
    key = [(value, points.words_of(value)) for value in maps.key_values(largest)]
    told = {"id": "map", "level": 2, "title": titled(page), "subtitle": subtitled(page), "links": True}
    told |= points.source_line(drawn) | {"static": True, "data": saved(page, drawn)}
    told["svg"] = SafeString(maps.bubbles(bubbles, key=key))
    told["label"] = ngettext(
        "Map with %(n)s city, the largest first; every city is a link to its figure.",
        "Map with %(n)s cities, the largest first; every city is a link to its figure.",
        len(bubbles),
    ) % {"n": len(bubbles)}
    return {
        "kind": "map",
        "chart": told | {"note": _("Coastline only; no borders are drawn")},
        "signs": signs(bubbles, largest),
        "first": [first(page, row) for row in page.listed[:FIRST]],
        "without": pgettext("list", ", ").join(localized(r.place, "name") for r in page.listed if r not in drawn),
        "table_id": "ranking",
    }


def first(page, row):
    """One of the first in the ranking, with the rank its table leads with."""
    here = page.ranking.ranks.get(row.place_id)
    rank = source_rank(row) if page.is_printed else here.text if here else ""
    return {"rank": rank, "city": localized(row.place, "name"), "figure": in_cell(present(row))}


def bubble(page, row):
    name, low = localized(row.place, "name"), points.bounds(row)[0]
    said = _("%(place)s: %(figure)s") % {"place": name, "figure": points.figure_words(row)}
    return maps.Bubble(
        name=name,
        latitude=float(row.place.latitude),
        longitude=float(row.place.longitude),
        value=points.tip(row),
        title=" · ".join(filter(None, [said, points.rank_words(row, page.ranking)])),
        url=row.get_absolute_url(),
        open=points.opened(row),
        low=low if row.kind == claims.RANGE else 0.0,
        marked=row.place.slug == page.query.get("city"),
    )


def signs(bubbles, largest):
    """What the map's signs mean; only those it has."""
    valued = [bubble for bubble in bubbles if bubble.value is not None]
    found = []
    if any(not bubble.open and bubble.value >= 0 for bubble in valued):
        found.append(("full", _("The area of a circle is the figure.")))
    if any(bubble.open for bubble in valued):
        found.append(("open", _("An open circle is a bound, a range or an estimate.")))
    if any(bubble.value < 0 for bubble in valued):
        found.append(("open", _("An open circle without a bound is a figure below zero.")))
    if any(maps.radius(bubble.value, largest) < maps.SMALLEST for bubble in valued):
        found.append(("dot", _("A dot is a figure too small to be drawn as an area.")))
    if len(valued) < len(bubbles):
        found.append(("cross", _("A cross is a rank without a figure.")))
    return [{"sign": sign, "words": words} for sign, words in found]
