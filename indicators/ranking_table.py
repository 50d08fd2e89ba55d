"""What a ranking page prints: sentence, choices, table, chart. All from a RankingPage; nothing is asked again."""

from collections import Counter
from decimal import Decimal
from statistics import median
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from indicators import charts, periods, ranking_views, ranking_words
from indicators.figures import nearness, present, source_rank
from indicators.models import Indicator, Source
from indicators.numbers import shown
from indicators.ranking_page import LATEST, RankingPage, newest
from indicators.where import in_cell, note_url, problem, rank_words, where_from
from indicators.words import key_words, localized, other_name, period_words
from indicators.worked_out import method, recipe_of


def context(page):
    siblings = forms_of(page.indicator)
    rows = page.listed if page.has_ranking else []
    told = rows + [row for row in page.chosen if page.notes.excludes(row)] if page.has_ranking else page.everything
    recipe = recipe_of(page.series)
    elsewhere = [row for row in page.elsewhere if page.series and row.series_id == page.series.pk]
    return {
        "page": page,
        "indicator": page.indicator,
        "headline": ranking_words.headline(page),
        "eyebrow": ranking_words.eyebrow(page),
        "sentences": ranking_words.sentences(page) if page.has_ranking and not page.problems else [],
        "controls": controls(page, siblings),
        "table": table(page, siblings) if rows else None,
        "picture": ranking_views.view(page) if rows else None,
        "missing": 0 if recipe else ranking_words.missing(page),
        "method": method(recipe) if recipe else "",
        "narrow": narrow(page),
        "figures": [] if page.has_ranking else [present(r, disputed=page.notes.disputed(r)) for r in page.everything],
        "elsewhere": [present(row) for row in elsewhere[:8]],
        "sources": list({row.source_id: row.source for row in rows or page.everything}.values()),
        "shared": [{"text": localized(note, "title"), "url": note_url(note)} for note in page.shared],
        "problems": [problem(note) for note in page.notes.of_rows(told)],
        "cities": sorted({row.place for row in page.listed}, key=lambda place: place.slug),
    }


def forms_of(indicator):
    """The same quantity as a total, per inhabitant, as a share."""
    family = Indicator.objects.filter(family=indicator.family).exclude(form="") if indicator.family else ()
    return sorted(family, key=lambda one: Indicator.Form.values.index(one.form))


def form_url(sibling, query):
    """The page of another form with what both understand; series and groups are each indicator's own."""
    kept = {name: query[name] for name in ("period", "city", "seen", "view") if query.get(name)}
    return sibling.get_absolute_url() + ("?" + urlencode(kept) if kept else "")


# --- Choices ---


def controls(page, siblings):
    def options(name, pairs, current):
        urls = ((key, label, page.link(**{name: key, "open": ""})) for key, label in pairs)
        return [{"label": label, "url": url, "current": key == current} for key, label, url in urls]

    wide = [series for series in page.all_series if series == page.series or page.is_wide(series)]
    series = [(one.slug, localized(one, "name")) for one in wide]
    groups = [(slug, localized(group, "name")) for slug, group in page.groups.items()]
    seen = [("", _("all")), (Source.Nearness.ORIGINAL.value, Source.Nearness.ORIGINAL.label)]
    views = [("table", _("Table")), ("chart", _("Chart")), ("map", _("Map"))]
    views += [("scatter", _("Against another")), ("slope", _("Change of ranks"))]
    forms = [(i.get_form_display(), form_url(i, page.query), i.pk == page.indicator.pk) for i in siblings]
    found = [
        (_("Year or date"), years(page, wide)),
        (_("Counted as"), [{"label": label, "url": url, "current": now} for label, url, now in forms]),
        (_("Series"), options("series", series, page.series and page.series.slug)),
        (_("Among"), options("group", groups, page.group and page.group.slug)),
        (_("How near"), options("seen", seen, page.seen)),
        (_("View"), options("view", views, page.view)),
    ]
    return [{"label": label, "options": choices} for label, choices in found if len(choices) > 1]


def narrow(page):
    """Series of too few cities for a ranking of their own, and how many; each answers under `series=`."""
    counts = Counter(series_id for series_id, _place in {(row.series_id, row.place_id) for row in page.rows})
    rest = [series for series in page.all_series if series != page.series and not page.is_wide(series)]
    return [
        {"text": localized(s, "name"), "n": counts[s.pk], "url": page.link(series=s.slug, period="", group="", open="")}
        for s in rest
        if page.has_ranking and counts[s.pk]
    ]


def years(page, wide):
    """Years of every series; a year this series lacks leaves the choice of the series to the page."""
    every = {key for series in wide for key in page.periods_of(series)}
    mine = {*page.periods_of(page.series), LATEST}
    found = []
    for key in [*sorted(every, key=lambda key: periods.sort_key(periods.parse(key)), reverse=True), LATEST]:
        label = _("latest of each city") if key == LATEST else key_words(key)
        url = page.link(period=key, open="", **({} if key in mine else {"series": ""}))
        found.append({"label": label, "url": url, "current": key == page.period})
    return found


# --- The table ---


