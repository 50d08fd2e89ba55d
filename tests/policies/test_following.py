"""What feeds and calendars have in common: the set of their list, answers, languages, and where pages offer them."""

import time
from datetime import date
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.http import http_date

from policies.models import Target as TargetModel
from tests import crawl
from tests import factories as make
from tests.policies.following import calendar, feed, happened, measured, slug_of, target_feed, three_policies

pytestmark = pytest.mark.django_db
HOSTILE = 'Plan <script>alert(1)</script> & "x"\x0b\x1b\ufffe ]]> ' + "é中" * 3
AS_WRITTEN = 'Plan <script>alert(1)</script> & "x" ]]> ' + "é中" * 3
QUERIES = [
    {}, {"city": "beijing"}, {"topic": "ai"}, {"kind": "white_paper"}, {"level": "city"}, {"status": "in_force"},
    {"issuer": "government"}, {"year": "2022"}, {"year": "1999"}, {"q": "元宇宙"}, {"city": "beijing", "kind": "plan"},
    {"city": "shanghai", "topic": "ai"}, {"nonsense": "x"},
    {"since": "2022-08"}, {"until": "2022-07"}, {"year": "2022", "dates": "possibly"}, {"year": "undated"},
]  # fmt: skip


@pytest.fixture
def policies():
    return three_policies()


def listed(client, query, language=""):
    entries = client.get(f"{language}/policies/", query).context["entries"]
    return {entry["policy"].slug for entry in entries}


@pytest.mark.parametrize("language", ["", "/zh-hans"])
@pytest.mark.parametrize("query", QUERIES, ids=urlencode)
def test_a_feed_and_a_calendar_hold_what_the_list_of_the_same_address_holds(client, policies, query, language):
    expected = listed(client, query, language)
    entries = feed(client, f"{language}/policies.atom", **query).entries
    assert len(entries) == len(expected)
    assert {slug_of(entry.link) for entry in entries} == expected
    assert all(entry.link.startswith(f"http://127.0.0.1:8000{language}/policies/") for entry in entries)
    events = calendar(client, f"{language}/policies.ics", **query).events
    assert {slug_of(str(event["url"])) for event in events} == expected - {"paper"}  # it has no date


def test_chinese_addresses_speak_chinese(client, policies):
    found = feed(client, "/zh-hans/policies.atom", city="beijing")
    assert found.feed.language == "zh-Hans"
    assert "北京" in found.feed.title
    assert {entry.title for entry in found.entries} == {"人工智能方案 / AI Plan", "白皮书 / Paper"}
    assert "2023年5月30日" in next(entry.summary for entry in found.entries if "AI Plan" in entry.title)
    event = next(e for e in calendar(client, "/zh-hans/policies.ics").events if e.start == date(2023, 5, 30))
    assert "北京" in event["summary"]
    assert event["summary"].endswith("：人工智能方案")
    assert event["url"] == "http://127.0.0.1:8000/zh-hans/policies/plan/"
    assert event["categories"].cats[1] == "人工智能"
    target, _series = measured()
    assert "足够" in target_feed(client, target, "/zh-hans").entries[0].title


@pytest.mark.parametrize("address", ["/policies.atom", "/policies.ics", "/zh-hans/policies.atom"])
def test_a_wrong_filter_answers_400_with_its_sentence(client, policies, address):
    response = client.get(address, {"city": "nowhere", "year": "abc", "kind": "plan"})
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    city, year = response.text.splitlines()
    assert "nowhere" in city
    assert "abc" in year


def test_a_range_the_wrong_way_round_answers_400_as_its_list_gives_a_message(client, policies):
    query = {"since": "2023", "until": "2022"}
    response = client.get("/policies.ics", query)
    assert response.status_code == 400
    assert "ends before" in response.text
    assert client.get("/policies/", query).context["form"].errors


@pytest.mark.parametrize("query", [{"q": "x" * 5000}, {"q": "\x00\x0b<&"}, {"year": "２０２２"}, {"city": "\x00"}])
@pytest.mark.parametrize("address", ["/policies.atom", "/policies.ics"])
def test_no_query_breaks_a_feed_or_a_calendar(client, policies, address, query):
    response = client.get(address, query)
    if response.status_code == 400:
        return
    assert response.status_code == 200
    (feed if address.endswith("atom") else calendar)(client, address, **query)


@pytest.mark.parametrize("address", ["/policies.atom", "/policies.ics", "/targets/t-x.atom", "/zh-hans/policies.ics"])
def test_who_has_the_newest_is_told_so_and_a_change_is_sent(client, policies, address):
    plan, *_others = policies
    make.make_target(uid="t-x", policy=plan, period_key="2025")
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert not again.content
    make.make_target(policy=plan, period_key="2026")
    plan.name = "Another name"
    plan.save()
    if not address.startswith("/targets"):
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("address", ["/policies.atom", "/policies.ics"])
def test_a_change_that_no_policy_keeps_in_its_history_is_sent(client, policies, address):
    plan, *_others = policies
    first = client.get(address)
    plan.topics.update(name="Machine intelligence")
    later = {"If-Modified-Since": http_date(time.time() + 60)}
    for known in ({"If-None-Match": first["ETag"]}, later):
        again = client.get(address, headers=known)
        assert again.status_code == 200
        assert "Machine intelligence" in again.text
    assert "Last-Modified" not in first


