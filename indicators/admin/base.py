"""What the admin pages share: reasons, permanent addresses, parts that follow their owner, the steps to the public."""

from decimal import Decimal

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import display_for_field
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from simple_history.admin import SimpleHistoryAdmin

from indicators import workflow
from indicators.admin.rows import KnownChoiceField, KnownSelect, RowForm, RowsFormSet

NOT_SHOWN = (
    *workflow.NOT_COPIED,
    "period_start",
    "period_end",
    "period_precision",
    "first_event_start",
    "first_event_end",
)


def folded(title, *fields):
    """A fieldset for what is seldom needed."""
    return title, {"classes": ["collapse"], "fields": fields}


class ReasonForm(forms.ModelForm):
    change_reason = forms.CharField(
        label=gettext_lazy("Reason for the change"),
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("Kept in the history for good. Needed where the change is public at once."),
    )
    reason_needed = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["change_reason"].required = self.reason_needed


class Searching:
    """What a row points to is searched for by name, not chosen from a list of hundreds."""

    def get_autocomplete_fields(self, request):
        searchable = {model for model, its_admin in self.admin_site._registry.items() if its_admin.search_fields}
        fields = (*self.opts.fields, *self.opts.many_to_many)
        return [field.name for field in fields if field.related_model in searchable]


class ObservatoryModelAdmin(Searching, admin.ModelAdmin):
    """An address is made of the name and typed once: it is permanent."""

    list_per_page = 50
    list_max_show_all = 200
    show_facets = admin.ShowFacets.ALWAYS
    permanent = ("slug",)

    class Media:
        css = {"all": ["css/admin.css"]}
        js = ["js/admin.js"]

    def is_new(self, obj):
        return obj is None or obj.pk is None

    def get_readonly_fields(self, request, obj=None):
        fixed = () if self.is_new(obj) else self.permanent
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_prepopulated_fields(self, request, obj=None):
        named = [field.name for field in self.opts.fields if field.name in ("slug", "name", "title")]
        return {"slug": named[1:]} if self.is_new(obj) and named[:1] == ["slug"] else {}

    def view_on_site(self, obj):
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") and getattr(obj, "is_public", True) else None


class NamedAdmin(ObservatoryModelAdmin):
    list_display = ["name", "name_zh"]
    search_fields = ["name", "name_zh", "slug"]


class HistoryAdmin(ObservatoryModelAdmin, SimpleHistoryAdmin):
    """Rows with a history. What is public at once asks why it is changed."""

    form = ReasonForm
    reason_needed = True

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.reason_needed = change and self.reason_needed
        return form

    def get_fieldsets(self, request, obj=None):
        """The reason last, and only where there is something to change."""
        asked = obj is not None and self.has_change_permission(request, obj)
        fieldsets = [
            (name, {**options, "fields": [field for field in options["fields"] if field != "change_reason"]})
            for name, options in super().get_fieldsets(request, obj)
        ]
        return [*fieldsets, (None, {"fields": ["change_reason"]})] if asked else fieldsets

    def save_model(self, request, obj, form, change):
        obj._change_reason = form.cleaned_data.get("change_reason") or None
        super().save_model(request, obj, form, change)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """The list shows old and new; the package's form could save an old version, state included, past review."""
        raise Http404


class PartInline(Searching, admin.TabularInline):
    """Parts belong to their owner: who may change it may change them, and while it is closed they are closed."""

    extra = 0
    show_change_link = False
    form = RowForm
    formset = RowsFormSet

    def get_queryset(self, request):
        searched = self.get_autocomplete_fields(request)
        return super().get_queryset(request).select_related(*searched) if searched else super().get_queryset(request)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            widget = KnownSelect(db_field, self.admin_site)
            kwargs = {"form_class": KnownChoiceField, "widget": widget} | kwargs
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        owner = self.admin_site._registry[self.parent_model]
        return owner.has_change_permission(request, obj) or (obj is None and owner.has_add_permission(request))

    has_delete_permission = has_change_permission

    def has_add_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def has_view_permission(self, request, obj=None):
        return self.admin_site._registry[self.parent_model].has_view_permission(request, obj)


def part_table(model, base=PartInline, **options):
    """An inline for a part that needs no code of its own."""
    return type(f"{model.__name__}Inline", (base,), {"model": model, **options})


def step_action(step):
    """The step as an action on a list."""

    def action(model_admin, request, queryset):
        return model_admin.take_step(request, step, list(queryset))

    action.__name__ = step
    action.short_description = workflow.STEPS[step].label
    action.allowed_permissions = ["review" if workflow.STEPS[step].reviewers_only else "change"]
    return action


