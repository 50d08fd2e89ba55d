import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from indicators import workflow
from policies.amend import amend
from policies.models import Participation, Policy, PolicyDocument, PolicyEvent, PolicyParty, PolicyTitle, Provision
from tests import factories as make
from tests.policies.test_admin_size import problems, sent_back

pytestmark = pytest.mark.django_db
COPIED = ("parties", "provisions", "targets")
LEFT_OUT = ("titles", "documents", "events", "participations", "declared_counts", "note_links")


@pytest.fixture
def editor():
    user = User.objects.create(username="editor", is_staff=True)
    user.groups.set(Group.objects.filter(name="Editors"))
    return user


@pytest.fixture
def plan():
    policy = make.make_policy(
        slug="plan", name="AI Plan", name_zh="人工智能方案", kind="measures", document_number="1号"
    )
    policy.topics.add(make.make_topic(slug="ai"))
    sourced = {"policy": policy, "source": policy.source, "locator": "p. 1", "quote": "as printed"}
    PolicyTitle.objects.create(policy=policy, language="zh-Hans", text="人工智能方案", role="official")
    PolicyParty.objects.create(policy=policy, role="issuer", name_as_stated="Beijing")
    PolicyDocument.objects.create(policy=policy, source=policy.source, role="main")
    PolicyEvent.objects.create(**sourced, type="issued", period_key="2023-05-30", is_primary=True)
    direction = Provision.objects.create(**sourced, kind="direction", number=1, text="Chips", text_zh="芯片")
    task = Provision.objects.create(**sourced, kind="task", number=1, parent=direction, text="Make", text_zh="造")
    Provision.objects.create(**sourced, kind="measure", number=2, parent=task, text="Pay", text_zh="付")
    Participation.objects.create(**sourced, name_as_stated="A firm")
    make.make_target(policy=policy, low=5, unit="companies", period_key="2025", locator="p. 2")
    return policy


def everything(policy):
    """All columns of the policy and its parts, as stored."""
    parts = [
        "titles",
        "parties",
        "documents",
        "events",
        "provisions",
        "targets",
        "participations",
        "relations",
        "declared_counts",
    ]
    rows = [type(policy).objects.filter(pk=policy.pk), *(getattr(policy, name).all() for name in parts)]
    return [list(found.order_by("pk").values()) for found in rows]


def test_a_draft_is_made_that_amends_and_the_old_one_is_not_touched(plan, editor):
    before = everything(plan)
    new = amend(policy=plan, user=editor, reason="New text of 2024.")
    assert everything(plan) == before
    assert (new.state, new.author, new.check_status, new.source) == ("draft", editor, "", None)
    assert (new.place, new.kind, new.level) == (plan.place, "measures", plan.level)
    assert (new.name, new.name_zh) == ("Amendment of AI Plan", "人工智能方案（修订）")
    assert (new.slug, new.document_number) == ("plan-amendment", "")
    assert list(new.topics.all()) == list(plan.topics.all())
    assert [(party.role, party.name_as_stated) for party in new.parties.all()] == [("issuer", "Beijing")]
    (relation,) = new.relations.all()
    assert (relation.predicate, relation.object, relation.asserted_by) == ("amends", plan, "editor")
    assert not any(getattr(new, left_out).exists() for left_out in LEFT_OUT)


def test_tasks_keep_their_tree_and_targets_their_numbers_but_no_source_and_no_address(plan, editor):
    new = amend(policy=plan, user=editor, reason="Why.")
    tree = {row.text: row.parent and row.parent.text for row in new.provisions.select_related("parent")}
    assert tree == {"Chips": None, "Make": "Chips", "Pay": "Make"}
    (target,) = new.targets.all()
    assert (target.low, target.unit, target.period_key) == (5, "companies", "2025")
    assert (target.state, target.check_status, target.author, target.published_at) == ("draft", "", editor, None)
    for old, copies in ((plan.provisions, new.provisions), (plan.targets, new.targets)):
        assert {(row.source, row.locator, row.quote) for row in copies.all()} == {(None, "", "")}
        assert not set(old.values_list("uid", flat=True)) & set(copies.values_list("uid", flat=True))


