"""Cities by year: how many policies, or bodies that issued them, on each topic.

A date that spans years, or that nobody gives, has a column of its own and is never guessed into a year. A policy on
two topics stands in both of their rows and counts once in each sum; so does a body that issued several.
"""

from collections import defaultdict
from itertools import product
from operator import add, or_
from urllib.parse import urlencode

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from indicators.models import Place, Topic
from indicators.periods import UNDATED
from indicators.words import listed, localized
from policies import dating
from policies.models import PolicyParty

ALL = ""  # rows, topics and columns together; None is “no topic”


class Matrix:
    """`found` is a valid filter. `places` are the rows, `present` is the table of some of them with all sums."""

    def __init__(self, found, unit):
        self.found, self.unit = found, unit
        self.merge, self.size = (or_, len) if unit == "bodies" else (add, int)
        self.cells = {}
        topic = found.is_valid() and found.form.cleaned_data["topic"]
        places = {place.pk: place for place in Place.objects.select_related("parent")}
        if topic or unit != "bodies":
            self._read((), places)
        if not topic:
            self._read(("topics__slug",), places)
        held = {row for row, _topic, _column in self.cells}
        self.places = [place for place in places.values() if place.pk in held]
        self.levels = [level for level in Place.Level if level in held]
        years = sorted({column for _row, _topic, column in self.cells} - {ALL, dating.SPREAD, UNDATED})
        self.columns = [*years, *(c for c in (dating.SPREAD, UNDATED) if (ALL, ALL, c) in self.cells), ALL]

    def _read(self, topics, places):
        """Each place, topic and year; then its sums: of the level and of all, in the column and over all columns."""
        policies, fields = self.found.found.order_by().with_year(), ("place", "year", *topics)
        if self.unit == "bodies":
            leaves, named = defaultdict(set), policies.filter(parties__role__in=PolicyParty.ISSUING)
            for *leaf, body, name in named.values_list(*fields, "parties__organisation", "parties__name_as_stated"):
                # A name as stated is a body of that place: two cities' “municipal government” are two.
                leaves[tuple(leaf)].add(body or (leaf[0], name))
        else:
            leaves = {tuple(leaf): n for *leaf, n in policies.values_list(*fields).annotate(n=Count("pk"))}
        for (place, year, *topic), amount in leaves.items():
            # Sets know who is on several topics, so the bodies of all come from those of each; numbers are read anew.
            abouts = (*topic, ALL) if self.unit == "bodies" or not topic else topic
            for key in product((place, places[place].level, ALL), abouts, (year, ALL)):
                self.cells[key] = self.merge(self.cells[key], amount) if key in self.cells else amount

    def present(self, places):
        """The dict of components/matrix.html: a block a place, its topics below it; the sums are of all places."""
        self.names = {topic.slug: localized(topic, "name") for topic in Topic.objects.all()}
        self.names |= {None: _("no topic given"), ALL: pgettext("row of sums", "All")}
        self.labels = {column: column for column in self.columns}
        self.labels |= {
            dating.SPREAD: _("not sure which year"),
            UNDATED: _("no date given"),
            ALL: pgettext("column of sums", "all"),
        }
        self.query = {name: self.found.data[name] for name, _label, _value in self.found.chosen()}
        both = [place for place in self.places if place.level == Place.Level.PROVINCE and place.is_city]
        return {
            "unit": self.unit, "columns": [self.labels[column] for column in self.columns],
            "blocks": [{"place": place, "rows": self._rows(place.pk, city=place.slug)} for place in places],
            "levels": [self._row(level, ALL, None) | {"label": level.label} for level in self.levels]
            if self.levels[1:]
            else [],
            "sums": self._rows(ALL),
            "both": {"names": listed(localized(place, "name") for place in both), "n": len(both)},
            "unnamed": self._unnamed() if self.unit == "bodies" else 0,
        }  # fmt: skip

    def _rows(self, row, **query):
        """The row itself, then its topics. No address lists just what has no topic."""
        abouts = [about for about in (ALL, *filter(None, self.names), None) if (row, about, ALL) in self.cells]
        addresses = [None if about is None else query | ({"topic": about} if about else {}) for about in abouts]
        return [self._row(row, about, address) for about, address in zip(abouts, addresses, strict=True)]

    def _row(self, row, about, query):
        cells = []
        for column in self.columns:
            amount = self.cells.get((row, about, column))
            cell = {"n": self.size(amount) if amount else 0, "label": self.labels[column]}
            if amount and query is not None and self._is_one_list(column):
                cell["url"] = "?" + urlencode(self.query | query | ({"year": column} if column else {}))
            cells.append(cell)
        return {"label": self.names[about], "cells": cells}

    def _is_one_list(self, column):
        """Whether an address can ask for the column: dated possibly then, it is surely of the column's year."""
        possibly = "dates" in self.query
        return column == ALL or not possibly or (not column.isdecimal() and "year" not in self.query)

    def _unnamed(self):
        named = PolicyParty.objects.filter(role__in=PolicyParty.ISSUING)
        return self.found.found.exclude(pk__in=named.values("policy")).count()
