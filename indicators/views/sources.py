"""Who says so, and everything taken from it."""

from django.shortcuts import get_object_or_404, render

from indicators import selectors
from indicators.figures import present
from indicators.listing import page_of
from indicators.models import Observation, Source, Statement
from indicators.where import Notes, problem

PER_PAGE = 100


def source_list(request):
    return render(request, "indicators/source_list.html", {"section": "sources", "groups": selectors.sources()})


def source(request, slug):
    one = get_object_or_404(Source.objects.select_related("publisher"), slug=slug)
    rows = Observation.objects.published().filter(source=one).with_sources()
    rows = rows.order_by("series__indicator__slug", "place__slug", "period_key", "uid")
    page, bad_page = page_of(request, rows, PER_PAGE)
    shown = list(page or ())
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
            "bad_page": bad_page,
            "figures": [present(row, disputed=notes.disputed(row)) for row in shown],
            "statements": statements if not bad_page and page.number == 1 else [],
            "lists": one.ranking_lists.select_related("publisher"),
            "problems": [problem(link.note) for link in links],
        },
    )
