"""Addresses of the same page with other values, the filters in use, and the page of a list that is asked for."""

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.utils.translation import gettext as _


def address(request, **changed):
    query = query_of(request, **changed)
    return f"{request.path}?{query}" if query else request.path


def query_of(request, **changed):
    """The address's own query without what is empty, and with these values; None takes one out."""
    query = request.GET.copy()
    for name, value in changed.items():
        query[name] = value or ""
    for name in [name for name, value in query.items() if not value]:
        del query[name]
    return query.urlencode()


def chips(request, found):
    """The filters in use, each with the address without it."""
    return [
        {"label": label, "value": value, "url": address(request, **{name: None, "page": None})}
        for name, label, value in found.chosen()
    ]


def page_of(request, rows, on_a_page):
    """The page asked for, and a sentence where there is none."""
    asked = request.GET.get("page", "").strip()[:12]
    try:
        return Paginator(rows, on_a_page).page(asked or 1), ""
    except (EmptyPage, PageNotAnInteger):
        return None, _("There is no page “%(value)s” of this list.") % {"value": asked}
