"""No number of an observation, target or declared count stands on the site without its link."""

import re

import pytest
from django.utils.translation import override

from indicators.figures import present
from indicators.models import Observation
from policies.figures import present_count, present_target
from policies.models import DeclaredCount, Target
from tests import crawl

# "5" may be anything and "8.5" a version; "813,000", "5.86" or "11.3" is that figure.
DISTINCTIVE = re.compile(r"\d[\d,]{3,}(?:\.\d+)?|\d+\.\d{2,}|\d{2,}\.\d+")
# The page is the source's own list, named at its head.
A_LIST_AS_PRINTED = re.compile(r"/rankings/(?!surprises/)[a-z0-9-]+/$")
PART_OF_A_UNIT = re.compile(r"10,000 (?:inhabitants|persons|people)|每万")
BETWEEN_TWO = {"c-diff", "c-ratio", "held-gap"}
WHERE_NUMBERS_ARE_QUOTED = {"blockquote", "q"}


def figures_by_number():
    """ "813,000" → the pages it may lead to."""
    rows = [(present(row), row) for row in Observation.objects.published().with_sources()]
    rows += [
        (present_target(row), row)
        for row in Target.objects.published().select_related("policy", "indicator", "source", "place")
    ]
    rows += [(present_count(row), row) for row in DeclaredCount.objects.published().select_related("policy", "source")]
    found, said = {}, set()
    for figure, row in rows:
        for number in DISTINCTIVE.findall(figure["text"]):
            found.setdefault(number, set()).add(row.get_absolute_url())
            if getattr(row, "origin", "") != Observation.Origin.COMPUTED:
                said.add(number)
    # Numbers worked out here are thousands and meet others by chance: those that sources say are looked for.
    return {number: homes for number, homes in found.items() if number in said}


def statement_of(element):
    return next((e for e in (element, *element.ancestors()) if e.tag in crawl.STATEMENTS), element)


def unlinked_numbers(address, page, known):
    main = next((e for e in page.walk() if e.tag == "main"), page)
    for element in main.walk():
        words = PART_OF_A_UNIT.sub("", " ".join(child for child in element.children if isinstance(child, str)))
        numbers = set(DISTINCTIVE.findall(words)) & known.keys()
        if not numbers:
            continue
        if element.tag == "text" or any(e.attributes.get("class") == "median" for e in element.ancestors()):
            continue  # the scale of a chart and the middle of a column are worked out here, not figures
        if (element.attributes.get("id") or "").endswith("-summary"):
            continue  # a chart said aloud: its figures stand in the table it leads to, its changes are worked out
        if any(e.attributes.get("class") == "copy-sentence" for e in element.ancestors()):
            continue  # text to take away, which ends with the address of the figure's page
        if element.attributes.get("class") == "length" or "#agreement" in (element.attributes.get("href") or ""):
            continue  # how long a list is, and a correlation of two lists, which leads to both
        if BETWEEN_TWO & set((element.attributes.get("class") or "").split()):
            continue  # a difference or ratio, worked out from the two figures of its row, which both have their links
        if element.tag in crawl.UNSEEN or {e.tag for e in (element, *element.ancestors())} & WHERE_NUMBERS_ARE_QUOTED:
            continue
        for number in numbers:
            homes = known[number]
            if address in homes:
                continue
            around = [statement_of(element), *(e for e in element.ancestors() if e.tag in crawl.STATEMENTS)]
            if not any(homes & block.links() for block in around):
                yield f"{address}: {number} in “{words.strip()[:80]}”"


def known_numbers(language):
    with override(language):
        known = figures_by_number()
    assert len(known) > 100
    return known


def unlinked(address, page, known):
    return [] if A_LIST_AS_PRINTED.search(address) else list(unlinked_numbers(address, page, known))


@pytest.mark.usefixtures("demo_content")
@pytest.mark.django_db
def test_every_number_leads_to_where_it_comes_from(client):
    """The Chinese pages are walked once, in test_languages.py, which asks the same of them."""
    known, visited, found = known_numbers("en"), 0, []
    for address, page in crawl.pages(client, skip="/zh-hans/"):
        visited += 1
        found += unlinked(address, page, known)
    assert not found, "\n".join(found)
    assert visited > 150
