"""What a load wrote, so that the next load can tell an editor's change from its own."""

from django.db import models


class LoadedRow(models.Model):
    """One row written by a load: its table, natural key and a digest of the values as loaded."""

    sheet = models.CharField(max_length=60)
    key = models.CharField(max_length=500)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "key"], name="loadedrow_once")]

    def __str__(self):
        return f"{self.sheet}: {self.key}"
