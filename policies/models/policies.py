"""Policies and what identifies them: titles, parties, documents, events (ELI, Popolo terms)."""

from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Cast, Coalesce, Least, Replace, Substr
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from indicators.models import Period, SourcedRow, Workflow, WorkflowQuerySet
from indicators.models.base import Named
from indicators.models.columns import link, once, rule
from indicators.periods import UNDATED
from policies import dating
from policies.status import ENDINGS, STEPS


class Package(Named):
    """Acts issued together; each policy says its role in it."""

    class Meta:
        ordering = ["slug"]
        verbose_name = _("policy package")
        verbose_name_plural = _("policy packages")


NOT_COMPARED = "\"'“”‘’「」《》—–-()（）[]〔〕"


def _bare(column):
    return reduce(lambda text, letter: Replace(text, Value(letter)), NOT_COMPARED, F(column))


class PolicyQuerySet(WorkflowQuerySet):
    def search(self, text):
        """Any title in any language, the name, the document number, however quotes, dashes and brackets are typed."""
        wanted = "".join(letter for letter in text if letter not in NOT_COMPARED)
        if not wanted:
            return self.none()
        titles = PolicyTitle.objects.annotate(bare=_bare("text")).filter(bare__icontains=wanted).values("policy")
        columns = {f"bare_{name}": _bare(name) for name in ("name", "name_zh", "document_number")}
        found = [Q(**{f"{column}__icontains": wanted}) for column in columns]
        return self.alias(**columns).filter(reduce(or_, found, Q(pk__in=titles)))

    def date_by_primary_event(self):
        """Copy the primary event's dates to these policies; bulk loads call it, since they skip save()."""
        primary = PolicyEvent.objects.filter(policy=models.OuterRef("pk"), is_primary=True)
        return self.update(
            first_event_start=models.Subquery(primary.values("period_start")[:1]),
            first_event_end=models.Subquery(primary.values("period_end")[:1]),
        )

    def within(self, days, how=dating.SURELY):
        """Policies whose date lies surely, or possibly, within these days."""
        return self.filter(dating.condition(how, days, Q, start="first_event_start", end="first_event_end"))

    def with_year(self):
        """`year` of each: the one its date lies in; dating.SPREAD where that may be several, UNDATED without any."""
        first, last = (_year(f"first_event_{end}") for end in ("start", "end"))
        found = Case(
            When(first_event_end=None, then=Value(UNDATED)),
            When(Exact(first, last), then=last),
            default=Value(dating.SPREAD),
        )
        return self.annotate(year=found)

    def by_years(self):
        """(year of the first day a date may mean, year of the last) → how many policies."""
        years = self.order_by().annotate(first=_year("first_event_start"), last=_year("first_event_end"))
        rows = years.values_list("first", "last").annotate(n=models.Count("pk"))
        return {(first and int(first), last and int(last)): n for first, last, n in rows}

    def with_status(self, today):
        """`status` of each: what is set by hand, or the rule of policies.status in the database."""
        done = Q(period_end__isnull=True) | Q(period_end__lte=today)
        rules = [(Q(type__in=types) & (done if only_done else Q()), says) for types, only_done, says in STEPS]
        weights = [f"{n + (n >= len(ENDINGS))}{says}" for n, (_rule, says) in enumerate(rules)]
        over = Case(When(period_end__lt=today, then=Value(f"{len(ENDINGS)}expired")), default=Value("9unknown"))
        weighed = Case(*(When(rule, then=Value(weight)) for (rule, _says), weight in zip(rules, weights, strict=True)))
        events = PolicyEvent.objects.filter(policy=models.OuterRef("pk")).order_by().values("policy")
        weightiest = models.Subquery(events.annotate(x=models.Min(weighed)).values("x"))
        return self.annotate(
            status=Case(
                When(~Q(legal_status_set=""), then=F("legal_status_set")),
                When(kind=Policy.Kind.WHITE_PAPER, then=Value("unknown")),
                default=Substr(Least(Coalesce(weightiest, Value("9unknown")), over), 2),
            )
        )


def _year(column):
    """Four figures of the date as text: many times faster on SQLite than its year."""
    return Substr(Cast(column, models.CharField()), 1, 4)


