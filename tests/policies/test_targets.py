"""The page of targets, and targets beside what was measured wherever they stand."""

from datetime import date

import pytest
from django.utils.html import strip_tags

from indicators.models import NoteLink
from policies import promises, target_charts
from policies.models import PolicyTitle, Target
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def scale():
    """An indicator with two series and a sister of another definition, measured in one city."""
    indicator = make.make_indicator(slug="scale", name="Scale", unit="CNY", family="core")
    other = make.make_indicator(slug="revenue", name="Revenue", unit="CNY", family="core")
    city = make.make_place(slug="beijing", name="Beijing")
    first = make.make_series(indicator=indicator, preference=1, name="Daily")
    for period, value in (("2024", 350), ("2025", 450)):
        make.make_observation(series=first, place=city, period_key=period, kind="nearly", low=value, high=value)
    half = make.make_series(indicator=indicator, preference=2, name="Half-year paper")
    make.make_observation(series=half, place=city, period_key="2025-01/2025-06", value=215)
    sister = make.make_series(indicator=other)
    make.make_observation(series=sister, place=city, period_key="2024", kind="more_than", low=300)
    return indicator, city


def promised(scale, **values):
    indicator, city = scale
    values = {"low": 300, "unit": "CNY", "unit_zh": "元", "measure": "level", "period_key": "2025"} | values
    return make.make_target(place=city, indicator=indicator, **values)


def held(*targets):
    return [shown["held"] for shown in promises.held(targets, today=TODAY)]


def body(response):
    return " ".join(strip_tags(response.content.decode()).split())


def test_the_preferred_series_decides_and_other_definitions_stand_beside(scale):
    (shown,) = held(promised(scale))
    assert (shown["code"], shown["said"]) == ("met", "met, on an approximate figure")
    assert shown["why"] == "About 150 yuan (50%) above the number named, 2025."
    assert [figure["spoken"] for figure in shown["figures"]] == ["nearly 350", "nearly 450"]
    assert [figure["what"] for figure in shown["beside"]] == ["Half-year paper", "Revenue"]


@pytest.mark.parametrize("case", ["forecast", "doubted", "part of a year"])
def test_a_figure_that_is_none_of_the_year_or_in_doubt_stands_beside(case):
    series = make.make_series(indicator=make.make_indicator(unit="CNY"))
    found = make.make_observation(
        series=series, value=400, period_key="2025-Q4" if case == "part of a year" else "2025",
        status="forecast" if case == "forecast" else "final",
    )  # fmt: skip
    if case == "doubted":
        NoteLink.objects.create(note=make.make_note(excludes_from_ranking=True), observation=found)
    (shown,) = held(promised((series.indicator, found.place)))
    assert (shown["code"], shown["figures"], len(shown["beside"])) == ("none", [], 1)
    assert shown["why"] == "The figures at hand are of other periods, forecast or in doubt, and decide nothing."


def test_another_unit_decides_nothing(scale):
    (shown,) = held(promised(scale, unit="USD"))
    assert (shown["code"], shown["why"]) == ("none", "The indicator is in another unit.")


def test_a_named_absence_is_no_figure(scale, client):
    indicator, city = scale
    absent = make.make_series(indicator=indicator, preference=0)
    make.make_observation(series=absent, place=city, period_key="2025", kind="not_published")
    target = promised(scale)
    assert held(target)[0]["code"] == "met"
    elsewhere = make.make_place(slug="xian")
    make.make_observation(series=absent, place=elsewhere, period_key="2025", kind="not_published")
    make.make_target(place=elsewhere, indicator=indicator, low=5, unit="CNY", unit_zh="元", uid="t-absent")
    assert listed(client, measured="yes") == [target.uid]


def test_a_reserve_wider_than_the_distance_says_no_distance(scale):
    assert held(promised(scale, low=450))[0]["why"] == ""


def test_a_rank_is_held_against_the_rank_in_the_source(scale):
    indicator, city = scale
    series = make.make_series(indicator=make.make_indicator())
    make.make_observation(series=series, place=city, period_key="2025", kind="rank_only", published_rank=2)
    rank = {"measure": "rank", "comparator": "at_most", "low": None, "unit": "rank", "period_key": "2025"}
    target = make.make_target(place=city, indicator=series.indicator, high=3, **rank)
    assert held(target)[0]["code"] == "met"
    target.high = 1
    assert held(target)[0]["code"] == "missed"


def test_a_superseded_target_is_kept_without_a_verdict(scale, client):
    target = promised(scale, standing="superseded")
    assert held(target)[0]["why"] == "A later target took its place."
    assert "superseded" in body(client.get("/targets/"))


def test_a_chart_draws_the_figures_and_the_target_as_its_words_allow(scale):
    (shown,) = promises.held([promised(scale, comparator="more_than")], today=TODAY)
    measured, target = target_charts.chart(shown)["data"]["series"]
    assert [point["x"] for point in measured["points"]] == ["2024", "2025"]
    assert (target["points"][0]["x"], target["points"][0]["kind"], target["points"][0]["low"]) == (
        "2025",
        "bound_low",
        300,
    )


@pytest.mark.parametrize("comparator", ["reach", "achieve", "at_least"])
def test_a_promise_is_never_drawn_as_a_full_mark_like_a_figure(scale, comparator):
    (shown,) = promises.held([promised(scale, comparator=comparator)], today=TODAY)
    assert target_charts.series(shown)["points"][0]["kind"] == "bound_low"


