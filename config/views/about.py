"""What this site is, how its figures are made, who can read it, and the parts its pages are built of."""

from collections import defaultdict

from django.conf import settings
from django.shortcuts import render

from indicators.models import Source
from indicators.models.indicators import TWO_THIRDS


def about(request):
    """Licences and attributions as the sources state them: by licence, those without one last."""
    stated = Source.objects.exclude(licence="", attribution="").order_by("slug")
    by_licence = defaultdict(list)
    for source in stated:
        by_licence[source.licence].append(source)
    licences = sorted(by_licence.items(), key=lambda pair: (not pair[0], pair[0]))
    return render(request, "config/about.html", {"licences": licences, "sources": Source.objects.count()})


def methods(request):
    context = {
        "least_coverage": round(TWO_THIRDS * 100),
        "review_required": settings.REVIEW_REQUIRED,
    }
    return render(request, "config/methods.html", context)


def accessibility(request):
    return render(request, "config/accessibility.html")