def test_what_is_withdrawn_leaves_the_feed_and_the_calendar(client, policies):
    plan, *_others = policies
    before = client.get("/policies.atom")["ETag"]
    plan.state = "withdrawn"
    plan.save()
    assert client.get("/policies.atom", headers={"If-None-Match": before}).status_code == 200
    assert {slug_of(e.link) for e in feed(client, "/policies.atom").entries} == {"paper", "metaverse"}
    assert {slug_of(str(e["url"])) for e in calendar(client).events} == {"metaverse"}


@pytest.mark.parametrize("address", ["/policies.atom", "/policies.ics", "/targets/t-x.atom"])
def test_the_answer_is_public_as_the_pages_are_and_sets_no_cookie(client, policies, address):
    make.make_target(uid="t-x", policy=policies[0])
    response, page = client.get(address), client.get("/policies/")
    assert not response.cookies
    assert response.get("Cache-Control") == page.get("Cache-Control")
    assert response.get("Vary") == page.get("Vary")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not client.head(address).content


@pytest.mark.parametrize("address", ["/policies.atom", "/policies.ics", "/targets/t-x.atom"])
def test_the_number_of_queries_does_not_grow(client, address):
    target, series = measured(uid="t-x")
    sizes = []
    for many in (2, 9):
        for year in range(2000, 2000 + many):
            policy = make.make_policy(place=target.place, period_key="2020/2025")
            happened(policy, str(year))
            make.make_target(policy=policy, period_key="2025")
            make.make_observation(series=series, place=target.place, period_key=f"{year + many * 20}")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        sizes.append(len(captured))
    assert sizes[0] == sizes[1] <= 12


@pytest.mark.parametrize("language", ["", "/zh-hans"])
def test_no_text_breaks_a_feed_or_a_calendar_or_becomes_markup(client, language):
    topic, place = make.make_topic(name=HOSTILE, name_zh=HOSTILE), make.make_place(name=HOSTILE, name_zh=HOSTILE)
    policy = make.make_policy(slug="hostile", name=HOSTILE, name_zh=HOSTILE, place=place, abstract=HOSTILE)
    policy.topics.add(topic)
    happened(policy, "2022", note=HOSTILE)
    series = make.make_series(indicator=make.make_indicator(name=HOSTILE, name_zh=HOSTILE))
    target = make.make_target(
        policy=policy, statement=HOSTILE, statement_zh=HOSTILE, period_key="2025", indicator=series.indicator
    )
    make.make_observation(series=series, place=place, value=5, verbatim=HOSTILE[:150])
    (entry,) = feed(client, f"{language}/policies.atom", city=place.slug).entries
    assert entry.title == AS_WRITTEN.strip()
    assert entry.tags[0].term == AS_WRITTEN.strip()
    followed = target_feed(client, target, language)
    assert len(followed.entries) == 2
    for summary in [entry.summary, *(each.summary for each in followed.entries)]:
        tags = {element.tag for element in crawl.parse(summary).walk()}
        assert tags <= {"html", "p", "a"}
    step, due = calendar(client, f"{language}/policies.ics").events
    assert step["location"] == AS_WRITTEN
    assert AS_WRITTEN in due["summary"]


def followed(client, address):
    """Addresses of the feeds in the head of a page, and of those in its text."""
    page = crawl.parse(client.get(address).content.decode())
    head = [
        element.attributes["href"]
        for element in page.walk()
        if element.tag == "link" and element.attributes.get("type") == "application/atom+xml"
    ]
    return head, {href for href in page.links() if ".atom" in href or ".ics" in href}


@pytest.mark.parametrize("language", ["", "/zh-hans"])
def test_pages_offer_what_can_be_followed_of_them(client, policies, language):
    plan, *_others = policies
    target = make.make_target(policy=plan, uid="t-x")
    beijing = {f"{language}/policies.{kind}?city=beijing" for kind in ("atom", "ics")}
    offers = {
        f"{language}/policies/": {f"{language}/policies.atom", f"{language}/policies.ics"},
        f"{language}/policies/?city=beijing": beijing,
        f"{language}/cities/beijing/": beijing,
        f"{language}/figures/{target.uid}/": {f"{language}/targets/t-x.atom"},
    }
    for address, expected in offers.items():
        head, links = followed(client, address)
        assert links == expected
        assert head == sorted(expected)[:1]
        assert all(client.get(link).content for link in links)
    assert followed(client, f"{language}{reverse('policies:policy', args=['plan'])}")[0] == sorted(beijing)[:1]
    assert followed(client, f"{language}/policies/?city=beijing&year=abc") == ([], set())


@pytest.mark.usefixtures("policies")
def test_what_to_do_with_the_addresses_is_printed(client):
    page = crawl.parse(client.get("/policies/").text)
    (follow,) = (one for one in page.walk() if one.attributes.get("class") == "follow")
    words = " ".join(follow.text().split())
    assert "copy its address into a feed reader" in words
    assert "copy its address to where a calendar program subscribes to calendars" in words
    assert not any("title" in one.attributes for one in follow.walk())


def test_a_figure_that_is_no_target_offers_no_feed(client):
    assert followed(client, make.make_observation().get_absolute_url()) == ([], set())


@pytest.mark.usefixtures("demo_content")
@pytest.mark.parametrize("language", ["", "/zh-hans"])
def test_the_demo_content_can_be_followed(client, language):
    assert len(feed(client, f"{language}/policies.atom").entries) == 100
    assert len(calendar(client, f"{language}/policies.ics").events) > 300
    for target in TargetModel.objects.published().filter(indicator__isnull=False):
        target_feed(client, target, language)
