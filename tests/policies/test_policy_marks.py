"""Policies as numbered marks of a chart: by date, of the chart's places and topics, never more than fit."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from policies.models import PolicyEvent
from policies.templatetags.policy_marks import MOST, policy_marks
from tests import factories as make

pytestmark = pytest.mark.django_db


def chart(*years, **more):
    points = [{"x": str(year), "y": year - 2000, "kind": "exact"} for year in years]
    data = {"type": "line", "labels": [str(year) for year in years], "series": [{"name": "GDP", "points": points}]}
    return {"id": "trend", "title": "GDP", "svg": "old", "data": data} | more


def dated(place, key, **values):
    topic = values.pop("topic", None)
    policy = make.make_policy(place=place, **values)
    PolicyEvent.objects.create(policy=policy, source=policy.source, type="issued", period_key=key, is_primary=True)
    if topic:
        policy.topics.add(topic)
    return policy


def titles(marked):
    return [event["title"] for event in marked.get("events", ())]


def test_policies_are_numbered_by_date_and_placed_by_it():
    place = make.make_place()
    dated(place, "2023-05-30", name="Second")
    dated(place, "2021", name="First")
    marked = policy_marks({}, chart(2020, 2021, 2023), place)
    assert titles(marked) == ["First", "Second"]
    assert [event["number"] for event in marked["events"]] == [1, 2]
    at = [flag["at"] for flag in marked["data"]["annotations"]]
    assert at[0] == pytest.approx(1, abs=0.01)  # a year stands at its year
    assert 2.5 < at[1] < 3.5  # the fourth place, since 2022 keeps its own
    assert "svg" not in marked  # drawn anew, with its flags


def test_what_is_outside_the_span_or_undated_or_a_draft_or_elsewhere_has_no_mark():
    place = make.make_place()
    for key in ("2019-12-31", "2024-01-01", "undated", "2019/2021", "../2022"):
        dated(place, key)
    dated(place, "2021", state="draft")
    dated(make.make_place(), "2021")
    plain = chart(2020, 2023)
    assert policy_marks({}, plain, place) == plain


def asked(query):
    return {"request": RequestFactory().get(f"/cities/somewhere/?{query}")}


def chips(marked):
    return [(one["label"], one["count"], one["current"]) for one in marked["events_choice"]]


@pytest.fixture
def two_cities():
    """Two policies on data, one on AI and data, one on nothing in particular."""
    beijing, shanghai = make.make_place(name="Beijing"), make.make_place(name="Shanghai")
    data, ai = make.make_topic(slug="data", name="Data"), make.make_topic(slug="ai", name="AI")
    dated(beijing, "2021", name="A", topic=data)
    dated(shanghai, "2022", name="B", topic=data)
    dated(shanghai, "2022-05", name="C").topics.set([data, ai])
    dated(shanghai, "2022-06", name="D")
    return [beijing, shanghai], data, ai


def test_by_itself_a_chart_marks_the_policies_of_its_topic(two_cities):
    places, _data, ai = two_cities
    marked = policy_marks({}, chart(2020, 2023), places, ai)
    assert [(event["place"], event["title"]) for event in marked["events"]] == [("Shanghai", "C")]
    assert chips(marked) == [("Data", 3, False), ("AI", 1, True), ("all topics", "", False), ("none", "", False)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [("", ["A", "C", "B"]), ("events=ai", ["C"]), ("events=all", ["A", "C", "D", "B"]), ("events=none", [])],
)
def test_the_address_chooses_what_is_marked(two_cities, query, expected):
    places, data, _ai = two_cities
    marked = policy_marks(asked(query), chart(2020, 2023), places, data)
    assert sorted(titles(marked)) == sorted(expected)
    assert [flag["number"] for flag in marked["data"].get("annotations", ())] == list(range(1, len(expected) + 1))
    assert "events_message" not in marked
    assert sum(current for _label, _n, current in chips(marked)) == 1


def test_a_choice_keeps_the_rest_of_the_address_and_the_usual_one_is_left_out(two_cities):
    places, data, _ai = two_cities
    marked = policy_marks(asked("chart=gdp&events=ai&numbers=full"), chart(2020, 2023), places, data)
    assert [one["url"] for one in marked["events_choice"]] == [
        "/cities/somewhere/?chart=gdp&numbers=full#trend",
        "/cities/somewhere/?chart=gdp&events=ai&numbers=full#trend",
        "/cities/somewhere/?chart=gdp&events=all&numbers=full#trend",
        "/cities/somewhere/?chart=gdp&events=none&numbers=full#trend",
    ]


@pytest.mark.parametrize("value", ["nonsense", "%00", "a" * 5000, "<b>", "DATA", "data,ai"])
def test_an_unknown_topic_gets_a_message_and_no_mark(two_cities, value):
    places, data, _ai = two_cities
    marked = policy_marks(asked(f"events={value}"), chart(2020, 2023), places, data)
    assert "is listed on" in marked["events_message"]
    assert len(marked["events_message"]) < 200
    assert not marked.get("events")
    assert not any(current for _label, _n, current in chips(marked))


def test_a_chart_of_a_topic_without_policies_marks_those_of_all(two_cities):
    places, _data, _ai = two_cities
    marked = policy_marks({}, chart(2020, 2023), places, make.make_topic(slug="chips", name="Chips"))
    assert sorted(titles(marked)) == ["A", "B", "C", "D"]
    assert chips(marked)[-2:] == [("all topics", "", True), ("none", "", False)]


def test_where_no_policy_is_listed_there_is_nothing_to_choose():
    place, plain = make.make_place(), chart(2020, 2023)
    assert policy_marks({}, plain, place, make.make_topic()) == plain
    assert policy_marks(asked("events=all"), plain, place, make.make_topic()) == plain


def test_a_policy_of_two_topics_has_one_mark(two_cities):
    places, _data, _ai = two_cities
    assert titles(policy_marks({}, chart(2020, 2023), places)).count("C") == 1


EMPTY = {"labels": [], "series": []}


@pytest.mark.parametrize("data", [None, {"type": "bar", "labels": ["2021"], "series": []}, EMPTY | {"type": "line"}])
def test_a_chart_without_years_comes_back_as_it_is(data, django_assert_num_queries):
    plain = chart(2021, data=data)
    with django_assert_num_queries(0):
        assert policy_marks({}, plain, make.make_place) is plain


def test_more_than_fit_leaves_the_earliest_out_and_says_how_many():
    place = make.make_place(slug="beijing")
    for month in range(1, MOST + 1):
        dated(place, f"2021-{month:02}")
    for month in range(1, 4):
        dated(place, f"2020-{month:02}", name="Early")
    marked = policy_marks({}, chart(2020, 2022), place)
    assert len(marked["events"]) == MOST
    assert "Early" not in titles(marked)
    assert marked["events_more"] == {"words": "3 earlier policies have no mark.", "url": "/policies/?city=beijing"}


def test_earlier_policies_of_a_topic_lead_to_the_list_of_that_topic():
    place, topic = make.make_place(slug="beijing"), make.make_topic(slug="data")
    for number in range(MOST + 1):
        dated(place, f"2021-{number % 12 + 1:02}", topic=topic)
    marked = policy_marks({}, chart(2020, 2022), place, topic)
    assert marked["events_more"]["words"] == "1 earlier policy has no mark."
    assert marked["events_more"]["url"] == "/policies/?city=beijing&topic=data"


def test_tenfold_policies_ask_no_more(django_assert_num_queries):
    place = make.make_place()
    for number in range(1, MOST):
        dated(place, f"2021-{number:02}")
    with django_assert_num_queries(3):
        policy_marks({}, chart(2020, 2022), [place])
    for number in range(10 * MOST):
        dated(place, f"2021-{number % 12 + 1:02}")
    with django_assert_num_queries(4):
        policy_marks({}, chart(2020, 2022), [place])


def test_the_list_under_the_chart_says_when_and_not_why():
    place = make.make_place()
    topic = make.make_topic(name="Data")
    dated(place, "2021-05", name="Data plan", topic=topic)
    code = '{% load policy_marks %}{% policy_marks chart place topic as chart %}{% include "components/chart.html" %}'
    html = Template(code).render(Context({"chart": chart(2020, 2022), "place": place, "topic": topic}))
    assert "May 2021" in html
    assert "A mark says when, not that it moved a figure." in html
    assert html.count('class="c-event"') == 2  # in both drawings of the server: no script is needed
    assert '<a href="#trend" aria-current="true">Data <span class="count">1</span></a>' in html
