import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db.models.signals import post_migrate

from indicators import workflow
from indicators.models import NoteLink, Observation
from indicators.roles import EDITORS, PUBLISHERS
from policies.models import Provision
from tests.factories import make_note, make_observation, make_policy, make_statement, make_target

pytestmark = pytest.mark.django_db


def person(name, *roles, permissions=()):
    user = User.objects.create_user(name, is_staff=True)
    user.groups.set(Group.objects.filter(name__in=roles))
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return User.objects.get(pk=user.pk)


@pytest.fixture
def editor():
    return person("ed", EDITORS)


@pytest.fixture
def publisher():
    return person("pub", PUBLISHERS)


def draft_of(user, **values):
    row = make_observation(state="draft", author=user, **values)
    row.history.update(history_user=user)
    return row


class TestRoles:
    def test_editors_enter_and_publishers_review_and_neither_manages_users(self, editor, publisher):
        assert editor.has_perms(["indicators.add_observation", "policies.change_policy", "indicators.view_source"])
        assert not editor.has_perm("indicators.review_content") and not editor.has_perm("indicators.delete_place")
        assert publisher.has_perms(["indicators.review_content", "policies.delete_policy"])
        for user in (editor, publisher):
            held = user.get_all_permissions()
            assert not [name for name in held if name.startswith(("auth.", "admin.", "sessions."))]
            assert not [name for name in held if "historical" in name or "loadedrow" in name]
            assert not user.has_perm("indicators.publish_own_content")

    def test_building_them_again_changes_nothing_and_mends_what_was_changed_by_hand(self):
        group = Group.objects.get(name=EDITORS)
        before = set(group.permissions.values_list("pk", flat=True))
        group.permissions.add(Permission.objects.get(codename="review_content"))
        call_command("migrate", verbosity=0)
        assert set(group.permissions.values_list("pk", flat=True)) == before

    def test_the_receiver_listens_to_both_apps(self):
        names = {str(receiver[0][0]) for receiver in post_migrate.receivers}
        assert {"roles.indicators", "roles.policies"} <= names


class TestTheWayToThePublic:
    def test_draft_review_published_withdrawn_with_who_and_why_at_every_step(self, editor, publisher):
        row = draft_of(editor, value=5)
        row = workflow.submit(row=row, user=editor)
        assert row.state == "in_review"
        row = workflow.publish(row=row, user=publisher)
        assert (row.state, row.check_status, row.reviewer) == ("published", "checked", publisher)
        assert row.published_at
        row = workflow.withdraw(row=row, user=publisher, reason="The source took it back.")
        assert row.state == "withdrawn"
        kept = list(row.history.order_by("history_id").values_list("state", "history_user__username"))
        assert kept == [("draft", "ed"), ("in_review", "ed"), ("published", "pub"), ("withdrawn", "pub")]
        assert row.history.latest().history_change_reason == "The source took it back."

    def test_an_editor_can_neither_publish_nor_withdraw_nor_correct_nor_reopen(self, editor):
        row = make_observation()
        for step in ("publish", "withdraw", "correct", "reopen"):
            reason = {"reason": "So."} if workflow.STEPS[step].asks_reason else {}
            with pytest.raises(PermissionDenied):
                workflow.STEPS[step].take(row=row, user=editor, **reason)

    def test_who_may_change_nothing_takes_no_step(self):
        with pytest.raises(PermissionDenied):
            workflow.submit(row=make_observation(state="draft"), user=person("visitor"))

    @pytest.mark.parametrize(
        ("state", "steps"),
        [
            ("draft", ["submit"]),
            ("in_review", ["send_back", "publish"]),
            ("published", ["correct", "withdraw"]),
            ("withdrawn", ["reopen"]),
        ],
    )
    def test_each_state_opens_its_own_steps_and_no_others(self, publisher, state, steps):
        row = make_observation(state=state)
        assert workflow.steps_open(row=row, user=publisher) == steps
        for step in set(workflow.STEPS) - set(steps):
            reason = {"reason": "So."} if workflow.STEPS[step].asks_reason else {}
            with pytest.raises(ValidationError):
                workflow.STEPS[step].take(row=row, user=publisher, **reason)

    @pytest.mark.parametrize("step", ["withdraw", "correct"])
    def test_a_reason_of_blanks_is_none(self, publisher, step):
        with pytest.raises(ValidationError, match="Say why"):
            workflow.STEPS[step].take(row=make_observation(), user=publisher, reason="  ")

    def test_a_draft_without_a_source_is_not_submitted(self, editor):
        with pytest.raises(ValidationError, match="Name the source"):
            workflow.submit(row=draft_of(editor, source=None), user=editor)

    @pytest.mark.parametrize("step", ["submit", "publish"])
    def test_nor_is_a_policy_with_a_part_without_a_source(self, publisher, step):
        row = make_policy(state=workflow.STEPS[step].start)
        part = Provision.objects.create(policy=row, kind="task", text="Do it.", text_zh="做。")
        with pytest.raises(ValidationError, match="source of “task 1: Do it.”"):
            workflow.STEPS[step].take(row=row, user=publisher)
        part.source = row.source
        part.save()
        assert workflow.STEPS[step].take(row=row, user=publisher).state != row.state

    def test_a_figure_that_breaks_a_rule_is_not_published(self, editor, publisher):
        made = make_observation()
        twin = draft_of(editor, series=made.series, place=made.place)
        twin = workflow.submit(row=twin, user=editor)
        with pytest.raises(ValidationError, match="Use “Correct” on it"):
            workflow.publish(row=twin, user=publisher)
        twin.refresh_from_db()
        assert twin.state == "in_review"


