"""What the lists print: indicators with their coverage, cities with their counts, sources by publisher."""

from collections import Counter, defaultdict
from itertools import groupby

from django.db.models import Count, F, Prefetch, Q

from indicators import claims, periods, rankings, texts
from indicators.claims import Claim
from indicators.models import Indicator, NoteLink, Observation, Place, PlaceGroup, Series, Source, Statement
from indicators.numbers import rank_text, shown_unit
from indicators.ranking_page.page import EVERY_CITY, year_of
from indicators.words import key_words, localized

NEWEST = F("period_end").desc(nulls_last=True)
OLDEST_FIRST = F("period_end").asc(nulls_first=True), F("period_start").asc(nulls_first=True)
COLUMNS = ("pk", "series", "series__indicator", "place", "period_key", "kind", "low", "high")
COLUMNS += ("published_rank", "published_rank_to")


def told():
    """Published figures of cities that say anything at all: values, bounds and bare ranks."""
    return Observation.objects.published().filter(place__is_city=True).exclude(kind__in=claims.ABSENT).order_by()


def told_of(places):
    """What is told of these places, be they cities or not."""
    return Observation.objects.published().filter(place__in=places).exclude(kind__in=claims.ABSENT)


def cities_with_figures():
    """Indicator → in how many cities it has figures: below three there is no ranking."""
    return dict(told().values_list("series__indicator").annotate(Count("place", distinct=True)))


def catalogue():
    """Topics with the indicators that can be ranked: unit, coverage, years, and who is first in the newest ranking."""
    rows = _by_indicator(told())
    able = {pk for pk, mine in rows.items() if len({row["place"] for row in mine}) >= rankings.FEWEST}
    indicators = Indicator.objects.filter(pk__in=able).select_related("topic")
    entries = _entries(indicators.order_by("topic__position", "topic__slug", "slug"), rows)
    by_topic = groupby(entries, key=lambda entry: entry["indicator"].topic)
    return [{"topic": topic, "indicators": list(group)} for topic, group in by_topic]


def in_short(indicators):
    """Indicator → what the catalogue prints of it, for those among these that have any figure."""
    rows = _by_indicator(told().filter(series__indicator__in=indicators))
    return {entry["indicator"]: entry for entry in _entries([one for one in indicators if one.pk in rows], rows)}


def _by_indicator(figures):
    rows = defaultdict(list)
    for row in figures.order_by("series__preference", "series__slug", *OLDEST_FIRST).values(*COLUMNS):
        rows[row["series__indicator"]].append(row)
    return rows


def _entries(indicators, rows):
    places = {place.pk: place for place in Place.objects.cities().only("slug", "name", "name_zh", "is_city")}
    excluded = _excluded()
    return [_entry(one, rows[one.pk], places, excluded) for one in indicators]


def _excluded():
    """Figures that a note keeps out of every rank."""
    return set(NoteLink.objects.filter(note__excludes_from_ranking=True).values_list("observation", flat=True))


def _entry(indicator, rows, places, excluded):
    years = set(_years(rows).values())
    years = sorted(years - {periods.UNDATED} or years, key=lambda key: periods.sort_key(periods.parse(key)))
    span = key_words(years[0]).removesuffix("年"), key_words(years[-1])
    newest, ranked = _newest(rows, excluded)
    first = _first(indicator, ranked, len(places)) if newest else []
    return {
        "indicator": indicator,
        "unit": shown_unit(indicator),
        "have": len({row["place"] for row in rows}),
        "of": len(places),
        "years": "–".join(span) if years[0] != years[-1] else span[1],
        "first": [{"name": localized(places[pk], "name"), "url": places[pk].get_absolute_url()} for pk in first],
        "first_period": key_words(newest[1]) if newest else "",
    }


def _newest(rows, excluded):
    """((series, year), its rows by place) of the preferred series' newest year that can be ranked; None if none can.

    Of several figures of a city in the year the last counts; what a note keeps out of every rank is left out."""
    by_year, years = defaultdict(dict), _years(rows)
    for row in rows:
        by_year[row["series"], years[row["period_key"]]][row["place"]] = row
    full = [key for key, mine in by_year.items() if len(mine) >= rankings.FEWEST]
    preferred = [key for key in full if key[0] == full[0][0]]
    newest = max(preferred, key=lambda key: periods.sort_key(periods.parse(key[1])), default=None)
    return newest, {pk: row for pk, row in by_year.get(newest, {}).items() if row["pk"] not in excluded}


