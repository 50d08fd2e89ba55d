"""Ranks at two ends: two years of an indicator, or two forms of a quantity, among the cities that have both."""

from collections import Counter

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from indicators import change, rankings
from indicators.comparability import COMPARABLE, WITH_CARE
from indicators.drawing import slopes
from indicators.drawing.points import source_line
from indicators.drawing.slopes import Pair
from indicators.figures import present
from indicators.ranking_page.change import baselines, printed, valued
from indicators.ranking_page.controls import forms_of
from indicators.ranking_page.page import LATEST
from indicators.where import in_cell
from indicators.words import key_words, localized
from indicators.worked_out import inner, recipe_of

NAMED = 3  # so many rises and falls stand out, and whoever equals the last of them


class Joined:
    """What both kinds of slope have: rows and ranks at either end, and the words of the two columns."""

    def __init__(self, page, rows, shifts, *, columns, is_printed):
        self.page, self.before, self.columns, self.is_printed = page, rows, columns, is_printed
        self.after = {row.place_id: row for row in page.listed}
        self.shifts = {key: shift for key, shift in shifts.items() if key in self.after and key in rows}
        self.drawn = {key: one for key, one in self.shifts.items() if _single(one.before) and _single(one.now)}
        self.up, self.down = (self._far(keys) for keys in change.movers(self.drawn, NAMED))

    def _far(self, keys):
        """One place up or down is worth a name only where nobody moved farther."""
        farthest = max((abs(shift.steps) for shift in self.drawn.values()), default=0)
        return [key for key in keys if abs(self.drawn[key].steps) >= min(farthest, 2)]

    @property
    def intervals(self):
        names = [localized(self.after[key].place, "name") for key in self.shifts if key not in self.drawn]
        return pgettext("list", ", ").join(names)

    @property
    def lone(self):
        """Cities with a figure at one end only."""
        rows = self.before | self.after
        found = [rows[key].place for key in rows if key not in self.shifts and not rows[key].claim.is_absent]
        return sorted(found, key=lambda place: place.slug)


def _single(rank):
    return rank.best == rank.worst


def as_slope(page):
    """From `baseline=` to the page's period, or from the form `with=` names to the page's own."""
    forms, years = forms_besides(page.indicator), baselines(page)
    if page.second is not None:
        if page.second in forms:
            return two_forms(page, ends(page, years, forms))
        refusal = _("Ranks are joined between two forms of one quantity, and this is none of them.")
        return {"kind": "slope", "ends": ends(page, years, forms), "refusal": refusal}
    start = page.baseline or first_year(years)
    told = {"kind": "slope", "ends": ends(page, years, forms, start and start.key)}
    if page.period == LATEST:
        return told | {"refusal": _("Newest figures are of several years; choose one year to see how ranks changed.")}
    if start is None:
        return told | {"refusal": _("There is no second year whose ranks can stand beside these.")}
    return told | two_years(page, start)


def forms_besides(indicator):
    return [one for one in forms_of(indicator) if one != indicator]


def first_year(years):
    """The earliest year that compares fully, else the earliest of all."""
    full = [one for _key, one in years if one.judgement.level == COMPARABLE]
    return next(reversed(full or [one for _key, one in years]), None)


def ends(page, years, forms, current=""):
    """What the ranks may start from, as links."""
    found = []
    for key, one in years:
        url = page.link(**{"baseline": key, "with": "", "open": ""})
        label = key_words(key)
        if one.judgement.level == WITH_CARE:
            label = _("%(period)s, with care") % {"period": label}
        found.append({"label": label, "url": url, "current": key == current})
    for form in forms:
        url = page.link(**{"with": form.slug, "baseline": "", "open": ""})
        found.append({"label": form.get_form_display(), "url": url, "current": form == page.second})
    return found


def two_years(page, start):
    columns = key_words(start.key), key_words(page.period)
    joined = Joined(page, start.rows, start.shifts, columns=columns, is_printed=start.is_printed)
    names = {"indicator": inner(localized(page.indicator, "name")), "before": columns[0], "after": columns[1]}
    title = _("Who rose and who fell in %(indicator)s, %(before)s to %(after)s?") % names
    if start.judgement.level == COMPARABLE:
        return told(joined, title)
    return told(joined, title, with_care(start.series, page.series))


def with_care(before, after):
    names = {"before": localized(before, "name"), "after": localized(after, "name")}
    return _("With care: the two ends come from two series, “%(before)s” and “%(after)s”. Lines are dashed.") % names


def two_forms(page, links):
    """Ranks in the source where both forms have them, else those worked out here; one kind never beside the other."""
    other = page.second_page()
    found = {"kind": "slope", "ends": links}
    if other.period != page.period or not other.listed:
        return found | {"refusal": _("The other form has no figures of this period.")}
    mine, theirs = printed(page, page.listed), printed(other, other.listed)
    is_printed = len(mine.keys() & theirs.keys()) >= rankings.FEWEST
    moved = (
        change.printed(theirs, mine)
        if is_printed
        else change.compare(
            valued(other, other.chosen),
            valued(page, page.chosen),
            direction=page.indicator.direction,
            group_size=page.size,
            minimum_coverage=page.indicator.minimum_coverage,
        )
    )
    if moved.refusal or not moved.shifts:
        return found | {"refusal": _("Too few cities have a figure in both forms, so no ranks are worked out.")}
    columns = tuple(str(one.indicator.get_form_display()) for one in (other, page))
    rows = {row.place_id: row for row in other.listed}
    joined = Joined(page, rows, moved.shifts, columns=columns, is_printed=is_printed)
    names = {"indicator": localized(other.indicator, "name"), "period": key_words(page.period)}
    careful = "" if of_one_kind(page.series, other.series) else with_care(other.series, page.series)
    return found | told(joined, held()[page.indicator.form] % names, careful)


