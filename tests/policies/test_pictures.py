"""Timelines as pages show them: the picture, the key of what is drawn, and the entries its numbers lead to."""

import re

import pytest

from policies import pictures
from policies.figures import present_policy
from policies.models import Designation, PolicyEvent
from tests import crawl
from tests import factories as make
from tests.policies.test_tags import designate

pytestmark = pytest.mark.django_db


def dated(place, key, **values):
    event = {"period_key": key, "type": "issued", "is_primary": True, "period_inferred": values.pop("inferred", False)}
    policy = make.make_policy(place=place, **values)
    PolicyEvent.objects.create(policy=policy, source=policy.source, **event)
    return policy


def words(picture):
    return [words for _swatch, words in picture["key"]]


def numbers(svg):
    """(anchor, number) of every mark."""
    return re.findall(r'<a class="cs-\d+" href="#([^"]+)".*?(?:ct-name|ct-number)"[^>]*>(\d+)<', svg)


def test_the_key_names_only_what_is_drawn():
    place = make.make_place(name="Beijing")
    day, year = dated(place, "2023-05-30"), dated(place, "2021", inferred=True)
    assert words(pictures.draw([present_policy(day)])) == ["a day"]
    both = pictures.draw([present_policy(day), present_policy(year)])
    assert words(both) == ["a day", "every day a month, year or span may mean", "date inferred by the editor"]
    until = dated(place, "../2020", period_key="2018/2020")
    designate(place, "Pilot zone", period_key="2019-02-03")
    more = pictures.draw([present_policy(until)], Designation.objects.all())
    assert words(more) == [
        "a day",
        "not later than its end; no first day is given",
        "programme period",
        "pilot or title",
    ]


def test_numbers_count_down_from_the_newest_and_go_on_from_page_to_page():
    place = make.make_place()
    entries = [
        present_policy(dated(place, key, slug=slug, name=slug))
        for slug, key in (("new", "2023"), ("old", "2021"), ("never", "undated"))
    ]
    picture = pictures.draw(entries, first=101)
    found = [("policy-new", "101"), ("policy-old", "102"), ("policy-never", "103")]
    assert numbers(picture["wide"]) == numbers(picture["narrow"]) == found
    assert [row["anchor"] for row in picture["rows"]] == [anchor for anchor, _number in found]
    assert not numbers(pictures.draw(entries, first=0)["wide"])


def test_the_place_is_named_once():
    place = make.make_place(name="Beijing")
    named, other = dated(place, "2023", name="Beijing Plan"), dated(place, "2022", name="Data Plan")
    svg = pictures.draw([present_policy(named), present_policy(other)], with_place=True)["wide"]
    assert ">Beijing Plan<" in svg
    assert ">Beijing · Data Plan<" in svg


def test_many_titles_of_a_year_are_one_mark_and_all_are_named_in_its_entry(client):
    place = make.make_place(slug="beijing", name="Beijing", is_city=True)
    dated(place, "2023-05-30", slug="plan", name="Plan")
    for name in ("One", "Two", "Three"):
        designate(place, name, period_key="2021")
    designate(place, "Four", period_key="2024")
    page = crawl.parse(client.get("/cities/beijing/").text)
    ids = {one.attributes["id"]: one for one in page.walk() if one.attributes.get("id")}
    marks = [one for one in page.walk() if one.tag == "a" and one.attributes.get("class", "").startswith("cs-")]
    assert len(marks) == 2 * 3
    entries = [" ".join(ids[mark.attributes["href"].removeprefix("#")].text().split()) for mark in marks[:3]]
    assert [entry.split(" ", 1)[0] for entry in entries] == ["2024", "30", "2021"]
    assert all(name in entries[2] for name in ("One", "Two", "Three"))
    for link in ids[marks[2].attributes["href"].removeprefix("#")].links():
        assert link.removeprefix("#") in ids  # what is known of each title stands further below


def test_titles_by_a_year_are_not_among_those_of_the_year():
    place = make.make_place()
    rows = [designate(place, f"Title {key}", period_key=key) for key in ("2021", "2021-03", "../2021", "../2021-10")]
    entries = pictures.draw([], rows)["rows"]
    assert [len(entry["titles"]) for entry in entries] == [1, 1, 1, 1]
    rows.append(designate(place, "Third", period_key="2021-05"))
    told = {entry["when"]: len(entry["titles"]) for entry in pictures.draw([], rows)["rows"]}
    assert told == {"2021": 3, "to 2021": 1, "to October 2021": 1}


def test_titles_alone_lead_to_what_is_known_of_them(client):
    place = make.make_place(slug="beijing", name="Beijing", is_city=True)
    title = designate(place, "Pilot zone", period_key="2021")
    page = client.get("/cities/beijing/").text
    assert page.count(f'href="#title-{title.uid}"') == 2
    assert page.count(f'id="title-{title.uid}"') == 1
    assert "The numbers are those" not in page


def test_every_mark_of_a_list_and_of_a_policy_leads_to_the_entry_of_its_number(client):
    place = make.make_place(slug="beijing", name="Beijing", is_city=True)
    first = dated(place, "2021", slug="first", name="First", inferred=True)
    PolicyEvent.objects.create(policy=first, source=first.source, type="amended", period_key="2022-03")
    dated(place, "2023-05-30", slug="second", name="Second")
    dated(place, "undated", slug="third", name="Third")
    for address, expected in (
        ("/policies/?view=timeline", 3),
        ("/policies/first/", 2),
        ("/policies/?city=beijing&view=timeline", 3),
    ):
        html = client.get(address).text
        svg = re.search(r'<div class="timeline-wide">(.*?)</svg>', html, re.DOTALL)[1]
        listed = re.search(r'<ol class="timeline numbered"[^>]*>(.*?)</ol>', html, re.DOTALL)[1]
        anchors = re.findall(r'<li id="([^"]+)"', listed)
        assert sorted(numbers(svg)) == sorted((anchor, str(n)) for n, anchor in enumerate(anchors, 1))
        assert len(anchors) == expected


def test_counts_by_year_say_what_is_only_possible_and_what_stands_nowhere():
    picture = pictures.draw_years({(2021, 2021): 400, (2020, 2021): 1, (None, 2020): 1})
    assert words(picture) == ["surely in this time", "possibly in this time; counted in every column the date touches"]
    assert ">≤401<" in picture["wide"]
    assert "1 without a first day" in picture["narrow"]
    assert not picture["numbered"]


def test_nothing_listed_draws_nothing():
    picture = pictures.draw([])
    assert (picture["wide"], picture["narrow"], picture["rows"]) == ("", "", [])