def _years(rows):
    """Period key → the year it lies in; there are few keys among many rows."""
    return {key: year_of(key) for key in {row["period_key"] for row in rows}}


def ranks_in(indicator):
    """City → its rank in the newest ranking of an indicator: words, size of the group, whose rank, and the address.

    A rank the source prints is one among the source's own group, of as many as it says."""
    newest, rows = _newest(_by_indicator(told().filter(series__indicator=indicator))[indicator.pk], _excluded())
    if not newest:
        return {}
    series = Series.objects.select_related("group").get(pk=newest[0])
    wanted = [pk for pk in (series.group_id, indicator.default_group_id) if pk]
    groups = PlaceGroup.objects.filter(Q(pk__in=wanted) | Q(slug=EVERY_CITY)).prefetch_related(
        Prefetch("members", Place.objects.only("pk"))
    )
    by_pk = {group.pk: group for group in groups}
    group = next((by_pk[pk] for pk in wanted), next(iter(by_pk.values()), None))
    members = group and group.known()
    told_here = {pk: row for pk, row in rows.items() if members is None or pk in members}
    ranking = _ranked(indicator, told_here, members, group and group.stated_size)
    address = f"{indicator.get_absolute_url()}?period={newest[1]}&series={series.slug}"
    shared = {"year": newest[1], "url": address}
    here = {"printed": False, "size": ranking.have, "group": group} | shared
    source = {"printed": True, "size": series.group and series.group.stated_size, "group": series.group} | shared
    ranks = {pk: here | {"text": rank.text} for pk, rank in ranking.ranks.items()}
    for pk, row in told_here.items():
        if row["published_rank"]:
            ranks[pk] = source | {"text": rank_text(row["published_rank"], row["published_rank_to"])}
    return ranks


def _ranked(indicator, rows, members, size):
    return rankings.of_group(
        {pk: Claim(row["kind"], row["low"], row["high"]) for pk, row in rows.items()},
        members=members,
        stated_size=size,
        direction=indicator.direction,
        minimum_coverage=indicator.minimum_coverage,
    )


def _first(indicator, rows, size):
    """By the rank the source prints; where it prints none, by the rank worked out here."""
    if any(row["published_rank"] for row in rows.values()):
        return [pk for pk, row in rows.items() if row["published_rank"] == 1 and not row["published_rank_to"]]
    return [pk for pk, rank in _ranked(indicator, rows, None, size).ranks.items() if rank.worst == 1]


def found_by(place):
    """By what a place is looked for: both scripts, pinyin, former names, its GB/T 2260 code."""
    codes = [place.slug, place.code] if place.code else [place.slug]
    return {"names": [place.name, place.name_zh], "others": place.aliases.split("\n"), "codes": codes}


def cities(text=""):
    """Cities with how many figures and statements stand here of each; those a text finds, the closest first."""
    places = list(Place.objects.cities().select_related("parent"))
    if text:
        query = texts.Query(text)
        scores = {place: texts.score(texts.Text.of(**found_by(place)), query) for place in places}
        places = sorted((place for place in places if scores[place]), key=lambda place: -scores[place])
    counts = Counter(dict(told().values_list("place").annotate(Count("pk"))))
    counts.update(dict(Statement.objects.published().order_by().values_list("place").annotate(Count("pk"))))
    for place in places:
        place.figures = counts[place.pk]
    return places


def sources():
    """Publishers with their sources, each with how many figures were taken from it."""
    counts = dict(Observation.objects.published().order_by().values_list("source").annotate(Count("pk")))
    rows = list(Source.objects.select_related("publisher").order_by("publisher__slug", NEWEST, "slug"))
    for row in rows:
        row.figures = counts.get(row.pk, 0)
    return [(publisher, list(group)) for publisher, group in groupby(rows, key=lambda row: row.publisher)]