def of_one_kind(*two):
    """Whether two forms have one publisher, group, vintage and territory; worked-out ones have the numerator’s."""
    origins = [recipe.numerator if (recipe := recipe_of(series)) else series for series in two]
    return len({(one.family, one.group_id, one.vintage, one.territory) for one in origins}) == 1


def held():
    """What a slope of two forms asks, by the form it leads to."""
    return {
        "total": _("%(indicator)s, %(period)s: does the order hold by total?"),
        "inhabitant": _("%(indicator)s, %(period)s: does the order hold per inhabitant?"),
        "share": _("%(indicator)s, %(period)s: does the order hold by share?"),
    }


# --- What is printed ---


def told(joined, title, careful=""):
    if not joined.drawn:
        return {"refusal": _("No city has one rank at both ends, so there is nothing to draw.")}
    ties = [Counter(getattr(shift, end).best for shift in joined.shifts.values()) for end in ("before", "now")]
    pairs = [pair(joined, key, ties) for key in joined.drawn]
    chart = {"id": "slope", "level": 2, "links": True, "title": title, "subtitle": among(joined), "note": careful}
    chart["label"] = _("Ranks at both ends; every city is a link to its figure.")
    chart["svg"] = SafeString(slopes.slope(joined.columns, pairs, dashed=bool(careful)))
    chart |= source_line([rows[key] for key in joined.drawn for rows in (joined.before, joined.after)])
    chart |= {"static": True, "data": {"type": "slope", "unit": among(joined), "series": saved(joined)}}
    rows = [table_row(joined, key, ties) for key in sorted(joined.drawn, key=lambda key: joined.drawn[key].now.best)]
    return {
        "chart": chart,
        "movers": [mover(joined, key) for key in (*joined.up, *joined.down)],
        "intervals": joined.intervals,
        "lone": [{"name": localized(place, "name"), "url": place.get_absolute_url()} for place in joined.lone],
        "table": {"columns": columns(joined), "rows": rows},
    }


def saved(joined):
    """The ranks of the saved file, a series a city."""
    found = []
    for key, shift in joined.drawn.items():
        ends = ((joined.before[key], shift.before), (joined.after[key], shift.now))
        told = [
            {"y": rank.best, "kind": "exact", "label": str(rank.best), "url": r.get_absolute_url()} for r, rank in ends
        ]
        told = [point | {"x": column} for point, column in zip(told, joined.columns, strict=True)]
        found.append({"name": localized(joined.after[key].place, "name"), "points": told})
    return found


def among(joined):
    if joined.is_printed:
        return _("Rank in the source")
    words = ngettext(
        "Rank worked out here among the %(n)s city with both figures",
        "Rank worked out here among the %(n)s cities with both figures",
        len(joined.shifts),
    )
    return words % {"n": len(joined.shifts)}


def columns(joined):
    head = _("%(end)s, rank in the source") if joined.is_printed else _("%(end)s, rank worked out here")
    return [words for end in joined.columns for words in (head % {"end": end}, end)]


def rank_words(rank, ties):
    return f"={rank.best}" if rank.tied or ties[rank.best] > 1 else str(rank.best)


def pair(joined, key, ties):
    shift, row = joined.drawn[key], joined.after[key]
    name = localized(row.place, "name")
    before, after = (rank_words(rank, tied) for rank, tied in zip((shift.before, shift.now), ties, strict=True))
    said = {"place": name, "before": before, "after": after, "first": joined.columns[0], "last": joined.columns[1]}
    return Pair(
        name=name,
        before=shift.before.best,
        after=shift.now.best,
        before_words=before,
        after_words=after,
        title=_("%(place)s: rank %(before)s (%(first)s), %(after)s (%(last)s)") % said,
        url=row.get_absolute_url(),
        moved=key in joined.up or key in joined.down,
        marked=row.place.slug == joined.page.query.get("city"),
    )


def mover(joined, key):
    row, steps = joined.after[key], joined.drawn[key].steps
    return {"name": localized(row.place, "name"), "url": row.get_absolute_url(), "rise": steps, "by": abs(steps)}


def table_row(joined, key, ties):
    shift, rows = joined.drawn[key], (joined.before[key], joined.after[key])
    before, after = (rank_words(rank, tied) for rank, tied in zip((shift.before, shift.now), ties, strict=True))
    place = rows[1].place
    found = {"city": localized(place, "name"), "url": place.get_absolute_url(), "before": before, "after": after}
    found |= {"figures": [in_cell(present(row)) for row in rows], "rise": shift.steps, "by": abs(shift.steps)}
    return found | {"marked": place.slug == joined.page.query.get("city")}
