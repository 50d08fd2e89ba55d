"""What the articles say of policies can be entered at the editors' desk, column by column, and survives a dump."""

import filecmp

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.urls import reverse

from config.management.commands.load_demo import ALL
from policies.models import Policy
from tests.config.test_load_demo import empty_database, load_demo
from tests.policies.test_admin_size import problems, sent_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_content")]
PARTS = ("titles", "parties", "documents", "events", "provisions", "declared_counts", "targets", "participations")
PARTS += ("relations", "note_links")
OF_THE_ROW = {"id", "uid", "policy", "policy_id", "parent_id", "state", "check_status", "author_id", "reviewer_id"}
OF_THE_ROW |= {"created_at", "published_at", "slug", "document_number", "first_event_start", "first_event_end"}
FROM_THE_ARTICLES = [
    "implementation-plan-ai-innovation-source",
    "several-measures-general-ai",
    "general-ai-partnership-program",
    "metaverse-key-technology-action-plan-2023-2025",
    "shanghai-action-plan-for-the-metaverse-new-track-2022-2025",
    "white-paper-on-the-development-of-beijings-ai-industry-in-2022",
    "14th-five-year-plan-of-beijing",
    "14th-five-year-plan-for-the-digital-economy-of-nanjing",
]


def columns(rows):
    kept = ({name: value for name, value in row.items() if name not in OF_THE_ROW} for row in rows.values())
    return sorted(kept, key=str)


def tree(policy):
    return sorted(policy.provisions.values_list("kind", "number", "text", "parent__kind", "parent__number"), key=str)


def without_ids(values):
    fresh = {name: value for name, value in values.items() if not name.endswith(("-id", "-policy"))}
    return fresh | {name: 0 for name in fresh if name.endswith("-INITIAL_FORMS")}


def rows_of(values, prefix):
    """The rows of one part, each a dict of its fields."""
    rows = {}
    for name, value in values.items():
        if name.startswith(f"{prefix}-") and "_FORMS" not in name:
            _prefix, number, field = name.split("-")
            rows.setdefault(int(number), {})[field] = value
    return [rows[number] for number in sorted(rows)]


def with_provisions(values, old, new):
    """Adds to the form the provisions whose parent is there already."""
    stored = rows_of(values, "provisions")
    copies = {(row["kind"], row["number"], row["text"]): row["id"] for row in stored}
    keys = {row["id"]: (row["kind"], row["number"], row["text"]) for row in old}
    added = [
        row | {"parent": copies.get(keys.get(row["parent"]), ""), "id": ""} for row in old
        if keys[row["id"]] not in copies and (not row["parent"] or keys[row["parent"]] in copies)
    ]  # fmt: skip
    values = values | {"provisions-TOTAL_FORMS": len(stored) + len(added)}
    for number, row in enumerate(added, len(stored)):
        values |= {f"provisions-{number}-{name}": value for name, value in (row | {"policy": new.pk}).items()}
    return values


def save(client, address, values):
    response = client.post(address, values)
    assert response.status_code == 302, problems(response)


@pytest.mark.parametrize("slug", FROM_THE_ARTICLES)
def test_a_policy_of_the_articles_is_entered_whole_on_one_screen(client, slug):
    """All at once but for what stands under another row, which is chosen when that row is stored."""
    client.force_login(User.objects.create_superuser("root"))
    policy = Policy.objects.get(slug=slug)
    Policy.objects.filter(pk=policy.pk).update(state="draft", published_at=None, check_status="")
    values = sent_back(client.get(reverse("admin:policies_policy_change", args=[policy.pk])))
    provisions = rows_of(values, "provisions")
    values |= {"slug": "entered", "document_number": "", "provisions-TOTAL_FORMS": 0}
    save(client, reverse("admin:policies_policy_add"), without_ids(values))
    entered = Policy.objects.get(slug="entered")
    address = reverse("admin:policies_policy_change", args=[entered.pk])
    for _level in range(2):
        save(client, address, with_provisions(sent_back(client.get(address)), provisions, entered))

    assert columns(Policy.objects.filter(pk=entered.pk)) == columns(Policy.objects.filter(pk=policy.pk))
    assert list(entered.topics.all()) == list(policy.topics.all())
    assert tree(entered) == tree(policy)
    for part in PARTS:
        assert columns(getattr(entered, part).all()) == columns(getattr(policy, part).all()), part


def test_the_whole_content_dumped_and_loaded_again_is_dumped_the_same(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    first, second = tmp_path / "first", tmp_path / "second"
    call_command("dump_content", first, verbosity=0)
    empty_database()
    load_demo(first)
    call_command("dump_content", second, verbosity=0)
    names = sorted(str(path.relative_to(first)) for path in first.rglob("*.csv"))
    assert len(names) == len(ALL)
    assert filecmp.cmpfiles(first, second, names, shallow=False) == (names, [], [])
