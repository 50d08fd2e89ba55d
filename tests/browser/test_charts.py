"""Charts with script: saving, full screen, keyboard, theme, new content; all under the site's real content policy."""

import csv
import io
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

GALLERY = "/about/components/"
SVG = "{http://www.w3.org/2000/svg}"


def opened(new_page, chart, **options):
    """The gallery with one chart drawn."""
    page = new_page(**{"color_scheme": "light", "viewport": {"width": 1280, "height": 900}} | options)
    page.goto(GALLERY)
    figure = page.locator(f"figure#{chart}")
    figure.scroll_into_view_if_needed()
    page.wait_for_function("id => document.getElementById(id).dataset.ready", arg=chart)
    return page, figure


def saved(page, figure, kind):
    with page.expect_download() as download:
        figure.locator(f"[data-save={kind}]").click()
    assert download.value.suggested_filename.endswith(f".{kind}")
    return download.value.path().read_bytes()


def test_a_chart_is_saved_as_picture_and_table_without_breaking_the_policy(new_page):
    page, figure = opened(new_page, "example-line")
    root = ElementTree.fromstring(saved(page, figure, "svg"))  # noqa: S314 - our own file
    words = [text.text for text in root.iter(f"{SVG}text")]
    assert "Source: An example report" in words
    assert any(text and text.startswith("Example City A overtook B") for text in words)
    assert not any(element.get("class") or element.get("style") for element in root.iter())
    assert {element.get("stroke") for element in root.iter(f"{SVG}path")} >= {"#0b5d6b", "#c2410c"}
    assert saved(page, figure, "png").startswith(b"\x89PNG")
    table = saved(page, figure, "csv").decode()
    assert table.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(table.removeprefix("\ufeff"))))
    assert rows[0] == ["name", "x", "kind", "value", "low", "high", "unit", "words", "address"]
    assert rows[3] == ["Example City A", "2021", "absent", "", "", "", "examples", "no figure published", ""]
    assert "Source: An example report" in rows[-1][0]
    assert not page.complaints


def test_no_cell_of_a_saved_table_is_a_formula(new_page):
    page, figure = opened(new_page, "example-bar")
    page.evaluate(
        """() => { const script = document.querySelector("#example-bar script");
        const data = JSON.parse(script.textContent);
        Object.assign(data.series[0].points[0], {x: '=HYPERLINK("//x")', y: -3.5, label: "-3.5"});
        Object.assign(data.series[0].points[1], {x: "@sum", label: "+1,200 a year"});
        script.textContent = JSON.stringify(data); }"""
    )
    rows = list(csv.reader(io.StringIO(saved(page, figure, "csv").decode("utf-8-sig"))))
    assert rows[1][1:4] == ['\'=HYPERLINK("//x")', "exact", "-3.5"]
    assert (rows[2][1], rows[2][7]) == ("'@sum", "'+1,200 a year")
    assert rows[1][7] == "-3.5"


STEPS = (
    ("example-line", "ArrowRight ArrowRight ArrowRight", "Example City A, 2021: no figure published"),
    ("example-line", "End ArrowDown", "Example City B, 2023: 24 examples"),
    ("example-bar", "ArrowDown ArrowDown", "Example City B: more than 22 examples"),
    ("example-slope", "End", "Example City A, as a share: rank 3"),
    ("example-bump", "End ArrowDown", "Example City B, 2023: 2"),
    ("example-scatter", "Home ArrowRight", "Example City B: 18 examples, 22 invented patents"),
    ("example-scatter", "Home ArrowUp", "Example City C: 25 examples, 41 invented patents"),
)


@pytest.mark.parametrize(("url", "leads"), [("https://example.org/", False), ("/about/", True)])
def test_enter_follows_a_point_on_this_site_alone(new_page, url, leads):
    page = new_page()
    page.goto(GALLERY)
    assert not page.locator("#example-bar").get_attribute("data-ready")
    page.evaluate(
        """url => { const script = document.querySelector("#example-bar script"), data = JSON.parse(script.textContent);
        data.series[0].points[0].url = url;
        script.textContent = JSON.stringify(data); }""",
        url,
    )
    page.locator("figure#example-bar").scroll_into_view_if_needed()
    page.wait_for_function("() => document.getElementById('example-bar').dataset.ready")
    page.locator("#example-bar canvas").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.url.endswith("/about/" if leads else GALLERY)


def test_arrow_keys_step_through_the_points_and_say_them(new_page):
    page, _figure = opened(new_page, "example-line")
    for chart, keys, said in STEPS:
        figure = page.locator(f"figure#{chart}")
        figure.scroll_into_view_if_needed()
        page.wait_for_function("id => document.getElementById(id).dataset.ready", arg=chart)
        canvas, live = figure.locator("canvas"), figure.locator("[data-chart-live]")
        canvas.focus()
        assert "Arrow keys" in live.text_content()
        for key in keys.split():
            page.keyboard.press(key)
        assert live.text_content().strip() == said
        canvas.blur()
        assert page.locator(f"#{canvas.get_attribute('aria-describedby')}").text_content().strip()


def test_a_chart_fills_the_screen_and_leaves_it(new_page):
    page, figure = opened(new_page, "example-line")
    button = figure.locator("[data-full]")
    button.click()
    page.wait_for_function("() => document.fullscreenElement && document.fullscreenElement.id === 'example-line'")
    expect(button).to_have_text("Leave full screen")
    button.click()
    page.wait_for_function("() => !document.fullscreenElement")
    expect(button).to_have_text("Full screen")


def test_a_chart_is_drawn_anew_in_the_colours_of_the_theme(new_page):
    page, figure = opened(new_page, "example-line")
    colour = "Chart.getChart(document.querySelector('#example-line canvas')).data.datasets[0].borderColor"
    light = page.evaluate(colour)
    page.locator("#theme button").click()
    assert page.evaluate(colour) != light
    root = ElementTree.fromstring(saved(page, figure, "svg"))  # noqa: S314 - our own file
    assert root.find(f"{SVG}rect").get("fill") == "#14171a"


def test_charts_of_new_content_are_drawn_and_those_that_left_are_forgotten(new_page):
    page, _figure = opened(new_page, "example-line")
    page.evaluate(
        """() => { const old = document.getElementById("example-line"), fresh = old.cloneNode(true);
        window.gone = Chart.getChart(old.querySelector("canvas"));
        delete fresh.dataset.ready;
        old.replaceWith(fresh);
        document.dispatchEvent(new CustomEvent("contentchange")); }"""
    )
    page.wait_for_function("() => document.getElementById('example-line').dataset.ready")
    assert page.evaluate("window.gone.ctx") is None
    assert page.evaluate("Boolean(Chart.getChart(document.querySelector('#example-line canvas')))")


def test_paper_gets_the_servers_picture(new_page):
    page, figure = opened(new_page, "example-line")
    page.emulate_media(media="print")
    assert figure.locator(".chart-wide svg").is_visible()
    assert not figure.locator("canvas").is_visible()
    assert not figure.locator(".chart-tools").is_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_no_word_of_a_picture_is_under_ten_pixels_on_a_phone(new_page, script):
    page = new_page(viewport={"width": 320, "height": 640}, java_script_enabled=script)
    for address in (GALLERY, "/", "/cities/beijing/"):
        page.goto(address)
        sizes = page.evaluate(
            """() => Array.from(document.querySelectorAll(".chart-svg text"))
            .filter(text => text.getClientRects().length)
            .map(text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""
        )
        assert min(sizes, default=99) >= 10, address
