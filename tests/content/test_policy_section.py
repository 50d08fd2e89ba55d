"""What the two articles say of policies, row by row, is on the public pages in both languages."""

from functools import cache

import pytest
from django.test import Client

from indicators.models import EditorialNote, NoteLink
from policies.models import PolicyNoteLink, PolicyTitle
from tests import crawl

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_content")]

PLAN = "/policies/implementation-plan-ai-innovation-source/"
MEASURES = "/policies/several-measures-general-ai/"
PARTNERS = "/policies/general-ai-partnership-program/"
SHANGHAI = "/policies/metaverse-key-technology-action-plan-2023-2025/"
PREDECESSOR = "/policies/shanghai-action-plan-for-the-metaverse-new-track-2022-2025/"
WHITE_PAPER = "/policies/white-paper-on-the-development-of-beijings-ai-industry-in-2022/"
FIVE_YEARS_BEIJING = "/policies/14th-five-year-plan-of-beijing/"
FIVE_YEARS_NANJING = "/policies/14th-five-year-plan-for-the-digital-economy-of-nanjing/"
TITLES = "/designations/"


@cache
def page(address):
    """The words of a page; the content is the same for every test of this file."""
    response = Client().get(address)
    assert response.status_code == 200
    (main,) = [one for one in crawl.parse(response.text).walk() if one.tag == "main"]
    return " ".join(main.text().split())


def holds(address, *words):
    missing = [one for one in words if one not in page(address)]
    assert not missing, address


POLICIES = [
    (
        PLAN,
        [
            "Implementation Plan for Accelerating the Construction of Beijing as a Globally Influential Artificial "
            "Intelligence Innovation Center (2023-2025)",
            "Official title 北京市加快建设具有全球影响力的人工智能创新策源地实施方案",
            "“Beijing” in the source", "30 May 2023 date inferred Issued", "Programme period 2023–2025",
            "16 key tasks", "announced, none listed here", "5 ideas", "announced, 4 listed here", "5 directions",
            "announced, 5 listed here", "every district to use its own strengths", "Artificial intelligence",
        ],
        ["北京市加快建设具有全球影响力的人工智能创新策源地实施方案（2023-2025年）", "2023年5月30日"],
    ),
    (
        MEASURES,
        [
            "Official title 北京市促进通用人工智能创新发展的若干措施", "30 May 2023 date inferred Issued",
            "“Beijing” in the source", "21 measures", "5 aspects", "announced, 5 listed here",
        ],
        ["北京市促进通用人工智能创新发展的若干措施", "2023年5月30日"],
    ),
    (
        PARTNERS,
        [
            "19 May 2023 date inferred Launched", "Launched by Beijing Municipal Bureau of Economy", "39 participants",
            "announced, 10 named", "5 categories of participants", "announced, 5 listed here",
        ],
        ["北京市通用人工智能产业创新伙伴计划", "2023年5月19日", "39"],
    ),
    (
        SHANGHAI,
        [
            'Shanghai "Metaverse" Key Technology Research Action Plan (2023-2025)', "2023 date inferred Issued",
            "Programme period 2023–2025", "2 directions", "announced, 2 listed here", "“Shanghai” in the source",
        ],
        ["上海市“元宇宙”关键技术攻关行动方案（2023—2025年）", "沉浸式技术"],
    ),
    (PREDECESSOR, ["Is refined by Shanghai “Metaverse” Key Technology"], ["上海市培育“元宇宙”新赛道行动方案"]),
    (
        WHITE_PAPER,
        [
            "White Paper on the Development of Artificial Intelligence Industry in Beijing in 2022",
            "13 February 2023 date inferred Published", "Issued by Beijing Municipal Bureau of Economy",
            "measure 1 Support leading companies in building a large model to match ChatGPT",
        ],
        ["2022年北京人工智能产业发展白皮书", "2023年2月13日", "支持头部企业打造对标ChatGPT的大模型"],
    ),
    (FIVE_YEARS_BEIJING, ["14th Five-Year Plan of Beijing", "No date is given."], ["北京市“十四五”规划"]),
    (FIVE_YEARS_NANJING, ["of digital economy in Nanjing", "No date is given."], ["南京市“十四五”数字经济"]),
]  # fmt: skip


@pytest.mark.parametrize(("address", "english", "chinese"), POLICIES)
def test_each_policy_is_told_with_its_titles_dates_counts_and_who_issued_it(address, english, chinese):
    holds(address, *english)
    holds(f"/zh-hans{address}", *chinese)


