"""One address of every page type. `tests/browser/test_pages.py` fails when a new type is missing here."""

PAGES = {
    "home": "/",
    "indicators:catalogue": "/indicators/",
    "indicators:ranking": "/indicators/digital-technology-density/?period=2021",
    "indicators:ranking_lists": "/rankings/",
    "indicators:surprises": "/rankings/surprises/",
    "indicators:ranking_list": "/rankings/caict-digital-competitiveness-2020/",
    "indicators:city_list": "/cities/",
    "indicators:city": "/cities/beijing/",
    "indicators:region": "/regions/china/",
    "indicators:compare_form": "/compare/",
    "indicators:compare": "/compare/beijing/vs/shanghai/",
    "indicators:source_list": "/sources/",
    "indicators:source": "follow /sources/",
    "policies:list": "/policies/",
    "policies:targets": "/targets/",
    "policies:designations": "/designations/",
    "policies:policy": "follow /policies/",
    "figure": "follow /figures/",
    "search": "/search/?q=shanghai",
    "notes": "/notes/",
    "about": "/about/",
    "coverage": "/about/coverage/",
    "methods": "/about/methods/",
    "accessibility": "/about/accessibility/",
    "components": "/about/components/",
    "not found": "/no/such/page/",
}
NO_PAGES = {"healthz", "readyz", "media", "favicon", "policies:feed", "policies:calendar", "policies:target_feed"}
# Where the first link to a followed address is looked for.
START = {"follow /sources/": "/sources/", "follow /policies/": "/policies/", "follow /figures/": "/cities/beijing/"}
