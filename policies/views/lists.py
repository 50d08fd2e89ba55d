"""Policies of all places, narrowed by a GET form: one set as a list, a timeline or a table."""

from django import forms
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from indicators.listing import address, chips, page_of, query_of
from indicators.words import listed
from policies import completeness, figures, matrix, pictures
from policies.filters import PolicyFilter

VIEWS = {
    "list": pgettext_lazy("view", "List"), "timeline": pgettext_lazy("view", "Timeline"),
    "table": pgettext_lazy("view", "City by year"),
}  # fmt: skip
UNITS = {"policies": gettext_lazy("Policies"), "bodies": gettext_lazy("Issuing bodies")}
CHOICES = {"view": VIEWS, "count": UNITS}
ON_A_PAGE = {"list": 40, "timeline": 120, "table": 60}  # policies; rows of cities in the table
OWN = ("view", "count", "page")  # of this page, not of the set


def policy_list(request):
    found = PolicyFilter(request.GET, today=timezone.localdate())
    found.is_valid()
    found.offer_counts()
    chosen, problems = _chosen(request)
    for name, value in chosen.items():  # other filters keep the view
        if request.GET.get(name) == value:
            found.form.fields[name] = forms.CharField(widget=forms.HiddenInput)
    shown = {} if problems else _shown(request, found, chosen)
    context = {
        "section": "policies", "form": found.form, "chips": chips(request, found), "problems": problems,
        "entries": (), "total": 0,
        "switch": _switch(request, "view", chosen), "units": _switch(request, "count", chosen), **chosen,
        "query": query_of(request, **dict.fromkeys(OWN)), "counts": completeness.counts_by_others(found), **shown,
    }  # fmt: skip
    return render(request, "policies/list.html", context)


def _chosen(request):
    """View and unit; a sentence for each that is not known."""
    chosen, problems = {}, []
    for name, known in CHOICES.items():
        asked = request.GET.get(name, "").strip()[:40] or next(iter(known))
        if asked not in known:
            problems.append(_bad(name, asked, known))
        chosen[name] = asked if asked in known else next(iter(known))
    return chosen, problems


def _shown(request, found, chosen):
    view = chosen["view"]
    table = matrix.Matrix(found, chosen["count"]) if view == "table" else None
    page_obj, problem = page_of(request, table.places if table else found.found, ON_A_PAGE[view])
    total = found.found.count() if problem or table else page_obj.paginator.count
    if problem:
        return {"total": total, "problem": problem}
    if table:
        return {"page_obj": page_obj, "total": total, "table": table.present(page_obj)}
    entries = [figures.present_policy(policy) for policy in figures.with_parts(page_obj.object_list)]
    shown = {"page_obj": page_obj, "total": total, "entries": entries}
    return shown | _pictures(found, entries, page_obj) if view == "timeline" else shown


def _pictures(found, entries, page_obj):
    """This page's policies; above them, where there are more, all of them by year."""
    drawn, years = pictures.draw(entries, with_place=True, first=page_obj.start_index()), found.found.by_years()
    return {"timeline": drawn, "overview": pictures.draw_years(years) if page_obj.has_other_pages() else None}


def _switch(request, name, chosen):
    """Links of this address, each with another value."""
    first = next(iter(CHOICES[name]))
    return [
        {
            "label": label, "current": value == chosen[name],
            "url": address(request, **{name: None if value == first else value, "page": None}),
        }
        for value, label in CHOICES[name].items()
    ]  # fmt: skip


def _bad(name, value, known):
    names = {"value": value, "name": name, "known": listed(known)}
    return _("“%(value)s” is no value of “%(name)s” here; there are %(known)s.") % names
