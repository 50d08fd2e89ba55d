"""The policies of the demo content say what the two articles and the sources beside them say, no more."""

import csv
import re
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from indicators import periods

DEMO = Path(__file__).parents[2] / "config" / "demo"
CUT_OFF = date(2023, 3, 28)  # of the count of metaverse policies
PLAN, MEASURES = "implementation-plan-ai-innovation-source", "several-measures-general-ai"
PARTNERS, SHANGHAI = "general-ai-partnership-program", "metaverse-key-technology-action-plan-2023-2025"


@cache
def rows(sheet):
    """All rows of a sheet, of whatever part."""
    found = []
    for path in sorted([DEMO / f"{sheet}.csv", *DEMO.glob(f"{sheet}.*.csv")]):
        if path.exists():
            with path.open(encoding="utf-8", newline="") as file:
                found += csv.DictReader(file)
    return found


def by_uid(sheet):
    return {row["uid"]: row for row in rows(sheet)}


def of_policy(sheet, policy):
    return [row for row in rows(sheet) if row["policy"] == policy]


TARGETS = {
    1: ("reach", "300000000000", ""),
    2: ("more_than", "10", ""),
    3: ("more_than", "1000000000000", ""),
    4: ("between", "5", "10"),
    5: ("increase", "", ""),
    6: ("increase", "", ""),
    7: ("maintain", "", ""),
    15: ("increase", "", ""),
    17: ("increase", "", ""),
}


@pytest.mark.parametrize("number", range(1, 25))
def test_each_of_the_24_targets_of_the_articles_keeps_its_comparator(number):
    found = [row for row in rows("targets") if row["uid"].startswith(f"t-{number:02d}-")]
    assert len(found) == 1
    row = found[0]
    expected = TARGETS.get(number, ("achieve", "", ""))
    assert (row["comparator"], row["low"], row["high"]) == expected
    assert row["type"] == ("quantitative" if row["low"] else "qualitative")
    assert row["policy"] == (
        PARTNERS if number == 19 else SHANGHAI if 20 <= number <= 23 else MEASURES if number == 24 else PLAN
    )
    assert row["quote"] and row["locator"].startswith("line ")


def test_the_growth_target_has_no_due_date_and_no_basis_because_none_is_stated():
    growth = by_uid("targets")["t-02-ai-core-industry-growth"]
    assert growth.get("period_key", "") in ("", "undated")
    assert (growth["growth_basis"], growth["measure"], growth["unit"]) == ("not_stated", "growth", "%")


def test_due_dates_that_only_the_plan_as_a_whole_states_are_marked_inferred():
    due = {
        row["uid"][2:4]: (row["period_key"], row["period_inferred"])
        for row in rows("targets")
        if row["source"].startswith("zero-one")
    }
    assert all(due[f"{n:02d}"] == ("2025", "yes") for n in (1, *range(3, 18)))
    assert all(due[f"{n:02d}"] == ("2025", "") for n in (18, 19, 20))
    assert all(due[f"{n:02d}"] == ("", "") for n in (21, 22, 23, 24))


def test_money_is_in_yuan_and_never_in_the_multiple_it_was_printed_in():
    money = {row["uid"]: Decimal(row["low"]) for row in rows("targets") if row["unit"] == "CNY"}
    assert money["t-shanghai-metaverse-industry-scale"] == 350_000_000_000
    assert money["t-chengdu-metaverse-industry-scale"] == 150_000_000_000
    assert money["t-kunming-digital-economy-scale"] == 500_000_000_000
    assert min(money.values()) >= 10**9


def test_a_goal_without_a_policy_stands_alone():
    alone = [row for row in rows("targets") if not row["policy"]]
    assert [(row["place"], row["standing"]) for row in alone] == [("qingdao", "pledged"), ("shanghai", "discussed")]


def test_the_39_partners_are_the_sum_of_five_categories_and_ten_are_named():
    counts = [row for row in of_policy("declared_counts", PARTNERS) if row["counted"] == "participant"]
    total = next(int(row["value"]) for row in counts if not row["category"])
    by_category = {row["category"]: int(row["value"]) for row in counts if row["category"]}
    named = of_policy("participations", PARTNERS)
    assert total == sum(by_category.values()) == 39
    assert sorted(by_category.values()) == [2, 7, 8, 9, 13]
    assert len(named) == 10
    assert {row["batch"] for row in named} == {"1"}
    assert all([row["category"] for row in named].count(category) == 2 for category in by_category)


@pytest.mark.parametrize(
    ("policy", "counted", "announced", "listed"),
    [
        (PLAN, "task", 16, 0),
        (PLAN, "idea", 5, 4),  # the third is lost in the translation
        (PLAN, "direction", 5, 5),
        (MEASURES, "measure", 21, 0),
        (MEASURES, "aspect", 5, 5),
        (SHANGHAI, "direction", 2, 2),
    ],
)
def test_what_is_announced_stands_beside_what_is_listed(policy, counted, announced, listed):
    values = [int(row["value"]) for row in of_policy("declared_counts", policy) if row["counted"] == counted]
    provisions = [row for row in of_policy("provisions", policy) if row["kind"] == counted]
    assert (values, len(provisions)) == ([announced], listed)


