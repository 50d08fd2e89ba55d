"""Policies as numbered marks of a chart: when they came, beside the figures; never why a figure moved."""

from django import template
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from indicators import periods
from indicators.drawing import data as chart_data
from indicators.listing import address
from indicators.words import in_chinese, localized, period_words
from policies.figures import short_title
from policies.models import Policy, PolicyEvent

register = template.Library()
ALL, NONE, LONGEST = "all", "none", 60
MOST = 12  # more flags would stand in each other's way
DATED = (periods.DAY, periods.MONTH, periods.QUARTER, periods.YEAR)  # longer spans have no one place on an axis


@register.simple_tag(takes_context=True)
def policy_marks(context, chart, places, topic=None):
    """{% policy_marks chart places topic as marked %}: the chart with its flags, their list and other choices.

    `places` are one row or several. The reader chooses by `events=`: the slug of a topic, `all` or `none`; without it
    the chart's own `topic` counts, or all where none is on it. A chart without years along its axis stays as it is.
    Three queries, or four where more than MOST policies are found.
    """
    data, places = chart.get("data"), _several(places)
    years = [int(label) for label in chart_data.places(data)] if data and _has_years(data) else []
    if not years or not places:
        return chart
    found = PolicyEvent.objects.filter(
        is_primary=True, policy__state=Policy.State.PUBLISHED, policy__place__in=places, period_precision__in=DATED,
        period_start__year__gte=years[0], period_end__year__lte=years[-1],
    )  # fmt: skip
    topics = _topics(found)
    usual = topic.slug if topic and topic.slug in topics else ALL
    request = context.get("request") or HttpRequest()
    chosen = request.GET.get("events", "").strip()[:LONGEST] or usual
    choice = {"events_choice": _choice(request, chart, topics, usual, chosen)} if topics else {}
    if chosen == NONE:
        return chart | choice
    if chosen not in (ALL, *topics):
        words = _("No dated policy of these years is listed on “%(topic)s”.") % {"topic": chosen}
        return chart | choice | {"events_message": words}
    found = found if chosen == ALL else found.filter(policy__topics__slug=chosen)
    marked = _marked(chart, found, places, chosen)
    return marked | choice if marked["events"] else chart


def _topics(found):
    """Slug → name and number of its policies, of every topic that has any here; most first."""
    fields = [f"policy__topics__{name}" for name in ("slug", "name", "name_zh")]
    rows = found.filter(policy__topics__isnull=False).order_by().values_list(*fields).annotate(n=Count("pk"))
    rows = sorted(rows, key=lambda row: (-row[-1], row[0]))
    return {slug: (name_zh if in_chinese() and name_zh else name, n) for slug, name, name_zh, n in rows}


def _choice(request, chart, topics, usual, chosen):
    """Links of this very page, each marking something else."""
    offered = [(slug, name, n) for slug, (name, n) in topics.items()]
    offered += [(ALL, _("all topics"), ""), (NONE, pgettext("policies", "none"), "")]
    return [
        {
            "label": label, "count": n, "current": value == chosen,
            "url": f"{address(request, events=None if value == usual else value)}#{chart['id']}",
        }
        for value, label, n in offered
    ]  # fmt: skip


def _marked(chart, found, places, topic):
    """The newest policies that have room, numbered by date."""
    newest = found.order_by("-period_end", "-period_start", "policy__slug")
    events = list(newest.select_related("policy__place").prefetch_related("policy__titles")[: MOST + 1])
    more = found.count() - MOST if len(events) > MOST else 0
    marks = [_mark(number, event, chart["data"], places) for number, event in enumerate(_by_date(events[:MOST]), 1)]
    flags = [{"at": mark["at"], "number": mark["number"]} for mark in marks]
    marked = {key: value for key, value in chart.items() if key not in ("svg", "svg_narrow")}
    return marked | {
        "data": chart["data"] | {"annotations": flags},
        "events": marks,
        "events_title": _("Policies of these years, numbered by date. A mark says when, not that it moved a figure."),
        "events_more": _more(more, places, topic),
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


def _more(count, places, topic):
    if not count:
        return None
    words = ngettext("%(n)s earlier policy has no mark.", "%(n)s earlier policies have no mark.", count) % {"n": count}
    query = {"city": places[0].slug} if len(places) == 1 else {}
    query |= {} if topic == ALL else {"topic": topic}
    return {"words": words, "url": reverse("policies:list", query=query)}
