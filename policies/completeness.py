"""What others counted beside what is listed here: each with its compiler, definition and date, never merged.

Only what is surely dated on or before the day of a count is set beside it; what possibly is gets named apart.
"""

from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse

from indicators import claims
from indicators.figures import nearness, nearness_label, present
from indicators.models import Observation, Place
from indicators.periods import Period
from indicators.words import key_words, localized, own_half, run_on
from policies import dating
from policies.models import Policy

NAMED = 200  # policies that are possibly earlier, of all counts together


def counts_by_others(found):
    """Counts on the chosen topic, of the chosen city and the whole country; without a topic those of the country."""
    topic, city = found.form.cleaned_data.get("topic"), found.form.cleaned_data.get("city")
    counts = Observation.objects.published().filter(series__indicator__counts_policies_of__isnull=False)
    if topic:
        counts = counts.filter(series__indicator__counts_policies_of__slug=topic)
    if city or not topic:
        counts = counts.filter(Q(place__level=Place.Level.COUNTRY) | Q(place__slug=city))
    counts = counts.filter(period_end__isnull=False).exclude(kind__in=claims.ABSENT).with_sources()
    counts = list(counts.select_related("series__indicator__counts_policies_of").order_by(
        "series__indicator__counts_policies_of__position", "series__indicator__counted_level", "-period_end",
        "-series__indicator__slug", "place__slug",
    ))  # fmt: skip
    return _beside(counts) if counts else []


def _beside(counts):
    here, sums, names = Policy.objects.published(), {}, ("here", "sure", "may", "all")
    for n, row in enumerate(counts):
        sure, may = (_within(row, how) for how in (dating.SURELY, dating.POSSIBLY))
        level = row.series.indicator.counted_level
        once = {"distinct": True, "filter": sure & Q(place__level=level)} if level else {"filter": sure}
        sums |= {f"here_{n}": Count("place" if level else "pk", **once)}
        sums |= {f"sure_{n}": Count("pk", filter=sure), f"may_{n}": Count("pk", filter=may)}
        sums |= {f"all_{n}": Count("pk", filter=_about(row))}
    listed = here.aggregate(**sums)
    unsure = [n for n in range(len(counts)) if listed[f"may_{n}"] > listed[f"sure_{n}"]]
    maybe = Q(pk__in=[])
    for n in unsure:
        maybe |= _within(counts[n], dating.POSSIBLY) & ~Q(first_event_end__lte=counts[n].period_end)
    named = here.filter(maybe).order_by("slug").prefetch_related("topics").distinct()[:NAMED] if unsure else []
    return [_row(row, {name: listed[f"{name}_{n}"] for name in names}, named) for n, row in enumerate(counts)]


def _about(row):
    about = Q(topics=row.series.indicator.counts_policies_of)
    return about if row.place.level == Place.Level.COUNTRY else about & Q(place=row.place)


def _within(row, how):
    days = dating.Days(last=row.period_end)
    return _about(row) & dating.condition(how, days, Q, start="first_event_start", end="first_event_end")


def _row(row, listed, named):
    """The dict of components/completeness.html."""
    indicator, figure = row.series.indicator, present(row)
    day, near = row.period_end, nearness(row)
    query = {"topic": indicator.counts_policies_of.slug}
    if row.place.level != Place.Level.COUNTRY:
        query["city"] = row.place.slug
    after = day + timedelta(days=1)
    return {
        "figure": figure, "nearness": near, "nearness_label": nearness_label(near), "place": row.place,
        "of": localized(indicator, "name"), "period": figure["period"],
        "compiler": own_half(row.attributed_to) or localized(row.source.publisher, "name"),
        "definition": run_on(filter(None, [localized(indicator, "definition"), localized(row.series, "definition")])),
        "day": key_words(day.isoformat()), "here": listed["here"], "counts_units": bool(indicator.counted_level),
        "url": _list(query, until=day), "later": listed["all"] - listed["may"], "later_url": _list(query, since=after),
        "maybe": [policy for policy in named if _is_unsure(policy, row)],
    }  # fmt: skip


def _list(query, **days):
    return reverse("policies:list", query=query | {name: day.isoformat() for name, day in days.items()})


def _is_unsure(policy, row):
    """Whether nobody can say on which side of the day it lies."""
    period, days = Period("", policy.first_event_start, policy.first_event_end, ""), dating.Days(last=row.period_end)
    of_place = row.place.level == Place.Level.COUNTRY or policy.place_id == row.place_id
    on_topic = row.series.indicator.counts_policies_of in policy.topics.all()
    return of_place and on_topic and dating.possibly(period, days) and not dating.surely(period, days)
