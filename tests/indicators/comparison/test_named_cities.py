"""Which cities an address names, and the marks of their positions."""

import re

from indicators.comparison import named_cities
from indicators.drawing import sparks

SLUGS = {
    "beijing": ["beijing"],
    "peking": ["beijing"],
    "北京": ["beijing"],
    "xian": ["xian"],
    "xi'an": ["xian"],
    "suzhou": ["suzhou"],
    "taizhou": ["taizhou-js", "taizhou-zj"],
}


def read(path, most=10):
    return named_cities.read(named_cities.split(path), SLUGS, most=most)


def test_cities_stand_in_the_order_of_the_address():
    assert read("suzhou/vs/beijing").known == ("suzhou", "beijing")


def test_other_spellings_lead_to_the_same_city():
    assert read("Peking/vs/XIAN").known == ("beijing", "xian")
    assert read("beijing/vs/北京") == named_cities.Named(("beijing",), twice=("beijing",))


def test_unknown_names_and_those_beyond_the_most_are_kept_apart():
    found = read("beijing/vs/atlantis/vs/xian/vs/suzhou", most=2)
    assert found == named_cities.Named(("beijing", "xian"), ("atlantis",), left_out=("suzhou",))


def test_a_name_that_two_cities_have_leads_to_neither():
    shared = (("taizhou", ("taizhou-js", "taizhou-zj")),)
    assert read("beijing/vs/Taizhou") == named_cities.Named(("beijing",), shared=shared)


def test_empty_parts_name_nobody():
    assert named_cities.split("vs/beijing/vs//vs/") == ["beijing"]
    assert named_cities.split("/vs/") == []


def test_a_misspelt_name_is_led_to_the_nearest_city_and_nonsense_to_none():
    assert named_cities.nearest("bejing", SLUGS) == "beijing"
    assert named_cities.nearest("qqqq" * 1000, SLUGS) == ""


def test_nul_and_long_names_are_harmless():
    found = read("beijing\x00/vs/" + "a" * 5000)
    assert found.known == ("beijing",)
    assert [len(name) for name in found.unknown] == [named_cities.LONGEST]


def test_two_trends_share_one_scale_and_a_gap_breaks_the_line():
    first, second = re.findall(
        r'<path class="spark-line" d="(.*?)"', sparks.sparks([[0.0, None, 10.0], [5.0, 5.0, 5.0]])
    )
    assert first == "M4.0 28.0M136.0 4.0"
    assert second == "M4.0 16.0L70.0 16.0L136.0 16.0"
    assert sparks.sparks([[None], []]) == ""


def test_every_position_has_its_own_shape():
    assert len(set(sparks.MARKERS)) == len(sparks.MARKERS) == 10
