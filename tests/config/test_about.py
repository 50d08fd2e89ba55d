"""What the site says of itself, and the rules it prints."""

import pytest

from indicators.models import Observation, Source
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
@pytest.mark.parametrize("address", ["/about/", "/about/methods/", "/about/accessibility/"])
def test_the_pages_answer_in_both_languages(client, prefix, address):
    assert client.get(prefix + address).status_code == 200


def test_methods_print_every_kind_the_tie_rule_and_every_nearness(client):
    page = client.get("/about/methods/").content.decode()
    for _value, label in [*Observation.Kind.choices, *Source.Nearness.choices]:
        assert str(label) in page
    assert "1, 2, 2, 4" in page
    assert "67 %" in page


def test_methods_say_when_no_second_person_is_required(client, settings):
    settings.REVIEW_REQUIRED = False
    assert "may become public without a second check" in client.get("/about/methods/").content.decode()


def test_licences_and_attributions_of_sources_are_printed_under_their_licence(client):
    make.make_source(title="Towns", licence="CC BY 4.0", attribution="Coordinates: GeoNames")
    make.make_source(title="Bureau", attribution="Thanks / 致谢")
    make.make_source(title="Silent")
    text = client.get("/about/").text
    assert text.index("CC BY 4.0</h3>") < text.index("Towns") < text.index("Attribution without a licence")
    assert "Coordinates: GeoNames" in text and "Thanks" in text and "致谢" not in text
    assert "As the 3 sources state them" in text and "Silent" not in text


def test_the_page_of_a_source_prints_its_licence(client):
    text = client.get(make.make_source(licence="MIT", attribution="The authors").get_absolute_url()).text
    assert "MIT" in text and "The authors" in text
