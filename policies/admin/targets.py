"""Targets on a page of their own."""

from django.contrib import admin

from indicators.admin.base import WorkflowAdmin
from policies import models
from policies.admin.parts import TARGET


@admin.register(models.Target)
class TargetAdmin(WorkflowAdmin):
    """Targets outside policies are entered here; those of a policy are shown, and changed on its page."""

    list_display = ["statement", "place", "policy", "period_key", "standing", "state"]
    list_filter = ["state", "standing", "type", ("place", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["place", "policy"]
    search_fields = ["uid", "statement", "statement_zh", "verbatim", "place__name", "place__name_zh", "policy__name"]
    readonly_fields = [*WorkflowAdmin.readonly_fields, "policy"]
    fieldsets = [(None, {"fields": ["policy", *TARGET]})]
