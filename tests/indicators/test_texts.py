"""Folding, words, scores and marks of a search: hand-worked cases, and what holds for any text."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators import texts
from indicators.texts import Query, Text, fold, marked, score, spellings, words

ANY = st.text(max_size=60)
# The letters readers type, with what stands between them.
TYPED = st.text(
    st.sampled_from("abzAZ éüÜ 上海市元宇宙“”《》〔〕()-—'’·/.,+%23ＡＢ１２ \t\u200f"), min_size=1, max_size=30
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Xi'an", "xian"),
        ("Xi’an", "xian"),
        ("Lüda", "luda"),
        ("Lu\u0308da", "luda"),
        ("ÜRÜMQI", "urumqi"),
        ("ＡＩ１０", "ai10"),
        ("STRASSE Straße", "strasse strasse"),
        ("Double First-Class", "double first class"),
        ("上海市“元宇宙”关键技术", "上海市元宇宙关键技术"),
        ("京政办发〔2023〕15号", "京政办发 2023 15 号"),
        ("京政办发[2023] 15号", "京政办发 2023 15 号"),
        ("AI产业", "ai 产业"),
        ("ab\u200fc\x00d", "abc d"),
        ("…!?（）", ""),
    ],
)
def test_what_readers_take_for_the_same_folds_to_the_same(written, folded):
    assert fold(written) == folded


def test_pinyin_is_found_with_u_and_with_v():
    assert spellings("Lüda") == ["luda", "lvda"]
    assert spellings("Luda") == ["luda"]


def test_a_space_between_chinese_words_makes_two_words_of_a_query():
    assert words("上海 元宇宙") == ["上海", "元宇宙"]
    assert words("5G基站") == ["5g", "基站"]


@given(ANY | TYPED)
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(TYPED)
def test_composed_and_decomposed_letters_fold_to_the_same(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(ANY | TYPED, st.lists(TYPED, max_size=3))
def test_a_text_always_finds_itself_exactly(text, others):
    assume(fold(text))
    assert score(Text.of([*others, text]), Query(text)) // 10 == texts.EXACT


@given(ANY | TYPED, TYPED)
def test_marked_parts_joined_are_the_text(text, asked):
    assert "".join(part for part, _ in marked(text, Query(asked))) == text


@given(ANY, ANY)
def test_a_text_that_holds_none_of_the_words_is_not_found(text, asked):
    query = Query(asked)
    assume(query and not any(word[0] in fold(text).replace(" ", "") for word in query.words))
    assert not score(Text.of([text]), query)


def ranked(asked, **named):
    found = {name: score(text, Query(asked)) for name, text in named.items()}
    return sorted((name for name, value in found.items() if value), key=lambda name: -found[name])


def test_exact_comes_before_beginning_before_word_before_inside():
    found = ranked(
        "art",
        inside=Text.of(["smarter"]),
        word_start=Text.of(["a list of artists"]),
        word=Text.of(["a list of art"]),
        start=Text.of(["Artists"]),
        begins=Text.of(["Art and industry"]),
        exact=Text.of(["Art"]),
        nowhere=Text.of(["craft fairs"]),
    )
    assert found[:6] == ["exact", "begins", "start", "word", "word_start", "inside"]


def test_names_come_before_other_names_before_what_is_said_about_them():
    found = ranked(
        "peking",
        about=Text.of(["Tsinghua"], about=["in Peking"]),
        other=Text.of(["Beijing"], ["Peking"]),
        name=Text.of(["Peking"]),
    )
    assert found == ["name", "other", "about"]


def test_every_word_must_be_there_in_whatever_field():
    plan = Text.of(["Metaverse Action Plan", "元宇宙行动方案"], about=["Shanghai", "上海"])
    assert score(plan, Query("shanghai metaverse")) and score(plan, Query("上海 元宇宙"))
    assert not score(plan, Query("beijing metaverse"))


def test_two_chinese_characters_are_enough_and_start_a_word_anywhere():
    assert ranked("海市", shanghai=Text.of(["上海市"]), beijing=Text.of(["北京市"])) == ["shanghai"]


def test_a_title_is_found_by_what_follows_the_name_of_its_city_but_never_counts_as_whole():
    plan = Text.of(["Chengdu Metaverse Plan"], heads=["Metaverse Plan"])
    assert score(plan, Query("metaverse")) // 10 == texts.BEGINS_WORD
    assert score(plan, Query("metaverse plan")) // 10 == texts.BEGINS_WORD
    assert score(plan, Query("plan")) // 10 == texts.HAS_WORD


def test_codes_are_found_whole_or_from_their_beginning_never_from_inside():
    shanghai = Text.of(["Shanghai"], codes=["310000"])
    assert score(shanghai, Query("310000")) // 10 == texts.EXACT
    assert score(shanghai, Query("3100")) // 10 == texts.BEGINS
    assert not score(shanghai, Query("1000")) and not score(shanghai, Query("3"))


def test_a_single_letter_is_only_looked_for_at_the_beginning_of_names():
    assert ranked("s", begins=Text.of(["Shanghai"]), inside=Text.of(["Xi'an sights"])) == ["begins"]


def test_spaces_inside_a_short_name_do_not_matter():
    assert score(Text.of(["Shang hai"]), Query("shanghai")) // 10 == texts.EXACT
    assert score(Text.of(["Xi'an"]), Query("xi an")) // 10 == texts.EXACT


def test_chinese_without_a_space_is_found_in_pieces():
    plan = Text.of(["上海市培育“元宇宙”新赛道行动方案"])
    assert not score(plan, Query("上海元宇宙"))
    assert texts.loosely(plan, Query("上海元宇宙"))
    assert not texts.loosely(plan, Query("北京元宇宙"))
    assert not texts.loosely(plan, Query("上宇"))  # single characters are no pieces


def test_long_words_are_not_cut_into_pieces():
    plan = Text.of(["上海市培育“元宇宙”新赛道行动方案"])
    assert texts.loosely(plan, Query("上海" * 12)) and not texts.loosely(plan, Query("上海" * 13))


def test_a_query_leaves_no_more_behind_than_texts_need():
    for first in range(0x4E00, 0x4E00 + 3 * texts.MOST_FOLDED, 300):
        Query("".join(map(chr, range(first, first + 300))))
    assert len(texts._FOLDING) <= texts.MOST_FOLDED
    assert fold("Lüda，上海") == "luda 上海"


@pytest.mark.parametrize(
    ("text", "asked", "lit"),
    [
        ("Xi'an, an old capital", "xian", ["Xi'an"]),
        ("上海市“元宇宙”关键技术", "上海 元宇宙", ["上海", "元宇宙"]),
        ("上海市“元宇宙”关键技术", "上海市元宇宙", ["上海市“元宇宙"]),
        ("An AI plan that is fair", "ai", ["AI"]),
        ("smart", "art", ["art"]),
        ("ＡＩ plan", "ai", ["ＡＩ"]),
        ("Lüda", "lu", ["Lü"]),
        ("nothing here", "xyz", []),
        ("nothing here", "", []),
    ],
)
def test_what_was_looked_for_is_marked_as_written(text, asked, lit):
    assert [part for part, is_lit in marked(text, Query(asked)) if is_lit] == lit


@pytest.mark.parametrize("asked", ["", " ", "!?…", "\x00", "\u200f\u202e", "'", "().*[", "%"])
def test_a_query_without_letter_or_digit_looks_for_nothing(asked):
    assert not Query(asked)


@pytest.mark.parametrize("asked", ["pl.*", "(ai", "[plan]", "\\plan+", "plan|ai", "^plan$", "ai{}?"])
def test_signs_of_patterns_are_taken_for_nothing_but_spaces(asked):
    assert score(Text.of(["Plan (AI)"]), Query(asked))
    assert any(is_lit for _part, is_lit in marked("Plan (AI)", Query(asked)))
