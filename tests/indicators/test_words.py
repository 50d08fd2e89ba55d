import pytest
from django.utils.translation import override

from indicators.models import Observation, Place
from indicators.words import key_words, localized, markdown, other_name, period_words

WORDS = [
    ("2021", "2021", "2021年"),
    ("2022-10", "October 2022", "2022年10月"),
    ("2023-05-30", "30 May 2023", "2023年5月30日"),
    ("2022-Q3", "2022 Q3", "2022年第3季度"),
    ("2013/2021", "2013–2021", "2013–2021年"),
]


@pytest.mark.parametrize(("key", "english", "chinese"), WORDS)
def test_a_period_is_said_as_readers_say_it(key, english, chinese):
    with override("en"):
        assert key_words(key) == english
    with override("zh-hans"):
        assert key_words(key) == chinese


def test_an_inferred_date_says_so_and_an_undated_figure_keeps_the_words_printed():
    assert "inferred" in period_words(Observation(period_key="2023-05-30", period_inferred=True))
    assert period_words(Observation(period_key="undated")) == "no date given"
    assert period_words(Observation(period_key="undated", period_text="batches 1 to 4")) == "batches 1 to 4"


def test_a_date_printed_without_its_year_stands_beside_the_whole_date():
    printed = Observation(period_key="2023-05-30", period_text="May 30", period_inferred=True)
    assert period_words(printed) == "30 May 2023, printed as “May 30” (date inferred)"
    assert period_words(Observation(period_key="2020", period_text="end of 2020")) == "end of 2020"


def test_the_column_of_the_page_answers_first_and_the_other_where_it_is_empty():
    place = Place(name="Beijing", name_zh="北京")
    assert localized(place, "name") == "Beijing"
    assert other_name(place) == {"text": "北京", "lang": "zh-Hans"}
    with override("zh-hans"):
        assert localized(place, "name") == "北京"
        assert other_name(place) == {"text": "Beijing", "lang": "en"}
        assert localized(Place(name="Beijing"), "name") == "Beijing"
    assert other_name(Place(name="Beijing")) is None


def test_markdown_keeps_emphasis_and_drops_scripts():
    html = markdown("**Bold** <script>alert(1)</script> [x](javascript:alert(1))")
    assert "<strong>Bold</strong>" in html
    assert "<script" not in html
    assert "javascript:" not in html.partition("href=")[2]


def test_a_number_in_prose_links_to_its_figure_in_the_language_of_the_page():
    text = "Shenzhen [5.86](figure:o-density), see [site](https://example.org/a?b=1)"
    assert 'href="/figures/o-density/"' in markdown(text)
    assert 'href="https://example.org/a?b=1"' in markdown(text)
    with override("zh-hans"):
        assert 'href="/zh-hans/figures/o-density/"' in markdown(text)
