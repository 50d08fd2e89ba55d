"""Known problems: misprints, ambiguities and doubts, printed on the rows they concern."""

from functools import reduce
from operator import or_

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


def concerned(model):
    return link(model, None, related_name="note_links", on_delete=models.CASCADE, optional=True)


def link_constraints(name, subjects):
    """A link row concerns exactly one subject, and each pair stands once (a null never collides)."""
    only = [Q(**{f"{subject}__isnull": subject != chosen for subject in subjects}) for chosen in subjects]
    return [
        rule(f"{name}_one_subject", reduce(or_, only), _("Choose exactly one row the problem concerns.")),
        *(once(f"{name}_{subject}_once", ["note", subject]) for subject in subjects),
    ]


LINKED = ("observation", "statement", "series", "indicator", "source", "group", "place", "ranking_list")


class ProblemLink(models.Model):
    """Ties a known problem to one row: the only one of SUBJECTS that is filled."""

    class Meta:
        abstract = True
        ordering = ["note__position", "id"]
        verbose_name = verbose_name_plural = _("what it concerns")

    def __str__(self):
        return f"{self.note} → {self.subject}"

    @property
    def subject(self):
        return next((getattr(self, name) for name in self.SUBJECTS if getattr(self, f"{name}_id")), None)


class NoteLink(ProblemLink):
    """To the rows of this app; policies keep their own link rows."""

    SUBJECTS = LINKED

    note = link(EditorialNote, _("known problem"), related_name="links", on_delete=models.CASCADE)
    observation = concerned("indicators.Observation")
    statement = concerned("indicators.Statement")
    series = concerned("indicators.Series")
    indicator = concerned("indicators.Indicator")
    source = concerned("indicators.Source")
    group = concerned("indicators.PlaceGroup")
    place = concerned("indicators.Place")
    ranking_list = concerned("indicators.RankingList")

    class Meta(ProblemLink.Meta):
        constraints = link_constraints("notelink", LINKED)
