"""A profile as a reader meets it: verdicts, neighbours in rank, what stands out, nearest in size, changes, paper."""

import re
from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators import workflow
from indicators.models import KeyFigure, NoteLink
from tests import factories as make

pytestmark = pytest.mark.django_db


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.text.split())


def words(html):
    return re.sub(r"<[^>]+>", "", html)


@pytest.fixture
def cities():
    return [make.make_place(slug=slug, name=slug.title()) for slug in ("anyang", "baoji", "cixi", "dali", "enshi")]


def figures(cities, *values, **indicator):
    """One figure a city in one series; a dict says more than a number."""
    series = make.make_series(indicator=make.make_indicator(**indicator))
    told = [value if isinstance(value, dict) else {"value": value} for value in values]
    return [make.make_observation(series=series, place=place, **t) for place, t in zip(cities, told, strict=False)]


def row_of(client, place, slug):
    context = client.get(place.get_absolute_url()).context
    rows = [row for group in context["topics"] for row in [*group["rows"], *group["more"]]]
    return next(row for row in rows if row["id"] == f"f-{slug}")


def test_a_rate_is_set_against_the_median_of_the_cities_with_a_figure(client, cities):
    figures(cities, 12, 10, 8, 6, 4, slug="density", unit="companies per km2", form="inhabitant")
    verdict = row_of(client, cities[0], "density")["verdict"]
    assert words(verdict) == "Well above the median of the 5 cities with a figure: 8 companies per km2."
    assert "/indicators/density/?period=2021" in verdict and "city=anyang" in verdict


def test_of_a_thin_profile_nothing_is_said_on_size_alone(client, cities):
    figures(cities, 12, 10, 8, 6, 4, slug="firms", unit="companies")
    row = row_of(client, cities[0], "firms")
    assert row["verdict"] == "" and row["ranks"][0]["text"] == "1 of 5"


def test_a_bound_that_allows_no_grade_says_nothing(client, cities):
    bound = {"kind": "at_least", "low": 7, "high": None}
    figures(cities, bound, 10, 8, 6, 4, slug="density", unit="companies per km2")
    assert row_of(client, cities[0], "density")["verdict"] == ""


def test_steps_lead_to_the_same_row_of_the_cities_beside(client, cities):
    figures(cities, 9, 7, 7, 5, 3, slug="firms")
    steps = row_of(client, cities[3], "firms")["steps"]
    assert [(city["name"], city["url"]) for city in steps["above"]["cities"]] == [
        ("Baoji", "/cities/baoji/#f-firms"),
        ("Cixi", "/cities/cixi/#f-firms"),
    ]
    assert (steps["above"]["rank"], steps["below"]["rank"]) == ("=2", "5")
    assert "below" not in row_of(client, cities[4], "firms")["steps"]


def test_an_interval_has_no_steps(client, cities):
    figures(cities, {"kind": "at_least", "low": 4, "high": None}, 7, 6, 5, 3, slug="firms")
    row = row_of(client, cities[0], "firms")
    assert row["steps"] is None and "–" in row["ranks"][0]["text"]


def test_the_rank_in_the_source_and_the_one_worked_out_here_stand_apart(client, cities):
    figures(cities, {"value": 9, "published_rank": 2}, 7, 6, 5, 3, slug="firms")
    ranks = row_of(client, cities[0], "firms")["ranks"]
    assert [(rank["text"], rank["note"]) for rank in ranks] == [
        ("2", "in the source"),
        ("1 of 5", "worked out here"),
    ]


def test_a_key_figure_without_a_value_prints_its_rank_in_its_place(client, cities):
    row, *_others = figures(cities, {"kind": "rank_only", "low": None, "high": None, "published_rank": 4}, 7, 6)
    KeyFigure.objects.create(indicator=row.series.indicator)
    (card,) = client.get(cities[0].get_absolute_url()).context["cards"]
    assert (card["figure"]["text"], card["figure"]["url"], card["rank"]) == (
        "4",
        row.get_absolute_url(),
        "rank in the source",
    )


