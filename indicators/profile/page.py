"""A city or region: its figures topic by topic, each with its ranks, its trend and its place among all cities."""

from collections import defaultdict
from itertools import groupby

from django.db.models import Q
from django.utils.safestring import SafeString

from indicators import photos
from indicators.drawing import maps
from indicators.models import KeyFigure, Statement
from indicators.profile import changes, neighbours, standing, trend
from indicators.profile import words as profile_words
from indicators.profile.brief import Brief
from indicators.profile.peers import Peers
from indicators.profile.rows import Rows, anchor
from indicators.where import Notes
from indicators.words import localized, other_name

THIN = 15  # indicators; with no more a profile is one table
SHORT, LONG = 4, 5  # a topic shows four and folds the rest away, unless five are all


class Profile:
    """A fixed number of queries, however many figures the place has."""

    def __init__(self, place):
        self.place = place
        everything = list(changes.ever_public(place))
        self.changes = changes.among(everything)
        rows = (row for row in everything if row.is_public)
        rows = sorted(rows, key=lambda r: (r.series.preference, r.series.slug, _descending(r)))
        self.notes = Notes(rows)
        self.by_indicator = defaultdict(list)
        for row in rows:
            self.by_indicator[row.series.indicator].append(row)
        self.heads = [rows[0] for rows in self.by_indicator.values()]
        self.peers = Peers(place, self.heads)
        ranked = [row for row in self.heads if self.peers.is_ranked(row.series.indicator)]
        self.is_thin = len(ranked) <= THIN
        self.rows = Rows(place, self.by_indicator, self.notes, self.peers, sizes=not self.is_thin)
        self.ranked = ranked
        self.brief = Brief()

    def context(self):
        place, chosen = self.place, self._key_indicators()
        few = [row for row in self.heads if not self.peers.is_ranked(row.series.indicator)]
        statements = Statement.objects.published().for_place(place).select_related("source__publisher", "topic")
        told = {n.pk: n for rows in self.by_indicator.values() for r in rows for n in self.notes.direct(r)}
        told |= {note.pk: note for note in self.peers.place_notes}
        cards = [self._card(indicator) for indicator in chosen]
        topics = self._at_a_glance(chosen) if place.is_city else self._by_topic(self.ranked, chosen)
        single = self._by_topic(few, chosen)
        return {
            "place": place,
            "other": other_name(place),
            "photo": photos.presented(place),
            "locator": self._locator(),
            "parents": self._parents(),
            "cards": cards,
            "stands_out": self._stands_out(),
            "topics": topics,
            "single": single,
            "chart": trend.chart(place, self.by_indicator, chosen),
            "statements": statements,
            "problems": sorted(told.values(), key=lambda note: (note.position, note.slug)),
            "alike": neighbours.nearest_in_size(place, self.heads, self.peers) if place.is_city else None,
            "nearest": neighbours.better_documented(place, self.peers.cities) if place.is_city else None,
            "nothing": self._nothing() if place.is_city else None,
            "children": [] if place.is_city else place.children.all(),
            "changes": self.changes,
            "brief": {
                "columns": self.brief.columns(topics if place.is_city and topics else [*topics, *single], chosen),
                "sources": self.brief.sources,
            },
        }

    def _locator(self):
        if self.place.latitude is None:
            return ""
        return SafeString(maps.locator(float(self.place.latitude), float(self.place.longitude)))

    def _parents(self):
        above, place = [], self.place.parent
        while place and len(above) < 2:
            above.append(place)
            place = place.parent if len(above) < 2 else None
        return above

    # --- Key figures and topics ---

    def _key_indicators(self):
        """The editors' choice for this place, else for every city; only what has a figure."""
        chosen = KeyFigure.objects.filter(Q(place=self.place) | Q(place=None)).select_related("indicator")
        own = [key for key in chosen if key.place_id] or [key for key in chosen if not key.place_id]
        return [key.indicator for key in own if key.indicator in self.by_indicator][:5]

    def _card(self, indicator):
        row = self.by_indicator[indicator][0]
        return self.rows.card(row) | {"number": self.brief.number(row)}

    def _by_topic(self, heads, chosen):
        heads = sorted(heads, key=lambda r: (r.series.indicator.topic.position, r.series.indicator.topic.slug))
        groups = []
        for topic, found in groupby(heads, key=lambda row: row.series.indicator.topic):
            rows = [self.rows.row(row) for row in self._weighed(list(found), chosen)]
            short = len(rows) if len(rows) <= LONG else SHORT
            groups.append({"topic": topic, "rows": rows[:short], "more": rows[short:]})
        return groups

    def _weighed(self, heads, chosen):
        """Key figures first, then what has a number and a rank, one of each family before its other forms."""
        place = {indicator: at for at, indicator in enumerate(chosen)}
        families, forms = set(), {}
        for row in heads:
            family = row.series.indicator.family
            forms[row.pk] = bool(family) and family in families
            families.add(family)

        def weight(row):
            is_ranked = row.published_rank is not None or self.place.pk in self.peers.ranking(row).ranks
            at = place.get(row.series.indicator, len(place))
            return at, not (is_ranked and row.claim.has_value), forms[row.pk], not is_ranked, row.series.indicator.slug

        return sorted(heads, key=weight)

    def _at_a_glance(self, chosen):
        """A city of few figures gets one table instead of a heading for every one or two rows."""
        groups = self._by_topic(self.ranked, chosen)
        if not self.is_thin or len(groups) < 2:
            return groups
        rows = [row | {"topic": group["topic"]} for group in groups for row in [*group["rows"], *group["more"]]]
        return [{"topic": None, "rows": rows, "more": []}]

    # --- Beside other cities ---

    def _stands_out(self):
        """Two sentences and their rule; nothing where the figures do not carry them."""
        found = standing.stands_out(self.rows.standings(self.ranked)) if self.place.is_city else None
        if not found:
            return None
        named = {one.key for one in (*found.best, *found.worst)}
        items = {}
        for row in (row for row in self.ranked if row.series.indicator.slug in named):
            indicator, rank, url = row.series.indicator, self.rows.rank_here(row), self.rows.ranking_url(row)
            words = localized(indicator, "name"), anchor(indicator), rank, url, self.brief.number(row)
            items[indicator.slug] = profile_words.ranked_item(*words)
        return profile_words.stands_out_words(self.place, found, items)

    def _nothing(self):
        known = {
            row.series.indicator_id for rows in self.by_indicator.values() for row in rows if not row.claim.is_absent
        }
        return neighbours.nothing_published(known, self.peers.coverage)


def _descending(row):
    end = row.period_end
    return -end.toordinal() if end else 1