class WorkflowAdmin(HistoryAdmin):
    """Drafts are edited; everything else moves by steps, each with its permission and its line in the history."""

    reason_needed = False
    actions = [step_action(step) for step in workflow.STEPS]
    bookkeeping = readonly_fields = ("state", "check_status", "author", "reviewer", "published_at", "uid")

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj is None else [*fieldsets, (_("State and address"), {"fields": self.bookkeeping})]

    def is_new(self, obj):
        return super().is_new(obj) or not obj.history.filter(state=obj.State.PUBLISHED).exists()

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or workflow.is_editable(obj))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or workflow.is_editable(obj))

    def has_review_permission(self, request):
        return workflow.may(step="publish", model=self.model, user=request.user)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.author = request.user
        super().save_model(request, obj, form, change)

    def get_urls(self):
        info = (self.opts.app_label, self.opts.model_name)
        view = self.admin_site.admin_view(self.step_view)
        return [path("<int:pk>/step/<slug:step>/", view, name="{}_{}_step".format(*info)), *super().get_urls()]

    def url(self, name, *args):
        label = f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}"
        return reverse(label, args=args, current_app=self.admin_site.name)

    def remarks(self, row):
        """What is unusual in a row and stops nothing: sentences for whoever edits or reviews it."""
        return []

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["remarks"] = self.remarks(obj) if change and obj else []
        steps = workflow.steps_open(row=obj, user=request.user) if change and obj else []
        context["steps"] = [(workflow.STEPS[step].label, self.url("step", obj.pk, step)) for step in steps]
        context["can_submit"] = "submit" in steps or (
            add and workflow.may(step="submit", model=self.model, user=request.user)
        )
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_add(self, request, obj, post_url_continue=None):
        if "_submit" in request.POST:
            return self.take_step(request, "submit", [obj])
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        if "_submit" in request.POST:
            return self.take_step(request, "submit", [obj])
        return super().response_change(request, obj)

    def step_view(self, request, pk, step):
        row = get_object_or_404(self.get_queryset(request), pk=pk)
        if step not in workflow.STEPS:
            raise Http404
        if not workflow.may(step=step, model=self.model, user=request.user):
            raise PermissionDenied
        return self.take_step(request, step, [row]) if request.method == "POST" else self.ask(request, step, [row])

    def take_step(self, request, step, rows):
        """Take the step on every row that allows it, each in its own transaction, and say what came of it."""
        options = {"user": request.user}
        if workflow.STEPS[step].asks_reason:
            options["reason"] = request.POST.get("reason", "").strip()
            if not options["reason"]:
                return self.ask(request, step, rows)
        taken = []
        for row in rows:
            try:
                taken.append(workflow.STEPS[step].take(row=row, **options))
            except (PermissionDenied, ValidationError) as refused:
                self.message_user(request, f"{row}: {in_words(refused, row)}", messages.ERROR)
        if taken:
            said = ngettext("%(step)s: %(count)d row.", "%(step)s: %(count)d rows.", len(taken))
            said %= {"step": workflow.STEPS[step].label, "count": len(taken)}
            self.message_user(request, said, messages.SUCCESS)
        row = (taken or rows)[0]
        return HttpResponseRedirect(self.url("change", row.pk) if len(rows) == 1 else self.url("changelist"))

    def ask(self, request, step, rows):
        hindrances = [workflow.hindrance(step=step, row=row, user=request.user) for row in rows]
        return self.ask_page(request, workflow.STEPS[step], rows, action=step, hindrances=hindrances)

    def ask_page(self, request, step, rows, **context):
        """What will be done to what, and why."""
        context |= self.admin_site.each_context(request) | {
            "title": step.label,
            "opts": self.opts,
            "step": step,
            "rows": [(row, self.url("change", row.pk), self.comparison(row), self.remarks(row)) for row in rows],
            "checkbox": ACTION_CHECKBOX_NAME,
            "reason_missing": request.method == "POST" and "reason" in request.POST,
        }
        return TemplateResponse(request, "admin/step.html", context)

    def comparison(self, row):
        """Every filled field: its label, what the row it corrects says, what this row says."""
        old, lines = getattr(row, "replaces", None), []
        for field in row._meta.concrete_fields:
            now, before = shown(row, field), shown(old, field) if old else ""
            if field.name not in NOT_SHOWN and (now or before):
                lines.append((capfirst(field.verbose_name), before, now, bool(old) and now != before))
        return lines


def shown(row, field):
    value = getattr(row, field.name)
    if value in (None, "", False):
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value if field.is_relation else display_for_field(value, field, "")


def in_words(refused, row):
    """The sentences of an error, each behind the name of its field where it has one."""
    if not hasattr(refused, "error_dict"):
        return " ".join(getattr(refused, "messages", [str(refused)]))
    labels = {field.name: capfirst(field.verbose_name) for field in row._meta.concrete_fields}
    lines = [(labels.get(name), " ".join(said)) for name, said in refused.message_dict.items()]
    return " ".join(f"{label}: {said}" if label else said for label, said in lines)
