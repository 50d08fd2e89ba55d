"""Targets: what was promised, in the strength of its words (IATI indicator target, NZT standing)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from indicators import claims, periods
from indicators.models import Period, SourcedRow, Workflow, WorkflowQuerySet
from indicators.models.columns import amount, link, rule
from policies.models.policies import Policy


class TargetQuerySet(WorkflowQuerySet):
    def published(self):
        """A target of a policy follows the policy; one without a policy stands for itself."""
        return self.filter(
            Q(policy__state=Workflow.State.PUBLISHED) | Q(policy__isnull=True, state=Workflow.State.PUBLISHED)
        )


class Target(SourcedRow, Period, Workflow):
    """One goal. Its period is the due date ("2025"); `low` and `high` are in `unit`, the base unit."""

    class Type(models.TextChoices):
        QUANTITATIVE = "quantitative", _("with a number")
        QUALITATIVE = "qualitative", pgettext_lazy("target", "in words")

    class Measure(models.TextChoices):
        LEVEL = "level", pgettext_lazy("amount", "level")
        GROWTH = "growth", _("growth rate")
        SHARE = "share", _("share")
        RANK = "rank", _("rank")
        NEW = "new", _("new ones")

    class Comparator(models.TextChoices):
        REACH = "reach", _("reach")
        AT_LEAST = claims.AT_LEAST, _("at least")
        MORE_THAN = claims.MORE_THAN, _("more than")
        AT_MOST = claims.AT_MOST, _("at most")
        LESS_THAN = claims.LESS_THAN, _("less than")
        ABOUT = claims.ABOUT, _("about")
        BETWEEN = "between", _("between")
        MAINTAIN = "maintain", _("stay")
        INCREASE = "increase", _("increase")
        DECREASE = "decrease", _("decrease")
        ACHIEVE = "achieve", _("achieve")

    class GrowthBasis(models.TextChoices):
        YEARLY = "yearly", _("a year")
        WHOLE = "whole", _("over the whole period")
        NOT_STATED = "not_stated", _("period not stated")

    class Standing(models.TextChoices):
        DISCUSSED = "discussed", _("discussed")
        PLEDGED = "pledged", _("pledged")
        IN_POLICY = "in_policy", _("in a policy document")
        IN_LAW = "in_law", _("in law")
        SUPERSEDED = "superseded", _("superseded")

    policy = link(Policy, _("policy"), related_name="targets", on_delete=models.CASCADE, optional=True)
    place = link("indicators.Place", _("city"), related_name="targets")
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    statement = models.TextField(_("target"))
    statement_zh = models.TextField(_("target (Chinese)"))
    type = models.CharField(_("type"), max_length=12, choices=Type)
    measure = models.CharField(pgettext_lazy("amount", "measure"), max_length=8, choices=Measure, blank=True)
    comparator = models.CharField(_("comparator"), max_length=10, choices=Comparator)
    low = amount(_("value, or lower bound"))
    high = amount(_("upper bound"))
    unit = models.CharField(_("unit"), max_length=80, blank=True)
    unit_zh = models.CharField(_("unit in Chinese"), max_length=80, blank=True)
    growth_basis = models.CharField(_("growth"), max_length=10, choices=GrowthBasis, blank=True)
    baseline_value = amount(_("baseline"))
    baseline_period = models.CharField(_("baseline year"), max_length=21, blank=True)
    standing = models.CharField(_("standing"), max_length=10, choices=Standing, default=Standing.IN_POLICY)
    indicator = link("indicators.Indicator", _("measured by"), related_name="targets", optional=True)
    verbatim = models.CharField(_("words as printed"), max_length=200, blank=True)

    objects = TargetQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["place__slug", "policy_id", "position", "uid"]
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            rule(
                "target_type_value",
                Q(type="qualitative", low__isnull=True, high__isnull=True)
                | (Q(type="quantitative") & (Q(low__isnull=False) | Q(high__isnull=False)) & ~Q(unit="")),
                _("A target with a number needs the number and its unit; one in words has neither."),
            ),
            rule(
                "target_between_bounds",
                ~Q(comparator="between") | Q(low__isnull=False, high__isnull=False, low__lt=F("high")),
                _("“Between” needs a lower and a higher number."),
            ),
            rule(
                "target_lower_bound_only",
                ~Q(comparator__in=["more_than", "at_least", "reach"]) | Q(high__isnull=True),
                _("“More than”, “at least” and “reach” have one number."),
            ),
            rule(
                "target_upper_bound_only",
                ~Q(comparator__in=["at_most", "less_than"]) | Q(low__isnull=True),
                _("“At most” and “less than” fill the upper bound only."),
            ),
            rule(
                "target_baseline_paired",
                Q(baseline_value__isnull=True, baseline_period="")
                | (Q(baseline_value__isnull=False) & ~Q(baseline_period="")),
                _("A baseline has a value and a year, or neither."),
            ),
            rule(
                "target_growth_basis",
                Q(measure="growth") & ~Q(growth_basis="") | ~Q(measure="growth") & Q(growth_basis=""),
                _("A growth rate needs its period, and nothing else has one."),
            ),
            *Period.period_constraints("target"),
            *Workflow.workflow_constraints("target"),
        ]

    def __str__(self):
        return self.statement[:80]

    def clean(self):
        super().clean()
        errors = {}
        if self.type == self.Type.QUANTITATIVE:
            if self.low is None and self.high is None:
                errors["low"] = _("A target with a number needs the number.")
            if not self.unit:
                errors["unit"] = _("Give the unit of the number.")
        elif self.low is not None or self.high is not None:
            errors["low"] = _("A target in words has no number.")
        if self.comparator == self.Comparator.BETWEEN and (
            self.low is None or self.high is None or self.low >= self.high
        ):
            errors["high"] = _("“Between” needs a lower and a higher number.")
        if (self.measure == self.Measure.GROWTH) != bool(self.growth_basis):
            errors["growth_basis"] = _("A growth rate needs its period, and nothing else has one.")
        if self.baseline_period:
            try:
                dated = periods.parse(self.baseline_period).end
            except periods.Unreadable as error:
                errors["baseline_period"] = str(error)
            else:
                if dated is None:
                    errors["baseline_period"] = _("A baseline needs its year.")
        if errors:
            raise ValidationError(errors)

    def get_absolute_url(self):
        return reverse("figure", args=[self.uid])