def test_the_three_acts_of_may_2023_form_one_package():
    members = {row["slug"]: row["package_role"] for row in rows("policies") if row["package"]}
    assert members == {PLAN: "strategy", MEASURES: "implementation", PARTNERS: "operation"}
    assert [
        (row["policy"], row["object"]) for row in rows("policy_relations") if row["predicate"] == "issued_with"
    ] == [(MEASURES, PLAN)]


def test_one_shanghai_metaverse_policy_lies_before_the_cut_off_of_the_count():
    primary = {row["policy"]: periods.parse(row["period_key"]) for row in rows("policy_events") if row["is_primary"]}
    before = [
        row["slug"]
        for row in rows("policies")
        if row["place"] == "shanghai" and "metaverse" in row["topics"].split("|")
        if primary[row["slug"]].end <= CUT_OFF
    ]
    assert before == ["shanghai-action-plan-for-the-metaverse-new-track-2022-2025"]


def test_each_policy_is_dated_by_one_event_or_by_none_where_no_date_was_found():
    primary = [row["policy"] for row in rows("policy_events") if row["is_primary"]]
    assert len(primary) == len(set(primary))
    undated = {row["slug"] for row in rows("policies")} - set(primary)
    assert undated >= {
        "14th-five-year-plan-of-beijing",
        "14th-five-year-plan-for-the-digital-economy-of-nanjing",
        "nanchang-regulations-on-the-promotion-of-the-digital-economy",
    }
    assert len(undated) <= 0.3 * len(rows("policies"))


def test_a_day_whose_year_the_article_does_not_print_is_marked_inferred():
    from_articles = [row for row in rows("policy_events") if row["source"].startswith("zero-one")]
    assert len(from_articles) == 5
    assert all(row["period_inferred"] == "yes" for row in from_articles)


def test_every_rendering_of_the_shanghai_plan_finds_one_plan():
    texts = {row["text"] for row in of_policy("policy_titles", SHANGHAI)}
    for rendering in (
        "Tackling Key Technology Action Plan",
        "Action Plan for Research",
        "Action Plan for Tackling Key Issues",
    ):
        assert rendering in texts
    assert "上海市“元宇宙”关键技术攻关行动方案（2023—2025年）" in texts


def test_every_policy_has_its_official_chinese_title_except_those_that_are_named_only():
    official = {row["policy"] for row in rows("policy_titles") if row["role"] == "official"}
    missing = {row["slug"] for row in rows("policies")} - official
    assert missing == {
        "14th-five-year-plan-of-beijing",
        "14th-five-year-plan-for-the-digital-economy-of-nanjing",
        "quanzhou-new-infrastructure-competition-plan",
        "taiyuan-digital-economy-implementation-plan-2023-2025",
    }


def test_the_analyst_is_not_named_and_the_predecessor_is_marked_inferred():
    refines = next(row for row in rows("policy_relations") if row["predicate"] == "refines")
    assert (refines["policy"], refines["object_inferred"], refines["asserted_by"]) == (SHANGHAI, "yes", "analyst")
    assert "analyst of TF Securities" in refines["attributed_to"]
    assert refines["object_label"] and refines["object_label_zh"]


OURS = ("policies", "policy_titles", "policy_events", "provisions", "declared_counts", "targets", "participations")
OURS += ("policy_relations", "programmes", "designations")


@pytest.mark.parametrize("sheet", OURS)
def test_nothing_printed_repeats_a_mistranslation_or_an_unsure_name(sheet):
    text = " ".join(" ".join(value or "" for value in row.values()) for row in rows(sheet))
    assert not re.search(r"radiation|Kong Rong", text, re.IGNORECASE)


@pytest.mark.parametrize("sheet", OURS)
def test_every_english_text_has_chinese_beside_it(sheet):
    for row in rows(sheet):
        for column in row:
            if f"{column}_zh" in row and column != "period_text":
                assert bool(row[column]) == bool(row[f"{column}_zh"]) or column == "name_as_stated", (
                    sheet,
                    row,
                    column,
                )
            if column.endswith("_zh") and row[column] and column not in ("unit_zh", "name_as_stated_zh"):
                assert re.search(r"[\u4e00-\u9fff]|AIGC|Web3", row[column])


@pytest.mark.parametrize("sheet", OURS)
def test_passages_are_short(sheet):
    assert all(len(row.get("quote", "")) <= 400 for row in rows(sheet))


def test_titles_sought_are_not_titles_held():
    sought = [row["place"] for row in rows("designations") if row["standing"] == "sought"]
    assert sought == ["shenzhen"] * 4
    assert {row["standing"] for row in rows("designations")} == {"held", "sought"}


def test_mirrors_are_never_linked():
    linked = {re.split("/+", row["url"])[1] for row in rows("sources.policies") if row["url"]}
    assert linked <= {
        "www.beijing.gov.cn", "www.bjchy.gov.cn", "touch.shio.gov.cn", "gzdaily.dayoo.com", "www.lawinfochina.com"
    }  # fmt: skip


@pytest.mark.django_db
def test_shanghai_has_one_metaverse_policy_before_the_cut_off_in_the_database_too(demo_content):
    from policies.dating import Days
    from policies.models import Policy

    found = (
        Policy.objects.published().filter(place__slug="shanghai", topics__slug="metaverse").within(Days(last=CUT_OFF))
    )
    assert [policy.slug for policy in found] == ["shanghai-action-plan-for-the-metaverse-new-track-2022-2025"]
