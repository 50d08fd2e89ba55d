"""A ranking with script: other states without a full load, the source beside the row, focus and history kept."""

import pytest

pytestmark = pytest.mark.django_db
GDP = "/indicators/gdp-current-prices/"


def stay(page):
    page.evaluate("window.stayed = true")


def stayed(page):
    return page.evaluate("window.stayed === true")


def active(page):
    return page.evaluate("document.activeElement.textContent.trim()")


def test_choices_heads_and_forms_change_the_page_in_place_and_the_way_back_leads_back(new_page):
    page = new_page(viewport={"width": 1280, "height": 900})
    page.goto(GDP)
    stay(page)
    page.click('.controls a:has-text("2023")')
    page.wait_for_url("**period=2023")
    assert active(page) == "2023", "the focus stays on the choice"
    page.click('[data-control="Change since"] a:has-text("2020")')
    page.wait_for_url("**baseline=2020")
    page.click('th a:has-text("Rank since 2020")')
    page.wait_for_url("**sort=-change**")
    page.wait_for_selector('th[aria-sort="descending"]')
    page.select_option("#find-city", "xian")
    page.click('.find button:has-text("Mark")')
    page.wait_for_selector(".marked")
    page.click(".ranking tr.is-selected [data-panel-link]")
    page.wait_for_selector("#source-panel")
    page.wait_for_function("document.activeElement.id === 'where-title'")
    page.go_back()
    page.wait_for_selector("#source-panel", state="detached")
    page.go_back()
    page.wait_for_selector(".marked", state="detached")
    assert "sort=-change" in page.url
    assert stayed(page)


def test_an_exchanged_page_opens_sources_draws_charts_and_says_what_it_shows(new_page):
    page = new_page(viewport={"width": 1280, "height": 900})
    page.goto(GDP)
    stay(page)
    page.click('.controls a:has-text("Chart")')
    page.wait_for_url("**view=chart")
    page.wait_for_selector("#chart canvas:visible")
    page.wait_for_function(
        "Array.from(document.querySelectorAll('[role=status]')).some(one => one.textContent.includes('2024'))"
    )
    page.click(".ranking [data-panel-link]")
    page.wait_for_selector("#source-panel")
    page.keyboard.press("Escape")
    page.wait_for_selector("#source-panel", state="detached")
    assert stayed(page)


def test_cities_ticked_in_the_menu_become_a_group_in_the_address(new_page):
    page = new_page(viewport={"width": 1280, "height": 900})
    page.goto(GDP)
    page.click('[data-control="Among"] summary')
    for slug in ("beijing", "shanghai", "shenzhen"):
        page.check(f'input[name="group"][value="{slug}"]')
    page.click('button:has-text("Rank these cities")')
    page.wait_for_url("**group=beijing,shanghai,shenzhen")
    assert page.locator(".ranking tbody tr").count() == 3


@pytest.mark.parametrize("width", [320, 1280])
def test_without_script_the_marked_row_stays_in_sight_and_every_choice_is_a_link(new_page, width):
    page = new_page(viewport={"width": width, "height": 700}, java_script_enabled=False)
    page.goto(GDP + "?city=xian&period=2023&series=gdp-current-prices-urban-fundamentals&baseline=2020")
    row = page.locator("#at-xian")
    page.locator("#at-shanghai").scroll_into_view_if_needed()
    assert row.bounding_box()["y"] < 700, "at the foot of the window while it stands below"
    page.locator("#at-nanning").scroll_into_view_if_needed()
    assert row.bounding_box()["y"] >= 0, "under the head of the table while it stands above"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".ranking tr.is-selected [data-panel-link]").click()
    assert page.locator("#source-panel").is_visible() and "city=xian" in page.url


def test_a_link_within_the_page_leaves_the_reader_there_and_fetches_nothing(new_page):
    page = new_page(viewport={"width": 1280, "height": 700})
    page.goto(GDP + "?city=xian")
    page.click(".ranking tr.is-selected [data-panel-link]")
    page.wait_for_selector("#source-panel")
    asked = []
    page.on("request", lambda request: GDP in request.url and asked.append(request.url))
    page.click('.standfirst a[href="#median"]')
    page.wait_for_url("**#median")
    page.wait_for_timeout(300)
    assert asked == []
    page.go_back()
    page.wait_for_timeout(300)
    assert asked == [] and page.locator("#source-panel").is_visible()


def test_the_choice_of_numbers_follows_what_is_shown_and_can_be_left(new_page):
    page = new_page(viewport={"width": 1280, "height": 900})
    page.goto(GDP)
    page.click('.controls a:has-text("2021")')
    page.wait_for_url("**period=2021")
    page.wait_for_selector('.colophon .number-switch a[href*="period=2021"]')
    page.click(".colophon .number-switch a")
    page.wait_for_url("**numbers=full**")
    page.click('.controls a:has-text("2023")')
    page.wait_for_url("**period=2023**")
    assert "numbers=full" in page.url
    page.click("main [data-numbers-short]")
    page.wait_for_url(lambda url: "numbers" not in url and "period=2023" in url)
    page.click(".ranking .fig-num")
    page.wait_for_url("**/figures/**")
    assert "numbers" not in page.url


def test_links_within_a_picture_keep_numbers_in_full(new_page):
    page = new_page(viewport={"width": 1280, "height": 900})
    page.goto(GDP + "?view=map&numbers=full")
    page.locator("#map svg a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/figures/**numbers=full")
