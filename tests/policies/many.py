"""Very many policies at once, by chance and the same in every run."""

from datetime import date, timedelta
from itertools import count
from random import Random

from django.utils import timezone

from indicators.models import Organisation, Place, Topic
from policies.models import Policy, PolicyEvent, PolicyParty, PolicyTitle
from tests import factories as make

FIRST, YEARS = date(2018, 1, 1), 7
TYPES = ("issued", "adopted", "launched", "announced", "consulted")
LATER = ("effective", "amended", "evaluated", "superseded", "repealed", "expired", "published", "batch")
_numbers = count(1)


def random_key(random):
    """A date of any precision, or none."""
    day = FIRST + timedelta(days=random.randrange(365 * YEARS))
    later = day + timedelta(days=random.randrange(700))
    return random.choice(
        [
            f"{day}", f"{day}", f"{day}", f"{day:%Y-%m}", f"{day:%Y}", f"{day:%Y}-Q{(day.month + 2) // 3}",
            f"{day}/{later}", f"{day:%Y-%m}/{later:%Y}", f"../{day}", f"../{day:%Y}", "undated",
        ]
    )  # fmt: skip


def make_policies(number, seed=1):
    """In twenty places and on five topics, each with two titles, up to three events and up to two issuing bodies."""
    random, now, source = Random(seed), timezone.now(), make.make_source()  # noqa: S311 - chance, not secrets
    if not Place.objects.filter(slug="place-0").exists():
        for n in range(20):
            make.make_place(slug=f"place-{n}", level="province" if n < 3 else "prefecture")
            make.make_organisation(slug=f"body-{n}")
        for n in range(5):
            make.make_topic(slug=f"topic-{n}")
    places, topics = (
        list(Place.objects.filter(slug__startswith="place-")),
        list(Topic.objects.filter(slug__startswith="topic-")),
    )
    bodies = list(Organisation.objects.filter(slug__startswith="body-"))
    policies = [
        Policy(
            slug=f"p-{n}", uid=f"p-{n}", name=f"Plan {n}", name_zh=f"方案{n}", source=source,
            place=random.choice(places), level=random.choice(Policy.Level.values),
            kind=random.choice(Policy.Kind.values),
            period_key=random.choice(["undated", "2019/2021", "2022/2026", "../2023"]),
            legal_status_set=random.choice([""] * 9 + ["superseded"]), legal_status_reason="Said so.",
            state=random.choice(["published"] * 19 + ["draft"]), check_status="loaded", published_at=now,
        )
        for n in (next(_numbers) for _ in range(number))
    ]  # fmt: skip
    for policy in policies:
        policy.read_period()
    Policy.objects.bulk_create(policies)
    _parts(policies, random, topics, bodies)
    Policy.objects.all().date_by_primary_event()


def _parts(policies, random, topics, bodies):
    titles, events, parties, on = [], [], [], []
    for policy in policies:
        titles += [
            PolicyTitle(policy=policy, language="zh-Hans", text=policy.name_zh, role="official"),
            PolicyTitle(policy=policy, language="en", text=f"Scheme {policy.pk % 97}", role="alias"),
        ]
        keys = [random_key(random) for _ in range(random.choice([0, 1, 1, 1, 2, 3]))]
        types = [random.choice(TYPES), *random.sample(LATER, 2)]
        for n, (type_, key) in enumerate(zip(types, keys, strict=False)):
            inferred, uid = random.random() < 0.2, f"e-{policy.uid}-{n}"
            values = {"period_key": key, "period_inferred": inferred, "is_primary": n == 0, "type": type_}
            events.append(PolicyEvent(policy=policy, uid=uid, source=policy.source, **values))
        parties += [
            PolicyParty(policy=policy, role=role, organisation=body)
            for role, body in zip(
                ("issuer", "co_issuer"), random.sample(bodies, random.choice([0, 1, 2])), strict=False
            )
        ]
        if random.random() < 0.2:
            parties.append(PolicyParty(policy=policy, role="launcher", name_as_stated="The city"))
        on += [
            Policy.topics.through(policy=policy, topic=topic)
            for topic in random.sample(topics, random.choice([0, 1, 1, 2]))
        ]
    for event in events:
        event.read_period()
    for rows in (titles, events, parties, on):
        type(rows[0]).objects.bulk_create(rows, batch_size=1000)