def test_the_years_of_a_chart_reach_to_the_last_target(scale):
    chart = {"id": "trend", "data": {"type": "line", "labels": ["2024", "2025"], "series": [], "unit": "CNY"}}
    shown = promises.held([promised(scale, period_key="2030")], today=TODAY)
    marked = target_charts.marked(chart, shown)
    assert marked["data"]["labels"][-1] == "2030" and marked["targets"] == shown
    assert target_charts.marked(chart, []) is chart


@pytest.fixture
def several(scale):
    indicator, city = scale
    topic = make.make_topic(slug="ai", name="AI")
    policy = make.make_policy(slug="plan", place=city, name="AI Plan")
    policy.topics.add(topic)
    promised(scale, policy=policy, uid="t-met", statement="Scale of AI")
    make.make_target(policy=policy, uid="t-words", statement="Lead the world", period_key="2030")
    elsewhere = make.make_place(slug="xian", name="Xi’an")
    make.make_target(
        place=elsewhere, uid="t-other", low=5, unit="parks", unit_zh="个", statement="Parks", period_key="2023"
    )
    make.make_target(place=elsewhere, uid="t-draft", state="draft", statement="Secret")


def listed(client, **query):
    return [row["uid"] for row in client.get("/targets/", query).context["targets"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["t-met", "t-other", "t-words"]),
        ({"city": "beijing"}, ["t-met", "t-words"]),
        ({"topic": "ai"}, ["t-met", "t-words"]),
        ({"due": "2023"}, ["t-other"]),
        ({"type": "qualitative"}, ["t-words"]),
        ({"measured": "yes"}, ["t-met"]),
        ({"measured": "no", "type": "quantitative"}, ["t-other"]),
        ({"standing": "in_policy", "q": "parks"}, ["t-other"]),
        ({"q": "ai plan"}, ["t-met", "t-words"]),
        ({"q": "secret"}, []),
    ],
)
def test_filters_narrow_the_list(client, several, query, expected):
    assert listed(client, **query) == expected


@pytest.mark.parametrize(
    "query",
    [{"city": "nowhere"}, {"due": "abc"}, {"type": "x" * 5000}, {"q": "x" * 5000}, {"measured": "perhaps"}],
)
def test_a_wrong_value_gets_a_message_and_an_empty_list(client, several, query):
    answer = client.get("/targets/", query)
    assert answer.status_code == 200
    assert answer.context["targets"] == []
    assert answer.context["form"].errors.keys() == query.keys()
    assert "Nothing is listed, because a filter could not be read" in body(answer)


def test_a_page_that_is_not_there_is_said_so(client, several):
    answer = client.get("/targets/", {"page": "99"})
    assert answer.status_code == 200
    assert "There is no page “99” of this list." in body(answer)
    wrong = body(client.get("/targets/", {"page": "99", "city": "nowhere"}))
    assert "The message stands beside the filter." in wrong
    assert "There is no page" not in wrong


def test_the_title_of_a_policy_is_found_however_its_quotes_are_typed(client):
    policy = make.make_policy(name="Changsha plan", name_zh="方案")
    for text, role in (("长沙市“人工智能+”行动方案（2024—2026年）", "official"), ("长沙市“人工智能+”行动", "short")):
        PolicyTitle.objects.create(policy=policy, text=text, role=role, language="zh-Hans")
    target = make.make_target(policy=policy, statement="Be first", statement_zh="争先")
    make.make_target(statement="Elsewhere")
    for text in ('长沙市"人工智能+"行动方案', "长沙市“人工智能+”行动", "changsha", "争先"):
        assert listed(client, q=text) == [target.uid]
    assert listed(client, q='"') == []


def test_facets_say_how_many_the_other_filters_leave(client, several):
    fields = client.get("/targets/", {"city": "beijing"}).context["form"].fields
    assert dict(fields["city"].choices) == {"": "any", "beijing": "Beijing (2)", "xian": "Xi’an (1)"}
    assert dict(fields["measured"].choices) == {"": "any", "yes": "with a figure (1)", "no": "without a figure (1)"}


def test_queries_do_not_grow_with_the_targets(client, scale, django_assert_max_num_queries):
    def asked():
        with django_assert_max_num_queries(40) as captured:
            client.get("/targets/")
        return len(captured)

    def add(count):
        for _number in range(count):
            policy = make.make_policy(place=scale[1])
            promised(scale, policy=policy)

    add(2)
    few = asked()
    add(20)
    assert asked() == few


@pytest.mark.usefixtures("demo_content")
class TestWithTheContent:
    def test_beijing_met_its_scale_and_the_revenue_stands_beside_without_a_verdict(self, client):
        page = body(client.get("/targets/?city=beijing&measured=yes"))
        assert "Met, on an approximate figure About 150 billion yuan (50%) above the number named, 2025." in page
        assert "Counted otherwise, without a verdict:" in page
        assert "Revenue of the core artificial intelligence industry" in page

    def test_growth_without_a_period_and_words_say_why_they_have_none(self, client):
        assert "Growth without a period cannot be assessed." in body(client.get("/targets/?city=beijing"))
        page = body(client.get("/figures/t-04-new-ai-unicorns/"))
        assert "No indicator here measures it." in page

    def test_the_page_of_a_target_holds_chart_and_verdict(self, client):
        answer = client.get("/figures/t-01-ai-core-industry-scale/")
        assert answer.context["chart"]["data"]["labels"] == ["2024", "2025"]
        assert "Met, on an approximate figure" in body(answer)
        assert (
            Target.objects.get(uid="t-01-ai-core-industry-scale").get_absolute_url() in client.get("/").content.decode()
        )
