"""The box for everything: what is found, in what order, what is said of it, and that no draft is."""

import json
import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config import search_index
from config.views.errors import words_of
from indicators.models import KeyFigure, Place
from policies.models import Designation, Policy, Programme
from tests import factories as make

pytestmark = pytest.mark.django_db
RESULT = re.compile(r'<p class="found-name"><a href="([^"]+)">')


def page(client, q, prefix="", **query):
    response = client.get(f"{prefix}/search/", {"q": q, **query})
    assert response.status_code == 200
    return response.text


def found(client, q, **query):
    return RESULT.findall(page(client, q, **query))


def suggested(client, q, prefix=""):
    response = client.get(f"{prefix}/search/", {"q": q, "suggest": "1"})
    return json.loads(response.text)["suggestions"]


@pytest.fixture
def shanghai():
    china = make.make_place(slug="china", name="China", name_zh="中国", level="country", is_city=False)
    aliases = "Shang hai\nChungfu\n申城"
    return make.make_place(
        slug="shanghai", name="Shanghai", name_zh="上海", aliases=aliases, code="310000", parent=china, level="province"
    )


@pytest.fixture
def plan(shanghai):
    plan = make.make_policy(
        slug="metaverse-plan", place=shanghai, name="Shanghai Metaverse Plan", name_zh="上海市“元宇宙”行动方案",
        kind="action_plan", document_number="沪府办发〔2022〕12号",
    )  # fmt: skip
    plan.titles.create(language="en", role="alias", text="Key Tackling Scheme")
    plan.titles.create(language="zh-Hans", role="short", text="攻关方案")
    plan.events.create(type="issued", period_key="2022-07-08", is_primary=True, source=plan.source)
    return plan


@pytest.mark.parametrize(
    "asked", ["上海", "shanghai", "SHANG HAI", "ｓｈａｎｇｈａｉ", "310000", "Chungfu", "申城", "shang", "上"]
)
def test_a_city_is_found_first_in_either_script_by_pinyin_code_and_former_name(client, plan, asked):
    assert found(client, asked)[0] == "/cities/shanghai/"


@pytest.mark.parametrize(
    "asked",
    [
        "Key Tackling Scheme",
        "攻关方案",
        "元宇宙",
        "metaverse",
        "沪府办发〔2022〕12号",
        "沪府办发[2022]12号",
        "上海元宇宙",
    ],
)
def test_a_policy_is_found_by_every_title_and_its_number(client, plan, asked):
    assert found(client, asked)[0] == "/policies/metaverse-plan/"


def test_every_kind_is_found_and_leads_to_its_page(client, shanghai):
    make.make_indicator(slug="quantum-firms", name="Quantum firms")
    make.make_ranking_list((shanghai, 1), slug="quantum-list", name="Quantum cities")
    make.make_source(slug="quantum-report", title="Quantum report")
    make.make_policy(slug="quantum-plan", name="Quantum plan")
    titled = Programme.objects.create(slug="quantum-pilot", name="Quantum pilot", name_zh="量子试点")
    held = {"place": shanghai, "programme": titled, "standing": "held", "source": make.make_source()}
    Designation.objects.create(state="published", check_status="loaded", published_at="2026-01-01T00:00Z", **held)
    assert set(found(client, "quantum")) == {
        "/indicators/quantum-firms/", "/rankings/quantum-list/", "/sources/quantum-report/", "/policies/quantum-plan/",
        "/designations/?programme=quantum-pilot",
    }  # fmt: skip


def test_what_is_not_published_is_found_nowhere(client, plan):
    draft = make.make_policy(name="Secret Draft Scheme", name_zh="秘密方案", state="draft")
    draft.titles.create(language="en", role="alias", text="Clandestine Alias")
    Programme.objects.create(slug="secret-pilot", name="Secret pilot", name_zh="秘密试点")
    for asked in ("secret", "clandestine", "秘密", "Clandestin Alias", "secrat"):
        assert not found(client, asked) and not suggested(client, asked)
        assert "landestine" not in page(client, asked).replace(asked, "") and "Scheme" not in page(client, asked)


