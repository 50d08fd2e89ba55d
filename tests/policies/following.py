"""What feeds and calendars are tried with, and how the programs they are for read them back."""

import feedparser
import vobject
from icalendar import Calendar

from policies.models import PolicyEvent, PolicyParty
from tests import factories as make


def three_policies():
    """Two of Beijing, one dated, one not; one of Shanghai; a draft."""
    beijing, shanghai = (
        make.make_place(slug="beijing", name="Beijing", name_zh="北京"),
        make.make_place(slug="shanghai"),
    )
    ai = make.make_topic(slug="ai", name="Artificial intelligence", name_zh="人工智能")
    plan = make.make_policy(slug="plan", place=beijing, name="AI Plan", name_zh="人工智能方案", period_key="2023/2025")
    plan.topics.add(ai)
    happened(plan, "2023-05-30")
    PolicyParty.objects.create(policy=plan, role="issuer", organisation=make.make_organisation(slug="government"))
    paper = make.make_policy(slug="paper", place=beijing, kind="white_paper", name="Paper", name_zh="白皮书")
    metaverse = make.make_policy(slug="metaverse", place=shanghai, kind="action_plan", name_zh="元宇宙")
    happened(metaverse, "2022-07")
    make.make_policy(slug="draft", place=beijing, state="draft")
    return plan, metaverse, paper


def happened(policy, key, **values):
    values = {"type": "issued", "is_primary": True, "source": policy.source} | values
    return PolicyEvent.objects.create(policy=policy, period_key=key, **values)


def measured(**values):
    """A target of 300 and the series that measures it."""
    series, place = make.make_series(), make.make_place(name="Beijing", name_zh="北京")
    policy = make.make_policy(place=place)
    amount = {"low": 300, "unit": "companies", "unit_zh": "家", "statement": "Enough", "statement_zh": "足够"}
    target = make.make_target(policy=policy, indicator=series.indicator, period_key="2025", **amount | values)
    return target, series


def feed(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(response.content, sanitize_html=False)
    assert not found.bozo, found.bozo_exception
    assert found.version == "atom10"
    return found


def target_feed(client, target, language=""):
    return feed(client, f"{language}/targets/{target.uid}.atom")


def calendar(client, address="/policies.ics", **query):
    response = client.get(address, query)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'inline; filename="policies.ics"'
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    found = Calendar.from_ical(response.content)
    second = next(vobject.readComponents(response.content.decode()))
    assert [str(e["uid"]) for e in found.events] == [e.uid.value for e in second.contents.get("vevent", [])]
    assert [e.start for e in found.events] == [e.dtstart.value for e in second.contents.get("vevent", [])]
    assert not [error for event in found.events for error in event.errors]
    return found


def slug_of(address):
    return address.rstrip("/").rpartition("/")[2]
