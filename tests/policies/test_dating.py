"""Surely and possibly within: against an oracle that tries every day, in Python and in the database."""

from datetime import date, timedelta
from functools import cache
from random import Random

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from indicators import periods
from policies import dating, status
from policies.dating import Days
from policies.filters import PolicyFilter
from policies.models import Policy
from tests.policies import many

# Every day of some years, and one long before and one long after them; as written, and their quarters.
DAYS = [date(1, 1, 1), *(many.FIRST + timedelta(days=n) for n in range(365 * (many.YEARS + 3))), date(9999, 12, 31)]
WRITTEN = [(day.isoformat(), f"{day.isoformat()[:4]}-Q{(day.month + 2) // 3}") for day in DAYS]
TODAY = date(2022, 6, 1)


def bits(tried):
    """True and false of every day as one number, the first day last."""
    return int("".join("01"[one] for one in reversed(list(tried))), 2)


@cache
def days_of(key):
    """The days that a date written like this may mean; by its letters alone."""
    first, slash, last = key.partition("/")
    if key == "undated":
        return bits([True] * len(DAYS))
    if not slash:
        return bits(key == quarter or iso.startswith(key) for iso, quarter in WRITTEN)
    return bits((first == ".." or iso[: len(first)] >= first) and iso[: len(last)] <= last for iso, _quarter in WRITTEN)


def expected(how, key, asked):
    if how == dating.SURELY:
        return key != "undated" and not days_of(key) & ~asked
    return bool(days_of(key) & asked)


@given(
    st.randoms(use_true_random=False), st.none() | st.sampled_from(DAYS[1:-1]), st.none() | st.sampled_from(DAYS[1:-1])
)
def test_a_date_lies_within_as_trying_every_day_says(random, first, last):
    key, days = many.random_key(random), Days(first, last)
    period = periods.parse(key)
    asked = bits((first or day) <= day <= (last or day) for day in DAYS)
    assert dating.surely(period, days) == expected(dating.SURELY, key, asked)
    assert dating.possibly(period, days) == expected(dating.POSSIBLY, key, asked)
    assert not dating.surely(period, days) or dating.possibly(period, days)


@pytest.mark.parametrize(
    ("key", "surely", "possibly"),
    [
        ("2023-05-30", True, True),
        ("2023-05", True, True),
        ("2023", False, True),
        ("2023-Q2", True, True),
        ("2023-Q3", False, True),
        ("2022/2023", False, True),
        ("2023-03/2023-07", True, True),
        ("2022", False, False),
        ("../2023", False, True),
        ("../2022", False, False),
        ("undated", False, True),
    ],
)
def test_what_lies_between_march_and_august_2023(key, surely, possibly):
    asked = Days(date(2023, 3, 1), date(2023, 8, 31))
    assert dating.surely(periods.parse(key), asked) is surely
    assert dating.possibly(periods.parse(key), asked) is possibly


@pytest.mark.django_db
def test_the_year_of_a_date_is_the_same_in_python_in_the_database_and_day_by_day():
    many.make_policies(300)
    for policy in Policy.objects.with_year().prefetch_related("events"):
        key = next((event.period_key for event in policy.events.all() if event.is_primary), "undated")
        every = {iso[:4] for n, (iso, _quarter) in enumerate(WRITTEN) if days_of(key) >> n & 1}
        year = dating.year_of(periods.parse(key))
        assert year == (every.pop() if len(every) == 1 else "")
        assert policy.year == (year or (periods.UNDATED if key == "undated" else dating.SPREAD))


def test_days_without_a_beginning_surely_hold_what_is_only_known_to_end_before_their_end():
    assert dating.surely(periods.parse("../2022"), Days(last=date(2023, 3, 28)))


def test_no_day_lies_within_days_that_end_before_they_begin():
    reversed_days = Days(date(2023, 8, 31), date(2023, 3, 1))
    assert reversed_days.is_empty
    assert not dating.possibly(periods.parse("2023"), reversed_days)
    assert not dating.possibly(periods.parse("undated"), reversed_days)


