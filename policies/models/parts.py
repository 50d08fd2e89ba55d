"""Parts of a policy: tasks and measures, announced counts, participants, relations. They follow its state."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from indicators.models import Period, SourcedRow
from indicators.models.columns import link, once, rule
from policies.models.policies import NamedParty, Policy


class PartQuerySet(models.QuerySet):
    def published(self):
        return self.filter(policy__state=Policy.State.PUBLISHED)


class Provision(SourcedRow):
    """A task, measure, direction… of a policy; a tree (ELI LegalResourceSubdivision)."""

    class Kind(models.TextChoices):
        IDEA = "idea", _("idea")
        OBJECTIVE = "objective", _("objective")
        DIRECTION = "direction", _("direction")
        ASPECT = "aspect", _("aspect")
        TASK = "task", _("task")
        MEASURE = "measure", _("measure")
        FIELD = "field", _("field")
        TECHNOLOGY = "technology", _("technology")
        SCENARIO = "scenario", _("scenario")

    policy = link(Policy, None, related_name="provisions", on_delete=models.CASCADE)
    parent = link("self", _("under"), related_name="children", on_delete=models.CASCADE, optional=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    number = models.PositiveSmallIntegerField(_("number"), default=1, validators=[MaxValueValidator(9999)])
    text = models.TextField(_("text"))
    text_zh = models.TextField(_("text (Chinese)"))

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["policy_id", "kind", "number", "id"]
        verbose_name = _("task or measure")
        verbose_name_plural = _("tasks and measures")
        constraints = [
            once(
                "provision_number_once_at_top",
                ["policy", "kind", "number"],
                where=Q(parent__isnull=True),
                message=_("This number is taken."),
            ),
            once("provision_number_once", ["policy", "kind", "parent", "number"], message=_("This number is taken.")),
            rule("provision_not_own_parent", Q(parent__isnull=True) | ~Q(parent=F("id"))),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}: {self.text[:60]}"

    def clean(self):
        super().clean()
        if self.parent and self.parent.policy_id != self.policy_id:
            raise ValidationError({"parent": _("The task above belongs to another policy.")})


class DeclaredCount(SourcedRow, Period):
    """A number a policy or its report announces ("21 measures"), shown against what is listed here."""

    class Counted(models.TextChoices):
        IDEA = "idea", pgettext_lazy("counted", "ideas")
        DIRECTION = "direction", pgettext_lazy("counted", "directions")
        ASPECT = "aspect", pgettext_lazy("counted", "aspects")
        TASK = "task", pgettext_lazy("counted", "key tasks")
        MEASURE = "measure", pgettext_lazy("counted", "measures")
        CATEGORY = "category", pgettext_lazy("counted", "categories of participants")
        PARTICIPANT = "participant", pgettext_lazy("counted", "participants")
        CHAPTER = "chapter", pgettext_lazy("counted", "chapters")
        ARTICLE = "article", pgettext_lazy("counted", "articles")
        FIELD = "field", pgettext_lazy("counted", "fields")

    policy = link(Policy, None, related_name="declared_counts", on_delete=models.CASCADE)
    counted = models.CharField(_("what is counted"), max_length=12, choices=Counted)
    category = models.CharField(
        _("category"), max_length=120, blank=True, help_text=_("For participants: the category this number is of.")
    )
    category_zh = models.CharField(_("category (Chinese)"), max_length=120, blank=True)
    batch = models.PositiveSmallIntegerField(_("batch"), null=True, blank=True)
    value = models.PositiveIntegerField(_("announced number"))

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["policy_id", "counted", "category", "id"]
        verbose_name = _("announced number")
        verbose_name_plural = _("announced numbers")
        constraints = [
            once(
                "declaredcount_once",
                ["policy", "counted", "category", "batch", "period_key", "source"],
                message=_("This number is already listed from this source."),
            ),
            once(
                "declaredcount_once_without_batch",
                ["policy", "counted", "category", "period_key", "source"],
                where=Q(batch__isnull=True),
                message=_("This number is already listed from this source."),
            ),
            *Period.period_constraints("declaredcount"),
        ]

    def __str__(self):
        return f"{self.value} {self.get_counted_display()}"

    def get_absolute_url(self):
        return reverse("figure", args=[self.uid])


class Participation(NamedParty, SourcedRow, Period):
    """Who takes part in a policy, in which category and batch."""

    policy = link(Policy, None, related_name="participations", on_delete=models.CASCADE)
    category = models.CharField(_("category"), max_length=120, blank=True)
    category_zh = models.CharField(_("category (Chinese)"), max_length=120, blank=True)
    batch = models.PositiveSmallIntegerField(_("batch"), null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["policy_id", "batch", "category", "id"]
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            NamedParty.named_constraint("participation"),
            once(
                "participation_once",
                ["policy", "batch", "category", "organisation", "name_as_stated"],
                message=_("This participant is already listed."),
            ),
            *Period.period_constraints("participation"),
        ]

    def __str__(self):
        return str(self.organisation or self.name_as_stated)


class PolicyRelation(SourcedRow):
    """What one policy does to another, and who says so; the other may be a name only."""

    class Predicate(models.TextChoices):
        AMENDS = "amends", _("amends")
        REPEALS = "repeals", _("repeals")
        SUPERSEDES = "supersedes", _("supersedes")
        REFINES = "refines", _("refines")
        IMPLEMENTS = "implements", _("implements")
        BASED_ON = "based_on", _("is based on")
        COMPLEMENTS = "complements", _("complements")
        ISSUED_WITH = "issued_with", _("was issued together with")
        CITES = "cites", _("cites")

    class AssertedBy(models.TextChoices):
        ISSUER = "issuer", _("the issuer")
        ANALYST = "analyst", _("an analyst")
        PRESS = "press", _("a newspaper")
        EDITOR = "editor", _("inferred by the editor")

    policy = link(Policy, None, related_name="relations", on_delete=models.CASCADE)
    predicate = models.CharField(_("relation"), max_length=12, choices=Predicate)
    object = link(Policy, pgettext_lazy("relation", "to"), related_name="inverse_relations", optional=True)
    object_label = models.CharField(_("to (as stated)"), max_length=300, blank=True)
    object_label_zh = models.CharField(_("to (as stated, Chinese)"), max_length=300, blank=True)
    object_inferred = models.BooleanField(_("linked policy inferred by the editor"), default=False)
    asserted_by = models.CharField(_("according to"), max_length=8, choices=AssertedBy)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["policy_id", "predicate", "id"]
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = [
            rule(
                "relation_has_object",
                Q(object__isnull=False) | ~Q(object_label=""),
                _("Choose the other policy, or give its name as stated."),
            ),
            rule(
                "relation_not_self",
                Q(object__isnull=True) | ~Q(object=F("policy")),
                _("A policy has no relation to itself."),
            ),
            once("relation_once", ["policy", "predicate", "object", "asserted_by"]),
        ]

    def __str__(self):
        return f"{self.policy} {self.get_predicate_display()} {self.object or self.object_label}"
