"""The way of a row to the public: who may take which step, and what each step writes.

    draft → in review → published → withdrawn

Every step is one transaction and leaves a history row with who and why. A step that may not be taken raises
PermissionDenied (the person may not) or ValidationError (not now, not on this row), with a sentence to show.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import CASCADE
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators import derive
from indicators.models import Observation
from indicators.models.base import SourcedRow, Workflow, new_uid

State, CheckStatus = Workflow.State, Workflow.CheckStatus
REVIEW, PUBLISH_OWN = "indicators.review_content", "indicators.publish_own_content"
NOT_COPIED = ("id", "uid", "state", "check_status", "author", "reviewer", "created_at", "published_at", "replaces")


@dataclass(frozen=True)
class Step:
    label: str
    take: Callable[..., Workflow]
    start: str
    reviewers_only: bool = False
    asks_reason: bool = False


def submit(*, row: Workflow, user: AbstractBaseUser) -> Workflow:
    with _step("submit", row, user) as row:
        return _save(row, user, _("Submitted for review"), state=State.IN_REVIEW)


def send_back(*, row: Workflow, user: AbstractBaseUser, reason: str) -> Workflow:
    with _step("send_back", row, user, reason) as row:
        return _save(row, user, reason, state=State.DRAFT)


def publish(*, row: Workflow, user: AbstractBaseUser) -> Workflow:
    """Publish; a row that corrects another withdraws it in the same breath and takes over its known problems."""
    with _step("publish", row, user) as row:
        old = getattr(row, "replaces", None)
        if old and old.is_public:
            _save(old, user, _("Corrected by %(uid)s") % {"uid": row.uid}, state=State.WITHDRAWN)
            for link in old.note_links.all():
                row.note_links.get_or_create(note=link.note)
        own = user.pk in writers(row)
        return _save(
            row,
            user,
            _("Published, not second-checked") if own else _("Checked and published"),
            state=State.PUBLISHED,
            published_at=timezone.now(),
            reviewer=None if own else user,
            check_status=CheckStatus.NOT_SECOND_CHECKED if own else CheckStatus.CHECKED,
        )


def withdraw(*, row: Workflow, user: AbstractBaseUser, reason: str) -> Workflow:
    with _step("withdraw", row, user, reason) as row:
        return _save(row, user, reason, state=State.WITHDRAWN)


def correct(*, row: Workflow, user: AbstractBaseUser, reason: str) -> Workflow:
    """A draft under a new address that will take the place of this published row."""
    with _step("correct", row, user, reason) as row:
        copied = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in NOT_COPIED}
        return _save(type(row)(**copied, uid=new_uid(), author=user, replaces=row), user, reason)


def reopen(*, row: Workflow, user: AbstractBaseUser, reason: str) -> Workflow:
    """Back to draft under the same address: how rows that have no correcting copy are corrected."""
    with _step("reopen", row, user, reason) as row:
        blank = {"reviewer": None, "check_status": CheckStatus.UNCHECKED, "published_at": None}
        return _save(row, user, reason, state=State.DRAFT, **blank)


STEPS = {
    "submit": Step(gettext_lazy("Submit for review"), submit, State.DRAFT),
    "send_back": Step(gettext_lazy("Return to draft"), send_back, State.IN_REVIEW, asks_reason=True),
    "publish": Step(gettext_lazy("Publish"), publish, State.IN_REVIEW, reviewers_only=True),
    "correct": Step(gettext_lazy("Correct"), correct, State.PUBLISHED, reviewers_only=True, asks_reason=True),
    "withdraw": Step(gettext_lazy("Withdraw"), withdraw, State.PUBLISHED, reviewers_only=True, asks_reason=True),
    "reopen": Step(gettext_lazy("Reopen as draft"), reopen, State.WITHDRAWN, reviewers_only=True, asks_reason=True),
}


def may(*, step: str, model: type[Workflow], user: Any) -> bool:
    """Whether the person's role allows the step at all, whatever the row."""
    opts = model._meta
    change = f"{opts.app_label}.{get_permission_codename('change', opts)}"
    return user.has_perm(change) and (not STEPS[step].reviewers_only or user.has_perm(REVIEW))


