"""All known problems, numbered, with what each concerns."""

from django.db.models import Prefetch
from django.shortcuts import render
from django.utils.translation import gettext as _

from indicators.models import EditorialNote, NoteLink
from indicators.where import problem
from indicators.words import localized, period_words
from policies.models import PolicyNoteLink

PARTS_OF_POLICIES = ("event", "provision", "participation", "relation")


def notes(request):
    subjects = ("statement", "series__indicator", "indicator", "source", "group", "place", "ranking_list")
    links = NoteLink.objects.select_related(*subjects, "observation__place", "observation__series__indicator")
    parts = [f"{part}__policy" for part in (*PARTS_OF_POLICIES, "declared_count")]
    policy_links = PolicyNoteLink.objects.select_related("policy", "target", "designation__place", *parts)
    policy_links = policy_links.select_related("designation__programme")
    found = EditorialNote.objects.filter(is_public=True).prefetch_related(
        Prefetch("links", links), Prefetch("policy_links", policy_links)
    )
    entries = []
    for note in found:
        links = [*note.links.all(), *note.policy_links.all()]
        entries.append(problem(note, slug=note.slug, subjects=list(filter(None, map(subject, links)))))
    return render(request, "config/notes.html", {"section": "notes", "entries": entries})


def subject(link):
    """(words, address) of what a link concerns; None while that is not public."""
    row, name = link.subject, next(name for name in link.SUBJECTS if getattr(link, f"{name}_id"))
    owner = row.policy if name in (*PARTS_OF_POLICIES, "declared_count") else row
    if getattr(owner, "state", "published") != "published":
        return None
    if name == "observation":
        words = _(", ").join([localized(row.series.indicator, "name"), localized(row.place, "name"), period_words(row)])
    elif name == "designation":
        holder = localized(row.place, "name") if row.place else row.name_as_printed
        words = _(": ").join([holder, localized(row.programme, "name")])
        return words, row.place.get_absolute_url() if row.place else ""
    elif name in ("statement", "target"):
        words = localized(row, "text" if name == "statement" else "statement")
    elif name == "source":
        words = localized(row, "title")
    else:
        words = localized(owner, "name")
    address = row.indicator if name == "series" else owner if name in PARTS_OF_POLICIES else row
    return words, address.get_absolute_url() if hasattr(address, "get_absolute_url") else ""
