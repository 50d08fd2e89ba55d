"""One indicator against a second one: which cities are drawn, which are not and why, how alike the two orders are."""

from itertools import groupby

from django.db.models import Count
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators import claims, rankings
from indicators.agreement import spearman
from indicators.drawing import points, scatter
from indicators.drawing.scatter import Dot, Value
from indicators.figures import present
from indicators.models import Indicator, Observation
from indicators.ranking_page import words as ranking_words
from indicators.where import in_cell
from indicators.words import localized
from indicators.worked_out import inner

MUCH, PART = 0.8, 0.5  # from here on two orders are called much alike, alike in part


def as_scatter(page):
    told = {"kind": "scatter", "choices": choices(page.indicator), "second": page.second}
    if page.second is None:
        return told
    if page.second == page.indicator:
        return told | {"refusal": _("This is the indicator itself: choose another one.")}
    other = page.second_page()
    pairs = paired(page, other)
    drawn = [(one, two) for one, two in pairs if one.claim.has_value and two.claim.has_value]
    told |= {"table": table(page, other, pairs), "missing": missing(page, other)}
    told |= {"sources": list({two.source_id: two.source for _one, two in pairs}.values())}
    if len(drawn) < rankings.FEWEST:
        words = ngettext(
            "%(n)s city has a figure for both: too few to draw.",
            "%(n)s cities have a figure for both: too few to draw.",
            len(drawn),
        )
        return told | {"refusal": words % {"n": len(drawn)}}
    return told | picture(page, other, drawn)


def choices(indicator):
    """Every other indicator with figures for three cities or more, topic by topic."""
    valued = Observation.objects.published().filter(place__is_city=True, kind__in=claims.VALUED).order_by()
    counts = dict(valued.values_list("series__indicator").annotate(Count("place", distinct=True)))
    able = [pk for pk, n in counts.items() if n >= rankings.FEWEST and pk != indicator.pk]
    found = Indicator.objects.filter(pk__in=able).select_related("topic")
    found = found.order_by("topic__position", "topic__slug", "slug")
    return [(topic, list(group)) for topic, group in groupby(found, key=lambda one: one.topic)]


def paired(page, other):
    """Rows of the cities listed in both, in the page's order."""
    theirs = {row.place_id: row for row in other.listed}
    return [(row, theirs[row.place_id]) for row in page.listed if row.place_id in theirs]


# --- The picture ---


def picture(page, other, drawn):
    dots = [dot(page, one, two) for one, two in drawn]
    log = page.query.get("scale") == "log"
    spread = [every(value for d in dots for value in (getattr(d, name),)) for name in ("x", "y")]
    wide = [scatter.wide_apart(values) for values in spread]
    x, y = (scatter.axis(values, log=log and able) for values, able in zip(spread, wide, strict=True))
    trend = page.query.get("trend") == "1"
    svg = scatter.scatter(
        dots,
        x=x,
        y=y,
        x_ticks=[points.words_of(value) for value in x.ticks],
        y_ticks=[points.words_of(value) for value in y.ticks],
        x_title=axis_title(other),
        y_title=axis_title(page),
        trend=trend,
    )
    names = {"first": inner(localized(page.indicator, "name")), "second": inner(localized(other.indicator, "name"))}
    chart = {
        "id": "scatter",
        "level": 2,
        "links": True,
        "title": _("Do the same cities stand high in %(first)s and in %(second)s?") % names,
        "subtitle": answer(drawn),
        "label": _("%(first)s against %(second)s; every city is a link to its figure.") % names,
        "svg": SafeString(svg),
        "static": True,
        "data": saved(page, other, drawn),
    } | points.source_line([row for pair in drawn for row in pair])
    return {
        "chart": chart,
        "method": method(drawn),
        "signs": signs(dots),
        "switches": switches(page, any(wide), trend),
        "scale_refused": log and not any(wide),
        "trend": trend,
        "trend_log": trend and (x.log or y.log),
    }


def saved(page, other, drawn):
    """What the saved file holds: both figures of every city, a kind of its own where either is not exact."""
    found = []
    for one, two in drawn:
        both = [points.saved(row) for row in (one, two)]
        kinds = [point["kind"] for point in both if point["kind"] != "exact"]
        words = " · ".join(point["label"] for point in both)
        found.append({"name": localized(one.place, "name"), "x": both[1]["y"], "y": both[0]["y"], "label": words})
        found[-1] |= {"kind": " / ".join(kinds) or "exact", "url": both[0]["url"]}
    units = {"x_unit": ranking_words.unit(other), "y_unit": ranking_words.unit(page)}
    return {"type": "scatter", **units, "series": [{"name": localized(page.indicator, "name"), "points": found}]}


def every(values):
    """All numbers an axis must hold: where marks stand and where ranges start."""
    return [number for value in values for number in (value.at, value.low) if number is not None]


def dot(page, one, two):
    name = localized(one.place, "name")
    figures = [f"{localized(r.series.indicator, 'name')}{_(': ')}{points.figure_words(r)}" for r in (one, two)]
    return Dot(
        name=name,
        x=value(two),
        y=value(one),
        title=_("%(place)s: %(figure)s") % {"place": name, "figure": " · ".join(figures)},
        url=one.get_absolute_url(),
        marked=one.place.slug == page.query.get("city"),
    )


