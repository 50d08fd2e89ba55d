"""Places, the groups they are ranked among, and the key figures of a profile."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from indicators.models.base import Named
from indicators.models.columns import link, once, rule


class PlaceQuerySet(models.QuerySet):
    def cities(self):
        return self.filter(is_city=True)


def degrees(most):
    within = [MinValueValidator(-most), MaxValueValidator(most)]
    return models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True, validators=within)


class Place(Named):
    """A country, province, prefecture or district. Beijing is at once province-level and a city."""

    class Level(models.TextChoices):
        COUNTRY = "country", _("country")
        PROVINCE = "province", _("province level")
        PREFECTURE = "prefecture", _("prefecture level")
        DISTRICT = "district", _("district level")

    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("name in Chinese"), max_length=60)
    aliases = models.TextField(
        _("other names"),
        blank=True,
        help_text=_("One a line: hand-checked pinyin, former names, spellings. All are searched."),
    )
    code = models.CharField(
        _("GB/T 2260 code"), max_length=6, blank=True, validators=[RegexValidator(r"^\d{6}$", _("Six digits."))]
    )
    level = models.CharField(_("administrative level"), max_length=10, choices=Level)
    is_city = models.BooleanField(_("is a city"), default=False, help_text=_("Apart from the level: Beijing is both."))
    parent = link("self", _("part of"), related_name="children", optional=True)
    latitude = degrees(90)
    longitude = degrees(180)
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("Markdown. Two or three sentences; every number in it needs its figure.")
    )
    summary_zh = models.TextField(_("summary (Chinese)"), blank=True)
    photo = models.ImageField(
        _("photo"), upload_to="places/", blank=True, width_field="photo_width", height_field="photo_height"
    )
    photo_width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    photo_height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    photo_credit = models.CharField(_("photo credit and licence"), max_length=200, blank=True)
    photo_alt = models.CharField(_("what the photo shows"), max_length=200, blank=True)
    photo_alt_zh = models.CharField(_("what the photo shows (Chinese)"), max_length=200, blank=True)

    objects = PlaceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("city or region")
        verbose_name_plural = _("cities")
        constraints = [
            once("place_code_once", ["code"], where=~Q(code=""), message=_("Another place has this GB/T 2260 code.")),
            rule(
                "place_coordinates_paired",
                Q(latitude__isnull=True, longitude__isnull=True) | Q(latitude__isnull=False, longitude__isnull=False),
                _("Give both latitude and longitude, or neither."),
            ),
            rule(
                "place_photo_credited",
                Q(photo="") | (~Q(photo_credit="") & ~Q(photo_alt="") & ~Q(photo_alt_zh="")),
                _("A photo needs its credit and what it shows, in English and Chinese."),
            ),
            rule(
                "place_not_own_parent",
                Q(parent__isnull=True) | ~Q(parent=F("id")),
                _("A place cannot be part of itself."),
            ),
        ]

    def __str__(self):
        return f"{self.name} {self.name_zh}"

    def clean(self):
        super().clean()
        missing = [name for name in ("photo_credit", "photo_alt", "photo_alt_zh") if not getattr(self, name)]
        if self.photo and missing:
            raise ValidationError(dict.fromkeys(missing, _("A photo cannot be shown without this.")))

    def get_absolute_url(self):
        return reverse("indicators:city" if self.is_city else "indicators:region", args=[self.slug])


class PlaceGroup(Named):
    """Among whom a place is ranked. Its size may be stated although its members are not."""

    name = models.CharField(
        _("name"), max_length=160, help_text=_("Reads after “among”: “the 50 largest cities by GDP in 2021”.")
    )
    name_zh = models.CharField(_("name in Chinese"), max_length=160)
    definition = models.TextField(_("definition"), blank=True)
    definition_zh = models.TextField(_("definition (Chinese)"), blank=True)
    stated_size = models.PositiveIntegerField(
        _("stated size"),
        null=True,
        blank=True,
        help_text=_("How many members the source says there are, if the list is not printed."),
    )
    members_known = models.BooleanField(_("members known"), default=False)
    members = models.ManyToManyField(Place, blank=True, related_name="groups", verbose_name=_("members"))

    class Meta:
        ordering = ["slug"]
        verbose_name = _("city group")
        verbose_name_plural = _("city groups")

    def known(self):
        """Keys of the members; None where the source does not print them."""
        return {member.pk for member in self.members.all()} if self.members_known else None


class KeyFigure(models.Model):
    """A headline figure of a profile; without a place it is the default for every city."""

    place = link(Place, _("city"), related_name="key_figures", on_delete=models.CASCADE, optional=True)
    indicator = models.ForeignKey("indicators.Indicator", models.CASCADE, verbose_name=_("indicator"))
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("key figure")
        verbose_name_plural = _("key figures")
        constraints = [
            once("key_figure_once", ["place", "indicator"], message=_("This figure is already a key figure here.")),
            once(
                "key_figure_default_once",
                ["indicator"],
                where=Q(place__isnull=True),
                message=_("This figure is already a key figure of every city."),
            ),
        ]

    def __str__(self):
        return f"{self.place or _('every city')}: {self.indicator}"
