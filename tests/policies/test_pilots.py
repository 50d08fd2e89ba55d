"""Pilots and titles: programmes with their batches, cities, filters, and what a missing entry means."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies.models import Designation, Programme
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def cities():
    return [make.make_place(slug=slug, name=slug.title()) for slug in ("hefei", "suzhou", "yulin")]


@pytest.fixture
def whole():
    return Programme.objects.create(slug="broadband", name="Broadband city", name_zh="宽带", complete=True)


@pytest.fixture
def partial():
    return Programme.objects.create(
        slug="gigabit", name="Gigabit city", name_zh="千兆", awarded_by_as_stated="The ministry / 部委",
        complete_note="Two of many.",
    )  # fmt: skip


def designate(programme, place=None, **values):
    defaults = {"standing": "held", "source": make.make_source(title="The notice"), "state": "published"}
    defaults |= {"check_status": "loaded", "published_at": "2026-01-01T00:00Z", "period_key": "2014"}
    return Designation.objects.create(programme=programme, place=place, **defaults | values)


def listed(client, **query):
    return client.get("/designations/", query).context


def states(client, city, **query):
    line = next(line for line in listed(client, **query)["cities"] if line["city"].slug == city)
    return {one["programme"].slug: words for one, (_mark, words) in zip(
        listed(client, **query)["programmes"], line["cells"], strict=True
    )}  # fmt: skip


def test_a_city_holds_seeks_is_without_or_unknown(client, cities, whole, partial):
    hefei, suzhou, _yulin = cities
    designate(whole, hefei)
    designate(partial, suzhou, standing="sought")
    assert states(client, "hefei") == {
        "broadband": "held", "gigabit": "unknown: the list at hand is not whole"
    }  # fmt: skip
    assert states(client, "suzhou")["gigabit"] == "sought"
    assert states(client, "yulin")["broadband"] == "not on the list, which is whole"


def test_a_city_not_named_in_a_year_is_not_called_without(client, cities, whole):
    designate(whole, cities[0])
    designate(whole, cities[1], period_key="2016", batch="2")
    assert states(client, "hefei", year="2016")["broadband"] == "not named in 2016"


def test_batches_stand_by_date_with_places_that_have_no_page(client, cities, whole):
    designate(whole, cities[0], period_key="2016-07-22", batch="second / 第二批")
    designate(whole, name_as_printed="海口", period_key="undated")
    designate(whole, cities[1], period_key="2014-09-26", batch="first")
    text = client.get("/designations/").text.partition("Programme by programme")[2]
    assert text.index("26 September 2014") < text.index("22 July 2016") < text.index("no date given · ")
    assert "海口" in text and "batch second" in text and "第二批" not in text
    assert "whole list" in text


def test_a_partial_list_says_what_is_missing_and_who_awards(client, cities, partial):
    designate(partial, cities[0])
    text = client.get("/designations/").text
    assert "partial list: an absent city is unknown" in text and "Two of many." in text
    assert "awarded by The ministry ·" in text


@pytest.mark.parametrize(
    ("query", "slugs"),
    [({"programme": "gigabit"}, ["gigabit"]), ({"year": "2014"}, ["broadband"]), ({"city": "hefei"}, ["broadband"])],
)
def test_filters_narrow_the_list(client, cities, whole, partial, query, slugs):
    designate(whole, cities[0])
    designate(partial, cities[1], period_key="2022-10")
    assert [one["programme"].slug for one in listed(client, **query)["programmes"]] == slugs


@pytest.mark.parametrize("query", [{"programme": "x"}, {"year": "1800"}, {"city": "atlantis"}, {"year": "2014\x00"}])
def test_a_wrong_value_gets_a_message_and_lists_nothing(client, cities, whole, query):
    designate(whole, cities[0])
    answer = client.get("/designations/", query)
    assert answer.status_code == 200
    assert "is not known here" in answer.text or "Null characters" in answer.text
    assert answer.context["count"] == 0 and not answer.context["programmes"]


def test_drafts_are_not_listed(client, cities, whole):
    designate(whole, cities[0], state="draft", check_status="", published_at=None)
    assert listed(client)["count"] == 0


def test_the_number_of_queries_does_not_grow(client, cities, whole, partial):
    designate(whole, cities[0])
    with CaptureQueriesContext(connection) as few:
        client.get("/designations/")
    for n in range(20):
        designate(partial, cities[n % 3], batch=str(n))
    with CaptureQueriesContext(connection) as many:
        client.get("/designations/")
    assert len(few) == len(many)


def test_titles_of_one_year_are_one_mark_of_the_timeline_and_a_list_below(client, cities, whole, partial):
    hefei = cities[0]
    for n in range(3):
        designate(partial, hefei, batch=str(n), period_key="2014-09")
    designate(whole, hefei, period_key="undated")
    text = client.get("/cities/hefei/").text
    assert "3 pilots and titles" in text
    titles = text.partition('id="titles"')[2]
    assert titles.index("<dt>2014</dt>") < titles.index("<dt>no date given</dt>")
    assert titles.count("Gigabit city") == 3 and "What Hefei decided" not in text
