"""Who says so: organisations and the sources they publish."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from indicators.models.base import SLUG_LENGTH, Named, Period
from indicators.models.columns import link, rule


class Organisation(Named):
    """A publisher, issuer or participant. `family` joins publishers whose figures may be compared."""

    name_zh = models.CharField(_("name in Chinese"), max_length=200, blank=True)
    aliases = models.TextField(_("other names"), blank=True, help_text=_("One a line. All are searched."))
    family = models.SlugField(
        _("publisher family"),
        max_length=SLUG_LENGTH,
        blank=True,
        help_text=_("The same word for publishers that share methods and data."),
    )
    url = models.URLField(_("address"), max_length=500, blank=True)

    class Meta:
        ordering = ["slug"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")


class Source(Period):
    """One edition of one publication. Its period is its date of publication."""

    class Nearness(models.TextChoices):
        """How near the editors got to the original; order carries meaning, nearest first."""

        ORIGINAL = "original", _("original seen")
        OFFICIAL_COPY = "official_copy", _("official copy")
        PRESS = "press", _("press report")
        REPOST = "repost", _("repost or machine translation")
        SECONDARY = "secondary", _("secondary table")
        COMPUTED = "computed", _("computed here")

    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True)
    title = models.CharField(_("title"), max_length=300)
    title_zh = models.CharField(_("title in Chinese"), max_length=300, blank=True)
    publisher = link(Organisation, _("publisher"), related_name="sources")
    author = models.CharField(_("author as printed"), max_length=200, blank=True)
    edition = models.CharField(_("edition"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True, help_text=_("BCP 47: en, zh-Hans."))
    nearness = models.CharField(
        _("how near to the original"),
        max_length=15,
        choices=Nearness,
        help_text=_("What was before the editor's eyes when the figures were entered."),
    )
    url = models.URLField(
        _("link"), max_length=500, blank=True, help_text=_("Only a publisher's or a newspaper's own page.")
    )
    address_text = models.CharField(
        _("address, not linked"),
        max_length=500,
        blank=True,
        help_text=_("Mirrors and copies are printed as text and never linked."),
    )
    archive = models.FileField(_("archived file"), upload_to="archive/", blank=True)
    retrieved = models.DateField(_("read on"), null=True, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    attribution = models.CharField(_("attribution line"), max_length=300, blank=True)
    about = models.TextField(_("about this source"), blank=True)
    about_zh = models.TextField(_("about this source (Chinese)"), blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            *Period.period_constraints("source"),
            rule(
                "source_original_findable",
                ~Q(url="") | ~Q(address_text="") | ~Q(nearness="original") | ~Q(archive=""),
                _("An original that was seen needs an address or an archived file."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("indicators:source", args=[self.slug])
