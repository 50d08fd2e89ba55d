"""The figures of all places beside those of one: the same series, the same period, and the ranks among them."""

from collections import defaultdict
from functools import cached_property

from django.db.models import Prefetch, Q

from indicators import claims, rankings, selectors
from indicators.claims import Claim
from indicators.models import NoteLink, Observation, Place, PlaceGroup
from indicators.profile import standing
from indicators.ranking_page.page import EVERY_CITY
from indicators.rankings import Rank, Ranking

PEER = ("pk", "series_id", "period_key", "place_id", "place__level", "place__is_city", "kind", "low", "high", "uid")
PEER += ("published_rank", "published_rank_to")
NOTHING = Ranking({}, 0, 0, rankings.TOO_FEW)


def claim_of(peer):
    return Claim(peer["kind"], peer["low"], peer["high"])


class Peers:
    """`heads`: the figures of `place` that answer first, one an indicator. A fixed number of queries."""

    def __init__(self, place, heads):
        self.place = place
        self.coverage = selectors.cities_with_figures()
        series = {row.series_id for row in heads}
        keys = {(row.series_id, row.period_key) for row in heads}
        found = Observation.objects.published().filter(series__in=series, period_key__in={key for _s, key in keys})
        self.by_key = defaultdict(list)
        for peer in found.order_by().values(*PEER):
            if (peer["series_id"], peer["period_key"]) in keys:
                self.by_key[peer["series_id"], peer["period_key"]].append(peer)
        shut_out = Q(note__excludes_from_ranking=True, observation__series__in=series)
        links = NoteLink.objects.filter(shut_out | Q(place=place, note__is_public=True)).select_related("note")
        links = list(links.order_by())
        self.excluded = {link.observation_id for link in links if link.note.excludes_from_ranking} - {None}
        self.place_notes = [link.note for link in links if link.place_id == place.pk]
        wanted = {row.series.group_id or row.series.indicator.default_group_id for row in heads} - {None}
        members = Prefetch("members", Place.objects.only("pk"))
        groups = PlaceGroup.objects.filter(Q(pk__in=wanted) | Q(slug=EVERY_CITY)).prefetch_related(members)
        self.groups = {group.pk: group for group in groups}
        self._rankings = {}

    @cached_property
    def cities(self):
        """Every city by its key."""
        return {city.pk: city for city in Place.objects.cities().select_related("parent")}

    def of(self, row):
        return self.by_key[row.series_id, row.period_key]

    def of_cities(self, row):
        return [peer for peer in self.of(row) if peer["place__is_city"]]

    def valid(self, row):
        """Those of the cities that no known problem shuts out of ranks."""
        return [peer for peer in self.of_cities(row) if peer["pk"] not in self.excluded]

    def plain(self, row):
        """Those of them that are one number: bounds, ranges and ranks have no place on a line."""
        return [peer for peer in self.valid(row) if peer["kind"] in claims.POINTS]

    def is_ranked(self, indicator):
        """Whether the indicator has a ranking at all."""
        return self.coverage.get(indicator.pk, 0) >= rankings.FEWEST

    def group(self, row):
        pk = row.series.group_id or row.series.indicator.default_group_id
        every = (group for group in self.groups.values() if group.slug == EVERY_CITY)
        return self.groups.get(pk) or next(every, None)

    def compared(self, row):
        """The figures that are ranked with this one: those of the group where its members are known."""
        group, cities = self.group(row), self.valid(row)
        inside = group and group.known()
        return cities if inside is None else [peer for peer in cities if peer["place_id"] in inside]

    def ranking(self, row):
        """By the same rule as the ranking page; without ranks where none are worked out."""
        if row.pk not in self._rankings:
            self._rankings[row.pk] = self._rank(row)
        return self._rankings[row.pk]

    def _rank(self, row):
        group, indicator = self.group(row), row.series.indicator
        if not self.place.is_city or not self.is_ranked(indicator) or row.claim.is_absent:
            return NOTHING
        return rankings.of_group(
            {peer["place_id"]: claim_of(peer) for peer in self.of_cities(row)},
            members=group and group.known(),
            stated_size=group and group.stated_size,
            excluded={peer["place_id"] for peer in self.of_cities(row) if peer["pk"] in self.excluded},
            direction=indicator.direction,
            minimum_coverage=indicator.minimum_coverage,
        )

    def printed_ranks(self, row):
        """The ranks the source prints in the same list."""
        return {
            peer["place_id"]: Rank(peer["published_rank"], peer["published_rank_to"] or peer["published_rank"])
            for peer in self.valid(row)
            if peer["published_rank"]
        }

    def in_country(self, row):
        """The same figure of the whole country, where this one is a part of it."""
        indicator = row.series.indicator
        if not (row.place.parent_id and row.claim.has_value and standing.is_size(indicator.unit, indicator.form)):
            return None
        country = (peer for peer in self.of(row) if peer["place__level"] == Place.Level.COUNTRY)
        return next((peer for peer in country if claim_of(peer).has_value), None)
