"""What a comparison prints: heads, tables by topic, the chart, what stands for one city alone."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from indicators import comparability
from indicators.comparability import COMPARABLE
from indicators.comparison import chart as compare_chart
from indicators.comparison import phrases as compare_phrases
from indicators.comparison import words as compare_words
from indicators.comparison.page import FEWEST, LATEST, MOST
from indicators.drawing import points, sparks
from indicators.figures import present, source_rank, source_rank_text
from indicators.numbers import claim_text
from indicators.ranking_page.page import year_of
from indicators.where import in_cell
from indicators.words import key_words, localized, other_name, period_words

SHOWN = 6  # rows of a topic before the rest is folded away


def context(page, cities):
    """Everything below the masthead; `cities` are all that can be added."""
    topics = [topic_block(page, topic, lines) for topic, lines in page.by_topic()]
    return {
        "page": page,
        "heads": heads(page),
        "title": " · ".join(compare_phrases.name(place) for place in page.places),
        "summary": compare_words.summary(page),
        "rule": compare_words.rule(page),
        "copy": compare_words.copied(page),
        "topics": topics,
        "controls": [one for one in (topic_choices(page), years(page)) if len(one["options"]) > 2],
        "add": add(page, cities),
        "chart": compare_chart.chart(page),
        "alone": alone(page),
        "kept": [(name, value) for name, value in page.query.items()],
        "topic": next((topic for topic in page.topics if topic.slug == page.query.get("topic")), None),
        "sources": sources(page),
    }


def edited(page):
    """The form, filled in with these cities."""
    told = [("edit", "1"), *(("city", place.slug) for place in page.places)]
    return reverse("indicators:compare_form") + "?" + urlencode(told)


def heads(page):
    found, marks = [], list(zip(page.places, sparks.MARKERS, strict=False))
    for at, (place, marker) in enumerate(marks, 1):
        rest = [other for other in page.places if other is not place]
        remove = page.url(rest) + "#cities" if len(page.places) > FEWEST else ""
        found.append(
            {
                "place": place,
                "name": compare_phrases.name(place),
                "other": other_name(place),
                "number": at,
                "marker": marker,
                "url": place.get_absolute_url(),
                "change": f"{edited(page)}#city-{at}",
                "remove": remove,
            }
        )
    return found


def add(page, cities):
    here = {place.pk for place in page.places}
    return [city for city in cities if city.pk not in here] if len(page.places) < MOST else []


def topic_choices(page):
    found = [{"label": _("all"), "url": page.url(topic="", chart=""), "current": not page.query.get("topic")}]
    for topic in page.topics:
        current = page.query.get("topic") == topic.slug
        found.append(
            {"label": localized(topic, "name"), "url": page.url(topic=topic.slug, chart=""), "current": current}
        )
    return {"label": _("Topic"), "options": found}


def years(page):
    found = [{"label": _("newest in common"), "url": page.url(period="", chart=""), "current": page.period == LATEST}]
    for key in page.years:
        if key.isdigit():
            found.append(
                {"label": key_words(key), "url": page.url(period=key, chart=""), "current": page.period == key}
            )
    now = next((one["label"] for one in found if one["current"]), "") or key_words(page.period)
    return {"label": _("Year or date"), "options": found, "menu": True, "now": now}


def sources(page):
    """Everything the tables rest on, each once, by publisher."""
    found = {row.source_id: row.source for line in page.lines for row in line.rows.values() if row.source_id}
    return sorted(found.values(), key=lambda source: (source.publisher.slug, source.slug))


# --- Tables ---


def topic_block(page, topic, lines):
    """A few rows, the rest folded away; all of them, to be shown as columns, where the cities outnumber them."""
    rows = [row(page, line) for line in lines]
    turned = len(page.places) > max(len(lines), FEWEST)
    first = sum(not one["computed"] for one in rows) or len(rows)
    first = len(rows) if turned or len(rows) <= SHOWN else min(first, SHOWN)
    return {
        "topic": topic,
        "name": localized(topic, "name"),
        "sentences": [said for said in compare_words.topic_sentences(page, lines) if said],
        "rows": rows[:first],
        "more": rows[first:],
        "more_computed": sum(one["computed"] for one in rows[first:]),
        "turned": turned,
        "trends": any(one["spark"] for one in rows),
    }


def row(page, line):
    first, indicator = line.common[0], line.indicator
    whole = len({one.period_key for one in line.rows.values()}) == 1
    problems = {note.pk: note for one in line.rows.values() for note in page.notes.direct(one)}
    unit = present(first)["unit"]
    bare = not any(one.claim.has_value for one in line.rows.values())
    return {
        "slug": indicator.slug,
        "name": localized(indicator, "name"),
        "url": ranking_url(page, line),
        "unit": "" if bare else unit,
        "period": period_words(first) if whole else "",
        "series": localized(first.series, "name") if first.series.preference > 1 else "",
        "computed": line.is_computed,
        "problems": list(problems.values()),
        "cells": [cell(page, line, place, whole) for place in page.places],
        "level": line.level,
        "level_words": compare_phrases.level_words(line.level),
        "reason": "" if line.level == COMPARABLE else compare_phrases.reason_words(line.reasons),
        "outcome": outcome(page, line) if page.is_pair else "",
        **(apart(page, line) if page.is_pair else {}),
        "spark": spark(page, line),
    }


def ranking_url(page, line):
    """The ranking with these cities marked, in the period and series compared."""
    first = line.common[0]
    told = {"period": year_of(first.period_key), "series": first.series.slug}
    told |= {"city": page.places[0].slug, "numbers": page.query.get("numbers", "")}
    return f"{line.indicator.get_absolute_url()}?{urlencode({k: v for k, v in told.items() if v})}"


def cell(page, line, place, whole):
    one = line.rows.get(place.pk)
    told = {"place": compare_phrases.name(place), "number": page.position[place.pk] + 1}
    if one is None:
        absent = [row for row in page.by_indicator[line.indicator] if row.place_id == place.pk]
        figure = in_cell(present(absent[0])) if absent else None
        return told | {"figure": None, "absent": figure}
    figure = present(one, disputed=page.notes.disputed(one))
    judged, (tag, is_lead) = line.pairing.judged[place.pk], standing(page, line, place)
    bare = "" if one.claim.has_value else source_rank(one)
    high = one.claim.high if one.claim.high is not None else one.claim.low
    scale = scale_of(line)
    drawn = one.claim.has_value and scale and high >= 0 and judged.level == COMPARABLE
    return told | {
        "figure": in_cell(figure),
        "near": figure["nearness"],
        "near_label": figure["nearness_label"],
        "rank": "" if bare else rank_in_source(one),
        "bare_rank": bare and bare_rank(one),
        "unit": figure["unit"],
        "status": figure["status"],
        "period": "" if whole else figure["period"],
        "tag": tag,
        "is_lead": is_lead,
        "care": "" if judged.level == COMPARABLE else compare_phrases.level_words(judged.level),
        "reason": "" if judged.level == COMPARABLE else compare_phrases.reason_words(judged.reasons),
        "bar": 100 * high / scale if drawn else None,
        "bar_low": 100 * (one.claim.low or 0) / scale if drawn else 0,
        "open": points.opened(one),
    }


def stated_size(one):
    return one.series.group and one.series.group.stated_size


def rank_in_source(one):
    """ "3 of 50", or "3" where nobody says how many there are: the head of the page is no place for a group."""
    return source_rank_text(one) if stated_size(one) else source_rank(one)


def bare_rank(one):
    told = {"rank": source_rank(one), "size": stated_size(one)}
    return (_("rank %(rank)s of %(size)s") if told["size"] else _("rank %(rank)s")) % told


def scale_of(line):
    """The largest figure on the common basis: one scale for all cities of a row."""
    claims = [one.claim for one in line.common if one.claim.has_value]
    largest = max((c.high if c.high is not None else c.low for c in claims), default=0)
    return largest if largest > 0 and len(claims) > 1 else None


def standing(page, line, place):
    """What is said of this city in its own cell, and whether it is in front."""
    if not page.is_pair:
        rank = line.order.ranks.get(place.pk)
        told = {"rank": rank.text, "of": len(line.order.ranks)} if rank else {}
        return (_("%(rank)s of the %(of)s compared") % told if rank else ""), line.order.first == place.pk
    at = (comparability.FIRST, comparability.SECOND)[page.position[place.pk]]
    if line.verdict.ahead != at:
        return "", False
    if line.verdict.by == comparability.BY_RANK:
        return _("ahead by rank"), True
    return (_("ahead") if line.is_directed else _("larger")), True


def outcome(page, line):
    """The verdict of a row in words; empty where one city's cell says it."""
    if line.verdict.ahead != comparability.EVEN:
        return ""
    return {
        comparability.OVERLAP: _("evenly matched: the bounds overlap"),
        comparability.CLOSE: _("evenly matched: within 5 %"),
        comparability.BY_RANK: _("evenly matched: ranks shared or overlapping"),
        comparability.BY_VALUE: _("evenly matched: equal"),
    }[line.verdict.by]


