"""What every page knows of the site."""

from django.conf import settings
from django.utils.translation import get_language


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
    }
