"""What can be found, kept in the memory of each process and read anew when the database changed.

Searching in the database would mean two collations, no two-character Chinese words in PostgreSQL's trigrams and no
full width. All names together are small, so each process keeps them folded and looks through all of them.

Every search asks one query for a version: the newest moment and the number of history rows of what keeps a history,
the highest key and the number of rows of what keeps none, and the last entry in the log of the admin, which notes
every change an editor makes. Another answer means another index, so what was just published is found at once, in
every process. What changes past all three (an update in bulk) is found when the index is `OLDEST` seconds old.
"""

import threading
import time
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from django.contrib.admin.models import LogEntry
from django.db.models import CharField, Count, Max, Prefetch, Value
from django.db.models.functions import Cast

from indicators import texts
from indicators.models import Indicator, Organisation, Place, RankingList, Source, Topic
from indicators.spellings import Vocabulary
from indicators.texts import Text
from policies.models import Policy, PolicyEvent, PolicyTitle, Programme

PLACE, POLICY, INDICATOR, PROGRAMME, LIST, SOURCE = "place", "policy", "indicator", "programme", "list", "source"
KINDS = (PLACE, POLICY, INDICATOR, PROGRAMME, LIST, SOURCE)  # the order where texts answer equally well
WEIGHTS = {kind: weight for weight, kind in enumerate(reversed(KINDS))}
OLDEST = 600
FEW = 20  # fewer hits for Chinese words, and its pieces are looked for too
LONGEST_WORD_MET = 4  # shorter words are not worth suggesting
WITH_HISTORY = (Place, Indicator, Source, Policy)
WITHOUT_HISTORY = (Organisation, Topic, RankingList, Programme, PolicyTitle)


@dataclass(frozen=True)
class Entry:
    kind: str
    row: object  # the model instance, as pages print it
    text: Text
    others: tuple[str, ...] = ()  # other names as written
    said: tuple[str, ...] = ()  # definitions as written, English first
    length: int = 0


@dataclass(frozen=True)
class Hit:
    entry: Entry
    score: int


class Index:
    def __init__(self, entries):
        self.entries = entries

    def find(self, query):
        """Hits, best first: by how well the text answers, by kind, the shorter name first."""
        if not query:
            return []
        found = self._judged(texts.score, query, range(len(self.entries)))
        if query.has_han and len(found) < FEW:
            met = {position for _score, _length, position in found}
            found += self._judged(texts.loosely, query, (at for at in range(len(self.entries)) if at not in met))
        return [Hit(self.entries[position], -score) for score, _length, position in found]

    def _judged(self, judge, query, positions):
        found = []
        for position in positions:
            entry = self.entries[position]
            score = judge(entry.text, query)
            if score:
                found.append((-(10 * score + WEIGHTS[entry.kind]), entry.length, position))
        return sorted(found)

    def holds(self, word):
        return any(word in entry.text.everything or f"\n{word}" in entry.text.joined for entry in self.entries)

    @cached_property
    def vocabulary(self):
        """Every longer word of the names, and every short name whole; made when somebody finds nothing."""
        known = {}
        for entry in self.entries:
            for name in (entry.text.names + entry.text.others).split("\n"):
                known[name] = None
                known.update(dict.fromkeys(word for word in name.split() if len(word) >= LONGEST_WORD_MET))
        known.update((texts.fold(name), None) for topic in Topic.objects.all() for name in (topic.name, topic.name_zh))
        return Vocabulary(known)


_kept = {"version": None, "read": 0.0, "index": None}
_lock = threading.Lock()


def current():
    """The index of what the database holds now."""
    asked = version()
    with _lock:
        if _kept["version"] != asked or time.monotonic() - _kept["read"] > OLDEST:
            _kept.update(index=Index(read()), version=asked, read=time.monotonic())
        return _kept["index"]


