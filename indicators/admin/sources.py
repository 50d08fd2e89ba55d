from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from indicators.admin.base import HistoryAdmin, ObservatoryModelAdmin, folded, part_table
from indicators.models import EditorialNote, NoteLink, Organisation, Source


@admin.register(Source)
class SourceAdmin(HistoryAdmin):
    """Without the archived file: no upload is kept as it came."""

    list_display = ["title", "title_zh", "publisher", "period_key", "nearness"]
    list_filter = ["nearness", "language", ("publisher", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["publisher"]
    search_fields = ["title", "title_zh", "slug", "author", "publisher__name", "publisher__name_zh", "url"]
    fieldsets = [
        (None, {"fields": ["title", "title_zh", "slug", "publisher", "period_key", "nearness", "url", "language"]}),
        folded(_("Author, edition, licence"), "author", "edition", "licence", "attribution"),
        folded(_("Address as text, date read"), "address_text", "retrieved"),
        folded(_("Date of publication as printed"), "period_inferred", "period_text", "period_text_zh"),
        folded(_("About this source"), "about", "about_zh"),
    ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "period_key":
            field.label = _("date of publication")
        return field


@admin.register(Organisation)
class OrganisationAdmin(ObservatoryModelAdmin):
    list_display = ["name", "name_zh", "family"]
    search_fields = ["name", "name_zh", "aliases", "slug"]


@admin.register(EditorialNote)
class EditorialNoteAdmin(HistoryAdmin):
    list_display = ["title", "title_zh", "kind", "excludes_from_ranking", "is_public"]
    list_filter = ["kind", "excludes_from_ranking", "is_public"]
    search_fields = ["title", "title_zh", "text", "text_zh", "slug"]
    inlines = [part_table(NoteLink)]
