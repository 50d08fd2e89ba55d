"""Policies, pilots and titles of several places on one timeline and by year; the page belongs to `indicators`."""

from collections import defaultdict
from datetime import date

from django import template

from indicators import periods
from indicators.words import key_words
from policies import pictures
from policies.dating import year_of
from policies.figures import short_title
from policies.models import Designation, Policy

register = template.Library()


@register.inclusion_tag("policies/components/compared_policies.html")
def compared_policies(places, topic=None):
    """A row a year, newest first, a column a place, in the order of `places`. Of a topic the policies alone.

    The picture above has a row a place; its numbers run through the table as one reads it.
    """
    policies = Policy.objects.published().filter(place__in=places)
    titles = Designation.objects.published().filter(place__in=places).select_related("programme", "source")
    if topic:
        policies = policies.filter(topics=topic)
    cells = defaultdict(lambda: defaultdict(lambda: {"policies": [], "titles": []}))
    for policy in policies.prefetch_related("events", "titles").distinct():
        event = next((event for event in policy.events.all() if event.is_primary), None)
        cells[_year(event)][policy.place_id]["policies"].append(
            {"policy": policy, "title": short_title(policy), "event": event}
        )
    for title in () if topic else titles:
        cells[_year(title)][title.place_id]["titles"].append({"title": title})
    years = sorted(cells, key=lambda key: periods.sort_key(periods.parse(key)), reverse=True)
    rows = [
        {
            "year": key_words(key),
            "is_long": not key.isdigit(),
            "cells": [_cell(place, cells[key][place.pk]) for place in places],
        }
        for key in years
    ]
    entries = [entry for row in rows for cell in row["cells"] for entry in (*cell["policies"], *cell["titles"])]
    for number, entry in enumerate(entries, 1):
        entry["number"] = number
    timeline = pictures.draw_compared(entries, places)
    return {"rows": rows, "places": places, "count": len(entries), "topic": topic, "timeline": timeline}


def _year(row):
    """The year of an event or award, or its whole date where that may be several; what is undated stands last."""
    return year_of(row.period) or row.period_key if row else periods.UNDATED


def _cell(place, found):
    found["policies"].sort(key=lambda one: (one["event"] and one["event"].period_end) or date.max)
    return {"place": place, **found}
