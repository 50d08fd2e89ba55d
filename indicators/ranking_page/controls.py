"""What a ranking page lets a reader choose. Every choice is an address; long lists of choices fold into menus."""

from collections import Counter
from itertools import pairwise
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from indicators import periods, rankings, selectors
from indicators.comparability import COMPARABLE
from indicators.models import Indicator, Source
from indicators.ranking_page.change import baselines
from indicators.ranking_page.groups import OwnGroup
from indicators.ranking_page.page import LATEST
from indicators.words import key_words, localized

INLINE = 46  # letters of choices that stand in a line; more fold into a menu


def forms_of(indicator):
    """The same quantity as a total, per inhabitant, as a share."""
    family = Indicator.objects.filter(family=indicator.family).exclude(form="") if indicator.family else ()
    return sorted(family, key=lambda one: Indicator.Form.values.index(one.form))


def form_url(sibling, query):
    """The page of another form with what both understand; series are each indicator's own."""
    kept = {name: query[name] for name in ("period", "city", "seen", "view", "numbers") if query.get(name)}
    return sibling.get_absolute_url() + ("?" + urlencode(kept) if kept else "")


def controls(page, siblings):
    wide = [series for series in page.all_series if series == page.series or page.is_wide(series)]
    views = [("table", _("Table")), ("chart", _("Chart")), ("map", _("Map"))]
    views += [("scatter", _("Against another")), ("slope", _("Change of ranks"))]
    seen = [("", _("all")), (Source.Nearness.ORIGINAL.value, Source.Nearness.ORIGINAL.label)]
    forms = [(i.get_form_display(), form_url(i, page.query), i.pk == page.indicator.pk) for i in siblings]
    near = {"menu": True, "brief": page.seen and _("original seen")}
    since_now = _("since %(year)s") % {"year": key_words(page.baseline.key)} if page.baseline else ""
    found = [
        _control(_("Year or date"), years(page, wide)),
        _control(_("Counted as"), [_choice(label, url, now) for label, url, now in forms]),
        _control(_("Among"), among(page)) | {"menu": True, "own": own_form(page)},
        _control(_("How near"), _options(page, "seen", seen, page.seen)) | near,
        _control(_("Series"), _series(page, wide)) | {"brief": ""},
        _control(_("Change since"), since(page)) | {"brief": since_now},
        _control(_("View"), _options(page, "view", views, page.view)) | {"brief": ""},
        _control(_("Order"), order(page)) | {"narrow": True, "brief": ""},
    ]
    return [one for one in found if len(one["options"]) > 1]


def _choice(label, url, current=False, note=""):
    return {"label": label, "url": url, "current": current, "note": note}


def _control(label, options):
    letters = sum(1 + (ord(letter) > 0x2E7F) for option in options for letter in option["label"])
    now = next((option["label"] for option in options if option["current"]), "")
    return {"label": label, "options": options, "menu": letters > INLINE, "now": now}


def _options(page, name, pairs, current):
    return [_choice(label, page.link(**{name: key, "open": "", "page": ""}), key == current) for key, label in pairs]


def _series(page, wide):
    """Another series has years of its own: where it lacks the year shown, it answers with its newest."""
    found = []
    for one in wide:
        keep = page.period == LATEST or page.period in page.periods_of(one)
        url = page.link(series=one.slug, open="", baseline="", **({} if keep else {"period": ""}))
        found.append(_choice(localized(one, "name"), url, one == page.series))
    return found


def among(page):
    pairs = [(slug, localized(group, "name")) for slug, group in page.groups.items()]
    if isinstance(page.group, OwnGroup):
        pairs.append((page.group.slug, localized(page.group, "name")))
    return _options(page, "group", pairs, page.group and page.group.slug)


