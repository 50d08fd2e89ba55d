from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from indicators.admin.base import HistoryAdmin, NamedAdmin, ObservatoryModelAdmin, folded, part_table
from indicators.models import Indicator, Series, Topic

SHOWN = (("shown_factor", "shown_unit", "decimals"), ("shown_factor_zh", "shown_unit_zh", "decimals_zh"))


SERIES = part_table(
    Series,
    fields=["name", "name_zh", "slug", "family", "group", "preference", "unit_inferred"],
    prepopulated_fields={"slug": ["name"]},
    show_change_link=True,
)


@admin.register(Indicator)
class IndicatorAdmin(HistoryAdmin):
    list_display = ["name", "name_zh", "topic", "unit", "direction", "default_group"]
    list_filter = ["topic", "direction", "form"]
    list_select_related = ["topic", "default_group"]
    search_fields = ["name", "name_zh", "slug", "definition", "definition_zh"]
    inlines = [SERIES]
    fieldsets = [
        (None, {"fields": ["name", "name_zh", "slug", "topic", "definition", "definition_zh"]}),
        (_("Unit and direction"), {"fields": ["unit", "unit_zh", "direction", "default_group"]}),
        folded(_("How values are shown"), *SHOWN),
        folded(_("Family, form, formula"), "family", "form", "formula", "frequency"),
        folded(_("Rules"), "minimum_coverage", "counts_policies_of", "counted_level"),
    ]


@admin.register(Series)
class SeriesAdmin(ObservatoryModelAdmin):
    list_display = ["indicator", "name", "family", "vintage", "preference", "group"]
    list_filter = [("indicator", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["indicator", "group"]
    search_fields = ["name", "name_zh", "slug", "indicator__name", "indicator__name_zh", "family", "vintage"]


@admin.register(Topic)
class TopicAdmin(NamedAdmin):
    list_display = ["name", "name_zh", "position"]
