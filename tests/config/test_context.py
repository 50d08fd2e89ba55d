import pytest
from django.core.cache import cache
from django.test import RequestFactory
from django.utils import translation

from config.context import data_version, site
from tests import factories


@pytest.mark.parametrize(
    ("asked", "code", "english", "chinese"),
    [
        ("/", "en", "/", "/zh-hans/"),
        ("/zh-hans/", "zh-hans", "/", "/zh-hans/"),
        ("/cities/beijing/?a=1&b=2", "en", "/cities/beijing/?a=1&b=2", "/zh-hans/cities/beijing/?a=1&b=2"),
        ("/zh-hans/cities/?q=%E5%8C%97", "zh-hans", "/cities/?q=%E5%8C%97", "/zh-hans/cities/?q=%E5%8C%97"),
        ("/zh-hans//evil.example/", "zh-hans", "/evil.example/", "/zh-hans/evil.example/"),
    ],
)
def test_the_language_switch_is_this_very_page(asked, code, english, chinese):
    request = RequestFactory().generic("GET", asked)
    with translation.override(code):
        known = site(request)
    assert [one["href"] for one in known["languages"]] == [english, chinese]
    assert [one["code"] for one in known["languages"] if one["current"]] == [code]


def test_the_canonical_address_is_whole_and_has_no_query():
    assert site(RequestFactory().get("/cities/?x=1"))["canonical"] == "http://127.0.0.1:8000/cities/"


@pytest.mark.django_db
def test_the_data_version_is_the_last_change_and_is_asked_for_once(django_assert_num_queries):
    cache.clear()
    assert data_version() == ""
    cache.clear()
    observation = factories.make_observation()
    changed = observation.history.first().history_date
    with django_assert_num_queries(1):
        assert data_version() == data_version() == f"{changed:%Y-%m-%d %H:%M} UTC"
