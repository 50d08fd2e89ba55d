"""Several cities side by side: what is compared with what, in the order the reader named the cities."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from indicators import comparability, periods
from indicators.comparability import COMPARABLE, LEVELS, Said, Verdict
from indicators.comparison import pairing
from indicators.comparison.pairing import Candidate, Pairing
from indicators.figures import basis
from indicators.models import Indicator, Observation, Place
from indicators.ranking_page.page import readable, year_of
from indicators.where import Notes

MOST, FEWEST = 10, 2
NAMES = ("topic", "period", "chart")
KEPT = (*NAMES, "numbers", "events")
LATEST = "latest"
NO_VERDICT = Verdict(comparability.UNKNOWN, comparability.WITHOUT)


def address(slugs):
    """`/compare/beijing/vs/shanghai/`; the form where there is nobody to compare."""
    return reverse("indicators:compare", args=["/vs/".join(slugs)]) if slugs else reverse("indicators:compare_form")


@dataclass(eq=False)
class Line:
    """One indicator: whose figure stands on the common basis, and what may be said of them."""

    indicator: Indicator
    pairing: Pairing
    rows: dict[int, Observation]  # by place
    verdict: Verdict = NO_VERDICT
    order: pairing.Order = field(default_factory=lambda: pairing.Order(pairing.NEITHER, {}))
    excluded: frozenset[int] = frozenset()

    @property
    def level(self):
        """The weakest of the judgements: a row is as comparable as its least comparable figure."""
        return min((one.level for one in self.pairing.judged.values()), key=LEVELS.index)

    @property
    def reasons(self):
        return list(dict.fromkeys(reason for one in self.pairing.judged.values() for reason in one.reasons))

    @property
    def is_directed(self):
        return self.indicator.direction != Indicator.Direction.NEITHER

    @property
    def is_computed(self):
        """Worked out here from other figures."""
        return any(row.origin == Observation.Origin.COMPUTED for row in self.rows.values())

    @property
    def counts(self):
        """Takes part in “ahead in n of m”: comparable, directed, and an order can be told."""
        decided = self.verdict.ahead != comparability.UNKNOWN or bool(self.order.ranks)
        return self.is_directed and decided

    @cached_property
    def common(self):
        return [self.rows[one.place] for one in self.pairing.common]


class Comparison:
    """A fixed number of queries, however many cities and figures. `problems` holds a sentence for every bad value."""

    def __init__(self, places, query):
        self.places, self.problems, self.notices = list(places), [], []
        self.position = {place.pk: at for at, place in enumerate(self.places)}
        self.query = {name: query[name].strip()[:120] for name in KEPT if query.get(name, "").strip()}
        rows = Observation.objects.published().filter(place__in=self.places).with_sources()
        self.everything = sorted(rows, key=lambda row: (self.position[row.place_id], row.series.preference, row.pk))
        self.notes = Notes(self.everything)
        self.by_series = defaultdict(list)  # of every year, whatever period is asked for
        for row in self.everything:
            self.by_series[row.series.indicator_id, row.series_id].append(row)
        self.topics = sorted({row.series.indicator.topic for row in self.everything}, key=_topic_order)
        self.years = sorted({year_of(row.period_key) for row in self.everything} - {periods.UNDATED}, reverse=True)
        self._check("topic", {topic.slug for topic in self.topics})
        self.period = self._period()
        rows = [] if self.problems else [row for row in self.everything if self._is_asked(row)]
        self.by_indicator = defaultdict(list)
        for row in rows:
            self.by_indicator[row.series.indicator].append(row)
        self.lines, self.alone = [], []
        for indicator in sorted(self.by_indicator, key=lambda one: (*_topic_order(one.topic), one.slug)):
            self._set_side_by_side(indicator)
        self.lines.sort(key=lambda line: (*_topic_order(line.indicator.topic), *_weight(line)))

    # --- What is asked for ---

    def _check(self, name, values):
        if self.query.get(name) and self.query[name] not in values:
            self._bad(name)

    def _bad(self, name):
        said = {"name": name, "value": self.query.pop(name)}
        self.problems.append(_("“%(value)s” is no value of “%(name)s” here, so nothing is listed.") % said)

    def _period(self):
        key = self.query.get("period", LATEST)
        if key != LATEST and not readable(key):
            self._bad("period")
            key = LATEST
        return key

    def _is_asked(self, row):
        topic = self.query.get("topic")
        if topic and row.series.indicator.topic.slug != topic:
            return False
        if self.period == LATEST:
            return True
        outer = periods.parse(self.period)
        return row.period_key == outer.key or periods.within(row.period, outer)

    def url(self, places=None, **changes):
        """This comparison with other cities or another query."""
        kept = {name: value for name, value in (self.query | changes).items() if value and value != LATEST}
        base = address([place.slug for place in (self.places if places is None else places)])
        return base + ("?" + urlencode(kept) if kept else "")

    # --- Side by side ---

    def _set_side_by_side(self, indicator):
        rows = {row.pk: row for row in self.by_indicator[indicator]}
        found = pairing.pair([self._candidate(row) for row in rows.values()])
        if found is None:
            return
        picked = {place: rows[one.key] for place, one in found.picked.items()}
        if len(picked) < FEWEST:
            self.alone += [(indicator, row) for row in picked.values()]
            return
        picked = {place.pk: picked[place.pk] for place in self.places if place.pk in picked}
        excluded = frozenset(pk for pk, row in picked.items() if self.notes.excludes(row))
        line = Line(indicator, found, picked, excluded=excluded)
        lower = indicator.direction == Indicator.Direction.LOWER
        if len(self.places) == FEWEST:
            line.verdict = self._verdict(line, lower)
        else:
            line.order = pairing.order(found, lower_is_better=lower)
        self.lines.append(line)

    def _candidate(self, row):
        return Candidate(
            key=row.pk,
            place=row.place_id,
            basis=basis(row),
            claim=row.claim,
            preference=row.series.preference,
            age=tuple(day.toordinal() for day in periods.sort_key(row.period)),
            rank=row.published_rank,
            rank_to=row.published_rank_to,
            excluded=self.notes.excludes(row),
        )

    def _verdict(self, line, lower):
        """Of two figures on one basis; of others nothing is said but what they are."""
        if line.level != COMPARABLE or line.excluded:
            return NO_VERDICT
        one, other = (_said(line.rows[place.pk]) for place in self.places)
        return comparability.verdict(one, other, lower_is_better=lower)

    def by_topic(self):
        return [(topic, list(lines)) for topic, lines in groupby(self.lines, key=lambda line: line.indicator.topic)]

    def ahead(self, line):
        """The place in front, None where they are even, tied or cannot be told."""
        if len(self.places) == FEWEST:
            at = {comparability.FIRST: 0, comparability.SECOND: 1}.get(line.verdict.ahead)
            return None if at is None else self.places[at]
        first = line.order.first
        return None if first is None else self.places[self.position[first]]

    @property
    def is_pair(self):
        return len(self.places) == FEWEST

    @cached_property
    def without_figures(self):
        known = {row.place_id for rows in self.by_indicator.values() for row in rows if not row.claim.is_absent}
        return [place for place in self.places if place.pk not in known]


def _said(row):
    return Said(row.claim, row.published_rank, row.published_rank_to, (row.series_id, row.period_key))


def _topic_order(topic):
    return topic.position, topic.slug


def _weight(line):
    """What sources print before what is worked out here; what can be told first, then the widest and the newest."""
    decided = line.verdict.ahead != comparability.UNKNOWN or bool(line.order.ranks)
    end = line.common[0].period_end
    newest = -end.year if end else 0
    weakness = -LEVELS.index(line.level)
    return line.is_computed, not decided, weakness, -len(line.rows), newest, line.indicator.slug


def suggestions():
    """Comparisons readers start from; only of cities that are here."""
    wanted = (("beijing", "shanghai"), ("shenzhen", "guangzhou"), ("hangzhou", "nanjing", "suzhou"))
    wanted += (("beijing", "shanghai", "guangzhou", "shenzhen"),)
    here = {place.slug: place for place in Place.objects.cities().filter(slug__in={s for one in wanted for s in one})}
    return [[here[slug] for slug in one] for one in wanted if all(slug in here for slug in one)]