def test_a_short_topic_is_whole_and_a_long_one_folds_the_rest(client, cities):
    for n, many in ((5, make.make_topic(name="Five")), (6, make.make_topic(name="Six"))):
        for _n in range(n):
            figures(cities[:3], 3, 2, 1, topic=many)
    for _n in range(5):  # beyond the one table of a thin profile
        figures(cities[:3], 3, 2, 1)
    page = client.get(cities[0].get_absolute_url())
    sizes = {str(group["topic"]): (len(group["rows"]), len(group["more"])) for group in page.context["topics"]}
    assert (sizes["Five"], sizes["Six"]) == ((5, 0), (4, 2))
    assert page.text.count("Show 2 more") == 1


def many_topics(cities, n=4):
    for topic in range(3):
        of = make.make_topic(name=f"Topic {topic}")
        for i in range(n):
            figures(cities, 50 - i, 40, 30, 20, 10, topic=of, name=f"Rate {topic}{i}", unit="companies per km2")
    figures(cities, 1, 2, 3, 4, 5, name="Last of all", topic=of, unit="%")
    figures(cities, 1, 2, 3, 4, 5, name="Of no direction", direction="neither", unit="%")


def test_what_stands_out_names_ranks_and_prints_its_rule(client, cities):
    many_topics(cities)
    page = text(client, cities[0].get_absolute_url())
    said = words(re.sub(r"<small.*?</small>", "", re.search(r'<p class="pull">(.*?)</p>', page)[1]))
    assert said == (
        "Anyang ranks highest in rate 00 (1 of 5), rate 10 (1 of 5) and rate 20 (1 of 5); it is among the first three "
        "in 12 of 13 ranked indicators. Anyang ranks lowest in last of all (5 of 5)."
    )
    assert "Rule: 13 indicators have a direction" in page


def test_a_city_of_too_few_ranks_has_nothing_that_stands_out_and_no_empty_heading(client, cities):
    many_topics(cities, n=3)
    page = text(client, cities[0].get_absolute_url())
    assert "What stands out" not in page and "Nearest in size" not in page and "What changed here" not in page


def sized(cities):
    figures(cities, 100, 80, 200, 100, 500, slug="gdp-current-prices", unit="CNY")
    figures(cities, 10, 8, 10, 15, 10, slug="permanent-population", unit="persons", direction="neither")


def test_the_cities_nearest_in_size_come_with_the_figures_that_make_them_so(client, cities):
    province = make.make_place(slug="henan", name="Henan", level="province", is_city=False)
    for city in cities[:2]:
        city.parent = province
        city.save()
    sized(cities)
    page = client.get(cities[0].get_absolute_url())
    alike = page.context["alike"]
    assert [(near["city"].slug, near["differs"]) for near in alike["cities"]] == [
        ("baoji", "25"),
        ("dali", "50"),
        ("cixi", "100"),
        ("enshi", "400"),
    ]
    assert [figure["text"] for figure in alike["cities"][0]["figures"]] == ["80", "8"]
    assert "also in Henan" in page.text and page.text.count("also in") == 1


def test_without_one_of_the_measures_no_city_is_called_near(client, cities):
    figures(cities, 100, 80, 200, 100, 500, slug="gdp-current-prices")
    assert client.get(cities[0].get_absolute_url()).context["alike"] is None


def test_a_bound_and_a_disputed_figure_are_no_size(client, cities):
    figures(cities, 100, 80, 200, 100, 500, slug="gdp-current-prices", unit="CNY")
    bound = {"kind": "more_than", "low": 10, "high": None}
    *_others, doubtful = figures(cities, 10, bound, 10, 15, 10, slug="permanent-population", direction="neither")
    page = client.get(cities[0].get_absolute_url())
    assert [near["city"].slug for near in page.context["alike"]["cities"]] == ["dali", "cixi", "enshi"]
    NoteLink.objects.create(observation=doubtful, note=make.make_note(excludes_from_ranking=True))
    assert client.get(cities[0].get_absolute_url()).context["alike"] is None


def test_a_disputed_figure_is_no_neighbour_and_no_dot(client, cities):
    ranked = [{"value": 9 - n, "published_rank": n} for n in range(1, 7)]
    _first, second, *_rest = figures([*cities, make.make_place()], *ranked, slug="firms")
    assert row_of(client, cities[0], "firms")["strip"].count('r="3.5"') == 6
    NoteLink.objects.create(observation=second, note=make.make_note(excludes_from_ranking=True))
    row = row_of(client, cities[0], "firms")
    assert row["strip"].count('r="3.5"') == 5
    assert row["ranks"][0]["note"] == "in the source" and row["ranks"][0]["steps"] is None


