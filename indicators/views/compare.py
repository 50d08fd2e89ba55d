"""Cities side by side: the form, the comparison, and what happens when an address names the wrong cities."""

from collections import defaultdict
from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.comparison import named_cities
from indicators.comparison.page import FEWEST, KEPT, MOST, Comparison, address, suggestions
from indicators.comparison.phrases import name
from indicators.comparison.table import context
from indicators.models import Place
from indicators.words import listed

SHOWN_UNKNOWN = 3


def form(request):
    """Selects, without script. Two cities or more lead to their address; `edit` keeps the form, filled in."""
    cities = list(Place.objects.cities())
    asked = [said for said in request.GET.getlist("city")[: 3 * MOST] if said.strip()]
    found = named_cities.read(asked, spellings(cities), most=MOST)
    if len(found.known) >= FEWEST and not (found.unknown or found.shared) and not request.GET.get("edit"):
        kept = {one: request.GET[one][:120] for one in KEPT if request.GET.get(one, "").strip()}
        return redirect(address(found.known) + ("?" + urlencode(kept) if kept else "") + "#cities")
    said = []
    if asked and len(found.known) < FEWEST and not found.shared:
        said.append(_("A comparison needs two different cities; choose another one."))
    return _form(request, cities, found, said)


def comparison(request, cities):
    every = list(Place.objects.cities())
    found = named_cities.read(named_cities.split(cities)[: 5 * MOST], spellings(every), most=MOST)
    if found.unknown or found.shared or len(found.known) < FEWEST:
        said = [] if found.unknown or found.shared else [_one_only(found, every)]
        return _form(request, every, found, said, status=404 if found.unknown else 200)
    here = address(found.known)
    if not found.twice and not found.left_out and request.path != here:
        query = request.META.get("QUERY_STRING", "")
        return redirect(here + (f"?{query}" if query else ""))  # whose name that is may change
    by_slug = {place.slug: place for place in every}
    page = Comparison([by_slug[slug] for slug in found.known], request.GET)
    told = {"section": "compare", "notices": notices(found, by_slug), **context(page, every)}
    if found.twice or found.left_out:
        told["canonical"] = settings.SITE_URL + here
    return render(request, "indicators/compare.html", told)


def spellings(cities):
    """Every spelling leads to the slugs of all who have it: name in both scripts, pinyin, former names, code.

    A slug is its city's alone.
    """
    found = defaultdict(list)
    for place in cities:
        said = (place.slug, place.name, place.name_zh, place.code, *place.aliases.splitlines())
        for one in {word.strip().casefold() for word in said} - {""}:
            found[one].append(place.slug)
    return found | {place.slug: [place.slug] for place in cities}


def notices(found, by_slug):
    """What was wrong with the address and what is shown instead, each with a sentence."""
    said = []
    if found.twice:
        words = ngettext(
            "{cities} is named more than once in the address and shown once.",
            "{cities} are named more than once in the address and shown once.",
            len(found.twice),
        )
        said.append(format_html(words, cities=listed(name(by_slug[slug]) for slug in found.twice)))
    if found.left_out:
        told = {"n": len(found.known) + len(found.left_out), "most": MOST}
        told["cities"] = listed(name(by_slug[slug]) for slug in found.left_out[:MOST])
        said.append(format_html(_("{n} cities are named and {most} can be shown. Left out: {cities}."), **told))
    return said


def _one_only(found, cities):
    if not found.known:
        return _("No city is named; choose two.")
    place = next(place for place in cities if place.slug == found.known[0])
    if found.twice:
        return _("%(city)s is named twice. A city compared with itself is equal: choose another one.") % {
            "city": name(place)
        }
    return _("%(city)s is named alone: choose who it is compared with.") % {"city": name(place)}


def _form(request, cities, found, said, status=200):
    by_slug, known = {place.slug: place for place in cities}, list(found.known)
    offers = []
    if found.unknown:
        names = _(", ").join(f"“{one}”" for one in found.unknown[:SHOWN_UNKNOWN])
        words = ngettext(
            "No city here is called %(names)s.", "No cities here are called %(names)s.", len(found.unknown)
        )
        said.append(words % {"names": names})
        meant = [named_cities.nearest(one, spellings(cities)) for one in found.unknown[:MOST]]
        meant = [slug for slug in dict.fromkeys(meant) if slug and slug not in known]
        offers = [[*known, *meant][:MOST]] if meant else []
        offers += [known] if len(known) >= FEWEST else []
    for text, owners in found.shared:
        said.append(
            _("Several cities are called “%(name)s”: %(cities)s. Choose which is meant.")
            % {"name": text, "cities": listed(name(by_slug[slug]) for slug in owners)}
        )
        offers += [[*known, slug][:MOST] for slug in owners if slug not in known]
    offers = [{"url": address(one), "places": [by_slug[slug] for slug in one]} for one in offers if len(one) >= FEWEST]
    told = {
        "section": "compare",
        "said": said,
        "offers": offers,
        "suggestions": [
            {"url": address([place.slug for place in one]), "places": one}
            for one in suggestions()
            if len(known) < FEWEST
        ],
        "cities": cities,
        "fields": [{"number": at + 1, "slug": known[at] if at < len(known) else ""} for at in range(MOST)],
        "chosen": [by_slug[slug] for slug in known],
        "many": len(known) > 4,
    }
    return render(request, "indicators/compare_form.html", told, status=status)
