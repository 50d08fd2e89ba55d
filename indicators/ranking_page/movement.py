"""Change as a ranking page prints it: the columns against a baseline year, who moved, and ranks year by year."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from indicators import change, claims, comparability
from indicators.comparability import COMPARABLE, NOT_COMPARABLE
from indicators.drawing import points
from indicators.numbers import claim_text, number, shown, shown_unit
from indicators.ranking_page.change import History
from indicators.ranking_page.words import TABLE, told
from indicators.words import key_words, linked, localized, run_on_html

ARROWS = {change.UP: "▲", change.DOWN: "▼", change.SAME: "=", change.UNCLEAR: "?"}
MINUS = "−"
DRAWN = 8  # lines of the chart that have a colour; the marked city is always one of them


# --- Against a baseline year ---


def since(page):
    """Heads of the columns of change and what is said above the table; None without a baseline."""
    one = page.baseline
    if one is None:
        return None
    year, unit = {"year": key_words(one.key)}, shown_unit(page.indicator)
    rank_label = _("Rank in the source since %(year)s") if one.is_printed else _("Rank since %(year)s")
    points = _("Change since %(year)s, percentage points") if page.indicator.unit == "%" else _("Change since %(year)s")
    return {
        "value_label": points % year if one.judgement.level == COMPARABLE else "",
        "rank_label": rank_label % year if one.shifts else "",
        "care": one.judgement.level != COMPARABLE,
        "unit": unit,
        "said": run_on_html(said(page, one)),
    }


def said(page, one):
    """Sentences: among whom ranks are compared, why with care, and who stands in one of the two years only."""
    years = {"before": key_words(one.key), "now": key_words(page.period)}
    found = []
    if one.judgement.level == NOT_COMPARABLE:
        words = _("%(before)s and %(now)s are not comparable: %(reasons)s.")
        return [told(words, reasons=reasons(page, one), **years)]
    if one.shifts:
        words = _("Ranks of %(before)s and %(now)s are compared among the %(n)s cities ranked in both years.")
        if one.is_printed:
            words = _(
                "Ranks as the source prints them in %(before)s and %(now)s, for the %(n)s cities it ranks in both."
            )
        found.append(told(words, n=linked(TABLE, len(one.shifts)), **years))
    else:
        found.append(told(_("No ranks are compared: too few cities have a figure in both years."), **years))
    if one.series != page.series:
        found.append(told(_("%(before)s comes from another series: %(series)s."), series=_name(one.series), **years))
    if one.judgement.reasons:
        found.append(told(_("With care: %(reasons)s; differences of values are withheld."), reasons=reasons(page, one)))
    if one.is_printed:
        return found
    names = {row.place_id: row for row in [*one.rows.values(), *page.chosen]}
    for words, keys in (
        (_("With a figure in %(now)s only: %(cities)s."), one.change.entered),
        (_("With a figure in %(before)s only: %(cities)s."), one.change.left),
    ):
        if keys:
            cities = [linked(names[key].get_absolute_url(), localized(names[key].place, "name")) for key in keys]
            found.append(told(words, cities=SafeString(pgettext("list", ", ").join(cities)), **years))
    return found


def _name(series):
    return localized(series, "name")


def reasons(page, one):
    """Why two years are compared with care or not at all, in words."""
    vintages = {"one": localized(one.series, "vintage"), "other": localized(page.series, "vintage")}
    words = {
        comparability.PUBLISHER: _("the publishers differ"),
        comparability.VINTAGE: _("the figures belong to different vintages (%(one)s; %(other)s)") % vintages,
        comparability.DEFINITION: _("the definitions differ"),
        comparability.TERRITORY: _("the territories differ"),
        comparability.UNIT: _("the units differ"),
        comparability.PERIOD: _("the periods differ"),
    }
    return _("; ").join(words[reason] for reason in one.judgement.reasons)


def cells(page, row):
    """{value, rank} of a row against the baseline; each leads to the earlier figure."""
    one = page.baseline
    if one is None:
        return None
    return {"value": value_cell(page, row), "rank": rank_cell(one.shifts.get(row.place_id), one.rows.get(row.place_id))}


def value_cell(page, row):
    difference, percent = page.baseline.value_change(row)
    if difference is None:
        return None
    before = page.baseline.rows[row.place_id]
    parts = {"change": signed(difference, page.indicator), "unit": shown_unit(page.indicator)}
    parts |= {"before": claim_text(before.claim, page.indicator).spoken, "year": key_words(before.period_key)}
    spoken = _("%(change)s %(unit)s, from %(before)s in %(year)s") % parts
    found = {"text": parts["change"], "spoken": spoken, "url": before.get_absolute_url(), "percent": ""}
    if percent is not None:
        mark, value = claims.MARKS.get(percent.kind, ""), percent.low
        found["percent"] = _("%(n)s %%") % {"n": f"{mark} {with_sign(value, number(abs(value), 1))}".strip()}
    return found


def with_sign(value, text):
    """The sign in print: “+12”, “−3”, “0”."""
    return text if not value else f"{'+' if value > 0 else MINUS}{text}"


def signed(claim, indicator):
    """A difference with its sign and the strength of the claims it comes from."""
    if claim.kind == claims.RANGE:
        low, high = (with_sign(value, shown(abs(value), indicator)) for value in (claim.low, claim.high))
        return _("%(low)s to %(high)s") % {"low": low, "high": high}
    text = with_sign(claim.point, shown(abs(claim.point), indicator))
    mark = claims.MARKS.get(claim.kind, "")
    return f"{mark} {text}" if mark else text


def rank_cell(shift, before, now=None):
    """A change of rank as an arrow with a number, and in words; None outside the panel."""
    if shift is None or before is None:
        return None
    path = {"before": shift.before.text, "now": shift.now.text, "n": abs(shift.steps)}
    sure = "" if shift.is_exact or not shift.steps else "≥ "
    return {
        "arrow": ARROWS[shift.direction],
        "direction": shift.direction,
        "n": f"{sure}{path['n']}" if shift.steps else "",
        "spoken": spoken_shift(shift) % path,
        "before": shift.before.text,
        "now": shift.now.text,
        "before_url": before.get_absolute_url(),
        "now_url": now.get_absolute_url() if now else "",
    }


def spoken_shift(shift):
    """The phrase for a change of rank; steps that are only a least are said so."""
    n, up = abs(shift.steps), shift.direction == change.UP
    if not n:
        return _("unchanged at %(now)s") if shift.is_exact else _("from %(before)s to %(now)s, no sure change")
    if not shift.is_exact:
        return least_up(n) if up else least_down(n)
    if up:
        return ngettext("up %(n)s place, from %(before)s to %(now)s", "up %(n)s places, from %(before)s to %(now)s", n)
    return ngettext("down %(n)s place, from %(before)s to %(now)s", "down %(n)s places, from %(before)s to %(now)s", n)


def least_up(n):
    return ngettext(
        "up at least %(n)s place, from %(before)s to %(now)s", "up at least %(n)s places, from %(before)s to %(now)s", n
    )


def least_down(n):
    return ngettext(
        "down at least %(n)s place, from %(before)s to %(now)s",
        "down at least %(n)s places, from %(before)s to %(now)s",
        n,
    )


# --- Over the years of a series ---


def movement(page):
    """Who moved over the longest comparable span, and the ranks of every year; None without three years."""
    one = History.found(page)
    if one is None:
        return None
    first, last = key_words(one.years[0]), key_words(one.years[-1])
    latest, earliest = one.figures[-1], one.figures[0]
    lines = {key: mover(one, key, earliest[key], latest[key]) for key in one.ranks}
    note = _("Ranks worked out here, each year among the same %(n)s cities: those with a figure in every year shown.")
    if one.is_printed:
        note = _("Ranks as the source prints them, for the %(n)s cities it ranks in every year shown.")
    drawn = {key: ranks for key, ranks in one.ranks.items() if all(rank.best == rank.worst for rank in ranks)}
    names = [localized(latest[key].place, "name") for key in one.ranks if key not in drawn]
    kept = {"series": one.series.slug, "period": one.years[-1], "baseline": one.years[0]}
    return {
        "title": _("Who moved, %(first)s to %(last)s") % {"first": first, "last": last},
        "series": _name(one.series) if one.series != page.series else "",
        "note": told(note, n=linked("#rank-history", len(one.ranks))),
        "up": [lines[key] for key in one.up],
        "down": [lines[key] for key in one.down],
        "years": [key_words(year) for year in one.years],
        "rows": list(lines.values()),
        "count": len(lines),
        "url": page.link(**kept, open="", sort="-change"),
        "caption": caption(page, one),
        "chart": picture(page, one, drawn) if drawn else None,
        "intervals": pgettext("list", ", ").join(names),
    }


def mover(one, key, earliest, latest):
    place = latest.place
    years = zip(one.ranks[key], one.figures, strict=True)
    return {
        "city": localized(place, "name"),
        "slug": place.slug,
        "city_url": place.get_absolute_url(),
        "change": rank_cell(one.shifts[key], earliest, latest),
        "ranks": [{"text": rank.text, "url": rows[key].get_absolute_url()} for rank, rows in years],
    }


def caption(page, one):
    span = f"{one.years[0]}–{one.years[-1]}"
    return _("Ranks by %(indicator)s, %(span)s") % {"indicator": localized(page.indicator, "name"), "span": span}


def picture(page, one, drawn):
    """Single ranks as lines: whoever moved most has a colour, and so has the marked city; everybody else is grey."""
    marked = [key for key, row in one.figures[-1].items() if row.place.slug == page.query.get("city")]
    moved = sorted([*one.up, *one.down], key=lambda key: -abs(one.shifts[key].steps))
    strong = [key for key in dict.fromkeys([*marked, *moved]) if key in drawn][:DRAWN]
    series = []
    for key, ranks in drawn.items():
        name = localized(one.figures[-1][key].place, "name")
        marks = [
            {"x": year, "y": rank.best, "label": rank.text, "url": figures[key].get_absolute_url(), "kind": "exact"}
            for year, rank, figures in zip(one.years, ranks, one.figures, strict=True)
        ]
        series.append({"name": name, "points": marks})
    names = [localized(one.figures[-1][key].place, "name") for key in strong]
    return points.source_line([figures[key] for key in drawn for figures in one.figures]) | {
        "id": "rank-lines",
        "title": caption(page, one),
        "subtitle": _("Rank in each year; the first stands on top."),
        "data": {"type": "slope", "labels": one.years, "series": series, "highlight": names, "unit": ""},
        "size": "xl" if len(series) > 20 else "l",
        "table_id": "rank-history",
    }
