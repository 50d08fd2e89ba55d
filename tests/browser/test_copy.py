"""Copying: a sentence and a table land in the clipboard as they should; full numbers stay while browsing."""

FIGURE = "/figures/o-digital-technology-patent-applications-beijing-2021/"
RANKING = "/indicators/digital-technology-patent-applications/"


def copied(page, button):
    button.click()
    page.get_by_role("button", name="Copied").first.wait_for()
    return page.evaluate("navigator.clipboard.readText()")


def test_a_sentence_and_a_table_are_copied_with_source_and_address(new_page):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(FIGURE)
    said = copied(page, page.get_by_role("button", name="in English"))
    assert "is more than 10,000 applications; the source ranks it number 1 of 50" in said
    assert said.endswith(FIGURE)

    page.goto(RANKING)
    lines = copied(page, page.get_by_role("button", name="Copy the table").first).rstrip("\n").split("\n")
    assert lines[0].startswith("Rank in the source, of 50\tCity\tapplications")
    assert lines[1].split("\t")[:3][0::2] == ["1", "> 10,000"]
    assert len({line.count("\t") for line in lines[:-1]}) == 1
    assert lines[-1].startswith("Sources: Zero One Finance") and lines[-1].endswith(RANKING)


def test_no_cell_of_a_copied_table_is_a_formula(new_page):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(RANKING)
    cells = ["=7", "=11 of 34", "=1+1", "@sum", "+1,200 a year", "−3.5"]
    page.evaluate(
        """texts => document.querySelectorAll("table[data-tsv] tbody tr:not(.panel-row)").forEach((row, at) => {
        if (at < texts.length) row.cells[0].textContent = texts[at]; })""",
        cells,
    )
    lines = copied(page, page.get_by_role("button", name="Copy the table").first).split("\n")
    firsts = [line.split("\t")[0] for line in lines[1 : len(cells) + 1]]
    assert firsts == ["7=", "11= of 34", "'=1+1", "'@sum", "'+1,200 a year", "-3.5"]


def test_without_script_the_sentences_stand_as_text_and_no_button_shows(new_page):
    page = new_page(java_script_enabled=False)
    page.goto(FIGURE)
    assert page.get_by_role("button", name="in English").count() == 0
    page.locator(".copy-sentence summary").click()
    assert page.locator(".copy-sentence p[lang='zh-Hans']").is_visible()


def test_full_numbers_stay_while_browsing(new_page):
    page = new_page()
    page.goto("/indicators/gdp-current-prices/?period=2021&numbers=full")
    page.locator(".ranking a.fig-num").first.click()
    page.wait_for_url("**/figures/**")
    assert page.url.endswith("?numbers=full")
    page.locator("[data-numbers-short]").first.click()
    page.wait_for_url(lambda url: "numbers" not in url)