COMPONENTS = [
    (PLAN, "direction 1 Break through key technologies", "突破关键技术"),
    (PLAN, "direction 2 Consolidate the base", "夯实底层基础"),
    (PLAN, "direction 3 Build an industrial matrix", "构建产业方阵"),
    (PLAN, "direction 4 Promote scenarios", "推动场景建设"),
    (PLAN, "direction 5 Build an ecosystem of innovation", "构建创新生态"),
    (PLAN, "idea 1 Lay out frontier directions", "前沿"),
    (PLAN, "idea 2 Have key products made in China", "国产"),
    (PLAN, "idea 4 Create examples to follow", "示范标"),
    (PLAN, "idea 5 Create a first-class environment", "一流"),
    (MEASURES, "aspect 1 Computing power", "算力"),
    (MEASURES, "aspect 2 Data", "数据"),
    (MEASURES, "aspect 3 Models", "模型"),
    (MEASURES, "aspect 4 Scenarios of use", "场景"),
    (MEASURES, "aspect 5 Supervision", "监管"),
    (MEASURES, "General intelligence", "通用智能"),
    (MEASURES, "Brain-like intelligence", "类脑智能"),
    (MEASURES, "Embodied intelligence", "具身智能"),
    (MEASURES, "Smart cities", "智慧城市"),
    (MEASURES, "Scientific research", "科学研究"),
    (MEASURES, "Smart medical care", "智慧医疗"),
    (SHANGHAI, "direction 1 Immersive technology", "沉浸式技术"),
    (SHANGHAI, "direction 2 Web3 technology", "Web3技术"),
    (SHANGHAI, "field 1 Immersive audio-visual and immersive computing", "沉浸影音与沉浸计算"),
    (SHANGHAI, "Capture and reconstruction across scales", "跨尺度采集"),
    (SHANGHAI, "Spatial computing", "空间计算"),
    (SHANGHAI, "Intelligent coding", "智能编码"),
    (SHANGHAI, "field 2 New displays and sensory interaction", "新型显示与感知交互"),
    (SHANGHAI, "Near-eye display", "近眼显示"),
    (SHANGHAI, "Sensing in several modes", "多模感知"),
    (SHANGHAI, "Terminal equipment", "终端设备"),
    (SHANGHAI, "Chips", "芯片"),
    (SHANGHAI, "Components", "元器件"),
    (SHANGHAI, "field 3 Production of content by AI (AIGC)", "AIGC内容生产"),
    (SHANGHAI, "General generation models", "通用生成模型"),
    (SHANGHAI, "Generation across modes together", "多模态协同生成"),
    (SHANGHAI, "Controllable generation of content", "内容可控生成"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "english", "chinese"), COMPONENTS)
def test_each_idea_direction_aspect_field_and_technology_is_listed(address, english, chinese):
    holds(address, english)
    holds(f"/zh-hans{address}", chinese)


TARGETS = {
    PLAN: [
        "Scale of the core AI industry", "reach 300 billion yuan", "Growth of the core AI industry, to be maintained",
        "more than 10 % growth, period not stated", "Scale of the industries driven by AI", "more than 1 trillion yuan",
        "5 to 10 new companies", "keep raising their spending on research", "AI start-ups keeps growing",
        "stays first in China by the number of AI companies", "form major scenarios of use",
        "Breakthroughs in the basic theory", "theoretical framework of AI is basically in place",
        "first form of general AI", "language, vision and several modes", "Algorithms lead in China",
        "layout of computing power", "Chinese AI chips and deep-learning frameworks rises", "under China's own control",
        "share of Chinese hardware rises", "source of AI innovation with global influence",
    ],
    PARTNERS: ["A general AI industry with all its parts, leading technology and a complete"],
    SHANGHAI: [
        "Text, image, music, video and 3D models", "Scenes cost less to build", "key entry to the metaverse",
        "sensitive output can be controlled",
    ],
    MEASURES: ["independent at every level"],
    "/cities/qingdao/": ["world's capital of the industrial Internet"],
    "/cities/shanghai/": ["“international digital capital”"],
}  # fmt: skip


@pytest.mark.parametrize("address", TARGETS)
def test_each_target_stands_with_its_policy_or_its_city(address):
    holds(address, *TARGETS[address])


def test_targets_speak_chinese_with_their_numbers():
    holds(f"/zh-hans{PLAN}", "3,000 亿元", "10 %", "1 万亿元", "5至10")
    holds("/zh-hans/cities/shanghai/", "建设“国际数字之都”")


MEMBERS = [
    ("Computing power", 2, ["Alibaba Cloud", "Beijing Super Cloud Computing Center"]),
    ("Data", 9, ["Beijing Big Data Center", "Beijing Academy of Science and Technology"]),
    ("Model", 7, ["Baidu", "“Alibaba Dharma Institute (Beijing) Technology Co., Ltd.” in the source"]),
    ("Application", 13, ["Beijing SME Service Center", "Haidian City Brain"]),
    ("Investment", 8, ["IDG Capital Investment Consulting", "“Beijing Smart Yuan Venture Capital"]),
]


