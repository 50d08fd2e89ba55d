"""How a series is worked out from others, and which very figures each value used."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indicators import derivations
from indicators.models.columns import amount, link, once, rule


class Derivation(models.Model):
    """The recipe of one computed series. Periods pair strictly unless a lag is declared; the lag is shown."""

    class Method(models.TextChoices):
        RATIO = derivations.RATIO, _("ratio")
        SHARE = derivations.SHARE, _("share")
        GROWTH = derivations.GROWTH, _("growth")
        COMPOUND_GROWTH = derivations.COMPOUND_GROWTH, _("compound growth a year")
        BASE_INDEX = derivations.BASE_INDEX, _("index on a base year")

    series = models.OneToOneField(
        "indicators.Series", models.CASCADE, related_name="derivation", verbose_name=_("series")
    )
    method = models.CharField(_("method"), max_length=16, choices=Method)
    numerator = link("indicators.Series", _("of"), help_text=_("The figures above the line."))
    denominator = link("indicators.Series", _("divided by"), optional=True)
    denominator_indicator = link(
        "indicators.Indicator",
        _("divided by any series of"),
        optional=True,
        help_text=_("The preferred series that has the period answers."),
    )
    scale = models.DecimalField(_("times"), max_digits=16, decimal_places=0, default=1)
    lag = models.PositiveSmallIntegerField(
        _("lag in years"),
        default=0,
        help_text=_("How many years older the figure below the line may be; printed on the page."),
    )
    span = models.PositiveSmallIntegerField(_("span in years"), null=True, blank=True)
    base_period = models.CharField(_("base year"), max_length=4, blank=True)
    base_value = models.DecimalField(_("index at the base year"), max_digits=10, decimal_places=2, default=100)
    minimum_denominator = amount(
        _("smallest figure below the line"), help_text=_("Below it the quotient says nothing and is not worked out.")
    )
    decimals = models.PositiveSmallIntegerField(_("decimals kept"), default=2, validators=[MaxValueValidator(6)])

    class Meta:
        ordering = ["series__slug"]
        verbose_name = _("derivation")
        verbose_name_plural = _("derivations")
        constraints = [
            rule(
                "derivation_denominator",
                Q(method__in=["ratio", "share"], denominator__isnull=False, denominator_indicator__isnull=True)
                | Q(method__in=["ratio", "share"], denominator__isnull=True, denominator_indicator__isnull=False)
                | Q(
                    method__in=["growth", "compound_growth", "base_index"],
                    denominator__isnull=True,
                    denominator_indicator__isnull=True,
                ),
                _("A ratio or share is divided by one series or one indicator; growth by nothing."),
            ),
            rule(
                "derivation_span",
                ~Q(method__in=["growth", "compound_growth"]) | Q(span__isnull=False, span__gte=1),
                _("Growth needs the number of years it spans."),
            ),
            rule("derivation_base", ~Q(method="base_index") | ~Q(base_period=""), _("An index needs its base year.")),
        ]

    def __str__(self):
        return f"{self.series}: {self.get_method_display()}"


class ObservationPart(models.Model):
    """The very figure a computed value used."""

    class Role(models.TextChoices):
        NUMERATOR = "numerator", _("above the line")
        DENOMINATOR = "denominator", _("below the line")
        LATER = "later", _("later figure")
        EARLIER = "earlier", _("earlier figure")
        BASE = "base", _("base year")

    whole = link("indicators.Observation", None, related_name="parts", on_delete=models.CASCADE)
    part = link("indicators.Observation", None, related_name="wholes")
    role = models.CharField(max_length=12, choices=Role)

    class Meta:
        ordering = ["whole_id", "-role"]
        constraints = [once("part_once", ["whole", "role"])]

    def __str__(self):
        return f"{self.whole}: {self.get_role_display()} {self.part}"
