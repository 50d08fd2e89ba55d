"""Targets with what was measured of them: which figures decide, which stand beside, and the verdict in words."""

from collections import defaultdict
from decimal import Decimal

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from indicators import periods
from indicators.claims import EXACT, RANGE, Claim
from indicators.figures import present
from indicators.models import Indicator, NoteLink, Observation
from indicators.numbers import number
from indicators.words import key_words, localized
from policies import verdicts
from policies.figures import amounts_in_words, present_target
from policies.models import Target

SAID = {
    verdicts.MET: pgettext_lazy("target", "met"),
    verdicts.MET_EARLY: pgettext_lazy("target", "met before its date"),
    verdicts.MISSED: pgettext_lazy("target", "not met"),
    verdicts.ABOVE: pgettext_lazy("target", "above what was named"),
    verdicts.ON_PATH: gettext_lazy("date ahead, on the straight path"),
    verdicts.BELOW_PATH: gettext_lazy("date ahead, short of the straight path"),
    verdicts.AHEAD: gettext_lazy("date ahead, not reached yet"),
    verdicts.KEPT: gettext_lazy("date ahead, kept so far"),
    verdicts.UNDECIDED: gettext_lazy("cannot be decided"),
    verdicts.NONE: gettext_lazy("no verdict"),
}
WHY = {
    verdicts.WORDS: gettext_lazy("A target in words is not measured here."),
    verdicts.SUPERSEDED: gettext_lazy("A later target took its place."),
    verdicts.NO_INDICATOR: gettext_lazy("No indicator here measures it."),
    verdicts.OTHER_UNIT: gettext_lazy("The indicator is in another unit."),
    verdicts.GROWTH_PERIOD: gettext_lazy("Growth without a period cannot be assessed."),
    verdicts.NEW_SINCE: gettext_lazy("New ones since when is not stated."),
    verdicts.CHANGE_SINCE: gettext_lazy("A change from what is not stated."),
    verdicts.NOT_MEASURED: gettext_lazy("No figure of this city is published here."),
    verdicts.NOT_AT_DATE: gettext_lazy("The date is over and no figure of it is published here."),
    verdicts.LATER_ONLY: gettext_lazy("All figures are later than its date."),
    verdicts.NO_DATE: gettext_lazy("No date is given and the figures do not reach it."),
    verdicts.NOT_EVERY_YEAR: gettext_lazy("Not every year of the period has a figure."),
    verdicts.OVERLAP: gettext_lazy("The words of the figure leave both open."),
}
BESIDE = gettext_lazy("The figures at hand are of other periods, forecast or in doubt, and decide nothing.")


def held(targets, *, today=None):
    """The dicts of present_target, those with a number first, each with `held`: the verdict in words and its figures.

    Two queries, however many targets; they need `place` and `indicator`.
    """
    targets, today = list(targets), today or timezone.localdate()
    measured = _measured([target for target in targets if target.indicator_id])
    shown = [present_target(target) | {"held": _held(target, measured, today)} for target in targets]
    return sorted(shown, key=lambda figure: figure["kind"] != Target.Type.QUANTITATIVE)


def _measured(targets):
    """(indicator, place) → its figures, and family → its indicators that stand beside one another."""
    families = {target.indicator.family for target in targets} - {""}
    indicators = {target.indicator_id for target in targets}
    beside = defaultdict(set)
    if families:
        for pk, family, form in Indicator.objects.filter(family__in=families).values_list("pk", "family", "form"):
            beside[family, form].add(pk)
            indicators.add(pk)
    found = defaultdict(list)
    if not targets:
        return found, beside
    doubts = NoteLink.objects.filter(note__excludes_from_ranking=True)
    rows = Observation.objects.published().filter(
        series__indicator__in=indicators, place__in={target.place_id for target in targets}
    )
    rows = rows.annotate(is_doubted=Exists(doubts.filter(observation=OuterRef("pk"))))
    for row in rows.with_sources().order_by("series__preference", "series__slug", "period_end", "uid"):
        found[row.series.indicator_id, row.place_id].append(row)
    return found, beside


