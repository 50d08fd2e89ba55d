"""Sheets read from models: which columns a table has in files, and how a stored value is written there."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from indicators.imports import plan
from indicators.imports.plan import Column, Sheet, Values

KINDS = (  # the first that fits: a DateTimeField is a DateField too
    (models.ManyToManyField, plan.MANY),
    (models.ForeignKey, plan.REFERENCE),
    (models.FileField, plan.FILE),
    (models.BooleanField, plan.BOOLEAN),
    (models.DateTimeField, plan.DATETIME),
    (models.DateField, plan.DATE),
    (models.DecimalField, plan.DECIMAL),
    (models.IntegerField, plan.INTEGER),
)
PYTHON: dict[str, Callable[[str], Any]] = {
    plan.INTEGER: int,
    plan.DECIMAL: Decimal,
    plan.BOOLEAN: bool,
    plan.DATE: date.fromisoformat,
    plan.DATETIME: datetime.fromisoformat,
}


def sheet(
    name: str,
    model: type[models.Model],
    *,
    key: tuple[str, ...] = ("uid",),
    settle: Callable[[Values], None] | None = None,
    after: Callable[[], Any] | None = None,
) -> Sheet:
    meta = model._meta
    fields = [f for f in (*meta.concrete_fields, *meta.many_to_many) if in_files(f)]
    fields.sort(key=lambda field: field.name not in key)
    columns = tuple(column(f, unique_key=key == (f.name,)) for f in fields)
    return Sheet(name, columns, key, meta.label_lower, str(meta.verbose_name), settle, after, model)


def in_files(field: models.Field) -> bool:
    """Columns worked out from others stay out; author, reviewer and the day of publication are told nowhere else."""
    return not field.primary_key and (field.editable or field.is_relation or field.name == "published_at")


def column(field: models.Field, *, unique_key: bool) -> Column:
    kind = next((kind for cls, kind in KINDS if isinstance(field, cls)), plan.CHOICE if field.choices else plan.TEXT)
    made = field.has_default() and callable(field.default)
    fresh = field.default if made and not unique_key else None
    has_default = field.has_default() and not made
    default = text_of(kind, field.default) if has_default else ""
    return Column(
        name=field.name,
        kind=kind,
        default=default,
        required=not (field.blank or has_default or fresh or kind == plan.BOOLEAN),
        choices=tuple(str(value) for value, _ in field.flatchoices) if kind == plan.CHOICE else (),
        target=field.related_model._meta.label_lower if field.is_relation else "",
        keeps=bool(fresh) or field.name == "published_at",
        fresh=fresh,
    )


def text_of(kind: str, value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    return plan.canonical(kind, format(value, "f") if isinstance(value, Decimal) else str(value))


def value_of(field: models.Field, kind: str, text: str) -> Any:
    if not text and kind != plan.BOOLEAN:
        return None if field.null else ""
    return PYTHON.get(kind, str)(text)
