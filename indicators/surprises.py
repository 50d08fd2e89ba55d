"""Where rankings part, each by a rule that is printed with its result; no adjectives."""

from collections import defaultdict
from itertools import combinations

from indicators import claims, rankings
from indicators.agreement import spearman
from indicators.claims import Claim
from indicators.figures import source_rank
from indicators.models import EditorialNote, Indicator, NoteLink, Observation, Place
from indicators.numbers import rank_among
from indicators.ranking_page.page import RankingPage, newest, year_of
from indicators.words import key_words, localized

DIGITAL = (
    "digital-economy", "digital-technology", "digital-industry", "artificial-intelligence", "metaverse",
    "industrial-internet", "software", "smart-city",
)  # fmt: skip
GDP = "gdp-current-prices"
FEWEST = 10  # common cities of a list and GDP, and of two lists
FEWEST_OF_BOTH = 5  # cities with a rank in total and per inhabitant
SHOWN, PER_QUANTITY = 10, 3


def places_among(values):
    """Key → its place when only these keys are counted (1-2-2-4)."""
    ordered = sorted(values.values())
    return {key: ordered.index(value) + 1 for key, value in values.items()}


def gdp_gaps(lists):
    """Places in a digital list against places by GDP, both counted among the cities that have both."""
    indicator = Indicator.objects.filter(slug=GDP).select_related("topic").first()
    page = RankingPage(indicator, {}) if indicator else None
    rows = {row.place_id: row for row in page.chosen} if page else {}
    by_gdp = {pk: rank for pk, rank in page.ranking.ranks.items() if rank.best == rank.worst} if page else {}
    found = []
    for one in lists:
        positions = {pk: rank for pk, rank in one.positions().items() if pk in by_gdp}
        if not one.row.topic or one.row.topic.slug not in DIGITAL or len(positions) < FEWEST:
            continue
        listed, rich = places_among(positions), places_among({pk: by_gdp[pk].best for pk in positions})
        for pk in positions:
            place = rows[pk].place
            found.append({
                "gap": abs(listed[pk] - rich[pk]), "place": place, "n": len(positions), "list": one,
                "rank": one.words_among(one.by_place[pk]), "url": f"{one.url}#{place.slug}", "among": listed[pk],
                "gdp": rank_among(by_gdp[pk].text, page.ranking.have, None), "gdp_url": rows[pk].get_absolute_url(),
                "gdp_among": rich[pk],
            })  # fmt: skip
    found.sort(key=lambda gap: (-gap["gap"], gap["place"].slug, gap["list"].row.slug))
    return found[:SHOWN], key_words(page.period) if found else ""


def lowest_agreements(lists, cities):
    """Pairs of lists with at least ten common cities, the lowest correlation first."""
    inside = {city.pk for city in cities}
    positions = {one: {pk: r for pk, r in one.positions().items() if pk in inside} for one in lists}
    found = []
    for one, two in combinations(lists, 2):
        both = positions[one].keys() & positions[two].keys()
        if len(both) >= FEWEST:
            agreement = spearman([(positions[one][pk], positions[two][pk]) for pk in both])
            if agreement.rho is not None:
                found.append({"one": one, "two": two, "agreement": agreement})
    found.sort(key=lambda pair: (pair["agreement"].rho, pair["one"].row.slug, pair["two"].row.slug))
    return found[:SHOWN]


def contradictions():
    """Public known problems in which sources contradict each other, last entered first."""
    return EditorialNote.objects.filter(is_public=True, kind=EditorialNote.Kind.CONTRADICTION).order_by("-pk")[:SHOWN]


# --- Total against per inhabitant ---


def total_against_inhabitant():
    """For each quantity with both forms: the cities whose two ranks lie furthest apart."""
    rows = Observation.objects.published().filter(
        place__is_city=True, series__indicator__form__in=("total", "inhabitant")
    )
    rows = rows.exclude(series__indicator__family="").exclude(kind__in=claims.ABSENT).with_sources()
    by_family = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for row in rows.order_by("series__indicator__family", "series__preference", "series__slug", "uid"):
        indicator = row.series.indicator
        by_family[indicator.family][indicator.form][year_of(row.period_key)].append(row)
    excluded = set(NoteLink.objects.filter(note__excludes_from_ranking=True).values_list("observation", flat=True))
    cities = Place.objects.cities().count()
    return list(filter(None, (_family(forms, excluded, cities) for forms in by_family.values())))


def _family(forms, excluded, cities):
    """In the newest year in which five cities have a rank of the same kind in both forms."""
    total, inhabitant = forms["total"], forms["inhabitant"]
    for key in sorted(total.keys() & inhabitant.keys(), reverse=True):
        one, two = (_preferred(form[key], excluded) for form in (total, inhabitant))
        both = {row.place_id for row in one} & {row.place_id for row in two}
        one, two = ([row for row in rows if row.place_id in both] for rows in (one, two))
        for in_source in (True, False):
            left, right = (_printed_ranks(rows) if in_source else _ranks_here(rows, cities) for rows in (one, two))
            if len(left.keys() & right.keys()) >= FEWEST_OF_BOTH:
                return _gaps(left, right, key, in_source=in_source)
    return None


def _preferred(rows, excluded):
    """The figures of the series that answers first, one a city."""
    rows = [row for row in rows if row.pk not in excluded]
    return newest([row for row in rows if row.series_id == rows[0].series_id])


def _printed_ranks(rows):
    ranked = (row for row in rows if row.published_rank and not row.published_rank_to)
    return {row.place_id: (row.published_rank, source_rank(row), row) for row in ranked}


def _ranks_here(rows, cities):
    if not rows:
        return {}
    indicator = rows[0].series.indicator
    entries = [rankings.Entry(row.place_id, Claim(row.kind, row.low, row.high)) for row in rows]
    ranking = rankings.rank(
        entries, direction=indicator.direction, group_size=cities, minimum_coverage=indicator.minimum_coverage
    )
    by_place = {row.place_id: row for row in rows}
    sure = ((pk, rank) for pk, rank in ranking.ranks.items() if rank.best == rank.worst)
    return {pk: (rank.best, rank.text, by_place[pk]) for pk, rank in sure}


def _gaps(left, right, key, *, in_source):
    rows, both = [], left.keys() & right.keys()
    for pk in both:
        (one, one_text, row), (two, two_text, other) = left[pk], right[pk]
        sides = {"total": one_text, "total_url": row.get_absolute_url()}
        sides |= {"inhabitant": two_text, "inhabitant_url": other.get_absolute_url()}
        rows.append(sides | {"place": row.place, "gap": abs(one - two)})
    rows.sort(key=lambda found: (-found["gap"], found["place"].slug))
    sides = [side[next(iter(both))][2].series.indicator for side in (left, right)]
    named = [{"name": localized(one, "name"), "url": one.get_absolute_url()} for one in sides]
    return {
        "total": named[0], "inhabitant": named[1], "period": key_words(key), "rows": rows[:PER_QUANTITY],
        "n": len(both), "in_source": in_source,
    }  # fmt: skip
