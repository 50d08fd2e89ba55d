from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from policies.models import (
    DeclaredCount,
    Package,
    Participation,
    PolicyDocument,
    PolicyEvent,
    PolicyNoteLink,
    PolicyParty,
    PolicyRelation,
    PolicyTitle,
    Provision,
)
from tests import crawl
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    """A plan with one of every part."""
    beijing = make.make_place(slug="beijing", name="Beijing", name_zh="北京")
    package = Package.objects.create(slug="may-2023", name="The acts of May 2023", name_zh="2023年5月政策")
    policy = make.make_policy(
        slug="plan", place=beijing, name="AI Plan", name_zh="人工智能方案", package=package, package_role="strategy",
        document_number="京政发〔2023〕1号", period_key="2023/2025", abstract="It *aims* high.",
    )  # fmt: skip
    source = policy.source
    sourced = {"policy": policy, "source": source}
    PolicyEvent.objects.create(**sourced, type="issued", period_key="2023-05-30", is_primary=True, period_inferred=True)
    PolicyTitle.objects.create(policy=policy, language="zh-Hans", text="人工智能方案", role="official")
    PolicyTitle.objects.create(policy=policy, language="en", text="Hub Plan", role="alias")
    PolicyParty.objects.create(policy=policy, role="issuer", name_as_stated="Beijing", name_as_stated_zh="北京")
    PolicyDocument.objects.create(policy=policy, source=source, role="press")
    DeclaredCount.objects.create(**sourced, uid="c-tasks", counted="task", value=16)
    direction = Provision.objects.create(**sourced, kind="direction", number=1, text="Chips", text_zh="芯片")
    Provision.objects.create(**sourced, kind="field", number=1, parent=direction, text="Frameworks", text_zh="框架")
    DeclaredCount.objects.create(**sourced, uid="c-all", counted="participant", value=39)
    DeclaredCount.objects.create(**sourced, uid="c-data", counted="participant", value=9, category="data")
    Participation.objects.create(**sourced, category="data", name_as_stated="Big Data Center")
    scale = {"unit": "CNY", "unit_zh": "元", "measure": "level"}
    make.make_target(policy=policy, uid="t-scale", low=Decimal(300_000_000_000), period_key="../2025", **scale)
    return policy


def page(client, policy, language=""):
    response = client.get(language + reverse("policies:policy", args=[policy.slug]))
    assert response.status_code == 200
    return response, " ".join(crawl.parse(response.content.decode()).text().split())


def test_the_page_shows_every_part_of_a_policy(client, plan):
    _response, text = page(client, plan)
    for words in (
        "Official title 人工智能方案", "Hub Plan other rendering", "Issued by Beijing name as stated", "〔2023〕1号",
        "Programme period 2023–2025", "issued 30 May 2023 (date inferred)", "16 key tasks",
        "announced, none listed here", "It aims high.",
        "direction 1 Chips", "field 1 Frameworks", "39 participants", "announced, 1 named", "Big Data Center",
        "reach 300 billion yuan press report by 2025", "The acts of May 2023", "strategy", "press report",
    ):  # fmt: skip
        assert words in text


def test_the_page_speaks_chinese(client, plan):
    _response, text = page(client, plan, "/zh-hans")
    assert "3,000 亿元" in text
    assert "芯片" in text


def test_the_official_title_is_marked_with_its_language(client, plan):
    response, _text = page(client, plan)
    assert '<dd lang="zh-Hans">人工智能方案</dd>' in response.content.decode()


@pytest.mark.parametrize("uid", ["c-tasks", "c-all", "c-data", "t-scale"])
def test_every_number_is_a_link_to_where_it_comes_from(client, plan, uid):
    response, _text = page(client, plan)
    links = [e for e in crawl.parse(response.content.decode()).walk() if e.attributes.get("href") == f"/figures/{uid}/"]
    assert links
    assert all(any(letter.isdigit() for letter in link.text()) for link in links)


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_an_unpublished_policy_and_its_parts_are_nowhere(client, plan, state):
    type(plan).objects.update(state=state)
    assert client.get(reverse("policies:policy", args=[plan.slug])).status_code == 404
    assert "AI Plan" not in client.get(reverse("policies:list")).content.decode()


def test_a_legal_status_set_by_hand_gives_its_reason(client, plan):
    assert "worked out here" in page(client, plan)[1]
    type(plan).objects.update(legal_status_set="superseded", legal_status_reason="Replaced in 2026.")
    text = page(client, plan)[1]
    assert "Legal status superseded set by an editor: Replaced in 2026." in text


