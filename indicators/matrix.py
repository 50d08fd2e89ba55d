"""Everyone's rankings side by side: what each list says of each city, as printed. Nothing is averaged."""

import re
from collections import Counter, defaultdict

from django.db.models import Q
from django.utils.translation import gettext as _

from indicators.models import RankingEntry, RankingList
from indicators.numbers import number, rank_among, rank_text
from indicators.words import localized, other_name, own_half

LINE = ("ranking", "place", "rank", "rank_to", "tier")
CJK = re.compile(r"[\u3400-\u9fff]")


class Published:
    """One list with its lines."""

    def __init__(self, row, lines):
        self.row, self.url, self.printed = row, row.get_absolute_url(), len(lines)
        self.is_whole = bool(row.stated_length) and self.printed >= row.stated_length
        self.in_tiers = counts_within_tiers(lines)
        self.by_place = {line.place: line for line in lines if line.place}
        self.shared = Counter(self._step(line) for line in lines)
        self.publisher = localized(row.publisher, "name")
        self.name = localized(row, "name")
        self.label = _("%(publisher)s, %(edition)s") % {"publisher": self.publisher, "edition": own_half(row.edition)}

    def _step(self, line):
        return line.rank, line.rank_to, line.tier if self.in_tiers else ""

    def rank(self, line):
        """“3”, “=3” where lines share it, “11–20”; empty for a tier without a rank."""
        if line.rank is None:
            return ""
        tied = line.rank_to is None and self.shared[self._step(line)] > 1
        return f"{'=' if tied else ''}{rank_text(line.rank, line.rank_to)}"

    def words(self, line):
        """The rank; the tier in words where there is no rank or the rank counts within the tier."""
        tier = own_half(line.tier) if self.in_tiers or line.rank is None else ""
        return " ".join(filter(None, [tier, self.rank(line)]))

    def cell(self, city):
        """What the list says of a city, with the address of that line; None where it does not print the city."""
        line = self.by_place.get(city.pk)
        words = self.words(line) if line else ""
        return line and {"text": words, "is_words": words != self.rank(line), "url": f"{self.url}#{city.slug}"}

    @property
    def size(self):
        """How many the ranks run to, as far as anybody says."""
        return self.row.stated_length or (self.row.group.stated_size if self.row.group else None)

    def words_among(self, line):
        """“3 of 100”, where the rank is one of the whole list."""
        ranked = line.rank is not None and not self.in_tiers and max(line.rank, line.rank_to or 0) <= (self.size or 0)
        return rank_among(self.words(line), self.size, None) if ranked else self.words(line)

    @property
    def length(self):
        """The stated length against what is printed."""
        said = {"printed": number(self.printed), "stated": number(self.row.stated_length or 0)}
        if not self.row.stated_length:
            return _("%(printed)s printed, length not stated") % said
        if self.printed == self.row.stated_length:
            return _("all %(stated)s printed") % said
        if self.is_whole:
            return _("%(printed)s lines printed, stated length %(stated)s") % said
        return _("%(printed)s of %(stated)s printed") % said

    def positions(self):
        """Place → rank in the whole list; tiers, ranks within a tier and intervals have no single position."""
        lines = {} if self.in_tiers else self.by_place
        return {pk: line.rank for pk, line in lines.items() if line.rank and not line.rank_to}


def counts_within_tiers(lines):
    """Whether ranks start anew in every tier: one rank stands under two tiers, or a single tier is all there is."""
    under = defaultdict(set)
    for line in lines:
        if line.rank:
            under[line.rank].add(line.tier)
    tiers = {line.tier for line in lines}
    return any(len(found) > 1 and "" not in found for found in under.values()) or (len(tiers) == 1 and tiers != {""})


def published(place=None):
    """Every list, or those that print a place, by publisher, newest first: two queries."""
    wanted = Q(entries__place=place) if place else Q()
    lists = RankingList.objects.filter(wanted).select_related("publisher", "topic", "source", "group")
    lists = list(lists.order_by("publisher__slug", "-edition", "slug"))
    lines = defaultdict(list)
    inside = Q(ranking__in=lists) if place else Q()
    for line in RankingEntry.objects.filter(inside).order_by("position").values_list(*LINE, named=True):
        lines[line.ranking].append(line)
    return [Published(row, lines[row.pk]) for row in lists]


def newest(lists):
    """The newest edition of each publisher in each topic."""
    last = {}
    for one in lists:
        key = one.row.publisher_id, one.row.topic_id
        last[key] = max(last.get(key, ""), one.row.edition)
    return [one for one in lists if one.row.edition == last[one.row.publisher_id, one.row.topic_id]]


