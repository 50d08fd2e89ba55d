"""A ranking as an address asks for it: series, period, group; who stands where, and who stands nowhere, and why."""

from collections import Counter
from decimal import Decimal
from math import ceil
from statistics import median
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators import charts, claims, periods, rankings
from indicators.figures import nearness, present, source_rank
from indicators.models import Indicator, Observation, PlaceGroup, Source
from indicators.numbers import shown, shown_unit
from indicators.where import Notes, group_words, in_cell, note_url, problem, rank_words, where_from
from indicators.words import in_chinese, key_words, localized, other_name, period_words

NAMES = ("period", "series", "group", "city", "seen", "view", "open")
LATEST = "latest"
EVERY_CITY = "observatory-cities"  # the group asked about where neither the source nor the indicator names one
OPEN = {claims.ABOUT: "about", claims.NEARLY: "about", claims.RANGE: "range"}
OPEN |= dict.fromkeys(claims.LOWER_BOUNDS, "up") | dict.fromkeys(claims.UPPER_BOUNDS, "down")
POINT = {claims.ABOUT: "estimate", claims.NEARLY: "estimate", claims.RANGE: "range"}
POINT |= dict.fromkeys(claims.LOWER_BOUNDS, "bound_low") | dict.fromkeys(claims.UPPER_BOUNDS, "bound_high")
SIZES = ((7, "s"), (12, "m"), (18, "l"), (26, "xl"))


def year_of(key):
    """The year a key lies in, else the key itself: what a reader chooses among."""
    period = periods.parse(key)
    same = period.start and period.end and period.start.year == period.end.year
    return str(period.end.year) if same else key


def newest(rows):
    """One row a place: the one with the latest period."""
    return list({row.place_id: row for row in sorted(rows, key=lambda row: periods.sort_key(row.period))}.values())


