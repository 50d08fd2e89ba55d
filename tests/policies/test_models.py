"""Every rule of the policy tables from both sides."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from policies.dating import Days
from policies.models import (
    DeclaredCount,
    Designation,
    Participation,
    Policy,
    PolicyEvent,
    PolicyNoteLink,
    PolicyRelation,
    PolicyTitle,
    Programme,
    Provision,
    Target,
)
from tests import factories as make

pytestmark = pytest.mark.django_db
D = Decimal


def refused(model, **values):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**values)


POLICIES = [
    (
        "a status set by hand has a reason",
        {"legal_status_set": "repealed"},
        {"legal_status_set": "repealed", "legal_status_reason": "announced in the gazette"},
    ),
    ("a role needs its package", {"package_role": "strategy"}, {"package_role": ""}),
    ("a published policy has a source", {"source": None}, {"source": None, "state": "draft"}),
]


@pytest.mark.parametrize(("wrong", "right"), [row[1:] for row in POLICIES], ids=[row[0] for row in POLICIES])
def test_a_policy(wrong, right):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.make_policy(**wrong)
    make.make_policy(**right)


def test_a_document_number_belongs_to_one_policy_and_many_have_none():
    make.make_policy(document_number="京政办发〔2023〕15号")
    make.make_policy()
    make.make_policy()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.make_policy(document_number="京政办发〔2023〕15号")


def test_a_policy_is_found_by_every_title_it_has():
    policy = make.make_policy(name="Metaverse plan", name_zh="元宇宙方案")
    make.make_policy()
    PolicyTitle.objects.create(policy=policy, language="en", text="Tackling Key Technology Action Plan", role="alias")
    for text in ("metaverse", "元宇宙", "tackling"):
        assert list(Policy.objects.search(text)) == [policy]


def test_a_policy_has_one_official_title_a_language():
    policy = make.make_policy()
    PolicyTitle.objects.create(policy=policy, language="zh-Hans", text="甲", role="official")
    PolicyTitle.objects.create(policy=policy, language="en", text="A", role="official")
    PolicyTitle.objects.create(policy=policy, language="zh-Hans", text="乙", role="short")
    refused(PolicyTitle, policy=policy, language="zh-Hans", text="丙", role="official")
    refused(PolicyTitle, policy=policy, language="en", text="A", role="alias")


def test_the_primary_event_dates_the_policy_and_there_is_only_one():
    policy = make.make_policy()
    PolicyEvent.objects.create(policy=policy, type="adopted", period_key="2023-05-23")
    event = PolicyEvent.objects.create(policy=policy, type="published", period_key="2023-05-30", is_primary=True)
    policy.refresh_from_db()
    assert str(policy.first_event_start) == str(policy.first_event_end) == "2023-05-30"
    refused(PolicyEvent, policy=policy, type="effective", period_key="2023-06", is_primary=True)
    event.delete()
    policy.refresh_from_db()
    assert policy.first_event_end is None


def test_a_policy_lies_surely_before_a_day_only_when_all_its_days_do():
    for key in ("2023-03", "2023-03-28", "2023", "undated"):
        PolicyEvent.objects.create(
            policy=make.make_policy(slug=f"p-{key}"), type="published", period_key=key, is_primary=True
        )
    assert [p.slug for p in Policy.objects.within(Days(last=date(2023, 3, 28)))] == ["p-2023-03-28"]


TARGETS = [
    ("a number needs its unit", {"low": D(3)}, {"low": D(3), "unit": "CNY"}),
    (
        "a target in words has no number",
        {"type": "qualitative", "comparator": "achieve", "low": D(3)},
        {"type": "qualitative", "comparator": "achieve"},
    ),
    (
        "between goes up",
        {"comparator": "between", "low": D(10), "high": D(5), "unit": "companies"},
        {"comparator": "between", "low": D(5), "high": D(10), "unit": "companies"},
    ),
    (
        "more than has no top",
        {"comparator": "more_than", "low": D(1), "high": D(2), "unit": "CNY"},
        {"comparator": "more_than", "low": D(1), "unit": "CNY"},
    ),
    (
        "at most has no bottom",
        {"comparator": "at_most", "low": D(1), "high": D(2), "unit": "CNY"},
        {"comparator": "at_most", "high": D(2), "unit": "CNY"},
    ),
    (
        "a baseline has its year",
        {"low": D(3), "unit": "CNY", "baseline_value": D(1)},
        {"low": D(3), "unit": "CNY", "baseline_value": D(1), "baseline_period": "2022"},
    ),
]


@pytest.mark.parametrize(("wrong", "right"), [row[1:] for row in TARGETS], ids=[row[0] for row in TARGETS])
def test_a_target(wrong, right):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.make_target(**wrong)
    make.make_target(**right)


def test_a_target_follows_its_policy_and_stands_for_itself_without_one():
    hidden = make.make_target(policy=make.make_policy(state="draft"))
    shown = make.make_target(policy=make.make_policy(), state="draft")
    alone = make.make_target()
    draft = make.make_target(state="draft")
    found = set(Target.objects.published())
    assert found == {shown, alone}
    assert not found & {hidden, draft}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"type": "quantitative", "comparator": "reach"}, "low"),
        ({"type": "quantitative", "comparator": "reach", "low": D(3)}, "unit"),
        ({"type": "qualitative", "comparator": "achieve", "low": D(3)}, "low"),
        ({"type": "quantitative", "comparator": "between", "low": D(3), "unit": "x"}, "high"),
        ({"type": "quantitative", "low": D(3), "unit": "x", "growth_basis": "yearly"}, "growth_basis"),
        ({"type": "quantitative", "low": D(3), "unit": "%", "measure": "growth"}, "growth_basis"),
        ({"type": "quantitative", "low": D(3), "unit": "x", "baseline_period": "soon"}, "baseline_period"),
        ({"type": "quantitative", "low": D(3), "unit": "x", "baseline_period": "undated"}, "baseline_period"),
    ],
)
def test_a_target_says_at_which_field_it_is_wrong(values, field):
    with pytest.raises(ValidationError) as caught:
        Target(**values).clean()
    assert field in caught.value.message_dict


def test_tasks_form_a_tree_inside_one_policy():
    policy, other = make.make_policy(), make.make_policy()
    top = Provision.objects.create(policy=policy, kind="direction", number=1, text="A", text_zh="甲")
    Provision.objects.create(policy=policy, kind="field", number=1, parent=top, text="B", text_zh="乙")
    refused(Provision, policy=policy, kind="direction", number=1, text="C", text_zh="丙")
    refused(Provision, policy=policy, kind="field", number=1, parent=top, text="D", text_zh="丁")
    with pytest.raises(ValidationError, match="another policy"):
        Provision(policy=other, source=other.source, kind="field", number=2, parent=top, text="E", text_zh="戊").clean()


def test_an_announced_number_stands_once_from_a_source():
    policy = make.make_policy()
    values = {"policy": policy, "counted": "participant", "source": policy.source, "value": 9}
    DeclaredCount.objects.create(**values, category="data")
    DeclaredCount.objects.create(**values, category="models")
    refused(DeclaredCount, **values, category="data")
    for batch in (1, 2):
        DeclaredCount.objects.create(**values, category="data", batch=batch)
        refused(DeclaredCount, **values, category="data", batch=batch)


def test_a_participant_is_an_organisation_or_a_name_as_stated():
    policy = make.make_policy()
    Participation.objects.create(policy=policy, name_as_stated="Haidian City Brain")
    Participation.objects.create(policy=policy, organisation=make.make_organisation())
    refused(Participation, policy=policy)


def test_a_relation_leads_somewhere_else():
    policy = make.make_policy()
    PolicyRelation.objects.create(
        policy=policy, predicate="refines", object_label="last year's policies", asserted_by="analyst"
    )
    refused(PolicyRelation, policy=policy, predicate="refines", asserted_by="analyst")
    refused(PolicyRelation, policy=policy, predicate="refines", object=policy, asserted_by="analyst")


def test_a_title_of_a_city_stands_once_a_batch():
    place, source = make.make_place(), make.make_source()
    programme = Programme.objects.create(slug="zone", name="Zone", name_zh="试验区")
    values = {"place": place, "programme": programme, "source": source, "standing": "held"}
    Designation.objects.create(**values, batch="1")
    Designation.objects.create(**values, batch="2")
    refused(Designation, **values, batch="1")


def test_a_known_problem_on_a_policy_concerns_exactly_one_part():
    note, target = make.make_note(), make.make_target(policy=make.make_policy())
    assert PolicyNoteLink.objects.create(note=note, target=target).subject == target
    refused(PolicyNoteLink, note=note)
    refused(PolicyNoteLink, note=note, target=target, policy=target.policy)
