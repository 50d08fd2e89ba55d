"""How far the site reaches: city by indicator, and the counts worked out from it."""

from collections import Counter

from django.shortcuts import render
from django.utils.translation import gettext as _

from indicators.coverage import FIGURE, MOST, NOTHING, PROBLEM, RANK, Coverage
from indicators.words import localized
from policies.models import Designation, PolicyEvent

EVENTS = 3
MARKS = {FIGURE: "■", RANK: "□", PROBLEM: "!", NOTHING: "·"}


def dated_events():
    """City → policy events and pilots or titles with a date, published."""
    counts = Counter(
        PolicyEvent.objects.filter(policy__state="published", period_end__isnull=False)
        .order_by()
        .values_list("policy__place", flat=True)
    )
    titles = Designation.objects.published().filter(period_end__isnull=False, place__isnull=False)
    counts.update(titles.order_by().values_list("place", flat=True))
    return counts


def coverage(request):
    reach, events = Coverage(), dated_events()
    words = {FIGURE: _("figure"), RANK: _("rank only"), PROBLEM: _("known problem"), NOTHING: _("nothing published")}
    lines = [
        {
            "indicator": line.indicator,
            "have": line.have,
            "cells": [
                (MARKS[state], words[state]) for state in (line.states.get(city.pk, NOTHING) for city in reach.cities)
            ],
        }
        for line in reach.lines
    ]
    cities = [_city(city, reach, events, words) for city in reach.cities]
    context = {
        "lines": lines,
        "cities": cities,
        "legend": [(MARKS[state], words[state]) for state in MARKS],
        "counts": counts(reach, events),
    }
    return render(request, "config/coverage.html", context)


def _city(city, reach, events, words):
    names = {state: [] for state in MARKS}
    for line in reach.lines:
        names[line.states.get(city.pk, NOTHING)].append(localized(line.indicator, "name"))
    return {
        "city": city,
        "figures": reach.figures.get(city.pk, 0),
        "events": events[city.pk],
        "have": len(names[FIGURE]),
        "states": [(words[state], names[state]) for state in MARKS if names[state]],
    }


def counts(reach, events):
    """(what is counted, how many): the numbers an editor asks for first."""
    of = {"of": len(reach.cities), "most": MOST, "n": EVENTS}
    return [
        (_("indicators that can be ranked"), len(reach.lines)),
        (_("of them ranked for at least %(most)s of %(of)s cities in one series and year") % of, reach.wide()),
        (_("of those on digital subjects or innovation"), reach.wide(digital=True)),
        (_("figures and ranks of the city that has fewest"), reach.fewest_figures()),
        (_("cities with at least %(n)s dated policy events, pilots or titles") % of, with_events(reach, events)),
        (_("cities with a place in a published digital ranking"), len(reach.in_digital_list)),
        (_("published rankings"), len(reach.lists)),
        (_("publishers of them"), len(reach.publishers)),
    ]


def with_events(reach, events):
    return sum(events[city.pk] >= EVENTS for city in reach.cities)
