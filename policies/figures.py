"""Targets, announced numbers and policies as the pages print them."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators import periods
from indicators.figures import nearness, nearness_label
from indicators.numbers import are_full, number, whole
from indicators.where import problem
from indicators.words import in_chinese, key_words, localized, period_words
from policies.models import DeclaredCount, Policy, PolicyNoteLink, Provision, Target
from policies.status import legal_status

MULTIPLES = ((10**12, "trillion "), (10**9, "billion "), (10**6, "million "))
MULTIPLES_ZH = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))
READ_BACKWARDS = {
    "amends": gettext_lazy("is amended by"),
    "repeals": gettext_lazy("is repealed by"),
    "supersedes": gettext_lazy("is superseded by"),
    "refines": gettext_lazy("is refined by"),
    "implements": gettext_lazy("is implemented by"),
    "based_on": gettext_lazy("is the basis of"),
    "complements": gettext_lazy("is complemented by"),
    "issued_with": gettext_lazy("was issued together with"),
    "cites": gettext_lazy("is cited by"),
}


def present_target(target):
    """The dict of components/figure_value.html: “reach 300” billion yuan, by 2025. A target in words has no number."""
    text, unit = _amount(target) if target.type == Target.Type.QUANTITATIVE else ("", "")
    near = nearness(target)
    return {
        "uid": target.uid, "target": target,
        "text": text, "mark": _("in words"), "spoken": text or _("in words"), "unit": unit,
        "url": target.get_absolute_url(), "nearness": near, "nearness_label": nearness_label(near),
        "period": due_words(target), "statement": localized(target, "statement"), "kind": target.type,
        "nearness_compact": True,
        "standing": target.get_standing_display(), "baseline": _baseline(target),
    }  # fmt: skip


def target_words(target):
    """A target in one sentence, without its policy."""
    shown = present_target(target)
    words = {"place": localized(target.place, "name"), "due": shown["period"], "statement": shown["statement"]}
    if not shown["text"]:
        return _("Target of %(place)s, %(due)s: %(statement)s.") % words
    words |= {"value": shown["text"], "unit": shown["unit"]}
    return _("Target of %(place)s, %(due)s: %(statement)s, %(value)s %(unit)s.") % words


def due_words(target):
    """“by 2025”, whether the source says 2025 or “to 2025”; its own words where they say more."""
    if target.period_precision == periods.UNKNOWN:
        return _("no date given")
    printed = localized(target, "period_text")
    words = printed or key_words(target.period_key.removeprefix("../"))
    if not printed and target.period_precision != periods.SPAN:
        words = _("by %(period)s") % {"period": words}
    return _("%(period)s (date inferred)") % {"period": words} if target.period_inferred else words


def _amount(target):
    values = [value for value in (target.low, target.high) if value is not None]
    texts, unit = amounts_in_words(target, values)
    text = texts[0]
    if target.comparator == Target.Comparator.BETWEEN:
        text = _("%(low)s to %(high)s") % {"low": texts[0], "high": texts[-1]}
    elif target.comparator != Target.Comparator.ACHIEVE:
        text = _("%(comparator)s %(number)s") % {"comparator": target.get_comparator_display(), "number": text}
    if target.measure == Target.Measure.NEW:
        text = _("%(number)s new") % {"number": text}
    growth = {
        "yearly": _("%(unit)s growth a year"), "whole": _("%(unit)s growth over the whole period"),
        "not_stated": _("%(unit)s growth, period not stated"),
    }.get(target.growth_basis, "%(unit)s")  # fmt: skip
    return text, growth % {"unit": unit}


def amounts_in_words(target, values):
    """300 billion, 3,000亿: exact, whatever decimals the indicator shows."""
    unit = localized(target, "unit").replace("CNY", _("yuan"))
    multiples = MULTIPLES_ZH if in_chinese() else MULTIPLES
    if are_full():
        return list(map(whole, values)), unit
    least = min((abs(value) for value in values if value), default=0)
    factor, word = next(((factor, word) for factor, word in multiples if least >= factor), (1, ""))
    return [number(value / factor) for value in values], f"{word}{unit}"


def _baseline(target):
    if target.baseline_value is None:
        return ""
    texts, unit = amounts_in_words(target, [target.baseline_value])
    parts = {"number": texts[0], "unit": unit, "period": key_words(target.baseline_period)}
    return _("%(number)s %(unit)s (%(period)s)") % parts


def present_count(count):
    """An announced number and, beside it, how many of them are listed here."""
    near, named = nearness(count), count.counted == DeclaredCount.Counted.PARTICIPANT
    listed = listed_here(count)
    same = [c for c in count.policy.declared_counts.all() if (c.counted, c.category) == (count.counted, count.category)]
    if named:
        words = _("%(number)s named") % {"number": number(listed)} if listed else _("none named")
    else:
        words = _("%(number)s listed here") % {"number": number(listed)} if listed else _("none listed here")
    return {
        "uid": count.uid, "text": number(count.value), "mark": "", "spoken": number(count.value),
        "unit": count.get_counted_display(), "url": count.get_absolute_url(), "nearness": near,
        "nearness_label": nearness_label(near), "category": localized(count, "category"), "kind": count.counted,
        "period": period_words(count) if len(same) > 1 else "",
        "nearness_compact": True, "listed": listed, "listed_words": words,
    }  # fmt: skip


def listed_here(count):
    """How many of what is counted this site lists; articles and chapters are never listed."""
    if count.counted in Provision.Kind.values:
        return sum(provision.kind == count.counted for provision in count.policy.provisions.all())
    taking_part = [
        part for part in count.policy.participations.all() if count.batch is None or part.batch in (None, count.batch)
    ]
    if count.counted == DeclaredCount.Counted.CATEGORY:
        return len({part.category for part in taking_part if part.category})
    if count.counted == DeclaredCount.Counted.PARTICIPANT:
        return sum(count.category in ("", part.category) for part in taking_part)
    return 0


def with_parts(policies):
    """What an entry of a list prints, in a fixed number of queries."""
    return policies.select_related("place", "source", "package").prefetch_related(
        "titles", "topics", "events", "declared_counts__source", "provisions", "participations"
    )


def present_policy(policy):
    """One entry of a list."""
    near = nearness(policy)
    counts = [present_count(count) for count in policy.declared_counts.all() if not count.category]
    event = next((event for event in policy.events.all() if event.is_primary), None)
    return {
        "policy": policy, "event": event, "counts": counts, "nearness": near, "nearness_label": nearness_label(near)
    }  # fmt: skip


def status_of(policy, today):
    """Set by hand with a reason, or worked out from the events."""
    if policy.legal_status_set:
        return policy.legal_status_set
    steps = [(event.type, event.period) for event in policy.events.all()]
    decides = policy.kind != Policy.Kind.WHITE_PAPER
    return legal_status(steps, policy.period, today=today, decides=decides)


def short_title(policy):
    language = "zh-Hans" if in_chinese() else "en"
    short = [title.text for title in policy.titles.all() if title.role == "short" and title.language == language]
    return short[0] if short else localized(policy, "name")


def problem_links(policies, targets=(), titles=()):
    """Links of public known problems to these policies and all their parts, and to these targets and titles."""
    concerned = Q(policy__in=policies) | Q(target__in=targets) | Q(designation__in=titles)
    for subject in ("event", "provision", "declared_count", "target", "participation", "relation"):
        concerned |= Q(**{f"{subject}__policy__in": policies})
    links = PolicyNoteLink.objects.filter(concerned, note__is_public=True)
    return links.select_related("note", *PolicyNoteLink.SUBJECTS)


def present_problems(links):
    """The dicts of components/known_problems.html, one a note; and the anchor of each row's problem, by uid."""
    notes = {link.note_id: link.note for link in links}
    problems = [problem(note, id=f"problem-{note.slug}") for note in notes.values()]
    return problems, {link.subject.uid: f"problem-{link.note.slug}" for link in links}
