"""Policies on one screen: the act above, its parts below; parts follow its state."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from indicators.admin.base import NamedAdmin, PartInline, WorkflowAdmin, folded, part_table
from indicators.admin.figures import PERIOD_AS_PRINTED
from indicators.admin.sources import EditorialNoteAdmin
from indicators.models import EditorialNote
from policies import models

SOURCING = ("source", "locator", "quote")


class PartStacked(PartInline):
    """One part a block, for parts with many fields; the first line says which."""

    template = "admin/edit_inline/stacked.html"
    classes = ["collapse"]


TARGET = [
    ("statement", "statement_zh"),
    ("place", "position", "period_key"),
    ("type", "measure", "comparator", "growth_basis", "standing"),
    ("low", "high", "unit", "unit_zh"),
    ("baseline_value", "baseline_period", "indicator"),
    ("verbatim", "attributed_to"),
    SOURCING,
]
EVENT = [
    ("type", "period_key", "is_primary"),
    ("period_text", "period_text_zh", "period_inferred"),
    ("note", "note_zh"),
    SOURCING,
]
PARTICIPATION = [
    ("organisation", "name_as_stated", "name_as_stated_zh"),
    ("category", "category_zh", "batch", "period_key"),
    SOURCING,
]
RELATION = [("predicate", "object", "object_inferred", "asserted_by"), ("object_label", "object_label_zh"), SOURCING]
COUNT = [("counted", "value", "period_key", "batch"), ("category", "category_zh"), SOURCING]
PROVISION = [("kind", "number", "parent"), ("text", "text_zh"), SOURCING]


@admin.register(models.Policy)
class PolicyAdmin(WorkflowAdmin):
    list_display = ["name", "name_zh", "place", "kind", "level", "first_event_end", "state"]
    list_filter = ["state", "check_status", "kind", "level", "topics", ("place", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["place"]
    search_fields = ["name", "name_zh", "titles__text", "document_number", "slug", "place__name", "place__name_zh"]
    inlines = [
        part_table(models.PolicyTitle),
        part_table(models.PolicyParty),
        part_table(models.PolicyDocument),
        part_table(models.PolicyEvent, PartStacked, fields=EVENT),
        part_table(models.Provision, PartStacked, fields=PROVISION),
        part_table(models.DeclaredCount, PartStacked, fields=COUNT),
        part_table(models.Target, PartStacked, fields=TARGET),
        part_table(models.Participation, PartStacked, fields=PARTICIPATION),
        part_table(models.PolicyRelation, PartStacked, fk_name="policy", fields=RELATION),
        # Problems of the policy itself; those of a part are tied to it on the problem's own page.
        part_table(
            models.PolicyNoteLink,
            fields=["note"],
            verbose_name=_("known problem"),
            verbose_name_plural=_("known problems"),
        ),
    ]
    fieldsets = [
        (None, {"fields": ["name", "name_zh", "slug", "place", "kind", "level", "topics", *SOURCING]}),
        folded(_("Programme period"), "period_key", *PERIOD_AS_PRINTED),
        folded(_("Abstract"), "abstract", "abstract_zh"),
        folded(_("Package, number"), ("package", "package_role"), "document_number"),
        folded(_("Legal status"), "legal_status_set", "legal_status_reason"),
    ]


@admin.register(models.Target)
class TargetAdmin(WorkflowAdmin):
    """Targets outside policies are entered here; those of a policy are shown, and changed on its page."""

    list_display = ["statement", "place", "policy", "period_key", "standing", "state"]
    list_filter = ["state", "standing", "type", ("place", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["place", "policy"]
    search_fields = ["uid", "statement", "statement_zh", "verbatim", "place__name", "place__name_zh", "policy__name"]
    readonly_fields = [*WorkflowAdmin.readonly_fields, "policy"]
    fieldsets = [(None, {"fields": ["policy", *TARGET]}), folded(_("Date as printed"), *PERIOD_AS_PRINTED)]


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


class PartLookup(admin.ModelAdmin):
    """Parts can be found, for ties to known problems, but are changed on their policy's page alone."""

    list_display = ["__str__", "policy"]
    list_select_related = ["policy"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    has_delete_permission = has_change_permission

    def has_module_permission(self, request):
        return False


for model, *searched in (
    (models.PolicyEvent, "note", "note_zh", "type"),
    (models.Provision, "text", "text_zh"),
    (models.DeclaredCount, "counted", "category", "category_zh", "=value"),
    (models.Participation, "name_as_stated", "name_as_stated_zh", "organisation__name", "organisation__name_zh"),
    (models.PolicyRelation, "object_label", "object_label_zh", "object__name", "object__name_zh"),
):
    admin.site.register(model, PartLookup, search_fields=["policy__name", "policy__name_zh", *searched])


admin.site.unregister(EditorialNote)


@admin.register(EditorialNote)
class NoteOfBothAdmin(EditorialNoteAdmin):
    inlines = [
        *EditorialNoteAdmin.inlines,
        part_table(models.PolicyNoteLink, verbose_name_plural=_("what it concerns among policies")),
    ]
