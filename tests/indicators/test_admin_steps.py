"""Who may do what in the admin, and the steps from draft to withdrawn."""

import pytest
from django.urls import reverse

from indicators import workflow
from indicators.models import (
    Observation,
)
from tests import factories as make
from tests.indicators.desk import at, log_in, of, said

pytestmark = pytest.mark.django_db


class TestRoles:
    FORMS = (
        ("indicators", "place"),
        ("indicators", "source"),
        ("indicators", "observation"),
        ("indicators", "indicator"),
        ("policies", "policy"),
        ("policies", "target"),
    )

    @pytest.mark.parametrize(("role", "status"), [("Editors", 200), ("Publishers", 200), ("Nobody", 403)])
    @pytest.mark.parametrize("form", FORMS)
    def test_add_pages(self, client, role, status, form):
        assert log_in(client, role).get(reverse("admin:{}_{}_add".format(*form))).status_code == status

    @pytest.mark.parametrize("role", ["Editors", "Publishers"])
    @pytest.mark.parametrize("name", ["auth_user", "auth_group"])
    def test_nobody_but_a_superuser_manages_users(self, client, role, name):
        assert log_in(client, role).get(reverse(f"admin:{name}_changelist")).status_code == 403

    # role × step: what the step's page answers, and whether the row has moved after the post
    @pytest.mark.parametrize(
        ("role", "step", "status", "after"),
        [
            ("Nobody", "submit", 403, "draft"),
            ("Editors", "submit", 302, "in_review"),
            ("Publishers", "submit", 302, "in_review"),
            ("Editors", "send_back", 302, "draft"),
            ("Publishers", "send_back", 302, "draft"),
            ("Editors", "publish", 403, "in_review"),
            ("Publishers", "publish", 302, "published"),
            ("Editors", "withdraw", 403, "published"),
            ("Publishers", "withdraw", 302, "withdrawn"),
            ("Editors", "correct", 403, "published"),
            ("Publishers", "correct", 302, "published"),
            ("Editors", "reopen", 403, "withdrawn"),
            ("Publishers", "reopen", 302, "draft"),
        ],
    )
    def test_steps(self, client, role, step, status, after):
        row = make.make_observation(state=workflow.STEPS[step].start)
        response = log_in(client, role).post(at(row, "step", step), {"reason": "Because."})
        row.refresh_from_db()
        assert (response.status_code, row.state) == (status, after)

    @pytest.mark.parametrize(
        ("role", "offered"),
        [
            ("Editors", {"submit", "send_back"}),
            ("Publishers", {"submit", "send_back", "publish", "correct", "withdraw", "reopen", "delete_selected"}),
        ],
    )
    def test_actions_on_the_list(self, client, role, offered):
        make.make_observation()
        form = log_in(client, role).get(of(Observation, "changelist")).context["action_form"]
        assert {name for name, _ in form.fields["action"].choices if name} == offered

    def test_an_action_that_is_not_offered_does_nothing(self, editor):
        row = make.make_observation(state="in_review")
        editor.post(of(Observation, "changelist"), {"action": "publish", "_selected_action": [row.pk]})
        row.refresh_from_db()
        assert row.state == "in_review"

    @pytest.mark.parametrize(("role", "status"), [("Editors", 403), ("Publishers", 200)])
    def test_drafts_are_deleted_by_publishers_alone(self, client, role, status):
        assert log_in(client, role).get(at(make.make_observation(state="draft"), "delete")).status_code == status


