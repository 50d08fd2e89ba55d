"""What all sourced rows share: a period, a source with its locator and passage, and a state of publication."""

import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indicators import periods
from indicators.models.columns import link, rule

SLUG_LENGTH = 100  # SlugField's 50 is too short: some policy slugs have more than 60 characters.
UID_LENGTH = 120


def new_uid() -> str:
    """An address that says nothing and never changes."""
    return secrets.token_hex(6)


class Named(models.Model):
    """What has a permanent address of its own and a name in both languages."""

    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_zh = models.CharField(_("name in Chinese"), max_length=200)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name


class Period(models.Model):
    """The period of a row: the key holds it, the other columns are read from the key for sorting and filtering."""

    class Precision(models.TextChoices):
        DAY = periods.DAY, _("day")
        MONTH = periods.MONTH, _("month")
        QUARTER = periods.QUARTER, _("quarter")
        YEAR = periods.YEAR, _("year")
        SPAN = periods.SPAN, _("span")
        UNTIL = periods.UNTIL, _("until")
        UNKNOWN = periods.UNKNOWN, _("unknown")

    period_key = models.CharField(
        _("year or date the figure describes"),
        max_length=21,
        default=periods.UNDATED,
        help_text=_("2021, 2022-10, 2023-05-30, 2022-Q3, 2013/2021, ../2025 or undated. Never guess: write undated."),
    )
    period_start = models.DateField(null=True, blank=True, editable=False)
    period_end = models.DateField(null=True, blank=True, editable=False)
    period_precision = models.CharField(max_length=10, choices=Precision, default=Precision.UNKNOWN, editable=False)
    period_inferred = models.BooleanField(
        _("date inferred"),
        default=False,
        help_text=_("Tick when the source does not print it and an editor worked it out."),
    )
    period_text = models.CharField(
        _("date as printed"),
        max_length=200,
        blank=True,
        help_text=_("The source's words where the key is poorer than they are."),
    )
    period_text_zh = models.CharField(_("date as printed (Chinese)"), max_length=200, blank=True)

    class Meta:
        abstract = True

    @staticmethod
    def period_constraints(name):
        """Constraints every table with a period carries; `name` keeps their names unique in the database."""
        return [
            rule(
                f"{name}_period_order",
                Q(period_start__isnull=True) | Q(period_end__isnull=True) | Q(period_start__lte=models.F("period_end")),
                _("The period ends before it begins."),
            ),
            rule(
                f"{name}_period_known",
                Q(period_precision=periods.UNKNOWN, period_start__isnull=True, period_end__isnull=True)
                | (~Q(period_precision=periods.UNKNOWN) & Q(period_end__isnull=False)),
                _("A period without a date must be written as “undated”."),
            ),
        ]

    @property
    def period(self):
        return periods.Period(self.period_key, self.period_start, self.period_end, self.period_precision)

    def read_period(self):
        """Fill start, end and precision from the key. Raises ValueError on a key that cannot be read."""
        period = periods.parse(self.period_key)
        self.period_key, self.period_start, self.period_end = period.key, period.start, period.end
        self.period_precision = period.precision

    def clean(self):
        super().clean()
        try:
            self.read_period()
        except periods.Unreadable as error:
            raise ValidationError({"period_key": gettext(error.sentence) % {"text": error.text}}) from error

    def save(self, *args, **kwargs):
        self.read_period()
        super().save(*args, **kwargs)


class SourcedRow(models.Model):
    """A row that says what a source says, and where."""

    uid = models.CharField(
        max_length=UID_LENGTH,
        unique=True,
        default=new_uid,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9-]*\Z", _("Lower-case letters, digits and hyphens only."))],
        help_text=_("Permanent address. Never reused."),
    )
    source = link("indicators.Source", _("source"), optional=True)
    locator = models.CharField(
        _("page, chart or line"),
        max_length=200,
        blank=True,
        help_text=_("Where in the source: “p. 12”, “chart 3”, “line 53”."),
    )
    quote = models.CharField(
        _("passage"),
        max_length=400,
        blank=True,
        help_text=_("The few words that prove it, exactly as printed. Not more than a sentence."),
    )
    attributed_to = models.CharField(
        _("attributed to"),
        max_length=300,
        blank=True,
        help_text=_("Whom the source names for it, if that is not the source itself."),
    )

    class Meta:
        abstract = True

    def clean(self):
        """Without a source nothing is published; parts follow the state of their policy."""
        super().clean()
        stated_by = self if hasattr(self, "state") else getattr(self, "policy", None)
        if getattr(stated_by, "state", None) == Workflow.State.PUBLISHED and not self.source:
            raise ValidationError({"source": _("The source is missing: what is published needs one.")})


class WorkflowQuerySet(models.QuerySet):
    """One definition of what the public sees; all that takes this way is said of a place."""

    def published(self):
        return self.filter(state=Workflow.State.PUBLISHED)

    def for_place(self, place):
        return self.filter(place=place)


class Workflow(models.Model):
    """Draft, in review, published, withdrawn; who entered it, who checked it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class CheckStatus(models.TextChoices):
        UNCHECKED = "", _("not yet checked")
        LOADED = "loaded", _("loaded with the site, not yet checked against the original")
        NOT_SECOND_CHECKED = "not_second_checked", _("not second-checked")
        CHECKED = "checked", _("checked by a second person")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, db_index=True)
    check_status = models.CharField(
        _("checked"), max_length=20, choices=CheckStatus, default=CheckStatus.UNCHECKED, blank=True
    )
    author = link(settings.AUTH_USER_MODEL, None, optional=True, editable=False)
    reviewer = link(settings.AUTH_USER_MODEL, None, optional=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @staticmethod
    def workflow_constraints(name):
        """Published means dated, sourced and checked as far as it says it is."""
        published = Q(state="published")
        complete = Q(published_at__isnull=False) & ~Q(check_status="") & Q(source__isnull=False)
        return [
            rule(
                f"{name}_published_complete",
                ~published | complete,
                _("What is published needs a source, a date of publication and a check status."),
            ),
            rule(
                f"{name}_published_reviewed",
                ~published | Q(reviewer__isnull=False) | Q(check_status__in=["loaded", "not_second_checked"]),
                _("A figure can only be called checked when a reviewer is named."),
            ),
        ]

    @property
    def is_public(self):
        return self.state == self.State.PUBLISHED
