"""Numbers as readers read them: grouped, at fixed decimals, in the unit of the page's language.

A reader may ask for full numbers (`numbers=full` in the address): every digit, in the base unit.
"""

import re
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from indicators import claims
from indicators.words import in_chinese, localized


@dataclass(frozen=True, slots=True)
class FigureText:
    """`text` carries the mark ("> 10,000"); `spoken` says it in words; `unit` stands apart and is never dropped."""

    text: str
    mark: str
    spoken: str
    unit: str


_in_full = ContextVar("numbers_in_full", default=False)
BARE = re.compile(r"=?\d+(–\d+)?")  # a rank without how many or among whom
LOSS = Decimal("0.001")  # Fixed decimals must not change a figure by more than this share of itself.


@contextmanager
def in_full(asked=True):
    """Inside it every figure is printed digit for digit."""
    token = _in_full.set(bool(asked))
    try:
        yield
    finally:
        _in_full.reset(token)


def are_full():
    return _in_full.get()


def factor(indicator):
    """What a value in base unit is divided by to be shown or drawn in the unit of `shown_unit`."""
    if are_full():
        return Decimal(1)
    return indicator.shown_factor_zh if in_chinese() else indicator.shown_factor


def number(value, decimals=0):
    """Grouped by thousands at a fixed number of decimals; more where fewer would change the figure."""
    value = Decimal(value)
    printed = max(0, -value.normalize().as_tuple().exponent)
    places = decimals
    while places < printed and abs(rounded(value, places) - value) > abs(value) * LOSS:
        places += 1
    return _grouped(rounded(value, places))


def _grouped(value):
    return f"{value:,f}".replace("-", "−")


def rounded(value, places):
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def whole(value, decimals=0):
    """Every digit, grouped; at least so many decimals."""
    value = Decimal(value)
    return _grouped(rounded(value, max(decimals, -value.normalize().as_tuple().exponent)))


def shown(value, indicator):
    """A value in base unit as text in the unit readers of this language use, or in full."""
    by = indicator.shown_factor_zh if in_chinese() else indicator.shown_factor
    decimals = indicator.decimals_zh if in_chinese() else indicator.decimals
    if are_full():
        return whole(value, decimals if by == 1 else 0)
    return number(value / by, decimals)


def shown_unit(indicator):
    unit = localized(indicator, "unit")
    if are_full():
        return _("yuan") if unit == "CNY" else unit
    return (indicator.shown_unit_zh if in_chinese() else indicator.shown_unit) or unit


def kind_phrases():
    """How each kind is said aloud; one phrase a kind, so that translators see whole phrases."""
    return {
        claims.EXACT: "%(n)s",
        claims.ABOUT: _("about %(n)s"),
        claims.NEARLY: _("nearly %(n)s"),
        claims.AT_LEAST: _("at least %(n)s"),
        claims.MORE_THAN: _("more than %(n)s"),
        claims.AT_MOST: _("at most %(n)s"),
        claims.LESS_THAN: _("less than %(n)s"),
    }


def wordless_phrases():
    """What stands where a number would, for claims without one."""
    return {
        claims.RANK_ONLY: _("rank only"),
        claims.TIER_ONLY: _("tier only"),
        claims.LEADING: _("leading, no rank given"),
        claims.NOT_PUBLISHED: _("no figure published"),
        claims.NOT_COLLECTED: _("not collected"),
        claims.NOT_APPLICABLE: _("not applicable"),
        claims.WITHHELD: _("withheld"),
    }


def claim_text(claim, indicator):
    """A claim in the unit of the page's language."""
    unit = shown_unit(indicator)
    if not claim.has_value:
        words = wordless_phrases()[claim.kind]
        return FigureText(words, "", words, unit)
    if claim.kind == claims.RANGE:
        low, high = shown(claim.low, indicator), shown(claim.high, indicator)
        return FigureText(f"{low}–{high}", "", _("between %(low)s and %(high)s") % {"low": low, "high": high}, unit)
    text = shown(claim.point, indicator)
    mark = claims.MARKS.get(claim.kind, "")
    return FigureText(f"{mark} {text}" if mark else text, mark, kind_phrases()[claim.kind] % {"n": text}, unit)


def rank_text(rank, rank_to=None):
    return f"{rank}–{rank_to}" if rank_to else str(rank)


def rank_among(rank_words, size, group):
    """“3 of 50”, or “3 among …” where nobody says how many there are; always with the group when there is one."""
    if size and rank_words.startswith("="):
        return pgettext("shared rank of size", "=%(rank)s of %(size)s") % {"rank": rank_words[1:], "size": size}
    if size:
        return pgettext("rank of size", "%(rank)s of %(size)s") % {"rank": rank_words, "size": size}
    if group is not None:
        return _("%(rank)s among %(group)s") % {"rank": rank_words, "group": localized(group, "name")}
    if BARE.fullmatch(rank_words):
        shared = rank_words.startswith("=")
        words = pgettext("shared rank alone", "=%(rank)s") if shared else pgettext("rank alone", "%(rank)s")
        return words % {"rank": rank_words.removeprefix("=")}
    return rank_words
