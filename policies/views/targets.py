from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from policies import figures, promises
from policies.target_filters import TargetFilter

ON_A_PAGE = 50


def targets(request):
    """Targets of all cities against what was measured, narrowed by a GET form."""
    found = TargetFilter(request.GET)
    found.is_valid()
    found.offer_counts()
    rows = found.found.select_related("place", "source", "indicator", "policy__place")
    paginator, problem, page_obj = Paginator(rows.prefetch_related("policy__titles"), ON_A_PAGE), "", None
    asked = request.GET.get("page", "").strip()[:12]
    try:
        page_obj = paginator.page(asked or 1)
    except (EmptyPage, PageNotAnInteger):
        problem = _("There is no page “%(value)s” of this list.") % {"value": asked}
    shown = list(page_obj or ())
    problems, problem_of = figures.present_problems(figures.problem_links([], shown))
    chips = []
    for name, label, value in found.chosen():
        query = request.GET.copy()
        for unwanted in (name, "page"):
            query.pop(unwanted, None)
        chips.append({"label": label, "value": value, "url": f"{request.path}?{query.urlencode()}"})
    context = {
        "section": "policies", "form": found.form, "chips": chips, "problem": problem, "page_obj": page_obj,
        "total": paginator.count, "targets": promises.held(shown),
        "problems": problems, "problem_of": problem_of,
    }  # fmt: skip
    return render(request, "policies/targets.html", context)
