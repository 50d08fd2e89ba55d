"""Policies on one screen: the act above, its parts below; parts follow its state."""

from django.contrib import admin
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.admin.base import WorkflowAdmin, folded
from indicators.admin.figures import PERIOD_AS_PRINTED
from policies import models
from policies.admin.parts import INLINES, SOURCING


@admin.register(models.Policy)
class PolicyAdmin(WorkflowAdmin):
    list_display = ["name", "name_zh", "place", "kind", "level", "first_event_end", "state"]
    list_filter = ["state", "check_status", "kind", "level", "topics", ("place", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["place"]
    search_fields = ["name", "name_zh", "titles__text", "document_number", "slug", "place__name", "place__name_zh"]
    inlines = INLINES
    fieldsets = [
        (None, {"fields": ["name", "name_zh", "slug", "place", "kind", "level", "topics", *SOURCING]}),
        folded(gettext_lazy("Programme period"), "period_key", *PERIOD_AS_PRINTED),
        folded(gettext_lazy("Abstract"), "abstract", "abstract_zh"),
        folded(gettext_lazy("Package, number"), ("package", "package_role"), "document_number"),
        folded(gettext_lazy("Legal status"), "legal_status_set", "legal_status_reason"),
    ]

    def get_inline_formsets(self, request, formsets, inline_instances, obj=None):
        """Headings say how much is folded away below them."""
        for inline, formset in zip(inline_instances, formsets, strict=True):
            if count := formset.initial_form_count():
                parts = {"parts": capfirst(inline.verbose_name_plural), "count": count}
                inline.verbose_name_plural = _("%(parts)s (%(count)d)") % parts
        return super().get_inline_formsets(request, formsets, inline_instances, obj)
