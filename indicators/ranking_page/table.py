"""What a ranking page prints: sentences, choices, table, movement. All from a RankingPage; nothing is asked again."""

from decimal import Decimal
from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from indicators.drawing import points
from indicators.figures import nearness, nearness_label, present, source_rank
from indicators.numbers import shown
from indicators.ranking_page import controls as ranking_controls
from indicators.ranking_page import movement as ranking_movement
from indicators.ranking_page import views as ranking_views
from indicators.ranking_page import words as ranking_words
from indicators.ranking_page.controls import forms_of
from indicators.ranking_page.page import ALL, LATEST, newest
from indicators.sentences import citation, cited, table_source
from indicators.where import group_words, in_cell, note_url, problem, rank_words, where_from
from indicators.words import localized, other_name, period_words, run_on, run_on_html
from indicators.worked_out import evidence, method, recipe_of


def context(page):
    siblings = forms_of(page.indicator)
    rows = page.listed if page.has_ranking else []
    told = rows + [row for row in page.chosen if page.notes.excludes(row)] if page.has_ranking else page.everything
    recipe = recipe_of(page.series)
    elsewhere = [row for row in page.elsewhere if page.series and row.series_id == page.series.pk]
    sentences = ranking_words.sentences(page) if page.has_ranking and not page.problems else []
    return {
        "page": page,
        "indicator": page.indicator,
        "headline": ranking_words.headline(page),
        "title": ranking_words.title(page),
        "eyebrow": ranking_words.eyebrow(page),
        "standfirst": run_on_html(sentences),
        "description": unescape(strip_tags(run_on(sentences))),
        "controls": ranking_controls.controls(page, siblings),
        "neighbours": ranking_controls.neighbours(page),
        "in_topic": ranking_controls.in_topic(page) if page.has_ranking else None,
        "table": table(page, siblings) if page.has_ranking and not page.problems else None,
        "picture": ranking_views.view(page) if rows else None,
        "movement": ranking_movement.movement(page) if rows else None,
        "missing": 0 if recipe else ranking_words.missing(page),
        "method": method(recipe) if recipe else "",
        "narrow": ranking_controls.narrow(page),
        "figures": [] if page.has_ranking else [present(r, disputed=page.notes.disputed(r)) for r in page.everything],
        "elsewhere": [present(row) for row in elsewhere[:8]],
        "sources": list({row.source_id: row.source for row in rows or page.everything}.values()),
        "shared": [{"text": localized(note, "title"), "url": note_url(note)} for note in page.shared],
        "problems": [problem(note) for note in page.notes.of_rows(told)],
        "cities": sorted({row.place for row in page.listed}.union(page.members), key=lambda place: place.slug),
        "find_hidden": ranking_controls.hidden(page, "city", "open", "page"),
        "marked": marked(page) if rows else None,
    }


# --- The table ---


def table(page, siblings):
    columns = [] if page.baseline else other_forms(page, siblings)  # change takes their room
    printed, worked_out = page.is_printed, bool(page.ranking.ranks)
    scale = max((row.claim.end for row in page.listed if row.claim.has_value), default=None)
    several = page.period == LATEST or len({row.period_key for row in page.listed}) > 1
    here = _("Rank worked out here, of %(size)s") % {"size": page.ranking.have}
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
        "rank_note": ranked_elsewhere(page) if printed else "",
        "period_label": _("Year or date") if several else "",
        "columns": columns,
        "change": ranking_movement.since(page),
        "sort": ranking_controls.heads(page),
        "rows": [line(page, row, printed, scale) | {"cells": cells(row, columns)} for row in page.shown],
        "pinned": pinned(page, printed, scale, columns),
        "median": middle(page, scale),
        "unranked": unranked(page),
        "pages": pages(page),
        "source_line": table_source(page.shown),
    }


def pinned(page, printed, scale, columns):
    """The marked city's row where it stands on another page; on this one its own row stays in sight."""
    asked = page.query.get("city")
    row = next((row for row in page.listed if asked and row.place.slug == asked and row not in page.shown), None)
    return line(page, row, printed, scale) | {"cells": cells(row, columns), "pinned": True} if row else None


def ranked_elsewhere(page):
    """Among whom the source ranks, where the reader chose another group."""
    group = page.series.group
    if not group or group == page.group:
        return ""
    return _("The rank in the source is the one %(among)s.") % {"among": group_words(group)}


def pages(page):
    """The pages of a long list, and all at once."""
    if page.pages.num_pages < 2:
        return None
    total = len(page.listed)
    numbers = [
        {"n": n, "url": page.link(page=str(n), open="") + "#ranking", "current": n == page.number}
        for n in page.pages.page_range
    ]
    return {"numbers": numbers, "all": page.link(page=ALL, open="") + "#ranking", "total": total, "number": page.number}


