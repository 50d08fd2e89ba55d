from django.shortcuts import render

from policies import pilots


def designations(request):
    """Pilots and titles: who holds or seeks what, by programme and by city."""
    return render(request, "policies/designations.html", {"section": "policies", **pilots.page(request.GET)})
