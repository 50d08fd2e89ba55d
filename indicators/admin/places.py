from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from indicators import photos
from indicators.admin.base import HistoryAdmin, NamedAdmin, ObservatoryModelAdmin, folded, part_table
from indicators.models import KeyFigure, Place, PlaceGroup


@admin.register(Place)
class PlaceAdmin(HistoryAdmin):
    list_display = ["name", "name_zh", "level", "is_city", "parent", "code"]
    list_filter = ["is_city", "level", ("parent", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["parent"]
    search_fields = ["name", "name_zh", "aliases", "slug", "=code"]
    formfield_overrides = {models.ImageField: {"form_class": photos.PhotoField}}
    inlines = [part_table(KeyFigure)]
    fieldsets = [
        (None, {"fields": ["name", "name_zh", "slug", "aliases", "level", "is_city", "parent", "code"]}),
        (_("Photo"), {"fields": ["photo", "photo_credit", "photo_alt", "photo_alt_zh"]}),
        folded(_("Summary"), "summary", "summary_zh"),
        folded(_("Coordinates"), "latitude", "longitude"),
    ]

    def save_model(self, request, obj, form, change):
        files = getattr(form.cleaned_data.get("photo"), "renditions", None)
        if files:
            obj.photo = photos.store(files)
        super().save_model(request, obj, form, change)


@admin.register(PlaceGroup)
class PlaceGroupAdmin(NamedAdmin):
    list_display = ["name", "name_zh", "stated_size", "members_known"]
    list_filter = ["members_known"]


@admin.register(KeyFigure)
class KeyFigureAdmin(ObservatoryModelAdmin):
    """The key figures every city shows; those of one city stand on its own page."""

    list_display = ["indicator", "position"]
    list_select_related = ["indicator"]
    fields = ["indicator", "position"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(place=None)
