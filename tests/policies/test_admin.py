import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from indicators import workflow
from policies.models import DeclaredCount, Designation, Policy, PolicyEvent, Programme, Provision, Target
from tests.factories import (
    make_indicator,
    make_note,
    make_organisation,
    make_place,
    make_policy,
    make_source,
    make_target,
    make_topic,
)

pytestmark = pytest.mark.django_db

INLINES = "titles parties documents events provisions declared_counts targets participations relations note_links"


@pytest.fixture
def log_in(client):
    def become(role):
        user, _ = User.objects.get_or_create(username=role.lower(), is_staff=True)
        user.groups.set(Group.objects.filter(name=role))
        client.force_login(user)
        client.user = user
        return client

    return become


def blank():
    return {f"{prefix}-{name}_FORMS": 0 for prefix in INLINES.split() for name in ("TOTAL", "INITIAL")}


def form(**values):
    place, source = make_place(), make_source()
    usual = {"name": "Plan", "name_zh": "规划", "slug": "plan", "place": place.pk, "kind": "plan", "level": "city"}
    return blank() | usual | {"topics": [make_topic().pk], "source": source.pk, "period_key": "2023/2025"} | values


def add(client, **values):
    return client.post(reverse("admin:policies_policy_add"), form(**values))


def change(row):
    return reverse(f"admin:policies_{row._meta.model_name}_change", args=[row.pk])


class TestOneScreen:
    def test_every_part_can_be_entered_with_the_policy(self, log_in):
        editor = log_in("Editors")
        source, organisation, other = make_source().pk, make_organisation().pk, make_policy().pk
        indicator, place, note = make_indicator().pk, make_place().pk, make_note().pk
        parts = {
            "titles": {"language": "zh-Hans", "text": "规划", "role": "official"},
            "parties": {"organisation": organisation, "role": "issuer"},
            "documents": {"source": source, "role": "main"},
            "events": {"type": "issued", "period_key": "2023-05-30", "is_primary": "on", "source": source},
            "provisions": {"kind": "task", "number": 1, "text": "Do it.", "text_zh": "做。"},
            "declared_counts": {"counted": "measure", "value": 21, "period_key": "undated"},
            "targets": {"statement": "Reach 5.", "statement_zh": "达到5。", "place": place, "period_key": "../2025"}
            | {"position": 1, "type": "quantitative", "comparator": "reach", "low": "5", "unit": "companies"}
            | {"standing": "in_policy", "indicator": indicator},
            "participations": {"name_as_stated": "A firm", "period_key": "undated"},
            "relations": {"predicate": "refines", "object": other, "asserted_by": "press"},
            "note_links": {"note": note},
        }
        values = {f"{prefix}-0-{name}": value for prefix, part in parts.items() for name, value in part.items()}
        response = add(editor, **{f"{prefix}-TOTAL_FORMS": 1 for prefix in parts} | values)
        assert response.status_code == 302, [f.formset.errors for f in response.context["inline_admin_formsets"]]
        policy = Policy.objects.get(slug="plan")
        assert (policy.state, policy.author, str(policy.first_event_end)) == ("draft", editor.user, "2023-05-30")
        assert {prefix: getattr(policy, prefix).count() for prefix in parts} == dict.fromkeys(parts, 1)

    @pytest.mark.parametrize(
        ("prefix", "part", "field", "sentence"),
        [
            ("relations", {"predicate": "refines", "asserted_by": "press"}, "__all__", "Choose the other policy"),
            ("parties", {"role": "issuer"}, "__all__", "Choose an organisation, or give the name as stated."),
            ("events", {"type": "issued", "period_key": "2023-13"}, "period_key", "no day of the calendar"),
            (
                "targets",
                {"type": "quantitative", "comparator": "reach", "period_key": "2025"},
                "low",
                "needs the number",
            ),
        ],
    )
    def test_nonsense_in_a_part_is_refused_in_plain_words(self, log_in, prefix, part, field, sentence):
        values = {f"{prefix}-0-{name}": value for name, value in part.items()} | {f"{prefix}-TOTAL_FORMS": 1}
        response = add(log_in("Editors"), **values)
        (errors,) = [
            one.formset.errors[0] for one in response.context["inline_admin_formsets"] if one.formset.prefix == prefix
        ]
        assert sentence in " ".join(errors[field])
        assert not Policy.objects.exists()

    def test_a_legal_status_set_by_hand_needs_its_reason(self, log_in):
        response = add(log_in("Editors"), legal_status_set="in_force")
        assert list(response.context["adminform"].form.errors) == ["legal_status_reason"]

    def test_an_editor_may_take_a_part_away_while_the_policy_is_a_draft(self, log_in):
        policy = make_policy(state="draft")
        target = make_target(policy=policy)
        values = form(slug=policy.slug) | {"targets-TOTAL_FORMS": 1, "targets-INITIAL_FORMS": 1}
        kept = {"id": target.pk, "policy": policy.pk, "DELETE": "on", "place": target.place_id}
        values |= {f"targets-0-{name}": value for name, value in kept.items()}
        assert log_in("Editors").post(change(policy), values).status_code == 302
        assert not Target.objects.exists()


