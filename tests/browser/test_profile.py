"""A profile on paper: one page, with the figures and without the screen's furniture."""

import re

import pytest


@pytest.mark.parametrize("address", ["/cities/beijing/", "/cities/yulin/", "/zh-hans/cities/beijing/"])
def test_a_profile_prints_as_one_page(new_page, address):
    page = new_page()
    page.goto(address)
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", paper)) == 1
    page.emulate_media(media="print")
    for shown in (".profile-name", ".stats", ".brief", ".brief-sources"):
        assert page.locator(shown).is_visible()
    for hidden in (".masthead", ".topic-rows >> nth=0", ".colophon"):
        assert not page.locator(hidden).is_visible()


def test_the_address_of_a_folded_row_opens_it(new_page):
    page = new_page()
    page.goto("/cities/beijing/")
    row = page.locator(".more tr[id]").first
    assert not row.is_visible()
    page.goto(f"/cities/beijing/#{row.get_attribute('id')}")
    assert page.locator(".more tr:target").is_visible()
