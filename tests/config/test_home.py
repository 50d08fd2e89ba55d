"""The front page answers from the data, and leaves out what is not there."""

import pytest

from config.views import home
from policies.models import DeclaredCount
from tests import factories as make

pytestmark = pytest.mark.django_db


def page(client, prefix=""):
    response = client.get(f"{prefix}/")
    assert response.status_code == 200
    return response


@pytest.fixture
def content():
    group = make.make_group(name="the 50 largest cities", stated_size=50)
    places = {slug: make.make_place(slug=slug, name=slug.title()) for slug in ("beijing", "shanghai", "shenzhen")}
    orders = [
        ("beijing", "shenzhen", "shanghai"),
        ("shenzhen", "beijing", "shanghai"),
        ("shanghai", "beijing", "shenzhen"),
    ]
    for indicator, form, order in zip(home.WAYS_TO_COUNT, ("total", "inhabitant", "share"), orders, strict=True):
        series = make.make_series(
            indicator=make.make_indicator(slug=indicator, family="patents", form=form, decimals=2), group=group
        )
        for rank, slug in enumerate(order, 1):
            told = {"value": "5.86"} if rank == 1 else {"kind": "rank_only"}
            make.make_observation(series=series, place=places[slug], published_rank=rank, quote="as printed", **told)
    scale = make.make_indicator(slug="scale")
    make.make_observation(
        series=make.make_series(indicator=scale), place=places["beijing"], value=215, period_key="2024"
    )
    policy = make.make_policy(place=places["beijing"])
    make.make_target(uid=home.PROMISE, policy=policy, low=300, unit="companies", indicator=scale)
    DeclaredCount.objects.create(policy=policy, counted="task", value=16, source=policy.source)
    return places


def test_an_empty_site_still_answers(client):
    assert page(client).context["chart"] is None
    assert page(client, "/zh-hans").context["promise"] is None


def test_the_question_is_answered_by_the_leaders_of_each_way_to_count(client, content):
    leaders = page(client).context["chart"]["leaders"]
    assert [(leader["place"].slug, leader["column"]) for leader in leaders] == [
        ("beijing", "by total"),
        ("shenzhen", "per inhabitant"),
        ("shanghai", "as a share"),
    ]


def test_every_rank_of_the_picture_stands_in_a_table_with_its_link(client, content):
    response = page(client)
    cells = [cell for row in response.context["chart"]["rows"] for cell in row["cells"]]
    assert len(cells) == 9
    assert all(cell["url"] in response.content.decode() for cell in cells)


def test_a_promise_stands_beside_what_was_measured(client, content):
    html = page(client).content.decode()
    assert f"/figures/{home.PROMISE}/" in html
    assert "215" in html
    assert "Nothing here says the policy caused the figure" in html


def test_what_nobody_publishes_is_counted(client, content):
    unpublished = page(client).context["unpublished"]
    assert (unpublished["bare"], unpublished["ranks"]) == (6, 9)
    assert [line["figure"]["listed_words"] for line in unpublished["counts"]] == ["none listed here"]


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_ten_times_the_rows_ask_no_further_queries(client, content, django_assert_max_num_queries, prefix):
    page(client, prefix)
    with django_assert_max_num_queries(45) as few:
        page(client, prefix)
    for _n in range(20):
        make.make_observation(value=3)
        make.make_policy()
    with django_assert_max_num_queries(len(few)):
        page(client, prefix)
