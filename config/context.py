"""What every page knows of the site."""

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import get_language

from indicators import numbers
from indicators.models import Observation
from policies.models import Policy

DATA_VERSION_SECONDS = 300


def site(request):
    """`languages` are plain links to this very page; `canonical` leaves the query out, pages that mean it put it in."""
    path, query = request.path, request.META.get("QUERY_STRING", "")
    for code, _name in settings.LANGUAGES:
        if path.startswith(f"/{code}/") and code != settings.LANGUAGE_CODE:
            path = path.removeprefix(f"/{code}")
    path = "/" + path.lstrip("/")  # two slashes would lead to another host
    languages = []
    for code, name in settings.LANGUAGES:
        address = path if code == settings.LANGUAGE_CODE else f"/{code}{path}"
        href = f"{address}?{query}" if query else address
        current = code == (get_language() or settings.LANGUAGE_CODE)
        languages.append(
            {"code": code, "name": name, "href": href, "url": settings.SITE_URL + address, "current": current}
        )
    canonical = settings.SITE_URL + request.path
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "languages": languages,
        "canonical": canonical,
        "number_mode": number_mode(request),
        "data_version": data_version if request.resolver_match else "",  # a page that is not there asks no database
    }


def number_mode(request):
    """Whether numbers are printed in full, and this very page with the other way; None in the admin."""
    if request.resolver_match and request.resolver_match.app_names[:1] == ["admin"]:
        return None
    query = request.GET.copy()
    query.pop("numbers", None)
    short = f"?{query.urlencode()}" if query else ""
    query["numbers"] = "full"
    return {"full": numbers.are_full(), "short_url": request.path + short, "full_url": f"?{query.urlencode()}"}


def data_version():
    """Day and time of the last change to a figure or policy; asked of the database once in five minutes."""
    return cache.get_or_set("data-version", last_change, DATA_VERSION_SECONDS)


def last_change():
    changes = [model.history.order_by().values_list("history_date") for model in (Observation, Policy)]
    last = changes[0].union(changes[1]).order_by("-history_date").first()
    return f"{last[0]:%Y-%m-%d %H:%M} UTC" if last else ""
