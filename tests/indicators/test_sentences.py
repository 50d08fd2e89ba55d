"""Sentences to copy: true for every kind of claim, in both languages, with unit, rank, source and address."""

from decimal import Decimal

import pytest

from indicators import claims, numbers
from indicators.models import Derivation, Observation
from indicators.sentences import citation, quoted, table_source
from indicators.worked_out import evidence
from tests import factories as make

pytestmark = pytest.mark.django_db
D = Decimal
LIST = {"published_rank": 3}

# kind, columns, what the English and the Chinese sentence say before the source
KINDS = [
    (claims.EXACT, {"low": D(12000), "high": D(12000)}, "is 12,000 companies", "（2021年）为1.2万家"),
    (claims.ABOUT, {"low": D(12000), "high": D(12000)}, "is about 12,000 companies", "（2021年）约1.2万家"),
    (claims.NEARLY, {"low": D(12000), "high": D(12000)}, "is nearly 12,000 companies", "（2021年）接近1.2万家"),
    (claims.AT_LEAST, {"low": D(12000)}, "is at least 12,000 companies", "（2021年）至少1.2万家"),
    (claims.MORE_THAN, {"low": D(12000)}, "is more than 12,000 companies", "（2021年）超过1.2万家"),
    (claims.AT_MOST, {"high": D(12000)}, "is at most 12,000 companies", "（2021年）至多1.2万家"),
    (claims.LESS_THAN, {"high": D(12000)}, "is less than 12,000 companies", "（2021年）不足1.2万家"),
    (claims.RANGE, {"low": D(12000), "high": D(15000)}, "is between 12,000 and 15,000 companies", "1.2至1.5万家"),
    (claims.RANK_ONLY, LIST, "the source ranks Shanghai number 3 of 50", "上海的来源名次为第3名（共50个）"),
    (claims.TIER_ONLY, {"tier": "first"}, "puts Shanghai into the tier “first”", "来源将上海列入“first”一档"),
    (claims.LEADING, {}, "the source calls Shanghai leading; it prints neither rank nor figure", "来源称上海领先"),
    (claims.NOT_PUBLISHED, {}, "No figure published for Shanghai’s software companies (2021)", "（2021年）未公布"),
    (claims.NOT_COLLECTED, {}, "No figure collected for Shanghai’s software companies (2021)", "（2021年）未统计"),
    (claims.NOT_APPLICABLE, {}, "is not applicable to Shanghai", "不适用于上海"),
    (claims.WITHHELD, {}, "The figure for Shanghai’s software companies (2021) is withheld", "（2021年）不予公开"),
]


@pytest.fixture
def shanghai():
    return make.make_place(slug="shanghai", name="Shanghai", name_zh="上海")


@pytest.fixture
def fifty():
    return make.make_group(name="the 50 largest cities", name_zh="最大的50个城市", stated_size=50)


@pytest.fixture
def companies(fifty):
    indicator = make.make_indicator(
        name="Software companies", name_zh="软件企业数量", unit="companies", unit_zh="家",
        shown_factor_zh=10000, shown_unit_zh="万家", decimals_zh=1,
    )  # fmt: skip
    return make.make_series(indicator=indicator, group=fifty)


@pytest.fixture
def source():
    publisher = make.make_organisation(name="Zero One Finance", name_zh="零壹财经")
    return make.make_source(publisher_id=publisher.pk, title="Digital report", title_zh="数字经济报告")


@pytest.fixture
def figure(shanghai, companies, source):
    def build(**values):
        return make.make_observation(**{"series": companies, "place": shanghai, "source": source} | values)

    return build


def test_every_kind_has_a_sentence_of_its_own():
    assert [kind for kind, *_more in KINDS] == list(claims.KINDS)


@pytest.mark.parametrize(("kind", "columns", "english", "_chinese"), KINDS, ids=claims.KINDS)
def test_the_english_sentence_is_true_to_the_kind(figure, kind, columns, english, _chinese):
    said = citation(figure(kind=kind, locator="line 28", **columns))["en"]
    assert english in said
    assert "Source: Zero One Finance, Digital report, line 28." in said


@pytest.mark.parametrize(("kind", "columns", "_english", "chinese"), KINDS, ids=claims.KINDS)
def test_the_chinese_sentence_is_true_to_the_kind(figure, kind, columns, _english, chinese):
    said = citation(figure(kind=kind, locator="line 28", **columns))["zh-hans"]
    assert chinese in said
    assert "来源：零壹财经，数字经济报告，第28行。" in said


def test_the_address_is_absolute_and_in_the_language_of_the_sentence(figure, settings):
    settings.SITE_URL = "https://cities.example"
    row = figure(value=12000)
    said = citation(row)
    assert said["en"].endswith(f" https://cities.example/figures/{row.uid}/")
    assert said["zh-hans"].endswith(f" https://cities.example/zh-hans/figures/{row.uid}/")


def test_rank_in_the_source_and_rank_worked_out_here_are_said_apart(figure, fifty):
    here = make.make_group(name="the cities of this site", name_zh="本站城市")
    said = citation(figure(value=12000, published_rank=3), rank="4", size=34, group=here)["en"]
    assert "; the source ranks it number 3 of 50, among the 50 largest cities; " in said
    assert (
        "worked out by the Digital Cities Observatory, it ranks number 4 of 34, among the cities of this site." in said
    )


