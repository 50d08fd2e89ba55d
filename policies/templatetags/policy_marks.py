"""Policies as numbered marks of a chart: when they came, beside the figures; never why a figure moved."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators import periods
from indicators.drawing import data as chart_data
from indicators.words import localized, period_words
from policies.figures import short_title
from policies.models import Policy, PolicyEvent

register = template.Library()
MOST = 12  # more flags would stand in each other's way
DATED = (periods.DAY, periods.MONTH, periods.QUARTER, periods.YEAR)  # longer spans have no one place on an axis


@register.simple_tag
def policy_marks(chart, places, topics=None):
    """{% policy_marks chart places topics as marked %}: the chart with its flags and their list.

    `places` and `topics` are one row or several; without topics the policies of all topics count. A chart without
    years along its axis comes back as it is. Two queries, or three where more than MOST policies are found.
    """
    data, places = chart.get("data"), _several(places)
    years = [int(label) for label in chart_data.places(data)] if data and _has_years(data) else []
    if not years or not places:
        return chart
    found = PolicyEvent.objects.filter(
        is_primary=True, policy__state=Policy.State.PUBLISHED, policy__place__in=places, period_precision__in=DATED,
        period_start__year__gte=years[0], period_end__year__lte=years[-1],
    )  # fmt: skip
    if topics:
        found = found.filter(policy__topics__in=_several(topics)).distinct()
    newest = found.order_by("-period_end", "-period_start", "policy__slug")
    events = list(newest.select_related("policy__place").prefetch_related("policy__titles")[: MOST + 1])
    more = found.count() - MOST if len(events) > MOST else 0
    marks = [_mark(number, event, data, places) for number, event in enumerate(_by_date(events[:MOST]), 1)]
    if not marks:
        return chart
    flags = [{"at": mark["at"], "number": mark["number"]} for mark in marks]
    marked = {key: value for key, value in chart.items() if key not in ("svg", "svg_narrow")}
    return marked | {
        "data": data | {"annotations": flags},
        "events": marks,
        "events_title": _("Policies of these years, numbered by date. A mark says when, not that it moved a figure."),
        "events_more": _more(more, places),
    }


def _several(rows):
    return [row for row in rows if row] if hasattr(rows, "__iter__") else [rows] if rows else []


def _has_years(data):
    labels = chart_data.places(data)
    return data["type"] == "line" and bool(labels) and all(len(one) == 4 and one.isdecimal() for one in labels)


def _by_date(events):
    return sorted(events, key=lambda event: (chart_data.year_of(event.period_start, event.period_end), event.pk))


def _mark(number, event, data, places):
    return {
        "number": number,
        "at": chart_data.axis_place(data, chart_data.year_of(event.period_start, event.period_end)),
        "date": period_words(event),
        "what": event.get_type_display(),
        "title": short_title(event.policy),
        "place": localized(event.policy.place, "name") if len(places) > 1 else "",
        "url": event.policy.get_absolute_url(),
    }


def _more(count, places):
    if not count:
        return None
    words = ngettext("%(n)s earlier policy has no mark.", "%(n)s earlier policies have no mark.", count) % {"n": count}
    query = {"city": places[0].slug} if len(places) == 1 else {}
    return {"words": words, "url": reverse("policies:list", query=query)}
