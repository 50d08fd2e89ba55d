"""Calendars of what happened and what is due, read back by two programs."""

from datetime import date

import pytest

from tests import factories as make
from tests.policies.following import calendar, happened, slug_of, three_policies

pytestmark = pytest.mark.django_db


@pytest.fixture
def policies():
    return three_policies()


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


@pytest.mark.parametrize(
    ("key", "first", "after"),
    [
        ("2021/2025", date(2025, 1, 1), date(2026, 1, 1)),
        ("2021-07/2025-06", date(2025, 6, 1), date(2025, 7, 1)),
        ("2025", date(2025, 1, 1), date(2026, 1, 1)),
    ],
)
def test_a_target_of_several_years_is_due_in_the_last_of_them(client, key, first, after):
    make.make_target(policy=make.make_policy(), period_key=key)
    (due,) = calendar(client).events
    assert (due.start, due.end) == (first, after)


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


def test_a_calendar_holds_five_hundred_policies_and_says_of_how_many(client):
    place, source = make.make_place(), make.make_source()
    many = [make.make_policy(place=place, source=source, period_key="2025") for _ in range(501)]
    found = calendar(client)
    assert {slug_of(str(event["url"])) for event in found.events} == set(sorted(policy.slug for policy in many)[:500])
    assert found["description"].endswith("Only the first 500 of 501 policies are here: choose a city.")