def test_chinese_ranks_are_said_apart_too(figure, fifty):
    here = make.make_group(name="the cities of this site", name_zh="本站城市")
    said = citation(figure(value=12000, published_rank=3), rank="=4", size=34, group=here)["zh-hans"]
    assert "；来源名次为第3名（共50个），比较范围：最大的50个城市；" in said
    assert "据数字城市观察计算，名次为并列第4名（共34个），比较范围：本站城市。" in said


def test_the_rank_of_the_source_is_not_said_twice(figure, fifty):
    said = citation(figure(value=12000, published_rank=3), rank="3", size=50, group=fifty)["en"]
    assert said.count("3 of 50") == 1 and "worked out" not in said


@pytest.mark.parametrize(
    ("rank", "words"),
    [
        ("4", "it ranks number 4 of 34"),
        ("=4", "it shares rank 4 of 34"),
        ("2–4", "it ranks number 2–4 of 34"),
    ],
)
def test_shared_ranks_and_intervals_are_said_as_such(figure, rank, words):
    assert words in citation(figure(value=12000), rank=rank, size=34)["en"]


def test_a_rank_among_newest_figures_says_so(figure):
    said = citation(figure(value=12000), rank="4", size=34, latest=True)["en"]
    assert "it ranks number 4 of 34, by the newest figure of each city." in said


def test_a_disputed_figure_says_so_and_others_do_not(figure):
    row = figure(value=12000)
    assert "(Known problem" in citation(row, disputed=True)["en"]
    assert "Known problem" not in citation(row)["en"]


def test_status_and_inferred_date_and_unit_are_said(figure, companies):
    companies.unit_inferred = True
    said = citation(figure(value=12000, status="provisional", period_inferred=True))["en"]
    assert "(2021, date inferred, provisional) is 12,000 companies (unit inferred)" in said


def test_whom_the_source_names_is_named(figure):
    assert "; attributed there to the Bureau." in citation(figure(value=1, attributed_to="the Bureau"))["en"]


def test_full_numbers_hold_in_the_chinese_sentence_too(figure):
    row = figure(value=12345)
    assert "1.235万家" in citation(row)["zh-hans"]
    with numbers.in_full():
        assert "为12,345家" in citation(row)["zh-hans"]


@pytest.fixture
def computed(figure, shanghai, companies):
    people = make.make_series(indicator=make.make_indicator(name="Permanent population", unit="persons"))
    each = make.make_series(indicator=make.make_indicator(name="Density", unit="companies per million"))
    Derivation.objects.create(series=each, method="ratio", numerator=companies, denominator=people, scale=10**6)
    above = figure(kind="more_than", low=D(12000))
    other = make.make_source(title="Communiqué")
    below = make.make_observation(series=people, place=shanghai, value=24_000_000, source=other)
    row = make.make_observation(
        series=each, place=shanghai, kind="more_than", low=D(500), origin="computed", source=above.source
    )
    row.parts.create(part=above, role="numerator")
    row.parts.create(part=below, role="denominator")
    return row


def test_a_value_worked_out_here_names_formula_and_the_sources_of_its_parts(computed):
    said = citation(computed, evidence=evidence(computed))["en"]
    assert "is more than 500 companies per million." in said
    assert "Worked out by the Digital Cities Observatory: Software companies divided by permanent population" in said
    assert "Digital report; " in said and "Communiqué." in said
    assert "Source:" not in said


def test_without_its_parts_at_hand_the_sentence_points_to_the_page_and_asks_nothing(
    computed, django_assert_num_queries
):
    row = Observation.objects.with_sources().get(pk=computed.pk)
    with django_assert_num_queries(0):
        said = citation(row, rank="1", size=3)["en"]
    assert "Worked out by the Digital Cities Observatory; the page names the figures used and their sources." in said


def test_what_was_counted_here_names_the_table_it_was_counted_in(figure):
    row = figure(value=12, origin="computed")
    said = citation(row, evidence=evidence(row))["en"]
    assert "Worked out by the Digital Cities Observatory from Zero One Finance, Digital report." in said


def test_a_statement_is_quoted_with_source_and_address(source, shanghai):
    row = make.make_statement(place=shanghai, source=source, locator="line 3")
    said = quoted(row, lambda: "It is said.")["en"]
    assert said.startswith("It is said. Source: Zero One Finance, Digital report, line 3. http")


def test_a_copied_table_names_its_sources_once_and_not_without_end(figure):
    rows = [figure(value=1), figure(value=2, period_key="2022")]
    assert table_source(rows) == (
        "Sources: Zero One Finance, Digital report. Put together by the Digital Cities Observatory."
    )
    many = [make.make_observation(source=make.make_source()) for _n in range(7)]
    assert "; 3 more sources." in table_source(many)


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_the_page_of_a_figure_holds_both_sentences_as_text(client, figure, prefix):
    row = figure(value=12000)
    page = client.get(f"{prefix}/figures/{row.uid}/").text
    for text in citation(row).values():
        assert f">{text}</p>" in page
    assert page.count("data-copy=") == 2


@pytest.mark.parametrize("build", [make.make_target, make.make_statement])
def test_pages_of_what_is_no_figure_have_a_sentence_too(client, build):
    row = build()
    assert client.get(f"/figures/{row.uid}/").text.count("data-copy=") == 2


def test_a_unit_that_is_a_number_itself_stands_in_brackets(figure):
    series = make.make_series(indicator=make.make_indicator(name="Index", unit="2012 = 100"))
    assert "is 316 (2012 = 100)." in citation(figure(series=series, value=316))["en"]
