"""Published rankings: all of them side by side, one as printed, and where they part."""

from django import forms
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from indicators import surprises
from indicators.agreement import spearman
from indicators.matrix import Matrix, Published, editions, newest, printed_lines, published, side_by_side
from indicators.models import NoteLink, Place, RankingList
from indicators.sentences import table_source
from indicators.where import problem
from indicators.words import localized


class Choice(forms.ChoiceField):
    """One of what the page offers; an empty choice means any."""

    def __init__(self, choices, label, empty):
        refusal = {"invalid_choice": _("“%(value)s” is not known here, so nothing is listed.")}
        super().__init__(choices=[("", empty), *choices], label=label, required=False, error_messages=refusal)


class ListFilter(forms.Form):
    def __init__(self, query, lists):
        super().__init__(query)
        topics = {one.row.topic for one in lists if one.row.topic}
        topics = sorted(topics, key=lambda topic: (topic.position, topic.slug))
        bodies = {one.row.publisher.slug: one.publisher for one in lists}
        years = sorted({one.row.edition[:4] for one in lists}, reverse=True)
        topics = [(topic.slug, localized(topic, "name")) for topic in topics]
        self.fields["topic"] = Choice(topics, _("Topic"), _("any"))
        self.fields["year"] = Choice([(year, year) for year in years], _("Edition"), _("newest of each publisher"))
        self.fields["publisher"] = Choice(bodies.items(), _("Publisher"), _("any"))

    def chosen(self, lists):
        """The lists asked for; none where the address asks for something that is not here."""
        if not self.is_valid():
            return []
        topic, year, publisher = (self.cleaned_data[name] for name in ("topic", "year", "publisher"))
        return [
            one
            for one in lists
            if (not topic or one.row.topic and one.row.topic.slug == topic)
            and (not year or one.row.edition[:4] == year)
            and (not publisher or one.row.publisher.slug == publisher)
        ]

    @property
    def every_edition(self):
        return bool(self.cleaned_data.get("year") or self.cleaned_data.get("publisher"))


class PairForm(forms.Form):
    def __init__(self, query, lists):
        super().__init__(query)
        choices = [(one.row.slug, f"{one.label}: {one.name}") for one in lists]
        self.fields["a"] = Choice(choices, _("One list"), _("choose a list"))
        self.fields["b"] = Choice(choices, _("Another list"), _("choose a list"))

    def compared(self, lists, cities):
        """Both lists with the cities they share; None unless two are named."""
        found = {one.row.slug: one for one in lists}
        if not self.is_valid() or not (self.cleaned_data["a"] and self.cleaned_data["b"]):
            return None
        one, two = found[self.cleaned_data["a"]], found[self.cleaned_data["b"]]
        rows = side_by_side(one, two, cities)
        return {"both": (one, two), "rows": rows, "agreement": spearman([row["pair"] for row in rows])}


def ranking_lists(request):
    lists, cities = published(), list(Place.objects.cities())
    query = request.GET.copy()
    for name in query:
        query[name] = query[name].replace("\x00", "\ufffd")[:120]
    form = ListFilter(query, lists)
    chosen = form.chosen(lists)
    pair = PairForm(query, lists)
    shown = chosen if form.is_valid() and form.every_edition else newest(chosen)
    context = {
        "form": form,
        "pair": pair,
        "compared": pair.compared(lists, cities),
        "matrix": Matrix(shown, cities),
        "lists": chosen,
        "all": lists,
        "publishers": len({one.row.publisher_id for one in lists}),
        "named": len({pk for one in lists for pk in one.by_place} & {city.pk for city in cities}),
        "every_edition": form.is_valid() and form.every_edition,
    }
    return render(request, "indicators/ranking_lists.html", {"section": "rankings", **context})


def ranking_list(request, slug):
    related = RankingList.objects.select_related(
        "publisher", "topic", "source__publisher", "group", "series__indicator"
    )
    row = get_object_or_404(related, slug=slug)
    entries = list(row.entries.select_related("place"))
    others = list(
        RankingList.objects.filter(publisher=row.publisher_id).exclude(pk=row.pk).order_by("-edition", "slug")
    )
    before, after = editions(row, others)
    links = NoteLink.objects.filter(note__is_public=True, ranking_list=row).select_related("note")
    one = Published(row, entries)
    lines = list(printed_lines(one, entries))
    context = {
        "list": one,
        "row": row,
        "lines": lines,
        "columns": {name for name in ("tier", "value", "verbatim") if any(line[name] for line in lines)},
        "others": others,
        "before": before,
        "after": after,
        "problems": [problem(link.note) for link in links],
        "source_line": table_source([row]),
    }
    return render(request, "indicators/ranking_list.html", {"section": "rankings", **context})


def surprising(request):
    lists = newest(published())
    gaps, gdp_period = surprises.gdp_gaps(lists)
    context = {
        "gaps": gaps,
        "gdp_period": gdp_period,
        "families": surprises.total_against_inhabitant(),
        "pairs": surprises.lowest_agreements(lists, Place.objects.cities()),
        "contradictions": [problem(note) for note in surprises.contradictions()],
        "fewest": surprises.FEWEST,
    }
    return render(request, "indicators/surprises.html", {"section": "rankings", **context})