def _held(target, measured, today):
    found, beside = measured
    rows = found.get((target.indicator_id, target.place_id), [])
    judged = _judged(target, rows)
    verdict = verdicts.judge(goal(target), map(_measurement(target), judged), today=today)
    shown = [row for row in judged if verdict.said != verdicts.NONE or verdict.by]
    others = [row for row in rows if row not in shown]
    if target.indicator_id and target.indicator.family:
        same = beside[target.indicator.family, target.indicator.form] - {target.indicator_id}
        others += [row for pk in sorted(same) for row in found.get((pk, target.place_id), [])]
    return {
        "code": verdict.said,
        "said": _said(verdict),
        "why": str(BESIDE) if rows and verdict.why == verdicts.NOT_MEASURED else _why(target, verdict),
        "rows": shown,
        "figures": [present(row) for row in shown],
        "beside": [present(row) | {"what": _definition(target, row)} for row in others],
    }


def _definition(target, row):
    """What is counted otherwise: another indicator, else the series."""
    other = row.series.indicator_id != target.indicator_id
    return localized(row.series.indicator if other else row.series, "name")


def _judged(target, rows):
    """Those of the preferred series that has figures of a year or day; what else there is only stands beside."""
    ranked, usable = target.measure == Target.Measure.RANK, verdicts.precisions(target.period)
    rows = [row for row in rows if (row.published_rank is not None if ranked else row.claim.has_value)]
    rows = [row for row in rows if row.period_precision in usable and not row.is_doubted]
    rows = [row for row in rows if row.status != Observation.Status.FORECAST]
    return [row for row in rows if row.series_id == rows[0].series_id]


def _measurement(target):
    def read(row):
        claim = row.claim
        if target.measure == Target.Measure.RANK:
            first, last = row.published_rank, row.published_rank_to or row.published_rank
            claim = Claim(EXACT if first == last else RANGE, Decimal(first), Decimal(last))
        return verdicts.Measurement(claim, row.period, row.status == Observation.Status.ESTIMATE)

    return read


def goal(target):
    """What verdicts.judge is asked."""
    baseline = None
    if target.baseline_value is not None:
        baseline = target.baseline_value, periods.parse(target.baseline_period)
    in_unit = target.measure == Target.Measure.RANK or not target.indicator_id or target.unit == target.indicator.unit
    return verdicts.Goal(
        target.comparator, target.low, target.high, target.period, target.measure, target.growth_basis, baseline,
        target.standing == Target.Standing.SUPERSEDED, bool(target.indicator_id), in_unit,
        bool(target.indicator_id) and target.indicator.direction == Indicator.Direction.LOWER,
    )  # fmt: skip


def _said(verdict):
    said = SAID[verdict.said]
    return _("%(verdict)s, on an approximate figure") % {"verdict": said} if verdict.approximate else str(said)


def _why(target, verdict):
    """The reason where there is no verdict; else how far from the number promised."""
    if verdict.why:
        return str(WHY[verdict.why])
    words = []
    says_no_more = verdict.approximate and verdict.share is not None and abs(verdict.share) <= verdicts.TOLERANCE * 100
    if verdict.gap is not None and verdict.by and not says_no_more:
        words.append(_gap(target, verdict))
    if verdict.needed is not None:
        (text,), unit = amounts_in_words(target, [verdict.needed])
        words.append(_("The straight path to it stands at %(number)s %(unit)s there.") % {"number": text, "unit": unit})
    return " ".join(words)


def _gap(target, verdict):
    period = key_words(verdict.by.period.key)
    if not verdict.gap:
        return _("Exactly the number named, %(period)s.") % {"period": period}
    (text,), unit = amounts_in_words(target, [abs(verdict.gap)])
    text = _("about %(number)s") % {"number": text} if verdict.approximate else text
    told = {"number": text, "unit": unit, "period": period, "share": ""}
    if verdict.share is not None and target.unit != "%" and target.measure != Target.Measure.RANK:
        told["share"] = _(" (%(share)s%%)") % {"share": number(abs(verdict.share).quantize(1))}
    if verdict.gap > 0:
        words = _("%(number)s %(unit)s%(share)s above the number named, %(period)s.") % told
    else:
        words = _("%(number)s %(unit)s%(share)s below the number named, %(period)s.") % told
    return words[:1].upper() + words[1:]
