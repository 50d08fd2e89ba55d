"""Published rankings: side by side, one as printed, and where they part."""

import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.matrix import Matrix, newest, published
from indicators.models import NoteLink, Place
from tests.crawl import parse
from tests.factories import (
    make_indicator,
    make_note,
    make_observation,
    make_organisation,
    make_place,
    make_ranking_list,
    make_series,
    make_topic,
)

pytestmark = pytest.mark.django_db


def row_of(place, lists=None):
    matrix = Matrix(newest(published()) if lists is None else lists, list(Place.objects.cities()))
    return next(row for row in [*matrix.rows, *matrix.without] if row["city"] == place)


def texts(place):
    return [cell.get("text", "") for cell in row_of(place)["cells"]]


def test_ranks_stand_as_printed_ties_and_intervals_too():
    one, two, three = make_place(), make_place(), make_place()
    make_ranking_list((one, 1), (two, 2), ("宿州", 2), (three, (11, 20)))
    assert [texts(place) for place in (one, two, three)] == [["1"], ["=2"], ["11–20"]]


def test_a_rank_within_a_tier_is_said_with_its_tier_and_is_nobodys_best():
    one, two = make_place(), make_place()
    make_ranking_list((one, 1, "first tier / 一线"), (two, 1, "new first tier / 新一线"))
    assert texts(two) == ["new first tier 1"]
    assert row_of(two)["best"] is None


def test_a_tier_beside_ranks_of_the_whole_list_takes_nothing_from_them():
    one, two = make_place(), make_place()
    make_ranking_list((one, 1, "first group"), (two, 2, "second group"))
    assert texts(two) == ["2"]
    assert row_of(two)["best"]["text"] == "2"


def test_a_tier_without_a_rank_stands_in_words(client):
    one, two = make_place(), make_place()
    found = make_ranking_list((one, None, "leading / 引领型"), (two, None, "third / 三线"))
    assert texts(one) == ["leading"]
    page = client.get(found.get_absolute_url()).text
    assert "leading" in page and "no rank" in page


def test_best_worst_and_the_places_between_name_their_lists():
    city, other = make_place(), make_place()
    best, worst = make_ranking_list((city, 3)), make_ranking_list((other, 1), (city, (101, 156)))
    row = row_of(city)
    assert row["best"]["url"] == f"{best.get_absolute_url()}#{city.slug}"
    assert (row["worst"]["text"], row["worst"]["url"]) == ("101–156", f"{worst.get_absolute_url()}#{city.slug}")
    assert row["spread"] == "98–153"
    assert row["count"] == 2


def test_only_the_newest_edition_of_a_publisher_on_a_topic_stands_unless_a_year_is_asked_for(client):
    city, body, topic = make_place(), make_organisation(), make_topic()
    make_ranking_list((city, 7), publisher=body, topic=topic, edition="2020")
    new = make_ranking_list((city, 5), publisher=body, topic=topic, edition="2022")
    other = make_ranking_list((city, 9), publisher=body, edition="2020")
    assert {one.row for one in newest(published())} == {new, other}
    listed = client.get("/rankings/?year=2020").context["matrix"].columns
    assert {column["list"].row.edition for column in listed} == {"2020"}
    assert len(client.get(f"/rankings/?publisher={body.slug}").context["matrix"].columns) == 3
    assert len(client.get(f"/rankings/?topic={topic.slug}").context["matrix"].columns) == 1


def test_a_city_a_partial_list_does_not_print_is_unknown_and_one_off_a_whole_list_is_not_on_it(client):
    here, away = make_place(), make_place()
    make_ranking_list((here, 1), stated_length=50)
    make_ranking_list((away, 1), stated_length=50)
    whole = make_ranking_list((here, 1), stated_length=1)
    page = parse(client.get("/rankings/").text)
    row = next(e for e in page.walk() if e.tag == "tr" and away.get_absolute_url() in e.links())
    assert row.text().count("not in the text at hand") == 1
    assert row.text().count("not on this list") == 1
    assert "all 1 printed" in client.get(whole.get_absolute_url()).text