class TestTheSecondPerson:
    def test_an_author_does_not_publish_the_own_figure(self, publisher):
        row = workflow.submit(row=draft_of(publisher), user=publisher)
        with pytest.raises(ValidationError, match="a second person"):
            workflow.publish(row=row, user=publisher)

    def test_nor_does_who_wrote_in_somebody_elses_draft(self, editor, publisher):
        row = draft_of(editor)
        row.locator, row._history_user = "p. 3", publisher
        row.save()
        row = workflow.submit(row=row, user=editor)
        assert workflow.writers(row) == {editor.pk, publisher.pk}
        with pytest.raises(ValidationError, match="a second person"):
            workflow.publish(row=row, user=publisher)

    def test_returning_it_to_draft_is_no_writing(self, editor, publisher):
        row = workflow.submit(row=draft_of(editor), user=editor)
        row = workflow.send_back(row=row, user=publisher, reason="The page is missing.")
        row = workflow.submit(row=row, user=editor)
        assert workflow.publish(row=row, user=publisher).check_status == "checked"

    def test_with_the_permission_it_is_published_and_says_not_second_checked(self):
        chief = person("chief", PUBLISHERS, permissions=["publish_own_content"])
        row = workflow.publish(row=workflow.submit(row=draft_of(chief), user=chief), user=chief)
        assert (row.check_status, row.reviewer) == ("not_second_checked", None)

    def test_where_no_review_is_required_too(self, publisher, settings):
        settings.REVIEW_REQUIRED = False
        row = workflow.publish(row=workflow.submit(row=draft_of(publisher), user=publisher), user=publisher)
        assert (row.check_status, row.reviewer) == ("not_second_checked", None)

    def test_a_second_person_still_counts_where_none_is_required(self, editor, publisher, settings):
        settings.REVIEW_REQUIRED = False
        row = workflow.publish(row=workflow.submit(row=draft_of(editor), user=editor), user=publisher)
        assert (row.check_status, row.reviewer) == ("checked", publisher)


class TestCorrect:
    def corrected(self, old, editor, publisher):
        new = workflow.correct(row=old, user=publisher, reason="A digit was dropped.")
        new.low = new.high = 50
        new.save()
        return workflow.submit(row=new, user=publisher), person("second", PUBLISHERS)

    def test_the_copy_is_a_draft_under_a_new_address_and_the_old_one_stays_public(self, publisher):
        old = make_observation(value=5, locator="p. 1", quote="five", verbatim="5 家")
        new = workflow.correct(row=old, user=publisher, reason="A digit was dropped.")
        assert (new.state, new.replaces, new.author, new.check_status) == ("draft", old, publisher, "")
        assert new.uid != old.uid and new.published_at is None and new.reviewer is None
        for field in ("series_id", "place_id", "period_key", "low", "source_id", "locator", "quote", "verbatim"):
            assert getattr(new, field) == getattr(old, field)
        assert Observation.objects.get(pk=old.pk).state == "published"
        assert new.history.get().history_change_reason == "A digit was dropped."

    def test_publishing_it_withdraws_the_old_one_and_keeps_its_known_problems(self, editor, publisher):
        old = make_observation(value=5)
        note = make_note(excludes_from_ranking=True)
        NoteLink.objects.create(note=note, observation=old)
        new, second = self.corrected(old, editor, publisher)
        new = workflow.publish(row=new, user=second)
        old.refresh_from_db()
        assert (old.state, new.state, old.replaced_by) == ("withdrawn", "published", new)
        assert old.history.latest().history_change_reason == f"Corrected by {new.uid}"
        assert [link.note for link in new.note_links.all()] == [note]

    def test_when_publishing_fails_the_old_one_stays_public(self, editor, publisher):
        old = make_observation(value=5)
        new, second = self.corrected(old, editor, publisher)
        Observation.objects.filter(pk=new.pk).update(uid="Not An Address")
        with pytest.raises(ValidationError):
            workflow.publish(row=new, user=second)
        old.refresh_from_db()
        assert old.state == "published" and old.history.latest().state == "published"

    def test_one_correction_at_a_time(self, publisher):
        old = make_observation()
        new = workflow.correct(row=old, user=publisher, reason="So.")
        with pytest.raises(ValidationError, match=new.uid):
            workflow.correct(row=old, user=publisher, reason="Again.")

    def test_what_was_corrected_is_not_reopened(self, editor, publisher):
        old = make_observation(value=5)
        new, second = self.corrected(old, editor, publisher)
        workflow.publish(row=new, user=second)
        with pytest.raises(ValidationError, match="It was corrected by"):
            workflow.reopen(row=old, user=publisher, reason="So.")


class TestRowsWithoutACorrectingCopy:
    @pytest.mark.parametrize("make", [make_statement, make_policy, make_target])
    def test_they_are_withdrawn_reopened_and_published_again_under_their_address(self, make, editor, publisher):
        row = make()
        with pytest.raises(ValidationError, match="reopen it as a draft"):
            workflow.correct(row=row, user=publisher, reason="So.")
        workflow.withdraw(row=row, user=publisher, reason="Wrong city.")
        again = workflow.reopen(row=row, user=publisher, reason="To put it right.")
        assert (again.uid, again.state, again.reviewer, again.check_status) == (row.uid, "draft", None, "")
        again = workflow.submit(row=again, user=editor)
        assert workflow.publish(row=again, user=publisher).is_public

    def test_a_target_of_a_policy_takes_no_step_of_its_own(self, publisher):
        target = make_target(policy=make_policy())
        with pytest.raises(ValidationError, match="follows its policy"):
            workflow.withdraw(row=target, user=publisher, reason="So.")
        assert not workflow.is_editable(target)
        assert workflow.is_editable(make_target(policy=make_policy(state="draft")))
