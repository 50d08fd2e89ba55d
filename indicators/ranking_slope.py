"""Ranks at two ends: two years of a series, or two forms of a quantity, among the cities that have both."""

from collections import Counter

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators import comparability, rankings, slopes
from indicators.figures import basis, present, source_rank
from indicators.models import Indicator
from indicators.ranking_page import LATEST, RankingPage
from indicators.slopes import Pair
from indicators.where import in_cell
from indicators.words import key_words, localized
from indicators.worked_out import inner


def as_slope(page):
    """From `baseline=` to the page's period, or from the form `with=` names to the page's own."""
    forms = forms_besides(page.indicator)
    told = {"kind": "slope", "ends": ends(page, forms)}
    if page.second is not None:
        if page.second not in forms:
            return told | {
                "refusal": _("Ranks are joined between two forms of one quantity, and this is none of them.")
            }
        other = RankingPage(page.second, {"period": page.period, "seen": page.seen})
        return told | drawn(page, other, two_forms(page, other))
    if page.period == LATEST:
        return told | {"refusal": _("Newest figures are of several years; choose one year to see how ranks changed.")}
    asked = page.query.get("baseline") or first_year(page)
    if asked == page.period or not asked:
        return told | {"refusal": _("There is no second year to start from.")}
    asked_for = {"period": asked, "seen": page.seen}
    other = RankingPage(page.indicator, asked_for | {"series": page.series.slug})
    if not other.listed:
        other = RankingPage(page.indicator, asked_for)
    return told | drawn(page, other, two_years(page, other))


def forms_besides(indicator):
    found = Indicator.objects.filter(family=indicator.family).exclude(form="") if indicator.family else ()
    forms = Indicator.Form.values
    return sorted((one for one in found if one != indicator), key=lambda one: forms.index(one.form))


def first_year(page):
    """The earliest year in which the series has figures for three cities."""
    for key in reversed(page.periods_of(page.series)):
        cities = {row.place_id for row in page.inside(page.series, key)}
        if key != page.period and len(cities) >= rankings.FEWEST:
            return key
    return ""


def ends(page, forms):
    """What the ranks may start from, as links."""
    found = []
    years = [key for series in page.all_series if page.is_wide(series) for key in page.periods_of(series)]
    current = "" if page.second else page.query.get("baseline") or first_year(page)
    for key in dict.fromkeys(years):
        if key != page.period and page.period != LATEST:
            url = page.link(**{"baseline": key, "with": "", "open": ""})
            found.append({"label": key_words(key), "url": url, "current": key == current})
    for form in forms:
        url = page.link(**{"with": form.slug, "baseline": "", "open": ""})
        found.append({"label": form.get_form_display(), "url": url, "current": form == page.second})
    return found


def two_years(page, other):
    words = _("Who rose and who fell in %(indicator)s, %(before)s to %(after)s?")
    columns = key_words(other.period), key_words(page.period)
    names = {"indicator": inner(localized(page.indicator, "name")), "before": columns[0], "after": columns[1]}
    return {"title": words % names, "columns": columns}


def two_forms(page, other):
    words = _("%(indicator)s, %(period)s: does the order hold when it is counted as %(after)s?")
    columns = tuple(str(one.indicator.get_form_display()) for one in (other, page))
    names = {"indicator": localized(other.indicator, "name"), "period": key_words(page.period), "after": columns[1]}
    return {"title": words % names, "columns": columns, "forms": True}


# --- Ranks among the cities that have both ---


def drawn(page, other, told):
    printed = both_printed(page, other)
    ranks, refusal = source_ranks(page, other) if printed else ranks_here(page, other)
    careful = "" if told.get("forms") else careful_words(page, other)
    if careful is None:
        return {
            "refusal": _("The two years rest on different definitions, territories or units: no ranks are compared.")
        }
    if refusal:
        return {"refusal": refusal}
    pairs, rows, intervals = [], [], []
    for after in page.listed:
        before, mine = ranks[0].get(after.place_id), ranks[1].get(after.place_id)
        if not before or not mine:
            continue
        if "–" in before["text"] + mine["text"]:
            intervals.append(localized(after.place, "name"))
            continue
        pairs.append(pair(page, after, before, mine, told["columns"]))
        rows.append(table_row(page, other, after, before, mine))
    chart = {"id": "slope", "level": 2, "links": True, "title": told["title"]}
    chart["subtitle"] = among(len(ranks[1]), printed)
    chart["label"], chart["note"] = _("Ranks at both ends; every city is a link to its figure."), careful
    chart["svg"] = SafeString(slopes.slope(told["columns"], pairs, dashed=bool(careful)))
    columns = [_("%(end)s, rank") % {"end": end} for end in told["columns"]]
    columns = [words for end, rank in zip(told["columns"], columns, strict=True) for words in (rank, end)]
    return {
        "chart": chart if pairs else None,
        "movers": [{"name": p.name, "url": p.url, "rise": p.rise, "by": abs(p.rise)} for p in slopes.movers(pairs)],
        "intervals": intervals,
        "dropped": dropped(page, other, ranks),
        "table": {"columns": columns, "rows": rows},
    }


