"""The admin's menu: five entries, everything else under Set-up; and the page Import and review."""

from django.contrib import admin
from django.db.models import Count, Max
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from indicators.models import LoadedRow, Workflow

MENU = ("Place", "Source", "Observation", "Policy")
REVIEW_ENTRY = {"name": _("Import and review"), "object_name": "Review", "perms": {}, "view_only": True}
LONGEST = 50  # rows of one kind on the review page; the list behind the link has the rest


class ObservatoryAdminSite(admin.AdminSite):
    site_title = _("Digital Cities Observatory")
    site_header = _("Digital Cities Observatory: the editors' desk")
    index_title = _("What do you want to do?")

    def get_urls(self):
        return [path("review/", self.admin_view(self.review), name="review"), *super().get_urls()]

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        menu = [models.pop(name) for name in MENU if name in models]
        menu.append({**REVIEW_ENTRY, "admin_url": reverse("admin:review", current_app=self.name)})
        setup = sorted(models.values(), key=lambda model: str(model["name"]).lower())
        return [self.section("menu", _("Contents"), menu), *([self.section("setup", _("Set-up"), setup)] * bool(setup))]

    def section(self, label, name, models):
        home = reverse("admin:index", current_app=self.name)
        return {"name": name, "app_label": label, "app_url": f"{home}#{label}", "models": models}

    def review(self, request):
        """What waits for a second pair of eyes, what is not finished, and what the last load brought."""
        kinds = []
        for model, model_admin in self._registry.items():
            if issubclass(model, Workflow) and model_admin.has_view_permission(request):
                kinds.append(self.waiting(request, model, model_admin))
        loads = LoadedRow.objects.values("sheet").annotate(rows=Count("pk"), last=Max("loaded_at")).order_by("sheet")
        context = self.each_context(request) | {"title": _("Import and review"), "kinds": kinds, "loads": loads}
        return TemplateResponse(request, "admin/review.html", context)

    def waiting(self, request, model, model_admin):
        info = (model._meta.app_label, model._meta.model_name)
        rows = model_admin.get_queryset(request).select_related("author").order_by("created_at", "pk")
        states = (model.State.IN_REVIEW, model.State.DRAFT)
        return {
            "name": model._meta.verbose_name_plural,
            "list_url": reverse("admin:{}_{}_changelist".format(*info), current_app=self.name),
            "states": [
                {
                    "state": state,
                    "count": rows.filter(state=state).count(),
                    "rows": [
                        (row, reverse("admin:{}_{}_change".format(*info), args=[row.pk], current_app=self.name))
                        for row in rows.filter(state=state)[:LONGEST]
                    ],
                }
                for state in states
            ],
        }
