"""The admin in a real browser: logging in works and no page of it breaks the content policy."""

import re

import pytest

from tests import demo_server


@pytest.fixture
def publisher(page):
    kept = dict(line.split() for line in (demo_server.folder() / "demo-accounts").read_text().splitlines())
    page.goto("/admin/")
    page.get_by_label("Username").fill("publisher")
    page.get_by_label("Password").fill(kept["publisher"])
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    return page


def links(page, pattern):
    found = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    return sorted({href for href in found if re.fullmatch(pattern, href)})


def test_every_list_and_form_of_the_admin_keeps_to_the_policy(publisher):
    lists = links(publisher, r"/admin/[a-z]+/[a-z]+/")
    assert lists
    for address in lists:
        publisher.goto(address)
        one = links(publisher, rf"{address}[^/]+/change/(\?.*)?")[:1]
        for inner in [*one, *[href.split("change/")[0] + "history/" for href in one], f"{address}add/"]:
            response = publisher.goto(inner)
            if response.status == 403:  # a publisher need not hold every permission
                publisher.complaints[:] = [said for said in publisher.complaints if "status of 403" not in said]
            assert response.status in (200, 403), inner
            assert not publisher.complaints, inner


def test_the_admin_speaks_chinese_under_its_own_address(publisher):
    publisher.goto("/zh-hans/admin/")
    assert publisher.locator("html").get_attribute("lang") == "zh-hans"


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(publisher):
    (cookie,) = [one for one in publisher.context.cookies() if one["name"] == "sid"]
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
