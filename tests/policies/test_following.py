"""Feeds and calendars, read back by the programs they are for."""

from datetime import date
from urllib.parse import urlencode

import feedparser
import pytest
import vobject
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from indicators import workflow
from policies.models import PolicyEvent, PolicyParty
from policies.models import Target as TargetModel
from tests import crawl
from tests import factories as make

pytestmark = pytest.mark.django_db
HOSTILE = 'Plan <script>alert(1)</script> & "x"\x00\x0b\x1b\ufffe ]]> ' + "é中" * 60
AS_WRITTEN = 'Plan <script>alert(1)</script> & "x" ]]> ' + "é中" * 60
QUERIES = [
    {}, {"city": "beijing"}, {"topic": "ai"}, {"kind": "white_paper"}, {"level": "city"}, {"status": "in_force"},
    {"issuer": "government"}, {"year": "2022"}, {"year": "1999"}, {"q": "元宇宙"}, {"city": "beijing", "kind": "plan"},
    {"city": "shanghai", "topic": "ai"}, {"nonsense": "x"},
    {"since": "2022-08"}, {"until": "2022-07"}, {"year": "2022", "dates": "possibly"}, {"year": "undated"},
]  # fmt: skip


@pytest.fixture
def policies():
    """Two of Beijing, one dated, one not; one of Shanghai; a draft."""
    beijing, shanghai = (
        make.make_place(slug="beijing", name="Beijing", name_zh="北京"),
        make.make_place(slug="shanghai"),
    )
    ai = make.make_topic(slug="ai", name="Artificial intelligence", name_zh="人工智能")
    plan = make.make_policy(slug="plan", place=beijing, name="AI Plan", name_zh="人工智能方案", period_key="2023/2025")
    plan.topics.add(ai)
    happened(plan, "2023-05-30")
    PolicyParty.objects.create(policy=plan, role="issuer", organisation=make.make_organisation(slug="government"))
    paper = make.make_policy(slug="paper", place=beijing, kind="white_paper", name="Paper", name_zh="白皮书")
    metaverse = make.make_policy(slug="metaverse", place=shanghai, kind="action_plan", name_zh="元宇宙")
    happened(metaverse, "2022-07")
    make.make_policy(slug="draft", place=beijing, state="draft")
    return plan, metaverse, paper


def happened(policy, key, **values):
    values = {"type": "issued", "is_primary": True, "source": policy.source} | values
    return PolicyEvent.objects.create(policy=policy, period_key=key, **values)


def measured(**values):
    """A target of 300 and the series that measures it."""
    series, place = make.make_series(), make.make_place(name="Beijing", name_zh="北京")
    policy = make.make_policy(place=place)
    amount = {"low": 300, "unit": "companies", "unit_zh": "家", "statement": "Enough", "statement_zh": "足够"}
    target = make.make_target(policy=policy, indicator=series.indicator, period_key="2025", **amount | values)
    return target, series


