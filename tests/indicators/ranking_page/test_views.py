"""A ranking as a map, against a second indicator, as a change of ranks: what is drawn, and what is said of the rest."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.crawl import parse

pytestmark = pytest.mark.django_db
SPOTS = ((31.2, 121.5), (39.9, 116.4), (23.1, 113.3), (30.6, 104.1), (22.5, 114.1), (30.3, 120.2), (36.1, 120.4))


@pytest.fixture
def cities():
    made = [
        make.make_place(slug=f"city-{i}", name=f"City {i}", latitude=a, longitude=b) for i, (a, b) in enumerate(SPOTS)
    ]
    make.make_group(*made, slug="observatory-cities", name="the cities of the test")
    return made


def indicator(slug, cities, values, *, period="2021", **more):
    """`values` in the order of the cities; None for no figure, a dict for what is not exact."""
    series = make.make_series(
        indicator=make.make_indicator(slug=slug, name=slug.title(), **more), slug=f"{slug}-series"
    )
    rows(series, cities, values, period)
    return series


def rows(series, cities, values, period):
    for city, value in zip(cities, values, strict=True):
        if value is not None:
            told = value if isinstance(value, dict) else {"value": value}
            make.make_observation(series=series, place=city, period_key=period, **told)


def page(client, address):
    response = client.get(f"/indicators/{address}")
    assert response.status_code == 200
    return response, parse(response.text)


def picture(client, address):
    return page(client, address)[0].context["picture"]


def is_a(element, simple):
    """`simple` is a tag, .class, #id, [attribute] or [attribute=value], or several of them in a row."""
    for kind, name, value in re.findall(r"([.#\[]?)([\w-]+)(?:=([\w-]+))?", simple):
        if kind == "[":
            fits = name in element.attributes and value in ("", element.attributes[name])
        else:
            css = element.attributes.get("class", "").split()
            fits = {".": name in css, "#": element.attributes.get("id") == name, "": element.tag == name}[kind]
        if not fits:
            return False
    return True


def within(tree, path):
    """The elements a path of simple selectors leads to, as in a style sheet."""
    *above, last = path.split()
    found = [element for element in tree.walk() if is_a(element, last)]
    return [one for one in found if all(any(is_a(up, simple) for up in one.ancestors()) for simple in above)]


def links(tree):
    return [(words(link, "title"), link.attributes["href"]) for link in within(tree, "[data-steps] a")]


def words(tree, path):
    return " ".join(" ".join(found.text() for found in within(tree, path)).split())


# --- Bars ---


def test_bars_have_both_ends_of_a_range_and_draw_estimates_and_forecasts_open(client, cities):
    several = {"kind": "range", "low": 20, "high": 30}
    told = [{"value": 9, "status": "estimate"}, {"value": 8, "status": "forecast"}, several, 7, None, None, None]
    indicator("patents", cities, told)
    chart = picture(client, "patents/?view=chart&city=city-3")["chart"]
    points = {one["x"]: (one["kind"], one["low"], one["y"]) for one in chart["data"]["series"][0]["points"]}
    assert points["City 0"][0] == points["City 1"][0] == "estimate"
    assert points["City 2"] == ("range", 20, 30) and points["City 3"][0] == "exact"
    assert chart["data"]["highlight"] == ["City 3"]


# --- The map ---


def test_a_map_links_every_figure_in_order_of_value_and_draws_nothing_for_absence(client, cities):
    absent = {"kind": "not_published", "low": None, "high": None}
    indicator("patents", cities, [30, 10, 20, {"kind": "rank_only", "published_rank": 4}, absent, None, None])
    _response, tree = page(client, "patents/?view=map&city=city-2")
    said = [title for title, _url in links(tree)]
    assert [title.split(":")[0] for title in said] == ["City 0", "City 2", "City 1", "City 3"]
    assert said[0] == "City 0: 30 companies, 2021"
    assert said[3] == "City 3: rank only, 2021 · rank in the source 4"
    assert all(url.startswith("/figures/") for _title, url in links(tree))
    assert [words(link, "title")[:6] for link in within(tree, ".spot-on")] == ["City 2"]
    assert "Coastline only; no borders are drawn" in words(tree, "figure.chart")
    assert "A cross is a rank without a figure." in words(tree, ".view-side")