class Oracle:
    """What a reader would find by reading every policy, one after the other."""

    def __init__(self):
        parts = ("events", "topics", "parties__organisation", "titles")
        self.rows = [self.read(p) for p in Policy.objects.select_related("place").prefetch_related(*parts)]

    @staticmethod
    def read(policy):
        events = list(policy.events.all())
        steps = [(event.type, event.period) for event in events]
        decides = policy.kind != "white_paper"
        worked_out = status.legal_status(steps, policy.period, today=TODAY, decides=decides)
        return {
            "slug": policy.slug, "state": policy.state, "city": {policy.place.slug}, "kind": {policy.kind},
            "level": {policy.level}, "topic": {topic.slug for topic in policy.topics.all()},
            "status": {policy.legal_status_set or worked_out},
            "issuer": {p.organisation.slug for p in policy.parties.all() if p.organisation and p.role in p.ISSUING},
            "key": next((event.period_key for event in events if event.is_primary), "undated"),
            "words": [policy.name, policy.name_zh, *(title.text for title in policy.titles.all())],
        }  # fmt: skip

    def find(self, query):
        return {row["slug"] for row in self.rows if row["state"] == "published" and self.fits(row, query)}

    def fits(self, row, query):
        facets = ("city", "topic", "kind", "level", "status", "issuer")
        if any(name in query and query[name] not in row[name] for name in facets):
            return False
        if "q" in query and not any(query["q"].lower() in words.lower() for words in row["words"]):
            return False
        if query.get("year") == "undated":
            return row["key"] == "undated" and self.dated(row["key"], query)
        if query.get("year") == "spread":
            inside = f"{days_of(row['key']):b}"  # its first figure is the last day, the last 1 the first one
            years = DAYS[len(inside) - 1].year - DAYS[len(inside) - 1 - inside.rindex("1")].year
            return row["key"] != "undated" and years > 0 and self.dated(row["key"], query)
        return self.dated(row["key"], query)

    @staticmethod
    def dated(key, query):
        asked = [name for name in ("since", "until", "year") if query.get(name, "").strip("spreadunt")]
        if not asked:
            return True
        wanted = (1 << len(DAYS)) - 1
        for name in asked:
            wanted &= wanted_days(name, query[name])
        return expected(query.get("dates", "surely"), key, wanted)


@cache
def wanted_days(name, key):
    inside = days_of(key)
    if name == "year":
        return inside
    up_to = (1 << inside.bit_length()) - 1
    return up_to if name == "until" else ~((inside & -inside) - 1) & (1 << len(DAYS)) - 1


def random_query(random):
    day = many.FIRST + timedelta(days=random.randrange(365 * many.YEARS))
    edge = lambda: random.choice([f"{day}", f"{day:%Y-%m}", f"{day:%Y}", f"{day:%Y}-Q{(day.month + 2) // 3}"])  # noqa: E731
    query = {"dates": random.choice(["surely", "possibly"])}
    for name, value in (
        ("since", edge()),
        ("until", f"{max(day.year + random.randrange(-1, 3), 2018)}"),
        ("until", edge()),
    ):
        query |= {name: value} if random.random() < 0.4 else {}
    others = {
        "year": random.choice([str(random.randrange(2018, 2028)), str(day.year), "spread", "undated"]),
        "city": f"place-{random.randrange(20)}", "topic": f"topic-{random.randrange(5)}",
        "kind": random.choice(Policy.Kind.values), "level": random.choice(Policy.Level.values),
        "status": random.choice(Policy.LegalStatus.values), "issuer": f"body-{random.randrange(20)}",
        "q": f"{random.choice(['PLAN', 'scheme', '方案'])}{random.choice(['', ' 1', '1'])}",
    }  # fmt: skip
    return query | {name: value for name, value in others.items() if random.random() < 0.15}


def ask(query):
    given = QueryDict(mutable=True)
    given.update(query)
    return PolicyFilter(given, today=TODAY)


@pytest.mark.django_db
def test_a_thousand_policies_and_two_hundred_filters_equal_reading_every_policy():
    many.make_policies(1000)
    oracle, random, refused, some = Oracle(), Random(5), 0, 0  # noqa: S311 - chance, not secrets
    for _ in range(200):
        query = random_query(random)
        found = ask(query)
        slugs = [policy.slug for policy in found.found]
        assert sorted(slugs) == sorted(oracle.find(query)), query  # what is refused has no day a date may mean
        if not found.is_valid():
            assert set(found.form.errors) <= {"until", "year"}
            refused += 1
        some += bool(slugs)
    assert some > 100
    assert 5 < refused < 60


@pytest.mark.django_db
def test_every_count_of_a_facet_is_what_choosing_it_finds():
    many.make_policies(300)
    random = Random(6)  # noqa: S311 - chance, not secrets
    tried = 0
    for _ in range(12):
        query = random_query(random)
        found = ask(query)
        if not found.is_valid():
            continue
        found.offer_counts()
        for name in found.labels:
            for value, label in found.form.fields[name].choices:
                if value:
                    assert f"({ask(query | {name: value}).found.count()})" in str(label), (query, name, value)
                    tried += 1
    assert tried > 150
