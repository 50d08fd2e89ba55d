"""One box for places, indicators, policies, pilots and titles, published rankings and sources.

`/search/?q=…` is the page, sections by kind; `kind=` one kind, in pages; `suggest=1` the first few names as JSON for
the script of the box in the masthead. Nothing else is public about this JSON: it may change with the script.
"""

from urllib.parse import urlencode

from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from config import search_index, search_results
from indicators.listing import page_of
from indicators.texts import Query

LONGEST, LONGEST_SUGGESTED = 120, 60  # characters looked for: enough to tell the longest titles apart
IN_A_SECTION, ON_A_PAGE, SUGGESTED, SOURCES_SUGGESTED = 5, 20, 8, 3
MEANT = 4  # close spellings offered
FRESH_SECONDS = 60


def search(request):
    sent = request.GET.get("q", "").strip()
    asked = sent.replace("\x00", " ").strip()
    if request.GET.get("suggest"):
        return suggest(Query(asked[:LONGEST_SUGGESTED]))
    text, query = asked[:LONGEST], Query(asked[:LONGEST])
    index = search_index.current() if query else None
    hits = index.find(query) if index else []
    context = {"section": "search", "own_search": True, "q": text, "hits": len(hits), "query": query, "problems": []}
    if len(asked) > LONGEST:
        context["problems"].append(_("Only the first %(n)s characters were looked for.") % {"n": LONGEST})
    if sent and not query:
        context["problems"].append(_("There is no letter, character or digit in this to look for."))
    if index and not request.GET.get("kind"):
        context |= standing(index, query)
        context["hits"] += len(context["standing"])
    context |= listed(request, hits, query, context["problems"])
    if query and not context["hits"]:
        context |= {"meant": meant(index, query), "apart": apart(index, query)}
    return render(request, "config/search.html", context)


def standing(index, query):
    city, rest, indicators = search_results.standing(index, query)
    rows = search_results.present(indicators, rest)
    for row, entry in zip(rows, indicators, strict=True):
        row["url"] = search_results.standing_address(city, entry)
    return {"standing": rows, "city": search_results.name_of(city)[0] if city else ""}


def suggest(query):
    """In the order of the page, and first where a city stands, if the query asks that."""
    index = search_index.current() if query else None
    hits = index.find(query) if index else []
    city, _rest, indicators = search_results.standing(index, query) if index else (None, None, [])
    found = [search_results.standing_suggestion(city, entry) for entry in indicators]
    found += [search_results.suggestion(entry) for entry in few_sources(hits)[: SUGGESTED - len(found)]]
    response = JsonResponse({"suggestions": found, "found": len(hits)}, json_dumps_params={"ensure_ascii": False})
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    response["X-Robots-Tag"] = "noindex"
    return response


def few_sources(hits):
    """What to suggest: sources have long names and are seldom meant, so a few of them leave room for other kinds."""
    found, sources = [], 0
    for hit in hits[: SUGGESTED * SUGGESTED]:
        sources += hit.entry.kind == search_index.SOURCE
        if hit.entry.kind != search_index.SOURCE or sources <= SOURCES_SUGGESTED:
            found.append(hit.entry)
    return found


def listed(request, hits, query, problems):
    """The first few of every kind, or one kind in pages. A wrong kind or page gets a sentence and lists nothing."""
    by_kind = {}  # the kind of the best hit first
    for hit in hits:
        by_kind.setdefault(hit.entry.kind, []).append(hit.entry)
    asked = request.GET.get("kind", "").strip()[:40]
    if asked and asked not in search_index.KINDS:
        problems.append(_bad("kind", asked))
        return {"sections": [], "bad": True}
    facets = facets_of(request, by_kind, asked)
    chosen = asked or (next(iter(by_kind)) if len(by_kind) == 1 else "")
    if not chosen:
        return {"sections": sections(request, by_kind, query), "facets": facets}
    found = by_kind.get(chosen, [])
    page_obj, problem = page_of(request, found, ON_A_PAGE)
    if problem:
        problems.append(problem)
        return {"sections": [], "bad": True, "facets": facets}
    rows = search_results.present(list(page_obj), query)
    section = {"kind": chosen, "heading": search_results.HEADINGS[chosen], "rows": rows}
    return {"sections": [section] if rows else [], "facets": facets, "page_obj": page_obj}


def sections(request, by_kind, query):
    first = {kind: found[:IN_A_SECTION] for kind, found in by_kind.items()}
    rows = iter(search_results.present([entry for found in first.values() for entry in found], query))
    return [
        {
            "kind": kind,
            "heading": search_results.HEADINGS[kind],
            "rows": [next(rows) for _entry in found],
            "more": len(by_kind[kind]) - len(found),
            "url": link(request, kind=kind),
        }
        for kind, found in first.items()
    ]


def facets_of(request, by_kind, asked):
    """Links to all kinds together and to each; none where there is but one."""
    if len(by_kind) < 2 and not asked:
        return []
    kinds = dict.fromkeys([*by_kind, *([asked] if asked else [])])
    counts = {kind: len(by_kind.get(kind, ())) for kind in kinds}
    every = {"label": _("All kinds"), "url": link(request), "count": sum(counts.values()), "current": not asked}
    return [every] + [
        {
            "label": search_results.HEADINGS[kind],
            "url": link(request, kind=kind),
            "count": count,
            "current": kind == asked,
        }
        for kind, count in counts.items()
    ]


def link(request, **more):
    return "?" + urlencode({"q": request.GET.get("q", "")[:LONGEST], **more})


def _bad(name, value):
    return _("“%(value)s” is no value of “%(name)s” here, so nothing is listed.") % {"name": name, "value": value}


def meant(index, query):
    """Close spellings that find something: each word that is nowhere replaced, and the whole as one name."""
    offered = list(index.vocabulary.close_to(query.phrase))
    unknown = {word: index.vocabulary.close_to(word) for word in query.words[:10] if not index.holds(word)}
    if unknown and all(unknown.values()):
        offered.append(" ".join(unknown[word][0] if word in unknown else word for word in query.words))
        if len(query.words) == 1:
            offered += unknown[query.words[0]]
    found = [(text, len(index.find(Query(text)))) for text in dict.fromkeys(offered[: 2 * MEANT])]
    return [_way(text, count) for text, count in found if count][:MEANT]


def apart(index, query):
    """Where several words are never found together: each alone."""
    if len(query.words) < 2:
        return []
    found = [(word, len(index.find(Query(word)))) for word in query.words[:10]]
    return [_way(word, count) for word, count in found if count]


def _way(text, count):
    return {"label": text, "url": f"{reverse('search')}?{urlencode({'q': text})}", "count": count}
