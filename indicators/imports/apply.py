"""Plans made against the database, and written to it: all of a load or nothing."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction

from indicators.imports.plan import FILE, MANY, NEW, REFERENCE, Plan, Planner, Problem, Row, Sheet, Values
from indicators.imports.sheet import text_of, value_of
from indicators.models import LoadedRow, Period

BATCH = 500
PERIOD_COLUMNS = ("period_start", "period_end", "period_precision")
REASON = "loaded with the site"


class Refused(Exception):
    """Nothing was written. `problems` says why, all of it."""

    def __init__(self, problems: Sequence[Problem]):
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def load(
    files: Iterable[tuple[str, str]],
    sheets: Sequence[Sheet],
    *,
    state: str = "published",
    protect: bool = True,
    reason: str = REASON,
    dry_run: bool = False,
) -> Plan:
    """Plan and write, or plan alone. `protect`: what was edited since the last load is kept."""
    with transaction.atomic():
        store = Store(sheets)
        now = text_of("datetime", datetime.now(UTC).replace(microsecond=0))
        planner = Planner(sheets, store.texts, loaded_digests() if protect else None, store.check, state, now)
        plan = planner.plan(files)
        if plan.problems:
            raise Refused(plan.problems)
        if not dry_run:
            store.write(plan, reason)
    return plan


def loaded_digests() -> Mapping[tuple[str, str], str]:
    return {(sheet, key): digest for sheet, key, digest in LoadedRow.objects.values_list("sheet", "key", "digest")}


class Store:
    """The stored rows of all sheets by key, as objects and as text; new rows join them unsaved, so that the rows of
    one load can point to each other."""

    _user_label = get_user_model()._meta.label_lower

    def __init__(self, sheets: Sequence[Sheet]):
        self.sheets = {sheet.label: sheet for sheet in sheets}
        self.users = {user.username: user for user in get_user_model().objects.all()}
        self.keys: dict[str, dict[Any, str]] = {self._user_label: {u.pk: name for name, u in self.users.items()}}
        found = {sheet.label: list(sheet.model._base_manager.all()) for sheet in sheets}
        for sheet in sheets:
            if len(sheet.key) == 1:
                self.keys[sheet.label] = {row.pk: getattr(row, sheet.key[0]) for row in found[sheet.label]}
        self.objects: dict[str, dict[str, Any]] = {}
        self.texts: dict[str, dict[str, Values]] = {}
        for sheet in sheets:
            many = {c.name: self._many(sheet, c.name) for c in sheet.columns if c.kind == MANY}
            texts = [(self._texts(sheet, row, many), row) for row in found[sheet.label]]
            self.texts[sheet.name] = {sheet.key_of(text): text for text, _ in texts}
            self.objects[sheet.name] = {sheet.key_of(text): row for text, row in texts}

    def _many(self, sheet: Sheet, name: str) -> dict[Any, list[str]]:
        field = sheet.model._meta.get_field(name)
        keys, found = self.keys[field.related_model._meta.label_lower], {}
        pairs = field.remote_field.through.objects.values_list(field.m2m_column_name(), field.m2m_reverse_name())
        for own, other in pairs:
            found.setdefault(own, []).append(keys[other])
        return found

    def _texts(self, sheet: Sheet, row: models.Model, many: dict[str, dict[Any, list[str]]]) -> Values:
        texts = {}
        for column in sheet.columns:
            if column.kind == REFERENCE:
                texts[column.name] = self.keys[column.target].get(getattr(row, f"{column.name}_id"), "")
            elif column.kind == MANY:
                texts[column.name] = "|".join(sorted(many[column.name].get(row.pk, ())))
            else:
                texts[column.name] = text_of(column.kind, getattr(row, column.name))
        return texts

    def check(self, sheet: Sheet, rows: list[Row]) -> list[Problem]:
        """The models' own rules on what is to be written, without a query."""
        files = [column.name for column in sheet.columns if column.kind == FILE]
        lost = [
            row.problem(name, f"There is no file “{row.values[name]}” among the uploads.")
            for row in rows
            for name in files
            if row.values[name] and name not in row.broken and not default_storage.exists(row.values[name])
        ]
        for row in rows:
            self._fill(row)
        return lost + [problem for row in rows for problem in self._rules(row)]

    def _fill(self, row: Row) -> None:
        """Give the object of a row its values, all but the broken ones."""
        target = self._object(row.sheet.label, row.key)
        for column in row.sheet.columns:
            text = row.values[column.name]
            untouched = row.action != NEW and column.name not in row.changed
            if column.kind == MANY or untouched or column.name in row.broken:
                continue
            if column.kind == REFERENCE:
                value = self._object(column.target, text) if text else None
            else:
                value = value_of(row.sheet.model._meta.get_field(column.name), column.kind, text)
            setattr(target, column.name, value)

    def _object(self, label: str, key: str) -> Any:
        """The stored row with this key, or a new one that is still to be filled."""
        if label == self._user_label:  # who entered a row is kept, but gains no access by it
            user = self.users.setdefault(key, get_user_model()(username=key, is_active=False))
            if user.pk is None:
                user.set_unusable_password()
            return user
        sheet = self.sheets[label]
        return self.objects[sheet.name].setdefault(key, sheet.model())

    def _rules(self, row: Row) -> Iterable[Problem]:
        target = self._object(row.sheet.label, row.key)
        unread = row.broken | {column.name for column in row.sheet.columns if column.kind == REFERENCE}
        rules = [lambda: target.clean_fields(exclude=unread), *([] if row.broken else [target.clean])]
        for rule in rules:
            try:
                rule()
            except ValidationError as error:
                for column, errors in error.update_error_dict({}).items():
                    for sentence in ValidationError(errors).messages:
                        yield row.problem("" if column == NON_FIELD_ERRORS else column, sentence)
            except ObjectDoesNotExist:
                pass  # what it points to is broken itself, and reported there

    def write(self, plan: Plan, reason: str) -> None:
        for user in self.users.values():
            if user.pk is None:
                user.save()
        hooks: dict[Callable[[], Any], None] = {}
        for sheet in self.sheets.values():
            rows = pending = plan.to_write(sheet)
            while pending:
                ready = [row for row in pending if self._ready(row)]
                pending = [row for row in pending if not self._ready(row)]
                if not ready:
                    raise Refused([row.problem(sheet.key[0], "This row leads back to itself.") for row in pending])
                self._save(sheet, ready, reason)
            if rows:
                remember((sheet.name, row.key, sheet.digest(row.values)) for row in rows)
            if rows and sheet.after:
                hooks[sheet.after] = None
        for bring_up_to_date in hooks:
            bring_up_to_date()

    def _ready(self, row: Row) -> bool:
        """Whether every row of its own table it points to is saved."""
        own = [c.name for c in row.sheet.columns if c.target == row.sheet.label and c.kind == REFERENCE]
        return all(self.objects[row.sheet.name][row.values[name]].pk for name in own if row.values[name])

    def _save(self, sheet: Sheet, rows: list[Row], reason: str) -> None:
        for new in (False, True):
            part = [row for row in rows if (row.action == NEW) == new]
            if part:
                try:
                    with transaction.atomic():
                        self._write(sheet, part, new, reason)
                except IntegrityError as error:
                    raise Refused(self._culprits(part, error)) from error

    def _write(self, sheet: Sheet, rows: list[Row], new: bool, reason: str) -> None:
        objects = [self.objects[sheet.name][row.key] for row in rows]
        manager = sheet.model._base_manager
        many = [column for column in sheet.columns if column.kind == MANY]
        if new:
            manager.bulk_create(objects, batch_size=BATCH)
        else:
            fields = {name for row in rows for name in row.changed} - {column.name for column in many}
            fields |= set(PERIOD_COLUMNS) if issubclass(sheet.model, Period) else set()
            if fields:
                manager.bulk_update(objects, fields, batch_size=BATCH)
        links = {column.name: self._link(sheet, rows, column.name) for column in many}
        if hasattr(sheet.model, "history"):
            write_history(sheet.model, objects, links, update=not new, reason=reason)

    def _link(self, sheet: Sheet, rows: list[Row], name: str) -> list[Any]:
        """Rewrite a many-to-many column of these rows; the link rows."""
        field = sheet.model._meta.get_field(name)
        others = self.objects[self.sheets[field.related_model._meta.label_lower].name]
        through, own, other = field.remote_field.through, field.m2m_column_name(), field.m2m_reverse_name()
        links = [
            through(**{own: self.objects[sheet.name][row.key].pk, other: others[key].pk})
            for row in rows
            for key in row.values[name].split("|")
            if key
        ]
        through.objects.filter(**{f"{own}__in": [self.objects[sheet.name][row.key].pk for row in rows]}).delete()
        return through.objects.bulk_create(links, batch_size=BATCH)

    def _culprits(self, rows: list[Row], error: IntegrityError) -> list[Problem]:
        """The rows the database refuses: found one by one, in a transaction that is taken back anyway."""
        found = []
        for row in rows:
            target = self.objects[row.sheet.name][row.key]
            if row.action == NEW:
                target.pk, target._state.adding = None, True
            try:
                with transaction.atomic():
                    target.save()
            except IntegrityError as refusal:
                found.append(row.problem("", sentence_of(row.sheet.model, refusal)))
        return found or [rows[0].problem("", sentence_of(rows[0].sheet.model, error))]


