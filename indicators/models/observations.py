"""Observations: one figure, rank or named absence, as its source says it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from indicators import claims
from indicators.models.base import Period, SourcedRow, Workflow, WorkflowQuerySet
from indicators.models.columns import amount, link, once, rule


class ObservationQuerySet(WorkflowQuerySet):
    def for_indicator(self, indicator):
        return self.filter(series__indicator=indicator)

    def inside(self, period):
        """Rows whose period lies inside `period` (a parsed key): 2022 holds 2022-10."""
        return self.filter(period_start__gte=period.start, period_end__lte=period.end)

    def with_sources(self):
        """Everything a figure prints beside itself, in one query."""
        return self.select_related("series__indicator__topic", "series__group", "place", "source__publisher")


class Observation(SourcedRow, Period, Workflow):
    """What one source says of one place and period, in one series.

    `low` and `high` are in the indicator's base unit; what the kind allows in them is a rule of `claims`
    and a constraint of the table.
    """

    class Kind(models.TextChoices):
        EXACT = claims.EXACT, _("exact")
        ABOUT = claims.ABOUT, _("about")
        NEARLY = claims.NEARLY, _("nearly")
        AT_LEAST = claims.AT_LEAST, _("at least")
        MORE_THAN = claims.MORE_THAN, _("more than")
        AT_MOST = claims.AT_MOST, _("at most")
        LESS_THAN = claims.LESS_THAN, _("less than")
        RANGE = claims.RANGE, _("between")
        RANK_ONLY = claims.RANK_ONLY, _("rank only")
        TIER_ONLY = claims.TIER_ONLY, _("tier only")
        LEADING = claims.LEADING, _("leading, no rank given")
        NOT_PUBLISHED = claims.NOT_PUBLISHED, _("no figure published")
        NOT_COLLECTED = claims.NOT_COLLECTED, _("not collected")
        NOT_APPLICABLE = claims.NOT_APPLICABLE, _("not applicable")
        WITHHELD = claims.WITHHELD, _("withheld")

    class Status(models.TextChoices):
        FINAL = "final", _("final")
        PROVISIONAL = "provisional", _("provisional")
        REVISED = "revised", _("revised")
        ESTIMATE = "estimate", _("estimate by the source")
        FORECAST = "forecast", _("forecast")

    class Origin(models.TextChoices):
        REPORTED = "reported", _("reported")
        COMPUTED = "computed", _("computed here")

    series = link("indicators.Series", _("series"), related_name="observations")
    place = link("indicators.Place", _("city"), related_name="observations")
    kind = models.CharField(_("the source says"), max_length=15, choices=Kind, default=Kind.EXACT)
    low = amount(
        _("value, or lower bound"),
        help_text=_("In the base unit: 1.2万 companies is 12000. “More than” and “at least” fill only this one."),
    )
    high = amount(
        _("upper bound"), help_text=_("For ranges, “at most” and “less than”. A single value needs only the first box.")
    )
    published_rank = models.PositiveIntegerField(_("rank in the source"), null=True, blank=True)
    published_rank_to = models.PositiveIntegerField(
        _("to"), null=True, blank=True, help_text=_("“entered the top 20” behind ten printed names: 11 to 20.")
    )
    tier = models.CharField(_("tier"), max_length=80, blank=True)
    verbatim = models.CharField(
        _("words as printed"),
        max_length=200,
        blank=True,
        help_text=_("The number exactly as printed, with its unit: 超过1.2万家."),
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.FINAL)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.REPORTED)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        editable=False,
        verbose_name=_("corrects"),
    )

    objects = ObservationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["series_id", "place__slug", F("period_end").desc(nulls_last=True), "uid"]
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [
            once(
                "observation_published_once",
                ["series", "place", "period_key"],
                where=Q(state="published"),
                message=_("A published figure of this series, city and period exists. Use “Correct” on it."),
            ),
            rule(
                "observation_kind_bounds",
                claims.bounds_condition(Q, F),
                _("The values do not fit what the source says (see “The source says”)."),
            ),
            rule(
                "observation_rank_order",
                Q(published_rank__isnull=True, published_rank_to__isnull=True)
                | Q(published_rank__gte=1, published_rank_to__isnull=True)
                | Q(published_rank__gte=1, published_rank_to__gt=F("published_rank")),
                _("Ranks start at 1, and the second rank must be below the first in the list."),
            ),
            *Period.period_constraints("observation"),
            *Workflow.workflow_constraints("observation"),
        ]
        indexes = [
            # Ranking pages: one series, published, by period.
            models.Index(fields=["series", "state", "period_end"], name="observation_ranking"),
            # Profiles: one place, published.
            models.Index(fields=["place", "state"], name="observation_profile"),
        ]
        permissions = [
            ("review_content", _("Can publish, withdraw and correct what others entered")),
            ("publish_own_content", _("Can publish what he or she entered")),
        ]

    def __str__(self):
        return f"{self.place.name}, {self.series.indicator.name}, {self.period_key}"

    @property
    def claim(self):
        return claims.Claim(self.kind, self.low, self.high)

    def clean(self):
        super().clean()
        if self.low is not None and self.high is None and self.kind in claims.POINTS:
            self.high = self.low  # One box is enough for one value.
        errors = claims.problems(self.kind, self.low, self.high, self.published_rank, self.tier)
        errors = {name: _(sentence) for name, sentence in errors.items()}
        if self.published_rank_to is not None and self.published_rank is None:
            errors["published_rank"] = _("Give the first rank too.")
        if errors:
            raise ValidationError(errors)

    def get_absolute_url(self):
        return reverse("figure", args=[self.uid])
