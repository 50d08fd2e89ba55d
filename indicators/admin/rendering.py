"""The plain fields of a form, written as Django's own templates write them, without opening a template for each."""

from html import escape

from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString

ERRORS, LABEL = "django/forms/errors/", "django/forms/label.html"


class QuickRenderer(DjangoTemplates):
    """A form of two hundred rows has four thousand fields; what is not known here goes the usual way."""

    def render(self, template_name, context, request=None):
        if template_name.startswith(ERRORS) and not context["errors"]:
            return ""
        if template_name == LABEL and context["use_tag"]:
            tag, attributes = context["tag"], _attributes(context["attrs"])
            return SafeString(f"<{tag}{attributes}>{_escaped(context['label'])}</{tag}>")
        write = WIDGETS.get(template_name)
        return SafeString(write(context["widget"])) if write else super().render(template_name, context, request)


def _escaped(value):
    return value.__html__() if hasattr(value, "__html__") else escape(str(value))


def _attributes(attributes):
    given = ((name, value) for name, value in attributes.items() if value is not False)
    return "".join(f" {name}" if value is True else f' {name}="{_escaped(value)}"' for name, value in given)


def _input(widget):
    value = "" if widget["value"] is None else f' value="{_escaped(widget["value"])}"'
    return f'<input type="{widget["type"]}" name="{_escaped(widget["name"])}"{value}{_attributes(widget["attrs"])}>'


def _textarea(widget):
    value = _escaped(widget["value"] or "")
    return f'<textarea name="{_escaped(widget["name"])}"{_attributes(widget["attrs"])}>\n{value}</textarea>'


def _select(widget):
    groups = "".join(
        f'\n  <optgroup label="{_escaped(group)}">{_options(options)}\n  </optgroup>' if group else _options(options)
        for group, options, _index in widget["optgroups"]
    )
    return f'<select name="{_escaped(widget["name"])}"{_attributes(widget["attrs"])}>{groups}\n</select>'


def _options(options):
    return "".join(
        f'\n  <option value="{_escaped(one["value"])}"{_attributes(one["attrs"])}>{_escaped(one["label"])}</option>\n'
        for one in options
    )


WIDGETS = {
    f"django/forms/widgets/{name}.html": write
    for write, names in (
        (_input, ("text", "number", "hidden", "checkbox")),
        (_textarea, ("textarea",)),
        (_select, ("select",)),
    )
    for name in names
}
