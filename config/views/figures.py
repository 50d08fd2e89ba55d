"""Where this comes from: the page of one figure, statement, target or announced number."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from indicators import selectors
from indicators.figures import present
from indicators.imports.apply import REASON
from indicators.models import NoteLink, Observation, Statement, Workflow
from indicators.sentences import citation, quoted
from indicators.where import Notes, checked_words, note_url, sourced, where_from
from indicators.words import localized, period_words, run_on
from indicators.worked_out import correction, evidence
from policies import promises, target_charts
from policies.figures import present_count, present_target, target_words
from policies.models import DeclaredCount, PolicyNoteLink, Target

UNSEEN = {
    "period_start",
    "period_end",
    "period_precision",
    "created_at",
    "published_at",
    "author",
    "reviewer",
    "history_user",
}


def figure(request, uid):
    for find in (observation, target, declared_count, statement):
        context = find(uid)
        if context:
            return render(request, "config/figure.html", {"title": title(context["where"]), **context})
    raise Http404


def title(where):
    """The number first, where there is one: “more than 4.56 applications per 10,000 inhabitants: …”."""
    shown = where.get("figure") or {}
    if not shown.get("text"):
        return where["sentence"]
    return _("%(value)s %(sentence)s") % {"value": shown["spoken"], "sentence": where["sentence"]}


def observation(uid):
    rows = Observation.objects.with_sources().select_related("author", "reviewer", "replaces")
    row = rows.filter(uid=uid).first()
    if not row or row.state in (Workflow.State.DRAFT, Workflow.State.IN_REVIEW):
        return None
    successor = row
    while successor and not successor.is_public:
        successor = Observation.objects.filter(replaces=successor).first()
    notes = Notes([row])
    same = Observation.objects.published().for_indicator(row.series.indicator).for_place(row.place)
    related = same.with_sources().exclude(pk=row.pk).order_by("series__preference", selectors.NEWEST, "uid")[:60]
    twins = [other for other in related if other.period_key == row.period_key and other.series_id != row.series_id]
    used_in = Observation.objects.published().filter(parts__part=row).with_sources().order_by("series__slug", "uid")
    problems = [(note, note_url(note)) for note in notes.near(row)]
    found = evidence(row)
    copy = citation(row, disputed=notes.disputed(row), evidence=found)
    where = where_from(row, notes, copy=copy, found=found) | {"problems": []}
    where["extra"] += [{"label": _("Year or date"), "text": period_words(row)}]
    return {
        "where": where | {"page": True},
        "row": row,
        "place": row.place,
        "indicator": row.series.indicator,
        "series": row.series,
        "withdrawn": not row.is_public,
        "successor": successor if successor != row else None,
        "replaces": row.replaces,
        "corrected": correction(row.replaces, row) if row.replaces else "",
        "corrected_to": correction(row, successor) if successor and successor != row else "",
        "twins": [present(other) for other in twins],
        "used_in": [present(other) for other in used_in],
        "history": history(row),
        "problems": problems,
        "far_problems": [(note, note_url(note)) for note in notes.far(row)],
        "related": [present(other) for other in related if other not in twins],
    }


def target(uid):
    row = Target.objects.published().select_related("policy", "place", "indicator", "source__publisher").filter(uid=uid)
    found = row.first()
    if not found:
        return None
    (shown,) = promises.held([found])
    return part(found, present_target, "target") | {"held": shown["held"], "chart": target_charts.chart(shown)}


def declared_count(uid):
    row = DeclaredCount.objects.published().filter(uid=uid)
    row = row.select_related("policy__place", "source__publisher").first()
    return part(row, present_count, "declared_count") if row else None


def part(row, show, subject):
    """A part of a policy: it follows the policy's state and check."""
    shown = show(row)
    sentence = shown.get("statement") or localized(row.policy, "name")
    if shown["text"]:
        sentence = _("%(unit)s: %(what)s") % {"unit": shown["unit"], "what": sentence}
    where = sourced(row) | {
        "figure": shown | {"nearness": "", "period": "", "unit": ""},
        "sentence": sentence,
        "page": True,
    }
    for label, key in ((_("To be reached"), "period"), (_("Standing"), "standing"), (_("Baseline"), "baseline")):
        if shown.get(key):
            where["extra"].append({"label": label, "text": shown[key]})
    if shown.get("listed_words"):
        where["extra"].append({"label": _("Listed here"), "text": shown["listed_words"]})
    if row.policy:
        policy = {"label": _("Policy"), "text": localized(row.policy, "name"), "url": row.policy.get_absolute_url()}
        where["extra"].insert(0, policy)
    links = PolicyNoteLink.objects.filter(**{subject: row}, note__is_public=True).select_related("note")
    return {
        "where": where | {"checked": checked_words(row.policy or row), "copy": quoted(row, lambda: told(row, show))},
        "row": row,
        "place": getattr(row, "place", None) or row.policy.place,
        "indicator": getattr(row, "indicator", None),
        "feed": reverse("policies:target_feed", args=[row.uid]) if subject == "target" else "",
        "history": history(row),
        "problems": [(link.note, note_url(link.note)) for link in links],
    }


