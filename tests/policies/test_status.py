from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.periods import parse
from policies.models import Policy, PolicyEvent
from policies.status import ENDINGS, ISSUING, STEPS, legal_status
from tests.policies import many

TODAY = date(2024, 6, 1)


def status(*events, programme="undated", **options):
    steps = [(type_, parse(key)) for type_, key in events]
    return legal_status(steps, parse(programme), today=TODAY, **options)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], "unknown"),
        ([("consulted", "2023-05-12/2023-05-19")], "draft"),
        ([("announced", "2023")], "announced"),
        ([("issued", "2023-05-30")], "in_force"),
        ([("issued", "undated")], "in_force"),
        ([("adopted", "2022-11-25"), ("effective", "2023-01-01")], "in_force"),
        ([("adopted", "2024-05-25"), ("effective", "2025-01-01")], "announced"),
        ([("issued", "2025-01-01")], "announced"),
        ([("issued", "2023"), ("repealed", "2024-05-31")], "repealed"),
        ([("issued", "2023"), ("superseded", "2024-03")], "superseded"),
        ([("issued", "2023"), ("repealed", "2024-12-31")], "in_force"),
    ],
)
def test_the_last_step_that_surely_lies_behind_us_decides(events, expected):
    assert status(*events) == expected


def test_an_ending_whose_day_is_uncertain_has_not_surely_come():
    assert status(("issued", "2023"), ("repealed", "2024")) == "in_force"


def test_the_end_of_the_programme_period_ends_the_act():
    issued = ("issued", "2021-03-01")
    assert status(issued, programme="2021/2023") == "expired"
    assert status(issued, programme="../2023") == "expired"
    assert status(issued, programme="2023/2025") == "in_force"


def test_a_repeal_outweighs_the_programme_period():
    assert status(("issued", "2021"), ("repealed", "2022"), programme="2021/2023") == "repealed"


def test_a_white_paper_decides_nothing():
    assert status(("published", "2023-02-13"), decides=False) == "unknown"


def the_long_way(steps, programme):
    """The rule as one would tell it."""
    done = {type_ for type_, period in steps if period.end is None or period.end <= TODAY}
    listed = {type_ for type_, _period in steps}
    for ending in ENDINGS:
        if ending in done:
            return ending
    if programme.end and programme.end < TODAY:
        return "expired"
    if "effective" in done:
        return "in_force"
    if done.intersection(ISSUING):
        return "announced" if "effective" in listed else "in_force"
    if listed == {"consulted"}:
        return "draft"
    return "announced" if listed else "unknown"


KEYS = st.sampled_from(["2020", "2024-05-31", "2024-06", "2024", "2025-01-01", "../2023", "2023/2025", "undated"])


@given(st.lists(st.tuples(st.sampled_from(PolicyEvent.Type.values), KEYS), max_size=5), KEYS)
def test_the_weightiest_step_says_what_the_rule_told_at_length_says(events, programme):
    steps = [(type_, parse(key)) for type_, key in events]
    assert status(*events, programme=programme) == the_long_way(steps, parse(programme))


def test_every_type_of_step_has_its_weight_and_every_weight_is_a_status():
    assert {type_ for types, _only_done, _says in STEPS for type_ in types} == set(PolicyEvent.Type.values)
    assert {says for _types, _only_done, says in STEPS} <= set(Policy.LegalStatus.values)


@pytest.mark.django_db
def test_the_database_works_out_the_same_status_on_any_day():
    many.make_policies(400)
    policies = list(Policy.objects.prefetch_related("events"))
    seen = set()
    for today in (date(2018, 1, 1), date(2020, 2, 29), date(2022, 6, 30), date(2026, 1, 1)):
        found = dict(Policy.objects.with_status(today).values_list("pk", "status"))
        for policy in policies:
            steps = [(event.type, event.period) for event in policy.events.all()]
            decides = policy.kind != Policy.Kind.WHITE_PAPER
            expected = policy.legal_status_set or legal_status(steps, policy.period, today=today, decides=decides)
            assert found[policy.pk] == expected, (policy.slug, today)
            seen.add(expected)
    assert seen == set(Policy.LegalStatus.values)
