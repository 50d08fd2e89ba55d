import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.urls import reverse

from indicators import workflow
from indicators.models import (
    KeyFigure,
    LoadedRow,
    NoteLink,
    Observation,
    Place,
    RankingEntry,
    RankingList,
    Source,
    Workflow,
)
from policies import models as policies
from tests import factories as make
from tests.indicators.desk import at, log_in, of

pytestmark = pytest.mark.django_db

INLINE = re.compile(r"\sstyle\s*=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=|javascript:|https?://(?!www\.w3\.org)")


@pytest.fixture
def one_of_each():
    """A row of every model the admin shows."""
    observation = make.make_observation()
    note = make.make_note()
    NoteLink.objects.create(note=note, observation=observation)
    KeyFigure.objects.create(indicator=observation.series.indicator)
    listed = RankingList.objects.create(
        slug="list",
        name="List",
        name_zh="榜",
        publisher=make.make_organisation(),
        edition="2023",
        source=make.make_source(),
    )
    RankingEntry.objects.create(ranking=listed, position=1, place=observation.place, rank=1)
    package = policies.Package.objects.create(slug="package", name="Package", name_zh="包")
    policy = make.make_policy(package=package, package_role="strategy")
    policy.topics.add(make.make_topic())
    policies.PolicyTitle.objects.create(policy=policy, language="en", text="Plan", role="official")
    policies.PolicyEvent.objects.create(policy=policy, type="issued", period_key="2023-05", source=policy.source)
    policies.Provision.objects.create(policy=policy, kind="task", text="Do it.", text_zh="做。")
    policies.DeclaredCount.objects.create(policy=policy, counted="measure", value=21)
    policies.Participation.objects.create(policy=policy, name_as_stated="A firm")
    policies.PolicyRelation.objects.create(
        policy=policy, predicate="refines", object_label="The plan", asserted_by="press"
    )
    programme = policies.Programme.objects.create(slug="programme", name="Pilot", name_zh="试点")
    policies.Designation.objects.create(
        place=observation.place, programme=programme, standing="held", source=policy.source, state="draft"
    )
    make.make_target(policy=policy)
    make.make_statement()
    make.make_group(observation.place)
    Group.objects.get_or_create(name="Readers")


class TestEveryPage:
    def addresses(self):
        yield reverse("admin:index")
        yield reverse("admin:review")
        yield reverse("admin:app_list", args=["indicators"])
        for model, model_admin in admin.site._registry.items():
            yield of(model, "changelist")
            if model_admin.has_add_permission.__func__.__qualname__ != "PartLookup.has_add_permission":
                yield of(model, "add")
            row = model_admin.model._default_manager.first()
            assert row, f"no {model.__name__} to look at"
            yield at(row)
            yield at(row, "history")
            if issubclass(model, Workflow):
                yield from (at(row, "step", step) for step in workflow.STEPS)

    def test_answers_and_carries_nothing_inline_in_both_languages(self, superuser, one_of_each):
        for address in self.addresses():
            for prefix in ("", "/zh-hans"):
                response = superuser.get(prefix + address)
                assert response.status_code == 200, address
                page = response.content.decode()
                assert not INLINE.findall(page.replace(f"http://{response.wsgi_request.get_host()}", "")), address

    def test_a_row_that_may_be_deleted_asks_first(self, superuser):
        for row in (make.make_observation(state="draft"), make.make_place(), make.make_policy(state="draft")):
            response = superuser.get(at(row, "delete"))
            assert response.status_code == 200
            assert not INLINE.findall(response.content.decode())

    def test_no_get_changes_a_row(self, superuser, one_of_each):
        def count():
            return {model: model._default_manager.count() for model in admin.site._registry}

        before = count()
        for address in self.addresses():
            superuser.get(address)
        assert count() == before

    def test_strangers_are_asked_to_log_in(self, client, one_of_each):
        User.objects.create_user("somebody")
        for address in self.addresses():
            assert client.get(address).status_code == 302

    def test_lists_do_not_ask_the_database_row_by_row(self, superuser, django_assert_max_num_queries):
        for _ in range(12):
            make.make_observation()
        with django_assert_max_num_queries(26):
            superuser.get(of(Observation, "changelist"))