def table(page, siblings):
    columns = other_forms(page, siblings)
    printed, worked_out = any(row.published_rank for row in page.listed), bool(page.ranking.ranks)
    values = [row.claim.high or row.claim.low for row in page.listed if row.claim.has_value]
    scale = max(values, default=None)
    several = page.period == LATEST or len({row.period_key for row in page.listed}) > 1
    here = _("Rank worked out here, of %(size)s") % {"size": page.ranking.of}
    label, stated = _("Rank"), page.series.group and page.series.group.stated_size
    if printed:
        label = _("Rank in the source, of %(size)s") % {"size": stated} if stated else _("Rank in the source")
    elif worked_out:
        label = here
    return {
        "caption": ranking_words.eyebrow(page),
        "unit": ranking_words.unit(page),
        "rank_label": label,
        "rank_here_label": here if printed and worked_out else "",
        "period_label": _("Year or date") if several else "",
        "columns": columns,
        "rows": [line(page, row, printed, scale) | {"cells": cells(row, columns)} for row in page.listed],
        "median": middle(page, scale),
        "unranked": unranked(page),
    }


def line(page, row, printed, scale):
    here, disputed, notes = page.ranking.ranks.get(row.place_id), page.notes.disputed(row), page.notes.direct(row)
    rank, group, size = here.text if here else "", page.group, page.ranking.of
    if printed:
        rank, group = source_rank(row), page.series.group
        size = group and group.stated_size
    opened, close = page.query.get("open") == row.uid, page.link(open="") + "#ranking"
    low, high = row.claim.low or 0, row.claim.high or row.claim.low
    drawn = row.claim.has_value and scale and scale > 0 and high >= 0
    return named(row.place) | {
        "uid": row.uid,
        "rank": rank,
        "rank_spoken": rank_words(rank, size, group) if rank else "",
        "rank_here": here.text if here and printed else "",
        "figure": in_cell(present(row, disputed=disputed)),
        "nearness": nearness(row),
        "bar": 100 * high / scale if drawn else None,
        "bar_low": 100 * low / scale if drawn else 0,
        "open": charts.OPEN.get(row.kind, "") or ("about" if row.status == row.Status.ESTIMATE else ""),
        "period": period_words(row),
        "panel_url": close if opened else page.link(open=row.uid) + "#source",
        "is_open": opened,
        "selected": page.query.get("city") == row.place.slug,
        "where": where_from(row, page.notes, close) if opened else None,
        "note": _("known problem") if set(notes) - page.shared and not disputed else "",
    }


def named(place):
    other = other_name(place) or {"text": "", "lang": ""}
    told = {"city": localized(place, "name"), "city_url": place.get_absolute_url()}
    return told | {"city_other": other["text"], "lang_other": other["lang"]}


def other_forms(page, siblings):
    """A column of ranks for each other form of the quantity, in the same period and by the rule of its own page."""
    found = []
    for indicator in (one for one in siblings if one != page.indicator and page.period != LATEST):
        other = RankingPage(indicator, {"period": page.period})
        printed, ranks = any(row.published_rank for row in other.listed), other.ranking.ranks
        rows = {r.place_id: r for r in other.listed if (r.published_rank if printed else r.place_id in ranks)}
        if rows:
            texts = {pk: source_rank(row) if printed else ranks[pk].text for pk, row in rows.items()}
            label, short = column_label(indicator, printed)
            found.append({"label": label, "short": short, "ranks": texts, "rows": rows})
    return found


def column_label(indicator, printed):
    """Head of the column, and what phones print before each rank: whole phrases, as translators need them."""
    in_source = {"total": _("Rank by total"), "inhabitant": _("Rank per inhabitant"), "share": _("Rank by share")}
    if printed:
        return (in_source[indicator.form],) * 2
    return {
        "total": (_("Rank by total, worked out here"), _("by total, here")),
        "inhabitant": (_("Rank per inhabitant, worked out here"), _("per inhabitant, here")),
        "share": (_("Rank by share, worked out here"), _("by share, here")),
    }[indicator.form]


def cells(row, columns):
    found = []
    for column in columns:
        other = column["rows"].get(row.place_id)
        told = {"text": column["ranks"][row.place_id], "url": other.get_absolute_url()} if other else {}
        found.append({"label": column["short"]} | told)
    return found


def middle(page, scale):
    """The median, where ranks are worked out and all figures are single values."""
    valued = [row.claim for row in page.listed if row.claim.has_value]
    if not page.ranking.ranks or len(valued) < 5 or any(c.point is None or c.is_bound for c in valued):
        return None
    value = median(claim.point for claim in valued)
    label = _("Median of %(n)s cities") % {"n": len(valued)}
    text = shown(value.quantize(Decimal("0.01")), page.indicator)
    return {"label": label, "text": text, "bar": 100 * value / scale if scale and value >= 0 else None}


def unranked(page):
    """The rest of the group, each with its reason."""
    rows = []
    for row in (row for row in page.chosen if not page.is_listed(row)):
        figure = present(row)
        reason = _("known problem: takes part in no ranking") if page.notes.excludes(row) else figure["text"]
        value = f"{figure['text']} {figure['unit']} · " if figure["has_value"] else ""
        rows.append(named(row.place) | {"reason": value + reason, "url": figure["url"]})
    here = {row.place_id for row in page.chosen}
    known = {row.place_id: row for row in newest(page.inside(page.series, LATEST))}
    wide = {row.place_id: row for series in page.all_series for row in page.inside(series, page.period)}
    for place in page.members if page.group and page.group.members_known else ():
        row = known.get(place.pk)
        if place.pk not in here:
            reason = _("newest figure: %(period)s") % {"period": period_words(row)} if row else _("no figure published")
            if not row and (row := wide.get(place.pk)):
                reason = _("a figure in another series")
            rows.append(named(place) | {"reason": reason, "url": row.get_absolute_url() if row else ""})
    return rows
