"""What a ranking page says in words: headline, eyebrow, sentences on who leads and how much is known."""

from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators import rankings
from indicators.numbers import shown_unit
from indicators.ranking_page import LATEST
from indicators.where import group_words
from indicators.words import key_words, localized
from indicators.worked_out import inner


def period_label(page):
    return _("newest figure of each city") if page.period == LATEST else key_words(page.period)


def eyebrow(page):
    return " · ".join(filter(None, [localized(page.indicator, "name"), period_label(page), group_words(page.group)]))


def leaders(page):
    """First by the source where it ranks, else by the rank worked out here; never both mixed."""
    if any(row.published_rank for row in page.listed):
        return [row for row in page.listed if row.published_rank == 1 and not row.published_rank_to]
    ranks = page.ranking.ranks
    return [row for row in page.listed if row.place_id in ranks and ranks[row.place_id].worst == 1]


def headline(page):
    name, lead = localized(page.indicator, "name"), leaders(page) if page.has_ranking else []
    if len(lead) != 1:
        return _("%(indicator)s, %(period)s") % {"indicator": name, "period": period_label(page)}
    city = localized(lead[0].place, "name")
    return _("%(city)s ranks first in %(indicator)s") % {"city": city, "indicator": inner(name)}


def sentences(page):
    """Coverage, ranks without figures, what the source announced, and why no rank is worked out."""
    have, of = rankings.coverage([row.claim for row in page.chosen], page.size)
    said = [_("%(have)s of %(of)s cities have data.") % {"have": have, "of": of}]
    if not have:
        return said
    if bare := sum(1 for row in page.listed if not row.claim.has_value):
        said.append(ngettext("%(n)s of them has a rank only.", "%(n)s of them have a rank only.", bare) % {"n": bare})
    announced, ranked = page.series.announced_length, [row for row in page.listed if row.published_rank]
    printed = sum(1 for row in ranked if not row.published_rank_to)
    if announced and announced != printed:
        told = {"announced": announced, "printed": printed}
        said.append(_("The source announces the top %(announced)s and prints %(printed)s names.") % told)
    told = {"have": page.ranking.have, "of": page.ranking.of}
    if page.ranking.refusal == rankings.TOO_FEW:
        said.append(_("No rank is worked out here: %(have)s of %(of)s cities have a figure, too few.") % told)
    elif page.ranking.refusal == rankings.COVERAGE:
        told["least"] = ceil(page.indicator.minimum_coverage * page.ranking.of)
        words = _("No rank is worked out here: %(have)s of %(of)s cities have a figure, fewer than %(least)s.")
        said.append(words % told)
    return said


def missing(page):
    """How many cities of the group nobody printed."""
    if not page.has_ranking or page.problems or not page.group or page.group.members_known:
        return 0
    return max((page.size or 0) - len(page.chosen), 0)


def unit(page):
    words = shown_unit(page.indicator)
    return _("%(unit)s (unit inferred)") % {"unit": words} if page.series.unit_inferred else words