def test_a_white_paper_has_no_legal_status(client, plan):
    type(plan).objects.update(kind="white_paper")
    assert "Legal status" not in page(client, plan)[1]


def test_a_relation_reads_from_both_sides_with_who_asserts_it(client, plan):
    older = make.make_policy(slug="older", name="Older plan")
    PolicyRelation.objects.create(
        policy=plan, predicate="refines", object=older, object_label="last year's policies", object_inferred=True,
        asserted_by="analyst", attributed_to="an analyst of TF Securities", source=plan.source, uid="r-1",
    )  # fmt: skip
    here, there = page(client, plan)[1], page(client, older)[1]
    assert "Refines Older plan according to an analyst of TF Securities" in here
    assert "named there as “last year's policies”" in here
    assert "which policy is meant was inferred by the editor" in here
    assert "Is refined by AI Plan according to an analyst of TF Securities" in there


def test_a_relation_to_an_unpublished_policy_gives_only_the_name_as_stated(client, plan):
    hidden = make.make_policy(slug="hidden", name="Hidden plan", state="draft")
    values = {"policy": plan, "predicate": "refines", "object": hidden, "source": plan.source}
    PolicyRelation.objects.create(**values, object_label="earlier acts", asserted_by="press", uid="r-1")
    PolicyRelation.objects.create(**values, asserted_by="editor", uid="r-2")
    text = page(client, plan)[1]
    assert "Refines earlier acts" in text
    assert "Hidden plan" not in text


def test_the_acts_of_a_package_name_each_other_with_their_roles(client, plan):
    make.make_policy(slug="measures", name="Measures", package=plan.package, package_role="implementation")
    make.make_policy(slug="secret", name="Secret", package=plan.package, state="draft")
    text = page(client, plan)[1]
    assert "Measures implementation" in text
    assert "Secret" not in text


def test_a_known_problem_stands_on_the_row_it_concerns(client, plan):
    note = make.make_note(slug="scope", title="Scope unclear", text="Either ten or twelve.", resolution="Kept as is.")
    PolicyNoteLink.objects.create(note=note, declared_count=DeclaredCount.objects.get(uid="c-tasks"))
    hidden = make.make_note(title="Internal", is_public=False)
    PolicyNoteLink.objects.create(note=hidden, policy=plan)
    response, text = page(client, plan)
    assert "announced, none listed here known problem" in text
    assert "Scope unclear Either ten or twelve. What we did: Kept as is." in text
    assert 'id="problem-scope"' in response.content.decode()
    assert "Internal" not in text


def test_a_policy_without_parts_says_so_without_empty_headings(client):
    text = page(client, make.make_policy(name="Bare plan"))[1]
    assert "No date is given." in text
    for heading in ("Tasks and measures", "Participants", "Targets", "Other policies", "Known problems of"):
        assert heading not in text


def test_the_page_asks_the_same_number_of_questions_for_ten_times_as_many_parts(
    client, plan, django_assert_max_num_queries
):
    Participation.objects.create(policy=plan, source=plan.source, organisation=make.make_organisation())
    with django_assert_max_num_queries(40) as few:
        page(client, plan)
    for number in range(2, 22):
        source = make.make_source()
        sourced = {"policy": plan, "source": source}
        PolicyEvent.objects.create(**sourced, type="batch", period_key=f"20{number + 10}")
        Provision.objects.create(**sourced, kind="task", number=number, text="Do", text_zh="做")
        Participation.objects.create(**sourced, category="data", organisation=make.make_organisation())
        DeclaredCount.objects.create(**sourced, counted="participant", category=f"group {number}", value=1)
        make.make_target(policy=plan, source=source, position=number)
        PolicyRelation.objects.create(
            **sourced, predicate="cites", object=make.make_policy(), asserted_by="issuer", uid=f"r-{number}"
        )
        PolicyDocument.objects.create(**sourced, role="press")
    with django_assert_max_num_queries(len(few)) as many:
        page(client, plan)
    assert len(many) == len(few)


def test_the_list_shows_what_is_announced_and_what_is_listed(client, plan):
    response = client.get(reverse("policies:list"))
    text = " ".join(crawl.parse(response.content.decode()).text().split())
    assert "1 policy listed" in text
    assert "16 key tasks" in text
    assert "30 May 2023 issued, date inferred AI Plan 人工智能方案" in text
    assert date.today().isoformat() not in text
