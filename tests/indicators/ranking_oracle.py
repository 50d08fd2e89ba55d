"""Ranks found slowly and plainly: count, for every place, whoever is surely ahead and whoever may be ahead."""

from indicators import claims
from indicators.claims import Claim

KINDS = (
    claims.EXACT,
    claims.ABOUT,
    claims.AT_LEAST,
    claims.MORE_THAN,
    claims.AT_MOST,
    claims.LESS_THAN,
    claims.RANGE,
    claims.RANK_ONLY,
    claims.NOT_PUBLISHED,
    None,
)
WEIGHTS = (10, 2, 2, 2, 1, 1, 2, 1, 1, 1)
BEYOND = 10**9


def random_claims(random, places, numbers):
    """Claims of every kind over few numbers, so that ties, touching bounds and gaps are common."""
    found = []
    for kind in random.choices(KINDS, WEIGHTS, k=places):
        low = random.randint(0, numbers)
        if kind is None:
            found.append(None)
        elif kind in claims.POINTS:
            found.append(Claim(kind, low, low))
        elif kind in claims.LOWER_BOUNDS:
            found.append(Claim(kind, low, None))
        elif kind in claims.UPPER_BOUNDS:
            found.append(Claim(kind, None, low))
        elif kind == claims.RANGE:
            found.append(Claim(kind, low, low + random.randint(1, 5)))
        else:
            found.append(Claim(kind))
    return found


def extremes(claim, *, lower_is_better):
    """Smallest and largest value the words allow, in thirds of a unit: one third above 5 is “more than 5”."""
    low = -BEYOND if claim.low is None else 3 * claim.low + (claim.kind == claims.MORE_THAN)
    high = BEYOND if claim.high is None else 3 * claim.high - (claim.kind == claims.LESS_THAN)
    return (-high, -low) if lower_is_better else (low, high)


def ranks(given, *, lower_is_better):
    """{place: (best, worst)}, every place against every other."""
    known = {
        n: extremes(c, lower_is_better=lower_is_better) for n, c in enumerate(given) if c is not None and c.has_value
    }
    if len(known) < 3:
        return {}
    spans = list(known.values())
    found = {}
    for place, (low, high) in known.items():
        surely = sum([other_low > high for other_low, _ in spans])
        maybe = sum([other_high > low for _, other_high in spans]) - (high > low)  # not counting itself
        found[place] = (surely + 1, maybe + 1)
    return found