def own_form(page):
    """The cities a reader may choose from, and the rest of the address as hidden fields."""
    known = {row.place.slug: row.place for row in page.rows} | {place.slug: place for place in page.members}
    inside = {place.slug for place in page.members}
    chosen = inside if isinstance(page.group, OwnGroup) else set()
    cities = [
        {"slug": slug, "name": localized(known[slug], "name"), "chosen": slug in chosen} for slug in sorted(known)
    ]
    return {"cities": cities, "hidden": hidden(page, "group", "page", "open")}


def hidden(page, *without):
    return [(name, value) for name, value in page.query.items() if name not in without]


def since(page):
    """The years a ranking can stand beside; with care where another publisher or vintage answers for them."""
    found = [_choice(_("none"), page.link(baseline="", open=""), not page.baseline)]
    for key, one in baselines(page):
        note = "" if one.judgement.level == COMPARABLE else _("with care")
        now = bool(page.baseline) and page.baseline.key == key
        found.append(_choice(key_words(key), page.link(baseline=key, open="", sort=""), now, note))
    return found


def order(page):
    pairs = [
        ("", _("Rank")),
        ("city", _("City")),
        ("-value", _("Largest figure first")),
        ("value", _("Smallest first")),
    ]
    if page.baseline and page.baseline.shifts:
        pairs += [("-change", _("Risen most")), ("change", _("Fallen most"))]
    return _options(page, "sort", pairs, page.query.get("sort", ""))


def heads(page):
    """The heads of columns that sort: where each leads, and which way it runs now."""
    asked = page.query.get("sort") or "rank"
    found = {}
    for name, first in (("rank", ""), ("city", "city"), ("value", "-value"), ("change", "-change")):
        now = asked.removeprefix("-") == name
        falling = asked.startswith("-")
        turned = name if falling else f"-{name}"
        state = ("descending" if falling else "ascending") if now else ""
        found[name] = {"url": page.link(sort=turned if now else first, open="") + "#ranking", "state": state}
    return found


def years(page, wide):
    """Years of every series; a year this series lacks leaves the choice of the series to the page."""
    every = {key for series in wide for key in page.periods_of(series)}
    mine = {*page.periods_of(page.series), LATEST}
    found = []
    for key in [*sorted(every, key=lambda key: periods.sort_key(periods.parse(key)), reverse=True), LATEST]:
        label = _("latest of each city") if key == LATEST else key_words(key)
        changes = {} if key in mine else {"series": ""}
        if key in (LATEST, page.query.get("baseline")) or changes:
            changes["baseline"] = ""
        found.append(_choice(label, page.link(period=key, open="", **changes), key == page.period))
    return found


def neighbours(page):
    """The year before and the year after, in this series."""
    keys = page.periods_of(page.series)[::-1]
    found = {}
    for before, after in pairwise(keys):
        if after == page.period:
            found["before"] = before
        if before == page.period:
            found["after"] = after
    kept = {"open": "", "baseline": ""}
    return {side: _choice(key_words(key), page.link(period=key, **kept)) for side, key in found.items()}


def in_topic(page):
    """The indicators before and after this one among those of its topic that have a ranking."""
    have = selectors.cities_with_figures()
    rows = Indicator.objects.filter(topic=page.indicator.topic_id).order_by("slug").only("slug", "name", "name_zh")
    able = [one for one in rows if one.pk == page.indicator.pk or have.get(one.pk, 0) >= rankings.FEWEST]
    at = next(i for i, one in enumerate(able) if one.pk == page.indicator.pk)
    return {"before": able[at - 1] if at else None, "after": able[at + 1] if at + 1 < len(able) else None}


def narrow(page):
    """Series of too few cities for a ranking of their own, and how many; each answers under `series=`."""
    counts = Counter(series_id for series_id, _place in {(row.series_id, row.place_id) for row in page.rows})
    rest = [series for series in page.all_series if series != page.series and not page.is_wide(series)]
    kept = {"period": "", "group": "", "open": "", "baseline": ""}
    return [
        {"text": localized(s, "name"), "n": counts[s.pk], "url": page.link(series=s.slug, **kept)}
        for s in rest
        if page.has_ranking and counts[s.pk]
    ]