@pytest.mark.parametrize(("category", "announced", "named"), MEMBERS)
def test_members_stand_by_category_and_batch_with_how_many_are_announced(category, announced, named):
    response = Client().get(PARTNERS)
    rows = [" ".join(one.text().split()) for one in crawl.parse(response.text).walk() if one.tag == "tr"]
    (row,) = [text for text in rows if text.startswith(f"{category} {announced} ")]
    assert all(name in row for name in named)
    holds(PARTNERS, "Batch 1")


RELATIONS = [
    (SHANGHAI, "Refines Shanghai Action Plan for Fostering the “Metaverse” New Track (2022-2025)"),
    (SHANGHAI, "according to an analyst of TF Securities, quoted by Shanghai Securities News"),
    (SHANGHAI, "named there as “Shanghai's 'Metaverse' related policies last year”"),
    (SHANGHAI, "which policy is meant was inferred by the editor"),
    (PREDECESSOR, "according to an analyst of TF Securities, quoted by Shanghai Securities News"),
    (PREDECESSOR, "which policy is meant was inferred by the editor"),
    (MEASURES, "Was issued together with Implementation Plan"),
    (PLAN, "Was issued together with Several Measures"),
    *((address, "Beijing's three acts on artificial intelligence") for address in (PLAN, MEASURES, PARTNERS)),
    *((PARTNERS, role) for role in ("(2023-2025) strategy", "in Beijing implementation", "this policy operation")),
]  # fmt: skip


@pytest.mark.parametrize(("address", "words"), RELATIONS)
def test_relations_read_from_both_sides_with_who_says_so(address, words):
    holds(address, words)


@pytest.mark.parametrize("words", ["about 114 policies", "18 units", "24 units", "41 policies"])
def test_counts_by_others_stand_beside_the_list(words):
    holds("/policies/?topic=metaverse", words)


def test_shanghai_is_counted_most_often_and_its_plan_of_june_is_not_among_them():
    holds("/policies/?topic=metaverse&city=shanghai", "16 policies", "1 on or before 28 March 2023")


DESIGNATIONS = [
    ("shanghai", "National new-generation AI innovation and development pilot zone", "held"),
    ("shanghai", "AI innovation and application pilot zone", "held"),
    ("nanjing", "Famous software city of China", "held"),
    ("nantong", "China-EU green smart city pilot", "held"),
    ("nantong", "National smart city pilot", "held"),
    ("shijiazhuang", "National semiconductor lighting industrialisation base", "held"),
    ("shijiazhuang", "National Torch Programme software industry base", "held"),
    ("shenzhen", "National digital economy innovation and development pilot zone", "sought"),
    ("shenzhen", "National new-generation AI innovation", "sought"),
    ("shenzhen", "Industry base for IT application innovation", "sought"),
    ("shenzhen", "Basic software innovation centre", "sought"),
]


@pytest.mark.parametrize(("city", "programme", "standing"), DESIGNATIONS)
def test_titles_held_and_sought_stand_on_the_page_of_their_city(city, programme, standing):
    for one in crawl.parse(Client().get(f"/cities/{city}/").text).walk():
        words = " ".join(one.text().split())
        if one.tag == "li" and programme in words and (standing == "held" or "sought" in words):
            return
    pytest.fail(page(f"/cities/{city}/"))


