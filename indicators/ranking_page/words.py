"""What a ranking page says in words: headline, eyebrow, who leads and how far, how much is known."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from math import ceil
from statistics import median

from django.urls import reverse
from django.utils.html import conditional_escape, escape, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from indicators import claims, rankings
from indicators.comparability import ratio
from indicators.figures import nearness_label, present
from indicators.models import Indicator
from indicators.numbers import kind_phrases, number, shown_unit
from indicators.ranking_page.page import LATEST
from indicators.where import group_words
from indicators.words import key_words, linked, localized
from indicators.worked_out import inner

TABLE, BELOW, MEDIAN = "#ranking", "#without-rank", "#median"
NAMED = 3  # so many leaders are named


def period_label(page):
    return _("newest figure of each city") if page.period == LATEST else key_words(page.period)


def eyebrow(page):
    return " · ".join(filter(None, [localized(page.indicator, "name"), period_label(page), group_words(page.group)]))


def leaders(page):
    """First by the source where it ranks, else by the rank worked out here; never both mixed."""
    if page.is_printed:
        return [row for row in page.listed if row.published_rank == 1 and not row.published_rank_to]
    ranks = page.ranking.ranks
    return [row for row in page.listed if row.place_id in ranks and ranks[row.place_id].worst == 1]


def headline(page):
    name, lead = localized(page.indicator, "name"), leaders(page) if page.has_ranking else []
    if len(lead) != 1:
        return _("%(indicator)s, %(period)s") % {"indicator": name, "period": period_label(page)}
    city = localized(lead[0].place, "name")
    told = {"city": city, "indicator": inner(name), "among": group_words(page.group)}
    if page.query.get("group") and not page.is_printed:  # a rank in a chosen group is read as one among all
        return _("%(city)s ranks first in %(indicator)s %(among)s") % told
    return _("%(city)s ranks first in %(indicator)s") % told


def title(page):
    """The headline with its period: pages of different years must not share a title."""
    said, period = headline(page), period_label(page)
    return said if period in said else _("%(indicator)s, %(period)s") % {"indicator": said, "period": period}


# --- Sentences whose numbers are links ---


def told(phrase, **parts):
    """A translated phrase with its parts, safe to print: whatever is not marked safe is escaped."""
    return mark_safe(escape(phrase) % {name: conditional_escape(part) for name, part in parts.items()})  # noqa: S308


def figure(row):
    """The value of a row in words, as the link to where it comes from."""
    words = present(row)
    return linked(words["url"], words["spoken"])


def sentences(page):
    """Who leads, the spread, coverage, ranks without figures, what the source announced, why there are no ranks."""
    have, of = rankings.coverage([row.claim for row in page.chosen], page.size)
    below = BELOW if have < of else TABLE
    covered = _("%(have)s of %(of)s cities have data.")
    if page.seen:
        covered = _("%(have)s of %(of)s cities have data as near as “%(asked)s”.")
    covered = told(covered, have=linked(TABLE, have), of=linked(below, of), asked=nearness_label(page.seen))
    if not have:
        return [covered]
    said = [*lead_sentences(page), covered]
    if bare := sum(1 for row in page.listed if not row.claim.has_value):
        words = ngettext("%(n)s of them has a rank only.", "%(n)s of them have a rank only.", bare)
        said.append(told(words, n=linked(TABLE, bare)))
    return [*said, *announcement(page), *refusals(page)]


def announcement(page):
    """How many of the names a source announces stand here, whatever the group; nothing where it prints no ranks."""
    announced, rows = page.series.announced_length, page.inside(page.series, page.period)
    here = sum(1 for row in rows if row.published_rank and not row.published_rank_to)
    if not announced or not here or here == announced:
        return []
    words = _("Of the top %(announced)s the source announces %(printed)s stand here.")
    if here > announced:
        words = _("The source announces the top %(announced)s and prints %(printed)s names.")
    return [told(words, announced=linked(TABLE, announced), printed=linked(TABLE, here))]


def refusals(page):
    methods = reverse("methods")
    parts = {"have": linked(methods, page.ranking.have), "of": linked(methods, page.ranking.of)}
    if page.ranking.refusal == rankings.TOO_FEW:
        words = _("No rank is worked out here: %(have)s of %(of)s cities have a figure, too few.")
        return [told(words, **parts)]
    if page.ranking.refusal == rankings.COVERAGE:
        parts["least"] = linked(methods, ceil(page.indicator.minimum_coverage * page.ranking.of))
        words = _("No rank is worked out here: %(have)s of %(of)s cities have a figure, fewer than %(least)s.")
        return [told(words, **parts)]
    return []


def lead_sentences(page):
    lead, unit = leaders(page), shown_unit(page.indicator)
    if len(lead) == 1:
        city = localized(lead[0].place, "name")
        if not lead[0].claim.has_value:
            words = _("%(city)s stands first; the source gives its rank and no figure.")
            return [told(words, city=linked(lead[0].get_absolute_url(), city))]
        first = told(_("%(city)s stands first with %(value)s %(unit)s."), city=city, value=figure(lead[0]), unit=unit)
        return [first, *spread(page, lead[0])]
    ranks = page.ranking.ranks
    lead = [row for row in page.listed if row.place_id in ranks and ranks[row.place_id].best == 1]
    if page.is_printed or not 1 < len(lead) <= NAMED:
        return []
    each = [told(_("%(city)s (%(value)s)"), city=localized(row.place, "name"), value=figure(row)) for row in lead]
    before = format_html_join(pgettext("list", ", "), "{}", ((one,) for one in each[:-1]))
    names = told(_("%(names)s and %(last)s"), names=before, last=each[-1])
    if all(ranks[row.place_id].tied for row in lead):
        return [told(_("%(names)s share the first rank."), names=names)]
    return [told(_("%(names)s cannot be told apart at the top."), names=names)]


def spread(page, first):
    """How far the last and the median stand from the first, in one period and by the rank worked out here alone."""
    ranks = page.ranking.ranks
    ranked = [row for row in page.listed if row.place_id in ranks]
    last = max(ranked, key=lambda row: ranks[row.place_id].best, default=first)
    if page.is_printed or page.period == LATEST or last is first or ranks[last.place_id].best < len(ranked):
        return []
    city, value = localized(last.place, "name"), figure(last)
    plain = told(_("%(city)s, the last, has %(value)s."), city=city, value=value)
    lower = page.indicator.direction == Indicator.Direction.LOWER
    times = factor(last.claim, first.claim) if lower else factor(first.claim, last.claim)
    if not times or page.indicator.unit == "%":
        return [plain]
    if lower:
        words = _("%(city)s, the last, has %(n)s times that: %(value)s.")
        return [told(words, city=city, n=linked(last.get_absolute_url(), times), value=value)]
    half = middle_value(page)
    half = half and factor(first.claim, claims.Claim(claims.EXACT, half, half))
    parts = {"n": linked(last.get_absolute_url(), times), "value": value, "city": city}
    if not half:
        return [told(_("%(city)s, the last, has %(value)s; the first has %(n)s times that."), **parts)]
    words = _("%(city)s, the last, has %(value)s; the first has %(n)s times that, and %(half)s times the median.")
    return [told(words, **parts, half=linked(MEDIAN, half))]


def factor(larger, smaller):
    """“7.9”, “more than 2.1”: how many times one is the other; empty where that says nothing."""
    low = smaller.low if smaller.low is not None else smaller.high
    found = ratio(larger, smaller) if low and low > 0 and (larger.low or larger.high or 0) > 0 else None
    if found is None or found.kind == claims.RANGE or not found.has_value:
        return ""
    places = 0 if found.point >= 20 else 1 if found.point >= 2 else 2
    way = ROUND_FLOOR if found.kind in claims.LOWER_BOUNDS else ROUND_CEILING if found.is_bound else ROUND_HALF_UP
    times = found.point.quantize(Decimal(1).scaleb(-places), way)  # a bound stays one
    return kind_phrases()[found.kind] % {"n": number(times, places)}


def middle_value(page):
    """The median, where ranks are worked out and all figures are single values; else None."""
    valued = [row.claim for row in page.listed if row.claim.has_value]
    if not page.ranking.ranks or len(valued) < FEWEST_FOR_MEDIAN or any(c.point is None or c.is_bound for c in valued):
        return None
    return median(claim.point for claim in valued)


FEWEST_FOR_MEDIAN = 5


def missing(page):
    """How many cities of the group nobody printed."""
    if not page.has_ranking or page.problems or not page.group or page.group.members_known:
        return 0
    return max((page.size or 0) - len(page.published()), 0)


def unit(page):
    words = shown_unit(page.indicator)
    return _("%(unit)s (unit inferred)") % {"unit": words} if page.series.unit_inferred else words