def version():
    """One query over all that is searched; its answer changes when an editor changes anything of it."""
    parts = [_state(model, model.history.model.objects, "history_date") for model in WITH_HISTORY]
    parts += [_state(model, model.objects, "pk") for model in WITHOUT_HISTORY]
    parts.append(_state(LogEntry, LogEntry.objects, "pk"))
    return tuple(sorted(parts[0].union(*parts[1:], all=True)))


def _state(model, rows, newest):
    rows = rows.order_by().annotate(what=Value(model.__name__)).values("what")
    return rows.annotate(newest=Cast(Max(newest), CharField()), rows=Count("pk")).values_list("what", "newest", "rows")


def read():
    """Every entry, kind by kind, in the order that settles ties."""
    return list(chain(_places(), _policies(), _indicators(), _programmes(), _lists(), _sources()))


def _entry(kind, row, names, *, others=(), said=(), about=(), **more):
    others = tuple(dict.fromkeys(filter(None, others)))
    text = Text.of(list(filter(None, names)), others, about=[*said, *about], **more)
    return Entry(kind, row, text, others, tuple(said), len(names[0]))


def _names(row):
    return (row.name, row.name_zh) if row else ()


def _places():
    for row in Place.objects.select_related("parent").defer("summary", "summary_zh").order_by("-is_city", "slug"):
        codes = [row.slug, row.code] if row.code else [row.slug]
        yield _entry(PLACE, row, _names(row), others=row.aliases.split("\n"), codes=codes, about=_names(row.parent))


def _policies():
    """What is published, with every title; a title is also looked for without the name of its city in front."""
    events = Prefetch("events", PolicyEvent.objects.filter(is_primary=True), to_attr="dating")
    rows = Policy.objects.published().defer("abstract", "abstract_zh").select_related("place")
    for row in rows.prefetch_related("titles", "topics", events):
        titles = [title.text for title in row.titles.all()]
        number = [row.document_number] if row.document_number else []
        about = [*_names(row.place), *chain.from_iterable(_names(topic) for topic in row.topics.all())]
        heads = _without_place([row.name, row.name_zh, *titles], row.place)
        others = [*titles, *number]
        yield _entry(POLICY, row, _names(row), others=others, heads=heads, codes=number, about=about)


def _without_place(titles, place):
    known = sorted({place.name, place.name_zh, *place.aliases.split("\n")} - {""}, key=len, reverse=True)
    for title in titles:
        name = next((name for name in known if title.startswith(name)), None)
        if name:
            yield title[len(name) :]


def _indicators():
    rows = Indicator.objects.select_related("topic").order_by("topic__position", "slug")
    for row in rows:
        said, codes = (row.definition, row.definition_zh), [row.slug, _initials(row.name)]
        others = [row.slug.replace("-", " ")]
        yield _entry(INDICATOR, row, _names(row), others=others, codes=codes, said=said, about=_names(row.topic))


def _initials(name):
    """GDP for “Gross domestic product, current prices”."""
    first, _comma, _rest = name.partition(",")
    return "".join(word[0] for word in first.split())


def _programmes():
    for row in Programme.objects.select_related("awarded_by").order_by("slug"):
        yield _entry(PROGRAMME, row, _names(row), about=[row.awarded_by_as_stated, *_names(row.awarded_by)])


def _lists():
    for row in RankingList.objects.select_related("publisher", "topic").order_by("-period_end", "slug"):
        about = [row.edition, *_publisher(row), *_names(row.topic)]
        yield _entry(LIST, row, _names(row), said=(row.measures, row.measures_zh), about=about)


def _sources():
    for row in Source.objects.select_related("publisher").defer("about", "about_zh").order_by("-period_end", "slug"):
        about = [row.author, row.edition, *_publisher(row)]
        yield _entry(SOURCE, row, (row.title, row.title_zh), about=about)


def _publisher(row):
    return (*_names(row.publisher), *row.publisher.aliases.split("\n"))
