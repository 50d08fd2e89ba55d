"""Statements: what a source says of a place that is neither a figure nor part of a policy."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from indicators.models.base import Period, SourcedRow, Workflow, WorkflowQuerySet
from indicators.models.columns import link


class Statement(SourcedRow, Period, Workflow):
    place = link("indicators.Place", _("city"), related_name="statements")
    topic = link("indicators.Topic", _("topic"), related_name="statements", optional=True)
    text = models.TextField(_("statement"), help_text=_("One sentence in the site's own words; say who claims it."))
    text_zh = models.TextField(_("statement (Chinese)"))

    objects = WorkflowQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["place__slug", "uid"]
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        constraints = [*Period.period_constraints("statement"), *Workflow.workflow_constraints("statement")]

    def __str__(self):
        return self.text[:80]

    def get_absolute_url(self):
        return reverse("figure", args=[self.uid])