def test_what_is_published_corrected_or_withdrawn_is_known_at_once(client, plan):
    draft = make.make_policy(slug="lowland", name="Lowland Scheme", state="draft")
    assert not found(client, "lowland")
    Policy.objects.filter(pk=draft.pk).update(state="published", check_status="loaded", published_at=plan.published_at)
    draft.refresh_from_db()
    draft.save()  # as the workflow does: with a row of history
    assert found(client, "lowland") == ["/policies/lowland/"]
    draft.titles.create(language="en", role="alias", text="Polder")
    assert found(client, "polder") == ["/policies/lowland/"]
    draft.state = "withdrawn"
    draft.save()
    assert not found(client, "lowland") and not found(client, "polder")


def test_what_keeps_no_history_is_known_at_once_through_the_log_of_the_admin(client):
    bureau = make.make_organisation(name="Bureau of Tides")
    make.make_source(slug="yearbook", publisher_id=bureau.pk)
    assert found(client, "tides") == ["/sources/yearbook/"]
    client.force_login(User.objects.create_superuser("chief"))
    body = {"name": "Bureau of Moons", "name_zh": "局", "aliases": "", "family": "", "url": ""}
    saved = client.post(f"/admin/indicators/organisation/{bureau.pk}/change/", body)
    assert saved.status_code == 302
    assert found(client, "moons") == ["/sources/yearbook/"] and not found(client, "tides")


def test_only_the_kinds_of_a_changed_table_are_read_anew(client, plan):
    make.make_source(title="Tide tables")
    before = search_index.current()
    plan.save()
    after = search_index.current()
    kept = {id(entry) for entry in before.entries} & {id(entry) for entry in after.entries}
    assert {entry.kind for entry in after.entries if id(entry) in kept} == {"place", "source"}
    assert search_index.current() is after


def rows_of_everything(times, shanghai):
    indicator = make.make_indicator(name="Quantum firms")
    for _ in range(times):
        series = make.make_series(indicator=indicator)
        place = make.make_place(name="Quantum city")
        for member in (place, make.make_place(), shanghai):
            make.make_observation(series=series, place=member, value=1)
        make.make_policy(name="Quantum plan", place=place)
        make.make_ranking_list((place, 1), name="Quantum list")
        make.make_source(title="Quantum source")
        make.make_indicator(name="Quantum counts")
    KeyFigure.objects.get_or_create(place=None, indicator=indicator)


def queries(client, **query):
    client.get("/search/", query)  # reads the index
    with CaptureQueriesContext(connection) as captured:
        client.get("/search/", query)
    return len(captured)


@pytest.mark.parametrize(("query", "number"), [({"q": "quantum"}, 11), ({"q": "quantum", "suggest": "1"}, 1)])
def test_a_search_asks_the_same_queries_among_ten_times_the_rows(client, shanghai, query, number):
    rows_of_everything(1, shanghai)
    before = queries(client, **query)
    rows_of_everything(10, shanghai)
    assert queries(client, **query) == before == number


@pytest.mark.parametrize(
    "asked",
    [
        "\x00",
        "\x00" * 50,
        "!?…（）",
        "().*[",
        "\u202e\u200f",
        "' OR 'zz'='zz",
        "%",
        "<script>",
        "a" * 10_000,
        "😀",
        "{{ 1 }}",
    ],
)
def test_whatever_is_asked_gets_a_page_with_a_sentence(client, plan, asked):
    text = page(client, asked)
    assert "<script>" not in text.replace("<script src", "") and "Traceback" not in text
    assert 'class="notice' in text or 'class="empty"' in text
    assert client.get("/search/", {"q": asked, "suggest": "1"}).status_code == 200


def test_a_long_query_is_cut_and_says_so(client, plan):
    assert "Only the first 120 characters" in page(client, "shanghai " * 1000)


