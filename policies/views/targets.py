from django.shortcuts import render

from indicators.listing import chips, page_of
from policies import figures, promises
from policies.target_filters import TargetFilter

ON_A_PAGE = 50


def targets(request):
    """Targets of all cities against what was measured, narrowed by a GET form."""
    found = TargetFilter(request.GET)
    found.is_valid()
    found.offer_counts()
    rows = found.found.select_related("place", "source", "indicator", "policy__place")
    page_obj, problem = page_of(request, rows.prefetch_related("policy__titles"), ON_A_PAGE)
    shown = list(page_obj or ())
    problems, problem_of = figures.present_problems(figures.problem_links([], shown))
    context = {
        "section": "policies", "form": found.form, "chips": chips(request, found), "problem": problem,
        "page_obj": page_obj, "total": page_obj.paginator.count if page_obj else found.found.count(),
        "targets": promises.held(shown), "problems": problems, "problem_of": problem_of,
    }  # fmt: skip
    return render(request, "policies/targets.html", context)
