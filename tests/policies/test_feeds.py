"""Feeds of policies and of targets, read back by a program for them."""

import pytest
from django.contrib.auth import get_user_model

from indicators import workflow
from policies.models import Target as TargetModel
from tests import factories as make
from tests.policies.following import feed, happened, measured, slug_of, target_feed, three_policies

pytestmark = pytest.mark.django_db


@pytest.fixture
def policies():
    return three_policies()


def test_a_feed_begins_with_what_changed_last_and_says_when(client, policies):
    plan, _metaverse, _paper = policies
    plan.name_zh = "另一名称"
    plan.save()
    found = feed(client, "/policies.atom")
    assert [slug_of(entry.link) for entry in found.entries] == ["plan", "metaverse", "paper"]
    moment = plan.history.latest().history_date.isoformat()
    assert found.feed.updated == found.entries[0].updated == moment
    assert all(entry.published for entry in found.entries)


def test_a_feed_says_whose_it_is_where_it_is_and_what_it_holds(client, policies):
    found = feed(client, "/policies.atom", city="beijing", topic="ai").feed
    assert found.title == "Policies · City: Beijing · Topic: Artificial intelligence · Digital Cities Observatory"
    assert found.author == "Digital Cities Observatory"
    links = {link.rel: link.href for link in found.links}
    assert links["self"] == "http://127.0.0.1:8000/policies.atom?city=beijing&topic=ai"
    assert links["alternate"] == "http://127.0.0.1:8000/policies/?city=beijing&topic=ai"
    assert found.id == "tag:127.0.0.1,2026:en/policies?city=beijing&topic=ai"
    assert feed(client, "/policies.atom", topic="ai", city="beijing", other="").feed.id == found.id


def test_an_entry_gives_both_titles_and_every_date_with_its_precision(client, policies):
    plan, *_others = policies
    happened(plan, "2024", type="evaluated", is_primary=False, period_inferred=True, note="Half-way")
    entry = feed(client, "/policies.atom", topic="ai").entries[0]
    assert entry.title == "AI Plan / 人工智能方案"
    assert entry.id == f"tag:127.0.0.1,2026:en/policy/{plan.uid}"
    for words in ("Beijing · plan", "2023–2025", "Issued: 30 May 2023", "Evaluated: 2024 (date inferred) · Half-way"):
        assert words in entry.summary
    assert [tag.term for tag in entry.tags] == ["Artificial intelligence"]
    (undated,) = feed(client, "/policies.atom", kind="white_paper").entries
    assert "No date is given." in undated.summary


def test_ids_stay_when_addresses_and_names_change_and_no_two_are_alike(client, policies):
    before = {entry.id for entry in feed(client, "/policies.atom").entries}
    plan, *_others = policies
    plan.slug = "renamed"
    plan.save()
    assert {entry.id for entry in feed(client, "/policies.atom").entries} == before
    assert len(before) == 3
    assert not before & {entry.id for entry in feed(client, "/zh-hans/policies.atom").entries}


def test_a_feed_holds_the_hundred_last_changed(client):
    place, source = make.make_place(), make.make_source()
    many = [make.make_policy(place=place, source=source) for _ in range(102)]
    many[0].save()
    entries = feed(client, "/policies.atom").entries
    assert len(entries) == 100
    assert slug_of(entries[0].link) == many[0].slug
    assert {policy.slug for policy in many} - {slug_of(entry.link) for entry in entries} == {many[1].slug, many[2].slug}


def test_a_target_is_followed_by_what_was_measured_as_it_arrives(client):
    target, series = measured()
    assert [e.title for e in target_feed(client, target).entries] == [
        "Target of Beijing, by 2025: Enough, reach 300 companies."
    ]
    make.make_observation(series=series, place=target.place, period_key="2024", value=250)
    other = make.make_series(indicator=series.indicator, name="Counted otherwise")
    late = make.make_observation(series=other, place=target.place, period_key="2023", kind="more_than", low=300)
    make.make_observation(series=series, place=target.place, period_key="2022", state="draft")
    make.make_observation(series=series, period_key="2024")  # of another city
    make.make_observation(place=target.place, period_key="2024")  # of something else
    found = target_feed(client, target)
    what = series.indicator.name
    assert [entry.title for entry in found.entries] == [
        f"more than 300 companies: {what}, Beijing, 2023.",
        f"250 companies: {what}, Beijing, 2024.",
        "Target of Beijing, by 2025: Enough, reach 300 companies.",
    ]
    assert "Counted otherwise" in found.entries[0].summary
    assert f'href="http://127.0.0.1:8000/sources/{late.source.slug}/"' in found.entries[0].summary
    assert found.entries[0].link == f"http://127.0.0.1:8000/figures/{late.uid}/"
    assert {link.rel: link.href for link in found.feed.links} == {
        "self": f"http://127.0.0.1:8000/targets/{target.uid}.atom",
        "alternate": f"http://127.0.0.1:8000/figures/{target.uid}/",
    }


def test_a_correction_arrives_and_the_figure_it_replaces_says_so(client):
    target, series = measured()
    user = get_user_model().objects.create_superuser("publisher")
    wrong = make.make_observation(series=series, place=target.place, period_key="2024", value=250)
    draft = workflow.correct(row=wrong, user=user, reason="misread")
    draft.low = draft.high = 350
    draft.save()
    assert len(target_feed(client, target).entries) == 2
    for step in (workflow.submit, workflow.publish):
        draft = step(row=draft, user=user)
    new, old, stated = target_feed(client, target).entries
    assert new.title == f"350 companies: {series.indicator.name}, Beijing, 2024."
    assert "This figure corrects an earlier one: 250 → 350." in new.summary
    assert old.title == f"Withdrawn: 250 companies: {series.indicator.name}, Beijing, 2024."
    assert "A corrected one has taken its place: 250 → 350." in old.summary
    assert stated.id.endswith(f"/target/{target.uid}")
    workflow.withdraw(row=draft, user=user, reason="doubtful")
    assert "It takes part in nothing on this site any more." in target_feed(client, target).entries[0].summary


def test_a_superseded_target_is_news_of_its_own(client):
    target, series = measured()
    make.make_observation(series=series, place=target.place)
    target.standing = TargetModel.Standing.SUPERSEDED
    target.save()
    moment = target.history.latest().history_date.isoformat()
    target.locator = "p. 1"
    target.save()
    stated, superseded, _figure = target_feed(client, target).entries
    assert superseded.title.startswith("This target was superseded. Target of Beijing")
    assert superseded.updated == moment
    assert stated.updated > moment


def test_a_target_without_an_indicator_can_be_followed_and_one_that_is_not_public_cannot(client):
    assert len(target_feed(client, make.make_target()).entries) == 1
    hidden = make.make_target(policy=make.make_policy(state="draft"))
    assert client.get(f"/targets/{hidden.uid}.atom").status_code == 404
    assert client.get("/targets/no-such.atom").status_code == 404
