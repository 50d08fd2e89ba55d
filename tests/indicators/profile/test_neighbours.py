"""The profile of a thin city: what is known, what nobody publishes, where to look instead."""

from decimal import Decimal

import pytest

from indicators.profile.neighbours import better_documented, kilometres
from tests import factories as make

pytestmark = pytest.mark.django_db


def city(slug, latitude, longitude, figures):
    place = make.make_place(slug=slug, name=slug.title(), latitude=Decimal(latitude), longitude=Decimal(longitude))
    for _n in range(figures):
        make.make_observation(place=place, value=1)
    return place


@pytest.fixture
def three():
    return (
        city("xuzhou", "34.26", "117.19", 4),
        city("jinan", "36.65", "117.12", 9),
        city("hefei", "31.82", "117.23", 8),
    )


def test_the_distance_is_that_along_the_great_circle(three):
    assert round(kilometres(three[0], three[1])) == 266


def test_a_thin_city_points_to_the_nearest_one_of_which_more_is_known(three):
    found = better_documented(three[0])
    assert (found["city"], found["km"], found["figures"], found["here"]) == (three[1], 266, 9, 4)


def test_a_near_city_with_hardly_more_figures_is_passed_over(three):
    city("suqian", "33.96", "118.28", 5)
    assert better_documented(three[0])["city"] == three[1]


def test_a_well_documented_city_points_nowhere(three):
    assert better_documented(three[1]) is None


def test_a_thin_profile_says_what_nobody_publishes_without_an_empty_heading(client, three):
    series = make.make_series(indicator=make.make_indicator(slug="patents", name="Patents"))
    for place in (three[1], three[2], make.make_place()):
        make.make_observation(series=series, place=place, value=2)
    text = client.get("/cities/xuzhou/").text
    assert "1 of the 1 indicators ranked here has no figure or rank of this city" in text
    assert "/indicators/patents/" in text and "266 km away as the crow flies" in text
    for heading in ("What Xuzhou decided", "Pilots and titles</h2>", "What sources say", "What is known</h2>"):
        assert heading not in text


def test_few_figures_stand_in_one_table_with_their_topics(client):
    places = [make.make_place() for _n in range(3)]
    for name in ("Software", "People"):
        series = make.make_series(indicator=make.make_indicator(topic=make.make_topic(name=name)))
        for place in places:
            make.make_observation(series=series, place=place, value=2)
    text = client.get(places[0].get_absolute_url()).text
    assert text.count('<table class="topic-rows">') == 1
    assert "What is known</h2>" in text and "Software · " in text and "People · " in text