class TestPartsFollowTheirPolicy:
    def test_they_become_public_with_it_and_are_closed_with_it(self, log_in):
        policy = make_policy(state="draft")
        target = make_target(policy=policy, state="draft")
        DeclaredCount.objects.create(policy=policy, counted="measure", value=21, source=policy.source)
        editor = log_in("Editors")
        editor.post(reverse("admin:policies_policy_step", args=[policy.pk, "submit"]))
        publisher = log_in("Publishers")
        assert not Target.objects.published().exists()
        publisher.post(reverse("admin:policies_policy_step", args=[policy.pk, "publish"]))
        assert list(Target.objects.published()) == [target]
        assert DeclaredCount.objects.published().exists()
        page = publisher.get(change(policy))
        assert all(not one.has_change_permission for one in page.context["inline_admin_formsets"])
        assert publisher.post(change(policy), form()).status_code == 403

    def test_a_target_of_a_public_policy_is_not_changed_on_its_own_page(self, log_in):
        target = make_target(policy=make_policy())
        publisher = log_in("Publishers")
        response = publisher.get(change(target))
        assert response.status_code == 200 and response.context["steps"] == []
        assert publisher.post(change(target), {"statement": "Another."}).status_code == 403

    def test_a_target_cannot_be_slipped_into_a_public_policy(self, log_in):
        policy, place, source = make_policy(), make_place(), make_source()
        values = {"statement": "Be first.", "statement_zh": "第一。", "place": place.pk, "source": source.pk}
        values |= {"type": "qualitative", "comparator": "achieve", "position": 1, "standing": "pledged"}
        response = log_in("Editors").post(
            reverse("admin:policies_target_add"), values | {"period_key": "2025", "policy": policy.pk}
        )
        assert response.status_code == 302
        target = Target.objects.get()
        assert (target.policy, target.state) == (None, "draft")

    @pytest.mark.parametrize("model", [PolicyEvent, Provision, DeclaredCount])
    def test_parts_are_found_for_known_problems_but_have_no_form_of_their_own(self, log_in, model):
        name = f"admin:policies_{model._meta.model_name}"
        publisher = log_in("Publishers")
        assert publisher.get(reverse(f"{name}_add")).status_code == 403
        query = {"app_label": "policies", "model_name": "policynotelink", "term": "x"}
        field = {PolicyEvent: "event", Provision: "provision", DeclaredCount: "declared_count"}[model]
        assert publisher.get(reverse("admin:autocomplete"), query | {"field_name": field}).status_code == 200


class TestRolesOnPolicies:
    @pytest.mark.parametrize(("role", "after"), [("Editors", "in_review"), ("Publishers", "published")])
    @pytest.mark.parametrize("make", ["policy", "target", "designation"])
    def test_only_publishers_publish(self, log_in, role, after, make):
        if make == "designation":
            programme = Programme.objects.create(slug="pilot", name="Pilot", name_zh="试点")
            place, source = make_place(), make_source()
            row = Designation.objects.create(place=place, programme=programme, source=source, standing="held")
            Designation.objects.update(state="in_review")
        else:
            row = {"policy": make_policy, "target": make_target}[make](state="in_review")
        log_in(role).post(reverse(f"admin:policies_{make}_step", args=[row.pk, "publish"]))
        row.refresh_from_db()
        assert row.state == after

    def test_a_withdrawn_policy_is_put_right_under_its_address(self, log_in):
        policy = make_policy()
        publisher = log_in("Publishers")
        for step in ("withdraw", "reopen"):
            publisher.post(reverse("admin:policies_policy_step", args=[policy.pk, step]), {"reason": f"Why {step}."})
        fields = publisher.get(change(policy)).context["adminform"].form.fields
        assert "name" in fields and "slug" not in fields
        assert policy.history.latest().history_change_reason == "Why reopen."
        assert b"Why withdraw." in publisher.get(reverse("admin:policies_policy_history", args=[policy.pk])).content
        policy.refresh_from_db()
        assert workflow.is_editable(policy)