def write_history(model: Any, objects: list[Any], links: dict[str, list[Any]], *, update: bool, reason: str) -> None:
    records = model.history.bulk_history_create(objects, BATCH, update=update, default_change_reason=reason)
    record_of = {target.pk: record for target, record in zip(objects, records, strict=True)}
    for field in model.history.model._history_m2m_fields:
        past = getattr(model.history.model, field.name).model
        own, names = field.m2m_column_name(), ("id", field.m2m_column_name(), field.m2m_reverse_name())
        past.objects.bulk_create(
            past(history=record_of[getattr(link, own)], **{name: getattr(link, name) for name in names})
            for link in links[field.name]
        )


def sentence_of(model: type[models.Model], error: IntegrityError) -> str:
    """The sentence of the constraint that refused. SQLite names a unique one by its columns only."""
    for constraint in model._meta.constraints:
        fields = getattr(constraint, "fields", ())
        columns = ", ".join(f"{model._meta.db_table}.{model._meta.get_field(name).column}" for name in fields)
        if re.search(rf"\b{constraint.name}\b", str(error)) or (fields and str(error).endswith(f": {columns}")):
            if constraint.violation_error_message != constraint.default_violation_error_message:
                return str(constraint.get_violation_error_message())
            if fields:
                return f"Another row has the same {', '.join(fields)}."
    return f"The database refuses this row: {error}."


def remember(rows: Iterable[tuple[str, str, str]]) -> None:
    LoadedRow.objects.bulk_create(
        [LoadedRow(sheet=sheet, key=key, digest=digest) for sheet, key, digest in rows],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["sheet", "key"],
        update_fields=["digest", "loaded_at"],
    )
