"""Parts as known problems point to them: found here, changed on their policy's page alone."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from indicators.admin.base import part_table
from indicators.admin.sources import EditorialNoteAdmin
from indicators.models import EditorialNote
from policies import models


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


class ProvisionLookup(PartLookup):
    def get_search_results(self, request, queryset, search_term):
        """The form of a policy offers what that policy holds."""
        policy = request.GET.get("policy")
        if policy is not None:
            queryset = queryset.filter(policy=policy) if policy.isdecimal() else queryset.none()
        return super().get_search_results(request, queryset, search_term)


for model, *searched in (
    (models.PolicyEvent, "note", "note_zh", "type"),
    (models.Provision, "text", "text_zh"),
    (models.DeclaredCount, "counted", "category", "category_zh", "=value"),
    (models.Participation, "name_as_stated", "name_as_stated_zh", "organisation__name", "organisation__name_zh"),
    (models.PolicyRelation, "object_label", "object_label_zh", "object__name", "object__name_zh"),
):
    lookup = ProvisionLookup if model is models.Provision else PartLookup
    admin.site.register(model, lookup, search_fields=["policy__name", "policy__name_zh", *searched])


admin.site.unregister(EditorialNote)


@admin.register(EditorialNote)
class NoteOfBothAdmin(EditorialNoteAdmin):
    inlines = [
        *EditorialNoteAdmin.inlines,
        part_table(models.PolicyNoteLink, verbose_name_plural=_("what it concerns among policies")),
    ]