class RankingPage:
    """Reads the query, chooses, ranks. `problems` holds a sentence for every bad value; the list is empty then."""

    def __init__(self, indicator, query):
        self.indicator, self.problems = indicator, []
        self.query = {name: query[name].strip()[:120] for name in NAMES if query.get(name, "").strip()}
        everything = list(Observation.objects.published().for_indicator(indicator).with_sources())
        self.notes = Notes(everything)
        self.elsewhere = [row for row in everything if not row.place.is_city]
        self.rows = [row for row in everything if row.place.is_city]
        self.everything = everything
        told = [row for row in self.rows if not row.claim.is_absent]
        self.has_ranking = len({row.place_id for row in told}) >= rankings.FEWEST
        found = {row.series_id: row.series for row in self.rows or everything}
        self.all_series = sorted(found.values(), key=lambda series: (series.preference, series.slug))
        self.series, self.period = self._series_and_period()
        self.group, self.groups, self.members = self._group()
        self.seen = self._one_of("seen", Source.Nearness.values)
        self.view = self._one_of("view", ("table", "chart")) or "table"
        if self.query.get("city") and self.query["city"] not in {m.slug for m in self.members}:
            self._bad("city")
        self.chosen = [] if self.problems else self._chosen()
        self.ranking = self._rank()
        self.listed = sorted((r for r in self.chosen if self._is_listed(r)), key=self._order)
        met = Counter(note for row in self.listed for note in self.notes.direct(row))
        self.shared = {
            note for note, times in met.items() if times > len(self.listed) / 2
        }  # said once, not in each row
        if self.query.get("open") and self.query["open"] not in {row.uid for row in self.listed}:
            self._bad("open")

    # --- What is asked for ---

    def _bad(self, name):
        value = self.query.pop(name)
        said = {"name": name, "value": value}
        self.problems.append(_("“%(value)s” is no value of “%(name)s” here, so nothing is listed.") % said)
        self.listed = self.chosen = []

    def _one_of(self, name, values):
        if self.query.get(name) and self.query[name] not in values:
            self._bad(name)
        return self.query.get(name, "")

    def _series_and_period(self):
        asked, key = self.query.get("series"), self.query.get("period")
        known = {series.slug: series for series in self.all_series}
        if asked and asked not in known:
            self._bad("series")
            asked = None
        try:
            periods.parse(LATEST if key is None else "undated" if key == LATEST else key)
        except ValueError:
            if key is not None:
                self._bad("period")
                key = LATEST
        candidates = [known[asked]] if asked else self.all_series
        for series in candidates:
            options = [key] if key else self.periods_of(series)
            for option in options:
                least = 1 if key else rankings.FEWEST
                if len({r.place_id for r in self.inside(series, option)}) >= least:
                    return series, option
        first = candidates[0] if candidates else None
        return first, key or next(iter(self.periods_of(first)), LATEST)

    def periods_of(self, series):
        """Years and other keys of a series, newest first."""
        keys = {year_of(row.period_key) for row in self.rows if series and row.series_id == series.pk}
        return sorted(keys, key=lambda key: periods.sort_key(periods.parse(key)), reverse=True)

    def _is_wide(self, series):
        return len({row.place_id for row in self.rows if row.series_id == series.pk}) >= rankings.FEWEST

    def inside(self, series, key):
        rows = [row for row in self.rows if series and row.series_id == series.pk]
        if key == LATEST:
            return rows
        outer = periods.parse(key)
        return [row for row in rows if row.period_key == outer.key or periods.within(row.period, outer)]

    def _group(self):
        wanted = [self.series.group_id if self.series else None, self.indicator.default_group_id]
        found = PlaceGroup.objects.filter(Q(pk__in=[pk for pk in wanted if pk]) | Q(slug=EVERY_CITY))
        by_pk = {group.pk: group for group in found}
        groups = {by_pk[pk].slug: by_pk[pk] for pk in wanted if pk} | {g.slug: g for g in by_pk.values()}
        asked = self.query.get("group")
        if asked and asked not in groups:
            self._bad("group")
        group = groups.get(asked) or next(iter(groups.values()), None)
        if group and group.members_known:
            return group, groups, list(group.members.all())
        return group, groups, list({row.place_id: row.place for row in self.rows}.values())

    # --- Who stands where ---

    def _chosen(self):
        inside = {place.pk for place in self.members}
        rows = [row for row in self.inside(self.series, self.period) if row.place_id in inside]
        if self.seen:
            reach = Source.Nearness.values.index(self.seen)
            rows = [row for row in rows if Source.Nearness.values.index(nearness(row)) <= reach]
        return newest(rows)

    @property
    def size(self):
        if self.group is None:
            return len(self.members)
        return len(self.members) if self.group.members_known else self.group.stated_size

    def _rank(self):
        claims_of = {row.place_id: row for row in self.chosen}
        known = self.members if self.group and self.group.members_known else [row.place for row in self.chosen]
        entries = []
        for place in known:
            row = claims_of.get(place.pk)
            entries.append(rankings.Entry(place.pk, row and row.claim, bool(row and self.notes.excludes(row))))
        return rankings.rank(
            entries,
            direction=self.indicator.direction,
            group_size=self.size,
            minimum_coverage=self.indicator.minimum_coverage,
        )

    def _is_listed(self, row):
        return not row.claim.is_absent and not self.notes.excludes(row)

    def _order(self, row):
        here, last = self.ranking.ranks.get(row.place_id), 10**9
        rank = (here.best, here.worst) if here else (last, last)
        printed = (row.published_rank or last, row.published_rank_to or 0)
        value = row.claim.point or row.high or Decimal(0)
        lower = self.indicator.direction == Indicator.Direction.LOWER
        return rank, printed, not row.claim.has_value, value if lower else -value, row.place.slug

    # --- What the page prints ---

    def link(self, **changes):
        kept = {name: value for name, value in (self.query | changes).items() if value}
        return "?" + urlencode(kept) if kept else "?"

    def context(self):
        siblings = self._siblings()
        told = self.listed + self.excluded() if self.has_ranking else self.everything
        shown_rows = self.listed if self.has_ranking else []
        return {
            "page": self,
            "indicator": self.indicator,
            "headline": self.headline(),
            "eyebrow": self.eyebrow(),
            "sentences": self.sentences(),
            "controls": self.controls(siblings),
            "table": self.table(siblings) if shown_rows else None,
            "chart": self.chart() if shown_rows and self.view == "chart" else None,
            "missing": self.missing(),
            "figures": []
            if self.has_ranking
            else [present(r, disputed=self.notes.disputed(r)) for r in self.everything],
            "elsewhere": [present(row) for row in self.elsewhere if self.series and row.series_id == self.series.pk][
                :8
            ],
            "sources": list({row.source_id: row.source for row in shown_rows or self.everything}.values()),
            "shared": [{"text": localized(note, "title"), "url": note_url(note)} for note in self.shared],
            "problems": [problem(note) for note in self.notes.of_rows(told)],
            "cities": sorted({row.place for row in self.listed}, key=lambda place: place.slug),
        }

    def excluded(self):
        return [row for row in self.chosen if self.notes.excludes(row)]

    def period_label(self):
        return _("newest figure of each city") if self.period == LATEST else key_words(self.period)

    def eyebrow(self):
        parts = [localized(self.indicator, "name"), self.period_label(), group_words(self.group)]
        return " · ".join(filter(None, parts))

    def leaders(self):
        """First by the source where it ranks, else by the rank worked out here; never both mixed."""
        printed = [row for row in self.listed if row.published_rank == 1 and not row.published_rank_to]
        if printed or any(row.published_rank for row in self.listed):
            return printed
        ranks = self.ranking.ranks
        return [row for row in self.listed if row.place_id in ranks and ranks[row.place_id].worst == 1]

    def headline(self):
        name = localized(self.indicator, "name")
        lead = self.leaders() if self.has_ranking else []
        if len(lead) != 1:
            return _("%(indicator)s, %(period)s") % {"indicator": name, "period": self.period_label()}
        if not in_chinese() and name[1:2].islower():
            name = name[:1].lower() + name[1:]
        return _("%(city)s ranks first in %(indicator)s") % {
            "city": localized(lead[0].place, "name"),
            "indicator": name,
        }

    def sentences(self):
        """Coverage, ranks without figures, what the source announced, and why no rank is worked out."""
        if not self.has_ranking or self.problems:
            return []
        have, of = rankings.coverage([row.claim for row in self.chosen], self.size)
        said = [_("%(have)s of %(of)s cities have data.") % {"have": have, "of": of}]
        bare = sum(1 for row in self.listed if not row.claim.has_value)
        if bare:
            words = ngettext("%(n)s of them has a rank only.", "%(n)s of them have a rank only.", bare)
            said.append(words % {"n": bare})
        announced = self.series.announced_length
        printed = sum(1 for row in self.listed if row.published_rank and not row.published_rank_to)
        if announced and announced != printed:
            told = {"announced": announced, "printed": printed}
            said.append(_("The source announces the top %(announced)s and prints %(printed)s names.") % told)
        return [*said, *filter(None, [self.refusal()])]

    def refusal(self):
        numbers = {"have": self.ranking.have, "of": self.ranking.of}
        numbers["least"] = ceil(self.indicator.minimum_coverage * self.ranking.of)
        if self.ranking.refusal == rankings.TOO_FEW:
            return _("No rank is worked out here: %(have)s of %(of)s cities have a figure, too few.") % numbers
        if self.ranking.refusal == rankings.COVERAGE:
            return (
                _("No rank is worked out here: %(have)s of %(of)s cities have a figure, fewer than %(least)s.")
                % numbers
            )
        return ""

    def missing(self):
        """Cities of a group whose members nobody printed."""
        if not self.has_ranking or self.problems or not self.group or self.group.members_known:
            return 0
        return max((self.size or 0) - len(self.chosen), 0)

    def _siblings(self):
        """The other forms of the same quantity: total, per inhabitant, share."""
        if not self.indicator.family:
            return []
        family = Indicator.objects.filter(family=self.indicator.family).exclude(form="")
        return sorted(family, key=lambda i: Indicator.Form.values.index(i.form))

    def controls(self, siblings):
        def options(pairs, current, name):
            return [
                {"label": label, "url": self.link(**{name: key, "open": ""}), "current": key == current}
                for key, label in pairs
            ]

        mine = self.periods_of(self.series)
        wide = [series for series in self.all_series if series == self.series or self._is_wide(series)]
        every = {key for series in wide for key in self.periods_of(series)}
        every = [*sorted(every, key=lambda key: periods.sort_key(periods.parse(key)), reverse=True), LATEST]
        years = [
            {
                "label": _("latest of each city") if key == LATEST else key_words(key),
                "url": self.link(period=key, open="", **({} if key in mine or key == LATEST else {"series": ""})),
                "current": key == self.period,
            }
            for key in every
        ]
        forms = [
            {"label": i.get_form_display(), "url": i.get_absolute_url(), "current": i.pk == self.indicator.pk}
            for i in siblings
        ]
        series = [(series.slug, localized(series, "name")) for series in wide]
        groups = [(slug, localized(group, "name")) for slug, group in self.groups.items()]
        seen = [("", _("all")), (Source.Nearness.ORIGINAL.value, Source.Nearness.ORIGINAL.label)]
        found = [
            {"label": _("Year or date"), "options": years},
            {"label": _("Counted as"), "options": forms},
            {"label": _("Series"), "options": options(series, self.series and self.series.slug, "series")},
            {"label": _("Among"), "options": options(groups, self.group and self.group.slug, "group")},
            {"label": _("How near"), "options": options(seen, self.seen, "seen")},
            {"label": _("View"), "options": options([("table", _("Table")), ("chart", _("Chart"))], self.view, "view")},
        ]
        return [group for group in found if len(group["options"]) > 1]

    def table(self, siblings):
        others = [i for i in siblings if i.pk != self.indicator.pk and self.period != LATEST]
        elsewhere = self._sibling_ranks(others)
        printed = any(row.published_rank for row in self.listed)
        worked_out = bool(self.ranking.ranks)
        several = len({row.period_key for row in self.listed}) > 1
        size = self.series.group.stated_size if self.series.group and printed else self.ranking.of
        label = _("Rank in the source, of %(size)s") if printed else _("Rank worked out here, of %(size)s")
        plain = _("Rank in the source") if printed else _("Rank")
        scale = max((row.claim.high or row.claim.low for row in self.listed if row.claim.has_value), default=None)
        rows = [self._row(row, printed, scale, elsewhere, others) for row in self.listed]
        return {
            "caption": self.eyebrow(),
            "unit": self._unit(),
            "rank_label": label % {"size": size} if size and (printed or worked_out) else plain,
            "rank_here_label": _("Rank worked out here, of %(size)s") % {"size": self.ranking.of}
            if printed and worked_out
            else "",
            "period_label": _("Year or date") if several or self.period == LATEST else "",
            "columns": [{"label": sibling_label(i)} for i in others],
            "rows": rows,
            "median": self._median(scale),
            "unranked": self._unranked(),
        }

    def _unit(self):
        unit = shown_unit(self.indicator)
        return _("%(unit)s (unit inferred)") % {"unit": unit} if self.series.unit_inferred else unit

    def _row(self, row, printed, scale, elsewhere, others):
        here, disputed = self.ranking.ranks.get(row.place_id), self.notes.disputed(row)
        group = self.series.group if printed else self.group
        size = group.stated_size if printed and group else self.ranking.of
        rank = source_rank(row) if printed else here.text if here else ""
        opened = self.query.get("open") == row.uid
        close = self.link(open="")
        low, high = row.claim.low, row.claim.high or row.claim.low
        bar = 100 * high / scale if row.claim.has_value and scale and scale > 0 and high >= 0 else None
        return self._named(row.place) | {
            "uid": row.uid,
            "rank": rank,
            "rank_spoken": rank_words(rank, size, group) if rank else "",
            "rank_here": here.text if here and printed else "",
            "figure": in_cell(present(row, disputed=disputed)),
            "nearness": nearness(row),
            "bar": bar,
            "bar_low": 100 * low / scale if bar is not None and low is not None else 0,
            "open": OPEN.get(row.kind, "") or ("about" if row.status == row.Status.ESTIMATE else ""),
            "period": period_words(row),
            "cells": [elsewhere.get((i.pk, row.place_id), {"label": sibling_label(i)}) for i in others],
            "panel_url": close if opened else self.link(open=row.uid) + "#source",
            "is_open": opened,
            "selected": self.query.get("city") == row.place.slug,
            "where": where_from(row, self.notes, close) if opened else None,
            "note": _("known problem") if set(self.notes.direct(row)) - self.shared and not disputed else "",
        }

    def _named(self, place):
        other = other_name(place)
        return {
            "city": localized(place, "name"),
            "city_url": place.get_absolute_url(),
            "city_other": other and other["text"],
            "lang_other": other and other["lang"],
        }

    def _sibling_ranks(self, others):
        rows = Observation.objects.published().filter(series__indicator__in=others, published_rank__isnull=False)
        rows = rows.inside(periods.parse(self.period)) if others and self.period != LATEST else rows.none()
        return {
            (row.series.indicator_id, row.place_id): {
                "text": source_rank(row),
                "url": row.get_absolute_url(),
                "label": sibling_label(row.series.indicator),
            }
            for row in rows.select_related("series__indicator").order_by("series__preference", "uid").reverse()
        }

    def _median(self, scale):
        valued = [row.claim for row in self.listed if row.claim.has_value]
        if not self.ranking.ranks or len(valued) < 5 or any(c.point is None or c.is_bound for c in valued):
            return None
        middle = median(claim.point for claim in valued)
        return {
            "label": _("Median of %(n)s cities") % {"n": len(valued)},
            "text": shown(middle.quantize(Decimal("0.01")), self.indicator),
            "bar": 100 * middle / scale if scale and middle >= 0 else None,
        }

    def _unranked(self):
        """The rest of the group, each with its reason."""
        rows = []
        for row in (row for row in self.chosen if not self._is_listed(row)):
            figure = present(row)
            reason = _("known problem: takes part in no ranking") if self.notes.excludes(row) else figure["text"]
            value = f"{figure['text']} {figure['unit']} · " if figure["has_value"] else ""
            rows.append(self._named(row.place) | {"reason": value + reason, "url": figure["url"]})
        if not self.group or not self.group.members_known:
            return rows
        present_here = {row.place_id for row in self.chosen}
        known = {row.place_id: row for row in newest(r for r in self.rows if r.series_id == self.series.pk)}
        for place in (place for place in self.members if place.pk not in present_here):
            row = known.get(place.pk)
            reason = _("newest figure: %(period)s") % {"period": period_words(row)} if row else _("no figure published")
            rows.append(self._named(place) | {"reason": reason, "url": row.get_absolute_url() if row else ""})
        return rows

    def chart(self):
        factor = self.indicator.shown_factor_zh if in_chinese() else self.indicator.shown_factor
        names, bars, points, marked = [], [], [], self.query.get("city")
        for row in self.listed:
            claim, words, name = row.claim, present(row), localized(row.place, "name")
            low, high = (float(value / factor) if value is not None else None for value in (claim.low, claim.high))
            top = None if not claim.has_value else low if high is None else high
            bottom = low or 0 if claim.kind == claims.RANGE else 0
            note = "" if claim.has_value else words["text"]
            bars.append(charts.Bar(name, top, OPEN.get(row.kind, ""), bottom, note, row.place.slug == marked))
            names.append(name)
            kind = POINT.get(row.kind, "exact" if claim.has_value else "absent")
            points.append({"x": name, "y": top, "kind": kind, "label": words["spoken"], "url": words["url"]})
        title = {"indicator": localized(self.indicator, "name"), "period": self.period_label()}
        data = {"type": "bar", "labels": names, "series": [{"name": title["indicator"], "points": points}]}
        data |= {"unit": self._unit(), "highlight": [bar.label for bar in bars if bar.marked]}
        return {
            "id": "chart",
            "title": _("%(indicator)s, %(period)s") % title,
            "subtitle": f"{self._unit()} · {group_words(self.group)}",
            "svg": SafeString(charts.bars(bars)),
            "data": data,
            "level": 2,
            "table_id": "ranking",
            "size": next((size for most, size in SIZES if len(bars) <= most), "xxl"),
        }


def sibling_label(indicator):
    """A phrase a form, so that translators see whole phrases."""
    return {
        Indicator.Form.TOTAL: _("Rank by total"),
        Indicator.Form.PER_INHABITANT: _("Rank per inhabitant"),
        Indicator.Form.SHARE: _("Rank by share"),
    }[indicator.form]
