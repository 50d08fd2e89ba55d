"""The table of cities by year: sums that add up, links that find just what they count."""

from collections import defaultdict
from urllib.parse import parse_qsl

import pytest
from django.urls import reverse

from policies.models import Policy, PolicyEvent, PolicyParty
from tests import factories as make
from tests.policies import many

pytestmark = pytest.mark.django_db


def table(client, **query):
    return client.get(reverse("policies:list"), {"view": "table"} | query).context["table"]


def rows(shown):
    """(row, topic) → column → number, as the page prints them."""
    found = {}
    for block in shown["blocks"]:
        for n, row in enumerate(block["rows"]):
            found[block["place"].slug, row["label"] if n else ""] = row
    for n, row in enumerate(shown["sums"]):
        found["", row["label"] if n else ""] = row
    found |= {(str(row["label"]), ""): row for row in shown["levels"]}
    return {key: {str(cell["label"]): cell["n"] for cell in row["cells"] if cell["n"]} for key, row in found.items()}


@pytest.fixture
def policies():
    beijing = make.make_place(slug="beijing", name="Beijing", level="province")
    nanjing = make.make_place(slug="nanjing", name="Nanjing")
    ai, software = make.make_topic(slug="ai", name="AI"), make.make_topic(slug="software", name="Software")
    bureau = make.make_organisation(slug="bureau")
    for place, key, topics, issuers in (
        (beijing, "2023-05-30", [ai, software], [bureau]),
        (beijing, "2023", [ai], [bureau]),
        (beijing, "2022/2023", [ai], ["The city"]),
        (nanjing, "../2022", [], ["The city"]),
        (nanjing, "", [software], []),
    ):
        policy = make.make_policy(place=place)
        policy.topics.set(topics)
        if key:
            PolicyEvent.objects.create(policy=policy, type="issued", period_key=key, is_primary=True)
        for who in issuers:
            named = {"name_as_stated": who} if isinstance(who, str) else {"organisation": who}
            PolicyParty.objects.create(policy=policy, role="issuer", **named)


def test_a_date_of_several_years_or_none_is_never_guessed_into_one_and_two_topics_count_once_in_the_sum(
    client, policies
):
    assert rows(table(client)) == {
        ("beijing", ""): {"2023": 2, "not sure which year": 1, "all": 3},
        ("beijing", "AI"): {"2023": 2, "not sure which year": 1, "all": 3},
        ("beijing", "Software"): {"2023": 1, "all": 1},
        ("nanjing", ""): {"not sure which year": 1, "no date given": 1, "all": 2},
        ("nanjing", "Software"): {"no date given": 1, "all": 1},
        ("nanjing", "no topic given"): {"not sure which year": 1, "all": 1},
        ("province level", ""): {"2023": 2, "not sure which year": 1, "all": 3},
        ("prefecture level", ""): {"not sure which year": 1, "no date given": 1, "all": 2},
        ("", ""): {"2023": 2, "not sure which year": 2, "no date given": 1, "all": 5},
        ("", "AI"): {"2023": 2, "not sure which year": 1, "all": 3},
        ("", "Software"): {"2023": 1, "no date given": 1, "all": 2},
        ("", "no topic given"): {"not sure which year": 1, "all": 1},
    }


def test_a_body_counts_once_however_many_it_issued_and_a_name_as_stated_is_of_its_city(client, policies):
    shown = table(client, count="bodies")
    found = rows(shown)
    assert found["beijing", ""] == {"2023": 1, "not sure which year": 1, "all": 2}
    assert found["beijing", "AI"] == {"2023": 1, "not sure which year": 1, "all": 2}
    assert found["", ""] == {"2023": 1, "not sure which year": 2, "all": 3}
    assert shown["unnamed"] == 1


def test_a_chosen_topic_is_the_whole_table(client, policies):
    assert rows(table(client, topic="software")) == {
        ("beijing", ""): {"2023": 1, "all": 1},
        ("nanjing", ""): {"no date given": 1, "all": 1},
        ("province level", ""): {"2023": 1, "all": 1},
        ("prefecture level", ""): {"no date given": 1, "all": 1},
        ("", ""): {"2023": 1, "no date given": 1, "all": 2},
    }


def test_the_page_says_that_a_city_of_province_level_counts_once(client, policies):
    text = client.get(reverse("policies:list"), {"view": "table"}).content.decode()
    assert "Beijing is a city and a provincial-level unit" in text


@pytest.mark.parametrize("unit", ["policies", "bodies"])
@pytest.mark.parametrize("dates", [{}, {"since": "2019-03", "until": "2022-08", "dates": "possibly"}])
def test_a_table_of_four_hundred_policies_is_what_counting_them_one_by_one_gives(client, unit, dates):
    many.make_policies(400)
    expected = defaultdict(set)
    found = client.get(reverse("policies:list"), dates | {"view": "table", "count": unit}).context
    slugs = set()
    for page in range(1, 12):
        listed = client.get(reverse("policies:list"), dates | {"page": page}).context["entries"]
        slugs |= {entry["policy"].slug for entry in listed}
    parts = ("topics", "events", "parties__organisation")
    for policy in Policy.objects.filter(slug__in=slugs).select_related("place").prefetch_related(*parts):
        date = next((event.period for event in policy.events.all() if event.is_primary), None)
        year = "no date given"
        if date and date.end:
            same = date.start and date.start.year == date.end.year
            year = str(date.end.year) if same else "not sure which year"
        bodies = {
            (p.organisation_id, p.organisation_id or (policy.place_id, p.name_as_stated))
            for p in policy.parties.all()
            if p.role in PolicyParty.ISSUING
        }
        counted = bodies if unit == "bodies" else {policy.pk}
        topics = [topic.name for topic in policy.topics.all()] or ["no topic given"]
        for row in (policy.place.slug, ""):
            for topic in ("", *topics):
                for column in (year, "all"):
                    expected[row, topic, column] |= counted
        expected[policy.place.get_level_display(), "", year] |= counted
        expected[policy.place.get_level_display(), "", "all"] |= counted
    shown = {(*key, column): n for key, row in rows(found["table"]).items() for column, n in row.items()}
    assert shown == {key: len(counted) for key, counted in expected.items() if counted}
    assert len(shown) > 400


@pytest.mark.parametrize(
    "query", [{}, {"kind": "plan"}, {"year": "2020"}, {"since": "2019-03", "until": "2022-08", "dates": "possibly"}]
)
def test_every_link_lists_as_many_as_its_cell_counts(client, query):
    many.make_policies(150)
    shown = table(client, **query)
    cells = [
        cell for block in [*shown["blocks"], {"rows": shown["sums"]}] for row in block["rows"] for cell in row["cells"]
    ]
    linked = [cell for cell in cells if "url" in cell]
    assert len(linked) > 20
    for cell in linked[::7]:
        assert client.get(reverse("policies:list"), dict(parse_qsl(cell["url"][1:]))).context["total"] == cell["n"]