def test_a_map_says_what_its_signs_mean_and_no_more(client, cities):
    indicator("exact", cities, range(1, 8))
    indicator("bounds", cities, [{"kind": "more_than", "low": n, "high": None} for n in range(1, 8)])
    assert "open circle" not in words(page(client, "exact/?view=map")[1], ".signs")
    told = words(page(client, "bounds/?view=map")[1], ".signs")
    assert "An open circle is a bound" in told and "The area of a circle" not in told


def test_a_city_without_coordinates_is_named_beside_the_map(client, cities):
    cities[0].latitude = cities[0].longitude = None
    cities[0].save()
    indicator("patents", cities, range(1, 8))
    _response, tree = page(client, "patents/?view=map")
    assert len(links(tree)) == 6
    assert "for want of coordinates: City 0" in words(tree, ".view-side")


# --- Two indicators ---


@pytest.fixture
def two(cities):
    """Orders 1 2 3 4 5 and 2 1 3 4 5 among five cities with single figures in both: rank correlation 0.9."""
    indicator("patents", cities, [10, 20, 30, 40, 50, {"kind": "at_least", "low": 60, "high": None}, None])
    return indicator("income", cities, [2, 1, 3, 4, 5, 6, {"kind": "rank_only", "published_rank": 7}])


def test_a_scatter_draws_both_figures_and_prints_the_rank_correlation_with_its_n(client, two):
    _response, tree = page(client, "patents/?view=scatter&with=income")
    assert len(links(tree)) == 6
    assert "City 0: Patents: 10 companies, 2021 · Income: 2 companies, 2021" in [title for title, _url in links(tree)]
    assert words(tree, "#scatter .chart-subtitle") == "Largely: rank correlation 0.90 among 5 cities."
    told = words(tree, ".view-side")
    assert "1 city with a bound or a range is drawn and left out of it." in told
    assert "A correlation says nothing about causes." in told
    assert len(within(tree, ".spot-open")) == 1 + len(within(tree, ".signs .spot-open"))


def test_who_is_not_drawn_is_named_with_the_reason(client, two, cities):
    told = picture(client, "patents/?view=scatter&with=income")["missing"]
    assert [(one["reason"], [c["name"] for c in one["cities"]]) for one in told] == [("No figure: patents", ["City 6"])]
    told = picture(client, "income/?view=scatter&with=patents")["missing"]
    assert [one["reason"] for one in told] == ["No figure: patents"]
    indicator("ranks", cities, [{"kind": "rank_only", "published_rank": 1}, 5, 6, 7, None, None, None])
    told = picture(client, "income/?view=scatter&with=ranks")["missing"]
    reasons = {one["reason"]: [c["name"] for c in one["cities"]] for one in told}
    assert reasons == {"A rank without a figure: ranks": ["City 0"], "No figure: ranks": ["City 4", "City 5", "City 6"]}


def test_the_table_twin_has_both_figures_each_with_its_link(client, two):
    _response, tree = page(client, "patents/?view=scatter&with=income")
    assert len(within(tree, ".view-table tbody tr")) == 6
    assert all(len(within(row, "td a.fig-num")) == 2 for row in within(tree, ".view-table tbody tr"))


def test_no_trend_line_unless_asked_and_then_it_says_what_it_is(client, two):
    _response, tree = page(client, "patents/?view=scatter&with=income")
    assert not within(tree, ".pt-trend")
    assert "?view=scatter&with=income&trend=1#view" in [a.attributes["href"] for a in within(tree, ".view-switches a")]
    _response, tree = page(client, "patents/?view=scatter&with=income&trend=1")
    assert len(within(tree, ".pt-trend")) == 1
    assert "least-squares line" in words(tree, ".view-side")


def test_a_logarithmic_scale_is_offered_and_drawn_only_where_figures_are_far_apart(client, two, cities):
    assert "logarithmic" not in words(page(client, "patents/?view=scatter&with=income")[1], ".view-switches")
    told = page(client, "patents/?view=scatter&with=income&scale=log")[1]
    assert "the scale stays linear" in words(told, ".view-side")
    indicator("wide", cities, [1, 10, 100, 1000, 5, 7, 9])
    assert "Draw on a logarithmic scale" in words(page(client, "patents/?view=scatter&with=wide")[1], ".view-switches")
    _response, tree = page(client, "patents/?view=scatter&with=wide&scale=log")
    assert "Draw on a linear scale" in words(tree, ".view-switches")
    assert {"1", "10", "100", "1,000"} <= {tick.text() for tick in within(tree, ".pt-tick")}


