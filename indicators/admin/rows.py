"""Many rows on one form: what they point to is looked up once for all of them, and rows left alone are let be."""

from copy import copy

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import Q, UniqueConstraint
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from indicators.admin.rendering import QuickRenderer

LONGEST_KEY = 18  # digits that surely fit the column


class KnownSelect(AutocompleteSelect):
    """A search box that finds what is chosen among what its formset looked up."""

    def optgroups(self, name, value, attrs=None):
        field = self.choices.field
        chosen = [field.known[key] for key in value if key in field.known]
        blank = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        label = field.label_from_instance
        return [(None, [*blank, *(self.create_option(name, row.pk, label(row), True, 1) for row in chosen)], 0)]


class KnownChoiceField(forms.ModelChoiceField):
    known: dict = {}

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if value not in self.known:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})
        return self.known[value]


class RowForm(forms.ModelForm):
    default_renderer = QuickRenderer()

    def _post_clean(self):
        """A stored row nobody touched is as valid as when it was stored, and it is not written again."""
        if self.instance._state.adding or self.has_changed():
            super()._post_clean()


class RowsFormSet(forms.BaseInlineFormSet):
    empty_says: tuple = ()  # columns in which two empty ones are the same; the database takes each for another
    moved_aside: dict = {}  # values that take no other row's place, held while the rows are written: two may swap

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        setattr(form.instance, self.fk.name, self.instance)
        return form

    def add_fields(self, form, index):
        super().add_fields(form, index)
        key = self._pk_field.name
        stock = form.fields[key]
        form.fields[key] = KnownChoiceField(stock.queryset, initial=stock.initial, required=False, widget=stock.widget)
        for name, known in self.known.items():
            form.fields[name].known = known

    @cached_property
    def known(self):
        """By column and key, what rows point to: loaded with them, or looked up in one query a column."""
        rows = self.get_queryset()
        found = {self._pk_field.name: {str(row.pk): row for row in rows}}
        for name, field in self.form.base_fields.items():
            if isinstance(field, KnownChoiceField):
                loaded = {str(chosen.pk): chosen for row in rows if (chosen := getattr(row, name))}
                wanted = self._chosen(name) - loaded.keys()
                found[name] = loaded | {str(key): row for key, row in field.queryset.in_bulk(wanted).items()}
        return found

    def _chosen(self, name):
        """The keys sent, and the one a new row begins with."""
        sent = range(self.total_form_count()) if self.is_bound else ()
        begun = self.get_form_kwargs(None).get("initial", {}).get(name) or ""
        keys = {str(begun), *(self.data.get(f"{self.prefix}-{i}-{name}", "") for i in sent)}
        return {key for key in keys if key.isdecimal() and key.isascii() and len(key) <= LONGEST_KEY}

    @property
    def kept(self):
        return [
            form
            for form in self.forms
            if not self._should_delete_form(form) and (form.instance.pk or form.has_changed())
        ]

    def validate_unique(self):
        """What no two rows of one owner may share, stored or new: they are all here, so nothing is looked up."""
        forms_ = [form for form in self.kept if form.is_valid()]
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and self.fk.name in constraint.fields:
                self._refuse_twice(constraint, forms_)

    def _refuse_twice(self, constraint, forms_):
        own = constraint.violation_error_message != constraint.default_violation_error_message
        said = constraint.violation_error_message if own else _("Another row says the same.")
        place = {form: n for n, form in enumerate(self.forms)}
        changed = [form for form in self.initial_forms if form.has_changed()]
        held = {self._says(constraint, self._while_written(form)): place[form] for form in changed}
        met = set()
        for form in forms_:
            says = self._says(constraint, form.instance)
            if says is None:
                continue
            later = _("A row further down still says this. Change or delete that row and save first.")
            wrong = said if says in met else later if held.get(says, -1) > place[form] else ""
            if wrong and wrong not in form.non_field_errors():  # two rules may say the same
                form.add_error(None, wrong)
            met.add(says)

    def _says(self, constraint, row):
        """What no other row may say, or None: the rule's condition is not met, or nothing is like an empty column."""
        if constraint.condition and not _holds(constraint.condition, row):
            return None
        others = [self.model._meta.get_field(name) for name in constraint.fields if name != self.fk.name]
        says = {field.name: getattr(row, field.attname) for field in others}
        unlike_any = any(value is None and name not in self.empty_says for name, value in says.items())
        return None if unlike_any else tuple(says.values())

    def _while_written(self, form):
        """A changed row as the database holds it until its turn comes: rows are written in the form's order."""
        row = copy(form.instance)
        for name, value in (form.initial | self.moved_aside).items():
            setattr(row, self.model._meta.get_field(name).attname, value)
        return row

    def save(self, commit=True):
        moved = [form.instance.pk for form in self.initial_forms if form.has_changed()]
        if moved and self.moved_aside:
            self.model._default_manager.filter(pk__in=moved).update(**self.moved_aside)
        return super().save(commit)


def _holds(condition, row):
    """Whether a row meets a rule's condition, as the database would say."""
    found = []
    for part in condition.children:
        if isinstance(part, Q):
            found.append(_holds(part, row))
        else:
            name, wanted = part
            value = getattr(row, row._meta.get_field(name.removesuffix("__isnull")).attname)
            found.append((value is None) == wanted if name.endswith("__isnull") else value == wanted)
    return (all(found) if condition.connector == Q.AND else any(found)) != condition.negated
