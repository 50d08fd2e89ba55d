"""Values derived from claims: ratios, shares, growth and index numbers that keep the strength of their parts.

Each part covers an interval; the result covers what the parts allow. "More than" divided by an exact number is
"more than"; a range divided by a range is a range; a rank gives nothing. Lower bounds round down, upper bounds up,
so that a rounded bound stays true. Division by zero and parts below a minimum give no value, with the reason;
a negative denominator is refused. Formulas: OECD/JRC Handbook on Constructing Composite Indicators, step 3.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext

from indicators import claims
from indicators.claims import Claim

RATIO, SHARE, GROWTH, COMPOUND_GROWTH, BASE_INDEX = "ratio", "share", "growth", "compound_growth", "base_index"
METHODS = (RATIO, SHARE, GROWTH, COMPOUND_GROWTH, BASE_INDEX)

# Why there is no value.
NO_NUMBER, ZERO, BELOW_MINIMUM, UNBOUNDED = "no_number", "zero", "below_minimum", "unbounded"

PRECISION = 40
HUNDRED = Decimal(100)
Quotient = Callable[[Decimal, Decimal], Decimal]


@dataclass(frozen=True, slots=True)
class Derived:
    """A claim, or the reason why there is none."""

    claim: Claim | None
    reason: str = ""


def ratio(
    numerator: Claim, denominator: Claim, *, scale: Decimal = Decimal(1), decimals: int, minimum: Decimal | None = None
) -> Derived:
    """numerator / denominator × scale; a denominator that may lie below `minimum` gives no value."""
    return _combine(numerator, denominator, lambda n, d: n / d * scale, decimals, minimum)


def growth(later: Claim, earlier: Claim, *, decimals: int, minimum: Decimal | None = None) -> Derived:
    """Change from the earlier to the later period in % of the earlier."""
    return _combine(later, earlier, lambda n, d: (n / d - 1) * HUNDRED, decimals, minimum)


def compound_growth(
    later: Claim, earlier: Claim, *, years: int, decimals: int, minimum: Decimal | None = None
) -> Derived:
    """Average change a year in %, compounded over `years` (1 or more); both ends must be positive."""
    if years < 1:
        raise ValueError("Compound growth needs a span of at least one year.")
    if later.low is not None and later.low < 0:
        raise ValueError("Compound growth of a negative value is not defined.")
    exponent = Decimal(1) / years
    return _combine(later, earlier, lambda n, d: ((n / d) ** exponent - 1) * HUNDRED, decimals, minimum)


def base_index(
    value: Claim,
    base: Claim,
    *,
    at_base: Decimal = HUNDRED,
    lower_is_better: bool = False,
    decimals: int,
    minimum: Decimal | None = None,
) -> Derived:
    """`at_base` × value / base; turned round where less is better, so that more is better in the index."""
    if lower_is_better:
        value, base = base, value
    return _combine(value, base, lambda n, d: at_base * n / d, decimals, minimum)


def _combine(top: Claim, bottom: Claim, of: Quotient, decimals: int, minimum: Decimal | None = None) -> Derived:
    """`of` rises with its first argument and, where that is positive, falls with its second."""
    if not (top.has_value and bottom.has_value):
        return Derived(None, NO_NUMBER)
    if bottom.high is not None and bottom.high < 0 or bottom.low is not None and bottom.low < 0:
        raise ValueError("A negative denominator cannot be divided by.")
    if minimum is not None and (bottom.low is None or bottom.low < minimum):
        return Derived(None, BELOW_MINIMUM)
    if bottom.high == 0 or (bottom.low == 0 and bottom.kind in claims.POINTS):
        return Derived(None, ZERO)
    with localcontext() as context:
        context.prec = PRECISION
        low = _bound(top.low, bottom.high, bottom.low, of)
        high = _bound(top.high, bottom.low, bottom.high, of)
        return _claim(low, high, top, bottom, decimals)


def _bound(
    top: Decimal | None, if_positive: Decimal | None, if_negative: Decimal | None, of: Quotient
) -> Decimal | None:
    """The end of the result on one side: the far or the near end of the denominator, as the numerator's sign wants."""
    if top is None:
        return None
    divisor = if_positive if top >= 0 else if_negative
    if top == 0 and divisor is None:
        divisor = Decimal(1)  # nothing of anything
    return of(top, divisor) if divisor else None


def _claim(low: Decimal | None, high: Decimal | None, top: Claim, bottom: Claim, decimals: int) -> Derived:
    step = Decimal(1).scaleb(-decimals)
    if low is None:
        if high is None:
            return Derived(None, UNBOUNDED)
        open_end = top.kind == claims.LESS_THAN or bottom.kind == claims.MORE_THAN
        return Derived(
            Claim(claims.LESS_THAN if open_end else claims.AT_MOST, None, high.quantize(step, ROUND_CEILING))
        )
    if high is None:
        open_end = top.kind == claims.MORE_THAN or bottom.kind == claims.LESS_THAN
        return Derived(Claim(claims.MORE_THAN if open_end else claims.AT_LEAST, low.quantize(step, ROUND_FLOOR), None))
    if top.kind in claims.POINTS and bottom.kind in claims.POINTS:
        value = low.quantize(step, ROUND_HALF_UP)
        return Derived(Claim(_point_kind(top.kind, bottom.kind), value, value))
    low, high = low.quantize(step, ROUND_FLOOR), high.quantize(step, ROUND_CEILING)
    return Derived(Claim(claims.RANGE, low, high) if low < high else Claim(claims.ABOUT, low, high))


def _point_kind(top: str, bottom: str) -> str:
    """Exact parts give an exact value; "nearly" survives an exact denominator; all other reserve is "about"."""
    if top == bottom == claims.EXACT:
        return claims.EXACT
    return claims.NEARLY if (top, bottom) == (claims.NEARLY, claims.EXACT) else claims.ABOUT
