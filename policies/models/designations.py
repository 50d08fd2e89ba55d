"""Pilots and titles, held or sought."""

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from indicators.models import Period, SourcedRow, Workflow, WorkflowQuerySet
from indicators.models.base import Named
from indicators.models.columns import link, once, rule


class Programme(Named):
    """What is awarded: a pilot zone, a demonstration base, a title."""

    awarded_by = models.ForeignKey(
        "indicators.Organisation", models.PROTECT, null=True, blank=True, verbose_name=_("awarded by")
    )
    awarded_by_as_stated = models.CharField(_("awarded by (as stated)"), max_length=200, blank=True)
    complete = models.BooleanField(
        _("list is whole"), default=False, help_text=_("Otherwise a city that is absent here is unknown, not without.")
    )
    complete_note = models.CharField(_("how far the list reaches"), max_length=300, blank=True)
    complete_note_zh = models.CharField(_("how far the list reaches (Chinese)"), max_length=300, blank=True)

    class Meta:
        ordering = ["slug"]
        verbose_name = _("programme of pilots and titles")
        verbose_name_plural = _("programmes of pilots and titles")


class Designation(SourcedRow, Period, Workflow):
    """A place holds or seeks a title; its period is the award."""

    class Standing(models.TextChoices):
        HELD = "held", _("held")
        SOUGHT = "sought", _("sought")

    place = link("indicators.Place", _("city"), related_name="designations", optional=True)
    name_as_printed = models.CharField(
        _("name as printed"), max_length=120, blank=True, help_text=_("For places that have no page here.")
    )
    programme = link(Programme, _("pilot or title"), related_name="designations")
    standing = models.CharField(_("held or sought"), max_length=6, choices=Standing)
    batch = models.CharField(_("batch"), max_length=60, blank=True)
    note = models.CharField(_("remark"), max_length=300, blank=True)
    note_zh = models.CharField(_("remark (Chinese)"), max_length=300, blank=True)

    objects = WorkflowQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["place__slug", F("period_end").asc(nulls_last=True), "programme__slug"]
        verbose_name = _("pilot or title")
        verbose_name_plural = _("pilots and titles")
        constraints = [
            once(
                "designation_once",
                ["place", "programme", "batch", "note"],
                message=_("This title of this city is already listed."),
            ),
            rule(
                "designation_named",
                models.Q(place__isnull=False) | ~models.Q(name_as_printed=""),
                _("Give the city, or its name as printed."),
            ),
            *Period.period_constraints("designation"),
            *Workflow.workflow_constraints("designation"),
        ]

    def __str__(self):
        return f"{self.place.name if self.place else self.name_as_printed}: {self.programme.name}"
