"""Ten thousand random rankings of three hundred cities against an oracle that compares every city with every other.

Not part of the suite: `make bench`. The suite runs the same check on fewer cases.
"""

import time
from decimal import Decimal
from random import Random

from indicators.rankings import Entry, rank
from tests.indicators import ranking_oracle

CASES, PLACES = 10_000, 300
SECONDS = 0.02  # most that one ranking may take


def test_ten_thousand_rankings_of_three_hundred_cities_equal_the_oracle():
    random, spent, ranked = Random(4), 0.0, 0  # noqa: S311 - chance, not secrets
    for case in range(CASES):
        given = ranking_oracle.random_claims(random, PLACES, numbers=random.choice((5, 50, 1000)))
        lower = bool(case % 2)
        entries = [Entry(n, claim) for n, claim in enumerate(given)]
        begun = time.perf_counter()
        found = rank(entries, direction="lower" if lower else "higher", minimum_coverage=Decimal(0)).ranks
        spent += time.perf_counter() - begun
        expected = ranking_oracle.ranks(given, lower_is_better=lower)
        assert {place: (one.best, one.worst) for place, one in found.items()} == expected, f"case {case}"
        ranked += len(found)
    assert ranked > CASES * PLACES / 2
    assert spent / CASES < SECONDS, f"{1000 * spent / CASES:.1f} ms a ranking"
