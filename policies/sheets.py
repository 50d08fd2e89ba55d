"""The tables of policies in files, and the order of all tables: each after those it points to."""

from indicators import sheets
from indicators.imports.sheet import sheet
from indicators.sheets import SLUG
from policies import models

POLICIES = (
    sheet("packages", models.Package, key=SLUG),
    sheet("policies", models.Policy, key=SLUG),
    sheet("policy_titles", models.PolicyTitle, key=("policy", "language", "text")),
    sheet("policy_parties", models.PolicyParty, key=("policy", "role", "organisation", "name_as_stated")),
    sheet("policy_documents", models.PolicyDocument, key=("policy", "source", "role")),
    sheet("policy_events", models.PolicyEvent, after=models.Policy.objects.date_by_primary_event),
    sheet("provisions", models.Provision),
    sheet("declared_counts", models.DeclaredCount),
    sheet("targets", models.Target),
    sheet("participations", models.Participation),
    sheet("policy_relations", models.PolicyRelation),
    sheet("programmes", models.Programme, key=SLUG),
    sheet("designations", models.Designation),
)
NOTES = (sheet("policy_note_links", models.PolicyNoteLink, key=("note", *models.PolicyNoteLink.SUBJECTS)),)
ALL = (*sheets.FIRST, *POLICIES, *sheets.NOTES, *NOTES)
