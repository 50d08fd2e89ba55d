"""Fields written quickly are, letter for letter, what Django's templates write."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from indicators.admin.rendering import QuickRenderer

NASTY = "<b a=\"1\">&amp; 'quoted' 上海"
CHOICES = [("", "---------"), (NASTY, NASTY), (1, gettext_lazy("issued")), ("group", [("x", SafeString("<i>x</i>"))])]
FIELDS = {
    "text": forms.CharField(label=NASTY, help_text="Help", widget=forms.TextInput(attrs={"class": "vTextField"})),
    "area": forms.CharField(widget=forms.Textarea(attrs={"data-x": NASTY})),
    "number": forms.IntegerField(required=False),
    "hidden": forms.CharField(widget=forms.HiddenInput),
    "box": forms.BooleanField(required=False, disabled=True),
    "choice": forms.ChoiceField(choices=CHOICES),
    "email": forms.EmailField(),
    "several": forms.MultipleChoiceField(choices=CHOICES),
}


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("value", [None, "", 0, 1, "\n two\nlines", NASTY, SafeString(NASTY), True, [NASTY]])
@pytest.mark.parametrize("sent", [False, True])
def test_every_field_is_written_as_by_the_templates(name, value, sent):
    one = type("One", (forms.Form,), {"field": FIELDS[name]})
    given = {"data": {"field": value}} if sent else {"initial": {"field": value}}
    quick, slow = (one(**given, renderer=renderer)["field"] for renderer in (QuickRenderer(), DjangoTemplates()))
    assert str(quick) == str(slow)
    assert quick.label_tag() == slow.label_tag()
    assert str(quick.errors) == str(slow.errors)
