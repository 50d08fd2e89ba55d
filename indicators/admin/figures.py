from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from indicators.admin.base import ObservatoryModelAdmin, WorkflowAdmin, folded, part_table
from indicators.models import Observation, RankingEntry, RankingList, Statement

PERIOD_AS_PRINTED = ("period_inferred", "period_text", "period_text_zh")


@admin.register(Observation)
class ObservationAdmin(WorkflowAdmin):
    """Seven boxes for the usual figure; ranks, ranges and what is rare are folded away."""

    list_display = ["place", "indicator", "period_key", "said", "state"]
    list_filter = [
        "state",
        "check_status",
        "kind",
        "source__nearness",
        ("series__indicator", admin.RelatedOnlyFieldListFilter),
        ("place", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["place", "series__indicator"]
    search_fields = [
        *("uid", "verbatim", "quote", "place__name", "place__name_zh", "place__aliases"),
        *("series__indicator__name", "series__indicator__name_zh", "series__slug", "source__title", "source__title_zh"),
    ]
    carried_over = ("series", "source", "period_key", "kind")
    fieldsets = [
        (None, {"fields": ["series", "place", "period_key", "kind", "low", "source", "locator", "verbatim"]}),
        folded(_("Upper bound, rank, tier"), "high", ("published_rank", "published_rank_to"), "tier"),
        folded(_("Passage, status"), "quote", "attributed_to", "status", "origin"),
        folded(_("Date as printed"), *PERIOD_AS_PRINTED),
    ]

    def get_changeform_initial_data(self, request):
        """No date is filled in: whoever means “undated” writes it."""
        return {"period_key": "", **super().get_changeform_initial_data(request)}

    @admin.display(description=_("indicator"), ordering="series__indicator__slug")
    def indicator(self, row):
        return row.series.indicator

    @admin.display(description=_("the source says"), ordering="low")
    def said(self, row):
        bounds = [f"{bound.normalize():f}" for bound in (row.low, row.high) if bound is not None]
        rank = f"#{row.published_rank}" if row.published_rank else row.tier
        return row.verbatim or " ".join([str(row.get_kind_display()), "–".join(dict.fromkeys(bounds)), rank])

    def response_add(self, request, obj, post_url_continue=None):
        """The next figure mostly comes from the same table: carry over what it shares with the last."""
        response = super().response_add(request, obj, post_url_continue)
        if "_addanother" in request.POST:
            shared = {name: request.POST.get(name, "") for name in self.carried_over}
            return HttpResponseRedirect(f"{response.url}?{urlencode(shared)}")
        return response


@admin.register(Statement)
class StatementAdmin(WorkflowAdmin):
    list_display = ["place", "text", "topic", "period_key", "state"]
    list_filter = ["state", "check_status", "topic", ("place", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["place", "topic"]
    search_fields = ["uid", "text", "text_zh", "quote", "place__name", "place__name_zh", "place__aliases"]
    fieldsets = [
        (None, {"fields": ["place", "topic", "text", "text_zh", "period_key", "source", "locator", "quote"]}),
        folded(_("Date as printed, attribution"), *PERIOD_AS_PRINTED, "attributed_to"),
    ]


@admin.register(RankingList)
class RankingListAdmin(ObservatoryModelAdmin):
    list_display = ["name", "name_zh", "edition", "publisher", "period_key"]
    list_select_related = ["publisher"]
    search_fields = ["name", "name_zh", "slug", "publisher__name", "publisher__name_zh"]
    inlines = [part_table(RankingEntry)]