class TestWhatIsNoDraft:
    @pytest.mark.parametrize("state", ["in_review", "published", "withdrawn"])
    @pytest.mark.parametrize("make_row", [make.make_observation, make.make_statement, make.make_policy])
    def test_is_shown_but_neither_written_in_nor_deleted(self, superuser, state, make_row):
        row = make_row(state=state)
        response = superuser.get(at(row))
        assert set(response.context["adminform"].form.fields) <= {"change_reason"}
        assert b'name="_save"' not in response.content and b'id="id_change_reason"' not in response.content
        assert superuser.post(at(row), {"low": "6"}).status_code == 403
        assert superuser.get(at(row, "delete")).status_code == 403
        data = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        assert superuser.post(of(type(row), "changelist"), data).status_code == 403
        assert type(row).objects.filter(pk=row.pk, state=state).exists()

    def test_an_old_version_cannot_be_brought_back(self, superuser):
        row = make.make_observation()
        version = row.history.latest().pk
        workflow.withdraw(row=row, user=superuser.user, reason="Wrong.")
        for ask in (superuser.get, superuser.post):
            assert ask(at(row, "simple_history", version)).status_code == 404
        row.refresh_from_db()
        assert row.state == "withdrawn"

    def test_only_what_is_public_links_to_the_site(self, superuser):
        assert superuser.get(at(make.make_observation(state="draft"))).context["has_absolute_url"] is False
        assert superuser.get(at(make.make_observation())).context["has_absolute_url"] is True


class TestSteps:
    def test_the_page_offers_the_steps_that_are_open_now(self, publisher):
        row = make.make_observation()
        assert [str(label) for label, _ in publisher.get(at(row)).context["steps"]] == ["Correct", "Withdraw"]

    def test_withdrawing_from_the_list_asks_the_reason_and_keeps_it(self, publisher):
        rows = [make.make_observation(), make.make_observation()]
        data = {"action": "withdraw", "_selected_action": [row.pk for row in rows]}
        asked = publisher.post(of(Observation, "changelist"), data)
        assert asked.status_code == 200 and b'name="reason"' in asked.content
        assert Observation.objects.published().count() == 2
        blank = publisher.post(of(Observation, "changelist"), data | {"reason": " "})
        assert b"Say why" in blank.content and Observation.objects.published().count() == 2
        done = publisher.post(of(Observation, "changelist"), data | {"reason": "The table was wrong."}, follow=True)
        assert said(done) == ["Withdraw: 2 rows."]
        for row in rows:
            assert row.history.latest().history_change_reason == "The table was wrong."
            assert b"The table was wrong." in publisher.get(at(row, "history")).content

    def test_publishing_many_says_which_one_was_refused_and_why(self, publisher):
        good = make.make_observation(state="in_review")
        own = make.make_observation(state="in_review", author=publisher.user)
        data = {"action": "publish", "_selected_action": [good.pk, own.pk]}
        response = publisher.post(of(Observation, "changelist"), data, follow=True)
        assert said(response) == [
            f"{own}: You wrote in this yourself: a second person has to check it.",
            "Publish: 1 row.",
        ]
        assert list(Observation.objects.published()) == [good]

    def test_a_correction_shows_both_values_side_by_side_and_replaces_the_old_figure(self, client):
        old = make.make_observation(value=5)
        first = log_in(client, "Publishers", name="first")
        response = first.post(at(old, "step", "correct"), {"reason": "A zero was missing."})
        new = Observation.objects.get(replaces=old)
        assert response.url == at(new)
        values = {name: getattr(new, f"{name}_id") for name in ("series", "place", "source")}
        values |= {"period_key": "2021", "kind": "exact", "low": "50", "high": "50", "status": "final"}
        first.post(at(new), values | {"origin": "reported", "_submit": "1"})
        second = log_in(client, "Publishers", name="second")
        page = second.get(at(new, "step", "publish")).content.decode()
        assert "<del>5</del>" in page and "<ins>50</ins>" in page
        second.post(at(new, "step", "publish"))
        old.refresh_from_db(), new.refresh_from_db()
        assert (old.state, new.state, new.low) == ("withdrawn", "published", 50)

    def test_an_unknown_step_is_a_404(self, publisher):
        assert publisher.get(at(make.make_observation(), "step", "explode")).status_code == 404