class Matrix:
    """Cities by lists; the lists that print most of these cities stand first."""

    def __init__(self, lists, cities):
        inside = {city.pk for city in cities}
        printed = {one: len(inside & one.by_place.keys()) for one in lists}
        self.lists = sorted((one for one in lists if printed[one]), key=lambda one: (-printed[one], one.row.slug))
        self.columns = [{"list": one, "label": self._label(one)} for one in self.lists]
        rows = [self._row(city) for city in cities]
        self.rows = [row for row in rows if row["count"]]
        self.without = [row for row in rows if not row["count"]]

    def _label(self, one):
        """Publisher and edition; what the list is of, where the publisher has several in that edition."""
        same = [other.name for other in self.lists if other.label == one.label]
        short = [re.split("[:：] ?", name)[-1] for name in same]
        names = short if len(set(short)) == len(same) else same
        return one.label if len(same) == 1 else f"{one.label}{_(': ')}{names[same.index(one.name)]}"

    def _row(self, city):
        found = [(column, column["list"].by_place.get(city.pk)) for column in self.columns]
        printed = [(column["list"], line) for column, line in found if line]
        ranked = [(one, line) for one, line in printed if line.rank and not one.in_tiers]
        best = min((line.rank for _one, line in ranked), default=None)
        worst = max((line.rank_to or line.rank for _one, line in ranked), default=None)
        return {
            "city": city,
            "name": localized(city, "name"),
            "other": other_name(city),
            "cells": [self._cell(column, line, city) for column, line in found],
            "count": len(printed),
            "best": self._end(city, best, [(one, line) for one, line in ranked if line.rank == best]),
            "worst": self._end(city, worst, [(o, line) for o, line in ranked if (line.rank_to or line.rank) == worst]),
            "spread": spread([(line.rank, line.rank_to or line.rank) for _one, line in ranked]),
        }

    def _cell(self, column, line, city):
        one = column["list"]
        return one.cell(city) | {"label": column["label"]} if line else {"is_whole": one.is_whole}

    def _end(self, city, rank, met):
        """A city's best or worst rank with the list it stands in, or in how many."""
        if not met:
            return None
        one, line = met[0]
        text, told = (one.rank(line), one.label) if len(met) == 1 else (str(rank), "")
        return {"text": text, "url": f"{one.url}#{city.slug}", "list": told, "lists": len(met)}


def spread(ranks):
    """How many places lie between the best and the worst rank; an interval where a list gives no more than one."""
    if len(ranks) < 2:
        return ""
    lows, highs = zip(*ranks, strict=True)
    least, most = max(0, max(lows) - min(highs)), max(highs) - min(lows)
    return rank_text(least, most if most > least else None)


def side_by_side(one, two, cities):
    """The cities both lists rank, each with its two ranks, in the order of the first list."""
    left, right = one.positions(), two.positions()
    both = [city for city in cities if city.pk in left and city.pk in right]
    both.sort(key=lambda city: (left[city.pk], right[city.pk], city.slug))
    return [
        {"city": city, "cells": [one.cell(city), two.cell(city)], "pair": (left[city.pk], right[city.pk])}
        for city in both
    ]


# --- One list as printed ---


def printed_lines(one, entries):
    """The lines of a list in printed order; a city of ours leads to its profile, any other name stands as printed."""
    for entry in entries:
        shown = localized(entry.place, "name") if entry.place else entry.name_as_printed
        also = entry.name_as_printed if entry.place and entry.name_as_printed not in shown else ""
        told = entry.verbatim if entry.verbatim not in (entry.name_as_printed, shown) else ""
        yield {
            "id": entry.place.slug if entry.place else "",
            "rank": one.rank(entry),
            "tier": own_half(entry.tier),
            "name": shown,
            "lang": "" if entry.place else script(shown),
            "url": entry.place.get_absolute_url() if entry.place else "",
            "also": also,
            "also_lang": script(also),
            "value": "" if entry.value is None else f"{entry.value.normalize():,f}",
            "verbatim": told,
            "verbatim_lang": script(told),
        }


def script(text):
    return "zh" if CJK.search(text) else "en"


def editions(row, others):
    """The edition before and after: lists of one publisher whose addresses differ in numbers alone."""
    words = re.sub(r"\d+", "", row.slug)
    run = sorted((o for o in [row, *others] if re.sub(r"\d+", "", o.slug) == words), key=lambda o: (o.edition, o.slug))
    at = run.index(row)
    return (run[at - 1] if at else None), (run[at + 1] if at + 1 < len(run) else None)
