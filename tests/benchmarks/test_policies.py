"""How much longer ten thousand policies take than a hundred, by the time of the processor.

Run with -s to see the numbers: `make bench`, or pytest -s tests/benchmarks/test_policies.py
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.benchmarks.test_search import say, seconds
from tests.policies import many

pytestmark = pytest.mark.django_db
FEW, MANY, MOST = 100, 10_000, 3
# Who issued reads every party, a search every title, legal status every event in each query.
DEARER, MOST_OF_DEARER = ("count=bodies", "q=", "status="), 5
ADDRESSES = (
    "/policies/", "/policies/?view=timeline", "/policies/?view=table", "/policies/?view=table&count=bodies",
    "/policies/?topic=topic-1", "/policies/?year=2020&dates=possibly", "/policies/?status=in_force",
    "/policies/?q=scheme 9", "/policies/?view=timeline&since=2018-05&dates=possibly",
)  # fmt: skip


def measured(client):
    found = {}
    for address in ADDRESSES:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).context["total"]
        asked = len(queries)  # the next request forgets them
        found[address] = seconds(lambda address=address: client.get(address), times=5), asked
    return found


def test_ten_thousand_policies_take_at_most_three_times_as_long_as_a_hundred(client):
    many.make_policies(FEW)
    few = measured(client)
    many.make_policies(MANY - FEW)
    found = measured(client)
    say(f"\n{'':<48}{FEW:>8}{MANY:>10}")
    for address, (taken, queries) in found.items():
        before, asked = few[address]
        say(
            f"{address:<48}{before * 1000:6.0f} ms{taken * 1000:7.0f} ms  {taken / before:.1f} times, {queries} queries"
        )
        assert queries == asked, address
    allowed = {one: MOST_OF_DEARER if any(word in one for word in DEARER) else MOST for one in ADDRESSES}
    assert not [one for one, (taken, _queries) in found.items() if taken > allowed[one] * few[one][0]]