class TestMenu:
    def sections(self, client):
        return {
            section["app_label"]: [str(model["name"]) for model in section["models"]]
            for section in client.get(reverse("admin:index")).context["app_list"]
        }

    def test_it_has_five_entries_and_the_rest_under_set_up(self, publisher):
        sections = self.sections(publisher)
        assert sections["menu"] == ["Cities", "Sources", "Figures", "Policies", "Import and review"]
        assert {"Indicators", "Series", "City groups", "Known problems", "Statements"} <= set(sections["setup"])
        assert not {"Users", "Groups", "Events", "Participants"} & set(sections["setup"])

    def test_a_superuser_finds_the_users_under_set_up(self, superuser):
        assert {"Users", "Groups"} <= set(self.sections(superuser)["setup"])

    def test_import_and_review_shows_what_waits_and_what_was_loaded(self, editor):
        waiting = make.make_observation(state="in_review", author=editor.user)
        draft = make.make_policy(state="draft")
        published = make.make_statement(text="Published long ago.")
        LoadedRow.objects.create(sheet="observations", key="o-1", digest="0")
        page = editor.get(reverse("admin:review")).content.decode()
        assert at(waiting) in page and at(draft) in page and at(published) not in page
        assert '<th scope="row">observations</th>' in page


class TestAddFigure:
    def values(self, **values):
        place, series, source = make.make_place(), make.make_series(), make.make_source()
        usual = {"place": place.pk, "series": series.pk, "source": source.pk, "period_key": "2021", "kind": "exact"}
        rest = {"low": "12000", "locator": "p. 3", "verbatim": "1.2万家", "status": "final", "origin": "reported"}
        return usual | rest | values

    def test_shows_eight_boxes_and_folds_the_rest(self, editor):
        form = editor.get(of(Observation, "add")).context["adminform"]
        shown, *folded = form.fieldsets
        assert shown[1]["fields"] == ["series", "place", "period_key", "kind", "low", "source", "locator", "verbatim"]
        assert all("collapse" in options["classes"] for _, options in folded)
        assert not {"state", "uid", "reviewer", "replaces", "check_status"} & set(form.form.fields)

    def test_seven_answers_make_a_draft_with_its_author_and_history(self, editor):
        response = editor.post(of(Observation, "add"), self.values(), follow=True)
        row = Observation.objects.get()
        assert response.status_code == 200
        assert (row.state, row.author, row.low, row.high, row.check_status) == ("draft", editor.user, 12000, 12000, "")
        assert row.history.get().history_user == editor.user

    def test_save_and_submit_does_both(self, editor):
        editor.post(of(Observation, "add"), self.values(_submit="1"))
        row = Observation.objects.get()
        assert row.state == "in_review"
        assert [kept.state for kept in row.history.order_by("history_id")] == ["draft", "in_review"]

    def test_the_state_cannot_be_slipped_in(self, editor):
        values = self.values(state="published", check_status="checked", reviewer=editor.user.pk, uid="mine")
        editor.post(of(Observation, "add"), values)
        row = Observation.objects.get()
        assert (row.state, row.check_status, row.reviewer) == ("draft", "", None) and row.uid != "mine"

    def test_the_next_figure_of_the_same_table_starts_half_filled(self, editor):
        values = self.values(_addanother="1")
        response = editor.post(of(Observation, "add"), values)
        initial = editor.get(response.url).context["adminform"].form.initial
        assert initial == {name: str(values[name]) for name in ("series", "source", "period_key", "kind")}

    @pytest.mark.parametrize(
        ("values", "field", "sentence"),
        [
            ({"low": ""}, "low", "Give the value."),
            ({"kind": "range", "low": "9", "high": "3"}, "low", "The lower bound is not below the upper bound."),
            ({"kind": "more_than", "high": "3"}, "high", "have no upper bound"),
            ({"kind": "rank_only", "low": ""}, "published_rank", "“Rank only” needs the rank."),
            ({"period_key": "last year"}, "period_key", "“last year” is not a period."),
            ({"published_rank_to": "20"}, "published_rank", "Give the first rank too."),
            ({"published_rank": "5", "published_rank_to": "3"}, "__all__", "must be below the first in the list"),
        ],
    )
    def test_nonsense_is_refused_in_plain_words_at_its_field(self, editor, values, field, sentence):
        response = editor.post(of(Observation, "add"), self.values(**values))
        errors = response.context["adminform"].form.errors
        assert sentence in " ".join(errors[field])
        assert not Observation.objects.exists()