def apart(page, line):
    """Difference and ratio, or why there is none."""
    why = compare_phrases.withheld(page, line)
    found = line.verdict.difference
    if why or found is None:
        return {"difference": "", "spoken": "", "difference_unit": "", "why": why, "ratio": ""}
    words = claim_text(found, line.indicator)
    percent = line.indicator.unit == "%"
    unit = _("percentage points") if percent else ""
    ratio = "" if percent else compare_phrases.ratio_text(line.verdict)  # of rates and growth it would say nothing
    return {"difference": words.text, "spoken": words.spoken, "difference_unit": unit, "why": "", "ratio": ratio}


def spark(page, line):
    """Both trends on one scale, where one series has three years of every city."""
    if not page.is_pair or line.level != COMPARABLE:
        return ""
    found = compare_chart.by_year(page, line.indicator, line.pairing.anchor.series)
    series = [found.get(place.pk, {}) for place in page.places]
    if min(map(len, series)) < compare_chart.YEARS:
        return ""
    every = sorted({year for years in series for year in years})
    span = range(every[0], every[-1] + 1)
    values = [[points.tip(years[year]) if year in years else None for year in span] for years in series]
    return SafeString(sparks.sparks(values))


def alone(page):
    """Indicators of which only one of these cities has a figure, city by city."""
    found = []
    for place in page.places:
        mine = [(indicator, one) for indicator, one in page.alone if one.place_id == place.pk]
        if mine:
            items = [
                {"name": localized(indicator, "name"), "url": indicator.get_absolute_url(), "figure": present(one)}
                for indicator, one in mine
            ]
            found.append({"name": compare_phrases.name(place), "items": items})
    return found
