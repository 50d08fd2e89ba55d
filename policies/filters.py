"""What policies can be narrowed by: facets with counts, days with how surely, and a search of every title."""

from collections import Counter

from django import forms
from django.db.models import Count, F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import CharFilter

from indicators import periods
from indicators.models import Organisation, Place, Topic
from indicators.words import key_words, localized
from policies import dating
from policies.facets import Facets, facet, search
from policies.models import Policy, PolicyParty

MOST_HITS = 1000  # more numbers in a query take longer than another search
WRITABLE = (periods.DAY, periods.MONTH, periods.QUARTER, periods.YEAR)


class PeriodField(forms.CharField):
    """A day, month, quarter or year, written as editors write it."""

    def clean(self, value):
        text = super().clean(value)
        try:
            period = periods.parse(text)
        except periods.Unreadable:
            period = None
        if text and (not period or period.precision not in WRITABLE):
            refusal = _("“%(value)s” is no day, month or year. Write 2023-05-30, 2023-05 or 2023.")
            raise forms.ValidationError(refusal, params={"value": text})
        return period if text else None


class PeriodFilter(CharFilter):
    field_class = PeriodField


class DaysForm(forms.Form):
    """Refuses dates that leave no day. `days(but)` are those asked for, without one of the filters."""

    def clean(self):
        between = self.days(but="year")
        if between.is_empty:
            self.add_error("until", _("This ends before “%(first)s” begins, so no day lies between.") % self._first())
        elif self.days().is_empty:
            self.add_error("year", _("No day of this year lies between the dates you gave."))

    def _first(self):
        return {"first": key_words(self.cleaned_data["since"].key)}

    def days(self, but=""):
        values = {name: value for name, value in self.cleaned_data.items() if value and name != but}
        since, until, year = (values.get(name) for name in ("since", "until", "year"))
        asked = dating.Days(since and since.start, until and until.end)
        return asked.common(dating.year(int(year))) if year and year.isdecimal() else asked


class PolicyFilter(Facets):
    """Newest first, undated last."""

    order = F("first_event_end").desc(nulls_last=True), F("first_event_start").desc(nulls_last=True), "slug"

    q = search(_("Words of any title, or a number"))
    city = facet(_("City"), field_name="place__slug")
    topic = facet(_("Topic"), field_name="topics__slug")
    kind = facet(_("Kind"))
    level = facet(_("Level"))
    status = facet(_("Legal status"), method="by_status", field_name="status")
    issuer = facet(_("Issued by"), method="by_issuer", field_name="parties__organisation__slug")
    year = facet(_("Year"), method="by_year", field_name="year")
    since = PeriodFilter(
        label=pgettext_lazy("date", "From"), method="by_days", help_text=_("2023-05-30, 2023-05 or 2023")
    )
    until = PeriodFilter(
        label=pgettext_lazy("date", "Up to"), method="by_days", help_text=_("and all of that day, month or year")
    )
    dates = facet(
        _("How sure of the date"),
        method="by_days",
        empty_label=None,
        choices=[(dating.SURELY, _("surely within")), (dating.POSSIBLY, _("possibly within"))],
        help_text=_(
            "Surely within: every day that a date may mean lies within the year or days asked for. Possibly: some day "
            "does, so policies without a date are listed too, last. A date an editor inferred is marked and taken as "
            "inferred."
        ),
    )

    class Meta:
        model = Policy
        fields: list = []
        form = DaysForm

    def __init__(self, data, *, today):
        years = range(periods.LATEST, periods.EARLIEST - 1, -1)
        labels = {
            "city": {place.slug: localized(place, "name") for place in Place.objects.all()},
            "topic": {topic.slug: localized(topic, "name") for topic in Topic.objects.all()},
            "kind": dict(Policy.Kind.choices),
            "level": dict(Policy.Level.choices),
            "status": dict(Policy.LegalStatus.choices),
            "issuer": {body.slug: localized(body, "name") for body in Organisation.objects.all()},
            "year": {str(year): str(year) for year in years}
            | {dating.SPREAD: _("not sure which"), periods.UNDATED: _("no date given")},
        }
        super().__init__(data, Policy.objects.published(), labels)
        self.today, self.hits = today, None

    @property
    def how(self):
        return self.form.cleaned_data.get("dates") or dating.SURELY

    def narrowed(self, policies, but=""):
        policies, days = super().narrowed(policies, but), self.form.days(but)
        return policies.within(days, self.how) if days.has_bound else policies

    def by_text(self, policies, _name, text):
        """Searched once, not once for every facet, unless very much is found."""
        if self.hits is None:
            self.hits = list(Policy.objects.search(text).values_list("pk", flat=True)[: MOST_HITS + 1])
        return policies.search(text) if len(self.hits) > MOST_HITS else policies.filter(pk__in=self.hits)

    def by_status(self, policies, _name, value):
        return policies.with_status(self.today).filter(status=value)

    def by_issuer(self, policies, _name, value):
        issued = PolicyParty.objects.filter(organisation__slug=value, role__in=PolicyParty.ISSUING)
        return policies.filter(pk__in=issued.values("policy"))

    def by_year(self, policies, _name, value):
        """What lies in no one year; a year itself is among the days asked for."""
        if value == periods.UNDATED:
            return policies.filter(first_event_end=None)
        return policies.with_year().filter(year=dating.SPREAD) if value == dating.SPREAD else policies

    def by_days(self, policies, _name, _value):
        """All of them: `narrowed` asks for the days of three filters at once."""
        return policies

    def counts(self, name, policies):
        if name == "issuer":  # of whom one body may be in several roles
            return super().counts(
                name, policies.filter(parties__role__in=PolicyParty.ISSUING), Count("pk", distinct=True)
            )
        if name == "status":
            return super().counts(name, policies.with_status(self.today))
        if name == "year":
            return super().counts(name, policies.with_year()) | self._possible_years(policies)
        return super().counts(name, policies)

    def _possible_years(self, policies):
        """Dated possibly, a policy counts in every year it may lie in, as far as any date here reaches."""
        if self.how == dating.SURELY:
            return Counter()
        spans, asked = policies.by_years(), self.form.days(but="year")
        known = [year for pair in spans for year in pair if year]
        return Counter(
            {
                str(year): sum(n for (first, last), n in spans.items() if (first or year) <= year <= (last or year))
                for year in range(min(known, default=0), max(known, default=-1) + 1)
                if not dating.year(year).common(asked).is_empty
            }
        )

    def chosen(self):
        """How sure says nothing where no days are asked for, and "surely" is the usual."""
        unsaid = not (self.how == dating.POSSIBLY and self.form.days().has_bound)
        return [one for one in super().chosen() if one[0] != "dates" or not unsaid]

    def label(self, name, value):
        if isinstance(value, periods.Period):
            return key_words(value.key)
        return dict(self.form.fields["dates"].choices)[value] if name == "dates" else super().label(name, value)
