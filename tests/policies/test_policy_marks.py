"""Policies as numbered marks of a chart: by date, of the chart's places and topics, never more than fit."""

import pytest
from django.template import Context, Template

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
    marked = policy_marks(chart(2020, 2021, 2023), place)
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
    assert policy_marks(plain, place) == plain


def test_several_places_and_topics_are_told_apart():
    beijing, shanghai = make.make_place(name="Beijing"), make.make_place(name="Shanghai")
    topic, other = make.make_topic(), make.make_topic()
    dated(beijing, "2021", name="A", topic=topic)
    dated(shanghai, "2022", name="B", topic=topic)
    dated(shanghai, "2022", name="C", topic=other)
    marked = policy_marks(chart(2020, 2023), [beijing, shanghai], topic)
    assert [(event["place"], event["title"]) for event in marked["events"]] == [("Beijing", "A"), ("Shanghai", "B")]
    assert titles(policy_marks(chart(2020, 2023), [beijing, shanghai], [topic, other])) == ["A", "B", "C"]


def test_a_policy_of_two_topics_has_one_mark():
    place, topics = make.make_place(), [make.make_topic(), make.make_topic()]
    dated(place, "2021", name="A").topics.set(topics)
    assert titles(policy_marks(chart(2020, 2023), place, topics)) == ["A"]


EMPTY = {"labels": [], "series": []}


@pytest.mark.parametrize("data", [None, {"type": "bar", "labels": ["2021"], "series": []}, EMPTY | {"type": "line"}])
def test_a_chart_without_years_comes_back_as_it_is(data, django_assert_num_queries):
    plain = chart(2021, data=data)
    with django_assert_num_queries(0):
        assert policy_marks(plain, make.make_place) is plain


def test_more_than_fit_leaves_the_earliest_out_and_says_how_many():
    place = make.make_place(slug="beijing")
    for month in range(1, MOST + 1):
        dated(place, f"2021-{month:02}")
    for month in range(1, 4):
        dated(place, f"2020-{month:02}", name="Early")
    marked = policy_marks(chart(2020, 2022), place)
    assert len(marked["events"]) == MOST
    assert "Early" not in titles(marked)
    assert marked["events_more"] == {"words": "3 earlier policies have no mark.", "url": "/policies/?city=beijing"}


def test_tenfold_policies_ask_no_more(django_assert_num_queries):
    place = make.make_place()
    for number in range(1, MOST):
        dated(place, f"2021-{number:02}")
    with django_assert_num_queries(2):
        policy_marks(chart(2020, 2022), [place])
    for number in range(10 * MOST):
        dated(place, f"2021-{number % 12 + 1:02}")
    with django_assert_num_queries(3):
        policy_marks(chart(2020, 2022), [place])


def test_the_list_under_the_chart_says_when_and_not_why():
    place = make.make_place()
    dated(place, "2021-05", name="Data plan")
    code = '{% load policy_marks %}{% policy_marks chart place as chart %}{% include "components/chart.html" %}'
    html = Template(code).render(Context({"chart": chart(2020, 2022), "place": place}))
    assert "May 2021" in html
    assert "A mark says when, not that it moved a figure." in html
    assert html.count('class="c-event"') == 2  # in both drawings
