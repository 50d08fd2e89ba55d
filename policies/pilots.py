"""Pilots and titles programme by programme, with their batches, and city by city."""

from itertools import groupby

from django import forms
from django.utils.translation import gettext as _

from indicators import periods
from indicators.models import Place
from indicators.words import key_words, localized, own_half, period_words
from policies.dating import year_of
from policies.models import Designation

HELD, SOUGHT, ABSENT, UNKNOWN = "held", "sought", "absent", "unknown"
MARKS = {HELD: "■", SOUGHT: "□", ABSENT: "–", UNKNOWN: "·"}


def state_words(year=""):
    absent = _("not named in %(year)s") % {"year": year} if year else _("not on the list, which is whole")
    return {
        HELD: _("held"),
        SOUGHT: _("sought"),
        ABSENT: absent,
        UNKNOWN: _("unknown: the list at hand is not whole"),
    }


class PilotForm(forms.Form):
    """Programme, year and city; a wrong value gets a message and lists nothing."""

    def __init__(self, data, rows, cities):
        super().__init__({name: data.get(name, "").strip()[:120] for name in ("programme", "year", "city")})
        programmes = {row.programme.slug: localized(row.programme, "name") for row in rows}
        years = sorted({year_of(row.period) for row in rows} - {""}, reverse=True)
        offered = {
            "programme": (_("Pilot or title"), sorted(programmes.items())),
            "year": (_("Year"), [(year, year) for year in years]),
            "city": (_("City"), [(city.slug, localized(city, "name")) for city in cities]),
        }
        refusal = {"invalid_choice": _("“%(value)s” is not known here. Choose one of the list.")}
        for name, (label, choices) in offered.items():
            choices = [("", _("any")), *choices]
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False, error_messages=refusal)

    def keeps(self, row):
        told = {
            "programme": row.programme.slug,
            "year": year_of(row.period),
            "city": row.place.slug if row.place else "",
        }
        return all(not value or told[name] == value for name, value in self.cleaned_data.items())


def by_year(rows):
    """(year or span in words, its rows), newest first, undated last: how a profile lists them."""
    rows = sorted(rows, key=lambda row: (row.period_end is not None, periods.sort_key(row.period)), reverse=True)
    groups = groupby(rows, key=lambda row: year_of(row.period) or row.period_key)
    return [(key_words(key), [(row, awarded_by(row.programme)) for row in mine]) for key, mine in groups]


def page(query):
    """Everything the page prints, from two queries."""
    cities = list(Place.objects.cities())
    rows = list(Designation.objects.published().select_related("place", "programme__awarded_by", "source"))
    form = PilotForm(query, rows, cities)
    chosen = [row for row in rows if form.keeps(row)] if form.is_valid() else []
    programmes = in_order(chosen)
    wanted = form.cleaned_data.get("city")
    words = state_words(form.cleaned_data.get("year"))
    return {
        "form": form,
        "opened": any(form.data.values()),
        "count": len(chosen),
        "programmes": [programme(mine) for mine in programmes],
        "cities": matrix([c for c in cities if wanted in ("", c.slug)], programmes, words) if programmes else [],
        "legend": [(MARKS[state], said) for state, said in words.items()],
    }


def in_order(rows):
    """The rows of each programme; programmes of most of the cities of this site first."""
    by_slug = groupby(sorted(rows, key=lambda row: row.programme.slug), key=lambda row: row.programme.slug)
    groups = [list(mine) for _slug, mine in by_slug]
    return sorted(groups, key=lambda mine: -len({row.place_id for row in mine if row.place and row.place.is_city}))


def awarded_by(one):
    return localized(one.awarded_by, "name") if one.awarded_by else own_half(one.awarded_by_as_stated)


def programme(rows):
    one = rows[0].programme
    rows = sorted(rows, key=batch_key)
    batches = [batch(list(mine)) for _key, mine in groupby(rows, key=batch_key)]
    told = {"programme": one, "awarded_by": awarded_by(one), "note": localized(one, "complete_note")}
    return told | {"batches": batches, "places": len({row.place_id or row.name_as_printed for row in rows})}


def batch_key(row):
    """Oldest first, undated last."""
    return (not row.period_end, periods.sort_key(row.period), row.period_key, row.batch, row.standing)


def batch(rows):
    first = rows[0]
    sources = {row.source_id: row.source for row in rows}
    return {
        "name": own_half(first.batch),
        "date": period_words(first),
        "sought": first.standing == SOUGHT,
        "cities": sorted((row for row in rows if row.place), key=lambda row: (not row.place.is_city, row.place.slug)),
        "others": [row for row in rows if not row.place],
        "sources": list(sources.values()),
    }


def matrix(cities, programmes, words):
    """One line a city: its state in every programme, and its titles in words."""
    held = {}
    for rows in programmes:
        for row in rows:
            held.setdefault((row.place_id, row.programme_id), []).append(row)
    lines = []
    for city in cities:
        cells, titles = [], []
        for rows in programmes:
            one, mine = rows[0].programme, held.get((city.pk, rows[0].programme_id), [])
            state = HELD if any(row.standing == HELD for row in mine) else SOUGHT if mine else ABSENT
            state = UNKNOWN if state == ABSENT and not one.complete else state
            cells.append((MARKS[state], words[state]))
            titles += [{"name": localized(one, "name"), "date": period_words(row), "row": row} for row in mine]
        lines.append({"city": city, "cells": cells, "titles": titles})
    return lines
