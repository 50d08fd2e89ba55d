"""Builders of rows for tests: whole, published and sourced unless told otherwise."""

from decimal import Decimal
from itertools import count

from django.utils import timezone

from indicators.models import (
    EditorialNote,
    Indicator,
    Observation,
    Organisation,
    Place,
    PlaceGroup,
    RankingList,
    Series,
    Source,
    Statement,
    Topic,
)
from policies.models import Policy, Target

_numbers = count(1)


def _next(word):
    return f"{word}-{next(_numbers):06}"  # in the order they were made, however many came before


def _published(values):
    if values.setdefault("state", "published") == "published":
        values.setdefault("check_status", "loaded")
        values.setdefault("published_at", timezone.now())
    return values


def make_place(**values):
    slug = values.setdefault("slug", _next("city"))
    values = {"name": slug.title(), "name_zh": "某市", "level": "prefecture", "is_city": True} | values
    return Place.objects.create(**values)


def make_group(*members, **values):
    slug = values.setdefault("slug", _next("group"))
    values = {"name": f"the cities of {slug}", "name_zh": "某些城市", "members_known": bool(members)} | values
    group = PlaceGroup.objects.create(**values)
    group.members.set(members)
    return group


def make_topic(**values):
    slug = values.setdefault("slug", _next("topic"))
    return Topic.objects.create(**{"name": slug.title(), "name_zh": "某主题"} | values)


def make_organisation(**values):
    slug = values.setdefault("slug", _next("organisation"))
    return Organisation.objects.create(**{"name": slug.title(), "name_zh": "某机构", "family": slug} | values)


def make_source(**values):
    slug = values.setdefault("slug", _next("source"))
    values.setdefault("publisher_id", None)
    if values["publisher_id"] is None and "publisher" not in values:
        values["publisher"] = make_organisation()
        del values["publisher_id"]
    return Source.objects.create(
        **{"title": slug.title(), "title_zh": "某来源", "nearness": "press", "period_key": "2023"} | values
    )


def make_indicator(**values):
    slug = values.setdefault("slug", _next("indicator"))
    values.setdefault("topic", None)
    values["topic"] = values["topic"] or make_topic()
    defaults = {"name": slug.title(), "name_zh": "某指标", "definition": "What is counted.", "definition_zh": "定义。"}
    defaults |= {"unit": "companies", "unit_zh": "家", "direction": "higher"}
    return Indicator.objects.create(**defaults | values)


def make_series(**values):
    slug = values.setdefault("slug", _next("series"))
    values.setdefault("indicator", None)
    values["indicator"] = values["indicator"] or make_indicator()
    return Series.objects.create(**{"name": slug.title(), "name_zh": "某序列", "family": slug} | values)


def make_observation(**values):
    """`value=5` is short for an exact figure; give kind, low, high for the others."""
    value = values.pop("value", None)
    if value is not None:
        values |= {"low": Decimal(value), "high": Decimal(value)}
    elif "kind" not in values:
        values |= {"low": Decimal(10), "high": Decimal(10)}
    for field, build in (("series", make_series), ("place", make_place), ("source", make_source)):
        if field not in values:
            values[field] = build()
    return Observation.objects.create(**{"period_key": "2021"} | _published(values))


def make_statement(**values):
    for field, build in (("place", make_place), ("source", make_source)):
        if field not in values:
            values[field] = build()
    return Statement.objects.create(**{"text": "It is said.", "text_zh": "据称。"} | _published(values))


def make_note(**values):
    slug = values.setdefault("slug", _next("note"))
    defaults = {"kind": "ambiguous", "title": slug.title(), "title_zh": "疑点", "text": "A doubt.", "text_zh": "存疑。"}
    return EditorialNote.objects.create(**defaults | values)


def make_policy(**values):
    slug = values.setdefault("slug", _next("policy"))
    for field, build in (("place", make_place), ("source", make_source)):
        if field not in values:
            values[field] = build()
    defaults = {"name": slug.title(), "name_zh": "某政策", "kind": "plan", "level": "city"}
    return Policy.objects.create(**defaults | _published(values))


def make_target(**values):
    policy = values.get("policy")
    for field, build in (("place", make_place), ("source", make_source)):
        if field not in values:
            values[field] = getattr(policy, field) if policy else build()
    if "low" not in values and "high" not in values:
        values.setdefault("type", "qualitative")
        values.setdefault("comparator", "achieve")
    defaults = {"statement": "Be first.", "statement_zh": "争取第一。", "type": "quantitative", "comparator": "reach"}
    return Target.objects.create(**defaults | _published(values))


def make_ranking_list(*lines, **values):
    """A line is (place or name, rank), (…, (rank, rank_to)) or (…, rank or None, tier)."""
    slug = values.setdefault("slug", _next("list"))
    for field, build in (("publisher", make_organisation), ("source", make_source), ("topic", make_topic)):
        if field not in values:
            values[field] = build()
    found = RankingList.objects.create(**{"name": slug.title(), "name_zh": "某榜单", "edition": "2023"} | values)
    for position, (who, rank, *tier) in enumerate(lines, 1):
        rank, rank_to = rank if isinstance(rank, tuple) else (rank, None)
        named = {"name_as_printed": who} if isinstance(who, str) else {"place": who}
        found.entries.create(position=position, rank=rank, rank_to=rank_to, tier="".join(tier), **named)
    return found
