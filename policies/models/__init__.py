"""The nouns of policy, one a file, re-exported here."""

from policies.models.designations import Designation, Programme
from policies.models.notes import PolicyNoteLink
from policies.models.parts import DeclaredCount, Participation, PolicyRelation, Provision
from policies.models.policies import Package, Policy, PolicyDocument, PolicyEvent, PolicyParty, PolicyTitle
from policies.models.targets import Target
