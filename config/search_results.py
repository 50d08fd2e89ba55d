"""What a result says beside its name: rank, coverage, date, nearness. A fixed number of queries for any results."""

from collections import Counter

from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from config.search_index import INDICATOR, LIST, PLACE, POLICY, PROGRAMME, SOURCE
from indicators import selectors, texts
from indicators.figures import nearness_label
from indicators.models import KeyFigure, Place, Statement
from indicators.numbers import number, rank_among
from indicators.words import in_chinese, key_words, localized, other_name, period_words

AROUND = 60  # characters of a definition before and after what was found
ONE_LINE = 36
NAMED = 100 * texts.HAS_INSIDE  # an indicator found by its name, not by its definition
CONSIDERED, STANDINGS = 20, 3
HEADINGS = {
    PLACE: gettext_lazy("Cities and regions"),
    POLICY: gettext_lazy("Policies"),
    INDICATOR: gettext_lazy("Indicators"),
    PROGRAMME: gettext_lazy("Pilots and titles"),
    LIST: gettext_lazy("Published rankings"),
    SOURCE: gettext_lazy("Sources"),
}


def address(entry):
    if entry.kind == PROGRAMME:
        return f"{reverse('policies:designations')}?programme={entry.row.slug}"
    return entry.row.get_absolute_url()


def name_of(entry):
    """The name in the page's language, and the other one as a dict with its language (None where there is none)."""
    field = "title" if entry.kind == SOURCE else "name"
    return localized(entry.row, field), other_name(entry.row, field)


def kind_words(entry):
    """What a suggestion is, in a word or two."""
    return {
        PLACE: lambda row: _("city") if row.is_city else Place.Level(row.level).label,
        POLICY: lambda row: row.get_kind_display(),
        INDICATOR: lambda row: _("indicator"),
        PROGRAMME: lambda row: _("pilot or title"),
        LIST: lambda row: _("published ranking"),
        SOURCE: lambda row: _("source"),
    }[entry.kind](entry.row)


def mark(text, query):
    """The text, escaped, what was looked for in <mark>."""
    parts = ((format_html("<mark>{}</mark>", part) if is_lit else part,) for part, is_lit in texts.marked(text, query))
    return format_html_join("", "{}", parts)


def why(entry, query):
    """What was found where no name shown has it: (is it in a name shown?, other name, passage of the definition)."""
    shown, other = name_of(entry)
    if texts.score(texts.Text.of(list(filter(None, [shown, other and other["text"]]))), query):
        return True, "", ""
    named = [] if entry.kind == INDICATOR else entry.others  # an indicator's other name is its address
    name = max(named, key=lambda name: texts.score(texts.Text.of([name]), query), default="")
    if name and texts.score(texts.Text.of([name]), query):
        return False, name, ""
    said = reversed(entry.said) if in_chinese() else entry.said
    return False, "", next((passage(text, query) for text in said if passage(text, query)), "")


def passage(text, query):
    """The words around the first thing that was looked for; empty where the text has nothing of it."""
    before = ""
    for part, is_lit in texts.marked(text, query):
        if is_lit:
            start = max(0, len(before) - AROUND)
            start = text.find(" ", start, len(before)) + 1 if start and " " in text[start : len(before)] else start
            end = len(before) + len(part) + AROUND
            return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")
        before += part
    return ""


def present(entries, query):
    """The dicts of config/_search_row.html, in the order given."""
    rows = {kind: [entry.row for entry in entries if entry.kind == kind] for kind in (PLACE, INDICATOR)}
    facts = {PLACE: place_facts(rows[PLACE]), INDICATOR: indicator_facts(rows[INDICATOR])}
    plain = {POLICY: policy_facts, PROGRAMME: programme_facts, LIST: list_facts, SOURCE: source_facts}
    found = []
    for entry in entries:
        name, other = name_of(entry)
        in_name, also, said = why(entry, query)
        told = plain[entry.kind](entry.row) if entry.kind in plain else facts[entry.kind][entry.row.pk]
        found.append(
            {
                "url": address(entry),
                "name": mark(name, query),
                "other": other and {"text": mark(other["text"], query), "lang": other["lang"]},
                "also": also and mark(also, query),
                "passage": said and mark(said, query),
                "facts": list(filter(None, told)) if in_name or also else _marked(told, query),
                "nearness": entry.row.nearness if entry.kind == SOURCE else "",
                "nearness_label": nearness_label(entry.row.nearness) if entry.kind == SOURCE else "",
            }
        )
    return found


def _marked(facts, query):
    return [one | {"text": mark(one["text"], query)} for one in facts if one]


def fact(text, url="", note=""):
    return {"text": text, "url": url, "note": note}


