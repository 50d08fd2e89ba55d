from django.shortcuts import render
from django.utils import timezone

from policies import figures, pictures
from policies.filters import PolicyFilter


def policy_list(request):
    """Policies of all places, narrowed by a GET form."""
    found = PolicyFilter(request.GET, today=timezone.localdate())
    entries = [figures.present_policy(policy) for policy in figures.with_parts(found.found)]
    found.offer_counts()
    chips = []
    for name, label, value in found.chosen():
        query = request.GET.copy()
        query.pop(name)
        chips.append({"label": label, "value": value, "url": f"{request.path}?{query.urlencode()}"})
    context = {
        "section": "policies", "form": found.form, "chips": chips, "entries": entries,
        "timeline": pictures.draw(entries, with_place=True),
    }  # fmt: skip
    return render(request, "policies/list.html", context)
