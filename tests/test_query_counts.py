"""How many queries each public page asks: fixed numbers, so that one more is a decision and not an accident."""

import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.pages import PAGES, START

pytestmark = pytest.mark.django_db
QUERIES = {
    "home": 21,
    "indicators:catalogue": 4,
    "indicators:ranking": 14,
    "indicators:ranking_lists": 3,
    "indicators:surprises": 12,
    "indicators:ranking_list": 4,
    "indicators:city_list": 4,
    "indicators:city": 32,
    "indicators:region": 19,
    "indicators:compare_form": 2,
    "indicators:compare": 9,
    "indicators:source_list": 2,
    "indicators:source": 8,
    "policies:list": 24,
    "policies:designations": 2,
    "policies:targets": 14,
    "policies:policy": 15,
    "figure": 6,
    "search": 12,
    "notes": 3,
    "about": 2,
    "coverage": 9,
    "methods": 0,
    "accessibility": 0,
    "components": 0,
    "not found": 0,
}


def address_of(client, kind):
    address = PAGES[kind]
    if address in START:
        wanted = address.removeprefix("follow ")
        page = client.get(START[address]).text
        address = next(
            found for found in re.findall(r'href="([^"?#]+)', page) if found.startswith(wanted) and found != wanted
        )
    return address


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_asks_a_fixed_number_of_queries_in_both_languages(demo_content, client, kind):
    address = address_of(client, kind)
    if kind == "search":
        client.get(address)  # the first search of a process reads the index
    asked = []
    for prefix in ("", "/zh-hans"):
        ContentType.objects.clear_cache()
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(prefix + address)
        asked.append(len(captured))
    assert asked == [QUERIES[kind]] * 2
