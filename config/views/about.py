"""What this site is, how its figures are made, who can read it, and the parts its pages are built of."""

from django.conf import settings
from django.shortcuts import render

from indicators.models import Indicator, Observation, Source
from indicators.models.indicators import TWO_THIRDS


def about(request):
    lines = Source.objects.exclude(attribution="").order_by("attribution").values_list("attribution", flat=True)
    return render(request, "config/about.html", {"attributions": list(lines.distinct())})


def methods(request):
    context = {
        "kinds": Observation.Kind.choices,
        "nearness": Source.Nearness.choices,
        "directions": Indicator.Direction.choices,
        "least_coverage": round(TWO_THIRDS * 100),
        "review_required": settings.REVIEW_REQUIRED,
    }
    return render(request, "config/methods.html", context)


def accessibility(request):
    return render(request, "config/accessibility.html")
