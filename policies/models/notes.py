"""Known problems on policies and their parts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from indicators.models.columns import link
from indicators.models.notes import ProblemLink, concerned, link_constraints

LINKED = ("policy", "event", "provision", "declared_count", "target", "participation", "relation", "designation")


class PolicyNoteLink(ProblemLink):
    SUBJECTS = LINKED

    note = link("indicators.EditorialNote", _("known problem"), related_name="policy_links", on_delete=models.CASCADE)
    policy = concerned("policies.Policy")
    event = concerned("policies.PolicyEvent")
    provision = concerned("policies.Provision")
    declared_count = concerned("policies.DeclaredCount")
    target = concerned("policies.Target")
    participation = concerned("policies.Participation")
    relation = concerned("policies.PolicyRelation")
    designation = concerned("policies.Designation")

    class Meta(ProblemLink.Meta):
        constraints = link_constraints("policynotelink", LINKED)