def told(row, show):
    """A target or an announced number in one sentence, in the language at hand."""
    policy = {"policy": localized(row.policy, "name") if row.policy else ""}
    if isinstance(row, DeclaredCount):
        shown = show(row)
        return _("%(policy)s announces %(value)s %(unit)s.") % (
            policy | {"value": shown["text"], "unit": shown["unit"]}
        )
    return run_on([target_words(row), _("Policy: %(policy)s.") % policy] if row.policy else [target_words(row)])


def statement(uid):
    row = Statement.objects.select_related("place", "topic", "source__publisher", "author", "reviewer")
    row = row.filter(uid=uid, state__in=[Workflow.State.PUBLISHED, Workflow.State.WITHDRAWN]).first()
    if not row:
        return None
    links = NoteLink.objects.filter(statement=row, note__is_public=True).select_related("note")
    where = sourced(row) | {"sentence": localized(row, "text"), "page": True, "checked": checked_words(row)}
    where["extra"].append({"label": _("Year or date"), "text": period_words(row)})
    where["copy"] = quoted(row, lambda: localized(row, "text"))
    return {
        "where": where,
        "row": row,
        "place": row.place,
        "withdrawn": not row.is_public,
        "history": history(row),
        "problems": [(link.note, note_url(link.note)) for link in links],
    }


def history(row):
    """Who changed what, when and why, newest first. What editors do before the first publication stays inside."""
    if not hasattr(row, "history"):
        return []
    records = list(row.history.select_related("history_user").order_by("-history_date", "-history_id")[:40])
    records = _since_public(row, records)
    found = []
    for new, old in zip(records, [*records[1:], None], strict=True):
        changes = []
        for field in new.tracked_fields if old else ():
            before, after = (getattr(record, field.attname, None) for record in (old, new))
            if before != after and field.name not in UNSEEN:
                changes.append((field.verbose_name, _words(field, before), _words(field, after)))
        if changes or not old:
            why = new.history_change_reason or ""
            why = _(why) if why and why != REASON else ""  # "loaded with the site" stands in the column before it
            found.append({"when": new.history_date, "who": new.history_user, "why": why, "changes": changes})
    return found


def _since_public(row, records):
    """From the version that was first published on; a part of a policy was published with it."""
    owner = getattr(row, "policy", None) or row
    public = owner.history.filter(state=Workflow.State.PUBLISHED).order_by("history_date", "history_id")
    first = public.values_list("history_date", flat=True).first()
    before = next((n for n, record in enumerate(records) if first and record.history_date <= first), None)
    return records if before is None else records[: before + 1]


def _words(field, value):
    if value in (None, ""):
        return "–"
    if field.choices:
        return dict(field.flatchoices).get(value, value)
    return value.normalize() if hasattr(value, "normalize") and hasattr(value, "as_tuple") else value