class Policy(Named, SourcedRow, Period, Workflow):
    """A policy above its files. Its period is the programme period ("2023/2025"); dates of its life are events."""

    class Kind(models.TextChoices):
        PLAN = "plan", _("plan")
        ACTION_PLAN = "action_plan", _("action plan")
        MEASURES = "measures", _("measures")
        PROGRAMME = "programme", _("programme")
        REGULATION = "regulation", _("local regulation")
        OPINIONS = "opinions", _("opinions")
        NOTICE = "notice", _("notice")
        FIVE_YEAR_PLAN = "five_year_plan", _("five-year plan")
        WHITE_PAPER = "white_paper", _("white paper")
        UNKNOWN_SET = "unknown_set", _("several acts, not named")

    class Role(models.TextChoices):
        STRATEGY = "strategy", _("strategy")
        IMPLEMENTATION = "implementation", _("implementation")
        OPERATION = "operation", _("operation")

    class Level(models.TextChoices):
        NATIONAL = "national", _("national")
        PROVINCE = "province", _("provincial")
        CITY = "city", pgettext_lazy("administrative level", "city")
        DISTRICT = "district", _("district")

    class LegalStatus(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("legal status", "draft")
        ANNOUNCED = "announced", _("announced")
        IN_FORCE = "in_force", _("in force")
        EXPIRED = "expired", _("programme period over")
        SUPERSEDED = "superseded", _("superseded")
        REPEALED = "repealed", _("repealed")
        UNKNOWN = "unknown", _("not known")

    name = models.CharField(
        _("title"), max_length=300, help_text=_("The English title this site uses; all others stand under titles.")
    )
    name_zh = models.CharField(_("title in Chinese"), max_length=300)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    place = link("indicators.Place", _("city"), related_name="policies")
    level = models.CharField(_("level"), max_length=10, choices=Level)
    package = link(Package, _("package"), related_name="policies", optional=True)
    package_role = models.CharField(_("role in its package"), max_length=15, choices=Role, blank=True)
    document_number = models.CharField(_("document number"), max_length=80, blank=True)
    legal_status_set = models.CharField(
        _("legal status, set by hand"),
        max_length=12,
        choices=LegalStatus,
        blank=True,
        help_text=_("Empty: worked out from the events."),
    )
    legal_status_reason = models.CharField(_("reason"), max_length=300, blank=True)
    abstract = models.TextField(_("abstract"), blank=True, help_text=_("Markdown, in the site's own words."))
    abstract_zh = models.TextField(_("abstract (Chinese)"), blank=True)
    topics = models.ManyToManyField("indicators.Topic", blank=True, related_name="policies", verbose_name=_("topics"))
    # Copied from the primary event by its save(), so that lists sort and count without joining.
    first_event_start = models.DateField(null=True, blank=True, editable=False)
    first_event_end = models.DateField(null=True, blank=True, editable=False)

    objects = PolicyQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[topics])

    class Meta:
        ordering = [F("first_event_end").desc(nulls_last=True), "slug"]
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        constraints = [
            rule(
                "policy_status_reason",
                Q(legal_status_set="") | ~Q(legal_status_reason=""),
                _("A legal status set by hand needs its reason."),
            ),
            rule(
                "policy_role_in_package",
                Q(package_role="") | Q(package__isnull=False),
                _("A role needs the package it is a role in."),
            ),
            once(
                "policy_number_once",
                ["document_number"],
                where=~Q(document_number=""),
                message=_("Another policy has this document number."),
            ),
            *Period.period_constraints("policy"),
            *Workflow.workflow_constraints("policy"),
        ]

    def clean(self):
        super().clean()
        if self.legal_status_set and not self.legal_status_reason:
            raise ValidationError({"legal_status_reason": _("A legal status set by hand needs its reason.")})

    def get_absolute_url(self):
        return reverse("policies:policy", args=[self.slug])


class PolicyTitle(models.Model):
    class Role(models.TextChoices):
        OFFICIAL = "official", _("official")
        TRANSLATION = "translation", _("translation")
        SHORT = "short", _("short")
        ALIAS = "alias", _("other rendering")

    policy = link(Policy, None, related_name="titles", on_delete=models.CASCADE)
    language = models.CharField(_("language"), max_length=12, help_text=_("BCP 47: zh-Hans, en."))
    text = models.CharField(_("title"), max_length=300)
    role = models.CharField(_("role"), max_length=12, choices=Role)

    class Meta:
        ordering = ["policy_id", "role", "language", "text"]
        verbose_name = _("title")
        verbose_name_plural = _("titles")
        constraints = [
            once("title_once", ["policy", "language", "text"], message=_("This title is already listed.")),
            once(
                "title_one_official",
                ["policy", "language"],
                where=Q(role="official"),
                message=_("A policy has one official title a language."),
            ),
        ]

    def __str__(self):
        return self.text


