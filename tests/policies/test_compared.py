"""Policies of several cities on one timeline and in one table, tied by their numbers."""

import pytest
from django.template import Context, Template

from policies.models import PolicyEvent
from policies.templatetags.compared_policies import compared_policies
from tests import crawl
from tests import factories as make
from tests.policies.test_tags import designate

pytestmark = pytest.mark.django_db


def dated(place, key, **values):
    policy = make.make_policy(place=place, **values)
    PolicyEvent.objects.create(policy=policy, source=policy.source, type="issued", period_key=key, is_primary=True)
    return policy


def shown(places, **more):
    code = "{% load compared_policies %}{% compared_policies places topic %}"
    return crawl.parse(Template(code).render(Context({"places": places, "topic": None} | more)))


@pytest.fixture
def cities():
    beijing, shanghai = make.make_place(name="Beijing"), make.make_place(name="Shanghai")
    dated(beijing, "2023-05-30", slug="newer", name="Newer")
    dated(shanghai, "2021", slug="older", name="Older")
    dated(shanghai, "undated", slug="undated", name="Undated")
    designate(beijing, "Pilot zone", period_key="2023-02")
    return [beijing, shanghai]


def test_every_mark_leads_to_the_entry_of_its_number(cities):
    page = shown(cities)
    ids = {one.attributes["id"]: one for one in page.walk() if one.attributes.get("id")}
    marks = [
        one for one in page.walk() if one.tag == "a" and one.attributes["href"].startswith("#") and one.text().strip()
    ]
    assert len(marks) == 2 * 4  # for pages and for phones
    for mark in marks:
        entry = ids[mark.attributes["href"].removeprefix("#")]
        number = next(one for one in entry.walk() if one.attributes.get("class") == "cmp-number").text().strip()
        assert any(text.text().split()[0] == number for text in mark.walk() if text.tag == "text")
        assert mark.attributes["tabindex"] == "-1"


def test_numbers_run_through_the_table_as_one_reads_it(cities):
    page = shown(cities)
    numbers = [one.text().strip() for one in page.walk() if one.attributes.get("class") == "cmp-number"]
    assert numbers == ["1", "2", "3", "4"]
    words = " ".join(page.text().split())
    assert words.rindex("1 Newer") < words.rindex("2 Pilot zone") < words.rindex("3 Older") < words.rindex("4 Undated")


def test_what_is_dated_by_a_year_stands_in_none(cities):
    dated(cities[0], "../2021", slug="spread", name="Spread")
    dated(cities[1], "2020/2021", slug="span", name="Span")
    designate(cities[0], "Base", period_key="../2021")
    rows = compared_policies(cities)["rows"]
    assert [row["year"] for row in rows] == ["2023", "2021", "2020–2021", "to 2021", "no date given"]
    assert [len(cell["policies"]) + len(cell["titles"]) for cell in rows[3]["cells"]] == [2, 0]


def test_each_city_has_a_row_under_its_name_in_its_colour_and_shape(cities):
    svg = compared_policies(cities)["timeline"]["wide"]
    assert 0 < svg.index(">Beijing</text>") < svg.index(">Shanghai</text>")
    assert 'class="cs-1" href="#policy-newer"' in svg
    assert 'class="cs-2" href="#policy-older"' in svg


def test_of_a_topic_only_its_policies_are_drawn(cities):
    topic = make.make_topic()
    dated(cities[0], "2022", slug="on-topic", name="On topic").topics.add(topic)
    svg = compared_policies(cities, topic)["timeline"]["wide"]
    assert "#policy-on-topic" in svg
    assert svg.count("<a ") == 1


def test_without_anything_listed_nothing_is_shown():
    assert not shown([make.make_place(), make.make_place()]).text().strip()
