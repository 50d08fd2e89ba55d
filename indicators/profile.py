"""A city or region: its figures topic by topic, each with its ranks, its trend and its place among all cities."""

from collections import defaultdict
from itertools import groupby

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from indicators import charts, claims, neighbours, periods, photos, rankings, selectors
from indicators.claims import Claim
from indicators.figures import present
from indicators.models import KeyFigure, NoteLink, Observation, Place, PlaceGroup, Statement
from indicators.numbers import claim_text, rank_among, shown_unit
from indicators.ranking_page import EVERY_CITY
from indicators.where import Notes, in_cell, note_url, source_rank_words
from indicators.words import in_chinese, localized, other_name

THIN = 15  # indicators; with no more a profile is one table
PEER = ("pk", "series_id", "period_key", "place_id", "place__level", "place__is_city", "kind", "low", "high", "uid")


class Profile:
    """A fixed number of queries, however many figures the place has."""

    def __init__(self, place):
        self.place = place
        rows = Observation.objects.published().for_place(place).with_sources()
        rows = sorted(rows, key=lambda r: (r.series.preference, r.series.slug, _descending(r)))
        self.notes = Notes(rows)
        self.by_indicator = defaultdict(list)
        for row in rows:
            self.by_indicator[row.series.indicator].append(row)
        self.heads = [rows[0] for rows in self.by_indicator.values()]
        self.cities = selectors.cities_with_figures()
        self._read_peers()

    def _read_peers(self):
        """Figures of all places in the same series and period, and the groups they are ranked among."""
        series = {row.series_id for row in self.heads}
        keys = {(row.series_id, row.period_key) for row in self.heads}
        found = Observation.objects.published().filter(series__in=series, period_key__in={key for _s, key in keys})
        self.peers = defaultdict(list)
        for peer in found.order_by().values(*PEER):
            if (peer["series_id"], peer["period_key"]) in keys:
                self.peers[peer["series_id"], peer["period_key"]].append(peer)
        out = NoteLink.objects.filter(note__excludes_from_ranking=True, observation__series__in=series)
        self.excluded = set(out.values_list("observation_id", flat=True))
        wanted = {row.series.group_id or row.series.indicator.default_group_id for row in self.heads} - {None}
        groups = PlaceGroup.objects.filter(Q(pk__in=wanted) | Q(slug=EVERY_CITY)).prefetch_related("members")
        self.groups = {group.pk: group for group in groups}

    def _group(self, row):
        pk = row.series.group_id or row.series.indicator.default_group_id
        every = (group for group in self.groups.values() if group.slug == EVERY_CITY)
        return self.groups.get(pk) or next(every, None)

    def context(self):
        many = [row for row in self.heads if self.cities.get(row.series.indicator_id, 0) >= rankings.FEWEST]
        few = [row for row in self.heads if self.cities.get(row.series.indicator_id, 0) < rankings.FEWEST]
        chosen = self._key_indicators()
        links = self.place.note_links.filter(note__is_public=True).select_related("note")
        statements = Statement.objects.published().for_place(self.place).select_related("source__publisher", "topic")
        told = {n.pk: n for rows in self.by_indicator.values() for r in rows for n in self.notes.direct(r)}
        told |= {link.note_id: link.note for link in links}
        return {
            "place": self.place,
            "other": other_name(self.place),
            "photo": photos.presented(self.place),
            "parents": self._parents(),
            "cards": [self._card(indicator) for indicator in chosen],
            "topics": self._at_a_glance(many) if self.place.is_city else self._by_topic(many),
            "single": self._by_topic(few),
            "chart": self._chart(chosen),
            "statements": statements,
            "problems": sorted(told.values(), key=lambda note: (note.position, note.slug)),
            "nearest": neighbours.better_documented(self.place) if self.place.is_city else None,
            "nothing": self._nothing() if self.place.is_city else None,
            "children": [] if self.place.is_city else self.place.children.all(),
        }

    def _nothing(self):
        known = {
            row.series.indicator_id for rows in self.by_indicator.values() for row in rows if not row.claim.is_absent
        }
        return neighbours.nothing_published(known, self.cities)

    def _parents(self):
        above, place = [], self.place.parent
        while place and len(above) < 2:
            above.append(place)
            place = place.parent if len(above) < 2 else None
        return above

    def _by_topic(self, heads):
        heads = sorted(heads, key=lambda r: (r.series.indicator.topic.position, r.series.indicator.topic.slug))
        topics = groupby(heads, key=lambda row: row.series.indicator.topic)
        return [{"topic": topic, "rows": [self._row(row) for row in rows]} for topic, rows in topics]

    def _at_a_glance(self, heads):
        """A city of few figures gets one table instead of a heading for every one or two rows."""
        groups = self._by_topic(heads)
        if len(heads) > THIN or len(groups) < 2:
            return groups
        return [{"topic": None, "rows": [row | {"topic": g["topic"]} for g in groups for row in g["rows"]]}]

    def _key_indicators(self):
        """The editors' choice for this place, else for every city; only what has a figure."""
        chosen = KeyFigure.objects.filter(Q(place=self.place) | Q(place=None)).select_related("indicator")
        own = [key for key in chosen if key.place_id] or [key for key in chosen if not key.place_id]
        return [key.indicator for key in own if key.indicator in self.by_indicator][:5]

    def _card(self, indicator):
        row = self.by_indicator[indicator][0]
        figure, notes = present(row, disputed=self.notes.disputed(row)), self.notes.direct(row)
        here = "" if figure["rank_text"] else self._rank_here(row)
        return {
            "figure": in_cell(figure),
            "label": _(", ").join([figure["indicator"], figure["unit"], figure["period"]]),
            "rank": figure["rank_text"] or here,
            "rank_url": self._ranking_url(row),
            "rank_note": _("rank in the source") if figure["rank_text"] else _("rank worked out here") if here else "",
            "svg": self._spark(row),
            "problem_url": note_url(notes[0]) if notes else "",
            "note": self._country_words(row),
        }

    def _ranking_url(self, row):
        return f"{row.series.indicator.get_absolute_url()}?period={row.period_key}&series={row.series.slug}"

    def _row(self, row):
        indicator, figure = row.series.indicator, present(row, disputed=self.notes.disputed(row))
        ranked = self.cities.get(indicator.pk, 0) >= rankings.FEWEST
        return {
            "row": row,
            "figure": in_cell(figure),
            "told": figure,
            "url": self._ranking_url(row) if ranked else indicator.get_absolute_url(),
            "ranked": source_rank_words(row),
            "here": self._rank_here(row),
            "strip": self._strip(row),
            "spark": self._spark(row),
            "country": self._country_words(row),
            "others": [self._other(other, row) for other in self.by_indicator[indicator][1:]],
            "problems": self.notes.direct(row),
            "counts": indicator.counts_policies_of if row.period_end else None,
        }

    def _other(self, other, row):
        """A figure of another series says which, so that two of one year do not look like a contradiction."""
        series = "" if other.series_id == row.series_id else localized(other.series, "name")
        return present(other, disputed=self.notes.disputed(other)) | {"series": series}

    def _rank_here(self, row):
        """“3 of 34”, by the same rule as the ranking page; empty where no rank is worked out."""
        group, ranked = self._group(row), self.cities.get(row.series.indicator_id, 0) >= rankings.FEWEST
        if not ranked or not self.place.is_city or row.claim.is_absent:
            return ""
        peers = {p["place_id"]: p for p in self.peers[row.series_id, row.period_key] if p["place__is_city"]}
        known = {m.pk for m in group.members.all()} if group and group.members_known else set(peers)
        entries = []
        for pk in known:
            peer = peers.get(pk)
            claim = peer and Claim(peer["kind"], peer["low"], peer["high"])
            entries.append(rankings.Entry(pk, claim, bool(peer and peer["pk"] in self.excluded)))
        ranking = rankings.rank(
            entries,
            direction=row.series.indicator.direction,
            group_size=len(known) if group and group.members_known else group and group.stated_size,
            minimum_coverage=row.series.indicator.minimum_coverage,
        )
        rank = ranking.ranks.get(self.place.pk)
        return rank_among(rank.text, ranking.of, group) if rank else ""

    def _strip(self, row):
        """All cities with a plain value; bounds and ranks have no place on a line."""
        peers = [
            p for p in self.peers[row.series_id, row.period_key] if p["place__is_city"] and p["kind"] in claims.POINTS
        ]
        if len(peers) < 5 or not self.place.is_city:
            return ""
        own = float(row.claim.point) if row.claim.point is not None else None
        return SafeString(charts.strip([float(p["low"]) for p in peers], own, row.kind != claims.EXACT))

    def _country(self, row):
        """The same figure of the whole country, where this one is a part of it: “of at least 79 in China”."""
        unit = row.series.indicator.unit
        if not row.place.parent_id or "%" in unit or "per " in unit or not row.claim.has_value:
            return None
        for peer in self.peers[row.series_id, row.period_key]:
            claim = Claim(peer["kind"], peer["low"], peer["high"])
            if peer["place__level"] == Place.Level.COUNTRY and claim.has_value:
                return {"text": claim_text(claim, row.series.indicator).spoken, "uid": peer["uid"]}
        return None

    def _country_words(self, row):
        country = self._country(row)
        if not country:
            return ""
        link = format_html('<a href="{}">{}</a>', reverse("figure", args=[country["uid"]]), country["text"])
        return format_html(_("of {number} in China"), number=link)

    def _years(self, row):
        rows = [r for r in self.by_indicator[row.series.indicator] if r.series_id == row.series_id]
        return {r.period_end.year: r for r in rows if r.period_precision == periods.YEAR and r.claim.point is not None}

    def _spark(self, row):
        years = self._years(row)
        if len(years) < 3:
            return ""
        span = range(min(years), max(years) + 1)
        return SafeString(charts.spark([float(years[y].low) if y in years else None for y in span]))

    def _chart(self, chosen):
        """A line for each series of the first indicator that has three years or more; no line crosses a series."""
        for indicator in [*chosen, *self.by_indicator]:
            rows = [r for r in self.by_indicator[indicator] if r.period_precision == periods.YEAR and r.claim.has_value]
            by_series = defaultdict(dict)
            for row in rows:
                by_series[row.series][row.period_end.year] = row
            by_series = {series: years for series, years in by_series.items() if len(years) > 1}
            told = {row.claim for years in by_series.values() for row in years.values()}  # a flat line tells nothing
            if max(map(len, by_series.values()), default=0) >= 3 and len(told) > 1:
                return self._line_chart(indicator, by_series)
        return None

    def _line_chart(self, indicator, by_series):
        factor = indicator.shown_factor_zh if in_chinese() else indicator.shown_factor
        all_years = sorted({year for years in by_series.values() for year in years})
        span = range(all_years[0], all_years[-1] + 1)
        lines, data, names = [], [], [localized(series, "vintage") for series in by_series]
        for series, years in by_series.items():
            name, points = localized(series, "vintage"), []
            if not name or names.count(name) > 1:
                name = localized(series, "name")
            for year in span:
                row = years.get(year)
                value = row and row.claim.point
                points.append(
                    charts.Point(
                        year, None if value is None else float(value / factor), bool(row and row.kind != "exact")
                    )
                )
            lines.append(charts.Line(name, points))
            data.append({"name": name, "points": [_point(row, factor) for row in years.values()]})
        title = {"indicator": localized(indicator, "name"), "place": localized(self.place, "name")}
        title |= {"first": all_years[0], "last": all_years[-1]}
        return {
            "id": "trend",
            "title": _("%(indicator)s of %(place)s, %(first)s–%(last)s") % title,
            "subtitle": shown_unit(indicator),
            "svg": SafeString(charts.lines(lines, labels={year: str(year) for year in span})),
            "data": {"type": "line", "labels": [str(y) for y in span], "series": data, "unit": shown_unit(indicator)},
            "rows": [present(row) for years in by_series.values() for _y, row in sorted(years.items())],
            "breaks": [localized(s, "break_note") for s in by_series if s.break_note],
            "table_id": "trend-figures",
        }


def _descending(row):
    end = row.period_end
    return -end.toordinal() if end else 1


def _point(row, factor):
    words, value = present(row), row.claim.point
    return {
        "x": str(row.period_end.year),
        "y": None if value is None else float(value / factor),
        "kind": charts.POINT.get(row.kind, "exact"),
        "label": words["spoken"],
        "url": words["url"],
    }
