"""How far the figures reach: which city has what for which indicator, and the counts that follow from it."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q

from indicators import claims, rankings, selectors
from indicators.models import EditorialNote, Indicator, NoteLink, Place, RankingEntry, RankingList
from indicators.ranking_page.page import year_of

FIGURE, RANK, PROBLEM, NOTHING = "figure", "rank", "problem", "nothing"
OTHER_TOPICS = ("economy", "population")  # all other topics are digital or about innovation
NOT_DIGITAL = (*OTHER_TOPICS, "innovation-and-talent")
MOST = 34  # two thirds of the 51 cities


@dataclass
class Line:
    """One indicator: the best state of each city, and the most cities one ranking of it holds."""

    indicator: Indicator
    states: dict[int, str] = field(default_factory=dict)
    widest: int = 0

    @property
    def have(self) -> int:
        return sum(state in (FIGURE, RANK) for state in self.states.values())


class Coverage:
    """A fixed number of queries, however many figures there are."""

    def __init__(self) -> None:
        self.cities = list(Place.objects.cities())
        self.lines = self._lines()
        self.figures = dict(selectors.told().values_list("place").annotate(Count("pk")))
        lists = RankingList.objects.values_list("pk", "publisher", "topic__slug")
        self.lists = list(lists)
        self.publishers = {publisher for _pk, publisher, _topic in lists}
        digital = [pk for pk, _publisher, topic in lists if topic not in NOT_DIGITAL]
        places = RankingEntry.objects.filter(ranking__in=digital, place__is_city=True)
        self.in_digital_list = set(places.order_by().values_list("place", flat=True).distinct())

    def _lines(self) -> list[Line]:
        """Indicators that can be ranked, with what is known of each city."""
        doubted = Q(note__excludes_from_ranking=True) | Q(note__kind=EditorialNote.Kind.DISPUTED)
        doubts = set(NoteLink.objects.filter(doubted, observation__isnull=False).values_list("observation", flat=True))
        states: dict[int, dict[int, str]] = defaultdict(dict)
        held: dict[tuple, set] = defaultdict(set)
        order = (FIGURE, RANK, PROBLEM)
        for row in selectors.told().values(*selectors.COLUMNS):
            state = PROBLEM if row["pk"] in doubts else FIGURE if row["kind"] in claims.VALUED else RANK
            mine, city = states[row["series__indicator"]], row["place"]
            mine[city] = min(state, mine.get(city, state), key=order.index)
            if state != PROBLEM:
                held[row["series__indicator"], row["series"], year_of(row["period_key"])].add(city)
        able = [pk for pk, mine in states.items() if len(mine) >= rankings.FEWEST]
        found = Indicator.objects.filter(pk__in=able).select_related("topic")
        lines = {one.pk: Line(one, states[one.pk]) for one in found.order_by("topic__position", "topic__slug", "slug")}
        for (indicator, _series, _year), cities in held.items():
            if indicator in lines:
                lines[indicator].widest = max(lines[indicator].widest, len(cities))
        return list(lines.values())

    def wide(self, *, digital: bool = False) -> int:
        """Indicators of which one ranking (a series in a year) holds at least 34 cities."""
        wide = [line for line in self.lines if line.widest >= MOST]
        return sum(not digital or line.indicator.topic.slug not in OTHER_TOPICS for line in wide)

    def fewest_figures(self) -> int:
        return min((self.figures.get(city.pk, 0) for city in self.cities), default=0)