def test_a_search_for_nothing_shows_the_form_and_the_lists(client):
    text = page(client, "")
    assert 'href="/cities/"' in text and 'name="q"' in text and 'class="notice' not in text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"kind": "nonsense"}, "“nonsense” is no value of “kind” here, so nothing is listed."),
        ({"page": "9", "kind": "policy"}, "There is no page “9” of this list."),
        ({"page": "x", "kind": "policy"}, "There is no page “x” of this list."),
    ],
)
def test_a_wrong_value_gets_a_sentence_and_an_empty_list(client, plan, query, words):
    text = page(client, "metaverse", **query)
    assert words in text and not RESULT.findall(text)


def test_an_unknown_name_is_ignored(client, plan):
    assert found(client, "metaverse", utm="x") == ["/policies/metaverse-plan/"]


def test_what_was_found_is_marked_and_everything_is_escaped(client):
    make.make_policy(name="<b>Plan</b> & co", name_zh="“元宇宙”方案")
    assert "&lt;b&gt;<mark>Plan</mark>&lt;/b&gt; &amp; co" in page(client, "plan")
    assert "“<mark>元宇宙</mark>”方案" in page(client, "元宇宙")


def test_another_name_that_was_found_is_named(client, plan):
    assert "also called Key <mark>Tackling</mark> Scheme" in page(client, "tackling")
    assert "also called" not in page(client, "metaverse")


def test_a_definition_in_which_something_was_found_is_quoted(client):
    make.make_indicator(name="Firms", definition="Companies that build lighthouses for rivers.")
    assert "build <mark>lighthouses</mark> for rivers" in page(client, "lighthouses")


def test_a_kind_shows_its_first_five_and_leads_to_all_of_them_in_pages(client):
    for number in range(23):
        make.make_source(slug=f"tide-{number}", title=f"Tides {number}")
    make.make_indicator(name="Tides measured", slug="tides")
    assert len(found(client, "tides")) == 6
    assert "Sources: 18 more" in page(client, "tides")
    assert len(found(client, "tides", kind="source")) == 20
    assert len(found(client, "tides", kind="source", page="2")) == 3
    assert found(client, "tides", kind="policy") == []
    assert "Nothing of this kind" in page(client, "tides", kind="policy")


def test_a_city_says_its_rank_and_how_many_figures_there_are(client, shanghai):
    indicator = make.make_indicator(slug="gdp", name="GDP", minimum_coverage=0)
    series = make.make_series(slug="gdp-a", indicator=indicator)
    for place, value in ((shanghai, 3), (make.make_place(), 2), (make.make_place(), 1)):
        make.make_observation(series=series, place=place, value=value, period_key="2024")
    make.make_observation(place=shanghai, kind="not_published")
    KeyFigure.objects.create(place=None, indicator=indicator)
    text = page(client, "shanghai")
    assert ">1 of 3 in GDP, 2024</a> (rank worked out here)" in text
    assert 'href="/indicators/gdp/?period=2024&amp;series=gdp-a"' in text
    assert "1 figure or statement" in text


def test_a_rank_the_source_prints_is_called_that(client, shanghai):
    indicator = make.make_indicator(name="GDP")
    series = make.make_series(indicator=indicator, group=make.make_group(stated_size=50))
    for place, rank in ((shanghai, 2), (make.make_place(), 1), (make.make_place(), 3)):
        make.make_observation(series=series, place=place, kind="rank_only", published_rank=rank)
    KeyFigure.objects.create(place=None, indicator=indicator)
    assert "2 of 50 in GDP, 2021</a> (rank in the source)" in page(client, "shanghai")


def test_an_indicator_says_its_unit_coverage_years_and_who_is_first(client, shanghai):
    indicator = make.make_indicator(name="Robot firms", minimum_coverage=0)
    series = make.make_series(indicator=indicator)
    for place, value in ((shanghai, 3), (make.make_place(), 2), (make.make_place(), 1)):
        make.make_observation(series=series, place=place, value=value, period_key="2024")
    make.make_indicator(name="Robot hopes")
    text = page(client, "robot")
    for said in ("companies", "3 of 3 cities have data", "first: Shanghai, 2024", "no figures of single cities"):
        assert said in text


