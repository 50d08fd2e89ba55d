"""The search box of the masthead: suggestions by keyboard and pointer, and what is left without script."""

import re

from playwright.sync_api import expect

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 320, "height": 640}


def box(page):
    return page.locator("#site-search")


def options(page):
    return page.get_by_role("option")


def test_a_city_is_chosen_with_the_arrow_keys(new_page):
    page = new_page(viewport=DESKTOP)
    page.goto("/about/")
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    box(page).press_sequentially("shangh")
    expect(options(page).first).to_have_text(re.compile("^Shanghai 上海"))
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    expect(page.locator("header [role=status]")).to_have_text(re.compile(r"Suggestions: \d"))
    box(page).press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    expect(box(page)).to_have_attribute("aria-activedescendant", options(page).first.get_attribute("id"))
    box(page).press("Escape")
    expect(options(page)).to_have_count(0)
    expect(box(page)).to_have_value("shangh")
    expect(box(page)).not_to_have_attribute("aria-activedescendant", re.compile("."))
    box(page).press("ArrowDown")
    box(page).press("ArrowDown")
    box(page).press("Enter")
    page.wait_for_url("**/cities/shanghai/")


def test_enter_without_a_choice_leads_to_all_results_and_the_pointer_to_one(new_page):
    page = new_page(viewport=DESKTOP)
    page.goto("/zh-hans/about/")
    box(page).press_sequentially("元宇宙")
    expect(options(page).first).to_be_visible()
    box(page).press("Enter")
    page.wait_for_url("**/zh-hans/search/?q=**")
    field = page.locator("main input[name=q]")
    expect(field).to_have_value("元宇宙")
    field.fill("310000")
    options(page).first.click()
    page.wait_for_url("**/zh-hans/cities/shanghai/")


def test_only_the_last_of_quick_keys_is_asked_for_and_a_late_answer_is_dropped(new_page):
    page = new_page(viewport=DESKTOP)
    page.goto("/about/")
    asked, held = [], []

    def hold_the_first(route):
        asked.append(route.request.url)
        if len(asked) == 1:
            held.append(route)
        else:
            route.continue_()

    page.route("**/search/?*", hold_the_first)
    box(page).press_sequentially("bei", delay=10)
    page.wait_for_timeout(400)
    assert len(asked) == 1 and "q=bei&" in asked[0]
    box(page).fill("shanghai")
    expect(options(page).first).to_have_text(re.compile("^Shanghai"))
    held[0].abort()
    page.wait_for_timeout(100)
    expect(options(page).first).to_have_text(re.compile("^Shanghai"))
    page.complaints.clear()  # the browser notes the request that was given up


def test_a_phone_has_a_link_instead_of_the_box_and_nothing_runs_over(new_page):
    page = new_page(viewport=PHONE)
    for prefix, words in (("", "Search"), ("/zh-hans", "搜索")):
        page.goto(f"{prefix}/about/")
        expect(box(page)).to_be_hidden()
        page.locator("header").get_by_role("link", name=words, exact=True).click()
        page.wait_for_url(f"**{prefix}/search/")
        page.locator("main input[name=q]").fill("shanghai")
        expect(options(page).first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_without_script_the_box_is_a_form(new_page):
    page = new_page(viewport=DESKTOP, java_script_enabled=False)
    page.goto("/about/")
    box(page).fill("shanghai")
    box(page).press("Enter")
    page.wait_for_url("**/search/?q=shanghai")
    assert page.locator(".found-name a").first.get_attribute("href") == "/cities/shanghai/"
