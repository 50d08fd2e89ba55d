"""Policies on one screen: the act above, its parts below; parts follow its state."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.utils import bulk_update_with_history

from indicators.admin.base import ReasonForm, WorkflowAdmin, folded
from indicators.admin.figures import PERIOD_AS_PRINTED
from indicators.models import SourcedRow
from policies import models
from policies.admin.parts import INLINES, SOURCING
from policies.amend import AMEND, amend, may_amend
from policies.warnings import warnings


class PolicyForm(ReasonForm):
    same_source = forms.BooleanField(
        label=gettext_lazy("Parts without a source take this one"),
        required=False,
        help_text=gettext_lazy("Tick it when all of them are in the source above. Page and passage can follow."),
    )


@admin.register(models.Policy)
class PolicyAdmin(WorkflowAdmin):
    form = PolicyForm
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

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if not self.has_change_permission(request, obj):
            del form.base_fields["same_source"]
        return form

    def get_fieldsets(self, request, obj=None):
        first, *others = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj):
            first = (None, {"fields": [*first[1]["fields"], "same_source"]})
        return [first, *others]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        policy = form.instance
        if form.cleaned_data["same_source"] and policy.source:
            for formset in formsets:
                if issubclass(formset.model, SourcedRow):
                    self.take_source(policy, formset.model.objects.filter(policy=policy, source=None))

    def take_source(self, policy, parts):
        """In a few queries however many they are, with a line in the history of those that have one."""
        if not hasattr(parts.model, "history"):
            parts.update(source=policy.source)
            return
        rows = list(parts)
        for row in rows:
            row.source = policy.source
        reason = _("The source of its policy")
        bulk_update_with_history(rows, parts.model, ["source"], default_change_reason=reason)

    def get_urls(self):
        view = self.admin_site.admin_view(self.amend_view)
        return [path("<int:pk>/amend/", view, name="policies_policy_amend"), *super().get_urls()]

    def amend_view(self, request, pk):
        policy = get_object_or_404(self.get_queryset(request), pk=pk)
        if not may_amend(policy=policy, user=request.user):
            raise PermissionDenied
        reason = request.POST.get("reason", "").strip()
        if not reason:
            return self.ask_page(request, AMEND, [policy])
        new = amend(policy=policy, user=request.user, reason=reason)
        self.message_user(request, _("A draft that amends it. Its parts wait for a source of their own."))
        return HttpResponseRedirect(self.url("change", new.pk))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        response = super().render_change_form(request, context, add, change, form_url, obj)
        if change and obj and may_amend(policy=obj, user=request.user):
            response.context_data["steps"].append((AMEND.label, self.url("amend", obj.pk)))
        return response

    def remarks(self, row):
        return list(warnings(row))

    def response_post_save_add(self, request, obj):
        self.say_remarks(request, obj)
        return super().response_post_save_add(request, obj)

    def response_post_save_change(self, request, obj):
        self.say_remarks(request, obj)
        return super().response_post_save_change(request, obj)

    def say_remarks(self, request, obj):
        """Saved and left: what the page itself would have said."""
        for remark in self.remarks(obj):
            self.message_user(request, f"{obj}: {remark}", messages.WARNING)

    def get_inline_formsets(self, request, formsets, inline_instances, obj=None):
        """Headings say how much is folded away below them."""
        for inline, formset in zip(inline_instances, formsets, strict=True):
            if count := formset.initial_form_count():
                parts = {"parts": capfirst(inline.verbose_name_plural), "count": count}
                inline.verbose_name_plural = _("%(parts)s (%(count)d)") % parts
        return super().get_inline_formsets(request, formsets, inline_instances, obj)