def test_a_policy_says_kind_place_and_date_and_a_source_publisher_date_and_nearness(client, plan):
    text = page(client, "metaverse")
    assert "action plan" in text and "8 July 2022" in text
    office = make.make_organisation(name="Moon Office")
    make.make_source(title="Tides", nearness="original", url="https://moon.example/", publisher_id=office.pk)
    text = page(client, "tides")
    assert "Moon Office" in text and "2023" in text and "original seen" in text


def test_a_city_and_an_indicator_together_lead_to_the_place_of_the_city_in_the_ranking(client, shanghai):
    indicator = make.make_indicator(slug="unicorns", name="Unicorn companies", name_zh="独角兽企业数量")
    make.make_observation(series=make.make_series(indicator=indicator), place=shanghai)
    make.make_indicator(slug="unicorn-hopes", name="Unicorn hopes")
    for asked in ("shanghai unicorn", "unicorn companies shanghai", "上海独角兽", "独角兽 上海"):
        assert found(client, asked)[0] == "/indicators/unicorns/?city=shanghai"
        assert suggested(client, asked)[0]["url"] == "/indicators/unicorns/?city=shanghai"
        assert "unicorn-hopes/?city" not in page(client, asked)
    assert "?city=" not in page(client, "shanghai") + page(client, "unicorn")


def test_an_empty_result_offers_close_spellings_that_find_something(client, plan):
    assert '<a href="/search/?q=shanghai">' in page(client, "shanghia")
    assert '<a href="/search/?q=metaverse+plan">' in page(client, "metaverze plan")
    assert "/search/?q=%E4%B8%8A%E6%B5%B7" in page(client, "上诲")
    assert "Perhaps" not in page(client, "qqqqqq") and 'href="/cities/"' in page(client, "qqqqqq")


def test_words_that_are_never_together_are_offered_apart(client, plan):
    make.make_source(title="Tide tables")
    text = page(client, "metaverse tide")
    assert 'href="/search/?q=metaverse"' in text and 'href="/search/?q=tide"' in text


def test_the_page_names_the_query_and_is_not_indexed(client, plan):
    text = page(client, "metaverse")
    assert "<title>Search: metaverse" in text
    assert '<meta name="robots" content="noindex, follow">' in text
    assert text.count('role="search"') == 1  # its own form stands for the one in the masthead


def test_every_page_has_a_plain_form_that_leads_here(client):
    text = client.get("/about/methods/").text
    assert re.search(r'<form class="masthead-search" role="search" method="get" action="/search/">', text)
    assert 'action="/zh-hans/search/"' in client.get("/zh-hans/about/methods/").text


def test_suggestions_are_json_in_the_language_of_the_address_and_short_lived(client, plan):
    response = client.get("/search/", {"q": "元宇宙", "suggest": "1"})
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "public, max-age=60" and not response.cookies
    assert response["X-Robots-Tag"] == "noindex" and response["X-Content-Type-Options"] == "nosniff"
    first = response.json()["suggestions"][0]
    assert first["url"] == "/policies/metaverse-plan/" and first["name"] == "Shanghai Metaverse Plan"
    chinese = suggested(client, "元宇宙", prefix="/zh-hans")[0]
    assert chinese["url"] == "/zh-hans/policies/metaverse-plan/" and chinese["name"] == "上海市“元宇宙”行动方案"


def test_a_bulk_change_that_nothing_notes_is_found_when_the_index_is_old(client, shanghai, monkeypatch):
    assert not found(client, "pearl")
    Place.objects.update(name="Pearl")
    assert not found(client, "pearl")
    monkeypatch.setattr(search_index, "OLDEST", -1)
    assert "/cities/shanghai/" in found(client, "pearl")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/cities/shang-hai/", "shang hai"),
        ("/zh-hans/policies/元宇宙_plan.html", "元宇宙 plan"),
        ("/no/such/page/", "no such page"),
        ("/cities/", ""),
    ],
)
def test_a_page_that_is_not_there_offers_to_look_for_the_words_of_its_address(address, words):
    assert words_of(address) == words


def test_a_404_page_has_the_form_filled_in(client):
    text = client.get("/cities/shang-hai/").text
    assert 'value="shang hai"' in text and 'action="/search/"' in text
