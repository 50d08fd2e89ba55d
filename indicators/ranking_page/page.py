"""A ranking as an address asks for it: series, period, group; who stands where, and who stands nowhere, and why."""

from collections import Counter
from decimal import Decimal
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils.translation import gettext as _

from indicators import periods, rankings
from indicators.figures import nearness
from indicators.models import Indicator, Observation, Place, PlaceGroup, Source
from indicators.ranking_page import groups
from indicators.ranking_page.change import Baseline
from indicators.where import Notes

NAMES = ("period", "series", "group", "city", "seen", "view", "open", "per", "with", "scale", "trend", "baseline")
NAMES += ("sort", "page", "numbers")
LONGEST = {"group": 1500}
VIEWS = ("table", "chart", "map", "scatter", "slope")
SORTS = ("rank", "city", "value", "change")
LATEST, ALL = "latest", "all"
EVERY_CITY = "observatory-cities"  # the group asked about where neither the source nor the indicator names one
PER_PAGE, ORPHANS = 50, 9  # a last page of nine rows or fewer joins the one before it


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


def cleaned(query):
    """What the address says under the names this page knows; NUL never reaches the database."""
    said = {
        name: query[name].replace("\x00", "\ufffd").strip()[: LONGEST.get(name, 120)] for name in NAMES if name in query
    }
    return {name: value for name, value in said.items() if value}


