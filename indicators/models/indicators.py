"""Topics, indicators and the series that hold their figures."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from indicators.models.base import SLUG_LENGTH, Named
from indicators.models.columns import link, once, rule
from indicators.models.places import Place

TWO_THIRDS = Decimal("0.6666")


class Topic(Named):
    """One vocabulary for indicators, statements and policies."""

    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("name in Chinese"), max_length=120)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class Indicator(Named):
    """What is measured. Values are stored in the base unit and shown in a unit readers use."""

    class Direction(models.TextChoices):
        HIGHER = "higher", _("more is better")
        LOWER = "lower", _("less is better")
        NEITHER = "neither", _("neither is better")

    class Form(models.TextChoices):
        TOTAL = "total", _("total")
        PER_INHABITANT = "inhabitant", _("per inhabitant")
        SHARE = "share", _("share")

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=160)
    name_zh = models.CharField(_("name in Chinese"), max_length=160)
    topic = link(Topic, _("topic"), related_name="indicators")
    definition = models.TextField(_("definition"))
    definition_zh = models.TextField(_("definition (Chinese)"))
    unit = models.CharField(
        _("unit"), max_length=80, help_text=_("Base unit in which values are stored: persons, CNY, %, companies.")
    )
    unit_zh = models.CharField(_("unit in Chinese"), max_length=80)
    shown_factor = models.DecimalField(
        _("shown in multiples of"),
        max_digits=20,
        decimal_places=0,
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_("English pages divide by this: 1000000000 for billion yuan."),
    )
    shown_unit = models.CharField(
        _("unit shown"), max_length=80, blank=True, help_text=_("Only where it differs: billion yuan.")
    )
    shown_factor_zh = models.DecimalField(
        _("shown in multiples of (Chinese)"),
        max_digits=20,
        decimal_places=0,
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_("Chinese pages divide by this: 100000000 for 亿元."),
    )
    shown_unit_zh = models.CharField(_("unit shown (Chinese)"), max_length=80, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimal places shown"), default=0, validators=[MaxValueValidator(6)])
    decimals_zh = models.PositiveSmallIntegerField(
        _("decimal places shown (Chinese)"), default=0, validators=[MaxValueValidator(6)]
    )
    direction = models.CharField(
        _("direction"),
        max_length=7,
        choices=Direction,
        help_text=_("Mandatory: is more better, less better, or neither?"),
    )
    formula = models.CharField(
        _("formula"), max_length=200, blank=True, help_text=_("For derived indicators: how it is worked out.")
    )
    family = models.SlugField(
        _("family"),
        max_length=80,
        blank=True,
        help_text=_("The same word for total, per inhabitant and share of one quantity."),
    )
    form = models.CharField(_("form"), max_length=10, choices=Form, blank=True)
    frequency = models.CharField(_("frequency"), max_length=20, blank=True, help_text=_("yearly, once, irregular"))
    default_group = link("indicators.PlaceGroup", _("ranked among"), optional=True)
    minimum_coverage = models.DecimalField(
        _("smallest coverage for a rank"),
        max_digits=5,
        decimal_places=4,
        default=TWO_THIRDS,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=_("Below this share of the group no rank is worked out here."),
    )
    counts_policies_of = link(
        Topic,
        _("counts policies on"),
        optional=True,
        help_text=_(
            "For counts of policies: pages show beside the figure how many are listed here on or before its date."
        ),
    )

    counted_level = models.CharField(
        _("counts units at"),
        max_length=10,
        choices=Place.Level,
        blank=True,
        help_text=_("For counts of units that have such policies, not of the policies: the level of the units."),
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["topic__position", "slug"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            once(
                "indicator_one_per_form",
                ["family", "form"],
                where=~Q(family="") & ~Q(form=""),
                message=_("This family already has an indicator of this form."),
            ),
            rule(
                "indicator_coverage_share",
                Q(minimum_coverage__gte=0) & Q(minimum_coverage__lte=1),
                _("Coverage is a share between 0 and 1."),
            ),
            rule(
                "indicator_factor_positive",
                Q(shown_factor__gte=1) & Q(shown_factor_zh__gte=1),
                _("Multiples start at 1."),
            ),
        ]

    def get_absolute_url(self):
        return reverse("indicators:ranking", args=[self.slug])


class Series(Named):
    """Figures that may be compared: one indicator, publisher family, definition, territory and vintage.

    A line never crosses a series.
    """

    indicator = link(Indicator, _("indicator"), related_name="series")
    family = models.SlugField(_("publisher family"), max_length=SLUG_LENGTH)
    definition = models.TextField(
        _("definition"), blank=True, help_text=_("Only what differs from the indicator's definition.")
    )
    definition_zh = models.TextField(_("definition (Chinese)"), blank=True)
    territory = models.CharField(_("territory"), max_length=120, blank=True)
    territory_zh = models.CharField(_("territory (Chinese)"), max_length=120, blank=True)
    vintage = models.CharField(
        _("vintage"), max_length=120, blank=True, help_text=_("before or after a revision, a census, a new base")
    )
    vintage_zh = models.CharField(_("vintage (Chinese)"), max_length=120, blank=True)
    preference = models.PositiveSmallIntegerField(
        _("order of preference"), default=1, help_text=_("1 answers first; the others are one step away.")
    )
    break_note = models.TextField(_("break"), blank=True, help_text=_("Why this must not be joined to its neighbour."))
    break_note_zh = models.TextField(_("break (Chinese)"), blank=True)
    group = link(
        "indicators.PlaceGroup", _("ranks among"), optional=True, help_text=_("The group the source ranks within.")
    )
    announced_length = models.PositiveSmallIntegerField(
        _("length announced"), null=True, blank=True, help_text=_("“the top 10 are”: 10, however many names follow.")
    )
    unit_inferred = models.BooleanField(
        _("unit inferred"), default=False, help_text=_("Tick when the source prints no unit.")
    )

    class Meta:
        ordering = ["indicator__slug", "preference", "slug"]
        verbose_name = _("series")
        verbose_name_plural = _("series")
        constraints = [
            # Two constraints, because a null group never collides with another.
            once(
                "series_once",
                ["indicator", "family", "definition", "territory", "vintage", "group"],
                message=_("A series with this publisher family, definition, territory, vintage and group exists."),
            ),
            once(
                "series_once_without_group",
                ["indicator", "family", "definition", "territory", "vintage"],
                where=Q(group__isnull=True),
                message=_("A series with this publisher family, definition, territory and vintage exists."),
            ),
        ]

    def __str__(self):
        return f"{self.indicator}: {self.name}"
