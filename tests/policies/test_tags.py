from datetime import date
from decimal import Decimal

import pytest
from django.template import Context, Template

from policies.models import DeclaredCount, Designation, Participation, PolicyEvent, PolicyNoteLink, Programme
from tests import crawl
from tests import factories as make

pytestmark = pytest.mark.django_db
LISTED_BY = "{% dated_policies as listed %}{% policies_listed_by place topic day listed %}"


def render(code, **context):
    return Template("{% load city_policies %}" + code).render(Context(context))


def text_of(code, **context):
    return " ".join(crawl.parse(render(code, **context)).text().split())


def designate(place, name, **values):
    programme = Programme.objects.create(slug=name.lower(), name=name, name_zh="某称号")
    values = {"standing": "held", "state": "published", "check_status": "loaded"} | values
    published = make.make_statement(place=place)
    return Designation.objects.create(
        place=place, programme=programme, source=published.source, published_at=published.published_at, **values
    )


@pytest.fixture
def beijing():
    place = make.make_place(slug="beijing", name="Beijing")
    programme = make.make_policy(slug="partners", name="Partnership Programme", place=place)
    sourced = {"policy": programme, "source": programme.source}
    PolicyEvent.objects.create(**sourced, type="launched", period_key="2023-05-19", is_primary=True)
    DeclaredCount.objects.create(**sourced, uid="c-39", counted="participant", value=39)
    Participation.objects.create(**sourced, name_as_stated="Big Data Center", category="data")
    make.make_target(
        place=place, uid="t-5", comparator="between", low=Decimal(5), high=Decimal(10), measure="new",
        unit="unicorn companies", unit_zh="家独角兽企业", period_key="2025",
    )  # fmt: skip
    return place


def test_a_city_shows_its_policies_targets_and_titles(beijing):
    make.make_target(place=beijing, statement="Become a source of innovation.")
    designate(beijing, "Pilot zone", period_key="2019")
    designate(beijing, "Software city", standing="sought")
    text = text_of("{% city_policies place %}", place=beijing)
    for words in (
        "What Beijing decided", "19 May 2023 launched Partnership Programme", "39 participants", "announced, 1 named",
        "5 to 10 new unicorn companies press report by 2025", "1 target in words", "Become a source of innovation.",
        "2019 Pilot zone", "Software city sought",
    ):  # fmt: skip
        assert words in text


def test_a_city_without_policies_shows_nothing(beijing):
    assert text_of("{% city_policies place %}", place=make.make_place()) == ""


def test_drafts_and_their_parts_stay_hidden_and_other_cities_stay_out(beijing):
    draft = make.make_policy(name="Secret plan", place=beijing, state="draft")
    make.make_target(policy=draft, place=beijing, statement="Secret target")
    make.make_policy(name="Plan of another city")
    designate(beijing, "Secret title", state="draft")
    text = text_of("{% city_policies place %}", place=beijing)
    assert "Secret" not in text
    assert "another city" not in text


def test_known_problems_of_published_rows_stand_with_the_city(beijing):
    draft = make.make_policy(place=beijing, state="draft")
    hidden = make.make_target(policy=draft, place=beijing)
    for row, title in ((beijing.targets.get(uid="t-5"), "New since when?"), (hidden, "Of a draft")):
        PolicyNoteLink.objects.create(note=make.make_note(title=title), target=row)
    text = text_of("{% city_policies place %}", place=beijing)
    assert "New since when?" in text
    assert "Of a draft" not in text


def test_a_city_asks_the_same_number_of_questions_for_ten_times_as_many(beijing, django_assert_max_num_queries):
    with django_assert_max_num_queries(25) as few:
        render("{% city_policies place %}", place=beijing)
    for number in range(20):
        policy = make.make_policy(place=beijing)
        PolicyEvent.objects.create(policy=policy, type="issued", period_key=f"20{number + 10}", is_primary=True)
        DeclaredCount.objects.create(policy=policy, source=make.make_source(), counted="task", value=3)
        make.make_target(policy=policy)
    with django_assert_max_num_queries(len(few) + 2) as many:
        render("{% city_policies place %}", place=beijing)
    assert len(many) <= len(few) + 2  # the first titles and problems load their sources


@pytest.mark.parametrize(
    ("key", "counts"),
    [("2022-07", True), ("2023-03-28", True), ("2023-03-29", False), ("2023-03", False), ("2023", False)],
)
def test_only_what_is_surely_not_later_counts_as_listed_at_the_cut_off(key, counts):
    shanghai, metaverse = make.make_place(slug="shanghai"), make.make_topic(slug="metaverse")
    policy = make.make_policy(place=shanghai)
    policy.topics.add(metaverse)
    PolicyEvent.objects.create(policy=policy, type="issued", period_key=key, is_primary=True)
    html = render(LISTED_BY, place=shanghai, topic=metaverse, day=date(2023, 3, 28))
    assert f"{int(counts)} listed here on or before 28 March 2023" in html
    assert 'href="/policies/?topic=metaverse&amp;until=2023-03-28&amp;city=shanghai"' in html


def test_a_country_counts_the_policies_of_all_its_places():
    china, metaverse = make.make_place(level="country", is_city=False), make.make_topic()
    policy = make.make_policy()
    policy.topics.add(metaverse)
    PolicyEvent.objects.create(policy=policy, type="issued", period_key="2022", is_primary=True)
    assert "1 listed here" in render(LISTED_BY, place=china, topic=metaverse, day=date(2023, 1, 1))


def test_any_number_of_counts_asks_for_the_policies_once(django_assert_num_queries):
    shanghai, metaverse = make.make_place(), make.make_topic()
    code = "{% dated_policies as listed %}" + 3 * "{% policies_listed_by place topic day listed %}"
    with django_assert_num_queries(1):
        render(code, place=shanghai, topic=metaverse, day=date(2023, 3, 28))
    with django_assert_num_queries(0):
        render("{% dated_policies as listed %}")


def test_the_city_list_gets_all_counts_at_once(beijing, django_assert_num_queries):
    make.make_policy(place=beijing, state="draft")
    with django_assert_num_queries(1):
        code = "{% place_policy_counts as counts %}{{ counts|at:place.pk }} {{ counts|at:0 }}"
        assert render(code, place=beijing) == "1 None"
