"""What readers of the demo content look for is found first."""

from collections import defaultdict

import pytest

from config import search_index, search_results
from indicators.models import Indicator, Place, RankingList, Source
from indicators.texts import Query, fold
from policies.models import Policy, PolicyTitle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_content")]


@pytest.fixture
def index():
    return search_index.current()


def first(index, asked, most=1):
    return [search_results.address(hit.entry) for hit in index.find(Query(asked))[:most]]


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("上海", "/cities/shanghai/"),
        ("shanghai", "/cities/shanghai/"),
        ("Shang hai", "/cities/shanghai/"),
        ("310000", "/cities/shanghai/"),
        ("Peking", "/cities/beijing/"),
        ("xi an", "/cities/xian/"),
        ("Lvda", "/cities/dalian/"),
        ("gdp", "/indicators/gdp-current-prices/"),
        ("Double First-Class", "/indicators/double-first-class-universities/"),
        ("双一流", "/indicators/double-first-class-universities/"),
        ("京政办发〔2023〕15号", "/policies/several-measures-general-ai/"),
        ("京政办发[2023]15", "/policies/several-measures-general-ai/"),
        ("famous software city", "/designations/?programme=famous-software-city-of-china"),
    ],
)
def test_the_right_thing_comes_first(index, asked, address):
    assert first(index, asked) == [address]


@pytest.mark.parametrize("asked", ["元宇宙", "metaverse", "上海 元宇宙", "上海元宇宙"])
def test_the_metaverse_policies_come_first(index, asked):
    found = index.find(Query(asked))
    assert found[0].entry.kind == "policy" and fold("元宇宙") in found[0].entry.text.everything
    policies = {hit.entry.row.slug for hit in found if hit.entry.kind == "policy"}
    assert "metaverse-key-technology-action-plan-2023-2025" in policies


def test_every_title_of_every_policy_finds_it_first(index):
    """Titles that two policies share find both of them on top."""
    homes = defaultdict(set)
    for title in PolicyTitle.objects.filter(policy__state="published").select_related("policy"):
        homes[fold(title.text)].add(title.policy.get_absolute_url())
    for policy in Policy.objects.published():
        for text in (policy.name, policy.name_zh, policy.document_number):
            homes[fold(text)].add(policy.get_absolute_url())
    homes.pop("", None)
    assert len(homes) > 200
    missed = [(asked, first(index, asked)) for asked, own in homes.items() if set(first(index, asked, len(own))) != own]
    assert not missed


def test_every_name_of_every_city_and_every_code_finds_it_first(index):
    homes = defaultdict(set)
    for place in Place.objects.all():
        for name in (place.name, place.name_zh, place.code, place.slug, *place.aliases.split("\n")):
            homes[fold(name)].add(place.get_absolute_url())
    homes.pop("", None)
    missed = [(asked, first(index, asked)) for asked, own in homes.items() if set(first(index, asked, len(own))) != own]
    assert not missed


@pytest.mark.parametrize("model", [Indicator, RankingList, Source])
def test_every_name_of_indicators_lists_and_sources_is_found_among_the_first_of_its_kind(index, model):
    """A policy of the very name of a source stands before it."""
    missed = []
    for row in model.objects.all():
        names = (row.title, row.title_zh) if model is Source else (row.name, row.name_zh)
        for name in filter(None, names):
            kind = [hit.entry.row for hit in index.find(Query(name)) if isinstance(hit.entry.row, model)]
            same = [other for other in kind if fold(name) in map(fold, _names(other))]
            if row not in kind[: len(same)]:
                missed.append(name)
    assert not missed


def _names(row):
    return (row.title, row.title_zh) if isinstance(row, Source) else (row.name, row.name_zh)


@pytest.mark.parametrize("typed", ["shanghia", "Bejing", "metaverze", "Guangzou", "softwear"])
def test_a_slip_of_the_fingers_still_leads_somewhere(client, typed):
    assert "Perhaps one of these was meant" in client.get("/search/", {"q": typed}).text
