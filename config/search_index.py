"""What can be found, kept in the memory of each process and read anew when the database changed.

Searching in the database would mean two collations, no two-character Chinese words in PostgreSQL's trigrams and no
full width. All names together are small, so each process keeps them folded and looks through all of them.

Every search asks one query for the state of each table: the newest moment and the number of rows of a history; where
none is kept, the highest key and the number of rows, and the last entry of the admin's log, which notes whatever an
editor changes. Of a table in another state its kinds are read anew, so what was just published is found at once, in
every process. What passes all of these by (an update in bulk) is found when the index is `OLDEST` seconds old.
"""

import threading
import time
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from typing import NamedTuple

from django.contrib.admin.models import LogEntry
from django.db import connection
from django.db.models import CharField, Count, Max, Prefetch, Value
from django.db.models.functions import Cast

from indicators import selectors, texts
from indicators.models import Indicator, Organisation, Place, RankingList, Source, Topic
from indicators.spellings import Vocabulary
from indicators.texts import Query, Text
from policies.models import Designation, Policy, PolicyEvent, PolicyTitle, Programme

PLACE, POLICY, INDICATOR, PROGRAMME, LIST, SOURCE = "place", "policy", "indicator", "programme", "list", "source"
KINDS = (PLACE, POLICY, INDICATOR, PROGRAMME, LIST, SOURCE)  # the order where texts answer equally well
WEIGHTS = {kind: weight for weight, kind in enumerate(reversed(KINDS))}
OLDEST = 600
ALL_WORDS, BEGINNING = 10 * texts.HAS_ALL, 10 * texts.BEGINS
LONGEST_NAME = 4  # words of a city's name, or characters less two
FEW = 20  # fewer hits for Chinese words, and its pieces are looked for too
LONGEST_WORD_MET = 4  # shorter words are not worth suggesting
WITH_HISTORY = (Place, Indicator, Source, Policy, Designation)
WITHOUT_HISTORY = (Organisation, Topic, RankingList, Programme, PolicyTitle)


@dataclass(frozen=True)
class Entry:
    kind: str
    row: object  # the model instance, as pages print it
    text: Text
    others: tuple[str, ...] = ()  # other names as written
    said: tuple[str, ...] = ()  # definitions as written, English first
    length: int = 0


class Hit(NamedTuple):
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
        return [Hit(self.entries[position], -score) for score, _length, position in sorted(found)]

    def _judged(self, judge, query, positions):
        found = []
        for position in positions:
            entry = self.entries[position]
            score = judge(entry.text, query)
            if score:
                if entry.kind == SOURCE and ALL_WORDS < score < BEGINNING:
                    score = ALL_WORDS  # of what tells of a thing and the thing itself, the thing comes first
                found.append((-(10 * score + WEIGHTS[entry.kind]), entry.length, position))
        return found

    def holds(self, word):
        return any(word in entry.text.everything or f"\n{word}" in entry.text.joined for entry in self.entries)

    def city_and_rest(self, query):
        """“beijing unicorns”, 上海软件企业: the city named at one end, and the query for the rest; else None."""
        words, phrase = query.words, query.phrase
        if query.joined in self._cities:
            return None
        cuts = [(words[:at], words[at:]) for at in range(1, min(len(words), LONGEST_NAME))]
        cuts += [(words[at:], words[:at]) for at in range(max(1, len(words) - LONGEST_NAME), len(words))]
        cuts += [([phrase[:at]], [phrase[at:]]) for at in range(LONGEST_NAME + 2, 1, -1)] if query.han else []
        for name, rest in cuts:
            entry = self._cities.get("".join(name))
            if entry and len("".join(rest)) > 1:
                return entry, Query(" ".join(rest))
        return None

    @cached_property
    def _cities(self):
        cities = [entry for entry in self.entries if entry.kind == PLACE and entry.row.is_city]
        return {name: entry for entry in reversed(cities) for name in entry.text.joined.split("\n") if len(name) > 1}

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


_kept: dict = {}  # kind → (state of its tables, entries), and under None the index and when all was read
_lock = threading.Lock()


def current():
    """The index of what the database holds now."""
    states = state_of_tables()
    with _lock:
        index, last = _kept.get(None, (None, 0.0))
        old = time.monotonic() - last > OLDEST
        for kind, (reader, models) in READERS.items():
            state = [states.get(model.__name__) for model in models]
            if old or kind not in _kept or _kept[kind][0] != state:
                _kept[kind], index = (state, list(reader())), None
        if index is None:
            index = Index(list(chain.from_iterable(_kept[kind][1] for kind in KINDS)))
            _kept[None] = index, time.monotonic() if old else last
        return index


def state_of_tables():
    """Name of a model → what tells one state of its table from another."""
    states: dict = {}
    with connection.cursor() as cursor:
        cursor.execute(*_question())
        for name, *state in cursor.fetchall():
            states.setdefault(name, []).extend(state)
    return states


@cache
def _question():
    """The query in SQL, made once: putting it together takes longer than asking it."""
    histories = [_state(model, model.history.model.objects, "history_date") for model in WITH_HISTORY]
    tables = [_state(model, model.objects, "pk") for model in WITHOUT_HISTORY]
    logs = [_state(model, _log_of(model), "pk") for model in WITHOUT_HISTORY]
    first, *others = (*histories, *tables, *logs)
    return first.union(*others, all=True).query.sql_with_params()


def _log_of(model):
    return LogEntry.objects.filter(
        content_type__app_label=model._meta.app_label, content_type__model=model._meta.model_name
    )


def _state(model, rows, newest):
    rows = rows.order_by().annotate(what=Value(model.__name__)).values("what")
    return rows.annotate(newest=Cast(Max(newest), CharField()), rows=Count("pk")).values_list("what", "newest", "rows")


def _entry(kind, row, names, *, others=(), said=(), about=(), **more):
    others = tuple(dict.fromkeys(filter(None, others)))
    text = Text.of(list(filter(None, names)), others, about=[*said, *about], **more)
    return Entry(kind, row, text, others, tuple(said), len(names[0]))


def _names(row):
    return (row.name, row.name_zh) if row else ()


def _places():
    for row in Place.objects.select_related("parent").defer("summary", "summary_zh").order_by("-is_city", "slug"):
        yield _entry(PLACE, row, **selectors.found_by(row), about=_names(row.parent))


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
    """Those of which something is published."""
    rows = Programme.objects.filter(pk__in=Designation.objects.published().values("programme"))
    for row in rows.select_related("awarded_by").order_by("slug"):
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


# Kind → what reads it, and from which tables.
READERS = {
    PLACE: (_places, (Place,)),
    POLICY: (_policies, (Policy, PolicyTitle, Place, Topic)),
    INDICATOR: (_indicators, (Indicator, Topic)),
    PROGRAMME: (_programmes, (Programme, Designation, Organisation)),
    LIST: (_lists, (RankingList, Organisation, Topic)),
    SOURCE: (_sources, (Source, Organisation)),
}
