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


def test_attribution_lines_of_sources_are_printed_once(client):
    for _n in range(2):
        make.make_source(attribution="City coordinates: GeoNames (CC BY 4.0)")
    assert client.get("/about/").content.decode().count("GeoNames (CC BY 4.0)") == 1