def hindrance(*, step: str, row: Workflow, user: Any) -> str:
    """Why the step cannot be taken on this row now; empty when it can."""
    if derive.made_here("observations", row.uid):
        return _("It is worked out here: it follows its parts.")
    if leader(row) is not row:
        return _("It follows its policy: take this step there.")
    if row.state != STEPS[step].start:
        return _("This step does not start from “%(state)s”.") % {"state": row.get_state_display()}
    if step == "publish" and settings.REVIEW_REQUIRED and user.pk in writers(row) and not user.has_perm(PUBLISH_OWN):
        return _("You wrote in this yourself: a second person has to check it.")
    if step == "correct" and not hasattr(row, "replaces"):
        return _("Withdraw it, reopen it as a draft and publish it again: it keeps its address.")
    successor = _successor(row)
    if step == "correct" and successor:
        return _("A correction is already under way: %(uid)s.") % {"uid": successor.uid}
    if step == "reopen" and successor:
        return _("It was corrected by %(uid)s.") % {"uid": successor.uid}
    return ""


def steps_open(*, row: Workflow, user: Any) -> list[str]:
    return [
        step
        for step in STEPS
        if may(step=step, model=type(row), user=user) and not hindrance(step=step, row=row, user=user)
    ]


def leader(row: Workflow) -> Workflow:
    """The row whose state counts: a target of a policy follows the policy."""
    return getattr(row, "policy", None) or row


def is_editable(row: Workflow) -> bool:
    """Only drafts are written in: what a reviewer sees in review is what gets published."""
    return leader(row).state == State.DRAFT


def writers(row: Workflow) -> set[int | None]:
    """Everyone whose hand is in the words. Edits leave the state as it was; steps change it and are no writing."""
    people, before = {row.author_id}, None
    for person, state in row.history.order_by("history_id").values_list("history_user", "state"):
        if before in (None, state):
            people.add(person)
        before = state
    return people - {None}


def _successor(row: Workflow) -> Workflow | None:
    try:
        return row.replaced_by
    except (AttributeError, ObjectDoesNotExist):
        return None


@contextmanager
def _step(step: str, row: Workflow, user: Any, reason: str | None = None) -> Iterator[Workflow]:
    """Lock the row, look at it as it is now, and refuse what may not be."""
    if not may(step=step, model=type(row), user=user):
        raise PermissionDenied(_("Your role does not allow this step."))
    if STEPS[step].asks_reason and not (reason or "").strip():
        raise ValidationError({"reason": _("Say why: the reason is kept in the history.")})
    try:
        with transaction.atomic():
            row = type(row)._default_manager.select_for_update().get(pk=row.pk)
            if refused := hindrance(step=step, row=row, user=user):
                raise ValidationError(refused)
            yield row
            if isinstance(row, Observation) and step in ("publish", "withdraw"):
                derive.recompute([row.series_id], reason=_("A part changed: %(uid)s") % {"uid": row.uid})
    except IntegrityError as error:  # another writer between the check and the write
        raise ValidationError(_("Somebody changed this at the same moment. Look again.")) from error


def _refuse_unsourced(row: Workflow) -> None:
    """Nothing is published without its source: neither the row nor the parts that are published with it."""
    if row.source_id is None:
        raise ValidationError({"source": _("Name the source first: nothing is published without one.")})
    for relation in row._meta.related_objects:
        if issubclass(relation.related_model, SourcedRow) and relation.on_delete is CASCADE:
            part = getattr(row, relation.get_accessor_name()).filter(source=None).first()
            if part:
                raise ValidationError(_("Name the source of “%(part)s” first: it is published too.") % {"part": part})


def _save(row: Workflow, user: Any, reason: str, **changes: Any) -> Workflow:
    for name, value in changes.items():
        setattr(row, name, value)
    row._history_user, row._change_reason = user, reason.strip()
    if row.state in (State.IN_REVIEW, State.PUBLISHED):
        _refuse_unsourced(row)
    if row.is_public:
        row.full_clean()
    row.save()
    return row
