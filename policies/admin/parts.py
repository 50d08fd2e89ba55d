"""The parts of a policy on its one screen: a line each, opened to be changed; tasks and measures stand as a tree."""

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import F
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.admin.base import PartInline, part_table
from indicators.admin.rows import KnownSelect, RowsFormSet
from policies import models
from policies.trees import nested, outline

SOURCING = ("source", "locator", "quote")
TARGET = [
    ("statement", "statement_zh"),
    ("place", "position", "period_key"),
    ("type", "measure", "comparator", "growth_basis", "standing"),
    ("low", "high", "unit", "unit_zh"),
    ("baseline_value", "baseline_period", "indicator"),
    ("verbatim", "attributed_to"),
    ("period_text", "period_text_zh", "period_inferred"),
    SOURCING,
]
EVENT = [
    ("type", "period_key", "is_primary"),
    ("period_text", "period_text_zh", "period_inferred"),
    ("note", "note_zh"),
    SOURCING,
]
PARTICIPATION = [
    ("organisation", "name_as_stated", "name_as_stated_zh"),
    ("category", "category_zh", "batch"),
    ("period_key", "period_inferred"),
    SOURCING,
]
RELATION = [
    ("predicate", "object", "object_inferred"),
    ("object_label", "object_label_zh"),
    ("asserted_by", "attributed_to"),
    SOURCING,
]
COUNT = [("counted", "value", "batch"), ("category", "category_zh"), ("period_key", "period_inferred"), SOURCING]
PROVISION = [("kind", "number", "parent"), ("text", "text_zh"), SOURCING]
ADDED_ON_THE_WAY = ("organisation", "object")  # everything else a part points to is there before the part


SAID_BY_NONE = ("organisation", "batch", "source")  # a name as stated twice is one party, organisation or not


class PartsFormSet(RowsFormSet):
    """A new part begins with the source of its policy, where most parts come from."""

    empty_says = SAID_BY_NONE

    def get_form_kwargs(self, index):
        new = index is None or index >= self.initial_form_count()
        return super().get_form_kwargs(index) | ({"initial": {"source": self.instance.source_id}} if new else {})


class TreeFormSet(PartsFormSet):
    moved_aside = {"number": F("number") + 20_000}

    @cached_property
    def outline(self):
        return list(outline(nested(super().get_queryset())))

    @cached_property
    def depths(self):
        return {provision.pk: depth for provision, depth in self.outline}

    @cached_property
    def in_order(self):
        return [provision for provision, _depth in self.outline]

    def get_queryset(self):
        return self.in_order

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.depth = self.depths.get(form.instance.pk, 0)
        form.fields["parent"].widget.policy = self.instance.pk

    def clean(self):
        """What only all rows together show: a circle, or a row left behind by what it stands under."""
        super().clean()
        parents = {form: form.cleaned_data.get("parent") for form in self.kept}
        above = {form.instance.pk: parent and parent.pk for form, parent in parents.items()}
        gone = {form.instance.pk for form in self.initial_forms} - above.keys()
        for form, parent in parents.items():
            key, met = parent and parent.pk, set()
            if key in gone:
                form.add_error("parent", _("What it stands under is to be deleted. Delete this too, or move it."))
            while key and key not in met:
                met.add(key)
                key = above.get(key)
            if form.instance.pk in met:
                form.add_error("parent", _("It would stand under itself."))


class ParentSelect(KnownSelect):
    """Offers what its own policy holds."""

    policy = None

    def get_url(self):
        return f"{super().get_url()}?policy={self.policy or 0}"


class PartsInline(PartInline):
    """One line a part, the fields below it; what is new is open."""

    template = "admin/parts.html"
    classes = ["collapse"]
    formset = PartsFormSet

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        wrapped = field and isinstance(field.widget, RelatedFieldWidgetWrapper)
        if wrapped and db_field.name not in ADDED_ON_THE_WAY:
            field.widget = field.widget.widget
        return field


class ProvisionInline(PartsInline):
    model = models.Provision
    fields = PROVISION
    formset = TreeFormSet

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "parent":
            kwargs["widget"] = ParentSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class TitleFormSet(RowsFormSet):
    moved_aside = {"role": "alias"}


class PartyFormSet(RowsFormSet):
    empty_says = SAID_BY_NONE


class EventFormSet(PartsFormSet):
    moved_aside = {"is_primary": False}


INLINES = [
    part_table(models.PolicyTitle, formset=TitleFormSet, classes=["collapse"]),
    part_table(models.PolicyParty, formset=PartyFormSet, classes=["collapse"]),
    part_table(models.PolicyDocument, classes=["collapse"]),
    part_table(models.PolicyEvent, PartsInline, formset=EventFormSet, fields=EVENT),
    ProvisionInline,
    part_table(models.DeclaredCount, PartsInline, fields=COUNT),
    part_table(models.Target, PartsInline, fields=TARGET),
    part_table(models.Participation, PartsInline, fields=PARTICIPATION),
    part_table(models.PolicyRelation, PartsInline, fk_name="policy", fields=RELATION),
    # Problems of the policy itself; those of a part are tied to it on the problem's own page.
    part_table(
        models.PolicyNoteLink,
        fields=["note"],
        classes=["collapse"],
        verbose_name=gettext_lazy("known problem"),
        verbose_name_plural=gettext_lazy("known problems"),
    ),
]
