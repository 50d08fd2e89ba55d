"""The component gallery: every part of the pages with invented examples, which lie beside its template."""

import json

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from indicators.drawing import scatter
from indicators.drawing.scatter import Dot, Value
from indicators.words import own_half

EXAMPLES = settings.BASE_DIR / "templates" / "config" / "components.json"


class ExampleFilter(forms.Form):
    q = forms.CharField(label=_("Words of any title, or a number"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("any")), ("plan", _("plan"))], required=False)
    year = forms.IntegerField(label=_("Year"), help_text=_("Four digits."), required=False)


def half(value):
    """The examples in the page's language: every string of the file holds “English / 中文”."""
    if isinstance(value, dict):
        return {name: half(each) for name, each in value.items()}
    if isinstance(value, list):
        return [half(each) for each in value]
    return own_half(value) if isinstance(value, str) else value


def scatter_picture(data):
    dots = [
        Dot(
            name=point["name"],
            x=Value(point["x"]),
            y=Value(point["y"], "about" if point["kind"] == "estimate" else ""),
            title=f"{point['name']}: {point['label']}",
            url="#example-scatter",
            marked=point["name"] in data["highlight"],
        )
        for point in data["series"][0]["points"]
    ]
    across, up = (scatter.axis([getattr(dot, name).at for dot in dots]) for name in ("x", "y"))
    ticks = {"x_ticks": [f"{tick:g}" for tick in across.ticks], "y_ticks": [f"{tick:g}" for tick in up.ticks]}
    titles = {"x_title": data["x_unit"], "y_title": data["y_unit"]}
    return SafeString(scatter.scatter(dots, x=across, y=up, **ticks, **titles))


def components(request):
    context = half(json.loads(EXAMPLES.read_text(encoding="utf-8")))
    opened = request.GET.get("open")
    for row in context["table"]["rows"]:
        row["is_open"] = row["uid"] == opened
        row["panel_url"] = "?#ranking" if row["is_open"] else f"?open={row['uid']}#source"
        row["where"] = context["where"]
    context["where_page"] = {**context["where"], "page": True}
    context["form"] = ExampleFilter({"kind": "decree"})
    context["page_obj"] = Paginator(range(30), 10).page(2)
    context["photo"]["src"] = static("img/icon-180.png")
    context["scatter"]["svg"] = scatter_picture(context["scatter"]["data"])
    return render(request, "config/components.html", context)
