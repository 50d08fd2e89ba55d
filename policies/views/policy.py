from itertools import groupby

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from indicators.words import localized
from policies import figures, pictures, promises
from policies.models import DeclaredCount, Policy, PolicyRelation
from policies.trees import nested


def policy(request, slug):
    """One policy with all its parts; they are public as it is."""
    policies = figures.with_parts(Policy.objects.published()).prefetch_related(
        "parties__organisation", "documents__source", "events__source", "participations__organisation",
        "participations__source", "provisions__source", "targets__source", "targets__indicator",
    )  # fmt: skip
    policy = get_object_or_404(policies, slug=slug)
    entry = figures.present_policy(policy)
    today = timezone.localdate()
    problems, problem_of = figures.present_problems(figures.problem_links([policy]))
    status = figures.status_of(policy, today)
    decides = policy.legal_status_set or policy.kind != Policy.Kind.WHITE_PAPER
    context = {
        "section": "policies", **entry, "today": today, "problems": problems, "problem_of": problem_of,
        "status": Policy.LegalStatus(status).label if decides else "",
        "official": [title for title in policy.titles.all() if title.role == "official"],
        "renderings": [
            title for title in policy.titles.all()
            if title.role != "official" and title.text not in (policy.name, policy.name_zh)
        ],
        "timeline": pictures.draw_life(policy),
        "tasks": _tasks(policy, [count for count in entry["counts"] if count["kind"] not in PARTICIPATION_COUNTS]),
        "people_counts": [count for count in entry["counts"] if count["kind"] in PARTICIPATION_COUNTS],
        "participants": _participants(policy),
        "targets": promises.held(policy.targets.all()),
        "relations": _relations(policy),
        "package": _package(policy),
        "sources": _sources(policy),
    }  # fmt: skip
    return render(request, "policies/policy.html", context)


PARTICIPATION_COUNTS = (DeclaredCount.Counted.PARTICIPANT, DeclaredCount.Counted.CATEGORY)


def _tasks(policy, counts):
    """What is announced, each with what is listed of it; then what is listed without being announced."""
    roots = nested(policy.provisions.all())
    kinds = [count["kind"] for count in counts]
    groups = [
        {"count": count, "nodes": [node for node in roots if node.provision.kind == count["kind"]]} for count in counts
    ]
    rest = [node for node in roots if node.provision.kind not in kinds]
    return [*groups, {"nodes": rest}] if rest else groups


def _participants(policy):
    """By batch and category: what is announced, who is named; categories of which only the number is known too."""
    announced = {
        (count.batch or 0, count.category): figures.present_count(count)
        for count in policy.declared_counts.all()
        if count.counted == DeclaredCount.Counted.PARTICIPANT and count.category
    }
    labels = {}
    named = {}
    for row in (*policy.declared_counts.all(), *policy.participations.all()):
        labels[row.category] = localized(row, "category")
    for row in policy.participations.all():
        named.setdefault((row.batch or 0, row.category), []).append(row)
    groups = [
        {"batch": key[0], "category": labels[key[1]], "count": announced.get(key), "named": named.get(key, [])}
        for key in sorted({*announced, *named})
    ]
    return [{"batch": batch, "groups": list(rows)} for batch, rows in groupby(groups, key=lambda row: row["batch"])]


def _relations(policy):
    """From both sides; the other policy is linked where it is public, else named as stated."""
    rows = PolicyRelation.objects.published().filter(Q(policy=policy) | Q(object=policy))
    relations = []
    for row in rows.select_related("policy", "object", "source"):
        forward = row.policy_id == policy.pk
        other = row.object if forward else row.policy
        other = other if other and other.is_public else None
        verb = row.get_predicate_display() if forward else figures.READ_BACKWARDS[row.predicate]
        stated = localized(row, "object_label")
        if other or stated:
            relations.append({"row": row, "verb": verb, "other": other, "stated": stated, "forward": forward})
    return relations


def _package(policy):
    if not policy.package_id:
        return []
    return Policy.objects.published().filter(package=policy.package_id).select_related("place")


def _sources(policy):
    """Every source of the policy and its parts that is not among its documents, once."""
    parts = policy.events, policy.provisions, policy.declared_counts, policy.participations, policy.targets
    rows = [policy, *(row for part in parts for row in part.all())]
    documents = {document.source_id for document in policy.documents.all()}
    sources = {row.source_id: row.source for row in rows if row.source_id}
    return [source for key, source in sources.items() if key not in documents]