def among(size, printed):
    if printed:
        return _("Rank in the source")
    words = ngettext(
        "Rank worked out here among the %(n)s city with both figures",
        "Rank worked out here among the %(n)s cities with both figures",
        size,
    )
    return words % {"n": size}


def both_printed(page, other):
    """Ranks of the sources are joined where both ends have them for three cities; never with ranks worked out."""
    ours, theirs = ({row.place_id for row in one.listed if row.published_rank} for one in (page, other))
    return len(ours & theirs) >= rankings.FEWEST


def source_ranks(page, other):
    found = []
    for one in (other, page):
        rows = [row for row in one.listed if row.published_rank]
        shared = Counter((row.published_rank, row.published_rank_to) for row in rows)
        found.append({row.place_id: _printed(row, shared) for row in rows})
    return found, ""


def _printed(row, shared):
    text, tied = source_rank(row), shared[row.published_rank, row.published_rank_to] > 1
    return {"rank": row.published_rank, "text": f"={text}" if tied and "–" not in text else text, "row": row}


def ranks_here(page, other):
    """Ranked anew among the cities with both figures, so that who is missing at one end moves nobody."""
    rows = [{row.place_id: row for row in one.listed if row.claim.has_value} for one in (other, page)]
    common = rows[0].keys() & rows[1].keys()
    found = []
    for one, mine in zip((other, page), rows, strict=True):
        ranking = rankings.rank(
            [rankings.Entry(pk, mine[pk].claim) for pk in common],
            direction=one.indicator.direction,
            group_size=page.size,
            minimum_coverage=page.indicator.minimum_coverage,
        )
        if ranking.refusal:
            words = _("No ranks are worked out: %(have)s of %(of)s cities have both figures, too few.")
            return [{}, {}], words % {"have": ranking.have, "of": ranking.of}
        found.append({pk: {"rank": r.best, "text": r.text, "row": mine[pk]} for pk, r in ranking.ranks.items()})
    return found, ""


def careful_words(page, other):
    """Empty within a series; a sentence where two series meet; None where they may not be compared."""
    if page.series == other.series or not page.listed or not other.listed:
        return ""
    judged = comparability.judge(basis(other.listed[0]), basis(page.listed[0]), over_time=True)
    if judged.level == comparability.NOT_COMPARABLE:
        return None
    names = {"before": localized(other.series, "name"), "after": localized(page.series, "name")}
    words = _("With care: the two ends come from two series, “%(before)s” and “%(after)s”. Lines are dashed.")
    return words % names


def pair(page, row, before, after, columns):
    name = localized(row.place, "name")
    told = {"place": name, "before": before["text"], "after": after["text"], "first": columns[0], "last": columns[1]}
    return Pair(
        name=name,
        before=before["rank"],
        after=after["rank"],
        before_words=before["text"],
        after_words=after["text"],
        title=_("%(place)s: rank %(before)s (%(first)s), %(after)s (%(last)s)") % told,
        url=row.get_absolute_url(),
        marked=row.place.slug == page.query.get("city"),
    )


def table_row(page, other, row, before, after):
    figures = []
    for one, end in ((other, before), (page, after)):
        figures.append(in_cell(present(end["row"], disputed=one.notes.disputed(end["row"]))))
    return {
        "city": localized(row.place, "name"),
        "url": row.place.get_absolute_url(),
        "marked": row.place.slug == page.query.get("city"),
        "before": before["text"],
        "after": after["text"],
        "figures": figures,
        "rise": before["rank"] - after["rank"],
        "by": abs(before["rank"] - after["rank"]),
    }


def dropped(page, other, ranks):
    """Cities with a figure at one end only."""
    places = {row.place_id: row.place for one in (page, other) for row in one.listed}
    lone = [place for pk, place in places.items() if not (pk in ranks[0] and pk in ranks[1])]
    found = [{"name": localized(place, "name"), "url": place.get_absolute_url()} for place in lone]
    return sorted(found, key=lambda city: city["url"])
