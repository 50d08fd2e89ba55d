"""The component gallery: every part of the pages with invented examples, which lie beside its template."""

import json

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.safestring import SafeString

from indicators import charts

EXAMPLES = settings.BASE_DIR / "templates" / "config" / "components.json"


class ExampleFilter(forms.Form):
    q = forms.CharField(label="Words", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("", "any"), ("plan", "Plan")], required=False)
    year = forms.IntegerField(label="Year", help_text="Four digits", required=False)


def components(request):
    context = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    opened = request.GET.get("open")
    for row in context["table"]["rows"]:
        row["is_open"] = row["uid"] == opened
        row["panel_url"] = "?#ranking" if row["is_open"] else f"?open={row['uid']}#source"
        row["where"] = context["where"]
    context["where_page"] = {**context["where"], "page": True}
    context["form"] = ExampleFilter({"kind": "decree"})
    context["page_obj"] = Paginator(range(30), 10).page(2)
    context["photo"]["src"] = static("img/icon-180.png")
    bars = [charts.Bar("Example City A", 30), charts.Bar("Example City B", 22, "up")]
    context["bar"]["svg"] = SafeString(charts.bars([*bars, charts.Bar("Example City C", None, note="rank only")]))
    return render(request, "config/components.html", context)
