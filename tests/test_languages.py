"""Chinese pages are Chinese: nothing on them is left in English, and the catalogue is whole."""

import re

import pytest

from tests import crawl
from tests.test_provenance import known_numbers, unlinked
from tests.test_repository import HOUSE

# Names that stand in Latin letters in Chinese text too.
PROPER_NAMES = ("CC BY-SA", "GB/T")
WORD = r"[A-Za-z][A-Za-z’'-]*"
RUN = re.compile(rf"{WORD}(?:[\s,;:]+{WORD}){{3,}}")
QUOTED = re.compile("“[^”\u4e00-\u9fff]*”")  # notes on translations quote the English they speak of
SPOKEN = ("title", "aria-label", "data-label", "placeholder", "alt", "data-hint", "data-loading", "data-failed")


def chinese_text(element, english=False):
    """The text of each element a reader hears as Chinese: what says that it is English is left out."""
    lang = element.attributes.get("lang")
    english = lang.startswith("en") if lang else english
    if english or element.tag in crawl.UNSEEN - {"option"}:
        return
    yield " ".join(child for child in element.children if isinstance(child, str))
    yield from (element.attributes[name] or "" for name in SPOKEN if name in element.attributes)
    for child in element.children:
        if isinstance(child, crawl.Element):
            yield from chinese_text(child, english)


def english_runs(page):
    for text in chinese_text(page):
        text = QUOTED.sub("·", text)
        for name in PROPER_NAMES:
            text = text.replace(name, "·")
        yield from RUN.findall(text)


@pytest.mark.django_db
@pytest.mark.usefixtures("demo_content")
def test_a_chinese_page_holds_no_run_of_english_words_and_no_number_without_its_link(client):
    """One walk for both questions: it is the walk that takes the time."""
    known, visited, runs, found = known_numbers("zh-hans"), 0, {}, []
    for address, page in crawl.pages(client, start="/zh-hans/", alike=crawl.AGAIN):
        visited += 1
        found += unlinked(address, page, known)
        if english := set(english_runs(page)):
            runs[address] = sorted(english)
    assert not runs
    assert not found, "\n".join(found)
    assert visited > 120


def test_a_run_of_english_words_is_found_and_one_marked_as_english_is_not():
    page = crawl.parse('<p>城市 first among the cities</p><p lang="en">first among the cities</p><p>CC BY-SA 4.0</p>')
    assert list(english_runs(page)) == ["first among the cities"]


def test_every_message_of_the_catalogue_is_translated_and_none_is_fuzzy_or_left_over():
    for po in (HOUSE / "config/locale").rglob("*.po"):
        text = po.read_text()
        assert not re.search(r"^#, .*fuzzy|^#~", text, re.MULTILINE)
        assert not re.findall(r'^msgid(?:_plural)? (".+")\nmsgstr(?:\[0\])? ""\n(?!")', text, re.MULTILINE)
