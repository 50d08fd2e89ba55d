"""Where a figure comes from, and what is doubtful about it."""

from collections import defaultdict

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from indicators.figures import nearness, nearness_label, present, source_rank
from indicators.models import EditorialNote, NoteLink, Workflow
from indicators.numbers import rank_among
from indicators.words import key_words, localized, locator_words, own_half, period_words, run_on
from indicators.worked_out import worked_out


class Notes:
    """The known problems of a set of figures, in one query."""

    def __init__(self, observations):
        wanted = {
            "observation": {o.pk for o in observations},
            "series": {o.series_id for o in observations},
            "indicator": {o.series.indicator_id for o in observations},
            "source": {o.source_id for o in observations},
            "group": {o.series.group_id for o in observations},
        }
        where = Q(pk__in=[])
        for subject, keys in wanted.items():
            where |= Q(**{f"{subject}__in": keys - {None}})
        self.links = defaultdict(list)
        for link in NoteLink.objects.filter(where).select_related("note"):
            for subject in wanted:
                if key := getattr(link, f"{subject}_id"):
                    self.links[subject, key].append(link.note)

    def direct(self, row):
        return [note for note in self.links["observation", row.pk] if note.is_public]

    def disputed(self, row):
        return any(n.excludes_from_ranking or n.kind == EditorialNote.Kind.DISPUTED for n in self.direct(row))

    def excludes(self, row):
        """Kept out of every rank: by the notes on the very figure, the unpublished ones too."""
        return any(note.excludes_from_ranking for note in self.links["observation", row.pk])

    def _met(self, *keys):
        return list({note.pk: note for key in keys for note in self.links.get(key, ()) if note.is_public}.values())

    def near(self, row):
        """The problems of the figure, its series and its indicator, each once."""
        indicator = ("indicator", row.series.indicator_id)
        return self._met(("observation", row.pk), ("series", row.series_id), indicator)

    def far(self, row):
        """Those of the group it is ranked among and of its source, which hold for many other figures too."""
        near = {note.pk for note in self.near(row)}
        met = self._met(("group", row.series.group_id), ("source", row.source_id))
        return [note for note in met if note.pk not in near]

    def of_rows(self, rows):
        """The problems of many figures and their groups; those of their sources stand on the sources' pages."""
        keys = [("group", row.series.group_id) for row in rows]
        found = {note.pk: note for row in rows for note in self.near(row)} | {n.pk: n for n in self._met(*keys)}
        return sorted(found.values(), key=lambda note: (note.position, note.slug))


def note_url(note):
    return f"{reverse('notes')}#{note.slug}"


def problem(note, **more):
    """The dict of components/known_problems.html."""
    return {
        "kind": note.get_kind_display(),
        "text": localized(note, "text"),
        "resolution": localized(note, "resolution"),
        "on": localized(note, "title"),
        "url": note_url(note),
        **more,
    }


def group_words(group):
    """“among the 50 largest cities by GDP in 2021, as the source says”: the name itself says whose claim it is."""
    return _("among %(group)s") % {"group": localized(group, "name")} if group else ""


def rank_words(rank, size, group):
    """“3 of 50, among the 50 largest cities…”, or “3 among the cities of China” where no size is stated."""
    counted = rank_among(rank, size, group)
    return f"{counted}{_(', ')}{group_words(group)}" if rank and size and group else counted


def source_rank_words(row):
    rank, group = source_rank(row), row.series.group
    return rank_words(rank, group and group.stated_size, group) if rank else ""


def checked_words(row):
    """Who entered and who checked it; rows loaded with the site say so instead of naming anybody."""
    if row.check_status == Workflow.CheckStatus.CHECKED and row.reviewer:
        names = {"author": row.author or _("the load"), "reviewer": row.reviewer, "day": _day(row.published_at)}
        return _("Entered by %(author)s, checked by %(reviewer)s, published %(day)s") % names
    words = row.get_check_status_display()
    return words[:1].upper() + words[1:]


def _day(moment):
    return key_words(f"{moment:%Y-%m-%d}") if moment else ""


def sourced(row):
    """The half of components/where_from.html that any sourced row fills."""
    source = row.source
    near = nearness(row)
    told = {"url": row.get_absolute_url() if hasattr(row, "get_absolute_url") else "", "quote": row.quote}
    told |= {"locator": locator_words(row.locator), "verbatim": getattr(row, "verbatim", "")}
    told |= {"nearness": near, "nearness_label": nearness_label(near)}
    told["extra"] = [{"label": _("Attributed to"), "text": own_half(row.attributed_to)}] if row.attributed_to else []
    if source:
        dated = "" if source.period_key == "undated" else period_words(source)
        meta = [localized(source.publisher, "name"), own_half(source.edition), dated]
        told |= {
            "source_title": localized(source, "title"),
            "source_url": source.get_absolute_url(),
            "source_meta": _(", ").join(filter(None, meta)),
            "quote_lang": source.language,
            "verbatim_lang": source.language,
        }
    return told


def where_from(row, notes, close_url="", copy=None, found=None):
    """An observation as components/where_from.html shows it. `copy`: its citation; `found`: its evidence, if known."""
    figure = present(row, disputed=notes.disputed(row))
    rank = source_rank_words(row)
    sentence = _("%(unit)s: %(indicator)s, %(place)s, %(period)s.") % figure
    if not figure["has_value"]:
        sentence = _("%(indicator)s, %(place)s, %(period)s.") % figure
    if rank:
        sentence = run_on([sentence, _("Rank in the source: %(rank)s.") % {"rank": rank}])
    told = sourced(row)
    if row.status != row.Status.FINAL:
        told["extra"].append({"label": _("Status"), "text": row.get_status_display()})
    if row.tier:
        told["extra"].append({"label": _("Tier"), "text": row.tier})
    worked = worked_out(row, found)
    if worked:  # its sources are those of its parts
        told |= {"source_title": "", "locator": ""}
    return told | {
        "figure": in_words(figure) | {"nearness": "", "period": ""},
        "sentence": sentence,
        "kind": figure["kind_label"],
        "worked": worked,
        "checked": checked_words(row),
        "problems": [{"text": localized(n, "title"), "url": note_url(n)} for n in notes.near(row)],
        "close_url": close_url,
        "copy": copy,
    }


def in_words(figure):
    """Claims without a number are set as words ("rank only"), and drop the unit of the number they lack."""
    return figure if figure["has_value"] else figure | {"text": "", "mark": figure["text"], "unit": ""}


def in_cell(figure):
    """For a table whose head says unit and period and whose own column marks the nearness."""
    return in_words(figure) | {"unit": "", "period": "", "nearness": ""}
