"""A new draft that amends a public policy: what the two surely share is copied, the old one is not touched."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from indicators.models.base import SLUG_LENGTH
from indicators.workflow import NOT_COPIED, Step
from policies.models import Policy, PolicyParty, PolicyRelation, Provision, Target
from policies.trees import nested, outline

ITS_OWN = (*NOT_COPIED, "policy", "source", "locator", "quote")  # the old act proves nothing of the new one
REVISED = "（修订）"


def may_amend(*, policy: Policy, user: AbstractBaseUser) -> bool:
    return policy.is_public and user.has_perm("policies.add_policy")


@transaction.atomic
def amend(*, policy: Policy, user: AbstractBaseUser, reason: str) -> Policy:
    """Place, kind, level, topics, parties, tasks, targets; that it amends is the editor's word until one is quoted."""
    if not may_amend(policy=policy, user=user):
        raise PermissionDenied
    new = Policy(
        name=Truncator(f"Amendment of {policy.name}").chars(300),
        name_zh=Truncator(policy.name_zh).chars(300 - len(REVISED)) + REVISED,
        slug=_free_slug(policy.slug), place=policy.place, kind=policy.kind, level=policy.level, author=user,
    )  # fmt: skip
    new._history_user, new._change_reason = user, reason
    new.save()
    new.topics.set(policy.topics.all())
    PolicyParty.objects.bulk_create(_copy(party, policy=new) for party in policy.parties.all())
    _copy_tree(policy, new)
    for target in policy.targets.exclude(standing=Target.Standing.SUPERSEDED):
        copy = _copy(target, policy=new, author=user)
        copy._history_user, copy._change_reason = user, reason
        copy.save()
    said = {"predicate": PolicyRelation.Predicate.AMENDS, "asserted_by": PolicyRelation.AssertedBy.EDITOR}
    PolicyRelation.objects.create(policy=new, object=policy, **said)
    return new


AMEND = Step(gettext_lazy("Duplicate as amendment"), amend, Policy.State.PUBLISHED, asks_reason=True)


def _copy(row, **own):
    fields = [field.attname for field in row._meta.concrete_fields if field.name not in ITS_OWN]
    return type(row)(**{name: getattr(row, name) for name in fields}, **own)


def _copy_tree(policy, new):
    """Level by level, each under the copy of what it stood under."""
    copies, levels = {}, {}
    for provision, depth in outline(nested(policy.provisions.all())):
        levels.setdefault(depth, []).append(provision)
    for level in levels.values():
        made = [_copy(row, policy=new) for row in level]
        for row, copy in zip(level, made, strict=True):
            copy.parent = copies.get(row.parent_id)
        copies |= dict(zip((row.pk for row in level), Provision.objects.bulk_create(made), strict=True))


def _free_slug(slug):
    taken = set(Policy.objects.filter(slug__startswith=slug[: SLUG_LENGTH - 20]).values_list("slug", flat=True))
    number, free = 1, ""
    while not free or free in taken:
        ending = "-amendment" if number == 1 else f"-amendment-{number}"
        free, number = slug[: SLUG_LENGTH - len(ending)] + ending, number + 1
    return free