def feed(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(response.content, sanitize_html=False)
    assert not found.bozo, found.bozo_exception
    assert found.version == "atom10"
    return found


def target_feed(client, target, language=""):
    return feed(client, f"{language}/targets/{target.uid}.atom")


def calendar(client, address="/policies.ics", **query):
    response = client.get(address, query)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'inline; filename="policies.ics"'
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    found = Calendar.from_ical(response.content)
    second = next(vobject.readComponents(response.content.decode()))
    assert [str(e["uid"]) for e in found.events] == [e.uid.value for e in second.contents.get("vevent", [])]
    assert [e.start for e in found.events] == [e.dtstart.value for e in second.contents.get("vevent", [])]
    assert not [error for event in found.events for error in event.errors]
    return found


def listed(client, query, language=""):
    entries = client.get(f"{language}/policies/", query).context["entries"]
    return {entry["policy"].slug for entry in entries}


def slug_of(address):
    return address.rstrip("/").rpartition("/")[2]


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


@pytest.mark.parametrize(
    ("key", "first", "after", "words"),
    [
        ("2023-05-30", date(2023, 5, 30), date(2023, 5, 31), "issued: AI Plan"),
        ("2022-07", date(2022, 7, 1), date(2022, 8, 1), "issued, some day in July 2022: AI Plan"),
        ("2024-02", date(2024, 2, 1), date(2024, 3, 1), "issued, some day in February 2024: AI Plan"),
        ("2022-Q3", date(2022, 7, 1), date(2022, 10, 1), "issued, some day in 2022 Q3: AI Plan"),
        ("2022", date(2022, 1, 1), date(2023, 1, 1), "issued, some day in 2022: AI Plan"),
        ("2013/2015-06", date(2013, 1, 1), date(2015, 7, 1), "issued, some day in 2013–June 2015: AI Plan"),
        ("../2022-10", date(2022, 10, 1), date(2022, 11, 1), "issued, some day up to October 2022: AI Plan"),
        ("9999", date(9999, 1, 1), date(9999, 12, 31), "issued, some day in 9999: AI Plan"),
    ],
)
def test_an_event_spans_the_days_it_may_mean_and_says_so(client, key, first, after, words):
    policy = make.make_policy(name="AI Plan", place=make.make_place(name="Beijing"))
    happened(policy, key)
    (event,) = calendar(client).events
    assert (event.start, event.end) == (first, after)
    assert event["summary"] == f"Beijing · {words}"
    assert event["status"] == "CONFIRMED"
    happened(policy, key, type="published", is_primary=False, period_inferred=True)
    inferred = calendar(client).events[1]
    assert inferred["summary"] == f"Beijing · {words.replace('issued', 'published').replace(':', ' (date inferred):')}"
    assert inferred["status"] == "TENTATIVE"


def test_what_has_no_date_is_left_out_and_counted(client, policies):
    plan, _metaverse, paper = policies
    assert "left out" not in calendar(client)["description"]
    happened(paper, "undated")
    assert calendar(client)["description"].endswith("1 event or target without a date is left out.")
    make.make_target(policy=plan)
    found = calendar(client)
    assert found["description"].endswith("2 events and targets without a date are left out.")
    assert found["x-wr-caldesc"] == found["description"]
    assert {slug_of(str(event["url"])) for event in found.events} == {"plan", "metaverse"}


def test_targets_are_due_and_programmes_end_in_the_calendar(client, policies):
    plan, *_others = policies
    target = make.make_target(policy=plan, statement="Be first", period_key="../2025", period_inferred=True)
    day = make.make_target(policy=plan, statement="Be quick", period_key="2025-06-30", standing="superseded")
    events = {str(event["uid"]): event for event in calendar(client, city="beijing").events}
    assert len(events) == 4
    due, ends, early = (events[f"{row.uid}@127.0.0.1"] for row in (target, plan, day))
    assert (due.start, due.end) == (ends.start, ends.end) == (date(2025, 1, 1), date(2026, 1, 1))
    assert due["summary"] == "Target of Beijing, by 2025 (date inferred): Be first."
    assert due["url"] == f"http://127.0.0.1:8000/figures/{target.uid}/"
    assert due["status"] == "TENTATIVE"
    assert ends["summary"] == "Beijing · programme period 2023–2025 ends: AI Plan"
    assert (early.start, early.end) == (date(2025, 6, 30), date(2025, 7, 1))
    assert early["status"] == "CANCELLED"


def test_an_event_of_the_calendar_carries_its_topics_its_page_and_its_source(client, policies):
    plan, *_others = policies
    event = next(event for event in calendar(client).events if event.start == date(2023, 5, 30))
    assert event["categories"].cats == ["plan", "Artificial intelligence"]
    assert event["location"] == "Beijing"
    lines = event["description"].split("\n")
    assert lines[:3] == ["AI Plan", "人工智能方案", "Issued: 30 May 2023"]
    assert lines[3:] == [f"Source: {plan.source.title}", "http://127.0.0.1:8000/policies/plan/"]


def test_a_subscribed_calendar_sees_that_an_event_changed_and_that_it_is_the_same(client, policies):
    plan, *_others = policies
    make.make_target(policy=plan, period_key="2025")

    def seen():
        return {str(e["uid"]): (e["sequence"], e["last-modified"].dt) for e in calendar(client, city="beijing").events}

    before = seen()
    plan.name = "Another name"
    plan.save()
    after = seen()
    assert before.keys() == after.keys()
    assert all(after[uid] > before[uid] and after[uid][0] > before[uid][0] for uid in before)
    assert seen() == after


def test_a_feed_begins_with_what_changed_last_and_says_when(client, policies):
    plan, _metaverse, _paper = policies
    plan.name_zh = "另一名称"
    plan.save()
    found = feed(client, "/policies.atom")
    assert [slug_of(entry.link) for entry in found.entries] == ["plan", "metaverse", "paper"]
    moment = plan.history.latest().history_date.isoformat()
    assert found.feed.updated == found.entries[0].updated == moment
    assert all(entry.published for entry in found.entries)


def test_a_feed_says_whose_it_is_where_it_is_and_what_it_holds(client, policies):
    found = feed(client, "/policies.atom", city="beijing", topic="ai").feed
    assert found.title == "Policies · City: Beijing · Topic: Artificial intelligence · Digital Cities Observatory"
    assert found.author == "Digital Cities Observatory"
    links = {link.rel: link.href for link in found.links}
    assert links["self"] == "http://127.0.0.1:8000/policies.atom?city=beijing&topic=ai"
    assert links["alternate"] == "http://127.0.0.1:8000/policies/?city=beijing&topic=ai"
    assert found.id == "tag:127.0.0.1,2026:en/policies?city=beijing&topic=ai"
    assert feed(client, "/policies.atom", topic="ai", city="beijing", other="").feed.id == found.id


def test_an_entry_gives_both_titles_and_every_date_with_its_precision(client, policies):
    plan, *_others = policies
    happened(plan, "2024", type="evaluated", is_primary=False, period_inferred=True, note="Half-way")
    entry = feed(client, "/policies.atom", topic="ai").entries[0]
    assert entry.title == "AI Plan / 人工智能方案"
    assert entry.id == f"tag:127.0.0.1,2026:en/policy/{plan.uid}"
    for words in ("Beijing · plan", "2023–2025", "Issued: 30 May 2023", "Evaluated: 2024 (date inferred) · Half-way"):
        assert words in entry.summary
    assert [tag.term for tag in entry.tags] == ["Artificial intelligence"]
    (undated,) = feed(client, "/policies.atom", kind="white_paper").entries
    assert "No date is given." in undated.summary


def test_ids_stay_when_addresses_and_names_change_and_no_two_are_alike(client, policies):
    before = {entry.id for entry in feed(client, "/policies.atom").entries}
    plan, *_others = policies
    plan.slug = "renamed"
    plan.save()
    assert {entry.id for entry in feed(client, "/policies.atom").entries} == before
    assert len(before) == 3
    assert not before & {entry.id for entry in feed(client, "/zh-hans/policies.atom").entries}


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
    for known in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        again = client.get(address, headers=known)
        assert again.status_code == 304
        assert not again.content
    make.make_target(policy=plan, period_key="2026")
    plan.name = "Another name"
    plan.save()
    if not address.startswith("/targets"):
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200
    old = {"If-Modified-Since": "Mon, 01 Jan 2024 00:00:00 GMT"}
    assert client.get(address, headers=old).status_code == 200


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


def test_a_feed_holds_the_hundred_last_changed(client):
    place, source = make.make_place(), make.make_source()
    many = [make.make_policy(place=place, source=source) for _ in range(102)]
    many[0].save()
    entries = feed(client, "/policies.atom").entries
    assert len(entries) == 100
    assert slug_of(entries[0].link) == many[0].slug
    assert {policy.slug for policy in many} - {slug_of(entry.link) for entry in entries} == {many[1].slug, many[2].slug}


def test_a_calendar_holds_five_hundred_policies_and_says_of_how_many(client):
    place, source = make.make_place(), make.make_source()
    many = [make.make_policy(place=place, source=source, period_key="2025") for _ in range(501)]
    found = calendar(client)
    assert {slug_of(str(event["url"])) for event in found.events} == {policy.slug for policy in many[:500]}
    assert found["description"].endswith("Only the first 500 of 501 policies are here: choose a city.")


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


def test_a_target_is_followed_by_what_was_measured_as_it_arrives(client):
    target, series = measured()
    assert [e.title for e in target_feed(client, target).entries] == [
        "Target of Beijing, by 2025: Enough, reach 300 companies."
    ]
    make.make_observation(series=series, place=target.place, period_key="2024", value=250)
    other = make.make_series(indicator=series.indicator, name="Counted otherwise")
    late = make.make_observation(series=other, place=target.place, period_key="2023", kind="more_than", low=300)
    make.make_observation(series=series, place=target.place, period_key="2022", state="draft")
    make.make_observation(series=series, period_key="2024")  # of another city
    make.make_observation(place=target.place, period_key="2024")  # of something else
    found = target_feed(client, target)
    what = series.indicator.name
    assert [entry.title for entry in found.entries] == [
        f"more than 300 companies: {what}, Beijing, 2023.",
        f"250 companies: {what}, Beijing, 2024.",
        "Target of Beijing, by 2025: Enough, reach 300 companies.",
    ]
    assert "Counted otherwise" in found.entries[0].summary
    assert f'href="http://127.0.0.1:8000/sources/{late.source.slug}/"' in found.entries[0].summary
    assert found.entries[0].link == f"http://127.0.0.1:8000/figures/{late.uid}/"
    assert {link.rel: link.href for link in found.feed.links} == {
        "self": f"http://127.0.0.1:8000/targets/{target.uid}.atom",
        "alternate": f"http://127.0.0.1:8000/figures/{target.uid}/",
    }


def test_a_correction_arrives_and_the_figure_it_replaces_says_so(client):
    target, series = measured()
    user = get_user_model().objects.create_superuser("publisher")
    wrong = make.make_observation(series=series, place=target.place, period_key="2024", value=250)
    draft = workflow.correct(row=wrong, user=user, reason="misread")
    draft.low = draft.high = 350
    draft.save()
    assert len(target_feed(client, target).entries) == 2
    for step in (workflow.submit, workflow.publish):
        draft = step(row=draft, user=user)
    new, old, stated = target_feed(client, target).entries
    assert new.title == f"350 companies: {series.indicator.name}, Beijing, 2024."
    assert "This figure corrects an earlier one: 250 → 350." in new.summary
    assert old.title == f"Withdrawn: 250 companies: {series.indicator.name}, Beijing, 2024."
    assert "A corrected one has taken its place: 250 → 350." in old.summary
    assert stated.id.endswith(f"/target/{target.uid}")
    workflow.withdraw(row=draft, user=user, reason="doubtful")
    assert "It takes part in nothing on this site any more." in target_feed(client, target).entries[0].summary


def test_a_superseded_target_is_news_of_its_own(client):
    target, series = measured()
    make.make_observation(series=series, place=target.place)
    target.standing = TargetModel.Standing.SUPERSEDED
    target.save()
    moment = target.history.latest().history_date.isoformat()
    target.locator = "p. 1"
    target.save()
    stated, superseded, _figure = target_feed(client, target).entries
    assert superseded.title.startswith("This target was superseded. Target of Beijing")
    assert superseded.updated == moment
    assert stated.updated > moment


def test_a_target_without_an_indicator_can_be_followed_and_one_that_is_not_public_cannot(client):
    assert len(target_feed(client, make.make_target()).entries) == 1
    hidden = make.make_target(policy=make.make_policy(state="draft"))
    assert client.get(f"/targets/{hidden.uid}.atom").status_code == 404
    assert client.get("/targets/no-such.atom").status_code == 404


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


def test_a_figure_that_is_no_target_offers_no_feed(client):
    assert followed(client, make.make_observation().get_absolute_url()) == ([], set())


@pytest.mark.usefixtures("demo_content")
@pytest.mark.parametrize("language", ["", "/zh-hans"])
def test_the_demo_content_can_be_followed(client, language):
    assert len(feed(client, f"{language}/policies.atom").entries) == 100
    assert len(calendar(client, f"{language}/policies.ics").events) > 300
    for target in TargetModel.objects.published().filter(indicator__isnull=False):
        target_feed(client, target, language)
