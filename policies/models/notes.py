"""Known problems on policies and their parts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from indicators.models.notes import link_constraints

SUBJECTS = ("policy", "event", "provision", "declared_count", "target", "participation", "relation", "designation")


def _subject(model):
    return models.ForeignKey(f"policies.{model}", models.CASCADE, null=True, blank=True, related_name="note_links")


class PolicyNoteLink(models.Model):
    """Ties a known problem to a policy or one of its parts."""

    SUBJECTS = SUBJECTS

    note = models.ForeignKey(
        "indicators.EditorialNote", models.CASCADE, related_name="policy_links", verbose_name=_("known problem")
    )
    policy = _subject("Policy")
    event = _subject("PolicyEvent")
    provision = _subject("Provision")
    declared_count = _subject("DeclaredCount")
    target = _subject("Target")
    participation = _subject("Participation")
    relation = _subject("PolicyRelation")
    designation = _subject("Designation")

    class Meta:
        ordering = ["note__position", "id"]
        verbose_name = _("what it concerns")
        verbose_name_plural = _("what it concerns")
        constraints = link_constraints("policynotelink", SUBJECTS)

    def __str__(self):
        return f"{self.note} → {self.subject}"

    @property
    def subject(self):
        return next((getattr(self, name) for name in self.SUBJECTS if getattr(self, f"{name}_id")), None)
