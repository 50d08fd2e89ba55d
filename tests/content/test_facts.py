"""Every one of the 201 facts of the two articles stands in the content, and says what the fact table says.

The fact table is a copy of the research; `fact_map*.csv` names the row of each fact. Where a row departs from its
fact, the map's `deviation` names the doubt; where nothing is named, every field both sides have must agree.
"""

import csv
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from indicators import periods

DEMO = Path(settings.BASE_DIR) / "config" / "demo"
ARTICLES = {
    "000_a489ee4676275e62.txt": "zero-one-2023-06-beijing-shanghai",
    "002_5925fb9d9771322f.txt": "zero-one-2023-02-chatgpt",
}
GROUPS = {
    "": "",
    "top 50 cities by 2021 GDP": "top-50-gdp-2021",
    "China": "china",
    "China (as claimed in the introduction)": "china-as-claimed",
    "province-level units": "province-level-units",
    "prefecture-level cities of China": "prefecture-level-cities",
    "large and medium-sized cities of China": "large-and-medium-cities",
    "global science and technology clusters (GII)": "gii-clusters",
    "AI models worldwide (claim)": "ai-models-worldwide",
    "single Chinese-language models worldwide (claim)": "chinese-language-models",
    "top 100 institutions in the world by patents granted": "world-top-100-institutions",
}
ONE_INDICATOR = {"gii-science-technology-cluster": "gii-science-technology-cluster-rank"}
COMPARATORS = {
    "exact": {"reach", "achieve", "maintain"},
    "more_than": {"more_than"},
    "range": {"between"},
    "growth": {"increase"},
    "about": {"about"},
}
COUNTED = {
    "development ideas": "idea",
    "tasks": "task",
    "directions": "direction",
    "measures": "measure",
    "aspects": "aspect",
    "categories": "category",
    "members": "participant",
}
# Facts that are no figure: what the row they became has to say.
SAYS = {
    "SF001": {"title": "China Digital Economy Development Index Report (2022)", "publisher": "zero-one-think-tank"},
    "SF002": {"about": "jointly developed by the Zero One Think Tank and the Fifth Electronics Research Institute"},
    "SF007": {
        "definition": "artificial intelligence, blockchain, cloud computing, big data and the Internet of Things"
    },
    "SF008": {"definition": "smart bud"},
    "SF009": {"stated_size": "50", "members": ""},
    "SF068": {"text": "index and the number of computer software and hardware companies in Shanghai, 2013–2021"},
    "SF069": {"text": "TOP20 by computer software and hardware companies"},
    "SF070": {"text": "TOP20 by emerging digital technology companies"},
    "SF071": {"text": "(the first four batches)"},
    "SF072": {"text": "the index and the trend of digital technology patent applications, 2013–2021"},
    "SF073": {"text": "TOP20 by digital technology quantity"},
    "SF074": {"text": "by density"},
    "SF075": {"text": "by proportion"},
    "SF094": {"publisher": "istic", "period_key": "2023-05-28", "title": "Large-scale Model Map Research Report"},
}


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sheet(name):
    """All rows of a sheet, however many files it is split into."""
    return [row for path in sorted(DEMO.glob(f"{name}.csv")) + sorted(DEMO.glob(f"{name}.*.csv")) for row in rows(path)]


def by_key(name):
    """Rows by what the map calls them: the uid, or the slug where there is none."""
    key = "slug" if name == "policies" else "uid"
    return {row.get(key) or row["slug"]: row for row in sheet(name)}


FACTS = {row["fact_id"]: row for row in rows(Path(__file__).with_name("facts.csv"))}
MAP = {row["fact_id"]: row for row in sheet("fact_map")}
NAMES = (
    "indicators series observations statements sources groups notes places organisations "
    "policies policy_events provisions declared_counts targets participations policy_relations designations"
)
TABLES = {name: by_key(name) for name in NAMES.split()}
PLACES = {row["name"]: slug for slug, row in TABLES["places"].items()}


def period_key(fact):
    """The fact table's spelling of a period as a key; what is no date is undated."""
    words = fact["period"].strip()
    if span := re.fullmatch(r"(\d{4})-(\d{4})", words):
        return f"{span[1]}/{span[2]}"
    if end := re.fullmatch(r"to (\d{4})", words):
        return f"../{end[1]}"
    return words if re.fullmatch(r"\d{4}(-\d{2}){0,2}", words) else periods.UNDATED


