"""The pictures of timelines, for pages and for phones, with the key of what is drawn and the list they number."""

from collections import defaultdict
from dataclasses import replace

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators import periods
from indicators.words import key_words, localized, period_words
from policies import drawing, timeline
from policies.dating import year_of
from policies.figures import short_title

TOGETHER = 2  # more pilots and titles of one year are one mark of a timeline; the list below names them


def draw(entries, designations=(), *, with_place=False, first=1):
    """Policies by the event that dates them, pilots and titles by their award; `rows` is the same as a list.

    `first` is the number of the first one, where a list goes on from page to page; with 0 nothing has a number.
    """
    found = [(_policy(entry, with_place), entry) for entry in entries]
    found += _titles(designations)
    rows = {event.key: row for event, row in found}
    events = timeline.order(event for event, _row in found)
    if first:
        events = [replace(event, number=number) for number, event in enumerate(events, first)]
    return _picture(events) | {"rows": [rows[event.key] | {"anchor": event.key} for event in events]}


def draw_years(years):
    """More policies than one page lists: how many of each first and last year they may mean."""
    return _pictures([timeline.by_year(years, width=width) for width in timeline.TALLEST])


def draw_life(policy):
    """One policy: its own events, numbered as the page lists them, the programme period with the one that dates it."""
    events = [
        timeline.Event(
            f"event-{event.uid}", event.get_type_display(), event.period, event.period_inferred,
            policy.period if event.is_primary else None, number=number, title=period_words(event),
        )
        for number, event in enumerate(policy.events.all(), 1)
    ]  # fmt: skip
    return _picture(events)


def draw_compared(entries, places):
    """A row of lanes a place, in its colour and shape, numbered as the table below."""
    group = {place.pk: at for at, place in enumerate(places)}
    events = []
    for entry in entries:
        row = entry.get("policy") or entry["title"]
        at = group[row.place_id]
        look = {"colour": at % 10 + 1, "group": at, "number": entry["number"]}
        if "policy" in entry:
            events.append(_policy_event(row, entry["event"], entry["title"], **look))
        else:
            events.append(_title_event(row, localized(row.programme, "name"), **look))
    return _picture(events, [localized(place, "name") for place in places])


def _policy(entry, with_place):
    policy = entry["policy"]
    label, place = short_title(policy), localized(policy.place, "name")
    if with_place and place not in label:
        label = f"{place} · {label}"
    return _policy_event(policy, entry["event"], label)


def _policy_event(policy, event, label, **look):
    period = event.period if event else periods.parse(periods.UNDATED)
    title = f"{period_words(event)} · {localized(policy, 'name')}" if event else localized(policy, "name")
    inferred = bool(event and event.period_inferred)
    return timeline.Event(f"policy-{policy.slug}", label, period, inferred, policy.period, title=title, **look)


def _title_event(row, label, **look):
    title = f"{period_words(row)} · {label}"
    return timeline.Event(f"title-{row.uid}", label, row.period, row.period_inferred, title=title, **look)


def _titles(designations):
    """(event, {titles}) of each pilot or title, or of all of a year where they are many."""
    by_year = defaultdict(list)
    for row in designations:
        by_year[year_of(row.period) or row.period_key].append(row)
    for key, rows in by_year.items():
        if len(rows) > TOGETHER:
            label, period = _("%(n)s pilots and titles") % {"n": len(rows)}, periods.parse(key)
            yield (
                timeline.Event(f"title-{rows[0].uid}", label, period, colour=2, title=label),
                {"titles": rows, "when": key_words(key)},
            )
            continue
        for row in rows:
            event = _title_event(row, localized(row.programme, "name"), colour=2)
            yield event, {"titles": [row], "when": period_words(row)}


def _picture(events, names=()):
    drawn = [timeline.layout(events, width=width, grouped=bool(names)) for width in timeline.TALLEST]
    return _pictures(drawn, names, events)


def _pictures(drawn, names=(), events=()):
    pages, phones = (SafeString(drawing.svg(one, names, shelf=_shelf(one))) if one.height else "" for one in drawn)
    return {
        "wide": pages, "narrow": phones, "left_out": any(one.left_out for one in drawn),
        "numbered": any(event.number for event in events) and not drawn[0].columns,
        "key": [(SafeString(drawing.swatch(name)), words) for name, words in _key(drawn[0], names, events)],
    }  # fmt: skip


def _shelf(one):
    if not one.loose:
        return _("No date given")
    return ngettext("%(n)s without a first day", "%(n)s without a first day", one.loose) % {"n": one.loose}


def _key(pages, names, events):
    """What is drawn and what it means, nothing else."""
    if pages.columns:
        yield "bar", _("surely in this time")
        if any(column.may for column in pages.columns):
            yield "hatched", _("possibly in this time; counted in every column the date touches")
        return
    shapes = {mark.shape for mark in pages.marks}
    if "dot" in shapes:
        yield "dot", _("a day")
    if "bar" in shapes:
        yield "bar", _("every day a month, year or span may mean")
    if "until" in shapes:
        yield "until", _("not later than its end; no first day is given")
    if any(mark.event.inferred and mark.shape for mark in pages.marks):
        yield "hatched", _("date inferred by the editor")
    if any(mark.band for mark in pages.marks):
        yield "band", _("programme period")
    if not names and any(event.colour == 2 for event in events):
        yield "title", _("pilot or title")
