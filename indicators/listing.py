"""Addresses of the same page with other values, the filters in use, and the page of a list that is asked for."""

from urllib.parse import urlencode

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.utils.translation import gettext as _


def address(request, **changed):
    query = query_of(request, **changed)
    return f"{request.path}?{query}" if query else request.path


def query_of(request, **changed):
    """The address's own query, of a name given twice the value in use, with these values; None takes one out."""
    query = request.GET.dict() | changed
    return urlencode({name: value for name, value in query.items() if value})


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