def same_number(text, number):
    return bool(text) and Decimal(text) == Decimal(number)


def is_number(text):
    return bool(re.fullmatch(r"\d+(\.\d+)?", text))


def provenance(fact, row):
    """What every row owes its fact: the article named first, the line, and words of the quotation."""
    line = re.match(r"\[00\d:L(\d+)\]", fact["note"])[1]
    quote = row.get("quote", "")
    yield "source", row["source"] == ARTICLES[fact["article"].split(";")[0]]
    yield "locator", re.match(r"lines? (\d+)", row["locator"])[1] == line
    yield "both articles", (";" in fact["article"]) == ("also in the article of" in row["locator"])
    yield "quote", bool(quote) and quote in fact["quote"]
    yield "quotation is short", len(quote) <= 400


def place_and_period(fact, row):
    yield "city", row["place"] == PLACES[fact["city"]]
    yield "period", (row.get("period_key") or periods.UNDATED) == period_key(fact)


def observation_rank(fact, row):
    """“<=20” promises no more than one to twenty; “leading” is no rank at all."""
    words, low, high = fact["published_rank"], row.get("published_rank", ""), row.get("published_rank_to", "")
    if words.startswith("<="):
        return (low, high) == ("1", words[2:])
    if words.startswith("leading"):
        return not low and row["kind"] == "leading"
    return low == words and not high


def observation_kind(fact, row):
    if fact["published_rank"].startswith("leading"):
        return row["kind"] == "leading"
    return row["kind"] == (fact["qualifier"] if fact["value"] else "rank_only")


def observations(fact, row):
    series = TABLES["series"][row["series"]]
    indicator = TABLES["indicators"][series["indicator"]]
    slug = fact["indicator"].replace("_", "-")
    yield from provenance(fact, row)
    yield from place_and_period(fact, row)
    yield "indicator", series["indicator"] == ONE_INDICATOR.get(slug, slug)
    if fact["ranking_universe"] or fact["city"] != "China":  # a national total is ranked among nobody
        yield "group", series.get("group", "") == GROUPS[fact["ranking_universe"]]
    yield "kind", observation_kind(fact, row)
    yield "rank", observation_rank(fact, row)
    if fact["value"]:
        inferred = fact["unit"].endswith(" (unit inferred)")
        yield "value", same_number(row["low"], fact["value"])
        yield "words as printed", bool(row["verbatim"]) and len(row["verbatim"]) <= 60
        yield "unit", indicator["unit"] == fact["unit"].removesuffix(" (unit inferred)")
        yield "unit inferred", inferred == (series.get("unit_inferred") == "yes")
    else:
        yield "no value", not row["low"] and not row["high"]


def statements(fact, row):
    """A statement names the value of its fact; a rank or a growth rate is not what a statement can hold."""
    yield from provenance(fact, row)
    yield from place_and_period(fact, row)
    yield "in words, not as a figure", fact["kind"] != "rank" and fact["qualifier"] != "growth"
    yield "value", not fact["value"] or fact["value"] in row["text"]
    yield "both languages", bool(row["text"]) and bool(row["text_zh"])


def due(fact, row):
    """A goal without a printed date may stand undated, or under a date marked as inferred."""
    key = row.get("period_key") or periods.UNDATED
    if fact["period"]:
        return key.removeprefix("../") == period_key(fact).removeprefix("../")
    return key == periods.UNDATED or row.get("period_inferred") == "yes"


def targets(fact, row):
    yield from provenance(fact, row)
    yield "city", row["place"] == PLACES[fact["city"]]
    yield "due", due(fact, row)
    yield "comparator", row["comparator"] in COMPARATORS[fact["qualifier"]]
    if bounds := re.fullmatch(r"(\d+)-(\d+)", fact["value"]):
        yield "bounds", same_number(row["low"], bounds[1]) and same_number(row["high"], bounds[2])
    elif fact["value"]:
        yield "value", same_number(row["low"], fact["value"])
        yield "unit", row["unit"] == fact["unit"].removesuffix(" per year")
    if fact["published_rank"]:
        yield "rank", row["measure"] == "rank"


