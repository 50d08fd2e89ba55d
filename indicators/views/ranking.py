"""One indicator: who stands where."""

from django.shortcuts import get_object_or_404, render

from indicators.models import Indicator
from indicators.ranking_page import RankingPage
from indicators.ranking_table import context


def ranking(request, slug):
    indicator = get_object_or_404(Indicator.objects.select_related("topic"), slug=slug)
    page = RankingPage(indicator, request.GET)
    return render(request, "indicators/ranking.html", {"section": "indicators", **context(page)})
