"""Calendars of what happened to policies and of what is due (iCalendar, RFC 5545 and 7986).

A date is as long as the days it may mean, and its summary says so: “some day in July 2022”.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from indicators import periods
from indicators.words import key_words, localized, other_name, run_on
from policies.feeds import absolute, event_words, in_words, printable, with_last_change
from policies.figures import short_title, target_words
from policies.models import PolicyEvent, Target

DAY = timedelta(days=1)
REFRESH = timedelta(hours=12)
MOST = 500  # policies of a calendar: about two seconds of work


def policies_calendar(found, *, address):
    """`found` is a valid PolicyFilter. Subscribed calendars know an event by its uid and a change by its sequence."""
    events, targets = PolicyEvent.objects.select_related("source"), with_last_change(Target.objects.all())
    policies = with_last_change(found.found).select_related("place", "source").prefetch_related(
        "titles", "topics", Prefetch("events", events),
        Prefetch("targets", targets.select_related("place", "source")),
    )  # fmt: skip
    entries, undated = [], 0
    for policy in policies[:MOST]:
        happened, due = policy.events.all(), policy.targets.all()
        entries += [_step(policy, event) for event in happened if event.period_end]
        entries += [_due(policy, target) for target in due if target.period_end]
        entries += [_end(policy)] if policy.period_end else []
        undated += sum(not row.period_end for row in (*happened, *due))
    calendar = _calendar(found, undated, address)
    calendar.subcomponents = entries
    return calendar.to_ical()


def _calendar(found, undated, address):
    calendar = Calendar()
    says = [_("What happened to these policies, and when their targets are due.")]
    if undated:
        left_out = ngettext(
            "%(n)s event or target without a date is left out.",
            "%(n)s events and targets without a date are left out.",
            undated,
        )
        says.append(left_out % {"n": undated})
    if (count := found.found.count()) > MOST:
        says.append(_("Only the first %(n)s of %(all)s policies are here: choose a city.") % {"n": MOST, "all": count})
    calendar.add("prodid", f"-//{settings.SITE_HOST}//policies//{get_language()}")
    calendar.add("version", "2.0")
    for name in ("name", "x-wr-calname"):  # the standard's name, and the one most programs read
        calendar.add(name, printable(in_words(found)))
    for name in ("description", "x-wr-caldesc"):
        calendar.add(name, run_on(says))
    calendar.add("url", absolute(address))
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    return calendar


def _step(policy, event):
    what, period = event.get_type_display(), event.period
    words = key_words(_last(period.key))
    if period.precision == periods.UNTIL:
        what = _("%(what)s, some day up to %(period)s") % {"what": what, "period": words}
    elif period.precision != periods.DAY:
        what = _("%(what)s, some day in %(period)s") % {"what": what, "period": key_words(period.key)}
    lines = [event_words(event), localized(event, "note"), _source(event)]
    return _event(policy, event, _summary(policy, what, event), lines, policy.changed, policy.changes)


def _due(policy, target):
    """What a target's policy changed counts as a change of the target: they are published together."""
    changed, changes = max(policy.changed, target.changed), policy.changes + target.changes
    return _event(policy, target, target_words(target), [_source(target)], changed, changes)


def _end(policy):
    what = _("programme period %(period)s ends") % {"period": key_words(policy.period_key)}
    return _event(policy, policy, _summary(policy, what, policy), [_source(policy)], policy.changed, policy.changes)


def _summary(policy, what, row):
    if row.period_inferred:
        what = _("%(period)s (date inferred)") % {"period": what}
    return f"{localized(policy.place, 'name')} · {what}{_(': ')}{short_title(policy)}"


def _source(row):
    return row.source and _("Source: %(title)s") % {"title": localized(row.source, "title")}


def _last(key):
    """The end of a span or of “to 2025”."""
    return key.rpartition("/")[2]


def _event(policy, row, summary, lines, changed, changes):
    """All days the date of the row may mean; of a programme period and of a target's span those of its end."""
    period, event = row.period, Event()
    if not isinstance(row, PolicyEvent) or period.start is None:
        period = periods.parse(_last(period.key))
    page = absolute(row.get_absolute_url() if isinstance(row, Target) else policy.get_absolute_url())
    other = other_name(policy)
    names = [localized(policy, "name"), other and other["text"]]
    superseded = isinstance(row, Target) and row.standing == Target.Standing.SUPERSEDED
    values = {
        "uid": f"{row.uid}@{settings.SITE_HOST}",
        "dtstart": period.start,
        "dtend": period.end + DAY,  # the first day after it
        "summary": printable(summary),
        "description": printable("\n".join(filter(None, [*names, *lines, page]))),
        "location": printable(localized(policy.place, "name")),
        "categories": [printable(word) for word in (policy.get_kind_display(), *_topics(policy))],
        "url": page,
        "status": "CANCELLED" if superseded else "TENTATIVE" if row.period_inferred else "CONFIRMED",
        "transp": "TRANSPARENT",  # it takes nobody's time
        "dtstamp": changed,
        "last-modified": changed,
        "sequence": changes,
    }
    for name, value in values.items():
        event.add(name, value)
    return event


def _topics(policy):
    return [localized(topic, "name") for topic in policy.topics.all()]
