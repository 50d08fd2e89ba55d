"""The phrases of a comparison: lists, reasons, two figures in one item. Every number leads to its figure page."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from indicators import claims, comparability
from indicators.figures import source_rank
from indicators.numbers import claim_text, kind_phrases, wordless_phrases
from indicators.words import linked, localized, period_words

WHOLE = 10  # from here on a ratio needs a digit less


def name(place):
    return localized(place, "name")


def clauses(items):
    """“a; b; c”."""
    return format_html_join(pgettext("between clauses", "; "), "{}", ((item,) for item in items))


# --- Reasons ---


def reason_words(reasons):
    """Why figures are compared with care or not at all."""
    said = {
        comparability.PUBLISHER: _("different publishers"),
        comparability.VINTAGE: _("before and after a revision"),
        comparability.DEFINITION: _("different definitions"),
        comparability.TERRITORY: _("different territories"),
        comparability.UNIT: _("different units"),
        comparability.PERIOD: _("different years or dates"),
    }
    return _(", ").join(said[reason] for reason in reasons) or _("different series")


def level_words(level):
    return {
        comparability.COMPARABLE: _("comparable"),
        comparability.WITH_CARE: _("with care"),
        comparability.NOT_COMPARABLE: _("not comparable"),
    }[level]


def withheld(page, line):
    """Why no difference is given; empty where one is."""
    if line.excluded:
        return _("no difference is given because of a known problem")
    if line.level != comparability.COMPARABLE:
        return _("no difference is given: %(reason)s") % {"reason": reason_words(line.reasons)}
    if line.verdict.by == comparability.OVERLAP:
        return _("no difference is given because the bounds overlap")
    bare = [line.rows[place.pk] for place in page.places if not line.rows[place.pk].claim.has_value]
    if not bare:
        return ""
    if len(bare) > 1 and all(row.kind == claims.RANK_ONLY for row in bare):
        return _("no difference is given because both have a rank only")
    told = {"city": name(bare[0].place), "words": wordless_phrases()[bare[0].kind]}
    if bare[0].kind == claims.RANK_ONLY:
        return _("no difference is given because %(city)s has a rank only") % told
    return _("no difference is given because of %(city)s the source says: %(words)s") % told


# --- Two figures in one item ---


def number(row):
    return linked(row.get_absolute_url(), claim_text(row.claim, row.series.indicator).spoken)


def item(line, front, back):
    """One indicator with both figures, the front city's first; ranks where a figure is missing."""
    one, other = line.rows[front.pk], line.rows[back.pk]
    told = {"indicator": localized(line.indicator, "name"), "period": period_words(one)}
    if line.verdict.by == comparability.BY_RANK:
        words = _("{indicator} (rank {x} against rank {y} in the source, {period})")
        x, y = (linked(row.get_absolute_url(), source_rank(row)) for row in (one, other))
        return format_html(words, x=x, y=y, **told)
    unit = claim_text(one.claim, line.indicator).unit
    words = _("{indicator} ({x} against {y} {unit}, {period})")
    return format_html(words, x=number(one), y=number(other), unit=unit, **told)


def ratio_text(verdict):
    """ "3.1", "> 1.2"; empty where there is none."""
    if verdict.ratio is None or not verdict.ratio.has_value:
        return ""
    found = verdict.ratio
    if found.kind == claims.RANGE:
        return f"{_rounded(found.low, ROUND_FLOOR)}–{_rounded(found.high, ROUND_CEILING)}"
    mark = claims.MARKS.get(found.kind, "")
    return f"{mark} {_rounded(found.point, _way(found.kind))}".strip()


def spoken_ratio(verdict):
    """As a sentence says it: “about 3.1”, “47”."""
    found = verdict.ratio
    return kind_phrases()[found.kind] % {"n": _rounded(found.point, _way(found.kind), less=1)}


def _way(kind):
    """How to round so that a bound stays true: a lower one down, an upper one up."""
    ways = dict.fromkeys(claims.LOWER_BOUNDS, ROUND_FLOOR) | dict.fromkeys(claims.UPPER_BOUNDS, ROUND_CEILING)
    return ways.get(kind, ROUND_HALF_UP)


def _rounded(value, way, less=0):
    """With two decimals, with one where it is long; `less` digits less."""
    places = (1 if value >= WHOLE else 2) - less
    return f"{value.quantize(Decimal(1).scaleb(-places), way)}"