def test_cities_in_no_list_are_named_as_unknown(client):
    make_ranking_list((make_place(), 1))
    silent = make_place()
    page = client.get("/rankings/")
    assert [row["city"] for row in page.context["matrix"].without] == [silent]
    assert "unknown, not last" in page.text


@pytest.mark.parametrize("wrong", ["topic=nothing", "year=1066", "publisher=nobody", "year=%00", "topic=" + "x" * 3000])
def test_a_wrong_choice_lists_nothing_and_says_so(client, wrong):
    make_ranking_list((make_place(), 1))
    page = client.get(f"/rankings/?{wrong}")
    assert page.status_code == 200
    assert not page.context["matrix"].rows and not page.context["lists"]
    assert "is not known here, so nothing is listed" in page.text


def test_two_lists_are_compared_over_their_common_cities(client):
    cities = [make_place() for _ in range(6)]
    one = make_ranking_list(*((city, n) for n, city in enumerate(cities, 1)))
    two = make_ranking_list(*((city, 60 - n) for n, city in enumerate(cities[:5], 1)), (cities[5], (70, 80)))
    page = client.get(f"/rankings/?a={one.slug}&b={two.slug}")
    compared = page.context["compared"]
    assert (compared["agreement"].n, compared["agreement"].rho) == (5, pytest.approx(-1))
    assert [row["pair"] for row in compared["rows"]] == [(n, 60 - n) for n in range(1, 6)]
    assert "Rank correlation −1.00 over 5 cities." in page.text
    assert client.get(f"/rankings/?a={one.slug}").context["compared"] is None
    assert "is not known here" in client.get(f"/rankings/?a={one.slug}&b=nothing").text


def test_a_list_is_printed_in_its_order_with_names_as_printed_and_its_doubts(client):
    city = make_place(name="Suzhou", name_zh="苏州")
    found = make_ranking_list(("宿州", 2), (city, 1), ("Singapore", 3), stated_length=9)
    found.entries.filter(place=city).update(name_as_printed="蘇州", value="98.140000", verbatim="1 蘇州 98.14")
    NoteLink.objects.create(note=make_note(title="A doubt about the order"), ranking_list=found)
    NoteLink.objects.create(note=make_note(title="Not for readers", is_public=False), ranking_list=found)
    page = client.get(found.get_absolute_url())
    assert [line["name"] for line in page.context["lines"]] == ["宿州", "Suzhou", "Singapore"]
    assert '<span lang="zh">宿州</span>' in page.text
    assert '<span lang="en">Singapore</span>' in page.text
    assert '<span class="other" lang="zh">蘇州</span>' in page.text
    assert "98.14" in page.text and "1 蘇州 98.14" in page.text
    assert "3 of 9 printed" in page.text
    assert "A doubt about the order" in page.text and "Not for readers" not in page.text
    assert f'<tr id="{city.slug}">' in page.text


def test_the_address_of_a_mirror_is_printed_and_not_linked(client):
    found = make_ranking_list((make_place(), 1))
    found.source.address_text = "mirror.example/copy"
    found.source.save()
    page = parse(client.get(found.get_absolute_url()).text)
    assert "mirror.example/copy" in page.text()
    assert not any("mirror.example" in href for href in page.links())


def test_an_edition_leads_to_the_one_before_and_after_of_the_same_list(client):
    body, city = make_organisation(), make_place()
    runs = [make_ranking_list((city, 1), slug=f"index-{y}", edition=str(y), publisher=body) for y in (2019, 2021, 2022)]
    make_ranking_list((city, 1), slug="other-2020", edition="2020", publisher=body)
    context = client.get(runs[1].get_absolute_url()).context
    assert (context["before"], context["after"]) == (runs[0], runs[2])
    assert len(context["others"]) == 3
    assert client.get(runs[0].get_absolute_url()).context["before"] is None


def test_the_profile_says_which_ranks_others_gave_a_city(client):
    city = make_place()
    found = make_ranking_list((make_place(), 1), (city, 2), stated_length=100)
    page = client.get(city.get_absolute_url()).text
    assert "Ranks others gave it" in page
    assert f'<a href="{found.get_absolute_url()}#{city.slug}">2 of 100</a>' in page
    assert "Ranks others gave it" not in client.get(make_place().get_absolute_url()).text


