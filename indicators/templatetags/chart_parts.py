"""What components/chart.html prints beside the picture, worked out from the chart's data."""

from django import template
from django.utils.safestring import SafeString

from indicators.drawing import data as chart_data
from indicators.drawing import words as chart_words

register = template.Library()
KINDS = ("PNG", "SVG", "CSV")


@register.filter
def chart_parts(chart):
    """{% with parts=chart|chart_parts %}: the server's pictures, note, summary, kinds of files to save."""
    data = chart.get("data")
    parts = {"wide": chart.get("svg") or "", "narrow": chart.get("svg_narrow") or ""}
    if not data:
        return parts | {"kinds": ("PNG", "SVG")}
    if chart.get("links") and chart.get("static"):
        return parts | {"kinds": KINDS}  # a picture of links has words of its own; its data are for the file alone
    if data["type"] in ("bar", "line") or not parts["wide"]:
        parts["wide"] = SafeString(chart_data.picture(data))
        parts["narrow"] = SafeString(chart_data.picture(data, narrow=True))
    return parts | {"note": chart_words.note(data), "summary": chart_words.summary(data), "kinds": KINDS}
