"""What the policy list can be narrowed by: facets with counts, and a search of every title."""

from collections import Counter
from functools import cached_property

from django.db.models import Count, F
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet

from indicators.models import Organisation, Place, Topic
from indicators.words import localized
from policies.figures import status_of
from policies.models import Policy, PolicyParty

LONGEST_SEARCH = 100
ISSUERS = (PolicyParty.Role.ISSUER, PolicyParty.Role.CO_ISSUER, PolicyParty.Role.LAUNCHER)


def _facet(label, **options):
    refusal = {"invalid_choice": _("“%(value)s” is not known here. Choose one of the list.")}
    return ChoiceFilter(label=label, empty_label=_("any"), error_messages=refusal, **options)


class PolicyFilter(FilterSet):
    """Ask for `found`, never for `qs`: with a wrong value `qs` holds everything."""

    q = CharFilter(method="by_text", label=_("Words of any title, or a number"))
    city = _facet(_("City"), field_name="place__slug")
    topic = _facet(_("Topic"), field_name="topics__slug")
    kind = _facet(_("Kind"))
    level = _facet(_("Level"))
    status = _facet(_("Legal status"), method="by_status")
    issuer = _facet(_("Issued by"), method="by_issuer", field_name="parties__organisation__slug")
    year = _facet(_("Year"), method="by_year", field_name="first_event_end__year")

    class Meta:
        model = Policy
        fields: list = []

    def __init__(self, data, *, today):
        data = data.copy()
        data["q"] = data.get("q", "")[:LONGEST_SEARCH]
        super().__init__(data, Policy.objects.published())
        self.today = today
        self.labels = {
            "city": {place.slug: localized(place, "name") for place in Place.objects.all()},
            "topic": {topic.slug: localized(topic, "name") for topic in Topic.objects.all()},
            "kind": dict(Policy.Kind.choices),
            "level": dict(Policy.Level.choices),
            "status": dict(Policy.LegalStatus.choices),
            "issuer": {body.slug: localized(body, "name") for body in Organisation.objects.all()},
            "year": {str(year): str(year) for year in range(2100, 1948, -1)},
        }
        for name, labels in self.labels.items():
            self.form.fields[name].choices = labels.items()

    @cached_property
    def found(self):
        """Newest first, undated last; nothing where a value is wrong."""
        newest = F("first_event_end").desc(nulls_last=True), F("first_event_start").desc(nulls_last=True), "slug"
        return self.qs.order_by(*newest) if self.is_valid() else self.queryset.none()

    @cached_property
    def statuses(self):
        return {policy.pk: status_of(policy, self.today) for policy in self.queryset.prefetch_related("events")}

    def by_text(self, policies, _name, text):
        return policies.search(text)

    def by_status(self, policies, _name, value):
        return policies.filter(pk__in=[pk for pk, status in self.statuses.items() if status == value])

    def by_issuer(self, policies, _name, value):
        issued = PolicyParty.objects.filter(organisation__slug=value, role__in=ISSUERS)
        return policies.filter(pk__in=issued.values("policy"))

    def by_year(self, policies, _name, value):
        return policies.filter(first_event_start__year=value, first_event_end__year=value)

    def offer_counts(self):
        """Each list offers what the other filters leave, with how many; what is chosen stays even at none."""
        for name, labels in self.labels.items():
            counts = self._counts(name, self._without(name))
            chosen = self.form.cleaned_data.get(name)
            self.form.fields[name].choices = [
                (value, f"{label} ({counts[value]})")
                for value, label in labels.items()
                if counts[value] or value == chosen
            ]

    def _without(self, name):
        policies = self.queryset
        for other, value in self.form.cleaned_data.items():
            policies = policies if other == name else self.filters[other].filter(policies, value)
        return policies

    def _counts(self, name, policies):
        if name == "status":
            return Counter(self.statuses[pk] for pk in policies.values_list("pk", flat=True))
        if name == "issuer":
            policies = policies.filter(parties__role__in=ISSUERS)
        if name == "year":
            policies = policies.filter(first_event_start__year=F("first_event_end__year"))
        rows = policies.order_by().values_list(self.filters[name].field_name).annotate(n=Count("pk", distinct=True))
        return Counter({str(value): n for value, n in rows})

    def chosen(self):
        """(name, label of the filter, label of its value) of every filter in use."""
        return [
            (name, self.filters[name].label, self.labels.get(name, {}).get(value, value))
            for name, value in self.form.cleaned_data.items()
            if value
        ]
