"""A ranking as an address asks for it: series, period, group; who stands where, and who stands nowhere, and why."""

from collections import Counter
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.translation import gettext as _

from indicators import periods, rankings
from indicators.figures import nearness
from indicators.models import Indicator, Observation, PlaceGroup, Source
from indicators.where import Notes

NAMES = ("period", "series", "group", "city", "seen", "view", "open", "per", "with", "scale", "trend", "baseline")
VIEWS = ("table", "chart", "map", "scatter", "slope")
LATEST = "latest"
EVERY_CITY = "observatory-cities"  # the group asked about where neither the source nor the indicator names one


def year_of(key):
    """The year a key lies in, else the key itself: what a reader chooses among."""
    period = periods.parse(key)
    same = period.start and period.end and period.start.year == period.end.year
    return str(period.end.year) if same else key


def readable(key):
    try:
        return bool(periods.parse(key))
    except ValueError:
        return False


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
        self.has_ranking = self._cities(row for row in self.rows if not row.claim.is_absent) >= rankings.FEWEST
        found = {row.series_id: row.series for row in self.rows or everything}
        self.all_series = sorted(found.values(), key=lambda series: (series.preference, series.slug))
        self.series, self.period = self._series_and_period()
        self.group, self.groups, self.members = self._group()
        self.seen = self._one_of("seen", Source.Nearness.values)
        self.view = self._one_of("view", VIEWS) or "table"
        self.second = self._second()
        self._one_of("scale", ("linear", "log"))
        self._one_of("trend", ("0", "1"))
        self._one_of("city", {place.slug for place in self.members})
        self._one_of("per", [indicator.form] if indicator.form else ())  # other forms have pages of their own
        self.chosen = [] if self.problems else self._chosen()
        self.ranking = self._rank()
        self.listed = sorted((r for r in self.chosen if self.is_listed(r)), key=self._order)
        met = Counter(note for row in self.listed for note in self.notes.direct(row))
        self.shared = {note for note, times in met.items() if times > len(self.listed) / 2}  # printed once, on top
        self._one_of("open", {row.uid for row in self.listed})

    # --- What is asked for ---

    def _bad(self, name):
        said = {"name": name, "value": self.query.pop(name)}
        self.problems.append(_("“%(value)s” is no value of “%(name)s” here, so nothing is listed.") % said)
        self.listed = self.chosen = []

    def _one_of(self, name, values):
        if self.query.get(name) and self.query[name] not in values:
            self._bad(name)
        return self.query.get(name, "")

    def _second(self):
        """The indicator `with=` names, for a view of two."""
        asked = self.query.get("with")
        found = asked and Indicator.objects.filter(slug=asked).select_related("topic").first()
        if asked and not found:
            self._bad("with")
        return found or None

    def _series_and_period(self):
        """As asked; else the preferred series and its newest period in which three cities have figures."""
        known = {series.slug: series for series in self.all_series}
        asked, key = self._one_of("series", known), self.query.get("period")
        if key and key != LATEST and not readable(key):
            self._bad("period")
            key = LATEST
        candidates = [known[asked]] if asked in known else self.all_series
        for series in candidates:
            for option in [key] if key else self.periods_of(series):
                if self._cities(self.inside(series, option)) >= (1 if key else rankings.FEWEST):
                    return series, option
        first = candidates[0] if candidates else None
        return first, key or next(iter(self.periods_of(first)), LATEST)

    def periods_of(self, series):
        """Years and other keys of a series, newest first."""
        keys = {year_of(row.period_key) for row in self.rows if series and row.series_id == series.pk}
        return sorted(keys, key=lambda key: periods.sort_key(periods.parse(key)), reverse=True)

    def is_wide(self, series):
        return self._cities(self.inside(series, LATEST)) >= rankings.FEWEST

    def _cities(self, rows):
        return len({row.place_id for row in rows})

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
        group = groups.get(self._one_of("group", groups)) or next(iter(groups.values()), None)
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
        rows = {row.place_id: row for row in self.chosen}
        known = self.members if self.group and self.group.members_known else [row.place for row in self.chosen]
        entries = [self._entry(place, rows.get(place.pk)) for place in known]
        least = self.indicator.minimum_coverage
        direction = self.indicator.direction
        return rankings.rank(entries, direction=direction, group_size=self.size, minimum_coverage=least)

    def _entry(self, place, row):
        return rankings.Entry(place.pk, row and row.claim, bool(row and self.notes.excludes(row)))

    def is_listed(self, row):
        return not row.claim.is_absent and not self.notes.excludes(row)

    def _order(self, row):
        here, last = self.ranking.ranks.get(row.place_id), 10**9
        rank = (here.best, here.worst) if here else (last, last)
        printed = (row.published_rank or last, row.published_rank_to or 0)
        value = row.claim.point or row.high or Decimal(0)
        lower = self.indicator.direction == Indicator.Direction.LOWER
        return rank, printed, not row.claim.has_value, value if lower else -value, row.place.slug

    def link(self, **changes):
        kept = {name: value for name, value in (self.query | {"per": ""} | changes).items() if value}
        return "?" + urlencode(kept) if kept else "?"
