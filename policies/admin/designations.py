"""Pilots and titles, with the programmes that award them, and the packages acts are issued in."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from indicators.admin.base import NamedAdmin, WorkflowAdmin, folded
from indicators.admin.figures import PERIOD_AS_PRINTED
from policies import models
from policies.admin.parts import SOURCING


@admin.register(models.Designation)
class DesignationAdmin(WorkflowAdmin):
    list_display = ["place", "programme", "standing", "period_key", "batch", "state"]
    list_filter = ["state", "standing", "programme", ("place", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["place", "programme"]
    search_fields = ["uid", "programme__name", "programme__name_zh", "place__name", "place__name_zh", "note", "note_zh"]
    fieldsets = [
        (None, {"fields": ["place", "programme", "standing", "period_key", "batch", *SOURCING]}),
        folded(_("Remark, date as printed"), "note", "note_zh", *PERIOD_AS_PRINTED),
    ]


admin.site.register(models.Package, NamedAdmin)
admin.site.register(models.Programme, NamedAdmin)
