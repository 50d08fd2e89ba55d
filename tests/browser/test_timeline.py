"""The picture of a timeline at the pointer, at the keyboard, on a phone and on paper."""

from playwright.sync_api import expect

CITY = "/policies/?city=beijing&view=timeline"
PAGES = (
    CITY,
    "/policies/?view=timeline",
    "/compare/beijing/vs/shanghai/",
    "/cities/beijing/",
    "/zh-hans/cities/beijing/",
)
# The smallest letters in pixels; 0 where words leave the picture.
SMALLEST = """svg => {
  const frame = svg.getBoundingClientRect(), texts = Array.from(svg.querySelectorAll("text"));
  const boxes = texts.map(text => text.getBoundingClientRect());
  if (boxes.some(box => box.left < frame.left - 1 || box.right > frame.right + 1)) return 0;
  const scale = frame.width / svg.viewBox.baseVal.width;
  return scale * Math.min(...texts.map(text => parseFloat(getComputedStyle(text).fontSize)));
}"""


def test_a_mark_leads_to_its_entry_and_the_keyboard_meets_each_policy_once(page):
    page.goto(CITY)
    mark = page.locator(".timeline-wide a").first
    mark.locator("text").click()
    target = page.locator(":target")
    assert mark.get_attribute("href") == "#" + target.get_attribute("id")
    expect(target).to_be_in_viewport()
    stops = page.eval_on_selector_all(".timeline-figure a", "links => links.filter(link => link.tabIndex >= 0).length")
    assert stops == 0


def test_words_stay_inside_and_legible_on_a_phone_on_a_page_and_on_paper(new_page):
    page = new_page()
    for address in PAGES:
        page.goto(address)
        for width, shown, hidden in ((1280, "wide", "narrow"), (320, "narrow", "wide")):
            page.set_viewport_size({"width": width, "height": 900})
            expect(page.locator(f".timeline-{hidden}").first).to_be_hidden()
            smallest = page.locator(f".timeline-{shown} svg").first.evaluate(SMALLEST)
            assert smallest >= 9.5, (address, width, smallest)
    page.goto(CITY)
    page.emulate_media(media="print")
    expect(page.locator(".timeline-wide svg")).to_be_visible()  # whatever the screen was
    expect(page.locator(".timeline-narrow")).to_be_hidden()
