"""What is unusual in a policy and may be right: sentences for whoever edits or reviews it. They stop nothing.

What cannot be right is an error at its field (models, admin/parts.py).
"""

from itertools import combinations

from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext as _

from indicators.words import localized, period_words
from policies.figures import listed_here
from policies.models import DeclaredCount, Policy, PolicyEvent, PolicyParty, PolicyRelation, PolicyTitle
from policies.status import ENDINGS

Type = PolicyEvent.Type
COURSE = (Type.CONSULTED, Type.ADOPTED, Type.APPROVED, Type.ISSUED, Type.PUBLISHED, Type.EFFECTIVE)
FULL_TITLES = (PolicyTitle.Role.OFFICIAL, PolicyTitle.Role.TRANSLATION)
PARTS = (
    "titles",
    "parties",
    "events",
    "provisions",
    "declared_counts",
    "targets",
    "participations",
    "relations__object",
)
OF_OLDER = (PolicyRelation.Predicate.AMENDS, PolicyRelation.Predicate.REPEALS, PolicyRelation.Predicate.SUPERSEDES)


def warnings(policy):
    """All sentences, those on time first; a stored policy with its parts as they are stored."""
    prefetch_related_objects([policy], *PARTS)
    checks = (events_in_order, programme_after_issue, dates_of_targets, ages_of_relations, sums, more_than_announced)
    return [said for check in (*checks, what_is_missing, titles_of_others) for said in check(policy)]


def _surely_before(period, other):
    return bool(period.end and other.start and period.end < other.start)


def events_in_order(policy):
    events = list(policy.events.all())
    steps = sorted((event for event in events if event.type in COURSE), key=lambda event: COURSE.index(event.type))
    for earlier, later in combinations(steps, 2):
        if earlier.type != later.type and _surely_before(later.period, earlier.period):
            yield _("“%(later)s” lies before “%(earlier)s”.") % {"later": _told(later), "earlier": _told(earlier)}
    for ending in (event for event in events if event.type in ENDINGS):
        for event in events:
            usual = event.type in (*ENDINGS, Type.EVALUATED)
            if not usual and _surely_before(ending.period, event.period):
                yield _("“%(later)s” lies after the end: “%(end)s”.") % {"later": _told(event), "end": _told(ending)}


def _told(event):
    return f"{event.get_type_display()} {period_words(event)}"


def _dating(policy):
    return next((event for event in policy.events.all() if event.is_primary), None)


def programme_after_issue(policy):
    event = _dating(policy)
    if event and _surely_before(policy.period, event.period):
        words = {"period": period_words(policy), "event": _told(event)}
        yield _("The programme period %(period)s is over before “%(event)s”.") % words


def dates_of_targets(policy):
    event = _dating(policy)
    for target in policy.targets.all():
        if event and _surely_before(target.period, event.period):
            words = {"target": target, "event": _told(event)}
            yield _("The target “%(target)s” is due before “%(event)s”.") % words


def ages_of_relations(policy):
    for relation in policy.relations.all():
        newer = relation.object and relation.object.first_event_start
        if relation.predicate in OF_OLDER and newer and policy.first_event_end and newer > policy.first_event_end:
            words = {"does": relation.get_predicate_display(), "other": localized(relation.object, "name")}
            yield _("It %(does)s what was issued later: %(other)s.") % words


def sums(policy):
    """Members by category against the total that one source announces of their batch and date."""
    totals, parts = {}, {}
    for count in policy.declared_counts.all():
        if count.counted == DeclaredCount.Counted.PARTICIPANT:
            announced = count.batch, count.period_key, count.source_id
            (parts if count.category else totals).setdefault(announced, []).append(count.value)
    for announced in parts.keys() & totals.keys():
        if sum(parts[announced]) not in totals[announced]:
            words = {"sum": sum(parts[announced]), "total": max(totals[announced])}
            yield _("The categories of participants add up to %(sum)d, the announced total is %(total)d.") % words


def more_than_announced(policy):
    for count in policy.declared_counts.all():
        if (listed := listed_here(count)) > count.value:
            yield _("Announced: %(count)s; listed here: %(listed)d.") % {"count": count, "listed": listed}


def what_is_missing(policy):
    events = policy.events.all()
    if any(event.period_end for event in events) and not _dating(policy):
        yield _("No event dates the policy: lists put it last, and it is on no timeline.")
    if not any(title.role == PolicyTitle.Role.OFFICIAL for title in policy.titles.all()):
        yield _("The official title in its own language is missing.")
    if not any(party.role in PolicyParty.ISSUING for party in policy.parties.all()):
        yield _("Nobody is named who issued or launched it.")


def titles_of_others(policy):
    """Short titles are alike by nature; full ones should tell two policies apart."""
    full = {title.text for title in policy.titles.all() if title.role in FULL_TITLES} | {policy.name, policy.name_zh}
    titled = PolicyTitle.objects.filter(text__in=full, role__in=FULL_TITLES).values("policy")
    alike = Policy.objects.filter(Q(pk__in=titled) | Q(name__in=full) | Q(name_zh__in=full)).exclude(pk=policy.pk)
    for other in alike.exclude(state=Policy.State.WITHDRAWN).select_related("place"):
        words = {"other": localized(other, "name"), "place": localized(other.place, "name"), "slug": other.slug}
        yield _("Another policy has the same title: %(other)s, %(place)s (%(slug)s).") % words