def test_a_target_that_was_superseded_is_not_promised_again(plan, editor):
    make.make_target(policy=plan, standing="superseded")
    assert [target.standing for target in amend(policy=plan, user=editor, reason="Why.").targets.all()] == ["in_policy"]


def test_a_name_as_long_as_its_column_says_that_it_is_an_amendment_in_both_languages(plan, editor):
    type(plan).objects.update(name="n" * 300, name_zh="方" * 300)
    plan.refresh_from_db()
    new = amend(policy=plan, user=editor, reason="Why.")
    assert new.name == f"Amendment of {'n' * 286}…"
    assert new.name_zh == f"{'方' * 295}…（修订）"


def test_the_history_of_the_draft_says_who_and_why(plan, editor):
    first = amend(policy=plan, user=editor, reason="New text of 2024.").history.earliest()
    assert (first.history_user, first.history_change_reason, first.state) == (editor, "New text of 2024.", "draft")


def test_every_amendment_has_an_address_of_its_own(plan, editor):
    type(plan).objects.update(slug="a" * 98)
    plan.refresh_from_db()
    slugs = [amend(policy=plan, user=editor, reason="Why.").slug for _time in range(3)]
    assert slugs == [f"{'a' * 90}-amendment", f"{'a' * 88}-amendment-2", f"{'a' * 88}-amendment-3"]


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_only_what_is_public_is_amended(plan, editor, state):
    type(plan).objects.update(state=state)
    plan.refresh_from_db()
    with pytest.raises(PermissionDenied):
        amend(policy=plan, user=editor, reason="Why.")


def test_nobody_without_the_permission_amends(plan, client):
    reader = User.objects.create(username="reader", is_staff=True)
    with pytest.raises(PermissionDenied):
        amend(policy=plan, user=reader, reason="Why.")
    client.force_login(reader)
    assert client.post(reverse("admin:policies_policy_amend", args=[plan.pk]), {"reason": "Why."}).status_code == 403
    assert Policy.objects.count() == 1


def test_the_desk_asks_why_and_opens_the_new_form(plan, editor, client):
    client.force_login(editor)
    address = reverse("admin:policies_policy_amend", args=[plan.pk])
    assert address in client.get(reverse("admin:policies_policy_change", args=[plan.pk])).text
    assert 'name="reason"' in client.get(address).text
    assert "Say why" in client.post(address, {"reason": " "}).text
    assert Policy.objects.count() == 1
    response = client.post(address, {"reason": "New text of 2024."}, follow=True)
    new = Policy.objects.get(slug="plan-amendment")
    assert response.redirect_chain == [(reverse("admin:policies_policy_change", args=[new.pk]), 302)]
    assert response.context["adminform"].form.initial["name"] == "Amendment of AI Plan"
    assert reverse("admin:policies_policy_amend", args=[new.pk]) not in response.text


def test_nothing_of_it_is_published_until_its_parts_have_a_source(plan, editor, client):
    new = amend(policy=plan, user=editor, reason="Why.")
    Policy.objects.filter(pk=new.pk).update(source=make.make_source())
    with pytest.raises(ValidationError, match="Name the source"):
        workflow.submit(row=new, user=editor)
    client.force_login(editor)
    address = reverse("admin:policies_policy_change", args=[new.pk])
    response = client.post(address, sent_back(client.get(address)) | {"same_source": "on"})
    assert response.status_code == 302, problems(response)
    new.refresh_from_db()
    assert workflow.submit(row=new, user=editor).state == "in_review"
    assert {row.source for row in new.provisions.all()} == {new.source}
    assert new.targets.get().history.latest().history_user == editor


def test_what_is_unusual_is_said_on_the_form_after_saving_and_before_publishing(plan, editor, client):
    client.force_login(editor)
    new = amend(policy=plan, user=editor, reason="Why.")
    sentence = "The official title in its own language is missing."
    address = reverse("admin:policies_policy_change", args=[new.pk])
    page = client.get(address)
    assert sentence in page.text
    saved = client.post(address, sent_back(page), follow=True)
    assert f"{new}: {sentence}" in [str(message) for message in saved.context["messages"]]
    Policy.objects.filter(pk=new.pk).update(state="in_review")
    publisher = User.objects.create_superuser("publisher")
    client.force_login(publisher)
    assert sentence in client.get(reverse("admin:policies_policy_step", args=[new.pk, "publish"])).text