def test_gaps_to_gdp_are_counted_among_the_cities_that_have_both(client):
    cities = [make_place() for _ in range(12)]
    series = make_series(indicator=make_indicator(slug="gdp-current-prices", minimum_coverage=0))
    for n, city in enumerate(cities):
        make_observation(series=series, place=city, value=1000 - n)
    order = [*cities[1:11], cities[0]]  # the largest economy stands last of eleven, at rank 110
    make_ranking_list(*((city, 10 * n) for n, city in enumerate(order, 1)), topic=make_topic(slug="digital-economy"))
    make_ranking_list(*((city, n) for n, city in enumerate(reversed(cities), 1)), topic=make_topic(slug="population"))
    page = client.get("/rankings/surprises/")
    first = page.context["gaps"][0]
    assert (first["place"], first["gap"], first["among"], first["gdp_among"]) == (cities[0], 10, 11, 1)
    assert (first["rank"], first["gdp"], first["n"]) == ("110", "1 of 12", 11)


def test_total_and_per_inhabitant_are_ranked_among_the_cities_that_have_both(client):
    cities = [make_place() for _ in range(6)]
    for form, values in (("total", (60, 50, 40, 30, 20, 99)), ("inhabitant", (1, 2, 3, 4, 5))):
        series = make_series(indicator=make_indicator(family="patents", form=form))
        for city, value in zip(cities, values, strict=False):
            make_observation(series=series, place=city, value=value)
    (family,) = client.get("/rankings/surprises/").context["families"]
    assert family["n"] == 5
    assert {row["place"] for row in family["rows"][:2]} == {cities[0], cities[4]}
    assert [row["gap"] for row in family["rows"]] == [4, 4, 2]
    assert not family["in_source"]


def test_ranks_of_the_source_are_preferred_where_it_prints_both(client):
    cities = [make_place() for _ in range(5)]
    for form, ranks in (("total", (1, 2, 3, 4, 5)), ("inhabitant", (30, 1, 2, 3, 4))):
        series = make_series(indicator=make_indicator(family="patents", form=form))
        for city, rank in zip(cities, ranks, strict=True):
            make_observation(series=series, place=city, kind="rank_only", published_rank=rank)
    (family,) = client.get("/rankings/surprises/").context["families"]
    assert family["in_source"]
    assert (family["rows"][0]["place"], family["rows"][0]["gap"]) == (cities[0], 29)


def test_lists_that_disagree_most_and_contradictions_stand_with_their_rules(client):
    cities = [make_place() for _ in range(10)]
    one = make_ranking_list(*((city, n) for n, city in enumerate(cities, 1)))
    two = make_ranking_list(*((city, n) for n, city in enumerate(reversed(cities), 1)))
    make_ranking_list(*((city, n) for n, city in enumerate(cities[:9], 1)))
    make_note(kind="contradiction", title="Two sources, two numbers")
    page = client.get("/rankings/surprises/")
    (pair,) = page.context["pairs"]
    assert {pair["one"].row, pair["two"].row} == {one, two}
    assert "−1.00" in page.text and "Two sources, two numbers" in page.text
    assert page.text.count("Rule:") == 2


def test_a_hundred_lists_of_fifty_cities_ask_no_more_queries_and_stay_under_a_hundred_kilobytes(client):
    cities = [make_place() for _ in range(51)]
    asked = []
    for _ in range(2):
        for number in range(55):
            printed = cities[number % 7 :: 1 + number % 5]
            make_ranking_list(*((city, n) for n, city in enumerate(printed, 1)), measures="What is measured. " * 12)
        with CaptureQueriesContext(connection) as captured:
            page = client.get("/rankings/")
        asked.append(len(captured))
    assert asked == [3, 3]
    assert len(gzip.compress(page.content)) < 100_000


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_without_any_list_the_pages_still_answer(client, prefix):
    for address in ("/rankings/", "/rankings/surprises/"):
        assert client.get(prefix + address).status_code == 200
    assert client.get(f"{prefix}/rankings/nothing/").status_code == 404