def test_a_second_indicator_without_the_year_gives_its_newest_and_the_axis_says_so(client, two, cities):
    indicator("later", cities, range(1, 8), period="2023")
    titles = words(page(client, "patents/?view=scatter&with=later")[1], ".pt-axis")
    assert "Patents, companies, 2021" in titles and "Later, companies, 2023" in titles


def test_few_common_cities_give_no_correlation(client, two, cities):
    indicator("few", cities, [1, 2, 3, None, None, None, None])
    assert "No correlation is given: 3 cities" in picture(client, "patents/?view=scatter&with=few")["chart"]["subtitle"]


@pytest.mark.parametrize("asked", ["nothing-here", "a\x00b", "%", "x" * 3000])
def test_an_unknown_second_indicator_gets_a_sentence_and_an_empty_list(client, two, asked):
    response, tree = page(client, f"patents/?view=scatter&with={asked}")
    assert "is no value of “with” here" in words(tree, ".notice")
    assert not response.context["picture"] and not within(tree, "[data-steps]")


def test_the_indicator_itself_and_one_of_ranks_alone_are_refused_in_words(client, two, cities):
    assert "the indicator itself" in picture(client, "patents/?view=scatter&with=patents")["refusal"]
    indicator("ranks", cities, [{"kind": "rank_only", "published_rank": n} for n in range(1, 8)])
    told = picture(client, "patents/?view=scatter&with=ranks")
    assert "0 cities have a figure for both" in told["refusal"] and told["table"]["rows"]


def test_the_choice_of_a_second_indicator_leaves_out_itself_and_what_has_too_few_figures(client, two, cities):
    indicator("two-cities", cities, [1, 2, None, None, None, None, None])
    told = picture(client, "patents/?view=scatter")
    assert [one.slug for _topic, found in told["choices"] for one in found] == ["income"]
    _response, tree = page(client, "patents/?view=scatter&period=2021")
    hidden = {one.attributes["name"]: one.attributes["value"] for one in within(tree, ".view-form [type=hidden]")}
    assert hidden == {"view": "scatter", "period": "2021"}


# --- Ranks at two ends ---


@pytest.fixture
def years(cities):
    series = indicator("gdp", cities, [70, 60, 50, 40, 30, 20, None], period="2020")
    rows(series, cities, [70, 60, 20, 50, 40, 10, 99], "2023")
    return series


def test_a_slope_ranks_both_years_among_the_cities_of_both(client, years):
    told = picture(client, "gdp/?view=slope&baseline=2020")
    assert {row["city"]: (row["before"], row["after"]) for row in told["table"]["rows"]} == {
        "City 0": ("1", "1"),
        "City 1": ("2", "2"),
        "City 3": ("4", "3"),
        "City 4": ("5", "4"),
        "City 2": ("3", "5"),
        "City 5": ("6", "6"),
    }
    assert [(one["name"], one["rise"]) for one in told["movers"]] == [("City 2", -2)]
    assert [city["name"] for city in told["lone"]] == ["City 6"]
    assert "among the 6 cities with both figures" in told["chart"]["subtitle"]
    assert not told["chart"]["note"]


def test_without_a_start_a_slope_begins_with_the_earliest_year_that_compares(client, years, cities):
    rows(make.make_series(indicator=years.indicator, family="other", preference=9), cities, range(1, 8), "2015")
    told = picture(client, "gdp/?view=slope")
    assert [(end["label"], end["current"]) for end in told["ends"]] == [("2020", True), ("2015, with care", False)]


def test_a_slope_across_series_is_dashed_and_says_with_care(client, years, cities):
    rows(make.make_series(indicator=years.indicator, family="other", preference=9), cities, range(1, 8), "2015")
    _response, tree = page(client, "gdp/?view=slope&baseline=2015")
    assert len(within(tree, "a .slope-dashed")) == 7
    assert "With care: the two ends come from two series" in words(tree, "#slope .chart-note")


