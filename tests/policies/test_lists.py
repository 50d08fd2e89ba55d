"""The page of the list: views of one set, pages, switches and wrong values. Filters: test_filters, test_dating."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from policies.models import PolicyEvent
from policies.views.lists import ON_A_PAGE, VIEWS
from tests import crawl
from tests import factories as make
from tests.policies import many

pytestmark = pytest.mark.django_db


def answer(client, language="", **query):
    return client.get(language + reverse("policies:list"), query)


def happened(key, **values):
    policy = make.make_policy(**values)
    PolicyEvent.objects.create(policy=policy, type="issued", period_key=key, is_primary=True, source=policy.source)
    return policy


def text_of(response):
    return " ".join(crawl.parse(response.content.decode()).text().split())


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", ["", "/zh-hans"])
@pytest.mark.parametrize("number", [0, 1, 3])
def test_every_view_shows_few_policies(client, view, language, number):
    for n in range(number):
        happened(f"202{n}")
    response = answer(client, language, view=view)
    assert response.status_code == 200
    assert response.context["total"] == number
    assert ('class="empty"' in response.content.decode()) == (not number)


def test_pages_hold_every_policy_once_in_the_order_of_the_list(client):
    many.make_policies(2 * ON_A_PAGE["list"] + 5)
    seen, total = [], answer(client).context["total"]
    assert total > 2 * ON_A_PAGE["list"] - 20
    for page in range(1, answer(client).context["page_obj"].paginator.num_pages + 1):
        seen += [entry["policy"].slug for entry in answer(client, page=page).context["entries"]]
    assert len(seen) == len(set(seen)) == total


def test_a_link_to_another_page_or_view_keeps_the_filters(client):
    make_many = ON_A_PAGE["list"] + 1
    place = make.make_place(slug="beijing")
    for _ in range(make_many):
        make.make_policy(place=place)
    html = answer(client, city="beijing").content.decode()
    assert 'href="?city=beijing&amp;page=2"' in html
    assert 'href="/policies/?city=beijing&amp;view=timeline"' in html
    assert 'href="/policies.atom?city=beijing"' in html
    second = answer(client, city="beijing", page="2", view="list")
    assert second.context["chips"][0]["url"] == "/policies/?view=list"
    assert 'start="41"' in second.content.decode()


def test_the_form_keeps_the_view_and_not_the_page(client):
    happened("2023")
    html = answer(client, view="table", count="bodies").content.decode()
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)"', html)
    assert hidden == [("view", "table"), ("count", "bodies")]


@pytest.mark.parametrize(
    ("name", "value"),
    [("view", "map"), ("view", "x" * 5000), ("count", "cities")],
)
def test_a_wrong_view_or_unit_gets_a_sentence_and_an_empty_list(client, name, value):
    happened("2023")
    response = answer(client, **{name: value})
    assert response.status_code == 200
    assert (response.context["total"], list(response.context["entries"])) == (0, [])
    assert len(response.context["problems"]) == 1
    assert value[:40] in response.context["problems"][0]
    assert response.context["problems"][0] in text_of(response)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("value", ["0", "x", "\x00", "99"])
def test_a_page_that_is_not_there_is_said_so_beside_how_many_are_listed(client, view, value):
    happened("2023")
    response = answer(client, page=value, view=view)
    assert response.status_code == 200
    assert (response.context["total"], list(response.context["entries"])) == (1, [])
    for words in ("1 policy listed", "Nothing is listed on this page", f"There is no page “{value}” of this list."):
        assert words in text_of(response)
    assert "filter could not be read" not in text_of(response)


def test_a_wrong_filter_is_said_before_a_page_that_is_not_there(client):
    text = text_of(answer(client, page="99", city="nowhere"))
    assert "The message stands beside the filter." in text
    assert "There is no page" not in text


def test_the_known_values_are_listed_as_the_language_lists_them(client):
    assert "there are list, timeline and table." in text_of(answer(client, view="map"))
    assert "可选：list、timeline和table。" in client.get("/zh-hans/policies/?view=map").text


def test_each_switch_has_a_name(client):
    html = answer(client, view="table").text
    assert re.findall(r'<ul aria-label="([^"]+)">', html) == ["Shown as", "Counted"]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ({"year": "abc"}, "year", "“abc” is not known here."),
        ({"city": "nowhere"}, "city", "“nowhere” is not known here."),
        ({"since": "2023", "until": "2022-05"}, "until", "This ends before “2023” begins"),
        ({"since": "2023-02-30"}, "since", "“2023-02-30” is no day, month or year."),
        ({"until": "../2025"}, "until", "“../2025” is no day, month or year."),
        ({"year": "2022", "until": "2021"}, "year", "No day of this year lies between"),
        ({"dates": "certainly"}, "dates", "“certainly” is not known here."),
        ({"q": "x" * 5000}, "q", "Only 100 characters"),
        ({"since": "9" * 5000}, "since", "is no day, month or year."),
    ],
)
def test_a_wrong_filter_says_so_at_its_field_in_every_view(client, view, query, field, words):
    happened("2023")
    response = answer(client, view=view, **query)
    assert response.status_code == 200
    assert (response.context["total"], list(response.context["entries"])) == (0, [])
    assert list(response.context["form"].errors) == [field]
    assert words in text_of(response)
    assert f'id="id_{field}_error"' in response.content.decode()


def test_possibly_lists_what_surely_leaves_out_and_the_page_prints_the_rule(client):
    happened("2023-05-30", slug="day")
    happened("2023", slug="year")
    happened("../2024", slug="until")
    make.make_policy(slug="undated")
    happened("2022", slug="before")
    asked = {"since": "2023-05", "until": "2023-06"}
    surely, possibly = answer(client, **asked, dates="surely"), answer(client, **asked, dates="possibly")
    assert [entry["policy"].slug for entry in surely.context["entries"]] == ["day"]
    assert [entry["policy"].slug for entry in answer(client, **asked).context["entries"]] == ["day"]
    assert [entry["policy"].slug for entry in possibly.context["entries"]] == ["until", "year", "day", "undated"]
    assert "policies without a date are listed too" in text_of(possibly)
    chips = [(str(chip["label"]), str(chip["value"])) for chip in possibly.context["chips"]]
    assert chips == [("From", "May 2023"), ("Up to", "June 2023"), ("How sure of the date", "possibly within")]


def test_how_sure_is_no_filter_where_no_days_are_asked_for(client):
    make.make_policy()
    response = answer(client, dates="possibly")
    assert (response.context["total"], response.context["chips"]) == (1, [])


def test_a_timeline_of_more_than_one_page_has_all_by_year_above_its_own(client):
    many.make_policies(ON_A_PAGE["timeline"] + 40)
    response = answer(client, view="timeline", page="2")
    total = response.context["total"]
    assert len(response.context["entries"]) == total - ON_A_PAGE["timeline"]
    assert response.context["overview"]["wide"]
    assert f"{total} policies by year." in response.content.decode()
    marked = set(re.findall(r'href="#(policy-[\w-]+)"', response.context["timeline"]["wide"]))
    assert marked == {f"policy-{entry['policy'].slug}" for entry in response.context["entries"]}


@pytest.mark.parametrize(
    "query",
    [
        {}, {"view": "timeline"}, {"view": "table"}, {"view": "table", "count": "bodies"}, {"q": "plan"},
        {"status": "in_force", "topic": "topic-1"}, {"since": "2019", "dates": "possibly", "view": "timeline"},
    ],
    ids=str,
)  # fmt: skip
def test_ten_times_as_many_policies_ask_no_more_questions(client, query):
    asked = []
    for number in (60, 540):
        many.make_policies(number)
        answer(client, **query)
        with CaptureQueriesContext(connection) as captured:
            assert answer(client, **query).context["total"]
        asked.append(len(captured))
    assert asked[0] == asked[1]
