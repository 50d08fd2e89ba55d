"""What a profile says in sentences: a figure against the median, what stands out, which cities are nearest in size."""

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from indicators.claims import AT_LEAST, AT_MOST, EXACT, RANGE, Claim
from indicators.numbers import claim_text
from indicators.profile import standing
from indicators.rankings import INFINITE
from indicators.words import in_chinese, linked, listed, localized
from indicators.worked_out import inner


def verdict_phrases():
    """One whole phrase a band; `median` is the number with its unit."""
    return {
        standing.ZERO: _("Zero; the median of the {n} cities with a figure is {median}."),
        standing.BELOW_HALF: _("Less than half the median of the {n} cities with a figure: {median}."),
        standing.HALF: _("About half the median of the {n} cities with a figure: {median}."),
        standing.WELL_BELOW: _("Well below the median of the {n} cities with a figure: {median}."),
        standing.BELOW: _("A little below the median of the {n} cities with a figure: {median}."),
        standing.SAME: _("About the same as the median of the {n} cities with a figure: {median}."),
        standing.ABOVE: _("A little above the median of the {n} cities with a figure: {median}."),
        standing.WELL_ABOVE: _("Well above the median of the {n} cities with a figure: {median}."),
        standing.TWICE: _("About twice the median of the {n} cities with a figure: {median}."),
        standing.ABOVE_TWICE: _("More than twice the median of the {n} cities with a figure: {median}."),
        standing.OVER: _("Above the median of the {n} cities with a figure: {median}."),
        standing.UNDER: _("Below the median of the {n} cities with a figure: {median}."),
    }


def verdict(band, middle, indicator, url):
    """The sentence of a band, its median linked to the ranking it is the median of; empty without a band."""
    if not band:
        return ""
    words = claim_text(_claim(middle), indicator)
    phrase = _("%(number)s (%(unit)s)") if "=" in words.unit else _("%(number)s %(unit)s")  # 200 (2012 = 100)
    number = phrase % {"number": words.text, "unit": words.unit}
    median = format_html('<span class="median">{}</span>', linked(url, number))
    return format_html(verdict_phrases()[band], n=middle.n, median=median)


def _claim(middle):
    """A median as a claim: bounds may leave it open to one side."""
    if middle.point is not None:
        return Claim(EXACT, middle.point, middle.point)
    if middle.high == INFINITE:
        return Claim(AT_LEAST, middle.low)
    if middle.low == -INFINITE:
        return Claim(AT_MOST, None, middle.high)
    return Claim(RANGE, middle.low, middle.high)


def ranked_item(name, anchor, rank, url, number):
    """“unicorn companies (1 of 51)”: links to the row and to the ranking; on paper the `number` of the source."""
    rank = format_html('<a class="rank" href="{}">{}</a>', url, rank)
    words = format_html(_("{name} ({rank})"), name=linked(anchor, inner(name)), rank=rank)
    return format_html('{}<small class="paper"> [{}]</small>', words, number)


def stands_out_words(place, found, items):
    """Two sentences and their rule. `items` holds the linked words of every indicator by its key."""
    city = localized(place, "name")
    best, worst = (listed([items[one.key] for one in side]) for side in (found.best, found.worst))
    said = []
    if found.best and found.among_first:
        words = _("{city} ranks highest in {best}; it is among the first three in {n} of {of} ranked indicators.")
        said.append(format_html(words, city=city, best=best, n=found.among_first, of=found.of))
    elif found.best:
        said.append(format_html(_("{city} ranks highest in {best}."), city=city, best=best))
    if found.worst:
        said.append(format_html(_("{city} ranks lowest in {worst}."), city=city, worst=worst))
    rule = _(
        "Rule: %(of)s indicators have a direction and a rank of this city worked out here. Of those with more than "
        "half of the other cities behind it, the three with the most are named; of those with fewer than half, the "
        "three with the fewest; no topic twice, equal ranks count half. Ranks printed by sources, intervals and "
        "disputed figures take no part."
    )
    text = format_html_join("" if in_chinese() else " ", "{}", [(sentence,) for sentence in said])
    return {"text": text, "rule": rule % {"of": found.of}}
