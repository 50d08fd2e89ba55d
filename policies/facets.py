"""What the filters of policies and of targets share: facets that count what the others leave, and what is in use."""

from collections import Counter
from functools import cached_property

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet

LONGEST_SEARCH, LONGEST = 100, 120  # no slug is longer than the second


def facet(label, **options):
    refusal = {"invalid_choice": _("“%(value)s” is not known here. Choose one of the list.")}
    return ChoiceFilter(label=label, error_messages=refusal, **{"empty_label": _("any")} | options)


def search(label):
    refusal = {"max_length": _("Only %(limit_value)s characters can be looked for; these are %(show_value)s.")}
    return CharFilter(method="by_text", label=label, max_length=LONGEST_SEARCH, error_messages=refusal)


class Facets(FilterSet):
    """Ask for `found`, never for `qs`: with a wrong value `qs` holds everything. `labels`: facet → value → its name."""

    order: tuple = ()

    def __init__(self, data, queryset, labels):
        data = data.copy()
        for name in data.keys() & self.base_filters.keys() - {"q"}:
            data[name] = data[name].replace("\0", "\ufffd")[:LONGEST]  # a page cannot print NUL
        super().__init__(data, queryset)
        self.labels = labels
        for name, known in labels.items():
            self.form.fields[name].choices = known.items()

    @cached_property
    def found(self):
        """In `order`; nothing where a value is wrong."""
        return self.qs.order_by(*self.order) if self.is_valid() else self.queryset.none()

    def filter_queryset(self, queryset):
        return self.narrowed(queryset)

    def narrowed(self, rows, but=""):
        """By all filters but one."""
        for name, value in self.form.cleaned_data.items():
            rows = rows if name == but else self.filters[name].filter(rows, value)
        return rows

    def offer_counts(self):
        """Each list offers what the other filters leave, with how many; what is chosen stays even at none."""
        for name, labels in self.labels.items():
            counts = self.counts(name, self.narrowed(self.queryset, name))
            chosen = self.form.cleaned_data.get(name)
            self.form.fields[name].choices = [
                (value, f"{label} ({counts[value]})")
                for value, label in labels.items()
                if counts[value] or value == chosen
            ]

    def counts(self, name, rows, once=None):
        """Value → how many rows have it."""
        told = rows.order_by().values_list(self.filters[name].field_name).annotate(n=once or Count("pk"))
        return Counter(dict(told))

    def chosen(self):
        """(name, label of the filter, label of its value) of every filter in use."""
        return [
            (name, self.filters[name].label, self.label(name, value))
            for name, value in self.form.cleaned_data.items()
            if value
        ]

    def label(self, name, value):
        return self.labels.get(name, {}).get(value, value)