class RankingPage:
    """Reads the query, chooses, ranks. `problems` holds a sentence for every bad value; the list is empty then."""

    def __init__(self, indicator, query):
        self.indicator, self.problems = indicator, []
        self.query, self._inside = cleaned(query), {}
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
        self._one_of("per", [indicator.form] if indicator.form else ())  # other forms have pages of their own
        self._one_of("sort", [sign + name for name in SORTS for sign in ("", "-")])
        self._city()
        self.chosen = [] if self.problems else self.figures(self.series, self.period)
        self.ranking = self._rank()
        self.listed = sorted((r for r in self.chosen if self.is_listed(r)), key=self._order)
        met = Counter(note for row in self.listed for note in self.notes.direct(row))
        self.shared = {note for note, times in met.items() if times > len(self.listed) / 2}  # printed once, on top
        self.baseline = self._baseline()
        self.listed = self._sorted()
        self._one_of("open", {row.uid for row in self.listed})
        self.pages, self.number = self._pages()
        self.shown = list(self.pages.page(self.number)) if self.number and self.listed else self.listed

    # --- What is asked for ---

    def _bad(self, name, sentence=""):
        said = {"name": name, "value": self.query.pop(name)[:120]}
        self.problems.append(sentence or _("“%(value)s” is no value of “%(name)s” here, so nothing is listed.") % said)
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

    def _city(self):
        """A city of another group is no mistake: it stays in the address and is marked where it stands."""
        asked = self.query.get("city")
        known = {place.slug for place in self.members} | {row.place.slug for row in self.rows}
        if asked and asked not in known and not Place.objects.cities().filter(slug=asked).exists():
            self._bad("city")

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
        """Figures of the series in a year, or all of them; looked up once."""
        asked = (series and series.pk, key)
        if asked not in self._inside:
            self._inside[asked] = self._look_inside(series, key)
        return self._inside[asked]

    def _look_inside(self, series, key):
        rows = [row for row in self.rows if series and row.series_id == series.pk]
        if key == LATEST:
            return rows
        outer = periods.parse(key)
        return [row for row in rows if row.period_key == outer.key or periods.within(row.period, outer)]

    def _group(self):
        """The group asked for, all there are to choose from, and the cities of the one chosen."""
        wanted = [self.series.group_id if self.series else None, self.indicator.default_group_id]
        known = Q(pk__in=[pk for pk in wanted if pk]) | Q(slug=EVERY_CITY) | Q(members_known=True)
        by_pk = {group.pk: group for group in PlaceGroup.objects.filter(known)}
        first = {by_pk[pk].slug: by_pk[pk] for pk in wanted if pk}
        rest = sorted(by_pk.values(), key=lambda group: (group.slug != EVERY_CITY, group.slug))
        choices = first | {group.slug: group for group in rest}
        asked = self.query.get("group", "")
        if asked and asked not in choices and groups.is_own(asked):
            own, wrong = groups.own(asked)
            if own:
                return own, choices, own.places
            self._bad("group", wrong)
        group = choices.get(self._one_of("group", choices)) or next(iter(choices.values()), None)
        if group and group.members_known:
            return group, choices, list(group.members.all())
        return group, choices, list({row.place_id: row.place for row in self.rows}.values())

    # --- Who stands where ---

    def figures(self, series, key):
        """One figure a city of the group, as near to the original as asked for."""
        inside = {place.pk for place in self.members}
        rows = [row for row in self.inside(series, key) if row.place_id in inside]
        if self.seen:
            order = Source.Nearness.values
            rows = [row for row in rows if order.index(nearness(row)) <= order.index(self.seen)]
        return newest(rows)

    def published(self):
        """Place → figure of the page's series and period, however near to the original."""
        return {row.place_id: row for row in newest(self.inside(self.series, self.period))}

    def beside(self, indicator, period=""):
        """Another indicator among the same cities and as near to the original; its newest period unless told."""
        group = self.group.slug if self.group and self.group.members_known else ""
        return RankingPage(indicator, {"group": group, "seen": self.seen, "period": period})

    def second_page(self):
        """What `with=` names in the page's period, where three of its cities have figures; else in its newest."""
        same = self.beside(self.second, self.period)
        return same if len(same.listed) >= rankings.FEWEST else self.beside(self.second)

    @property
    def size(self):
        if self.group is None:
            return len(self.members)
        return len(self.members) if self.group.members_known else self.group.stated_size

    def _rank(self):
        return rankings.of_group(
            {row.place_id: row.claim for row in self.chosen},
            members=[place.pk for place in self.members] if self.group and self.group.members_known else None,
            stated_size=self.size,
            excluded={row.place_id for row in self.chosen if self.notes.excludes(row)},
            direction=self.indicator.direction,
            minimum_coverage=self.indicator.minimum_coverage,
        )

    def is_listed(self, row):
        return not row.claim.is_absent and not self.notes.excludes(row)

    @property
    def is_printed(self):
        """Whether the source itself ranks: its ranks lead, those worked out here stand beside them."""
        return any(row.published_rank for row in self.listed)

    def _order(self, row):
        here, last = self.ranking.ranks.get(row.place_id), 10**9
        rank = (here.best, here.worst) if here else (last, last)
        printed = (row.published_rank or last, row.published_rank_to or 0)
        value = row.claim.end or Decimal(0)
        lower = self.indicator.direction == Indicator.Direction.LOWER
        return rank, printed, not row.claim.has_value, value if lower else -value, row.place.slug

    def _baseline(self):
        key = self.query.get("baseline")
        if not key or self.problems:
            return None
        found = Baseline.against(self, key) if readable(key) and self.period not in (LATEST, key) else None
        if found is None:
            said = {"value": key, "period": self.period}
            self._bad("baseline", _("No figures of “%(value)s” can stand beside those of “%(period)s”.") % said)
        return found

    # --- In which order, and how many at once ---

    def _sorted(self):
        """Rows that have nothing to sort by stand last, whichever way the others run."""
        asked = self.query.get("sort") or "rank"
        shifts = self.baseline.shifts if self.baseline else {}
        place_in_list = {row.pk: position for position, row in enumerate(self.listed)}
        keys = {
            "rank": lambda row: place_in_list[row.pk] if self._has_rank(row) else None,
            "city": lambda row: row.place.slug,
            "value": lambda row: (row.high if row.low is None else row.low) if row.claim.has_value else None,
            "change": lambda row: shifts[row.place_id].steps if row.place_id in shifts else None,
        }
        key = keys[asked.removeprefix("-")]
        known = [row for row in self.listed if key(row) is not None]
        known.sort(key=key, reverse=asked.startswith("-"))
        return known + [row for row in self.listed if key(row) is None]

    def _has_rank(self, row):
        return bool(row.published_rank) or row.place_id in self.ranking.ranks

    def _pages(self):
        """The pages, and the number of the one shown; None for all at once. An open or marked row brings its page."""
        pages, asked = Paginator(self.listed, PER_PAGE, orphans=ORPHANS), self.query.get("page", "")
        if asked == ALL:
            return pages, None
        if asked:
            is_number = asked.isascii() and asked.isdecimal() and 0 < int(asked[:9]) <= pages.num_pages
            if not is_number:
                self._bad("page")
            return pages, int(asked[:9]) if is_number else 1
        wanted = (self.query.get("open"), self.query.get("city"))
        for position, row in enumerate(self.listed):
            if row.uid == wanted[0] or (not wanted[0] and row.place.slug == wanted[1]):
                return pages, min(position // PER_PAGE + 1, pages.num_pages)
        return pages, 1

    def link(self, **changes):
        """The same page with other choices; what changes the list starts it anew, and `per` is answered already."""
        kept = self.query | {"per": ""} | ({"page": ""} if changes.keys() - {"page", "open", "city"} else {}) | changes
        kept = {name: value for name, value in kept.items() if value}
        return "?" + urlencode(kept, safe=",") if kept else "?"
