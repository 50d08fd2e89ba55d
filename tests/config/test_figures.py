"""Where this comes from: one page for every figure, statement, target and announced number."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from policies.models import DeclaredCount, PolicyNoteLink
from tests import factories as make

pytestmark = pytest.mark.django_db


def text(client, row, prefix=""):
    response = client.get(prefix + f"/figures/{row.uid}/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_figure_says_what_was_printed_where_and_who_checked_it(client):
    row = make.make_observation(
        value=12000,
        verbatim="1.2万家",
        quote="共有1.2万家企业",
        locator="p. 3",
        kind="exact",
        attributed_to="The bureau",
    )
    page = text(client, row)
    for words in ("12,000", "1.2万家", "共有1.2万家企业", "p. 3", "The bureau", "Press report", row.source.title):
        assert words.lower() in page.lower()
    assert "Loaded with the site, not yet checked against the original" in page


def test_a_checked_figure_names_both_people(client):
    users = get_user_model().objects
    row = make.make_observation(
        check_status="checked", author=users.create_user("writer"), reviewer=users.create_user("reader")
    )
    assert "Entered by writer, checked by reader" in text(client, row)


@pytest.mark.parametrize("state", ["draft", "in_review"])
def test_what_is_not_published_has_no_page(client, state):
    row = make.make_observation(state=state)
    assert client.get(f"/figures/{row.uid}/").status_code == 404
    assert client.get("/figures/no-such-figure/").status_code == 404


def test_a_withdrawn_figure_points_to_the_one_that_replaced_it(client):
    old = make.make_observation(value=10)
    type(old).objects.filter(pk=old.pk).update(state="withdrawn")
    new = make.make_observation(series=old.series, place=old.place, value=11, replaces=old)
    page = text(client, old)
    assert "This figure was withdrawn" in page
    assert new.get_absolute_url() in page
    assert old.get_absolute_url() in text(client, new)


def test_history_keeps_who_when_why_old_and_new(client):
    row = make.make_observation(value=10)
    row.low = row.high = 11
    row._change_reason = "Misread the table"
    row._history_user = get_user_model().objects.create_user("writer")
    row.save()
    page = text(client, row)
    for words in ("Misread the table", "writer", "10 → 11", f'datetime="{timezone.now():%Y-%m-%d}'):
        assert words in page


def test_the_same_quantity_in_another_series_is_one_step_away(client):
    row = make.make_observation(value=10)
    other = make.make_observation(
        series=make.make_series(indicator=row.series.indicator), place=row.place, value=14, period_key="2022"
    )
    assert other.get_absolute_url() in text(client, row)


def test_known_problems_stand_on_the_page(client):
    row = make.make_observation(value=10)
    make.make_note(title="Unit inferred", text="No unit is printed.").links.create(observation=row)
    make.make_note(title="A damaged copy").links.create(source=row.source)
    page = text(client, row)
    assert "No unit is printed." in page
    assert "A damaged copy" in page


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_targets_counts_and_statements_have_pages_too(client, prefix):
    policy = make.make_policy(name="Action Plan")
    target = make.make_target(policy=policy, low=300, unit="companies", statement="Number of companies")
    count = DeclaredCount.objects.create(policy=policy, counted="task", value=16, source=policy.source)
    PolicyNoteLink.objects.create(note=make.make_note(title="A doubt", title_zh="A doubt"), target=target)
    page = text(client, target, prefix)
    assert "300" in page and "A doubt" in page and policy.get_absolute_url() in page
    assert "16" in text(client, count, prefix)
    statement = make.make_statement(text="It is said.", text_zh="It is said.")
    assert "It is said." in text(client, statement, prefix)


def test_parts_of_a_draft_policy_have_no_page(client):
    policy = make.make_policy(state="draft")
    target = make.make_target(policy=policy)
    count = DeclaredCount.objects.create(policy=policy, counted="task", value=16, source=policy.source)
    assert client.get(f"/figures/{target.uid}/").status_code == 404
    assert client.get(f"/figures/{count.uid}/").status_code == 404


def test_a_figure_page_asks_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    row = make.make_observation()
    client.get("/")
    with django_assert_max_num_queries(12) as few:
        text(client, row)
    for year in range(2000, 2020):
        make.make_observation(series=row.series, place=row.place, period_key=str(year))
    with django_assert_max_num_queries(len(few)):
        text(client, row)


def test_the_title_leads_with_the_number_and_words_stand_alone(client):
    row = make.make_observation(kind="more_than", low=12000)
    assert "<title>more than 12,000 companies: " in text(client, row)
    absent = make.make_observation(kind="not_published")
    assert f"<title>{absent.series.indicator.name}, " in text(client, absent)


def test_the_history_of_a_part_begins_with_the_publication_of_its_policy(client):
    policy = make.make_policy(state="draft", check_status="", published_at=None)
    target = make.make_target(policy=policy, statement="Words of a draft")
    target.statement = "Final words"
    target.save()
    policy.state, policy.check_status, policy.published_at = "published", "loaded", timezone.now()
    policy.save()
    target.statement = "Corrected words"
    target.save()
    page = client.get(f"/figures/{target.uid}/").content.decode()
    assert "Final words → Corrected words" in page
    assert "Words of a draft" not in page