def line(page, row, printed, scale):
    here, disputed, notes = page.ranking.ranks.get(row.place_id), page.notes.disputed(row), page.notes.direct(row)
    rank, group, size = ranked(page, row, printed)
    opened, close = page.query.get("open") == row.uid, page.link(open="") + "#ranking"
    low, high = row.claim.low or 0, row.claim.end
    drawn = row.claim.has_value and scale and scale > 0 and high >= 0
    return named(row.place) | {
        "uid": row.uid,
        "anchor": f"at-{row.place.slug}",
        "rank": rank,
        "rank_spoken": rank_words(rank, size, group) if rank else "",
        "rank_here": here.text if here and printed else "",
        "figure": in_cell(present(row, disputed=disputed)),
        "nearness": nearness(row),
        "bar": 100 * high / scale if drawn else None,
        "bar_low": 100 * low / scale if drawn else 0,
        "open": points.opened(row),
        "period": period_words(row),
        "panel_url": close if opened else page.link(open=row.uid) + "#source",
        "is_open": opened,
        "selected": page.query.get("city") == row.place.slug,
        "where": sourced_line(page, row, close) if opened else None,
        "sentence": cited(row, **rank_told(page, row)),
        "note": _("known problem") if set(notes) - page.shared and not disputed else "",
        "change": ranking_movement.cells(page, row),
    }


def sourced_line(page, row, close):
    """Where the row comes from, and its sentence to copy in both languages."""
    found = evidence(row)
    return where_from(row, page.notes, close, citation(row, **rank_told(page, row), evidence=found), found)


def rank_told(page, row):
    """What a sentence says of the rank: the one worked out here; the source's own stands in the row."""
    here = page.ranking.ranks.get(row.place_id)
    told = {"rank": here.text, "size": page.ranking.have, "group": page.group} if here else {}
    return told | {"disputed": page.notes.disputed(row), "latest": page.period == LATEST}


def ranked(page, row, printed):
    """The rank that leads in the row, the group it is among, and how many they are."""
    if printed:
        group = page.series.group
        return source_rank(row), group, group and group.stated_size
    here = page.ranking.ranks.get(row.place_id)
    return here.text if here else "", page.group, page.ranking.have


def marked(page):
    """The marked city in one line: its rank among whom, its figure, the way to its row; why it has none."""
    slug = page.query.get("city")
    if not slug:
        return None
    row = next((row for row in page.listed if row.place.slug == slug), None)
    if row:
        rank, group, size = ranked(page, row, page.is_printed)
        told = named(row.place) | {"rank": rank_words(rank, size, group) if rank else "", "figure": present(row)}
        return told | {"row_url": f"#at-{slug}"}
    place = next((row.place for row in page.rows if row.place.slug == slug), None)
    elsewhere = {"reason": _("It does not belong to the cities shown.")} | (named(place) if place else {})
    return next((one for one in unranked(page) if one["slug"] == slug), elsewhere)


def named(place):
    other = other_name(place) or {"text": "", "lang": ""}
    told = {"slug": place.slug, "city": localized(place, "name"), "city_url": place.get_absolute_url()}
    return told | {"city_other": other["text"], "lang_other": other["lang"]}


def other_forms(page, siblings):
    """A column of ranks for each other form of the quantity, in the same period and by the rule of its own page."""
    found = []
    for indicator in (one for one in siblings if one != page.indicator and page.period != LATEST):
        other = page.beside(indicator, page.period)
        printed, ranks = other.is_printed, other.ranking.ranks
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
    value = ranking_words.middle_value(page)
    if value is None:
        return None
    ranked_ones = sum(1 for row in page.listed if row.claim.has_value)
    label = _("Median of %(n)s cities, worked out here") % {"n": ranked_ones}
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
    farther = page.published() if page.seen else {}
    every = page.members if page.group and page.group.members_known else [row.place for row in farther.values()]
    for place in (place for place in every if place.pk not in here):
        if row := farther.get(place.pk):
            reason = not_so_near(page, row)
        elif row := known.get(place.pk):
            reason = _("newest figure: %(period)s") % {"period": period_words(row)}
        else:
            row = wide.get(place.pk)
            reason = _("a figure in another series") if row else _("no figure published")
        rows.append(named(place) | {"reason": reason, "url": row.get_absolute_url() if row else ""})
    return rows


def not_so_near(page, row):
    """Why a figure there is does not stand in the list that `seen=` asks for."""
    told = {"asked": nearness_label(page.seen), "nearness": nearness_label(nearness(row))}
    return _("no figure as near as “%(asked)s”; there is one: %(nearness)s") % told
