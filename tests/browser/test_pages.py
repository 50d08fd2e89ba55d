"""Every page type, in both languages, light and dark, on a phone: no barrier, no violation, nothing cut off."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import get_resolver

from tests.pages import NO_PAGES, PAGES, START

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}
# Rows, columns and entries of a long table or list are built alike: the first dozen is enough, all take axe a minute.
LIKE_THE_FIRST = ":is(tr > td, tr > th, tbody tr, li):nth-child(n + 13)"


def visit(page, prefix, address):
    """Open a page of PAGES under the language's prefix; follow the first link where no address is fixed."""
    if address in START:
        page.goto(prefix + START[address])
        wanted = prefix + address.removeprefix("follow ")
        address = page.locator(f'a[href^="{wanted}"]:not([href="{wanted}"])').first.get_attribute("href")
        response = page.goto(address)
    else:
        response = page.goto(prefix + address)
    return response


def forgive_the_status(page, response):
    """A 404 page is asked for on purpose; Chromium notes its status in the console."""
    if response.status == 404:
        page.complaints[:] = [said for said in page.complaints if "status of 404" not in said]


def barriers(page, rules, without=()):
    assert not page.complaints
    options = {"runOnly": rules, "rules": {rule: {"enabled": False} for rule in without}}
    found = Axe().run(page, options=options).response["violations"]
    page.complaints.clear()  # axe itself tries an inline style
    return [(one["id"], [node["html"][:200] for node in one["nodes"]][:3]) for one in found]


@pytest.mark.parametrize("prefix", ["", "/zh-hans"], ids=["en", "zh-hans"])
@pytest.mark.parametrize("kind", PAGES)
def test_a_page_has_no_barrier_breaks_no_policy_sets_no_cookie_and_fits_a_phone(new_page, kind, prefix):
    page = new_page(color_scheme="light", reduced_motion="reduce", viewport=DESKTOP)
    response = visit(page, prefix, PAGES[kind])
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")  # charts in sight
    assert response.status == (404 if kind == "not found" else 200)
    assert page.locator("html").get_attribute("lang") == ("zh-Hans" if prefix else "en")
    forgive_the_status(page, response)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.set_viewport_size(DESKTOP)
    page.eval_on_selector_all(LIKE_THE_FIRST, "found => found.forEach(one => one.remove())")
    # Colours and sizes are the same in both languages: the second time only words and structure are looked at.
    assert not barriers(page, RULES, without=("color-contrast", "target-size") if prefix else ())
    assert not page.context.cookies()
    if prefix:
        return
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    assert not barriers(page, ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"])


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_complete_without_script(new_page, kind):
    page = new_page(java_script_enabled=False)
    forgive_the_status(page, visit(page, "", PAGES[kind]))
    assert page.locator("h1").count() == 1
    assert page.locator("main#main").inner_text().strip()


def test_no_page_type_is_forgotten():
    named = {name for name in get_resolver().reverse_dict if isinstance(name, str)} - NO_PAGES
    for app in ("indicators", "policies"):
        _prefix, inner = get_resolver().namespace_dict[app]
        named |= {f"{app}:{name}" for name in inner.reverse_dict if isinstance(name, str)}
    assert named - NO_PAGES == PAGES.keys() - {"not found"}
