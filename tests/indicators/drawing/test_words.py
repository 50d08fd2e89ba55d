"""The note and the summary under a chart."""

from django.template.loader import render_to_string
from django.utils.translation import override

from indicators.drawing import words as chart_words
from tests import crawl

LINE = {
    "type": "line", "unit": "patents", "labels": ["2019", "2020", "2021", "2022", "2023"],
    "series": [{"name": "Beijing", "points": [
        {"x": "2019", "y": 1200.5, "kind": "exact", "label": "1,200.5"},
        {"x": "2020", "y": 1300.25, "kind": "exact", "label": "1,300.25"},
        {"x": "2022", "y": 900, "kind": "estimate", "label": "about 900"},
        {"x": "2023", "y": 2000, "kind": "bound_low", "label": "more than 2,000"},
    ]}],
}  # fmt: skip


def test_the_note_says_which_marks_mean_what_and_how_many_there_are():
    note = chart_words.note(LINE)
    assert "Open mark: an estimate (1)." in note
    assert "arrow up: more than this, or at least this (1)" in note
    assert "dashed line" in note
    assert "A gap is a year without a figure: 1 of 5." in note
    assert "range" not in note


def test_a_chart_of_exact_figures_needs_no_note():
    points = [{"x": "2019", "y": 0, "kind": "exact"}, {"x": "2020", "y": 2, "kind": "exact"}]
    assert (
        chart_words.note({"type": "line", "labels": ["2019", "2020"], "series": [{"name": "a", "points": points}]})
        == ""
    )


def test_the_summary_has_range_first_last_and_largest_change():
    assert chart_words.summary(LINE) == (
        "Beijing: 4 figures from 2019 to 2023, between about 900 and more than 2,000 patents; the first 1,200.5, "
        "the last more than 2,000. The largest change between neighbouring years: +99.75, from 2019 to 2020."
    )


def test_bars_slopes_scatters_and_empty_charts_have_a_summary():
    bars = [
        {"x": "Shenzhen", "y": 5, "label": "5"},
        {"x": "Hefei", "y": 2, "label": "2"},
        {"x": "Linyi", "kind": "absent"},
    ]
    data = {
        "type": "bar",
        "unit": "firms",
        "labels": ["Shenzhen", "Hefei", "Linyi"],
        "series": [{"name": "s", "points": bars}],
    }
    assert chart_words.summary(data) == "2 figures. The longest bar: Shenzhen, 5 firms. The shortest: Hefei, 2."
    ranks = [{"x": "2020", "y": 23}, {"x": "2023", "y": 18}]
    data = {"type": "slope", "labels": ["2020", "2023"], "series": [{"name": "Fuzhou", "points": ranks}]}
    assert "Fuzhou – 2020: 23, 2023: 18." in chart_words.summary(data)
    assert "The largest step: Fuzhou, from 23 (2020) to 18 (2023)." in chart_words.summary(data)
    points = [{"x": 12, "y": 30, "name": "Hefei"}, {"x": 40, "y": 3, "name": "Xiamen"}]
    data = {"type": "scatter", "x_unit": "km", "y_unit": "kg", "series": [{"name": "cities", "points": points}]}
    assert "From left to right: Hefei (12) to Xiamen (40 km)." in chart_words.summary(data)
    assert "From bottom to top: Xiamen (3) to Hefei (30 kg)." in chart_words.summary(data)
    assert "Nothing is drawn" in chart_words.summary({"type": "line", "labels": [], "series": []})


def test_the_frame_holds_picture_summary_note_and_twin_without_script():
    chart = {"id": "c", "title": "T", "data": LINE, "table_id": "twin", "events": [
        {"number": 1, "date": "30 May 2023", "title": "Plan", "url": "/policies/plan/"}]}  # fmt: skip
    html = render_to_string("components/chart.html", {"chart": chart})
    page = crawl.parse(html)
    assert html.count("<svg") == 2
    assert 'aria-describedby="c-summary"' in html
    assert 'href="#twin"' in html
    assert '<li value="1">30 May 2023' in html
    assert "A gap is a year without a figure" in page.text()
    assert "data-chart-tools hidden" in html


def test_a_chinese_page_runs_its_sentences_together():
    with override("zh-hans"):
        assert ". " not in chart_words.note(LINE)
