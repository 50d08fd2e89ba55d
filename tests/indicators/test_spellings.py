import pytest

from indicators.spellings import Vocabulary

KNOWN = Vocabulary(["shanghai", "shenzhen", "metaverse", "software", "上海", "北京", "元宇宙", "low altitude economy"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("shanghia", "shanghai"),
        ("metaverze", "metaverse"),
        ("softwear", "software"),
        ("上诲", "上海"),
        ("元于宙", "元宇宙"),
    ],
)
def test_the_closest_word_comes_first(typed, meant):
    assert KNOWN.close_to(typed)[0] == meant


@pytest.mark.parametrize("typed", ["qqqq", "x", "银行", "", "metaverse"])
def test_a_word_that_is_close_to_nothing_or_known_already_gets_no_suggestion(typed):
    assert not KNOWN.close_to(typed)