class TestPublicTables:
    def test_a_change_of_what_is_public_at_once_needs_a_reason(self, editor):
        source = make.make_source()
        values = {name: getattr(source, name) for name in ("title", "title_zh", "period_key", "nearness")}
        values |= {"publisher": source.publisher_id, "title": "New title"}
        response = editor.post(at(source), values)
        assert list(response.context["adminform"].form.errors) == ["change_reason"]
        editor.post(at(source), values | {"change_reason": "The cover says so."})
        source.refresh_from_db()
        assert source.title == "New title"
        assert source.history.latest().history_change_reason == "The cover says so."
        assert source.history.latest().history_user == editor.user

    def test_what_published_figures_hang_on_is_added_by_editors_and_changed_by_publishers(self, client):
        series = make.make_observation(series=make.make_series(group=make.make_group())).series
        for row in (series, series.indicator, series.group):
            editor = log_in(client, "Editors", name=f"ed-{row._meta.model_name}")
            assert editor.get(of(type(row), "add")).status_code == 200
            assert editor.post(at(row), {"name": "Other"}).status_code == 403
            assert "_save" not in editor.get(at(row)).content.decode()
            publisher = log_in(client, "Publishers", name=f"pub-{row._meta.model_name}")
            assert "_save" in publisher.get(at(row)).content.decode()

    def test_an_address_is_typed_once(self, superuser):
        place = make.make_place()
        assert "slug" in superuser.get(of(Place, "add")).context["adminform"].form.fields
        assert "slug" not in superuser.get(at(place)).context["adminform"].form.fields

    @pytest.mark.parametrize("words", ["beijing", "北京", "peking", "110000"])
    def test_cities_are_found_in_both_scripts_by_other_names_and_by_code(self, superuser, words):
        make.make_place(slug="beijing", name="Beijing", name_zh="北京", aliases="Peking", code="110000")
        make.make_place()
        query = {"app_label": "indicators", "model_name": "observation", "field_name": "place", "term": words}
        found = superuser.get(reverse("admin:autocomplete"), query).json()["results"]
        assert [one["text"] for one in found] == ["Beijing 北京"]

    def test_no_form_keeps_a_file_as_it_came(self, superuser):
        assert "archive" not in superuser.get(of(Source, "add")).context["adminform"].form.fields

    def test_a_known_problem_is_tied_to_exactly_one_row(self, superuser):
        note, row = make.make_note(), make.make_observation()
        values = {name: getattr(note, name) for name in ["kind", "title", "title_zh", "text", "text_zh", "position"]}
        for prefix in ("links", "policy_links"):
            values |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
        values |= {"links-TOTAL_FORMS": 1, "links-0-observation": row.pk, "links-0-place": row.place_id}
        values |= {"change_reason": "Seen."}
        response = superuser.post(at(note), values)
        errors = response.context["inline_admin_formsets"][0].formset.errors
        assert "exactly one" in " ".join(errors[0]["__all__"])
        superuser.post(at(note), values | {"links-0-place": ""})
        assert note.links.get().observation == row
