"""Other cities to look at: those nearest in size, the nearest one of which more is known; and what is missing."""

from decimal import ROUND_UP, Decimal
from math import asin, cos, radians, sin, sqrt
from statistics import median

from django.db.models import Count

from indicators import rankings, selectors
from indicators.models import Indicator, Observation, Place
from indicators.numbers import claim_text, number, shown_unit
from indicators.profile import alike
from indicators.profile.peers import claim_of
from indicators.words import localized, period_words

SIZE = ("gdp-current-prices", "permanent-population")  # the measures by which cities are called near in size
EARTH_KM = 6371
A_QUARTER_MORE = Decimal("1.25")


def kilometres(a: Place, b: Place) -> float:
    """Along the great circle (haversine)."""
    a_lat, a_lon, b_lat, b_lon = (radians(x) for x in (a.latitude, a.longitude, b.latitude, b.longitude))
    half = sin((b_lat - a_lat) / 2) ** 2 + cos(a_lat) * cos(b_lat) * sin((b_lon - a_lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def nearest_in_size(place, heads, peers) -> dict | None:
    """With the figures that make it so; None where the city, or fewer than three others, lack one as a plain number."""
    by_slug = {row.series.indicator.slug: row for row in heads}
    rows = [by_slug[slug] for slug in SIZE if slug in by_slug]
    if len(rows) < len(SIZE):
        return None
    by_city = [{peer["place_id"]: peer for peer in peers.plain(row)} for row in rows]
    sizes = {key: [claim_of(of[key]).point if key in of else None for of in by_city] for key in peers.cities}
    found = alike.nearest(sizes.pop(place.pk, []), sizes)
    if not found:
        return None
    return {
        "measures": [_measure(row) for row in rows],
        "own": [_figure(of[place.pk], row) for of, row in zip(by_city, rows, strict=True)],
        "cities": [_near(place, near, rows, by_city, peers.cities) for near in found],
    }


def _measure(row):
    indicator = row.series.indicator
    return {"name": localized(indicator, "name"), "unit": shown_unit(indicator), "period": period_words(row)}


def _figure(peer, row):
    words = claim_text(claim_of(peer), row.series.indicator)
    url = Observation(uid=peer["uid"]).get_absolute_url()
    return {"text": words.text, "mark": words.mark, "spoken": words.spoken, "url": url, "has_value": True}


def _near(place, near, rows, by_city, cities):
    city = cities[near.key]
    province = city.parent if city.parent_id == place.parent_id else None
    return {
        "city": city,
        "differs": number(((near.times - 1) * 100).quantize(Decimal(1), ROUND_UP)),
        "figures": [_figure(of[near.key], row) for of, row in zip(by_city, rows, strict=True)],
        "province": province if province and province.level == Place.Level.PROVINCE else None,
    }


def better_documented(place: Place, cities: dict[int, Place] | None = None) -> dict | None:
    """For the half of the cities with fewer figures: the nearest one with at least a quarter more."""
    counts = dict(selectors.told().values_list("place").annotate(Count("pk")))
    here = counts.get(place.pk, 0)
    if place.latitude is None or not counts or here >= median(counts.values()):
        return None
    cities = (cities or {city.pk: city for city in Place.objects.cities()}).values()
    able = [city for city in cities if city.pk != place.pk and city.latitude is not None]
    able = [city for city in able if counts.get(city.pk, 0) > here * A_QUARTER_MORE]
    nearest = min(able, key=lambda city: (kilometres(place, city), city.slug), default=None)
    if not nearest:
        return None
    return {"city": nearest, "km": round(kilometres(place, nearest)), "figures": counts[nearest.pk], "here": here}


def nothing_published(known: set[int], cities: dict[int, int]) -> dict:
    """The indicators ranked here of which `known` holds none; `cities`: indicator → how many cities it has."""
    ranked = {pk for pk, n in cities.items() if n >= rankings.FEWEST}
    rows = Indicator.objects.filter(pk__in=ranked - known).order_by("topic__position", "topic__slug", "slug")
    return {"indicators": list(rows), "of": len(ranked)}
