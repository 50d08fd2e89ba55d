"""All indicators that can be ranked, by topic."""

from django.shortcuts import render

from indicators import selectors


def catalogue(request):
    topics = selectors.catalogue()
    count = sum(len(topic["indicators"]) for topic in topics)
    return render(request, "indicators/catalogue.html", {"section": "indicators", "topics": topics, "count": count})
