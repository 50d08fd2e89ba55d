"""A computed value in a reader's words: the formula, the very figures it used, and how it was rounded."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators import claims, derivations
from indicators.figures import present
from indicators.models import Derivation, Observation, ObservationPart
from indicators.numbers import claim_text, factor, number, shown_unit
from indicators.words import in_chinese, localized, period_words, run_on

INDICATORS = ("numerator__indicator", "denominator__indicator", "denominator_indicator")


def recipe_of(series):
    """The recipe of a computed series, with the indicators its sentence names; None for all others."""
    return Derivation.objects.filter(series=series).select_related(*INDICATORS).first() if series else None


def below_line(recipe):
    return recipe.denominator_indicator or (recipe.denominator or recipe.numerator).indicator


def inner(name):
    """A name inside a sentence: “GDP” and “Nature Index” stay, “Permanent population” becomes small."""
    _first, _space, rest = name.partition(" ")
    proper = not name[1:2].islower() or rest[:1].isupper()
    return name if in_chinese() or proper else name[:1].lower() + name[1:]


def formula(recipe):
    """“Listed digital companies divided by permanent population, times 1,000,000.”"""
    above, below = localized(recipe.numerator.indicator, "name"), localized(below_line(recipe), "name")
    told = {"above": above, "of": inner(above), "below": inner(below), "n": recipe.span, "base": recipe.base_period}
    told |= {"scale": number(recipe.scale), "at": number(recipe.base_value)}
    phrases = {
        derivations.RATIO: _("%(above)s divided by %(below)s, times %(scale)s."),
        derivations.SHARE: _("%(above)s divided by %(below)s, in %%."),
        derivations.GROWTH: _("Change of %(of)s against the year before, in %%."),
        derivations.COMPOUND_GROWTH: _("Average change of %(of)s a year over %(n)s years, compounded, in %%."),
        derivations.BASE_INDEX: _("%(above)s against the figure of %(base)s, which counts as %(at)s."),
    }
    words = phrases[recipe.method]
    if recipe.method == derivations.RATIO and recipe.scale == 1:
        words = _("%(above)s divided by %(below)s.")
    elif recipe.method == derivations.GROWTH and recipe.span > 1:
        words = _("Change of %(of)s against %(n)s years before, in %%.")
    return words % told


def method(recipe, lag=""):
    """The formula, and what it asks of its parts; `lag` is the sentence of one value, which names the years."""
    said = [formula(recipe)]
    if recipe.lag:
        words = ngettext("%(what)s is that of the year before.", "%(what)s is that of %(n)s years before.", recipe.lag)
        said.append(lag or words % {"what": localized(below_line(recipe), "name"), "n": recipe.lag})
    if recipe.minimum_denominator:
        told = least(recipe.minimum_denominator, below_line(recipe))
        said.append(_("Nothing is worked out where the figure below the line is under %(least)s %(unit)s.") % told)
    return run_on(said)


def least(value, indicator):
    """“1 亿元”, “100,000,000 CNY”: a round number of the unit shown, else of the base unit; never 0.10 billion."""
    multiple = value / factor(indicator)
    if multiple == int(multiple):
        return {"least": number(multiple), "unit": shown_unit(indicator)}
    return {"least": number(value), "unit": localized(indicator, "unit")}


def rounding(claim, decimals):
    """Rounded bounds stay true: the lower one is rounded down, the upper one up."""
    words = ngettext("Rounded to %(n)s decimal place", "Rounded to %(n)s decimal places", decimals) % {"n": decimals}
    if not decimals:
        words = _("Rounded to a whole number")
    if claim.is_bound or claim.kind == claims.RANGE:
        return _("%(rounded)s; a lower bound is rounded down and an upper bound up, so that it stays true.") % {
            "rounded": words
        }
    return _("%(rounded)s.") % {"rounded": words}


def evidence(row):
    """The recipe and the parts of a computed figure; None for figures a source prints."""
    if row.origin != Observation.Origin.COMPUTED:
        return None
    parts = list(row.parts.select_related(*(f"part__{name}" for name in FOR_PART)))
    recipe = recipe_of(row.series) if parts else None
    return (recipe, parts) if recipe else None


def worked_out(row, found=None):
    """The dict `where.worked` of components/where_from.html; `found`: the evidence where it is at hand."""
    found = found or evidence(row)
    if not found:
        return None
    recipe, parts = found
    return {
        "formula": method(recipe, lag(parts)),
        "rounding": rounding(row.claim, recipe.decimals),
        "parts": [present(p.part) | {"role": p.get_role_display(), "source": p.part.source} for p in in_order(parts)],
    }


FOR_PART = ("series__indicator", "series__group", "place", "source__publisher")
ORDER = [ObservationPart.Role.NUMERATOR, ObservationPart.Role.DENOMINATOR, ObservationPart.Role.LATER]


def in_order(parts):
    return sorted(parts, key=lambda part: ORDER.index(part.role) if part.role in ORDER else len(ORDER))


def lag(parts):
    """“The periods differ as declared: permanent population, end of 2021.”"""
    by_role = {part.role: part.part for part in parts}
    above, below = (by_role.get(role) for role in ORDER[:2])
    if not (above and below) or above.period_key == below.period_key:
        return ""
    told = {"what": inner(localized(below.series.indicator, "name")), "period": period_words(below)}
    return _("The periods differ as declared: %(what)s, %(period)s.") % told


def correction(old, new):
    """“> 4.56 → > 5.65”: what a correction changed, as text."""
    return " → ".join(claim_text(row.claim, new.series.indicator).text for row in (old, new))
