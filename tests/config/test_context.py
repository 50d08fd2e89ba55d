import pytest
from django.test import RequestFactory
from django.utils import translation

from config.context import site


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