def place_facts(places):
    """Of each: what it is, its rank in the first key figure of every city, how many figures stand here of it."""
    if not places:
        return {}
    mine = {place.pk for place in places}
    counts = Counter(dict(_counted(selectors.told_of(mine))))
    counts.update(dict(_counted(Statement.objects.published().filter(place__in=mine))))
    key = KeyFigure.objects.filter(place=None).select_related("indicator__topic").first()
    ranks = selectors.ranks_in(key.indicator) if key else {}
    return {
        place.pk: [
            fact(_place_words(place)),
            _rank_fact(ranks.get(place.pk) if place.is_city else None, key),
            fact(
                ngettext("%(n)s figure or statement", "%(n)s figures and statements", counts[place.pk])
                % {"n": number(counts[place.pk])}
            ),
        ]
        for place in places
    }


def _counted(rows):
    return rows.order_by().values_list("place").annotate(Count("pk"))


def _place_words(place):
    what = _("city") if place.is_city else Place.Level(place.level).label
    if not place.parent_id or place.parent.level == Place.Level.COUNTRY:
        return what
    return _("%(what)s in %(parent)s") % {"what": what, "parent": localized(place.parent, "name")}


def _rank_fact(rank, key):
    if not rank:
        return None
    said = {
        "rank": rank_among(rank["text"], rank["size"], rank["group"]),
        "indicator": localized(key.indicator, "name"),
        "period": key_words(rank["year"]),
    }
    note = _("rank in the source") if rank["printed"] else _("rank worked out here")
    return fact(_("%(rank)s in %(indicator)s, %(period)s") % said, rank["url"], note)


def indicator_facts(indicators):
    """Of each: the unit, how many cities have data and of which years, and who is first."""
    short = selectors.in_short(indicators) if indicators else {}
    found = {}
    for indicator in indicators:
        entry = short.get(indicator)
        if not entry:
            found[indicator.pk] = [fact(localized(indicator, "unit")), fact(_("no figures of single cities"))]
            continue
        coverage = _("%(have)s of %(of)s cities have data") % entry
        found[indicator.pk] = [fact(entry["unit"]), fact(coverage), fact(entry["years"])]
        found[indicator.pk] += [_first_fact(entry)] if entry["first"] else []
    return found


def _first_fact(entry):
    names = _(", ").join(one["name"] for one in entry["first"])
    return fact(_("first: %(cities)s, %(period)s") % {"cities": names, "period": entry["first_period"]})


def policy_facts(policy):
    event = policy.dating[0] if policy.dating else None
    when = key_words(event.period_key) if event else _("no date given")
    if event and event.period_inferred:
        when = _("%(period)s (date inferred)") % {"period": when}
    return [fact(policy.get_kind_display()), fact(localized(policy.place, "name")), fact(when)]


def programme_facts(programme):
    body = localized(programme.awarded_by, "name") if programme.awarded_by else programme.awarded_by_as_stated
    return [fact(_("pilot or title")), fact(_("awarded by %(body)s") % {"body": body}) if body else None]


def list_facts(ranking):
    publisher = localized(ranking.publisher, "name")
    year = pgettext("published ranking", "data of %(period)s") % {"period": period_words(ranking)}
    return [fact(publisher), fact(_("edition %(edition)s") % {"edition": ranking.edition}), fact(year)]


def source_facts(source):
    return [fact(localized(source.publisher, "name")), fact(period_words(source))]


def standing(index, query):
    """Where a query names a city and an indicator: the city, the query for the rest, the indicators that have a figure
    of it; else None, None and none."""
    city, rest = index.city_and_rest(query) or (None, None)
    hits = index.find(rest) if city else []
    named = [hit.entry for hit in hits if hit.entry.kind == INDICATOR and hit.score >= NAMED][:CONSIDERED]
    if not named:
        return None, None, []
    told = selectors.told().filter(place=city.row, series__indicator__in=[entry.row for entry in named])
    known = set(told.values_list("series__indicator", flat=True))
    return city, rest, [entry for entry in named if entry.row.pk in known][:STANDINGS]


def standing_address(city, entry):
    return f"{entry.row.get_absolute_url()}?city={city.row.slug}"


def standing_suggestion(city, entry):
    said = {"indicator": name_of(entry)[0], "city": name_of(city)[0]}
    name = _("%(indicator)s: %(city)s") % said
    return {"name": name, "other": None, "kind": _("ranking"), "url": standing_address(city, entry)}


def suggestion(entry):
    """One line of the list below the box: the other name only where both are short."""
    name, other = name_of(entry)
    other = other if other and len(name) + len(other["text"]) <= ONE_LINE else None
    return {"name": name, "other": other, "kind": str(kind_words(entry)), "url": address(entry)}
