"""The front page: one question answered from the data, and ways in."""

from collections import Counter

from django.db.models import Count, F
from django.shortcuts import render
from django.utils.translation import gettext as _

from indicators import selectors
from indicators.comparison.page import address
from indicators.figures import COMPUTED, nearness_label, present, source_rank
from indicators.models import Indicator, Observation, Place
from indicators.where import Notes, group_words, in_words, where_from
from indicators.words import localized, period_words
from policies import promises
from policies.figures import present_count
from policies.models import DeclaredCount, Policy, Target

# What the editors chose for the front page. A slug that is not there leaves its block out.
WAYS_TO_COUNT = (
    "digital-technology-patent-applications",
    "digital-technology-density",
    "digital-technology-share-of-patents",
)
ONE_NUMBER = ("digital-technology-density", "shenzhen")
PROMISE = "t-01-ai-core-industry-scale"
NEAR = ("origin", "source__nearness")
PAIR = ("beijing", "shanghai")
SHORT = 6


def home(request):
    answer = ways_to_count()
    context = {
        "answer": answer,
        "chart": slope_chart(answer) if answer else None,
        "cities": Place.objects.cities().filter(slug__in=PAIR + ("shenzhen", "hangzhou", "guangzhou", "nanjing")),
        "number": one_number(),
        "promise": promise(),
        "pair": pair(),
        "unpublished": unpublished(),
        "latest": latest(),
        "near": nearness_counts(),
        "city_count": Place.objects.cities().count(),
    }
    return render(request, "config/home.html", context)


def ways_to_count():
    """For each way to count: its cities by the rank the source prints, in the newest period of the preferred series."""
    rows = selectors.told().filter(series__indicator__slug__in=WAYS_TO_COUNT, published_rank__isnull=False)
    rows = rows.with_sources().order_by("series__preference", selectors.NEWEST, "published_rank", "place__slug")
    found = {slug: [] for slug in WAYS_TO_COUNT}
    for row in rows:
        kept = found[row.series.indicator.slug]
        if not kept or (kept[0].series_id, kept[0].period_key) == (row.series_id, row.period_key):
            kept.append(row)
    return [ranked for ranked in found.values() if ranked]


def slope_chart(answer):
    names = {
        Indicator.Form.TOTAL: _("by total"),
        Indicator.Form.PER_INHABITANT: _("per inhabitant"),
        Indicator.Form.SHARE: _("as a share"),
    }
    indicators = [rows[0].series.indicator for rows in answer]
    columns = [names.get(indicator.form) or localized(indicator, "name") for indicator in indicators]
    places = {row.place.slug: row.place for rows in answer for row in rows}
    first = list(dict.fromkeys(row.place.slug for rows in answer for row in rows if row.published_rank == 1))
    by_place = [{row.place.slug: row for row in rows} for rows in answer]
    series, table = [], []
    for slug, place in places.items():
        cells = [found.get(slug) for found in by_place]
        exact = {c: row for c, row in zip(columns, cells, strict=True) if row and not row.published_rank_to}
        points = [
            {"x": column, "y": row.published_rank, "url": row.get_absolute_url()} for column, row in exact.items()
        ]
        series.append({"name": localized(place, "name"), "points": points})
        ranks = [row and {"text": source_rank(row), "url": row.get_absolute_url()} for row in cells]
        table.append({"place": place, "name": localized(place, "name"), "cells": ranks})
    head = answer[0][0]
    return {
        "id": "ways",
        "level": 2,
        "title": _("Ranks in digital-technology patents, three ways to count"),
        "subtitle": _(", ").join(filter(None, [period_words(head), group_words(head.series.group)])),
        "data": {
            "type": "slope",
            "labels": columns,
            "series": series,
            "highlight": [localized(places[slug], "name") for slug in first],
        },
        "static": True,
        "note": _("A line ends where the text at hand prints no rank; ranks given as a range are in the table only."),
        "source": localized(head.source, "title"),
        "source_url": head.source.get_absolute_url(),
        "source_meta": localized(head.source.publisher, "name"),
        "columns": columns,
        "rows": table,
        "leaders": [
            {"place": rows[0].place, "column": column, "url": rows[0].series.indicator.get_absolute_url()}
            for rows, column in zip(answer, columns, strict=True)
            if rows[0].published_rank == 1
        ],
    }


