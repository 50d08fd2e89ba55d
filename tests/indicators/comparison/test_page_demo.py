"""The articles' own question, Beijing against Shanghai, answered by rules from the demo content."""

import re
from html import unescape

import pytest
from django.utils import translation
from django.utils.html import strip_tags

from indicators import comparability
from indicators.comparison.page import Comparison
from indicators.figures import source_rank
from indicators.models import Observation, Place
from indicators.numbers import claim_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_content")]

CITIES = ("beijing", "shanghai")
PAIR = "/compare/beijing/vs/shanghai/"


def squeezed(html):
    return re.sub(r"\s+", " ", unescape(strip_tags(html.replace("><", "> <"))))


def section(body, slug):
    return body[body.index(f'<section class="section" id="{slug}">') :].split("</section>")[0]


def row(body, slug):
    return re.search(rf'<tr id="{slug}">.*?</tr>', body, re.S)[0]


@pytest.fixture
def page(client):
    return client.get(PAIR).content.decode()


def test_digital_technology_is_beijings_by_two_of_three(page):
    said = squeezed(section(page, "digital-technology"))
    assert "Beijing is ahead in 2 of 3 indicators that can be compared: Digital technology" in said
    assert "Digital technology density (rank 2 against rank 3 in the source, 2021)" in said
    assert "Digital technology patent applications (rank 1 against rank 4 in the source, 2021)" in said
    assert "Shanghai in 1: Digital technology share of patent applications (rank 1 against rank 3 in the source" in said


def test_digital_industry_is_shanghais_in_the_figures_of_the_report(page):
    said = squeezed(section(page, "digital-industry"))
    assert "In the figures of Zero One Finance alone Shanghai is ahead in 2 of 3:" in said
    assert "Computer software and hardware companies (813,000 against 683,000 companies, 2021)" in said
    assert "Emerging digital technology companies (37,000 against about 12,000 companies, 2021)" in said
    assert "Beijing in 1: “Little giant” enterprises in the information industry (rank 1 against rank 2" in said
    top = squeezed(page[page.index("cmp-summary") : page.index('id="tables"')])
    assert (
        "Zero One Finance alone: Beijing ahead in Digital technology (2 of 3); Shanghai ahead in Digital industry "
        "(2 of 3)." in top
    )


def test_patent_density_is_beijings_by_rank_and_no_difference_is_given(page, client):
    found = row(page, "digital-technology-density")
    said = squeezed(found)
    assert "rank 2 of 50 ahead by rank" in said
    assert "3.58 rank in the source 3 of 50" in said
    assert "no difference is given because Beijing has a rank only" in said
    home = client.get("/").content.decode()
    assert f'href="{PAIR}"' in home  # so two clicks from the front page


def test_chinese_says_the_same(client):
    said = squeezed(client.get("/zh-hans" + PAIR).content.decode())
    with translation.override("zh-hans"):
        assert translation.gettext("Compare cities") in squeezed(client.get("/zh-hans/compare/").content.decode())
    assert "81.3" in said
    assert "68.3" in said


def test_every_number_of_every_sentence_leads_to_the_figure_it_prints(page):
    sentences = re.findall(r'<p class="cmp-said">(.*?)</p>', page, re.S)
    sentences += re.findall(r"<p.*?>(.*?)</p>", page[page.index("cmp-summary") : page.index('id="tables"')], re.S)
    links = [link for said in sentences for link in re.findall(r'href="/figures/([^"]+)/">([^<]+)<', said)]
    assert len(links) > 40
    rows = Observation.objects.with_sources().filter(uid__in={uid for uid, _text in links}, place__slug__in=CITIES)
    rows = {row.uid: row for row in rows}
    for uid, words in links:
        one = rows[uid]
        assert unescape(words) in (claim_text(one.claim, one.series.indicator).spoken, source_rank(one))


def test_whoever_is_called_ahead_has_the_better_figure_or_rank():
    places = [Place.objects.get(slug=slug) for slug in CITIES]
    page = Comparison(places, {})
    assert len(page.lines) > 50
    for line in page.lines:
        one, other = (line.rows[place.pk] for place in places)
        if line.verdict.by == comparability.BY_VALUE and page.ahead(line):
            first, second = (one, other) if page.ahead(line) == places[0] else (other, one)
            assert (first.claim.low or 0) > (second.claim.high or second.claim.low), line.indicator
        if line.verdict.by == comparability.BY_RANK:
            first, second = (one, other) if page.ahead(line) == places[0] else (other, one)
            assert (first.series_id, first.period_key) == (second.series_id, second.period_key)
            assert first.published_rank < second.published_rank
            assert line.verdict.difference is None
        if line.level != comparability.COMPARABLE:
            assert page.ahead(line) is None


def test_swapped_cities_give_the_same_answers(client):
    places = [Place.objects.get(slug=slug) for slug in CITIES]
    there, back = Comparison(places, {}), Comparison(places[::-1], {})
    found = {line.indicator: there.ahead(line) for line in there.lines}
    assert found == {line.indicator: back.ahead(line) for line in back.lines}


def test_ten_cities_and_a_thin_one_answer(client):
    ten = [*CITIES, "shenzhen", "hangzhou", "guangzhou", "nanjing", "suzhou", "chengdu", "wuhan", "yulin"]
    body = client.get("/compare/" + "/vs/".join(ten) + "/").content.decode()
    assert body.count('class="cmp-name"') == 10
    assert "cmp-turned" in body
    assert 'id="over-time"' in body


def test_policies_and_titles_of_both_stand_by_year(page):
    said = squeezed(section(page, "policies"))
    assert re.search(r"2023 .*Implementation Plan .*Shanghai “Metaverse” Key Technology Action Plan", said)
    assert "Pilot or title" in said
