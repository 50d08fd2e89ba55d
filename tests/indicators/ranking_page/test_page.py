"""What an address of a ranking shows: groups, baseline, order, pages, the marked city. Small content, made here."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.claims import Claim
from indicators.models import NoteLink
from indicators.ranking_page.words import factor
from tests import factories as make

pytestmark = pytest.mark.django_db
CITIES = ("ahead", "below", "centre", "distant", "edge", "far")


def get(client, **query):
    response = client.get("/indicators/gdp/", query)
    assert response.status_code == 200
    return response


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def rows(response):
    return [(row["rank"], row["slug"]) for row in response.context["table"]["rows"]]


@pytest.fixture
def gdp():
    """Six cities over three years in one series, five in a revised series of a later year."""
    indicator = make.make_indicator(slug="gdp", name="GDP", unit="yuan", unit_zh="元")
    places = {slug: make.make_place(slug=slug) for slug in CITIES}
    make.make_group(*places.values(), slug="observatory-cities")
    first = make.make_series(indicator=indicator, slug="first", preference=2, vintage="before the census")
    revised = make.make_series(indicator=indicator, slug="revised", preference=1, vintage="after the census")
    figures = {
        first: {
            "2020": (60, 50, 40, 30, 20, 10),
            "2021": (60, 50, 40, 30, 20, 11),
            "2022": (60, 50, 44, 30, 45, 12),
        },
        revised: {"2023": (61, 51, 50, 52, None, 13)},
    }
    source = make.make_source()
    for series, years in figures.items():
        for year, values in years.items():
            for place, value in zip(places.values(), values, strict=True):
                if value is not None:
                    make.make_observation(series=series, place=place, source=source, period_key=year, value=value)
    return places


# --- Groups ---


def test_a_group_of_ones_own_has_ranks_median_and_coverage_worked_out_again(client, gdp):
    page = get(client, group="far,below,edge,distant,centre", series="first", period="2020")
    assert rows(page) == [("1", "below"), ("2", "centre"), ("3", "distant"), ("4", "edge"), ("5", "far")]
    assert page.context["table"]["median"]["text"] == "30"
    assert page.context["description"].endswith("5 of 5 cities have data.")
    assert page.context["headline"] == "Below ranks first in GDP among the 5 cities chosen in the address"
    page = get(client, group="below,edge,far")
    assert "2 of 3 cities have a figure, too few" in words(page)
    assert "among Below, Edge and Far" in words(page)


@pytest.mark.parametrize(
    ("group", "sentence"),
    [
        ("below,atlantis", "No city here is called “atlantis”"),
        ("below,", "A group of your own holds 2 to 60 cities; this address names 1."),
        ("below,\x00", "No city here is called"),
        ("no-such-group", "“no-such-group” is no value of “group” here"),
        (",".join(f"city{n}" for n in range(99)), "this address names 99"),
        ("below", "A group of your own holds 2 to 60 cities; this address names 1."),
    ],
)
def test_a_group_nobody_knows_gets_a_sentence_and_an_empty_list(client, gdp, group, sentence):
    page = get(client, group=group)
    assert sentence in words(page) and page.context["table"] is None


def test_an_editors_group_of_another_indicator_can_be_asked_for(client, gdp):
    make.make_group(*list(gdp.values())[2:], slug="province", name="the cities of the province")
    page = get(client, group="province", period="2022")
    assert rows(page)[0] == ("1", "edge")
    assert any("the cities of the province" in option["label"] for option in choices(page, "Among"))


def choices(page, label):
    return next(control["options"] for control in page.context["controls"] if control["label"] == label)


def test_boxes_ticked_in_the_form_lead_to_one_address(client, gdp):
    response = client.get("/indicators/gdp/?period=2020&group=far&group=edge&group=below")
    assert response.url == "/indicators/gdp/?period=2020&group=far,edge,below"


def test_a_sentence_to_copy_names_a_group_of_ones_own_in_its_own_language(client, gdp):
    row = gdp["ahead"].observations.get(series__slug="first", period_key="2022")
    page = get(client, series="first", period="2022", group="ahead,below,far", open=row.uid)
    copy = next(one["where"] for one in page.context["table"]["rows"] if one["is_open"])["copy"]
    assert "among Ahead, Below and Far" in copy["en"]
    assert "Below and Far" not in copy["zh-hans"] and "某市、某市" in copy["zh-hans"]


def test_ranks_of_another_form_are_among_the_same_cities_and_as_near_to_the_original(client, gdp):
    type(gdp["far"].observations.first().series.indicator).objects.update(family="gdp", form="total")
    each = make.make_indicator(slug="gdp-each", family="gdp", form="inhabitant")
    series = make.make_series(indicator=each)
    for value, place in enumerate(gdp.values()):
        make.make_observation(series=series, place=place, period_key="2022", value=value)
    query = {"series": "first", "period": "2022"}
    (column,) = get(client, group="ahead,below,centre", **query).context["table"]["columns"]
    assert [column["ranks"][gdp[slug].pk] for slug in ("ahead", "below", "centre")] == ["3", "2", "1"]
    assert len(column["ranks"]) == 3
    series.observations.update(source=make.make_source(nearness="repost"))
    assert get(client, seen="press", **query).context["table"]["columns"] == []


def test_a_form_asked_for_with_a_null_byte_is_no_crash(client, gdp):
    type(gdp["far"].observations.first().series.indicator).objects.update(family="gdp", form="total")
    assert "is no value of “per” here" in words(get(client, per="a\x00b"))


def test_the_rank_of_the_source_stays_what_it_is_in_another_group(client, gdp):
    series = make.make_series(indicator=make.make_indicator(slug="listed"), group=make.make_group(slug="hundred"))
    for rank, place in enumerate(list(gdp.values())[:4], 1):
        make.make_observation(series=series, place=place, value=100 - rank, published_rank=rank)
    page = client.get("/indicators/listed/", {"group": "below,centre,distant"})
    assert [(row["rank"], row["rank_here"]) for row in page.context["table"]["rows"]] == [
        ("2", "1"),
        ("3", "2"),
        ("4", "3"),
    ]
    assert "The rank in the source is the one among the cities of hundred." in words(page)


def test_cities_whose_original_nobody_saw_are_told_from_cities_without_a_figure(client, gdp):
    page = get(client, series="first", period="2022", seen="original")
    assert page.context["description"] == "0 of 6 cities have data as near as “original seen”."
    assert words(page).count("there is one: press report") == 6 and "<table" not in page.text
    source = make.make_source(nearness="original", url="https://example.org/")
    gdp["far"].observations.filter(period_key="2022").update(source=source)
    gdp["edge"].observations.filter(period_key="2022").delete()
    page = get(client, series="first", period="2022", seen="original")
    reasons = {row["slug"]: row["reason"] for row in page.context["table"]["unranked"]}
    assert reasons["ahead"] == "no figure as near as “original seen”; there is one: press report"
    assert reasons["edge"] == "newest figure: 2021" and "far" not in reasons


def test_a_figure_of_at_most_nothing_is_a_bar_of_no_length(client, gdp):
    row = gdp["far"].observations.get(series__slug="first", period_key="2022")
    type(row).objects.filter(pk=row.pk).update(kind="at_most", low=None, high=0)
    bars = {row["slug"]: row["bar"] for row in get(client, series="first", period="2022").context["table"]["rows"]}
    assert bars["far"] == 0 and bars["ahead"] == 100


# --- Baseline ---


def changes(page):
    found = {}
    for row in page.context["table"]["rows"]:
        value, rank = row["change"]["value"], row["change"]["rank"]
        found[row["slug"]] = (value and value["text"], value and value["percent"], rank and rank["spoken"])
    return found


def test_a_baseline_of_the_same_series_gives_changes_of_value_and_rank(client, gdp):
    found = changes(get(client, series="first", period="2022", baseline="2020"))
    assert found["edge"] == ("+25", "+125.0 %", "up 2 places, from 5 to 3")
    assert found["centre"] == ("+4", "+10.0 %", "down 1 place, from 3 to 4")
    assert found["ahead"] == ("0", "0.0 %", "unchanged at 1")


def test_a_baseline_of_another_vintage_gives_ranks_with_the_mark_and_withholds_differences(client, gdp):
    page = get(client, period="2023", baseline="2020")
    found, text = changes(page), words(page)
    assert all(value is None for value, _percent, _rank in found.values())
    assert found["distant"][2] == "up 2 places, from 4 to 2"
    assert "with care" in text and "differences of values are withheld" in text
    assert "(before the census; after the census)" in text
    assert "With a figure in 2020 only: Edge" in text.replace(" .", ".")


@pytest.mark.parametrize("year", ["1999", "2022", "latest", "nonsense", "\x00"])
def test_a_baseline_that_cannot_stand_beside_the_year_gets_a_sentence(client, gdp, year):
    page = get(client, series="first", period="2022", baseline=year)
    assert page.context["table"] is None and "can stand beside those of" in words(page)


def test_a_bound_keeps_its_strength_in_the_difference(client, gdp):
    row = gdp["ahead"].observations.get(series__slug="first", period_key="2022")
    type(row).objects.filter(pk=row.pk).update(kind="more_than", low=70, high=None)
    assert changes(get(client, series="first", period="2022", baseline="2020"))["ahead"][:2] == ("> +10", "")


def test_a_move_that_is_only_a_least_is_spoken_as_one(client, gdp):
    row = gdp["edge"].observations.get(series__slug="first", period_key="2022")
    type(row).objects.filter(pk=row.pk).update(kind="more_than", low=43, high=None)
    found = changes(get(client, series="first", period="2022", baseline="2020"))
    assert found["edge"][2] == "up at least 1 place, from 5 to 1–4"


def test_ranks_of_the_source_that_are_intervals_are_named_and_not_drawn(client, gdp):
    rows = gdp["far"].observations.model.objects.filter(series__slug="first")
    for rank, place in enumerate(gdp.values(), 1):
        rows.filter(place=place).update(published_rank=rank)
    rows.filter(place=gdp["below"], period_key="2020").update(published_rank_to=5)
    movement = get(client, series="first").context["movement"]
    assert movement["intervals"] == "Below" and len(movement["rows"]) == 6
    drawn = movement["chart"]["data"]["series"]
    assert [one["name"] for one in drawn] == ["Ahead", "Centre", "Distant", "Edge", "Far"]
    rows.filter(period_key="2021").update(published_rank=2, published_rank_to=6)
    page = get(client, series="first")
    assert page.context["movement"]["chart"] is None and "Ranks by GDP, 2020–2022" in words(page)


def test_a_figure_kept_out_of_every_rank_moves_nowhere_by_the_rank_of_its_source(client, gdp):
    rows = gdp["far"].observations.model.objects.filter(series__slug="first")
    for rank, place in enumerate(gdp.values(), 1):
        rows.filter(place=place).update(published_rank=rank)
    doubted = rows.get(place=gdp["below"], period_key="2020")
    NoteLink.objects.create(note=make.make_note(excludes_from_ranking=True), observation=doubted)
    page = get(client, series="first", period="2022", baseline="2020")
    assert page.context["page"].baseline.is_printed
    assert {slug for slug, found in changes(page).items() if found[2] is None} == {"below"}
    assert "below" not in [row["slug"] for row in page.context["movement"]["rows"]]


def test_who_moved_is_told_over_the_longest_span_of_the_series_with_three_years(client, gdp):
    page = get(client)
    movement = page.context["movement"]
    assert movement["title"] == "Who moved, 2020 to 2022"
    assert [(line["slug"], line["change"]["n"]) for line in movement["up"]] == [("edge", "2")]
    assert [line["slug"] for line in movement["down"]] == ["centre", "distant"]
    assert [rank["text"] for rank in movement["rows"][2]["ranks"]] == ["5", "5", "3"]
    assert all(rank["url"].startswith("/figures/") for line in movement["rows"] for rank in line["ranks"])


def test_two_years_are_no_history(client, gdp):
    gdp["ahead"].observations.model.objects.filter(period_key="2021").delete()
    assert get(client).context["movement"] is None


# --- Order, pages, the marked city ---


@pytest.mark.parametrize(
    ("sort", "first"),
    [("", "ahead"), ("-rank", "far"), ("-city", "far"), ("value", "far"), ("-value", "ahead"), ("-change", "edge")],
)
def test_an_address_says_in_which_order_rows_stand(client, gdp, sort, first):
    page = get(client, series="first", period="2022", baseline="2020", sort=sort)
    assert rows(page)[0][1] == first


def test_the_head_of_the_sorted_column_says_so_and_turns_it_round(client, gdp):
    page = get(client, series="first", period="2022", sort="-value")
    html = page.content.decode()
    assert html.count("aria-sort=") == 1 and 'aria-sort="descending"' in html
    heads = page.context["table"]["sort"]
    assert "sort=value" in heads["value"]["url"] and "sort=city" in heads["city"]["url"]


def test_a_row_without_a_figure_stands_last_whichever_way_figures_run(client, gdp):
    row = gdp["ahead"].observations.get(series__slug="first", period_key="2022")
    type(row).objects.filter(pk=row.pk).update(kind="rank_only", low=None, high=None, published_rank=1)
    for sort in ("value", "-value"):
        assert rows(get(client, series="first", period="2022", sort=sort))[-1][1] == "ahead"


@pytest.fixture
def many():
    indicator = make.make_indicator(slug="gdp")
    places = [make.make_place(slug=f"city-{n:03}") for n in range(120)]
    make.make_group(*places, slug="observatory-cities")
    series, source = make.make_series(indicator=indicator, slug="s"), make.make_source()
    for n, place in enumerate(places):
        make.make_observation(series=series, place=place, source=source, value=1000 - n)
    return places


def test_fifty_rows_a_page_and_all_one_click_away(client, many):
    page = get(client)
    assert len(rows(page)) == 50 and [one["n"] for one in page.context["table"]["pages"]["numbers"]] == [1, 2, 3]
    assert rows(get(client, page="3"))[0] == ("101", "city-100")
    everything = get(client, page="all")
    assert len(rows(everything)) == 120
    assert "All 120 cities at once" in words(page)


@pytest.mark.parametrize("number", ["0", "4", "-1", "x", "9" * 90, "²"])
def test_a_page_that_is_not_there_gets_a_sentence(client, many, number):
    page = get(client, page=number)
    assert "is no value of “page” here" in words(page) and page.context["table"] is None


def test_a_marked_city_brings_its_page_and_is_pinned_on_others(client, many):
    page = get(client, city="city-077")
    assert ("78", "city-077") in rows(page) and page.context["table"]["pinned"] is None
    assert page.context["marked"]["rank"].startswith("78 of 120")
    page = get(client, city="city-077", page="1")
    assert page.context["table"]["pinned"]["slug"] == "city-077"
    assert page.content.decode().count('id="at-city-077"') == 1


def test_a_last_page_of_a_few_rows_joins_the_one_before(client, gdp):
    for n in range(50):
        place = make.make_place(slug=f"more-{n}")
        make.make_observation(series=gdp["far"].observations.filter(series__slug="first").first().series, place=place)
    assert get(client, series="first", period="latest").context["table"]["pages"] is None


def test_a_marked_city_outside_the_group_is_no_mistake(client, gdp):
    page = get(client, series="first", group="ahead,below,centre", city="far")
    assert rows(page) and "It does not belong to the cities shown." in words(page)
    page = get(client, city="atlantis")
    assert page.context["table"] is None and "“atlantis” is no value of “city” here" in words(page)


# --- Sentences ---


def test_the_summary_names_leader_spread_and_coverage_and_links_every_number(client, gdp):
    page = get(client, series="first", period="2022")
    assert page.context["description"] == (
        "Ahead stands first with 60 yuan. Far, the last, has 12; the first has 5.0 times that, and 1.35 times the"
        " median. 6 of 6 cities have data."
    )
    without_links = re.sub(r"<a [^>]*>[^<]*</a>", "", page.context["standfirst"])
    assert not re.search(r"\d", without_links)


def test_the_first_by_its_source_is_not_set_against_the_last_by_a_rank_worked_out_here(client, gdp):
    gdp["below"].observations.filter(series__slug="first").update(published_rank=1)
    said = get(client, series="first", period="2022").context["description"]
    assert said == "Below stands first with 50 yuan. 6 of 6 cities have data."


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [("exact", "2.96", "3.0"), ("more_than", "2.96", "more than 2.9"), ("at_most", "2.94", "at most 3.0")],
)
def test_how_many_times_rounds_a_bound_to_the_side_that_stays_true(kind, value, words):
    low, high = (None if kind == "at_most" else Decimal(value)), (None if kind == "more_than" else Decimal(value))
    assert factor(Claim(kind, low, high), Claim("exact", Decimal(1), Decimal(1))) == words


def test_leaders_that_cannot_be_told_apart_are_named_together(client, gdp):
    for slug in ("ahead", "below"):
        row = gdp[slug].observations.get(series__slug="first", period_key="2022")
        type(row).objects.filter(pk=row.pk).update(kind="more_than", low=60, high=None)
    said = get(client, series="first", period="2022").context["description"]
    assert said.startswith("Ahead (more than 60) and Below (more than 60) cannot be told apart at the top.")


def test_less_is_better_turns_the_spread_round(client, gdp):
    type(gdp["far"].observations.first().series.indicator).objects.update(direction="lower")
    said = get(client, series="first", period="2022").context["description"]
    assert said.startswith("Far stands first with 12 yuan. Ahead, the last, has 5.0 times that: 60.")


def test_other_choices_keep_the_way_numbers_are_printed(client, gdp):
    page = get(client, series="first", numbers="full")
    assert all("numbers=full" in option["url"] for option in choices(page, "Year or date"))


# --- Queries ---


def queries(client, **query):
    with CaptureQueriesContext(connection) as captured:
        get(client, **query)
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_cities_indicators_and_years(client, gdp):
    query = {"series": "first", "period": "2022", "baseline": "2020", "city": "far"}
    get(client, **query)
    few = queries(client, **query)
    series, source = gdp["far"].observations.filter(series__slug="first").first().series, make.make_source()
    places = [make.make_place() for _n in range(54)]
    for place in places:
        make.make_observation(series=series, place=place, source=source, period_key="2022", value=5)
    for year in range(1991, 2020):
        for place in list(gdp.values())[:3]:
            make.make_observation(series=series, place=place, source=source, period_key=str(year), value=year)
    for _n in range(10):
        other = make.make_indicator(topic=series.indicator.topic)
        make.make_group(*places[:3])
        for place in places[:3]:
            make.make_observation(series=make.make_series(indicator=other), place=place, source=source)
    assert queries(client, **query) == few
