"""The form of a policy stays one screen that answers at once, however many parts it has."""

import time

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from policies.models import Participation, PolicyEvent, PolicyRelation, PolicyTitle, Provision
from tests import crawl
from tests import factories as make

pytestmark = pytest.mark.django_db
FEW, MANY = 2, 200
SECONDS = 1.5


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("root"))
    return client


def make_policy_with(provisions, others):
    """Every tenth provision is a task, the nine after it stand under it."""
    policy = make.make_policy(state="draft")
    sourced = {"policy": policy, "source": policy.source}
    task = None
    for number in range(1, provisions + 1):
        is_task = number % 10 == 1
        row = Provision.objects.create(
            **sourced, kind="task" if is_task else "measure", number=number, parent=None if is_task else task,
            text=f"Do {number}.", text_zh=f"做{number}。",
        )  # fmt: skip
        task = row if is_task else task
    for number in range(others):
        make.make_target(policy=policy, position=number + 1, indicator=make.make_indicator())
        Participation.objects.create(**sourced, organisation=make.make_organisation(), batch=1)
    for number in range(others // 2):
        PolicyEvent.objects.create(**sourced, type="batch", period_key=str(1980 + number), is_primary=not number)
    for _number in range(others // 4):
        PolicyRelation.objects.create(**sourced, predicate="cites", asserted_by="issuer", object=make.make_policy())
    return policy


def address(policy):
    return reverse("admin:policies_policy_change", args=[policy.pk])


def sent_back(page):
    """What a browser sends of the form as it stands."""
    (form,) = [one for one in crawl.parse(page.text).walk() if one.attributes.get("id") == "policy_form"]
    values = {}
    for field in form.walk():
        name, kind = field.attributes.get("name"), field.attributes.get("type")
        if not name or "__prefix__" in name or kind == "submit":
            continue
        if field.tag == "select":
            chosen = [one.attributes["value"] for one in field.walk() if "selected" in one.attributes]
            values[name] = chosen if "multiple" in field.attributes else "".join(chosen[:1])
        elif field.tag == "textarea":
            values[name] = "".join(field.children).strip()
        elif kind != "checkbox" or "checked" in field.attributes:
            values[name] = field.attributes.get("value", "on" if kind == "checkbox" else "")
    return values


def problems(response):
    formsets = [one.formset for one in response.context["inline_admin_formsets"]] if response.context else []
    found = [said for formset in formsets for errors in formset.errors for said in errors.items()]
    return [(name, " ".join(said)) for name, said in found]


def asked(do):
    begun = time.process_time()
    with CaptureQueriesContext(connection) as queries:
        response = do()
    return response, len(queries), time.process_time() - begun


class TestAtTwoHundredProvisions:
    def test_the_form_is_shown_and_saved_in_the_same_number_of_queries_and_in_time(self, editor):
        few, many = make_policy_with(FEW, 4), make_policy_with(MANY, 40)
        editor.get(address(few))
        _page, small, _seconds = asked(lambda: editor.get(address(few)))
        page, large, seconds = asked(lambda: editor.get(address(many)))
        assert (large, seconds < SECONDS) == (small, True), seconds
        values = sent_back(editor.get(address(few)))
        _page, small, _seconds = asked(lambda: editor.post(address(few), values))
        values = sent_back(page)
        response, large, seconds = asked(lambda: editor.post(address(many), values))
        assert response.status_code == 302, problems(response)
        assert (large, seconds < SECONDS) == (small, True), seconds

    def test_saving_every_row_changed_asks_a_few_queries_a_row_to_write_it(self, editor):
        policy = make_policy_with(MANY, 0)
        values = sent_back(editor.get(address(policy)))
        changed = {name: f"{value} More." if name.endswith("-text") else value for name, value in values.items()}
        response, queries, seconds = asked(lambda: editor.post(address(policy), changed))
        assert response.status_code == 302, problems(response)
        assert policy.provisions.filter(text__endswith=" More.").count() == MANY
        assert queries < 50 + 3 * MANY
        assert seconds < SECONDS, seconds

    def test_two_hundred_new_rows_are_taken_at_once(self, editor):
        policy = make_policy_with(0, 0)
        values = sent_back(editor.get(address(policy))) | {"provisions-TOTAL_FORMS": MANY}
        for number in range(MANY):
            row = {
                "kind": "measure",
                "number": number + 1,
                "text": "Do.",
                "text_zh": "做。",
                "source": policy.source.pk,
            }
            values |= {f"provisions-{number}-{name}": value for name, value in row.items()}
        response, queries, seconds = asked(lambda: editor.post(address(policy), values))
        assert response.status_code == 302, problems(response)
        assert policy.provisions.count() == MANY
        assert queries < 50 + 3 * MANY
        assert seconds < SECONDS, seconds

    def test_they_are_in_the_order_of_the_tree_with_their_number_in_the_heading(self, editor):
        page = editor.get(address(make_policy_with(MANY, 40)))
        (formset,) = [one for one in page.context["inline_admin_formsets"] if one.formset.prefix == "provisions"]
        rows = [(form.instance.number, form.depth) for form in formset.formset.initial_forms]
        assert rows == [(number, int(number % 10 != 1)) for number in range(1, MANY + 1)]
        assert "Tasks and measures (200)" in page.text
        assert "Targets (40)" in page.text
        assert "Announced numbers</h2>" in page.text

    def test_what_a_task_stands_under_is_looked_for_among_its_own_policy_alone(self, editor):
        policy, other = make_policy_with(FEW, 0), make_policy_with(FEW, 0)
        page = editor.get(address(policy)).text
        assert f"/admin/autocomplete/?policy={policy.pk}" in page
        query = {"app_label": "policies", "model_name": "provision", "field_name": "parent", "term": "Do"}
        found = editor.get(reverse("admin:autocomplete"), query | {"policy": policy.pk}).json()["results"]
        assert {int(row["id"]) for row in found} == set(policy.provisions.values_list("pk", flat=True))
        assert editor.get(reverse("admin:autocomplete"), query | {"policy": "x"}).json()["results"] == []
        values = sent_back(editor.get(address(policy)))
        response = editor.post(address(policy), values | {"provisions-1-parent": other.provisions.first().pk})
        assert problems(response) == [("parent", "The task above belongs to another policy.")]


class TestRowsThatNeedEachOther:
    def test_two_rows_swap_their_numbers_and_the_date_of_the_policy_moves_either_way(self, editor):
        policy = make_policy_with(4, 4)
        first, second = policy.events.all()
        for old, new, dated in ((0, 1, second), (1, 0, first)):
            values = sent_back(editor.get(address(policy)))
            del values[f"events-{old}-is_primary"]
            values |= {f"events-{new}-is_primary": "on", "provisions-2-number": 4, "provisions-3-number": 3}
            response = editor.post(address(policy), values)
            assert response.status_code == 302, problems(response)
            policy.refresh_from_db()
            assert (policy.events.get(is_primary=True), policy.first_event_end) == (dated, dated.period_end)
        assert sorted(policy.provisions.values_list("text", "number")) == [
            ("Do 1.", 1), ("Do 2.", 2), ("Do 3.", 3), ("Do 4.", 4)
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("prefix", "rows", "sentence"),
        [
            (
                "events",
                [{"type": kind, "period_key": "2023", "is_primary": "on"} for kind in ("issued", "launched")],
                "Only one event can date the policy.",
            ),
            (
                "titles",
                [{"language": "en", "role": "official", "text": text} for text in ("One", "Two")],
                "A policy has one official title a language.",
            ),
            (
                "provisions",
                [{"kind": "task", "number": 1, "text": text, "text_zh": "做"} for text in ("One", "Two")],
                "This number is taken.",
            ),
            (
                "events",
                [{"type": "issued", "period_key": key} for key in ("2023-05-30", " 2023-05-30 ")],
                "Another row says the same.",
            ),
            (
                "participations",
                [{"name_as_stated": "X", "category": "A", "period_key": "undated"}] * 2,
                "This participant is already listed.",
            ),
            ("parties", [{"role": "issuer", "name_as_stated": "City"}] * 2, "Another row says the same."),
            (
                "declared_counts",
                [{"counted": "task", "value": value, "source": "", "period_key": "undated"} for value in (3, 4)],
                "This number is already listed from this source.",
            ),
        ],
    )
    def test_new_rows_that_exclude_each_other_are_refused_at_their_row(self, editor, prefix, rows, sentence):
        policy = make.make_policy(state="draft")
        values = sent_back(editor.get(address(policy))) | {f"{prefix}-TOTAL_FORMS": 2}
        for i, row in enumerate(rows):
            values |= {f"{prefix}-{i}-{name}": value for name, value in row.items()}
        assert problems(editor.post(address(policy), values)) == [("__all__", sentence)]
        assert not getattr(policy, prefix).exists()

    def test_a_new_row_is_refused_against_a_stored_one_nobody_touched(self, editor):
        policy = make.make_policy(state="draft")
        PolicyTitle.objects.create(policy=policy, language="en", role="official", text="One")
        values = sent_back(editor.get(address(policy))) | {"titles-TOTAL_FORMS": 2}
        row = {"language": "en", "role": "official", "text": "Two"}
        values |= {f"titles-1-{name}": value for name, value in row.items()}
        said = [("__all__", "A policy has one official title a language.")]
        assert problems(editor.post(address(policy), values)) == said
        assert editor.post(address(policy), values | {"titles-0-role": "alias"}).status_code == 302
        assert editor.post(address(policy), values).status_code == 200

    @pytest.mark.parametrize(
        ("prefix", "usual", "name", "both"),
        [
            ("titles", {"language": "en", "role": "alias"}, "text", ("One", "Two")),
            ("parties", {"name_as_stated": "A", "role": "issuer"}, "organisation", make.make_organisation),
            ("documents", {"role": "press"}, "source", make.make_source),
            ("events", {"period_key": "2023"}, "type", ("issued", "launched")),
            ("declared_counts", {"counted": "measure", "value": 5, "batch": 1}, "source", make.make_source),
            ("declared_counts", {"counted": "measure", "value": 5}, "source", make.make_source),
            ("participations", {"batch": 1}, "organisation", make.make_organisation),
            ("relations", {"predicate": "cites", "asserted_by": "press"}, "object", make.make_policy),
            ("note_links", {}, "note", make.make_note),
        ],
    )
    def test_rows_that_swap_are_refused_and_a_row_takes_what_an_earlier_one_leaves(
        self, editor, prefix, usual, name, both
    ):
        policy = make.make_policy(state="draft")
        rows = getattr(policy, prefix)
        for value in both if isinstance(both, tuple) else (both(), both()):
            rows.create(**usual, **{name: value})
        stored = list(rows.order_by("pk").values())
        values = sent_back(editor.get(address(policy)))
        first, second = (values[f"{prefix}-{i}-{name}"] for i in range(2))
        swapped = values | {f"{prefix}-0-{name}": second, f"{prefix}-1-{name}": first}
        said = [("__all__", "A row further down still says this. Change or delete that row and save first.")]
        for wrong in (swapped, values | {f"{prefix}-0-{name}": second, f"{prefix}-1-DELETE": "on"}):
            assert problems(editor.post(address(policy), wrong)) == said
        assert list(rows.order_by("pk").values()) == stored
        left = values | {f"{prefix}-0-DELETE": "on", f"{prefix}-1-{name}": first}
        response = editor.post(address(policy), left)
        assert response.status_code == 302, problems(response)
        assert str(rows.values_list(name, flat=True).get()) == first

    def test_no_row_stands_under_itself_and_none_is_left_under_nothing(self, editor):
        policy = make_policy_with(3, 0)
        values = sent_back(editor.get(address(policy)))
        below = policy.provisions.get(number=2)
        circle = editor.post(address(policy), values | {"provisions-0-parent": below.pk})
        assert ("parent", "It would stand under itself.") in problems(circle)
        left = editor.post(address(policy), values | {"provisions-0-DELETE": "on"})
        assert problems(left) == [
            ("parent", "What it stands under is to be deleted. Delete this too, or move it.")
        ] * 2  # fmt: skip
        gone = values | {f"provisions-{i}-DELETE": "on" for i in range(3)}
        assert editor.post(address(policy), gone).status_code == 302
        assert not policy.provisions.exists()

    def test_a_new_row_offers_the_source_of_its_policy_and_an_empty_one_is_no_row(self, editor):
        policy = make.make_policy(state="draft")
        page = editor.get(address(policy))
        (formset,) = [one.formset for one in page.context["inline_admin_formsets"] if one.formset.prefix == "events"]
        assert formset.empty_form["source"].value() == policy.source_id
        values = sent_back(page) | {"events-TOTAL_FORMS": 1, "events-0-source": policy.source_id}
        values |= {"events-0-period_key": "undated"}
        assert editor.post(address(policy), values).status_code == 302
        assert not policy.events.exists()

    def test_parts_without_a_source_take_it_in_a_few_queries_however_many_they_are(self, editor):
        asked_of = []
        for number in (16, MANY):
            policy = make_policy_with(number, number // 4)
            policy.targets.update(state="draft")
            parts = (policy.provisions, policy.targets, policy.events, policy.participations)
            for rows in parts:
                rows.update(source=None)
            kept = make.make_target(policy=policy, source=make.make_source())
            to = address(policy)
            values = sent_back(editor.get(to)) | {"same_source": "on"}
            response, queries, _seconds = asked(lambda to=to, values=values: editor.post(to, values))
            assert response.status_code == 302, problems(response)
            asked_of.append(queries)
            sources = {row.source for rows in parts for row in rows.exclude(uid=kept.uid)}
            assert (sources, policy.targets.get(uid=kept.uid).source) == ({policy.source}, kept.source)
            said = [target.history.latest() for target in policy.targets.exclude(uid=kept.uid)]
            assert {(line.source, line.history_change_reason, line.history_user.username) for line in said} == {
                (policy.source, "The source of its policy", "root")
            }
            assert kept.history.count() == 1
        assert asked_of[1] - asked_of[0] < 10, asked_of  # 250 parts more, which SQLite takes in a few batches

    @pytest.mark.parametrize("key", ["x", "-1", "9" * 30, "٣"])
    def test_a_row_that_points_to_nothing_is_refused(self, editor, key):
        policy = make_policy_with(1, 0)
        values = sent_back(editor.get(address(policy))) | {"provisions-0-source": key}
        ((name, said),) = problems(editor.post(address(policy), values))
        assert (name, "not one of the available choices" in said) == ("source", True)
