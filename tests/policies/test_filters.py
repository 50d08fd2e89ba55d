import pytest
from django.urls import reverse

from policies.models import PolicyEvent, PolicyParty, PolicyTitle
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def policies():
    """Two of Beijing, one dated, one not; one of Shanghai."""
    beijing, shanghai = make.make_place(slug="beijing", name="Beijing"), make.make_place(slug="shanghai")
    ai = make.make_topic(slug="ai", name="Artificial intelligence")
    plan = make.make_policy(slug="plan", place=beijing, kind="plan", name="AI Plan", name_zh="人工智能实施方案")
    plan.topics.add(ai)
    PolicyEvent.objects.create(policy=plan, type="issued", period_key="2023-05-30", is_primary=True)
    PolicyParty.objects.create(policy=plan, role="issuer", organisation=make.make_organisation(slug="government"))
    PolicyTitle.objects.create(policy=plan, language="en", text="Innovation Hub Scheme", role="alias")
    paper = make.make_policy(slug="paper", place=beijing, kind="white_paper", name="Paper", name_zh="白皮书")
    metaverse = make.make_policy(
        slug="metaverse", place=shanghai, kind="action_plan", name="Metaverse", name_zh="元宇宙"
    )
    PolicyEvent.objects.create(policy=metaverse, type="issued", period_key="2022-07", is_primary=True)
    make.make_policy(slug="draft", place=beijing, state="draft")
    return plan, metaverse, paper


def answer(client, **query):
    return client.get(reverse("policies:list"), query)


def slugs(response):
    return [entry["policy"].slug for entry in response.context["entries"]]


def test_the_list_is_newest_first_with_the_undated_last_and_drafts_nowhere(client, policies):
    assert slugs(answer(client)) == ["plan", "metaverse", "paper"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"city": "beijing"}, ["plan", "paper"]),
        ({"topic": "ai"}, ["plan"]),
        ({"kind": "white_paper"}, ["paper"]),
        ({"level": "city"}, ["plan", "metaverse", "paper"]),
        ({"status": "in_force"}, ["plan", "metaverse"]),
        ({"issuer": "government"}, ["plan"]),
        ({"year": "2022"}, ["metaverse"]),
        ({"year": "1999"}, []),
        ({"city": "beijing", "kind": "plan"}, ["plan"]),
        ({"city": "shanghai", "topic": "ai"}, []),
    ],
)
def test_each_filter_narrows_the_list(client, policies, query, expected):
    response = answer(client, **query)
    assert slugs(response) == expected
    assert not response.context["form"].errors


@pytest.mark.parametrize("text", ["innovation hub", "AI Plan", "人工智能"])
def test_a_search_finds_every_title_in_both_scripts(client, policies, text):
    assert slugs(answer(client, q=text)) == ["plan"]


@pytest.mark.parametrize("name", ["city", "topic", "kind", "level", "status", "issuer", "year"])
@pytest.mark.parametrize("value", ["nowhere", "abc", "2023-13", "-1", "\x00", "9" * 5000])
def test_a_wrong_value_gets_a_message_at_its_field_and_an_empty_list(client, policies, name, value):
    response = answer(client, **{name: value})
    assert response.status_code == 200
    assert slugs(response) == []
    assert list(response.context["form"].errors) == [name]
    assert f'id="id_{name}_error"' in response.content.decode()


def test_unknown_names_are_ignored(client, policies):
    assert len(slugs(answer(client, colour="red", sort="x"))) == 3


def test_a_search_longer_than_any_title_is_refused_in_words(client, policies):
    response = answer(client, q="x" * 5000)
    assert (response.status_code, slugs(response)) == (200, [])
    assert response.context["form"].errors["q"] == ["Only 100 characters can be looked for; these are 5000."]


def test_a_search_with_a_null_character_is_refused(client, policies):
    assert slugs(answer(client, q="pl\x00an")) == []


def test_each_facet_counts_what_the_other_filters_leave(client, policies):
    form = answer(client, city="beijing").context["form"]
    assert [label for _value, label in form.fields["city"].choices] == ["any", "Beijing (2)", "Shanghai (1)"]
    assert [label for _value, label in form.fields["kind"].choices] == ["any", "plan (1)", "white paper (1)"]
    assert [label for _value, label in form.fields["status"].choices] == ["any", "in force (1)", "not known (1)"]
    assert [label for _value, label in form.fields["year"].choices] == ["any", "2023 (1)", "no date given (1)"]
    assert [label for _value, label in form.fields["issuer"].choices] == ["any", "Government (1)"]


def test_a_chosen_value_stays_on_offer_when_nothing_is_left(client, policies):
    form = answer(client, city="shanghai", topic="ai").context["form"]
    assert ("topic", "ai", "Artificial intelligence (0)") in [
        ("topic", *choice) for choice in form.fields["topic"].choices
    ]


def test_each_filter_in_use_can_be_removed_alone(client, policies):
    chips = answer(client, city="beijing", kind="plan", q="plan").context["chips"]
    urls = {str(chip["label"]): chip["url"] for chip in chips}
    assert urls["City"] == "/policies/?kind=plan&q=plan"
    assert urls["Kind"] == "/policies/?city=beijing&q=plan"
    assert len(urls) == 3


def test_the_list_asks_the_same_number_of_questions_for_ten_times_as_many(
    client, policies, django_assert_max_num_queries
):
    with django_assert_max_num_queries(40) as few:
        answer(client)
    for number in range(20):
        policy = make.make_policy(place=policies[0].place)
        PolicyEvent.objects.create(policy=policy, type="issued", period_key=f"20{number + 10}", is_primary=True)
        policy.topics.add(make.make_topic())
    with django_assert_max_num_queries(len(few)) as many:
        answer(client)
    assert len(many) == len(few)


def test_a_value_that_is_refused_is_printed_without_null_characters(client, policies):
    answer = client.get(reverse("policies:list"), {"city": "a\0b"})
    assert "“a\ufffdb” is not known here" in answer.content.decode()
    assert "\0" not in answer.content.decode()


def test_links_of_the_page_keep_of_a_name_given_twice_the_value_in_use(client, policies):
    answer = client.get(reverse("policies:list") + "?city=beijing&city=shanghai")
    assert slugs(answer) == ["metaverse"]
    assert answer.context["query"] == "city=shanghai"
