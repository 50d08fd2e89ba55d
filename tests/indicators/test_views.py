"""Every page of the app answers in both languages, in a fixed number of queries, and says what it must say."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from tests import crawl
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def density():
    """The shape of the articles: a group whose members nobody printed, ranks without figures, a national figure."""
    group = make.make_group(name="the 50 largest cities by GDP in 2021, as the source says", stated_size=50)
    indicator = make.make_indicator(slug="density", name="Digital density", decimals=2, unit="per 10,000 inhabitants")
    series = make.make_series(indicator=indicator, group=group, unit_inferred=True, announced_length=10)
    source = make.make_source(nearness="repost", language="en")
    rows = {}
    for rank, (slug, value) in enumerate([("shenzhen", "5.86"), ("beijing", None), ("shanghai", "3.58")], 1):
        place = make.make_place(slug=slug, name=slug.title())
        told = {"value": value} if value else {"kind": "rank_only"}
        rows[slug] = make.make_observation(series=series, place=place, source=source, published_rank=rank, **told)
    rows["qingdao"] = make.make_observation(
        series=series,
        place=make.make_place(slug="qingdao", name="Qingdao"),
        source=source,
        kind="rank_only",
        published_rank=11,
        published_rank_to=20,
    )
    rows["indicator"] = indicator
    return rows


def get(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return response


def test_a_ranking_keeps_ranks_without_figures_and_says_among_whom(client, density):
    response = get(client, "/indicators/density/", period="2021")
    rows = response.context["table"]["rows"]
    assert [(row["rank"], row["city"]) for row in rows] == [
        ("1", "Shenzhen"),
        ("2", "Beijing"),
        ("3", "Shanghai"),
        ("11–20", "Qingdao"),
    ]
    assert [row["bar"] is None for row in rows] == [False, True, False, True]
    page = response.content.decode()
    assert "1 of 50, among the 50 largest cities by GDP in 2021, as the source says" in page
    assert "46 cities are not in the text at hand" in page
    assert "(unit inferred)" in page
    assert "No rank is worked out here" in page
    assert response.context["headline"] == "Shenzhen ranks first in digital density"


def test_a_bound_is_drawn_open_and_never_stands_without_its_mark(client, density):
    series = density["shenzhen"].series
    make.make_observation(series=series, place=make.make_place(), kind="more_than", low=4, high=None)
    row = next(
        row
        for row in get(client, "/indicators/density/").context["table"]["rows"]
        if row["figure"]["kind"] == "more_than"
    )
    assert (row["open"], row["figure"]["text"]) == ("up", "> 4.00")


def test_the_source_opens_beside_its_row_without_script(client, density):
    row = density["shanghai"]
    response = get(client, "/indicators/density/", open=row.uid)
    opened = [line for line in response.context["table"]["rows"] if line["is_open"]]
    assert [line["city"] for line in opened] == ["Shanghai"]
    assert "Loaded with the site, not yet checked against the original" in response.content.decode()


@pytest.mark.parametrize("name", ["period", "series", "group", "city", "seen", "view", "open"])
def test_a_bad_value_gets_a_sentence_and_an_empty_list(client, density, name):
    response = get(client, "/indicators/density/", **{name: "no-such-thing"})
    assert response.context["page"].problems
    assert response.context["table"] is None
    assert "no-such-thing" in response.content.decode()


def test_a_period_without_figures_blames_no_source(client, density):
    page = get(client, "/indicators/density/", period="1999")
    assert page.context["description"] == "0 of 50 cities have data."
    assert page.context["table"]["rows"] == []


def test_unknown_names_are_ignored(client, density):
    assert get(client, "/indicators/density/", utm="x").context["table"]["rows"]


def test_seen_original_keeps_only_what_was_seen_in_the_original(client, density):
    assert get(client, "/indicators/density/", seen="original").context["table"]["rows"] == []
    assert get(client, "/indicators/density/", seen="repost").context["table"]["rows"]


def test_a_chosen_city_is_marked(client, density):
    rows = get(client, "/indicators/density/", city="beijing").context["table"]["rows"]
    assert [row["city"] for row in rows if row["selected"]] == ["Beijing"]


def test_ranks_are_worked_out_where_enough_of_the_group_is_known(client):
    cities = [make.make_place() for _n in range(4)]
    group = make.make_group(*cities)
    series = make.make_series(indicator=make.make_indicator(slug="gdp", default_group=group))
    for place, value in zip(cities[:3], (30, 20, 20), strict=True):
        make.make_observation(series=series, place=place, value=value, period_key="2023")
    response = get(client, "/indicators/gdp/")
    table = response.context["table"]
    assert [row["rank"] for row in table["rows"]] == ["1", "=2", "=2"]
    assert table["rank_label"] == "Rank worked out here, of 3"  # of those with a figure; the fourth has none
    assert [row["reason"] for row in table["unranked"]] == ["no figure published"]


def test_a_disputed_figure_is_shown_and_takes_part_in_no_ranking(client, density):
    note = make.make_note(excludes_from_ranking=True, kind="disputed", slug="doubt")
    note.links.create(observation=density["shenzhen"])
    response = get(client, "/indicators/density/")
    assert "Shenzhen" not in [row["city"] for row in response.context["table"]["rows"]]
    (row,) = response.context["table"]["unranked"]
    assert "5.86" in row["reason"]
    assert row["url"] == density["shenzhen"].get_absolute_url()


def test_latest_takes_the_newest_figure_of_each_city_with_its_year(client, density):
    series, place = density["shenzhen"].series, density["shenzhen"].place
    make.make_observation(series=series, place=place, value=7, period_key="2022")
    rows = get(client, "/indicators/density/", period="latest").context["table"]["rows"]
    assert {row["city"]: row["period"] for row in rows}["Shenzhen"] == "2022"
    assert len(rows) == 4
    rows = get(client, "/indicators/density/").context["table"]["rows"]
    assert {row["period"] for row in rows} == {"2021"}, "2022 has one city: no ranking"


def test_the_preferred_series_answers_first_and_the_other_is_one_step_away(client, density):
    other = make.make_series(indicator=density["indicator"], preference=2, slug="other")
    for city in ("shenzhen", "beijing", "shanghai"):
        make.make_observation(series=other, place=density[city].place, value=9, period_key="2024")
    response = get(client, "/indicators/density/")
    assert response.context["page"].series.slug != "other"
    assert any(
        option["url"].startswith("?series=other") for c in response.context["controls"] for option in c["options"]
    )
    assert get(client, "/indicators/density/", series="other").context["page"].period == "2024"


def test_an_indicator_of_two_cities_has_no_ranking_and_no_place_in_the_catalogue(client):
    row = make.make_observation(series=make.make_series(indicator=make.make_indicator(slug="rare")))
    response = get(client, "/indicators/rare/")
    assert response.context["table"] is None
    assert row.get_absolute_url() in response.content.decode()
    assert "/indicators/rare/" not in get(client, "/indicators/").content.decode()
    assert "Stated for one city" in get(client, row.place.get_absolute_url()).content.decode()


def test_the_catalogue_says_how_many_cities_have_data_and_who_is_first(client, density):
    page = get(client, "/indicators/").content.decode()
    assert "4 of 4 cities have data" in page
    assert "/cities/shenzhen/" in page


def test_a_profile_says_rank_group_and_source_and_sets_the_country_beside_its_part(client, density):
    china = make.make_place(slug="china", name="China", level="country", is_city=False)
    place = density["shenzhen"].place
    place.parent = china
    place.save()
    series = make.make_series(indicator=make.make_indicator(unit="models"))
    make.make_observation(series=series, place=place, value=38)
    make.make_observation(series=series, place=china, kind="at_least", low=79, high=None)
    page = get(client, "/cities/shenzhen/").content.decode()
    assert "1 of 50" in page
    assert "at least 79" in page
    assert "at least 79" in get(client, "/regions/china/").content.decode()


def test_a_line_never_crosses_a_series(client):
    place, indicator = make.make_place(slug="xian"), make.make_indicator()
    for vintage, years in (("before", (2019, 2020, 2021)), ("after", (2022, 2023))):
        series = make.make_series(indicator=indicator, vintage=vintage, preference=len(vintage))
        for year in years:
            make.make_observation(series=series, place=place, value=year, period_key=str(year))
    chart = get(client, "/cities/xian/").context["chart"]
    assert [len(line["points"]) for line in chart["data"]["series"]] == [2, 3]


def test_a_city_asked_for_as_a_region_is_sent_on(client):
    city, region = make.make_place(slug="beijing"), make.make_place(slug="hebei", is_city=False)
    assert client.get("/regions/beijing/")["Location"] == city.get_absolute_url()
    assert client.get("/cities/hebei/")["Location"] == region.get_absolute_url()
    assert client.get("/cities/nowhere/").status_code == 404


def test_cities_are_found_in_both_scripts(client):
    make.make_place(slug="xian", name="Xi'an", name_zh="西安市")
    make.make_place(slug="wuxi", name="Wuxi", name_zh="无锡市")
    assert client.get("/cities/", {"q": "西安"})["Location"] == "/cities/xian/"
    assert "No city of this name" in get(client, "/cities/", q="Atlantis").content.decode()


def test_a_source_lists_what_was_taken_from_it_and_prints_a_mirror_as_text(client, density):
    source = density["shenzhen"].source
    source.address_text = "mirror.example/page"
    source.save()
    page = get(client, source.get_absolute_url()).content.decode()
    assert "4 figures taken from it" in page
    assert "mirror.example/page" in page and 'href="mirror' not in page
    assert "There is no page" in get(client, source.get_absolute_url(), page="99").content.decode()
    assert source.get_absolute_url() in get(client, "/sources/").content.decode()


def test_drafts_are_nowhere(client, density):
    series = density["shenzhen"].series
    place = make.make_place(slug="draftville", name="Draftville")
    row = make.make_observation(series=series, place=place, value="777.25", state="draft")
    for address in ("/indicators/density/", "/cities/draftville/", row.source.get_absolute_url(), "/"):
        assert "777.25" not in get(client, address).content.decode()


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_every_page_answers_in_both_languages(client, density, prefix):
    pages = ["/indicators/", "/indicators/density/", "/indicators/density/?view=chart", "/cities/", "/cities/beijing/"]
    for address in [*pages, "/sources/", reverse("indicators:source", args=[density["beijing"].source.slug])]:
        get(client, prefix + address)


def count_queries(client, django_assert_max_num_queries, address):
    with django_assert_max_num_queries(60) as found:
        get(client, address)
    return len(found)


@pytest.mark.parametrize(
    "address", ["/indicators/", "/indicators/density/", "/cities/", "/cities/shenzhen/", "/sources/"]
)
def test_ten_times_the_rows_ask_no_further_queries(client, density, django_assert_max_num_queries, address):
    get(client, address)
    before = count_queries(client, django_assert_max_num_queries, address)
    for _n in range(30):
        make.make_observation(series=density["shenzhen"].series, value=2)
        series = make.make_series(indicator=make.make_indicator(topic=density["indicator"].topic))
        for city in ("shenzhen", "beijing", "shanghai"):
            make.make_observation(series=series, place=density[city].place, value=2)
    assert count_queries(client, django_assert_max_num_queries, address) == before


def test_two_figures_of_one_year_say_which_series_each_belongs_to(client):
    place, indicator = make.make_place(slug="xian"), make.make_indicator()
    for name, preference in (("as revised", 1), ("first published", 2)):
        series = make.make_series(indicator=indicator, name=name, preference=preference)
        make.make_observation(series=series, place=place, value=preference, period_key="2023")
        make.make_observation(series=series, place=place, value=preference, period_key="2022")
    (topic,) = get(client, "/cities/xian/").context["single"]
    others = [(other["period"], other["series"]) for other in topic["rows"][0]["others"]]
    assert others == [("2022", ""), ("2023", "first published"), ("2022", "first published")]


def test_a_key_figure_without_rank_and_note_begins_with_its_known_problem():
    card = {"label": "Share", "problem_url": "/notes/#doubt", "figure": {"url": "/figures/o/", "text": "8.58"}}
    html = render_to_string("components/stat_cards.html", {"cards": [card, card | {"rank": "1 of 50"}]})
    notes = [" ".join(e.text().split()) for e in crawl.parse(html).walk() if e.attributes.get("class") == "stat-note"]
    assert notes == ["known problem", "1 of 50 · known problem"]