def test_a_range_and_an_estimate_stand_in_the_chart_as_what_they_are(client, cities):
    series = make.make_series(indicator=make.make_indicator())
    for year, more in (("2019", {}), ("2020", {"kind": "range", "low": 3, "high": 6}), ("2021", {"value": 8})):
        make.make_observation(series=series, place=cities[0], period_key=year, **more)
    make.make_observation(series=series, place=cities[0], period_key="2022", value=9, status="forecast")
    points = client.get(cities[0].get_absolute_url()).context["chart"]["data"]["series"][0]["points"]
    told = {point["x"]: (point["low"], point["high"], point["kind"]) for point in points}
    assert told["2020"] == (3.0, 6.0, "range")
    assert (told["2021"][2], told["2022"][2]) == ("exact", "estimate")


def test_a_correction_is_one_change_from_the_old_figure_to_the_new(client, cities, admin_user):
    old, *_others = figures(cities, 5, 4, 3, slug="firms", name="Firms")
    draft = workflow.correct(row=old, user=admin_user, reason="misread")
    draft.low = draft.high = Decimal(6)
    draft.save()
    workflow.submit(row=draft, user=admin_user)
    workflow.publish(row=draft, user=admin_user)
    (change,) = client.get(cities[0].get_absolute_url()).context["changes"]
    assert (change["what"], change["before"]["text"], change["figure"]["text"]) == ("corrected", "5", "6")
    assert change["before"]["url"] == old.get_absolute_url()


def test_a_withdrawn_figure_is_listed_with_its_day_and_reason(client, cities, admin_user):
    row, *_others = figures(cities, 5, 4, 3, name="Firms")
    workflow.withdraw(row=row, user=admin_user, reason="not of this city")
    page = text(client, cities[0].get_absolute_url())
    assert "What changed here" in page and "withdrawn" in page and "not of this city" in page


def test_of_two_withdrawals_the_last_one_is_told(client, cities, admin_user):
    row, *_others = figures(cities, 5, 4, 3, name="Firms")
    workflow.withdraw(row=row, user=admin_user, reason="for the first time")
    for state, reason in (("published", "back again"), ("withdrawn", "for the second time")):
        row.state, row._change_reason = state, reason
        row.save()
    page = text(client, cities[0].get_absolute_url())
    assert "for the second time" in page and "for the first time" not in page


def test_loaded_figures_are_no_changes(client, cities):
    figures(cities, 5, 4, 3)
    assert client.get(cities[0].get_absolute_url()).context["changes"] == []


def test_on_paper_every_figure_carries_the_number_of_its_source(client, cities):
    source = make.make_source(title="Yearbook")
    for _n in range(2):
        figures(cities, {"value": 5, "source": source}, 4, 3)
    figures(cities, {"value": 5, "source": make.make_source(title="Report")}, 4, 3)
    brief = client.get(cities[0].get_absolute_url()).context["brief"]
    assert sorted(line["number"] for column in brief["columns"] for line in column) == [1, 1, 2]
    assert ["Yearbook" in brief["sources"][0], "Report" in brief["sources"][1]] == [True, True]


def test_a_locator_stands_where_the_place_is_known(client, cities):
    assert "profile-map" not in text(client, cities[0].get_absolute_url())
    cities[0].latitude, cities[0].longitude = Decimal("36.1"), Decimal("114.39")
    cities[0].save()
    page = text(client, cities[0].get_absolute_url())
    assert "map-dot" in page and "Coastline only; no borders are drawn" in page


def test_ten_times_the_figures_cities_and_years_ask_no_further_queries(client, cities):
    def queries():
        ContentType.objects.clear_cache()
        with CaptureQueriesContext(connection) as captured:
            client.get(cities[0].get_absolute_url())
        return len(captured)

    make.make_group(*cities, slug="observatory-cities")
    sized(cities)
    many_topics(cities)
    client.get(cities[0].get_absolute_url())
    before = queries()
    more = [*cities, *(make.make_place() for _n in range(20))]
    for year in ("2020", "2021"):
        for _n in range(20):
            series = make.make_series(indicator=make.make_indicator(unit="%"), group=make.make_group(*more))
            for n, place in enumerate(more):
                make.make_observation(series=series, place=place, value=n, period_key=year)
    assert queries() == before
