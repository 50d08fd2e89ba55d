"""What stands here of a city beside what stands of others: what is missing, and where to look instead."""

from decimal import Decimal
from math import asin, cos, radians, sin, sqrt
from statistics import median

from django.db.models import Count

from indicators import rankings, selectors
from indicators.models import Indicator, Place

EARTH_KM = 6371
A_QUARTER_MORE = Decimal("1.25")


def kilometres(a: Place, b: Place) -> float:
    """Along the great circle (haversine)."""
    a_lat, a_lon, b_lat, b_lon = (radians(x) for x in (a.latitude, a.longitude, b.latitude, b.longitude))
    half = sin((b_lat - a_lat) / 2) ** 2 + cos(a_lat) * cos(b_lat) * sin((b_lon - a_lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def better_documented(place: Place) -> dict | None:
    """For the half of the cities with fewer figures: the nearest one with at least a quarter more."""
    counts = dict(selectors.told().values_list("place").annotate(Count("pk")))
    here = counts.get(place.pk, 0)
    if place.latitude is None or not counts or here >= median(counts.values()):
        return None
    cities = Place.objects.cities().filter(latitude__isnull=False).exclude(pk=place.pk)
    able = [city for city in cities if counts.get(city.pk, 0) > here * A_QUARTER_MORE]
    nearest = min(able, key=lambda city: (kilometres(place, city), city.slug), default=None)
    if not nearest:
        return None
    return {"city": nearest, "km": round(kilometres(place, nearest)), "figures": counts[nearest.pk], "here": here}


def nothing_published(known: set[int], cities: dict[int, int]) -> dict:
    """The indicators ranked here of which `known` holds none; `cities`: indicator → how many cities it has."""
    ranked = {pk for pk, n in cities.items() if n >= rankings.FEWEST}
    rows = Indicator.objects.filter(pk__in=ranked - known).order_by("topic__position", "topic__slug", "slug")
    return {"indicators": list(rows), "of": len(ranked)}
