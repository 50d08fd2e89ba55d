"""Where the cities of a list lie: a map of dots, each a link to the city's page. The list is its table."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.drawing import maps
from indicators.words import localized


def city_map(cities):
    """The dict of components/chart.html for cities with their counts; None where no coordinates are known."""
    on_map = [city for city in cities if maps.holds(city.latitude, city.longitude)]
    if not on_map:
        return None
    words = ngettext(
        "%(n)s city, each dot a link to its page", "%(n)s cities, each dot a link to its page", len(on_map)
    )
    return {
        "id": "map",
        "level": 2,
        "links": True,
        "title": _("Where they are"),
        "label": words % {"n": len(on_map)},
        "svg": SafeString(maps.dots([dot(city) for city in on_map])),
        "note": " ".join(filter(None, [_("Coastline only; no borders are drawn"), missing(len(cities) - len(on_map))])),
        "table_id": "cities",
    }


def dot(city):
    words = ngettext("%(city)s: %(n)s figure and statement", "%(city)s: %(n)s figures and statements", city.figures)
    name = localized(city, "name")
    return maps.Bubble(
        name=name,
        latitude=float(city.latitude),
        longitude=float(city.longitude),
        value=float(city.figures),
        title=words % {"city": name, "n": city.figures},
        url=city.get_absolute_url(),
    )


def missing(n):
    if not n:
        return ""
    return ngettext("· %(n)s city without known coordinates", "· %(n)s cities without known coordinates", n) % {"n": n}
