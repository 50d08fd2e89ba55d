"""What targets can be narrowed by: facets with counts, and a search of their words."""

from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models import CharField as Text
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from indicators import claims, periods
from indicators.models import Observation, Place, Topic
from indicators.words import localized
from policies.facets import Facets, facet, search
from policies.models import Policy, Target

YES, NO = "yes", "no"


class TargetFilter(Facets):
    """Those that were measured first, then by city and policy."""

    order = "-measured", "-type", "place__slug", "policy__slug", "position", "uid"

    q = search(_("Words of the target or its policy"))
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
        figures = Observation.objects.published().exclude(kind__in=claims.ABSENT)
        figures = figures.filter(series__indicator=OuterRef("indicator"), place=OuterRef("place"))
        year = Cast("period_end__year", Text())
        targets = Target.objects.published().annotate(
            due=Coalesce(year, Value(periods.UNDATED)),
            measured=Case(When(Exists(figures), then=Value(YES)), default=Value(NO)),
        )
        labels = {
            "city": {place.slug: localized(place, "name") for place in Place.objects.all()},
            "topic": {topic.slug: localized(topic, "name") for topic in Topic.objects.all()},
            "due": {str(year): str(year) for year in range(periods.EARLIEST, periods.LATEST + 1)}
            | {periods.UNDATED: _("no date given")},
            "type": dict(Target.Type.choices),
            "standing": dict(Target.Standing.choices),
            "measured": {YES: _("with a figure"), NO: _("without a figure")},
        }
        super().__init__(data, targets, labels)

    def by_text(self, targets, _name, text):
        words = Q(statement__icontains=text) | Q(statement_zh__icontains=text) | Q(verbatim__icontains=text)
        return targets.filter(words | Q(policy__in=Policy.objects.search(text)))
