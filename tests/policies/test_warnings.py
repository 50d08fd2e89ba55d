"""What the editors' desk says of a policy without stopping anything."""

import pytest

from policies.models import DeclaredCount, Participation, Policy, PolicyEvent, PolicyParty, PolicyRelation, PolicyTitle
from policies.warnings import warnings
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    """A policy of which there is nothing to say."""
    policy = make.make_policy(slug="plan", name="AI Plan", name_zh="人工智能方案", period_key="2023/2025")
    PolicyTitle.objects.create(policy=policy, language="zh-Hans", text="人工智能方案", role="official")
    PolicyParty.objects.create(policy=policy, role="issuer", name_as_stated="Beijing")
    PolicyEvent.objects.create(policy=policy, type="issued", period_key="2023-05-30", is_primary=True)
    policy.refresh_from_db()
    return policy


def said(policy):
    return list(warnings(Policy.objects.get(pk=policy.pk)))


def add_events(policy, *events):
    for kind, key in events:
        PolicyEvent.objects.create(policy=policy, type=kind, period_key=key)


def test_of_a_usual_policy_nothing_is_said(plan):
    add_events(
        plan, ("consulted", "2023-05"), ("published", "2023-05-30"), ("effective", "2023"), ("evaluated", "2026")
    )
    make.make_target(policy=plan, period_key="../2025")
    assert said(plan) == []


@pytest.mark.parametrize(
    ("events", "sentence"),
    [
        ([("effective", "2023-05-29")], "“in force from 29 May 2023” lies before “issued 30 May 2023”."),
        ([("consulted", "2023-06")], "“issued 30 May 2023” lies before “draft for consultation Jun 2023”."),
        ([("repealed", "2022")], "“issued 30 May 2023” lies after the end: “repealed 2022”."),
        (
            [("superseded", "2024-01-01"), ("batch", "2024-01-02")],
            "“batch announced 2 January 2024” lies after the end: “superseded 1 January 2024”.",
        ),
    ],
)
def test_events_out_of_their_order_are_named(plan, events, sentence):
    add_events(plan, *events)
    (only,) = said(plan)
    assert only.replace("June", "Jun") == sentence


@pytest.mark.parametrize(
    "events",
    [
        [("effective", "2023")],  # the year holds days after the issue
        [("effective", "undated")],
        [("consulted", "2023-05")],
        [("repealed", "2023-05-30")],
    ],
)
def test_dates_that_may_be_in_order_are_let_be(plan, events):
    add_events(plan, *events)
    assert said(plan) == []


def test_a_programme_and_a_target_over_before_the_issue_are_named(plan):
    type(plan).objects.filter(pk=plan.pk).update(
        period_key="2020/2022", period_start="2020-01-01", period_end="2022-12-31"
    )
    plan.refresh_from_db()
    make.make_target(policy=plan, statement="Be first.", period_key="../2022")
    assert said(plan) == [
        "The programme period 2020–2022 is over before “issued 30 May 2023”.",
        "The target “Be first.” is due before “issued 30 May 2023”.",
    ]


def test_an_act_that_amends_a_later_one_is_named(plan):
    later = make.make_policy(name="Later plan")
    PolicyEvent.objects.create(policy=later, type="issued", period_key="2024", is_primary=True)
    values = {"policy": plan, "object": later, "asserted_by": "issuer"}
    PolicyRelation.objects.create(**values, predicate="cites", uid="r-1")
    assert said(plan) == []
    PolicyRelation.objects.create(**values, predicate="amends", uid="r-2")
    assert said(plan) == ["It amends what was issued later: Later plan."]


def announce(policy, value, category="", batch=1, source=None):
    DeclaredCount.objects.create(
        policy=policy, source=source or policy.source, counted="participant", value=value, category=category,
        batch=batch, period_key=str(2022 + batch),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("members", "sentences"),
    [
        ([2, 9, 7, 13, 8], []),
        ([2, 9, 7, 13, 10], ["The categories of participants add up to 41, the announced total is 39."]),
        ([2, 9, 7, 13], ["The categories of participants add up to 31, the announced total is 39."]),
    ],
)
def test_categories_are_added_up_against_the_announced_total_of_their_batch(plan, members, sentences):
    announce(plan, 39)
    announce(plan, 100, batch=2)
    for number, value in enumerate(members):
        announce(plan, value, category=f"group {number}")
    assert said(plan) == sentences


def test_the_categories_of_two_sources_are_not_added_up(plan):
    for source in (plan.source, make.make_source()):
        for category, value in (("", 10), ("a", 4), ("b", 6)):
            announce(plan, value, category=category, source=source)
    assert said(plan) == []
    DeclaredCount.objects.filter(category="b", source=plan.source).update(value=7)
    assert said(plan) == ["The categories of participants add up to 11, the announced total is 10."]


def test_more_listed_than_announced_is_named(plan):
    announce(plan, 1, category="data")
    for name in ("One", "Two"):
        Participation.objects.create(policy=plan, batch=1, category="data", name_as_stated=name)
    assert said(plan) == ["Announced: 1 participants; listed here: 2."]


def test_what_is_missing_is_named(plan):
    plan.titles.all().delete()
    plan.parties.all().delete()
    PolicyEvent.objects.update(is_primary=False)
    assert said(plan) == [
        "No event dates the policy: lists put it last, and it is on no timeline.",
        "The official title in its own language is missing.",
        "Nobody is named who issued or launched it.",
    ]


def test_two_policies_with_one_full_title_are_named_short_titles_are_not(plan):
    place = make.make_place(name="Tianjin")
    other = make.make_policy(slug="other", name="Another plan", place=place)
    PolicyTitle.objects.create(policy=plan, language="en", text="The Measures", role="short")
    title = PolicyTitle.objects.create(policy=other, language="en", text="The Measures", role="short")
    assert said(plan) == []
    PolicyTitle.objects.filter(pk=title.pk).update(text="AI Plan", role="translation")
    assert said(plan) == ["Another policy has the same title: Another plan, Tianjin (other)."]
    type(plan).objects.filter(pk=other.pk).update(state="withdrawn")
    assert said(plan) == []


def test_of_the_demo_content_only_what_is_missing_is_said(demo_content):
    found = {sentence for policy in Policy.objects.all() for sentence in said(policy)}
    assert found == {"The official title in its own language is missing.", "Nobody is named who issued or launched it."}
