"""One indicator: who stands where."""

from django.shortcuts import get_object_or_404, redirect, render

from indicators.models import Indicator
from indicators.ranking_page.controls import form_url
from indicators.ranking_page.page import RankingPage, cleaned
from indicators.ranking_page.table import context


def ranking(request, slug):
    indicator = get_object_or_404(Indicator.objects.select_related("topic"), slug=slug)
    chosen = request.GET.getlist("group")
    if len(chosen) > 1:  # boxes ticked in the form: one address for one group
        query = request.GET.copy()
        query["group"] = ",".join(chosen)
        return redirect(f"{request.path}?{query.urlencode(safe=',')}")
    query = cleaned(request.GET)
    per = query.get("per", "")
    if per and per != indicator.form and indicator.family:
        sibling = Indicator.objects.filter(family=indicator.family, form=per).first()
        if sibling:
            return redirect(form_url(sibling, query))
    page = RankingPage(indicator, request.GET)
    return render(request, "indicators/ranking.html", {"section": "indicators", **context(page)})