def test_an_interval_of_ranks_is_named_and_not_drawn(client, years, cities):
    make.make_observation(series=years, place=cities[0], period_key="2022", kind="at_least", low=55, high=None)
    rows(years, cities, [None, 60, 50, 40, 30, 20, 10], "2022")
    told = picture(client, "gdp/?view=slope&period=2022&baseline=2020")
    assert "City 0" in told["intervals"]
    assert "City 0" not in [row["city"] for row in told["table"]["rows"]]


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("period=latest", "choose one year"),
        ("with=other", "two forms of one quantity"),
        ("with=gdp-each&period=2020", "no figures of this period"),
    ],
)
def test_what_cannot_be_joined_is_refused_in_words(client, years, cities, query, reason):
    indicator("other", cities, range(1, 8))
    forms(years, cities, [1, 2, 3, 4, 5, 6, 7])
    assert reason in picture(client, f"gdp/?view=slope&{query}")["refusal"]


def forms(years, cities, values):
    years.indicator.family, years.indicator.form = "gdp", "total"
    years.indicator.save()
    return indicator("gdp-each", cities, values, period="2023", family="gdp", form="inhabitant")


def test_two_forms_join_ranks_of_one_kind_only(client, years, cities):
    """Ranks the source prints for one form are not joined with ranks worked out for the other."""
    printed = [{"kind": "exact", "low": n, "high": n, "published_rank": 10 * n} for n in range(1, 8)]
    forms(years, cities, printed)
    told = picture(client, "gdp/?view=slope&with=gdp-each")
    assert "worked out here among the 7 cities" in told["chart"]["subtitle"]
    assert {row["before"] for row in told["table"]["rows"]} == set("1234567")
    for n, row in enumerate(years.observations.filter(period_key="2023"), 3):
        row.published_rank = n
        row.save()
    told = picture(client, "gdp/?view=slope&with=gdp-each")
    assert told["chart"]["subtitle"] == "Rank in the source"
    assert {row["before"] for row in told["table"]["rows"]} == {str(10 * n) for n in range(1, 8)}


def test_forms_of_two_publishers_are_joined_with_care(client, years, cities):
    each = forms(years, cities, range(1, 8))
    told = picture(client, "gdp/?view=slope&with=gdp-each")
    assert told["chart"]["note"].startswith("With care: the two ends come from two series")
    type(each).objects.update(family="one")
    assert not picture(client, "gdp/?view=slope&with=gdp-each")["chart"]["note"]


# --- The list of cities ---


def test_the_list_of_cities_has_a_map_of_dots_in_its_order(client, cities):
    tree = parse(client.get("/cities/").text)
    assert [url for _title, url in links(tree)] == [city.get_absolute_url() for city in cities]
    assert "Coastline only; no borders are drawn" in words(tree, ".city-list-map")
    make.make_place(slug="unplaced")
    assert "1 city without known coordinates" in words(parse(client.get("/cities/").text), ".city-list-map")


def test_a_list_of_nobody_with_coordinates_has_no_map(client):
    make.make_place(slug="here"), make.make_place(slug="there")
    assert client.get("/cities/").context["map"] is None


# --- Queries ---


@pytest.mark.parametrize(
    "address",
    [
        "/indicators/gdp/?view=map",
        "/indicators/gdp/?view=scatter",
        "/indicators/gdp/?view=scatter&with=gdp-each",
        "/indicators/gdp/?view=slope&baseline=2020",
        "/indicators/gdp/?view=slope&with=gdp-each",
        "/cities/",
    ],
)
def test_ten_times_the_data_ask_no_further_queries(client, years, cities, address):
    each = forms(years, cities, range(1, 8))
    before = counted(client, address)
    for i in range(60):
        place = make.make_place(latitude=25 + i / 4, longitude=105 + i / 4)
        for series, period in ((years, "2020"), (years, "2023"), (each, "2023")):
            make.make_observation(series=series, place=place, value=100 + i, period_key=period)
    for i in range(9):
        indicator(f"further-{i}", cities, range(1, 8), topic=each.indicator.topic)
        rows(years, cities, range(1, 8), str(2000 + i))
    assert counted(client, address) == before


def counted(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    return len(found)


@pytest.mark.parametrize("view", ["view=map", "view=scatter&with=gdp-each", "view=slope"])
def test_the_source_line_closes_every_picture(client, years, cities, view):
    forms(years, cities, range(1, 8))
    one = make.make_source(title="Statistical communiqué")
    years.observations.update(source=one)
    tree = page(client, f"gdp/?{view}")[1]
    assert within(tree, "#view .chart-source")
    if "with" not in view:
        assert "Statistical communiqué" in words(tree, "#view .chart-source a")
