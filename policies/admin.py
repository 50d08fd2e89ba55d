"""Policies on one screen: the act above, its parts below; parts follow its state."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from indicators.admin.base import ObservatoryModelAdmin, PartInline, WorkflowAdmin, folded
from indicators.admin.figures import PERIOD_AS_PRINTED
from indicators.admin.sources import EditorialNoteAdmin
from indicators.models import EditorialNote
from policies import models

SOURCING = ("source", "locator", "quote")


class PartStacked(PartInline):
    """One part a block, for parts with many fields; the first line says which."""

    template = "admin/edit_inline/stacked.html"
    classes = ["collapse"]


class TitleInline(PartInline):
    model = models.PolicyTitle


class PartyInline(PartInline):
    model = models.PolicyParty
    autocomplete_fields = ["organisation"]


class DocumentInline(PartInline):
    model = models.PolicyDocument
    autocomplete_fields = ["source"]


class EventInline(PartStacked):
    model = models.PolicyEvent
    autocomplete_fields = ["source"]
    fields = [
        ("type", "period_key", "is_primary"),
        ("period_text", "period_text_zh", "period_inferred"),
        ("note", "note_zh"),
        SOURCING,
    ]


class ProvisionInline(PartStacked):
    model = models.Provision
    autocomplete_fields = ["source", "parent"]
    fields = [("kind", "number", "parent"), ("text", "text_zh"), SOURCING]


class DeclaredCountInline(PartStacked):
    model = models.DeclaredCount
    autocomplete_fields = ["source"]
    fields = [("counted", "value", "period_key", "batch"), ("category", "category_zh"), SOURCING]


class TargetInline(PartStacked):
    model = models.Target
    autocomplete_fields = ["source", "place", "indicator"]
    fields = [
        ("statement", "statement_zh"),
        ("place", "position", "period_key"),
        ("type", "measure", "comparator", "growth_basis", "standing"),
        ("low", "high", "unit", "unit_zh"),
        ("baseline_value", "baseline_period", "indicator"),
        ("verbatim", "attributed_to"),
        SOURCING,
    ]


class ParticipationInline(PartStacked):
    model = models.Participation
    autocomplete_fields = ["source", "organisation"]
    fields = [
        ("organisation", "name_as_stated", "name_as_stated_zh"),
        ("category", "category_zh", "batch", "period_key"),
        SOURCING,
    ]


class RelationInline(PartStacked):
    model = models.PolicyRelation
    fk_name = "policy"
    autocomplete_fields = ["source", "object"]
    fields = [
        ("predicate", "object", "object_inferred", "asserted_by"),
        ("object_label", "object_label_zh"),
        SOURCING,
    ]


class NoteInline(PartInline):
    """Known problems of the policy itself; those of a part are tied to it on the problem's own page."""

    model = models.PolicyNoteLink
    fields = ["note"]
    autocomplete_fields = ["note"]
    verbose_name = _("known problem")
    verbose_name_plural = _("known problems")


@admin.register(models.Policy)
class PolicyAdmin(WorkflowAdmin):
    list_display = ["name", "name_zh", "place", "kind", "level", "first_event_end", "state"]
    list_filter = ["state", "check_status", "kind", "level", "topics", ("place", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["place"]
    search_fields = ["name", "name_zh", "titles__text", "document_number", "slug", "place__name", "place__name_zh"]
    autocomplete_fields = ["place", "package", "topics", "source"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [
        *(TitleInline, PartyInline, DocumentInline, EventInline, ProvisionInline, DeclaredCountInline),
        *(TargetInline, ParticipationInline, RelationInline, NoteInline),
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
    autocomplete_fields = ["place", "indicator", "source"]
    readonly_fields = [*WorkflowAdmin.readonly_fields, "policy"]
    fieldsets = [
        (None, {"fields": ["policy", *TargetInline.fields]}),
        folded(_("Date as printed"), *PERIOD_AS_PRINTED),
    ]


@admin.register(models.Designation)
class DesignationAdmin(WorkflowAdmin):
    list_display = ["place", "programme", "standing", "period_key", "batch", "state"]
    list_filter = ["state", "standing", "programme", ("place", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["place", "programme"]
    search_fields = ["uid", "programme__name", "programme__name_zh", "place__name", "place__name_zh", "note", "note_zh"]
    autocomplete_fields = ["place", "programme", "source"]
    fieldsets = [
        (None, {"fields": ["place", "programme", "standing", "period_key", "batch", *SOURCING]}),
        folded(_("Remark, date as printed"), "note", "note_zh", *PERIOD_AS_PRINTED),
    ]


class NamedAdmin(ObservatoryModelAdmin):
    list_display = ["name", "name_zh"]
    search_fields = ["name", "name_zh", "slug"]
    prepopulated_fields = {"slug": ["name"]}


admin.site.register(models.Package, NamedAdmin)
admin.site.register(models.Programme, NamedAdmin, autocomplete_fields=["awarded_by"])


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


class PolicyNoteLinkInline(PartInline):
    model = models.PolicyNoteLink
    autocomplete_fields = models.PolicyNoteLink.SUBJECTS
    verbose_name = verbose_name_plural = _("what it concerns among policies")


admin.site.unregister(EditorialNote)


@admin.register(EditorialNote)
class NoteOfBothAdmin(EditorialNoteAdmin):
    inlines = [*EditorialNoteAdmin.inlines, PolicyNoteLinkInline]
