"""What targets can be narrowed by: facets with counts, and a search of their words."""

from collections import Counter
from functools import cached_property

from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When
from django.db.models import CharField as Text
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, FilterSet

from indicators import periods
from indicators.models import Observation, Place, Topic
from indicators.words import localized
from policies.filters import LONGEST, LONGEST_SEARCH, PolicyFilter, facet
from policies.models import Target

YES, NO = "yes", "no"


class TargetFilter(FilterSet):
    """Ask for `found`, never for `qs`: with a wrong value `qs` holds everything."""

    q = CharFilter(
        method="by_text", label=_("Words of the target or its policy"), max_length=LONGEST_SEARCH,
        error_messages=PolicyFilter.too_long,
    )  # fmt: skip
    city = facet(_("City"), field_name="place__slug")
    topic = facet(_("Topic"), field_name="policy__topics__slug")
    due = facet(_("To be reached by"), field_name="due")
    type = facet(_("Type"))
    standing = facet(_("Standing"))
    measured = facet(_("Measured here"), field_name="measured")

    class Meta:
        model = Target
        fields: list = []

    def __init__(self, data):
        data = data.copy()
        for name in data.keys() & self.base_filters.keys() - {"q"}:
            data[name] = data[name][:LONGEST]
        figures = Observation.objects.published().filter(
            series__indicator=OuterRef("indicator"), place=OuterRef("place")
        )
        year = Cast("period_end__year", Text())
        targets = Target.objects.published().annotate(
            due=Coalesce(year, Value(periods.UNDATED)),
            measured=Case(When(Exists(figures), then=Value(YES)), default=Value(NO)),
        )
        super().__init__(data, targets)
        self.labels = {
            "city": {place.slug: localized(place, "name") for place in Place.objects.all()},
            "topic": {topic.slug: localized(topic, "name") for topic in Topic.objects.all()},
            "due": {str(year): str(year) for year in range(1949, 2101)} | {periods.UNDATED: _("no date given")},
            "type": dict(Target.Type.choices),
            "standing": dict(Target.Standing.choices),
            "measured": {YES: _("with a figure"), NO: _("without a figure")},
        }
        for name, labels in self.labels.items():
            self.form.fields[name].choices = labels.items()

    @cached_property
    def found(self):
        """Those that were measured first, then by city and policy; nothing where a value is wrong."""
        order = "-measured", "-type", "place__slug", "policy__slug", "position", "uid"
        return self.qs.order_by(*order) if self.is_valid() else self.queryset.none()

    def filter_queryset(self, queryset):
        return self.narrowed(queryset)

    def narrowed(self, targets, but=""):
        """By all filters but one."""
        for name, value in self.form.cleaned_data.items():
            targets = targets if name == but else self.filters[name].filter(targets, value)
        return targets

    def by_text(self, targets, _name, text):
        fields = ("statement", "statement_zh", "verbatim", "policy__name", "policy__name_zh", "policy__titles__text")
        wanted = Q()
        for field in fields:
            wanted |= Q(**{f"{field}__icontains": text})
        return targets.filter(pk__in=Target.objects.filter(wanted).values("pk"))

    def offer_counts(self):
        """Each list offers what the other filters leave, with how many; what is chosen stays even at none."""
        for name, labels in self.labels.items():
            rows = self.narrowed(self.queryset, name).order_by()
            counts = Counter(dict(rows.values_list(self.filters[name].field_name).annotate(n=Count("pk"))))
            chosen = self.form.cleaned_data.get(name)
            self.form.fields[name].choices = [
                (value, f"{label} ({counts[value]})")
                for value, label in labels.items()
                if counts[value] or value == chosen
            ]

    def chosen(self):
        """(name, label of the filter, label of its value) of every filter in use."""
        return [
            (name, self.filters[name].label, self.labels.get(name, {}).get(value, value))
            for name, value in self.form.cleaned_data.items()
            if value
        ]
