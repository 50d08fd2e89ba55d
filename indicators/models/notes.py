"""Known problems: misprints, ambiguities and doubts, printed on the rows they concern."""

from functools import reduce

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from indicators.models.base import SLUG_LENGTH
from indicators.models.columns import link, once, rule


class EditorialNote(models.Model):
    """One doubt with its handling. Open while it has no resolution."""

    class Kind(models.TextChoices):
        MISPRINT = "misprint", _("misprint")
        AMBIGUOUS = "ambiguous", _("ambiguous")
        DISPUTED = "disputed", _("disputed")
        INFERRED = "inferred", _("inferred by the editor")
        CONTRADICTION = "contradiction", _("sources contradict each other")
        TRANSLATION = "translation", pgettext_lazy("known problem", "translation")
        INCOMPLETE = "incomplete", _("incomplete")

    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    title = models.CharField(_("title"), max_length=160)
    title_zh = models.CharField(_("title (Chinese)"), max_length=160)
    text = models.TextField(_("what is doubtful"), help_text=_("Both readings, with their places in the sources."))
    text_zh = models.TextField(_("what is doubtful (Chinese)"))
    resolution = models.TextField(_("how it is handled here"), blank=True)
    resolution_zh = models.TextField(_("how it is handled here (Chinese)"), blank=True)
    excludes_from_ranking = models.BooleanField(
        _("keeps figures out of rankings"),
        default=False,
        help_text=_("The figures it concerns are shown, but take part in no ranking."),
    )
    is_public = models.BooleanField(_("public"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = _("known problem")
        verbose_name_plural = _("known problems")

    def __str__(self):
        return self.title


def exactly_one(names):
    """A condition: one of these columns is filled, the others are null."""
    return reduce(lambda a, b: a | b, (Q(**{f"{name}__isnull": name != chosen for name in names}) for chosen in names))


def link_constraints(name, subjects):
    """A link row concerns exactly one subject, and each pair stands once (a null never collides)."""
    return [
        rule(f"{name}_one_subject", exactly_one(subjects), _("Choose exactly one row the problem concerns.")),
        *(once(f"{name}_{subject}_once", "note", subject) for subject in subjects),
    ]


LINKED = ("observation", "statement", "series", "indicator", "source", "group", "place", "ranking_list")


class NoteLink(models.Model):
    """Ties a known problem to one row of this app; policies keep their own link rows."""

    SUBJECTS = LINKED

    note = link(EditorialNote, _("known problem"), related_name="links", on_delete=models.CASCADE)
    observation = link(
        "indicators.Observation", None, related_name="note_links", on_delete=models.CASCADE, optional=True
    )
    statement = link("indicators.Statement", None, related_name="note_links", on_delete=models.CASCADE, optional=True)
    series = link("indicators.Series", None, related_name="note_links", on_delete=models.CASCADE, optional=True)
    indicator = link("indicators.Indicator", None, related_name="note_links", on_delete=models.CASCADE, optional=True)
    source = link("indicators.Source", None, related_name="note_links", on_delete=models.CASCADE, optional=True)
    group = link("indicators.PlaceGroup", None, related_name="note_links", on_delete=models.CASCADE, optional=True)
    place = link("indicators.Place", None, related_name="note_links", on_delete=models.CASCADE, optional=True)
    ranking_list = link(
        "indicators.RankingList", None, related_name="note_links", on_delete=models.CASCADE, optional=True
    )

    class Meta:
        ordering = ["note__position", "id"]
        verbose_name = _("what it concerns")
        verbose_name_plural = _("what it concerns")
        constraints = link_constraints("notelink", LINKED)

    def __str__(self):
        return f"{self.note} → {self.subject}"

    @property
    def subject(self):
        return next((getattr(self, name) for name in self.SUBJECTS if getattr(self, f"{name}_id")), None)