class NamedParty(models.Model):
    """An organisation, or a name as stated where it is not (yet) one of ours."""

    organisation = link("indicators.Organisation", _("organisation"), optional=True)
    name_as_stated = models.CharField(_("name as stated"), max_length=200, blank=True)
    name_as_stated_zh = models.CharField(_("name as stated (Chinese)"), max_length=200, blank=True)

    class Meta:
        abstract = True

    @staticmethod
    def named_constraint(name):
        return rule(
            f"{name}_named",
            Q(organisation__isnull=False) | ~Q(name_as_stated=""),
            _("Choose an organisation, or give the name as stated."),
        )


class PolicyParty(NamedParty):
    class Role(models.TextChoices):
        ISSUER = "issuer", _("issued by")
        CO_ISSUER = "co_issuer", _("issued jointly with")
        LAUNCHER = "launcher", _("launched by")
        IMPLEMENTER = "implementer", _("carried out by")
        INTERPRETER = "interpreter", _("interpreted by")
        APPROVER = "approver", _("approved by")

    ISSUING = (Role.ISSUER, Role.CO_ISSUER, Role.LAUNCHER)  # who answers for a policy

    policy = link(Policy, None, related_name="parties", on_delete=models.CASCADE)
    role = models.CharField(_("role"), max_length=12, choices=Role)

    class Meta:
        ordering = ["policy_id", "role", "id"]
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            NamedParty.named_constraint("party"),
            once("party_once", ["policy", "role", "organisation", "name_as_stated"]),
        ]

    def __str__(self):
        return f"{self.get_role_display()} {self.organisation or self.name_as_stated}"


class PolicyDocument(models.Model):
    """A source that carries or reports the policy."""

    class Role(models.TextChoices):
        MAIN = "main", _("text")
        ANNEX = "annex", _("annex")
        TRANSLATION = "translation", _("translation")
        OFFICIAL_READING = "official_reading", _("official explanation")
        PRESS = "press", _("press report")
        SECONDARY = "secondary", _("secondary")

    policy = link(Policy, None, related_name="documents", on_delete=models.CASCADE)
    source = link("indicators.Source", _("source"), related_name="policy_documents")
    role = models.CharField(_("role"), max_length=16, choices=Role)

    class Meta:
        ordering = ["policy_id", "role", "source__slug"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [once("document_once", ["policy", "source", "role"])]

    def __str__(self):
        return f"{self.get_role_display()}: {self.source}"


class PolicyEvent(SourcedRow, Period):
    """One dated step in the life of a policy."""

    class Type(models.TextChoices):
        """Order carries meaning: the usual course of an act."""

        CONSULTED = "consulted", _("draft for consultation")
        ADOPTED = "adopted", _("adopted or signed")
        APPROVED = "approved", _("approved")
        ISSUED = "issued", _("issued")
        PUBLISHED = "published", pgettext_lazy("event", "published")
        LAUNCHED = "launched", _("launched")
        ANNOUNCED = "announced", pgettext_lazy("event", "announced")
        EFFECTIVE = "effective", _("in force from")
        BATCH = "batch", _("batch announced")
        AMENDED = "amended", _("amended")
        EVALUATED = "evaluated", _("evaluated")
        SUPERSEDED = "superseded", _("superseded")
        REPEALED = "repealed", _("repealed")
        EXPIRED = "expired", _("expired")

    policy = link(Policy, None, related_name="events", on_delete=models.CASCADE)
    type = models.CharField(_("what happened"), max_length=12, choices=Type)
    is_primary = models.BooleanField(
        _("dates the policy"), default=False, help_text=_("The event lists and timelines place the policy by.")
    )
    note = models.CharField(_("remark"), max_length=300, blank=True)
    note_zh = models.CharField(_("remark (Chinese)"), max_length=300, blank=True)

    class Meta:
        ordering = [F("period_end").asc(nulls_last=True), "period_start", "id"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            once(
                "event_one_primary",
                ["policy"],
                where=Q(is_primary=True),
                message=_("Only one event can date the policy."),
            ),
            once("event_once", ["policy", "type", "period_key"]),
            *Period.period_constraints("policyevent"),
        ]

    def __str__(self):
        return f"{self.get_type_display()} {self.period_key}"

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        Policy.objects.filter(pk=self.policy_id).date_by_primary_event()

    def delete(self, *args, **kwargs):
        deleted = super().delete(*args, **kwargs)
        Policy.objects.filter(pk=self.policy_id).date_by_primary_event()
        return deleted
