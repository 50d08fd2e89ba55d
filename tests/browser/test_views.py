"""Maps, scatters and slopes by keyboard, and what is left of them without script on a small phone."""

import pytest
from playwright.sync_api import expect

GDP = "/indicators/gdp-current-prices/"
MAP, SLOPE = f"{GDP}?view=map&period=2024", f"{GDP}?view=slope&period=2024"
SCATTER = f"{GDP}?view=scatter&with=permanent-population&period=2022"
PHONE = {"width": 320, "height": 640}


def marks(page):
    return page.locator("#view [data-steps] a")


def test_arrow_keys_step_from_the_largest_circle_on_and_say_each_figure(new_page):
    page = new_page()
    page.goto(MAP)
    said = page.locator("#view .chart-said")
    expect(said).to_contain_text("arrow keys")
    expect(page.locator("#view [data-steps] a[tabindex='0']")).to_have_count(1)
    marks(page).first.focus()
    expect(said).to_contain_text("Shanghai: 5,392.67 billion yuan, 2024")
    page.keyboard.press("ArrowRight")
    expect(said).to_contain_text("Beijing")
    expect(marks(page).nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(marks(page).last).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(marks(page).first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/figures/**")


def test_another_state_of_the_page_brings_its_own_picture_to_the_keyboard(new_page):
    page = new_page()
    page.goto(MAP)
    page.locator("#view .view-first a").first.wait_for()
    page.get_by_role("link", name="2023", exact=True).first.click()
    expect(page.locator("#view .chart-title")).to_contain_text("2023")
    marks(page).first.focus()
    expect(page.locator("#view .chart-said")).to_contain_text("Shanghai")
    expect(page.locator("#view [data-steps] a[tabindex='0']")).to_have_count(1)


@pytest.mark.parametrize("address", [MAP, SCATTER, SLOPE])
@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_without_script_every_mark_is_a_link_and_nothing_runs_over_a_phone(new_page, address, prefix):
    page = new_page(java_script_enabled=False, viewport=PHONE)
    page.goto(prefix + address)
    assert marks(page).count() > 40
    assert page.locator("#view [data-steps] a[tabindex]").count() == 0
    expect(page.get_by_role("link", name="Shanghai" if not prefix else "上海").first).to_be_attached()
    for name in page.locator("#view svg text").all():
        box = name.bounding_box()
        assert box is None or (box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]), name.text_content()
