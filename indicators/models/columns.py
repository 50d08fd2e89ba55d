"""Short words for the columns and rules our tables repeat."""

from django.db import models


def link(to, label, *, related_name="+", on_delete=models.PROTECT, optional=False, **options):
    """A foreign key; what is pointed to stays as long as it is pointed to."""
    empty = {"null": True, "blank": True} if optional else {}
    return models.ForeignKey(to, on_delete, related_name=related_name, verbose_name=label, **empty, **options)


def amount(label, **options):
    """A number as a source prints it, or nothing."""
    return models.DecimalField(label, max_digits=26, decimal_places=6, null=True, blank=True, **options)


def rule(name, condition, message=None):
    return models.CheckConstraint(name=name, condition=condition, violation_error_message=message)


def once(name, fields, message=None, where=None):
    """No two rows alike in these fields, among the rows the condition names."""
    return models.UniqueConstraint(name=name, fields=fields, condition=where, violation_error_message=message)
