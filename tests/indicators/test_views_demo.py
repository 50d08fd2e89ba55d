"""What issue 2 promises of the demo content, line by line."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_content")]
AMONG = "of 50, among the 50 largest cities by GDP in 2021, as the source says"


def ranking(client, slug):
    response = client.get(f"/indicators/{slug}/", {"period": "2021"})
    assert response.status_code == 200
    return response, response.context["table"]["rows"]


def words(client, address):
    return " ".join(client.get(address).content.decode().split())


def test_density(client):
    response, rows = ranking(client, "digital-technology-density")
    assert [(row["rank"], row["city"]) for row in rows] == [
        ("1", "Shenzhen"),
        ("2", "Beijing"),
        ("3", "Shanghai"),
        ("4", "Hangzhou"),
        ("5", "Nanjing"),
        ("6", "Guangzhou"),
        ("7", "Jinan"),
        ("8", "Wuhan"),
        ("9", "Hefei"),
        ("10", "Suzhou"),
        ("11–20", "Qingdao"),
    ]
    assert [row["figure"]["text"] for row in rows[:3]] == ["5.86", "", "3.58"]
    assert [row["bar"] is not None for row in rows] == [True, False, True] + [False] * 8
    assert all(AMONG in row["rank_spoken"] for row in rows)
    html = response.content.decode()
    assert "applications per 10,000 inhabitants (unit inferred)" in html
    assert "39 cities are not in the text at hand" in html


def test_patent_applications(client):
    response, rows = ranking(client, "digital-technology-patent-applications")
    assert [row["rank"] for row in rows] == [str(n) for n in range(1, 11)]
    bounds = {row["city"]: (row["figure"]["spoken"], row["open"]) for row in rows if row["bar"] is not None}
    assert bounds == {"Beijing": ("more than 10,000", "up"), "Shenzhen": ("more than 10,000", "up")}
    china = words(client, "/regions/china/")
    assert all(number in china for number in ("74,656", "5,067", "1,000.00", "5,610.60"))


def test_share_keeps_all_thirteen_names_of_the_top_ten(client):
    response, rows = ranking(client, "digital-technology-share-of-patents")
    assert [row["rank"] for row in rows] == [*(str(n) for n in range(1, 14)), "14–20", "14–20"]
    assert {row["city"] for row in rows[13:]} == {"Nantong", "Shijiazhuang"}
    html = response.content.decode()
    assert "The source announces the top 10 and prints 13 names." in html
    assert "known problem" in html


def test_beijing(client):
    html = words(client, "/cities/beijing/")
    for promised in ("596", "1,048", "October 2022", "at least 79", "39", "10 named"):
        assert promised in html
    assert "“Little giants”" in html, "the known problem of 596 stands beside it"
    assert "300" in html and "by 2025" in html


def test_shanghai_sets_sixteen_metaverse_policies_beside_the_one_listed_here(client):
    html = words(client, "/cities/shanghai/")
    for promised in ("813,000", "37,000", "11.3", ">16<", "1 listed here on or before 28 March 2023"):
        assert promised in html


def test_a_disputed_share_takes_part_in_no_ranking(client):
    html = words(client, "/cities/shenzhen/")
    assert "8.58" in html and "disputed" in html
    table = client.get("/indicators/population-share-65-plus/").context["table"]
    assert table is None or "Shenzhen" not in [row["city"] for row in table["rows"]]