def value(row):
    low = points.bounds(row)[0] if row.kind == claims.RANGE else None
    return Value(points.tip(row), points.opened(row), low)


def axis_title(page):
    words = {"indicator": localized(page.indicator, "name"), "unit": ranking_words.unit(page)}
    return _("%(indicator)s, %(unit)s, %(period)s") % (words | {"period": ranking_words.period_label(page)})


def signs(dots):
    values = [value for d in dots for value in (d.x, d.y)]
    found = []
    if any(value.open == "about" for value in values):
        found.append(("open", _("An open circle is an estimate.")))
    if any(value.open in ("up", "down") for value in values):
        found.append(("arrow", _("An arrow points to the side on which the figure lies: the source gives a bound.")))
    if any(value.open == "range" for value in values):
        found.append(("range", _("Two open circles with a line are a range.")))
    return [{"sign": sign, "words": words} for sign, words in found]


def switches(page, wide, trend):
    """Links that change the drawing."""
    log = page.query.get("scale") == "log"
    found = []
    if wide:
        words = _("Draw on a linear scale") if log else _("Draw on a logarithmic scale")
        found.append({"url": page.link(scale="" if log else "log", open=""), "words": words})
    words = _("Take the trend line away") if trend else _("Draw a trend line")
    found.append({"url": page.link(trend="" if trend else "1", open=""), "words": words})
    return found


# --- What it says ---


def agreement(drawn):
    """Spearman’s rank correlation of the cities with a single figure for both; bounds have no one rank."""
    singles = [(one.claim.point, two.claim.point) for one, two in drawn if _single(one) and _single(two)]
    orders = [{v: i for i, v in enumerate(sorted(set(column)))} for column in zip(*singles, strict=True)]
    return spearman([tuple(order[v] for order, v in zip(orders, pair, strict=True)) for pair in singles])


def _single(row):
    return row.kind in claims.POINTS


def answer(drawn):
    """The question's answer in graded words, with the number and how many cities it rests on."""
    found = agreement(drawn)
    told = {"rho": rho_words(found), "n": found.n}
    if found.rho is None:
        return (
            ngettext(
                "No correlation is given: %(n)s city has a single figure for both, too few.",
                "No correlation is given: %(n)s cities have a single figure for both, too few or all alike.",
                found.n,
            )
            % told
        )
    if found.rho >= MUCH:
        return _("Largely: rank correlation %(rho)s among %(n)s cities.") % told
    if found.rho >= PART:
        return _("In part: rank correlation %(rho)s among %(n)s cities.") % told
    if found.rho > -PART:
        return _("Hardly: rank correlation %(rho)s among %(n)s cities.") % told
    return _("Rather the reverse: rank correlation %(rho)s among %(n)s cities.") % told


def rho_words(found):
    return "" if found.rho is None else f"{found.rho:.2f}".replace("-", "−")


def method(drawn):
    found = agreement(drawn)
    said = [
        _("Spearman’s rank correlation runs from 1 (the same order) to −1 (the reverse); equal figures share a rank.")
    ]
    if left := len(drawn) - found.n:
        said.append(
            ngettext(
                "%(n)s city with a bound or a range is drawn and left out of it.",
                "%(n)s cities with a bound or a range are drawn and left out of it.",
                left,
            )
            % {"n": left}
        )
    return [*said, _("A correlation says nothing about causes.")]


# --- Who is not drawn, and the table ---


def missing(page, other):
    """Reason → cities, each city once."""
    names = [inner(localized(one.indicator, "name")) for one in (page, other)]
    ours, theirs = ({row.place_id: row for row in one.chosen} for one in (page, other))
    places = {place.pk: place for place in page.members}
    found = {}
    for place in sorted(places.values(), key=lambda place: place.slug):
        states = [_state(one, rows.get(place.pk)) for one, rows in ((page, ours), (other, theirs))]
        if reason := _reason(states, names):
            found.setdefault(reason, []).append({"name": localized(place, "name"), "url": place.get_absolute_url()})
    return [{"reason": reason, "cities": cities} for reason, cities in found.items()]


def _state(page, row):
    if row is None or row.claim.is_absent:
        return "none"
    if page.notes.excludes(row):
        return "problem"
    return "value" if row.claim.has_value else "rank"


def _reason(states, names):
    if states == ["value", "value"]:
        return ""
    if states == ["none", "none"]:
        return _("No figure of either")
    phrases = {
        "none": _("No figure: %(indicator)s"),
        "problem": _("Known problem, takes part in nothing: %(indicator)s"),
        "rank": _("A rank without a figure: %(indicator)s"),
    }
    for state, phrase in phrases.items():
        which = [name for name, mine in zip(names, states, strict=True) if mine == state]
        if which:
            return phrase % {"indicator": _(", ").join(which)}
    return ""


def table(page, other, pairs):
    rows = []
    for one, two in pairs:
        cells = [in_cell(present(row, disputed=of.notes.disputed(row))) for row, of in ((one, page), (two, other))]
        name, url = localized(one.place, "name"), one.place.get_absolute_url()
        rows.append({"city": name, "url": url, "cells": cells, "marked": one.place.slug == page.query.get("city")})
    return {"columns": [axis_title(page), axis_title(other)], "rows": rows}
