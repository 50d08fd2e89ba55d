"""The component gallery: every part of the pages with invented examples."""

from django.shortcuts import render

URL = "#example"
EXACT = {"text": "5.86", "unit": "examples per 10,000", "url": URL}
MORE = {"text": "> 10,000", "spoken": "more than 10,000", "mark": ">", "url": URL}
ABOUT = {"text": "≈ 4,200", "spoken": "about 4,200", "mark": "≈", "url": URL}
RANK_ONLY = {"text": "", "mark": "rank only", "url": URL}
CARD = {**EXACT, "nearness": "repost", "period": "2021"}
WHERE = {
    "figure": {"text": "3.58", "url": URL}, "sentence": "Example applications per 10,000 inhabitants, Example City C, 2021. 3rd of 50.",
    "kind": "exactly", "verbatim": "示例城市每万人3.58件", "verbatim_lang": "zh-Hans", "source_title": "An example report", "source_url": URL,
    "source_meta": "Example Press, 12 February 2023", "locator": "text to chart 3", "nearness": "repost", "nearness_text": "Original not seen.",
    "checked": "Loaded with the site, not yet checked against the original", "problems": [{"text": "The unit is inferred.", "url": URL}],
    "url": URL, "history_url": URL, "close_url": "?#ranking", "copy_text": "An example sentence.",
}  # fmt: skip
KINDS = [
    ("1", EXACT, 92, "", 4), ("2", RANK_ONLY, None, "", 3), ("3", {"text": "3.58", "url": URL}, 56, "", 1), ("=4", MORE, 40, "up", 5),
    ("=4", {"text": "< 3", "spoken": "less than 3", "url": URL}, 34, "down", 2), ("6–8", ABOUT, 30, "about", 8),
    ("6–8", {"text": "1.2–1.9", "url": URL}, 28, "range", None), ("11–20", RANK_ONLY, None, "", None),
]  # fmt: skip


def example_row(place, rank, figure, bar, open_end, share):
    letter = "ABCDEFGH"[place]
    return {
        "uid": f"example-{letter}", "rank": rank, "city": f"Example City {letter}", "city_url": URL, "city_other": f"示例{letter}市",
        "figure": {**figure, "unit": ""}, "bar": bar, "bar_low": 18, "open": open_end, "nearness": "repost" if place % 3 else "official_copy",
        "cells": [{"text": share, "label": "share"}], "panel_url": "?open=1#source", "selected": place == 5, "is_open": False,
    }  # fmt: skip


def example_table(opened):
    rows = [example_row(place, *kind) for place, kind in enumerate(KINDS)]
    if opened:
        rows[2] |= {"is_open": True, "where": WHERE, "panel_url": "?#ranking"}
    return {
        "caption": "Example ranking", "unit": "Examples per 10,000 inhabitants", "rows": rows, "columns": [{"label": "Rank by share"}],
        "median": {"label": "Median of 5 cities", "text": "3.6", "bar": 57},
        "unranked_note": "42 cities are not in the text at hand.", "unranked": [{"city": "Example City I", "city_url": URL, "city_other": "示例I市", "reason": "no figure published"}],
    }  # fmt: skip


def components(request):
    points = [{"x": str(year), "y": value, "kind": kind, "label": str(value)} for year, value, kind in
              [(2019, 12, "exact"), (2020, 15, "exact"), (2021, None, "absent"), (2022, 22, "estimate"), (2023, 30, "bound_low")]]  # fmt: skip
    other = [{**point, "y": value, "kind": "exact", "label": str(value)} for point, value in zip(points, [20, 19, 21, 20, 24], strict=True)]
    data = {"type": "line", "labels": [point["x"] for point in points], "unit": "examples", "y_title": "Examples",
            "series": [{"name": "Example City A", "points": points}, {"name": "Example City B", "points": other}],
            "annotations": [{"x": "2020", "label": "An example policy", "number": 1}]}  # fmt: skip
    bars = {"type": "bar", "labels": ["Example City A", "Example City B", "Example City C"], "unit": "examples", "y_title": "Examples",
            "series": [{"name": "Examples", "points": [{"x": "Example City A", "y": 30, "kind": "exact", "label": "30"},
             {"x": "Example City B", "y": 22, "kind": "bound_low", "label": "more than 22"}, {"x": "Example City C", "y": None, "kind": "absent", "label": "rank only"}]}]}  # fmt: skip
    events = [{"date": "30 May 2023", "date_iso": "2023-05-30", "title": "Example Plan (2023–2025)", "url": URL, "kind": "Plan", "facts": "16 tasks announced, none listed here"},
              {"date": "2023", "precision": "year inferred", "inferred": True, "title": "示例白皮书", "title_lang": "zh-Hans", "facts": "Title as printed"}]  # fmt: skip
    context = {"table": example_table("open" in request.GET), "cards": [
        {"figure": MORE, "label": "example applications", "period": "2021", "rank": "1st of 50", "rank_note": "rank in the source"},
        {"figure": {"text": "683,000", "url": URL}, "label": "example companies, software and hardware", "period": "2021", "rank": "2nd of 50"},
        {"figure": {"text": "596", "url": URL}, "label": "examples of a little giant", "rank": "1st of 50", "problem_url": URL},
        {"figure": RANK_ONLY, "label": "example density", "period": "2021", "rank": "2nd of 50"}], "where": {**WHERE, "page": True},
        "figures": [EXACT, MORE, ABOUT, RANK_ONLY, CARD, {**EXACT, "disputed": True}], "events": events,
        "line": {"id": "example-line", "title": "Example City A overtook B after 2021, when no figure was published", "subtitle": "Examples, 2019–2023",
                 "data": data, "note": "Open circle: estimate. Arrow: more than. 2021: no figure published.", "source": "An example report", "source_url": URL,
                 "events": [{"number": 1, "date": "2020", "title": "An example policy", "url": URL}]},
        "bar": {"id": "example-bar", "title": "Two of three example cities have a figure", "subtitle": "Examples, 2021", "data": bars, "size": "s", "source": "An example report"},
        "problems": [{"kind": "unit inferred", "on": "Example City C, example density", "on_url": URL, "text": "The unit is not printed.", "resolution": "Kept, with this note."}],
        "groups": [{"label": "Year", "options": [{"label": "2021", "url": URL, "current": True}, {"label": "latest", "url": URL}]},
                   {"label": "Form", "options": [{"label": "Total", "url": URL}, {"label": "Per inhabitant", "url": URL, "current": True}, {"label": "Share", "url": URL}]}],
        "chips": [{"label": "Plan", "url": URL, "count": 12, "current": True}, {"label": "Measures", "url": URL, "count": 4}], "crumbs": [{"label": "Cities", "url": URL}],
        "facts": [{"label": "Document number", "text": "Example 2023 No. 1"}, {"label": "Target", "figure": MORE, "muted": "due 2025"}]}  # fmt: skip
    return render(request, "config/components.html", context)