CONFLICTS = {
    "issue-04-two-or-three-policies": (
        {PLAN, MEASURES, PARTNERS},
        ["two major artificial intelligence policies (line 13)", "three documents (lines 18 to 20)"],
    ),
    "translation-levels": (
        {PLAN, MEASURES, PARTNERS},
        ["“strategy, strategy, and operation”", "“implementation” (line 26) and again “strategic” (line 31)"],
    ),
    "conflict-03-five-aspects": (
        {MEASURES}, ["computing power, data, models, scenarios and supervision", "algorithms, applications"]
    ),
    "conflict-04-third-idea-lost": ({PLAN}, ["five “new” ideas of development (line 22)", "“Leap forward”"]),
    "conflict-05-shanghai-plan-undated": (
        {SHANGHAI}, ["four names (lines 39, 41 and 43)", "“policies” of last year", "a “document” of last year"]
    ),
    "issue-18-year-not-printed": ({PLAN, MEASURES, PARTNERS, WHITE_PAPER}, ["print days without a year"]),
    "issue-27-targets-in-perfect-tense": ({PLAN}, ["in the perfect tense", "They are targets for 2025, not results"]),
    "conflict-08-targets-not-defined": (
        {PLAN}, ["may mean at least (line 24)", "no period, no base year", "not since when", "No target has a baseline"]
    ),
    "conflict-09-other-eight": ({PARTNERS}, ["“and other 8 investment partners”", "add up to the 39 announced"]),
    "conflict-10-provincial-units": (set(), ["where Beijing, Shanghai, Tianjin and Chongqing are counted"]),
    "conflict-11-which-beijing": (
        {PLAN, MEASURES, PARTNERS, WHITE_PAPER},
        ["may be the government, its office or a bureau", "name one white paper differently"],
    ),
    "translation-organisations": ({PARTNERS}, ["“Zhiyuan” and “Smart Yuan”", "stay two organisations"]),
}  # fmt: skip
STANDS_ON = {
    "conflict-03-five-aspects": {
        "c-several-measures-aspects", "p-several-measures-aspect-3", "p-several-measures-aspect-4"
    },
    "conflict-04-third-idea-lost": {"c-ai-innovation-source-ideas"},
    "conflict-05-shanghai-plan-undated": {
        "policy-metaverse-key-technology-action-plan-2023-2025",
        "e-metaverse-key-technology-action-plan-2023-2025-issued", "r-shanghai-metaverse-plan-refines-2022",
    },
    "issue-18-year-not-printed": {
        "e-implementation-plan-ai-innovation-source-issued", "e-several-measures-general-ai-issued",
        "e-general-ai-partnership-program-launched", "e-beijing-ai-white-paper-published", "c-partnership-members",
    },
    "conflict-08-targets-not-defined": {
        "t-01-ai-core-industry-scale", "t-02-ai-core-industry-growth", "t-03-ai-driven-industry-scale",
        "t-04-new-ai-unicorns",
    },
    "conflict-09-other-eight": {"c-partnership-members-investment"},
    "conflict-10-provincial-units": {
        "o-province-level-units-with-metaverse-policies-china-2023-03-28",
        "o-city-level-units-with-metaverse-policies-china-2023-03-28", "o-metaverse-policies-shanghai-2023-03-28",
    },
    "translation-organisations": {
        "m-partnership-baidu-netcom", "m-partnership-alibaba-damo-academy-beijing",
        "m-partnership-beijing-zhiyuan-venture-capital-fund-management",
    },
}  # fmt: skip


@pytest.mark.parametrize("slug", CONFLICTS)
def test_each_of_the_twelve_conflicts_is_a_known_problem_with_both_readings_on_its_pages(slug):
    addresses, readings = CONFLICTS[slug]
    note = EditorialNote.objects.get(slug=slug, is_public=True)
    assert note.text_zh and note.resolution and note.resolution_zh
    for address in (*addresses, "/notes/"):
        holds(address, note.title, *readings)
        holds(f"/zh-hans{address}", note.title_zh)
    flagged = {
        link.subject.uid: link for model in (PolicyNoteLink, NoteLink) for link in model.objects.filter(note=note)
        if hasattr(link.subject, "uid")
    }  # fmt: skip
    assert flagged.keys() >= STANDS_ON.get(slug, set())


def test_the_doubt_about_provinces_stands_on_the_count_itself():
    for uid in STANDS_ON["conflict-10-provincial-units"]:
        holds(f"/figures/{uid}/", *CONFLICTS["conflict-10-provincial-units"][1])


SHANGHAI_NAMES = [
    "“Metaverse” Key Technology Research Action Plan",
    'Shanghai "Metaverse" Key Technology Research Action Plan (2023-2025)',
    "Tackling Key Technology Action Plan",
    "Action Plan for Research",
    "Action Plan for Tackling Key Issues",
    "上海市“元宇宙”关键技术攻关行动方案（2023—2025年）",
    "上海市元宇宙关键技术攻关行动方案",
    "攻关行动方案",
]


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
@pytest.mark.parametrize("search", ["/search/", "/policies/"])
@pytest.mark.parametrize("name", SHANGHAI_NAMES)
def test_every_name_of_the_plan_of_shanghai_finds_it_first(search, prefix, name):
    response = Client().get(f"{prefix}{search}", {"q": name})
    (main,) = [one for one in crawl.parse(response.text).walk() if one.tag == "main"]
    found = [
        one.attributes["href"] for one in main.walk()
        if one.tag == "a" and one.attributes.get("href", "").startswith(f"{prefix}/policies/")
        and one.attributes["href"].split("?")[0] not in (f"{prefix}/policies/", f"{prefix}/policies.atom")
    ]  # fmt: skip
    assert found and found[0] == f"{prefix}{SHANGHAI}"


def test_no_name_of_it_is_missing():
    stored = set(PolicyTitle.objects.filter(policy__slug=SHANGHAI.split("/")[2]).values_list("text", flat=True))
    assert len(stored & set(SHANGHAI_NAMES)) >= 6
