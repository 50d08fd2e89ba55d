"""Who says so, and everything taken from it."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from indicators import selectors
from indicators.figures import present
from indicators.models import Observation, Source, Statement
from indicators.where import Notes, problem

PER_PAGE = 100


def source_list(request):
    return render(request, "indicators/source_list.html", {"section": "sources", "groups": selectors.sources()})


def source(request, slug):
    one = get_object_or_404(Source.objects.select_related("publisher"), slug=slug)
    rows = Observation.objects.published().filter(source=one).with_sources()
    pages = Paginator(rows.order_by("series__indicator__slug", "place__slug", "period_key", "uid"), PER_PAGE)
    asked = request.GET.get("page", "1")
    known = asked.isdecimal() and asked.isascii() and 0 < int(asked[:9]) <= pages.num_pages
    page = pages.page(int(asked)) if known else None
    shown = list(page) if page else []
    notes = Notes(shown)
    statements = Statement.objects.published().filter(source=one).select_related("place")
    links = one.note_links.filter(note__is_public=True).select_related("note")
    return render(
        request,
        "indicators/source.html",
        {
            "section": "sources",
            "source": one,
            "page_obj": page,
            "bad_page": "" if known else _("There is no page “%(page)s” of this list.") % {"page": asked[:20]},
            "figures": [present(row, disputed=notes.disputed(row)) for row in shown],
            "statements": statements if asked == "1" else [],
            "lists": one.ranking_lists.select_related("publisher"),
            "problems": [problem(link.note) for link in links],
        },
    )
