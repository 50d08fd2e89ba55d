import pytest

from indicators import selectors
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["苏州", "soochow", "SŪZHŌU", "ｓｕｚｈｏｕ", "320500"])
def test_a_city_is_found_first_by_both_scripts_by_pinyin_and_by_code(text):
    suzhou = make.make_place(name="Suzhou", name_zh="苏州", aliases="Sūzhōu\nSoochow", code="320500")
    make.make_place(name="Suzhou (Anhui)", name_zh="宿州", code="341300")
    make.make_place(name="Suzhou New Area", name_zh="新区", is_city=False)
    assert selectors.cities(text)[0] == suzhou
    assert all(city.is_city for city in selectors.cities(text))


@pytest.mark.parametrize("text", ["Atlantis", "!?", "%", "_"])
def test_what_is_no_city_finds_none(text):
    make.make_place(name="Suzhou")
    assert not selectors.cities(text)


def test_without_a_text_all_cities_are_listed_in_the_order_of_their_addresses():
    cities = [make.make_place(slug=slug) for slug in ("b", "a", "c")]
    assert [city.slug for city in selectors.cities()] == sorted(city.slug for city in cities)


def test_ranks_say_whose_they_are_and_among_how_many():
    indicator = make.make_indicator(minimum_coverage=0)
    places = [make.make_place() for _ in range(4)]
    group = make.make_group(*places[:3])
    series = make.make_series(slug="counted", indicator=indicator, group=group)
    for place, value in zip(places, (5, 9, 7, 8), strict=True):
        make.make_observation(series=series, place=place, value=value, period_key="2023")
    ranks = selectors.ranks_in(indicator)
    assert [ranks[place.pk]["text"] for place in places[:3]] == ["3", "1", "2"] and places[3].pk not in ranks
    assert ranks[places[0].pk]["size"] == 3 and not ranks[places[0].pk]["printed"]
    assert ranks[places[0].pk]["url"].endswith("?period=2023&series=counted")
    assert selectors.ranks_in(make.make_indicator()) == {}


def test_a_rank_of_the_source_is_among_the_source_s_own_group():
    indicator = make.make_indicator(minimum_coverage=0)
    stated = make.make_group(stated_size=50)
    series = make.make_series(indicator=indicator, group=stated)
    for rank, value in enumerate((9, 8, 7, 6), 1):
        row = make.make_observation(series=series, value=value, published_rank=rank)
    rank = selectors.ranks_in(indicator)[row.place_id]
    assert (rank["text"], rank["size"], rank["group"], rank["printed"]) == ("4", 50, stated, True)
    series.group = None
    series.save()
    assert selectors.ranks_in(indicator)[row.place_id]["size"] is None


@pytest.mark.parametrize("published_rank", [None, 1])
def test_what_a_note_keeps_out_of_every_rank_is_neither_ranked_nor_first(published_rank):
    indicator = make.make_indicator(minimum_coverage=0)
    series = make.make_series(indicator=indicator)
    rows = [make.make_observation(series=series, value=value) for value in (7, 8, 6)]
    doubted = make.make_observation(series=series, value=99, published_rank=published_rank)
    make.make_note(excludes_from_ranking=True).links.create(observation=doubted)
    ranks = selectors.ranks_in(indicator)
    assert [ranks[row.place_id]["text"] for row in rows] == ["2", "1", "3"] and doubted.place_id not in ranks
    (entry,) = selectors.in_short([indicator]).values()
    assert [one["url"] for one in entry["first"]] == [rows[1].place.get_absolute_url()]


def test_of_several_figures_of_a_year_the_last_is_ranked():
    indicator = make.make_indicator(minimum_coverage=0)
    series = make.make_series(indicator=indicator)
    rows = [make.make_observation(series=series, value=value, period_key="2023-12") for value in (5, 4, 3)]
    make.make_observation(series=series, place=rows[2].place, value=9, period_key="2023-06")
    ranks = selectors.ranks_in(indicator)
    assert [ranks[row.place_id]["text"] for row in rows] == ["1", "2", "3"]