def declared_counts(fact, row):
    yield from provenance(fact, row)
    yield "city", TABLES["policies"][row["policy"]]["place"] == PLACES[fact["city"]]
    yield "value", same_number(row["value"], fact["value"])
    yield "counted", row["counted"] == COUNTED[fact["unit"]]
    yield "period", (row.get("period_key") or periods.UNDATED) in (period_key(fact), periods.UNDATED)
    if kind := re.search(r"first_batch_(\w+)_partners", fact["indicator"]):
        yield "category", kind[1].replace("_", " ") in row["category"].lower()


def participations(fact, row):
    organisation = TABLES["organisations"].get(row.get("organisation", ""), {})
    yield from provenance(fact, row)
    yield "city", TABLES["policies"][row["policy"]]["place"] == PLACES[fact["city"]]
    yield "name", fact["value"] in (row.get("name_as_stated"), organisation.get("name"))
    yield "category", fact["unit"].removesuffix(" partner").replace("_", " ") == row["category"].lower()
    yield "period", row["period_key"] == period_key(fact)


def designations(fact, row):
    yield from provenance(fact, row)
    yield from place_and_period(fact, row)
    yield "standing", row["standing"] == ("sought" if fact["kind"] == "target" else "held")


def policies(fact, row):
    dates = [e["period_key"] for e in TABLES["policy_events"].values() if e["policy"] == row["slug"]]
    yield from provenance(fact, row)
    yield "city", row["place"] == PLACES[fact["city"]]
    yield "date", any(date.startswith(fact["period"]) for date in dates)


def policy_part(fact, row):
    yield from provenance(fact, row)
    yield "city", TABLES["policies"][row["policy"]]["place"] == PLACES[fact["city"]]


def policy_events(fact, row):
    yield from policy_part(fact, row)
    yield "date", row["period_key"] == period_key(fact)


def provisions(fact, row):
    yield from policy_part(fact, row)
    yield "both languages", bool(row["text"]) and bool(row["text_zh"])


def policy_relations(fact, row):
    yield from policy_part(fact, row)
    yield "relation", row["predicate"] == "refines" and row["asserted_by"] == "analyst"


def said_elsewhere(fact, row):
    """Sources, definitions, groups and notes have no quotation of their own; they must say what the fact says."""
    for column, words in SAYS[fact["fact_id"]].items():
        yield column, (words in row[column]) if words else not row[column]


COMPARE = {
    check.__name__: check
    for check in (
        observations,
        statements,
        targets,
        declared_counts,
        participations,
        designations,
        policies,
        policy_events,
        provisions,
        policy_relations,
    )
}


def test_every_fact_is_mapped_once():
    assert Counter(row["fact_id"] for row in sheet("fact_map")) == Counter(list(FACTS))
    assert len(FACTS) == 201


@pytest.mark.parametrize("fact_id", FACTS)
def test_the_row_says_what_the_fact_says(fact_id):
    entry, fact = MAP[fact_id], FACTS[fact_id]
    row = TABLES[entry["sheet"]].get(entry["key"])
    assert row is not None, f"{fact_id}: no row {entry['key']} in {entry['sheet']}"
    check = said_elsewhere if fact_id in SAYS else COMPARE[entry["sheet"]]
    departs = [field for field, agrees in check(fact, row) if not agrees]
    if entry["deviation"]:
        assert departs, f"{fact_id}: the map names a deviation, but the row agrees with the fact"
    else:
        assert not departs, f"{fact_id} ({entry['key']}) departs in: {', '.join(departs)}"


def test_a_deviation_names_a_known_problem_or_says_why_in_a_sentence():
    said = {row["deviation"] for row in MAP.values() if row["deviation"]}
    assert not [words for words in said if words not in TABLES["notes"] and not re.search(r"\w \w.*\.$", words)]


def test_facts_share_a_row_only_where_one_sentence_states_them():
    shared = {key: n for key, n in Counter((m["sheet"], m["key"]) for m in MAP.values()).items() if n > 1}
    assert {key[0] for key in shared} <= {"statements", "notes", "sources", "targets"}


@pytest.mark.parametrize("name", ["Huang", "Kong Rong", "孔蓉", "黄昭颖"])
def test_no_unsure_name_of_a_person_is_printed(name):
    printed = [path.name for path in DEMO.glob("*.csv") if name in path.read_text(encoding="utf-8")]
    assert not printed


def test_the_advertisement_is_no_content():
    printed = "".join(path.read_text(encoding="utf-8") for path in DEMO.glob("*.csv"))
    assert not re.search(r"WXTM|CandyDrop|MinoTari|Gate Square", printed)
