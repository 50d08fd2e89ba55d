"""Counts by others beside what is listed here, by the day of each count."""

import pytest
from django.urls import reverse

from indicators.models import Topic
from policies.models import PolicyEvent
from tests import crawl
from tests import factories as make

pytestmark = pytest.mark.django_db


def counts(client, **query):
    return client.get(reverse("policies:list"), query).context["counts"]


def happened(place, topic, key, **values):
    policy = make.make_policy(place=place, **values)
    policy.topics.add(topic)
    PolicyEvent.objects.create(policy=policy, type="issued", period_key=key, is_primary=True, source=policy.source)


@pytest.fixture
def counted():
    """Others count 114 in the country and 16 in Shanghai by 28 March 2023, and 18 units at province level."""
    china = make.make_place(slug="china", name="China", level="country", is_city=False)
    shanghai = make.make_place(slug="shanghai", name="Shanghai", level="province")
    metaverse = make.make_topic(slug="metaverse", name="Metaverse")
    numbers = make.make_series(indicator=make.make_indicator(name="Policies", counts_policies_of=metaverse))
    units = make.make_indicator(name="Units", counts_policies_of=metaverse, counted_level="province")
    for place, value in ((china, 114), (shanghai, 16)):
        make.make_observation(series=numbers, place=place, value=value, period_key="2023-03-28")
    make.make_observation(series=make.make_series(indicator=units), place=china, value=18, period_key="2023-03-28")
    for slug, key in (("early", "2022-07-08"), ("last-day", "2023-03-28"), ("plan-of-june", "2023-06-14")):
        happened(shanghai, metaverse, key, slug=slug)
    happened(make.make_place(slug="jinan", name="Jinan"), metaverse, "2023", slug="some-day-of-2023")
    happened(make.make_place(slug="xian"), metaverse, "undated", slug="undated")
    happened(shanghai, make.make_topic(slug="ai"), "2021", slug="other-topic")
    happened(shanghai, metaverse, "2021", slug="draft", state="draft")


def test_only_what_is_surely_on_or_before_the_day_counts_and_what_possibly_is_gets_named(client, counted):
    country, shanghai, units = counts(client, topic="metaverse")
    assert (country["figure"]["text"], country["here"], country["later"]) == ("114", 2, 1)
    assert [policy.slug for policy in country["maybe"]] == ["some-day-of-2023", "undated"]
    assert (shanghai["figure"]["text"], shanghai["here"], shanghai["later"], shanghai["maybe"]) == ("16", 2, 1, [])
    assert (units["figure"]["text"], units["here"], units["later"]) == ("18", 1, 1)


def test_the_links_list_just_what_is_counted(client, counted):
    country, shanghai, _units = counts(client, topic="metaverse")
    for row in (country, shanghai):
        assert client.get(row["url"]).context["total"] == row["here"]
        assert client.get(row["later_url"]).context["total"] == row["later"]
    assert shanghai["url"] == "/policies/?topic=metaverse&city=shanghai&until=2023-03-28"


def test_a_city_has_its_own_counts_and_the_country_s_and_without_a_topic_the_country_s_alone(client, counted):
    def places(**query):
        return [row["place"].slug for row in counts(client, **query)]

    assert places(topic="metaverse", city="jinan") == ["china", "china"]
    assert places(topic="metaverse", city="shanghai") == ["china", "shanghai", "china"]
    assert places() == ["china", "china"]
    assert places(topic="ai") == []


def test_each_count_says_who_counted_what_and_by_when(client, counted):
    response = client.get(reverse("policies:list"), {"topic": "metaverse", "city": "shanghai"})
    text = " ".join(crawl.parse(response.content.decode()).text().split())
    assert "Shanghai: 16 companies 28 March 2023" in text
    assert "Policies: What is counted." in text
    assert "2 on or before 28 March 2023 1 later, not counted" in text
    assert "1 unit with a policy on or before 28 March 2023" in text
    assert "Possibly too, not counted:" in text


@pytest.mark.parametrize("query", [{}, {"topic": "metaverse"}])
def test_ten_times_as_many_counts_ask_no_more_questions(client, counted, django_assert_max_num_queries, query):
    with django_assert_max_num_queries(40) as few:
        counts(client, **query)
    indicator = make.make_indicator(counts_policies_of=Topic.objects.get(slug="metaverse"))
    for year in range(2000, 2020):
        place = make.make_place(level="country", is_city=False)
        make.make_observation(series=make.make_series(indicator=indicator), place=place, value=5, period_key=f"{year}")
    with django_assert_max_num_queries(len(few)) as more:
        assert len(counts(client, **query)) > 20
    assert len(more) == len(few)


def test_the_metaverse_counts_of_the_demo_content(demo_content, client):
    rows = {(row["place"].slug, row["figure"]["text"]): row for row in counts(client, topic="metaverse")}
    assert {("china", "≈ 114"), ("china", "41"), ("china", "18"), ("china", "24"), ("shanghai", "16")} <= rows.keys()
    shanghai = rows["shanghai", "16"]
    assert (shanghai["here"], shanghai["later"], shanghai["maybe"]) == (1, 1, [])
    assert "Zero One Think Tank" in shanghai["compiler"]
    assert "Zhanxin Research" in rows["china", "41"]["compiler"]
