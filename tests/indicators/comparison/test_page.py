"""Cities side by side: what is said of two figures, and what it costs."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from indicators.models import NoteLink, Place
from tests.factories import (
    make_group,
    make_indicator,
    make_note,
    make_observation,
    make_place,
    make_policy,
    make_series,
    make_source,
    make_topic,
)
from tests.indicators.comparison.sides import figures, text

pytestmark = pytest.mark.django_db


def row(response, slug):
    body = response.content.decode()
    found = re.search(rf'<tr id="{slug}">.*?</tr>', body, re.S)
    near = re.compile(r'<span class="near .*?</svg><span class="vh">.*?</span></span>', re.S)
    return re.sub(r"\s+", " ", unescape(strip_tags(near.sub("", found[0]).replace("><", "> <"))))


def wide(**more):
    """A topic of three indicators, so that a table of three cities does not turn; the first is given back."""
    topic = make_topic()
    one, *fillers = (make_indicator(topic=topic, **(more if not n else {})) for n in range(3))
    for filler in fillers:
        figures(filler, Place.objects.filter(is_city=True)[:2], (1, 2))
    return one


def bare(indicator, cities, ranks, **more):
    series = make_series(indicator=indicator)
    kinds = {"kind": "rank_only", "low": None, "high": None}
    pairs = zip(cities, ranks, strict=False)
    return [make_observation(series=series, place=c, published_rank=r, **kinds, **more) for c, r in pairs]


def test_a_city_without_data_has_its_sentence_and_an_empty_column(client, cities):
    figures(wide(slug="shops"), cities[:2], (1, 2))
    answer = client.get("/compare/anyang/vs/baoji/vs/changde/")
    assert "No figure or rank of Changde answers to this address" in text(answer)
    assert "Of Changde no figure or rank is at hand." in text(answer)
    assert "no figure" in row(answer, "shops")


# --- What is said of two ---


def test_the_larger_value_is_ahead_where_more_is_better(client, cities):
    figures(make_indicator(slug="firms"), cities, (100, 250))
    answer = client.get("/compare/anyang/vs/baoji/")
    said = row(answer, "firms")
    assert re.search(r"100 .*250 ahead .*150 2\.50 comparable", said)
    assert "Baoji is ahead of Anyang in the 1 indicator that can be compared." in text(answer)


def test_less_is_ahead_where_less_is_better_and_without_a_direction_only_larger_is_said(client, cities):
    figures(make_indicator(slug="smoke", direction="lower"), cities, (100, 250))
    figures(make_indicator(slug="people", direction="neither"), cities, (100, 250))
    answer = client.get("/compare/anyang/vs/baoji/")
    assert re.search(r"100 ahead .*250", row(answer, "smoke"))
    assert re.search(r"100 .*250 larger", row(answer, "people"))
    assert "Anyang is ahead of Baoji in the 1 indicator" in text(answer)


def test_values_within_five_percent_and_overlapping_bounds_are_evenly_matched(client, cities):
    figures(make_indicator(slug="close"), cities, (100, 105))
    series = make_series(indicator=make_indicator(slug="bounds"))
    make_observation(series=series, place=cities[0], kind="more_than", low=100)
    make_observation(series=series, place=cities[1], value=120)
    answer = client.get("/compare/anyang/vs/baoji/")
    assert "evenly matched: within 5 %" in row(answer, "close")
    said = row(answer, "bounds")
    assert "evenly matched: the bounds overlap" in said
    assert "no difference is given because the bounds overlap" in said


def test_two_cities_that_are_even_in_everything_are_called_so(client, cities):
    for _n in range(2):
        figures(make_indicator(), cities, (100, 102))
    said = text(client.get("/compare/anyang/vs/baoji/"))
    assert "Anyang and Baoji are evenly matched in the 2 indicators that can be compared." in said


def test_two_ranks_of_one_list_decide_and_no_difference_is_given(client, cities):
    density = make_series(indicator=make_indicator(slug="density"), group=make_group(stated_size=50))
    make_observation(series=density, place=cities[0], kind="rank_only", low=None, high=None, published_rank=2)
    make_observation(series=density, place=cities[1], value="3.58", published_rank=3)
    answer = client.get("/compare/anyang/vs/baoji/")
    said = row(answer, "density")
    assert "rank 2 of 50 ahead by rank" in said
    assert "no difference is given because Anyang has a rank only" in said
    bare(make_indicator(slug="list"), cities, (7, 4))
    assert "no difference is given because both have a rank only" in row(
        client.get("/compare/anyang/vs/baoji/"), "list"
    )


def test_other_publishers_are_compared_with_care_and_without_difference_or_winner(client, cities):
    indicator = make_indicator(slug="firms")
    make_observation(series=make_series(indicator=indicator, family="bureau"), place=cities[0], value=10)
    make_observation(series=make_series(indicator=indicator, family="press"), place=cities[1], value=900)
    answer = client.get("/compare/anyang/vs/baoji/")
    said = row(answer, "firms")
    assert "with care different publishers" in said
    assert "no difference is given: different publishers" in said
    assert "890" not in said
    assert "ahead" not in said
    assert "No indicator with a declared direction has comparable figures of both Anyang and Baoji." in text(answer)


def test_other_years_are_not_comparable_and_each_figure_says_its_own(client, cities):
    series = make_series(indicator=make_indicator(slug="firms"))
    make_observation(series=series, place=cities[0], value=10, period_key="2019")
    make_observation(series=series, place=cities[1], value=90, period_key="2021")
    said = row(client.get("/compare/anyang/vs/baoji/"), "firms")
    assert "not comparable different years or dates" in said
    assert "2019" in said
    assert "2021" in said
    assert "ahead" not in said


def test_a_disputed_figure_is_shown_and_wins_nothing(client, cities):
    one, _other = figures(make_indicator(slug="firms"), cities, (900, 10))
    NoteLink.objects.create(note=make_note(excludes_from_ranking=True), observation=one)
    said = row(client.get("/compare/anyang/vs/baoji/"), "firms")
    assert "900" in said
    assert "ahead" not in said
    assert "no difference is given because of a known problem" in said


def test_zero_is_a_figure_and_an_absence_is_words(client, cities):
    figures(make_indicator(slug="zero"), cities, (0, 5))
    series = make_series(indicator=wide(slug="absent"))
    make_observation(series=series, place=cities[0], kind="withheld", low=None, high=None)
    figures_of = [make_observation(series=series, place=place, value=5) for place in cities[1:]]
    assert re.search(r"companies · 2021 0 5 ahead", row(client.get("/compare/anyang/vs/baoji/"), "zero"))
    answer = client.get("/compare/anyang/vs/baoji/vs/changde/")
    assert "withheld 5" in row(answer, "absent")
    assert all(f'href="{figure.get_absolute_url()}"' in answer.content.decode() for figure in figures_of)


def test_every_number_of_the_sentences_leads_to_its_figure(client, cities):
    one, other = figures(make_indicator(name="Firms"), cities, (1200, 4800))
    body = client.get("/compare/anyang/vs/baoji/").content.decode()
    summary = body[body.index("cmp-summary") : body.index('id="tables"')]
    assert f'<a href="{other.get_absolute_url()}">4,800</a> against' in summary
    assert f'<a href="{one.get_absolute_url()}">1,200</a>' in summary


def test_what_is_worked_out_here_is_told_apart_in_the_count(client, cities):
    figures(make_indicator(slug="said"), cities, (100, 250))
    for slug in ("growth", "share"):
        figures(make_indicator(slug=slug), cities, (250, 100), origin="computed")
    said = text(client.get("/compare/anyang/vs/baoji/"))
    assert "Anyang is ahead of Baoji in 2 of the 3 indicators that can be compared, Baoji in 1." in said
    assert "Without the 2 worked out here from other figures it is 0 to 1." in said


def test_a_publisher_of_several_topics_is_heard_alone(client, cities):
    source = make_source()
    for name, values in (("Skills", (9, 1)), ("Trade", (1, 9))):
        topic = make_topic(name=name)
        for n in range(3):
            series = make_series(indicator=make_indicator(topic=topic), family="one")
            for place, value in zip(cities, values if n else values[::-1], strict=False):
                make_observation(series=series, place=place, value=value, source=source)
        figures(make_indicator(topic=topic), cities, (1, 9))
    said = text(client.get("/compare/anyang/vs/baoji/"))
    publisher = source.publisher.name
    assert f"{publisher} alone: Anyang ahead in Skills (2 of 3); Baoji ahead in Trade (2 of 3)." in said
    assert f"In the figures of {publisher} alone Anyang is ahead in 2 of 3:" in said


def test_one_year_can_be_asked_for(client, cities):
    series = make_series(indicator=make_indicator(slug="firms"))
    for year, values in (("2019", (9, 1)), ("2021", (2, 8))):
        for place, value in zip(cities, values, strict=False):
            make_observation(series=series, place=place, value=value, period_key=year)
    assert re.search(r"2 8 ahead", row(client.get("/compare/anyang/vs/baoji/"), "firms"))
    assert re.search(r"9 ahead 1", row(client.get("/compare/anyang/vs/baoji/?period=2019"), "firms"))


def test_trends_and_a_chart_need_three_years_of_one_series(client, cities):
    series = make_series(indicator=make_indicator(slug="firms"))
    for year in ("2019", "2020"):
        for place in cities[:2]:
            make_observation(series=series, place=place, value=int(year), period_key=year)
    assert 'class="spark' not in client.get("/compare/anyang/vs/baoji/").content.decode()
    for place in cities[:2]:
        make_observation(series=series, place=place, value=2021, period_key="2021")
    answer = client.get("/compare/anyang/vs/baoji/").content.decode()
    assert 'class="spark sparks"' in answer
    assert 'id="over-time"' in answer


# --- Three and more ---


def test_of_several_the_rank_among_the_compared_stands_beside_the_value(client, cities):
    topic = make_topic()
    for slug in ("firms", "shops", "mills"):
        figures(make_indicator(slug=slug, topic=topic), cities, (30, 10, 20))
    answer = client.get("/compare/anyang/vs/baoji/vs/changde/")
    assert re.search(r"30 1 of the 3 compared .*10 3 of the 3 compared .*20 2 of the 3", row(answer, "firms"))
    assert "All 3 cities can be compared in 3 of the 3 indicators below." in text(answer)
    assert "Anyang comes first in 3 of the 3" in text(answer)


def test_the_table_turns_when_the_cities_outnumber_the_indicators(client, cities):
    topic = make_topic()
    for _n in range(2):
        figures(make_indicator(topic=topic), cities, (30, 10, 20))
    assert "cmp-turned" in client.get("/compare/anyang/vs/baoji/vs/changde/").content.decode()
    figures(make_indicator(topic=topic), cities, (30, 10, 20))
    assert "cmp-turned" not in client.get("/compare/anyang/vs/baoji/vs/changde/").content.decode()


def test_a_city_off_the_common_basis_says_why_in_its_cell(client, cities):
    topic = make_topic()
    for slug in ("firms", "shops", "mills"):
        series = make_series(indicator=make_indicator(slug=slug, topic=topic))
        for place, year in zip(cities, ("2021", "2021", "2019"), strict=True):
            make_observation(series=series, place=place, value=5, period_key=year)
    assert "not comparable: different years or dates" in row(
        client.get("/compare/anyang/vs/baoji/vs/changde/"), "firms"
    )


# --- Beside the figures ---


def test_policies_stand_side_by_side_by_year(client, cities):
    for place, name, year in zip(cities, ("Plan A", "Plan B", "Plan C"), ("2022", "2022", "2021"), strict=True):
        policy = make_policy(place=place, name=name)
        policy.events.create(type="published", period_key=year, is_primary=True, source=policy.source)
    make_policy(place=cities[0], name="Plan D")
    said = text(client.get("/compare/baoji/vs/anyang/vs/changde/"))
    parts = ("2022 1 Plan B", "2 Plan A", "3 Plan C", "4 Plan D")  # numbered as in the picture above
    found = [said.index(part, said.index("2022 1 Plan B")) for part in parts]
    assert found == sorted(found)


def test_queries_stay_whatever_the_number_of_cities_and_figures(client):
    places = [make_place() for _n in range(10)]
    topic = make_topic()

    def grow(indicators, years):
        for _n in range(indicators):
            series = make_series(indicator=make_indicator(topic=topic))
            for place in places:
                for year in range(years):
                    make_observation(series=series, place=place, value=year + place.pk, period_key=str(2010 + year))

    def count(cities):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get("/compare/" + "/vs/".join(place.slug for place in cities) + "/").status_code == 200
        return len(asked)

    grow(1, 3)
    count(places[:2])  # what is asked once for all pages
    few = count(places[:2]), count(places)
    grow(9, 3)
    assert (count(places[:2]), count(places)) == few
    assert few[0] == few[1]


# --- Bounds, ranges and known problems ---


def drawn(answer, name):
    (found,) = [one for one in answer.context["chart"]["data"]["series"] if one["name"] == name]
    return [(point["x"], point["low"], point["high"], point["kind"]) for point in found["points"]]


def test_a_range_is_drawn_over_time_with_both_ends_and_a_disputed_figure_is_not(client, cities):
    series = make_series(indicator=make_indicator())
    for year in ("2019", "2020", "2021", "2022"):
        one, two = (
            make_observation(series=series, place=c, value=v, period_key=year)
            for c, v in zip(cities, (5, 7), strict=False)
        )
        if year == "2020":
            one.kind, one.high = "range", 9
            one.save()
    NoteLink.objects.create(observation=two, note=make_note(excludes_from_ranking=True))
    answer = client.get("/compare/anyang/vs/baoji/")
    assert drawn(answer, "Anyang")[1] == ("2020", 5.0, 9.0, "range")
    assert [x for x, *_more in drawn(answer, "Baoji")] == ["2019", "2020", "2021"]
    assert "source_url" not in answer.context["chart"]  # eight sources: none of them is the one


def test_a_rank_decides_an_indicator_without_direction_in_other_words_than_a_value(client, cities):
    bare(make_indicator(slug="places", direction="neither"), cities, (2, 5))
    said = row(client.get("/compare/anyang/vs/baoji/"), "places")
    assert "ahead by rank" in said and "larger" not in said


def test_percentages_are_not_set_apart_by_their_ratio_and_disputed_figures_do_not_count(client, cities):
    figures(make_indicator(unit="%"), cities, (1, 2, 90))
    *_others, doubtful = figures(make_indicator(), cities, (1, 2, 3))
    NoteLink.objects.create(observation=doubtful, note=make_note(excludes_from_ranking=True))
    said = text(client.get("/compare/anyang/vs/baoji/vs/changde/"))
    assert "Furthest apart" not in said
    assert "All 3 cities can be compared in 1 of the 2 indicators below." in said
