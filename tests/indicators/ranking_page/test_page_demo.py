"""What readers are promised to find in the rankings of the demo content."""

import re

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_content")]
GDP = "/indicators/gdp-current-prices/"
FIRST = "gdp-current-prices-urban-fundamentals"


def spoken(page):
    return {
        row["slug"]: row["change"]["rank"] and row["change"]["rank"]["spoken"] for row in page.context["table"]["rows"]
    }


def test_who_gained_rank_by_gdp_from_2020_to_2023_as_first_published(client):
    page = client.get(GDP, {"period": "2023", "series": FIRST, "baseline": "2020"})
    found = spoken(page)
    assert len(found) == 43
    assert found["fuzhou"] == "up 5 places, from 23 to 18"
    assert [found[slug].partition(",")[0] for slug in ("xiamen", "shenyang", "jinhua")] == ["up 2 places"] * 3
    assert all(row["change"]["value"] for row in page.context["table"]["rows"])


def test_from_2020_to_2024_the_census_lies_between_so_values_are_withheld(client):
    page = client.get(GDP, {"period": "2024", "baseline": "2020"})
    text = " ".join(re.sub(r"<[^>]+>", "", page.content.decode()).split())
    assert not any(row["change"]["value"] for row in page.context["table"]["rows"])
    assert spoken(page)["fuzhou"].startswith("up")
    assert "before the fifth economic census; after the fifth economic census" in text
    assert "differences of values are withheld" in text


def test_the_page_of_gdp_says_without_being_asked_who_moved(client):
    movement = client.get(GDP).context["movement"]
    moved = {line["slug"]: line["change"]["n"] for line in movement["up"]}
    assert movement["title"] == "Who moved, 2020 to 2023"
    assert (moved["fuzhou"], moved["xiamen"], moved["shenyang"], moved["jinhua"]) == ("5", "2", "2", "2")


def test_groups_of_the_places_themselves_rank_every_indicator(client):
    page = client.get(GDP, {"group": "municipalities"})
    assert [row["slug"] for row in page.context["table"]["rows"]] == ["shanghai", "beijing", "chongqing", "tianjin"]
    assert len(client.get(GDP, {"group": "zhejiang-cities", "series": FIRST}).context["table"]["rows"]) == 7
    for page in (client.get(GDP, {"group": "beijing,shanghai"}), client.get(GDP, {"group": "beijing,shanghai,suzhou"})):
        assert page.context["table"]["rows"]
