"""What the address of a comparison answers, and what the form makes of it."""

import re

import pytest

from tests.factories import (
    make_indicator,
    make_place,
)
from tests.indicators.comparison.sides import figures, text

pytestmark = pytest.mark.django_db


def test_the_form_leads_two_cities_to_their_address(client, cities):
    answer = client.get("/compare/", {"city": ["baoji", "", "anyang"], "topic": "economy"})
    assert (answer.status_code, answer["Location"]) == (302, "/compare/baoji/vs/anyang/?topic=economy#cities")


def test_the_form_stays_for_one_city_and_says_so(client, cities):
    answer = client.get("/compare/", {"city": ["baoji", ""]})
    assert answer.status_code == 200
    assert "needs two different cities" in text(answer)


def test_editing_keeps_the_form_filled_in(client, cities):
    answer = client.get("/compare/", {"edit": "1", "city": ["baoji", "anyang"]}).content.decode()
    assert re.search(r'id="city-1".*?value="baoji" selected', answer, re.S)
    assert re.search(r'id="city-2".*?value="anyang" selected', answer, re.S)


def test_the_cities_keep_the_readers_order(client, cities):
    figures(make_indicator(), cities, (1, 2))
    answer = client.get("/compare/baoji/vs/anyang/").content.decode()
    assert answer.index('class="city-1"') < answer.index(">Baoji<") < answer.index('class="city-2"')
    assert '<link rel="canonical" href="http://127.0.0.1:8000/compare/baoji/vs/anyang/">' in answer


def test_another_spelling_is_led_to_the_address(client, cities):
    answer = client.get("/compare/Baoji/vs/ANYANG/?topic=x")
    assert (answer.status_code, answer["Location"]) == (302, "/compare/baoji/vs/anyang/?topic=x")


def test_an_unknown_city_is_not_found_and_the_nearest_comparison_is_offered(client, cities):
    answer = client.get("/compare/baoji/vs/anyangg/vs/changde/")
    assert answer.status_code == 404
    assert "No city here is called “anyangg”." in text(answer)
    assert 'href="/compare/baoji/vs/changde/vs/anyang/"' in answer.content.decode()
    assert 'href="/compare/baoji/vs/changde/"' in answer.content.decode()


def test_a_name_of_two_cities_asks_which_is_meant(client, cities):
    for slug, name in (("taizhou-js", "Taizhou (Jiangsu)"), ("taizhou-zj", "Taizhou (Zhejiang)")):
        make_place(slug=slug, name=name, aliases="Taizhou")
    answer = client.get("/compare/baoji/vs/taizhou/")
    assert "Several cities are called “taizhou”: Taizhou (Jiangsu) and Taizhou (Zhejiang)." in text(answer)
    for slug in ("taizhou-js", "taizhou-zj"):
        assert f'href="/compare/baoji/vs/{slug}/"' in answer.content.decode()
    assert client.get("/compare/", {"city": ["baoji", "taizhou"]}).status_code == 200


def test_a_region_is_no_city(client, cities):
    make_place(slug="henan", is_city=False, level="province")
    assert client.get("/compare/baoji/vs/henan/").status_code == 404


def test_a_city_named_twice_is_shown_once(client, cities):
    figures(make_indicator(), cities, (1, 2))
    answer = client.get("/compare/baoji/vs/anyang/vs/baoji/")
    assert answer.status_code == 200
    assert "Baoji is named more than once in the address and shown once." in text(answer)
    assert 'rel="canonical" href="http://127.0.0.1:8000/compare/baoji/vs/anyang/"' in answer.content.decode()
    assert "Baoji is named twice." in text(client.get("/compare/baoji/vs/baoji/"))


def test_of_eleven_cities_ten_are_shown_and_the_last_is_named(client):
    places = [make_place(slug=f"town-{n:02}", name=f"Town {n:02}'s") for n in range(11)]
    figures(make_indicator(), places, range(1, 12))
    answer = client.get("/compare/" + "/vs/".join(place.slug for place in places) + "/")
    assert answer.status_code == 200
    assert "11 cities are named and 10 can be shown. Left out: Town 10's." in text(answer)
    assert answer.content.decode().count('class="cmp-name"') == 10


def test_nobody_with_data_is_no_error(client, cities):
    answer = client.get("/compare/anyang/vs/baoji/")
    assert answer.status_code == 200
    assert "Nothing can be set side by side" in text(answer)


@pytest.mark.parametrize(
    "query", ["topic=nope", "period=20x1", "chart=nope", "topic=%00", "period=" + "9" * 3000, "chart=%00", "numbers=x"]
)
def test_bad_values_get_a_sentence_and_never_an_error(client, cities, query):
    figures(make_indicator(), cities, (1, 2))
    answer = client.get(f"/compare/anyang/vs/baoji/?{query}")
    assert answer.status_code == 200
    assert query == "numbers=x" or 'class="notice' in answer.content.decode()


def test_nul_and_endless_addresses_are_not_found(client, cities):
    assert client.get("/compare/anyang%00/vs/" + "x" * 3000 + "/").status_code == 404
    assert client.get("/compare/" + "/vs/".join(["x"] * 900) + "/").status_code == 404