def one_number():
    indicator, place = ONE_NUMBER
    row = selectors.told().filter(series__indicator__slug=indicator, place__slug=place).with_sources()
    row = row.order_by("series__preference", selectors.NEWEST).first()
    if not row:
        return None
    return where_from(row, Notes([row]))


def promise():
    """A target beside what was measured of it; the site says which is which and nothing about why."""
    target = Target.objects.published().select_related("policy", "place", "indicator", "source").filter(uid=PROMISE)
    return next(iter(promises.held(target)), None)


def pair():
    """What can be said of both cities from one series and period."""
    rows = Observation.objects.published().filter(place__slug__in=PAIR).with_sources()
    by_key, order = {}, ("series__indicator__topic__position", "series__indicator__slug", "series__preference")
    for row in rows.order_by(*order, selectors.NEWEST):
        if row.claim.has_value or row.published_rank:
            by_key.setdefault((row.series_id, row.period_key), {})[row.place.slug] = row
    found, taken = [], set()
    for both in by_key.values():
        indicator = next(iter(both.values())).series.indicator
        if len(both) == 2 and indicator.pk not in taken and any(row.claim.has_value for row in both.values()):
            taken.add(indicator.pk)
            figures = [in_words(present(both[slug])) for slug in PAIR]
            found.append({"indicator": indicator, "period": figures[0]["period"], "figures": figures})
    places = {place.slug: place for place in Place.objects.filter(slug__in=PAIR)}
    if len(places) < 2 or not found:
        return None
    return {"places": [places[slug] for slug in PAIR], "rows": found[:SHORT], "url": address(PAIR)}


def unpublished():
    """How much the sources keep to themselves: ranks without figures, announced tasks nobody lists."""
    ranked = selectors.told().filter(published_rank__isnull=False)
    counts = DeclaredCount.objects.published().filter(category="").select_related("policy__place", "source")
    parts = ("policy__provisions", "policy__participations", "policy__declared_counts")
    counts = counts.prefetch_related(*parts).order_by("-value", "uid")
    shown = [(count, present_count(count)) for count in counts]
    return {
        "ranks": ranked.count(),
        "bare": ranked.filter(kind=Observation.Kind.RANK_ONLY).count(),
        "counts": [{"count": c, "figure": f} for c, f in shown if f["listed"] < c.value][:3],
    }


def latest():
    reported = Observation.objects.published().filter(origin=Observation.Origin.REPORTED).with_sources()
    figures = reported.order_by("-published_at", selectors.NEWEST, "uid")[:4]
    policies = Policy.objects.published().select_related("place")
    policies = policies.order_by("-published_at", F("first_event_end").desc(nulls_last=True), "slug")[:4]
    dated = [
        {"policy": policy, "event": next((event for event in policy.events.all() if event.is_primary), None)}
        for policy in policies.prefetch_related("events")
    ]
    return {"figures": [present(row) for row in figures], "policies": dated}


def nearness_counts():
    found, told = Counter(), Observation.objects.published().filter(place__is_city=True)
    for origin, near, n in told.order_by().values_list(*NEAR).annotate(Count("pk")):
        found[COMPUTED if origin == Observation.Origin.COMPUTED else near] += n
    counts = found.most_common()
    total = sum(n for _near, n in counts) or 1
    publishers = told.aggregate(n=Count("source__publisher", distinct=True))["n"]
    shares = [
        {"nearness": near, "label": nearness_label(near), "percent": round(100 * n / total)} for near, n in counts
    ]
    return {"shares": shares, "publishers": publishers, "figures": total if counts else 0}
