"""What pages of cities and regions show of policies; the pages belong to `indicators`, which knows no policies."""

from django import template
from django.db.models import Count, Q, prefetch_related_objects
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from indicators.words import key_words
from policies import pictures, pilots, promises
from policies.figures import (
    present_count,
    present_policy,
    present_problems,
    present_target,
    problem_links,
    short_title,
    with_parts,
)
from policies.models import DeclaredCount, Designation, Policy, Target

register = template.Library()
register.filter(short_title)


@register.filter
def at(mapping, key):
    """{{ counts|at:city.pk }}; None where the key is missing."""
    return mapping.get(key)


@register.filter
def any_measured(targets):
    """Whether any of promises.held stands beside a figure."""
    return any(row["held"]["figures"] or row["held"]["beside"] for row in targets)


@register.simple_tag
def place_policy_counts():
    """{% place_policy_counts as counts %}: how many policies are listed of each place, by its pk; one query."""
    rows = Policy.objects.published().order_by().values_list("place").annotate(n=Count("pk"))
    return dict(rows)


@register.simple_tag
def dated_policies():
    """{% dated_policies as listed %}: place, topic and last possible first day of policies; one query, when read."""
    rows = Policy.objects.published().filter(topics__isnull=False, first_event_end__isnull=False).order_by()
    return SimpleLazyObject(lambda: list(rows.values_list("place", "topics", "first_event_end")))


@register.inclusion_tag("policies/components/listed_by.html")
def policies_listed_by(place, topic, day, listed):
    """Beside a published count of policies: how many stand here that are surely not later. The two are never merged."""
    whole, query = place.level == place.Level.COUNTRY, {"topic": topic.slug, "until": day.isoformat()}
    count = sum(about == topic.pk and last <= day and (whole or at == place.pk) for at, about, last in listed)
    url = reverse("policies:list", query=query if whole else query | {"city": place.slug})
    return {"count": count, "url": url, "date": key_words(day.isoformat())}


@register.inclusion_tag("policies/components/city_policies.html")
def city_policies(place):
    """Timeline, policies, targets, pilots and titles of one place, with their known problems."""
    entries = [present_policy(policy) for policy in with_parts(Policy.objects.published().for_place(place))]
    titles = list(Designation.objects.published().for_place(place).select_related("programme__awarded_by", "source"))
    targets = Target.objects.published().for_place(place).select_related("source", "indicator", "policy")
    targets = _with_policies(targets, {entry["policy"].pk: entry["policy"] for entry in entries})
    links = problem_links([entry["policy"] for entry in entries], targets, titles)
    problems, problem_of = present_problems(links)
    return {
        "place": place,
        "entries": entries,
        "timeline": pictures.draw(entries, [title for title in titles if title.period_end], first=int(bool(entries))),
        "titles": pilots.by_year(titles),
        "targets": promises.held(targets),
        "problems": problems,
        "problem_of": problem_of,
    }


def _with_policies(targets, listed):
    """Targets of policies that stand in the list share their titles; those of others are asked for."""
    targets = list(targets)
    for target in targets:
        target.policy = listed.get(target.policy_id, target.policy)
    prefetch_related_objects([one.policy for one in targets if one.policy and one.policy_id not in listed], "titles")
    return targets


@register.inclusion_tag("policies/components/source_policies.html")
def source_policies(source):
    """What a source says of policies: the policies it carries, the targets and announced numbers taken from it."""
    carried = Policy.objects.published().filter(Q(source=source) | Q(documents__source=source)).distinct()
    targets = Target.objects.published().filter(source=source).select_related("source", "indicator", "place")
    counts = DeclaredCount.objects.published().filter(source=source).select_related("policy", "source")
    counts = counts.prefetch_related("policy__provisions", "policy__participations", "policy__declared_counts")
    return {
        "policies": carried.select_related("place"),
        "targets": [(target, present_target(target)) for target in targets],
        "counts": [(count, present_count(count)) for count in counts],
    }
