"""How far the site reaches, and the counts the third issue asks for."""

import gzip

import pytest

from config.views.coverage import dated_events
from indicators.coverage import Coverage
from indicators.models import Derivation, NoteLink
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def small():
    """Three cities: a figure, a rank, a known problem; of a second indicator too little to be ranked."""
    cities = [make.make_place(slug=f"city-{letter}", name=f"City {letter.upper()}") for letter in "abcd"]
    series = make.make_series()
    make.make_observation(series=series, place=cities[0], value=5)
    make.make_observation(series=series, place=cities[1], kind="rank_only", low=None, published_rank=2)
    doubted = make.make_observation(series=series, place=cities[2], value=9)
    NoteLink.objects.create(note=make.make_note(excludes_from_ranking=True), observation=doubted)
    make.make_observation(place=cities[0], value=1)
    return cities, series


def test_each_city_has_its_state_for_each_indicator_that_can_be_ranked(small):
    cities, series = small
    (line,) = Coverage().lines
    assert line.indicator == series.indicator
    assert [line.states.get(city.pk) for city in cities] == ["figure", "rank", "problem", None]
    assert (line.have, line.widest) == (2, 2)


def test_a_figure_without_doubt_outweighs_a_doubted_one(small):
    cities, series = small
    make.make_observation(series=series, place=cities[2], value=9, period_key="2020")
    assert Coverage().lines[0].states[cities[2].pk] == "figure"


def test_the_page_says_every_state_in_words_and_lists_them_by_city(client, small):
    text = client.get("/about/coverage/").text
    for words in ("figure", "rank only", "known problem", "nothing published"):
        assert f'<span class="vh">{words}</span>' in text
    assert text.count('<span class="vh">figure</span>') == 1
    assert "figures for 1 of 1 indicators" in text and "Nothing published (1)" in text


@pytest.mark.usefixtures("demo_content")
class TestWithTheContent:
    """Skipped parts wait for the content of the third issue; then they hold."""

    @pytest.fixture(autouse=True)
    def _content(self):
        if not Derivation.objects.exists():
            pytest.skip("the content of the third issue is not loaded yet")

    def test_enough_indicators_are_ranked_for_two_thirds_of_the_cities(self):
        reach = Coverage()
        assert len(reach.cities) == 51
        assert reach.wide() >= 25
        assert reach.wide(digital=True) >= 12

    def test_every_city_has_figures_and_almost_every_city_dated_events(self):
        reach, events = Coverage(), dated_events()
        assert reach.fewest_figures() >= 15
        few = {city.slug for city in reach.cities if events[city.pk] < 3}
        assert few <= {"yulin", "taizhou-js", "taizhou-zj", "weifang"}  # nothing more is in the sources

    def test_rankings_of_many_publishers_are_listed(self):
        assert len(Coverage().publishers) >= 20

    def test_the_page_is_small(self, client):
        for prefix in ("", "/zh-hans"):
            assert len(gzip.compress(client.get(prefix + "/about/coverage/").content)) < 150_000
