"""Targets on the charts of indicators' pages; those pages belong to `indicators`, which knows no targets."""

from django import template

from policies import promises, target_charts
from policies.models import Target

register = template.Library()


@register.simple_tag
def target_marks(chart, place):
    """{% target_marks chart place as chart %}: a mark and a row for every target of the chart's `indicator`."""
    if not chart or not chart.get("indicator"):
        return chart
    targets = Target.objects.published().for_place(place).filter(indicator=chart["indicator"])
    targets = targets.exclude(standing=Target.Standing.SUPERSEDED)
    rows = targets.select_related("policy", "place", "indicator", "source").order_by("period_end", "uid")
    return target_charts.marked(chart, promises.held(rows))
