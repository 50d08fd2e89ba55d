"""Published rankings, list by list as printed."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from indicators.models.base import Named, Period
from indicators.models.columns import link, once, rule


class RankingList(Named, Period):
    """One edition of one publisher's ranking. Its period is the data year; `edition` is the year of publication."""

    publisher = link("indicators.Organisation", _("publisher"), related_name="ranking_lists")
    edition = models.CharField(_("edition"), max_length=60)
    measures = models.TextField(_("what it measures"), blank=True)
    measures_zh = models.TextField(_("what it measures (Chinese)"), blank=True)
    group = link("indicators.PlaceGroup", _("universe"), optional=True)
    stated_length = models.PositiveSmallIntegerField(_("stated length"), null=True, blank=True)
    topic = link("indicators.Topic", _("topic"), related_name="ranking_lists", optional=True)
    series = link(
        "indicators.Series",
        _("read by the series"),
        related_name="ranking_lists",
        optional=True,
        help_text=_("The ranks of this list are figures of that series too; the list stands once."),
    )
    method_known = models.BooleanField(_("method known"), default=False)
    source = link("indicators.Source", _("source"), related_name="ranking_lists")

    class Meta:
        ordering = ["slug"]
        verbose_name = _("published ranking")
        verbose_name_plural = _("published rankings")
        constraints = [*Period.period_constraints("rankinglist")]

    def __str__(self):
        return f"{self.name}, {self.edition}"

    def get_absolute_url(self):
        return reverse("indicators:ranking_list", args=[self.slug])


class RankingEntry(models.Model):
    """One line of a list: a place, or a name as printed, with a rank or a tier."""

    ranking = link(RankingList, _("list"), related_name="entries", on_delete=models.CASCADE)
    position = models.PositiveSmallIntegerField(_("line"))
    place = link("indicators.Place", _("city"), related_name="ranking_entries", optional=True)
    name_as_printed = models.CharField(_("name as printed"), max_length=120, blank=True)
    rank = models.PositiveSmallIntegerField(_("rank"), null=True, blank=True)
    rank_to = models.PositiveSmallIntegerField(_("rank, to"), null=True, blank=True)
    tier = models.CharField(_("tier"), max_length=80, blank=True)
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=6, null=True, blank=True)
    verbatim = models.CharField(_("words as printed"), max_length=200, blank=True)

    class Meta:
        ordering = ["ranking_id", "position"]
        verbose_name = _("line of a ranking")
        verbose_name_plural = _("lines of a ranking")
        constraints = [
            once("entry_line_once", ["ranking", "position"]),
            once("entry_place_once", ["ranking", "place"]),
            rule(
                "entry_named",
                Q(place__isnull=False) | ~Q(name_as_printed=""),
                _("Give the city, or its name as printed."),
            ),
            rule("entry_ranked", Q(rank__isnull=False) | ~Q(tier=""), _("Give the rank or the tier.")),
            rule(
                "entry_rank_order",
                Q(rank_to__isnull=True) | Q(rank_to__gt=F("rank")),
                _("The second rank must be below the first in the list."),
            ),
        ]

    def __str__(self):
        return f"{self.rank or self.tier} {self.place or self.name_as_printed}"
